# SPDX-License-Identifier: MIT
"""Everything about an engine that a person can set: ``BLDR_…`` variables, then the command line."""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bldr_desktop.common import paths
from bldr_desktop.protocol.events import MAX_CLIENT_FRAME

DASHBOARD_ORIGINS = ("http://localhost:3000", "http://localhost:3001", "http://localhost:3002")
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")


class Settings(BaseSettings):
    """Settings of one engine. Sizes are bytes, times are in the unit of their name."""

    model_config = SettingsConfigDict(env_prefix="BLDR_", extra="ignore", frozen=True)

    data_dir: Path = Field(default_factory=paths.data_dir)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    log_level: str = "INFO"
    log_format: Literal["text", "json"] = "text"
    metrics_token: SecretStr | None = None
    tracing: bool = False

    # where things are kept when the engine is scaled out; None means inside the data folder
    database_url: str | None = None
    redis_url: str | None = None
    qdrant_url: str | None = None
    qdrant_api_key: str | None = Field(default=None, repr=False)
    index_address: Annotated[tuple[str, int] | None, NoDecode] = None
    blobs_url: str | None = Field(default=None, repr=False)
    blobs_copies_bytes: int = Field(default=20 << 30, gt=0)
    visibility_seconds: float = Field(default=3600.0, gt=0)
    parsers_per_worker: int = Field(default=1, ge=1, le=64)

    # work
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=256)
    jobs_at_once: int = Field(default=2, ge=1, le=64)
    file_wall_seconds: float = Field(default=120.0, gt=0)
    file_cpu_seconds: float = Field(default=120.0, gt=0)
    file_memory_bytes: int = Field(default=2 << 30, gt=0)
    file_attempts: int = Field(default=3, ge=1, le=20)
    ocr: bool = True
    ai_discover: bool = True
    ai_silence_seconds: float = Field(default=300.0, gt=0)

    # by the clock
    watch_folders: Annotated[tuple[Path, ...], NoDecode] = ()
    questions_hours: float | None = Field(default=None, gt=0)
    backup_dir: Path | None = None
    backup_hours: float = Field(default=24.0, gt=0)
    backup_keep: int = Field(default=7, ge=1)

    # vectors beside words; used only where they were measured to help on the documents at hand
    embeddings_url: str | None = None
    embeddings_model: str | None = None
    embeddings_key: SecretStr | None = None
    embeddings_path: Path | None = None

    # doors
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = DASHBOARD_ORIGINS
    upload_limit_bytes: int = Field(default=4 << 30, gt=0)
    body_limit_bytes: int = Field(default=32 << 20, gt=0)

    # sign-in
    access_token_minutes: float = Field(default=30.0, gt=0)
    refresh_token_days: float = Field(default=30.0, gt=0)
    login_attempts_per_minute: int = Field(default=10, ge=1)

    # live events
    ws_connections: int = Field(default=100, ge=1)
    ws_connections_per_user: int = Field(default=25, ge=1)
    ws_frame_bytes: int = Field(default=MAX_CLIENT_FRAME, ge=1024)
    ws_frames_per_second: float = Field(default=50.0, gt=0)
    ws_queue_bytes: int = Field(default=768 << 10, ge=1024)
    ws_queue_frames: int = Field(default=20_000, ge=1)
    ws_lag_seconds: float = Field(default=10.0, gt=0)
    ws_ping_seconds: float = Field(default=20.0, gt=0)
    ws_hello_seconds: float = Field(default=0.5, ge=0)

    @field_validator("allowed_hosts", "allowed_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator(
        "database_url",
        "redis_url",
        "qdrant_url",
        "qdrant_api_key",
        "index_address",
        "blobs_url",
        "metrics_token",
        "questions_hours",
        "backup_dir",
        mode="before",
    )
    @classmethod
    def _nothing(cls, value: object) -> object:
        return None if value == "" else value  # templates leave variables empty

    @field_validator("watch_folders", mode="before")
    @classmethod
    def _folders(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(Path(part).expanduser() for part in value.split(os.pathsep) if part.strip())
        return value

    @field_validator("index_address", mode="before")
    @classmethod
    def _address(cls, value: object) -> object:
        if isinstance(value, str):
            host, _, port = value.rpartition(":")
            return (host or "127.0.0.1", int(port))
        return value

    @field_validator("data_dir", mode="after")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @property
    def host_names(self) -> frozenset[str]:
        """Names and addresses under which clients may call this engine (lower case, no port)."""
        bound = () if self.host in {"0.0.0.0", "::", ""} else (self.host,)  # noqa: S104 - compared, not bound
        return frozenset(name.lower() for name in (*LOOPBACK_HOSTS, *self.allowed_hosts, *bound))

    @property
    def database_file(self) -> Path:
        """The SQLite file of an embedded engine."""
        return self.data_dir / "bldr.sqlite3"

    @property
    def sqlalchemy_url(self) -> str:
        """The database: ``BLDR_DATABASE_URL``, else the SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.database_file.as_posix()}"

    @property
    def index_dir(self) -> Path:
        """The vector index of an embedded engine; can be made again from the store."""
        return self.data_dir / "index"

    @property
    def blobs_dir(self) -> Path:
        """Uploaded bytes under their hash."""
        return self.data_dir / "blobs"

    @property
    def results_dir(self) -> Path:
        """Result files of jobs."""
        return self.data_dir / "results"

    @property
    def cache_dir(self) -> Path:
        """What can be made again: page images."""
        return self.data_dir / "cache"

    @property
    def log_dir(self) -> Path:
        """The engine's log files."""
        return self.data_dir / "logs"
