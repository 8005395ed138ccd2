# SPDX-License-Identifier: MIT
"""Jobs: the queue and its dialects."""

from typing import Any, Literal

from pydantic import Field

from bldr_desktop.protocol.base import FileStage, FileState, JobStatus, Percent, WireModel
from bldr_desktop.protocol.documents import Pagination

UPLOADED_FILES = "Uploaded files"
"""The engine's own name for a training of what was uploaded; clients say it in the person's language."""


class WaitReason(WireModel):
    """Why a queued job is not running yet. ``code``: ``position``, ``no_worker``, ``busy``, ``lease``."""

    code: Literal["position", "no_worker", "busy", "lease"]
    position: int | None = None
    behind: str | None = None


class CancelReceipt(WireModel):
    """What a cancelled job left behind; *n of m kept and searchable*: a file without text is not counted."""

    asked_at: str
    stopped_at: str | None = None
    kept: int = 0
    total: int = 0
    can_continue: bool = False


class TimeLeft(WireModel):
    """An honest remaining time: the true end is inside [low, high] seconds at least 8 times of 10."""

    low: float
    high: float


class Job(WireModel):
    """One job. The first seven fields are the field's ``GET /queue`` row."""

    id: str
    type: str
    status: JobStatus
    progress: Percent = 0
    owner: str | None = None
    started_at: str | None = None
    eta: str | None = None
    name: str = ""
    stage: str = ""
    message: str = ""
    priority: int = 5
    position: int | None = None
    waiting: WaitReason | None = None
    time_left: TimeLeft | None = None
    created_at: str = ""
    finished_at: str | None = None
    heartbeat_at: str | None = None
    attempt: int = 1
    retry_of: str | None = None
    retried_by: str | None = None
    error: str | None = None
    error_code: str | None = None
    error_details: str | None = None
    files_total: int = 0
    files_done: int = 0
    files_failed: int = 0
    chunks: int = 0
    bytes_total: int = 0
    bytes_done: int = 0
    receipt: CancelReceipt | None = None
    params: dict[str, Any] = Field(default_factory=dict)
    has_result: bool = False
    stage_seconds: dict[str, float] = Field(default_factory=dict)


class QueueList(WireModel):
    """``GET /queue?paged=1`` answers this; without ``paged`` the answer is the bare list (part 1)."""

    data: list[Job]
    pagination: Pagination


class JobFile(WireModel):
    """One file of a training run. Seconds by stage; ``error`` is a sentence."""

    path: str
    name: str
    size: int = 0
    sha256: str | None = None
    state: FileState
    stage: FileStage
    document_id: str | None = None
    pages: int = 0
    chunks: int = 0
    attempts: int = 0
    error: str | None = None
    error_code: str | None = None
    warnings: list[str] = Field(default_factory=list)
    stage_seconds: dict[str, float] = Field(default_factory=dict)


class JobFiles(WireModel):
    """Answer of ``GET /queue/{id}/files?state&page&limit``."""

    data: list[JobFile]
    pagination: Pagination


class LogLine(WireModel):
    """One line of a job's log; ``code`` (:class:`LogCode`) and ``values`` where it has other words too."""

    seq: int
    ts: str
    level: Literal["debug", "info", "warning", "error"] = "info"
    text: str
    file: str | None = None
    code: str | None = None
    values: dict[str, Any] = Field(default_factory=dict)


class JobLog(WireModel):
    """Answer of ``GET /queue/{id}/log?after=seq&before=seq&level=&search=&limit=``."""

    lines: list[LogLine]
    last_seq: int
    total: int


class JobEvents(WireModel):
    """Answer of ``GET /queue/{id}/events?after=seq&limit=``: raw frames, in order of ``seq``."""

    events: list[dict[str, Any]]
    last_seq: int
    epoch: str


class JobPoint(WireModel):
    """How a run stood at one instant: a point of its curves."""

    ts: str
    files_total: int = 0
    files_done: int = 0
    files_failed: int = 0
    chunks: int = 0
    bytes_done: int = 0


class JobPicture(WireModel):
    """Answer of ``GET /queue/{id}/picture``: all that a monitor shows of a run, whatever its length.

    ``files`` are those in trouble or being worked on, at most 2,000; the rest is at ``/queue/{id}/files``.
    ``lines`` are the last of the log; before them stand ``lines_before`` more, to be had from
    ``/queue/{id}/log?before=seq`` of the first. Frames with a number up to ``last_seq`` are in it.
    """

    job: Job
    points: list[JobPoint]
    files: list[JobFile]
    lines: list[LogLine]
    lines_before: int
    last_seq: int
    epoch: str


class NewJobRequest(WireModel):
    """Body of ``POST /queue``: an export (``params.what``: ``documents`` as CSV or ``texts`` as ZIP) or
    the control questions. Everything else is queued by its own path."""

    type: Literal["export", "evaluation"]
    params: dict[str, Any] = Field(default_factory=dict)
    priority: int = Field(default=5, ge=0, le=9)


class PriorityRequest(WireModel):
    """Body of ``POST /queue/{id}/priority``; 9 goes first."""

    priority: int = Field(ge=0, le=9)


class RetryRequest(WireModel):
    """Body of ``POST /queue/{id}/retry``; ``only_failed`` takes the failed files of a training."""

    only_failed: bool = False
    paths: list[str] | None = None


class BulkJobsRequest(WireModel):
    """Body of ``POST /queue/bulk``."""

    action: Literal["cancel", "retry", "raise", "lower", "remove"]
    ids: list[str] = Field(max_length=10_000)


class JobAnswer(WireModel):
    """Answer of a command on a job."""

    success: bool
    message: str
    job: Job | None = None


class ToolsJob(WireModel):
    """One row of ``GET /api/tools/jobs/active`` and ``…/completed``."""

    job_id: str
    status: str
    progress: float
    message: str
    created_at: str
    owner: str | None = None
    eta: str | None = None


class ToolsJobs(WireModel):
    """Jobs by type, as the field's tools dialect gives them."""

    success: bool = True
    jobs: dict[str, list[ToolsJob]]


class Process(WireModel):
    """One row of ``GET /processes``; times are unix seconds."""

    process_id: str
    process_type: str
    status: Literal["pending", "running", "completed", "failed", "cancelled", "timeout"]
    name: str
    description: str = ""
    progress: float = 0
    created_at: float
    started_at: float | None = None
    completed_at: float | None = None
    error_message: str | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)


class ProcessList(WireModel):
    """Answer of ``GET /processes``."""

    processes: list[Process]
