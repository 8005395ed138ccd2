# SPDX-License-Identifier: MIT
"""Health, status and totals."""

from typing import Any, Literal

from pydantic import Field

from bldr_desktop.protocol.base import WireModel


class HealthAnswer(WireModel):
    """Answer of ``GET /health``; open to everyone, so it names no paths and no versions."""

    status: Literal["ok", "error"]
    timestamp: str
    components: dict[str, str] = Field(default_factory=dict)


class ComponentState(WireModel):
    """What one component is doing now."""

    state: Literal["healthy", "degraded", "unhealthy", "off"]
    text: str
    since: str | None = None


class StatusData(WireModel):
    """The ``data`` of ``GET /status``. ``components`` maps a name to a text or a number (part 1);
    ``details`` is our engine's typed view of the same."""

    status: Literal["healthy", "degraded", "unhealthy"]
    timestamp: str
    components: dict[str, Any] = Field(default_factory=dict)
    details: dict[str, ComponentState] = Field(default_factory=dict)
    version: str | None = None
    epoch: str | None = None
    seq: int | None = None
    cpu_percent: float | None = None
    memory_bytes: int | None = None
    disk_free_bytes: int | None = None
    workers: int | None = None
    workers_busy: int | None = None
    jobs_running: int | None = None
    jobs_queued: int | None = None
    upload_limit_bytes: int | None = None
    file_types: list[str] = Field(default_factory=list)
    ocr: bool | None = None
    """Texts of scans are recognised: not switched off, and Tesseract is installed."""


class StatusAnswer(WireModel):
    """Answer of ``GET /status`` (bearer)."""

    status: str = "success"
    data: StatusData
    error: str | None = None
    meta: dict[str, Any] | None = None


class MetricsAnswer(WireModel):
    """Answer of ``GET /metrics-json``. ``avg_ndcg`` is null while there are no control questions."""

    total_chunks: int
    avg_ndcg: float | None = None
    coverage: float = 0.0
    conf: float | None = None
    viol: int | None = None
    entities: int = 0
    total_documents: int = 0
    index_bytes: int = 0


class NormsSummary(WireModel):
    """Answer of ``GET /norms-summary``: editions."""

    total: int
    actual: int
    outdated: int
    pending: int
