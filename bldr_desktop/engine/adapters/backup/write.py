# SPDX-License-Identifier: MIT
"""Writing a backup beside a running engine."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from bldr_desktop import __version__
from bldr_desktop.engine.adapters.backup import tables
from bldr_desktop.engine.adapters.sql import migrations
from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.schema import documents
from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.protocol.base import utc_now

FORMAT = 1
MANIFEST = "manifest.json"
KEPT_FILES = ("secret.key", "secrets.json", "roles.toml")
"""Of the data folder itself: the key that signs tokens, the model server's key, edited roles."""
_PIECE = 1 << 20


@dataclass(slots=True)
class Manifest:
    """What a backup says about itself. ``rows`` and ``sha256`` by table."""

    format: int = FORMAT
    program: str = __version__
    schema: str = migrations.HEAD
    created_at: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)
    blobs: int = 0
    blob_bytes: int = 0
    missing_blobs: list[str] = field(default_factory=list)
    results_dir: str = ""


def write_backup(
    database: Database, blobs: BlobStore, data_dir: Path, results_dir: Path, target: Path
) -> Manifest:
    """Write everything into ``target``, which appears whole or not at all (mode 0600: it holds password
    hashes and the key that signs tokens). The engine may run: the tables are one snapshot, and bytes
    are never changed once they are stored.

    Raises:
        OSError: The file cannot be written.
        StoreUnavailable: The database cannot be reached.
    """
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    made = Manifest(created_at=utc_now(), results_dir=str(results_dir))
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=1) as archive:
                _write_tables(archive, database, made, target.parent)
                _write_blobs(archive, blobs, made)
                _write_folder(archive, results_dir, "results")
                for name in KEPT_FILES:
                    _write_file(archive, data_dir / name, name)
                _write_bytes(archive, MANIFEST, json.dumps(asdict(made), indent=1).encode())
            raw.flush()
            os.fsync(raw.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return made


def _write_tables(archive: tarfile.TarFile, database: Database, made: Manifest, folder: Path) -> None:
    with tables.snapshot(database) as connection:
        for name in tables.names():
            with tempfile.TemporaryFile(dir=folder) as lines:
                made.rows[name] = tables.dump(connection, name, lines)
                made.sha256[name] = _digest(lines)
                _write_stream(archive, f"tables/{name}.jsonl", lines)
        rows = connection.execute(sa.select(documents.c.sha256).where(documents.c.stored))
        made.missing_blobs = sorted(set(rows.scalars()))


def _write_blobs(archive: tarfile.TarFile, blobs: BlobStore, made: Manifest) -> None:
    """All bytes that are there; what was stored after the snapshot does no harm."""
    wanted = set(made.missing_blobs)
    for sha256 in blobs.names():
        place = blobs.path(sha256)
        if place is None or not (size := _write_file(archive, place, f"blobs/{sha256}")):
            continue
        wanted.discard(sha256)
        made.blobs += 1
        made.blob_bytes += size - 1
    made.missing_blobs = sorted(wanted)


def _write_folder(archive: tarfile.TarFile, folder: Path, name: str) -> None:
    for file in _files(folder):
        _write_file(archive, file, f"{name}/{file.relative_to(folder).as_posix()}")


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file()) if folder.is_dir() else iter(())


def _write_file(archive: tarfile.TarFile, file: Path, name: str) -> int:
    """One more than the file's size; 0 when it went away meanwhile."""
    try:
        stream = file.open("rb")
    except FileNotFoundError:
        return 0
    with stream:
        size = _write_stream(archive, name, stream)
    return size + 1


def _write_stream(archive: tarfile.TarFile, name: str, stream: IO[bytes]) -> int:
    member = tarfile.TarInfo(name)
    member.size = stream.seek(0, io.SEEK_END)
    member.mtime, member.mode = int(time.time()), 0o600
    stream.seek(0)
    archive.addfile(member, stream)
    return member.size


def _write_bytes(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    _write_stream(archive, name, io.BytesIO(data))


def _digest(stream: IO[bytes]) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()
