# SPDX-License-Identifier: MIT
"""Frames of ``/ws``: what our engine sends, and how a client reads anybody's.

Our frames that describe state carry ``type``, ``seq``, ``epoch``, ``job_id``, ``ts`` and the flat
fields of the field's dialect. The engine builds them with the models here; the client reads
them as plain dicts on the hot path and classifies with :func:`classify`.
"""

from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from bldr_desktop.protocol.base import WireModel
from bldr_desktop.protocol.jobs import Job, JobFile
from bldr_desktop.protocol.logs import LogCode

MAX_CLIENT_FRAME = 64 * 1024
CLOSE_POLICY = 1008
CLOSE_TOO_BIG = 1009
CLOSE_TRY_AGAIN = 1013


class FrameType(StrEnum):
    """The ``type`` of a frame of ours."""

    TRAINING = "training_progress"
    FILE = "file_update"
    LOG = "job_log"
    JOB_NEW = "new_job"
    JOB = "job_update"
    JOB_DONE = "job_completed"
    TASK = "task_update"
    AI_TOKEN = "ai_token"  # noqa: S105 - a frame type
    AI_TASK = "ai_task_update"
    DOCUMENT = "document_update"
    SYSTEM = "system_status"
    NOTIFICATION = "notification"
    HELLO = "connection_established"
    SUBSCRIBED = "subscription_confirmed"
    PONG = "pong"
    RESET = "reset"
    REPLAYED = "replayed"
    ERROR = "error"
    CHAT = "chat"


class StateFrame(WireModel):
    """The numbered head of each frame that describes state."""

    type: FrameType
    seq: int = 0
    epoch: str = ""
    job_id: str | None = None
    ts: str = ""


class TrainingFrame(StateFrame):
    """Progress of a training run. The last one has ``stage: "complete"``, ``progress: 100``,
    ``status: "completed"``, or ``stage: "error"`` with ``status`` ``"error"`` or ``"cancelled"``."""

    type: FrameType = FrameType.TRAINING
    stage: str
    log: str
    progress: float
    data: str = ""
    status: str = "processing"
    files_total: int = 0
    files_done: int = 0
    files_failed: int = 0
    chunks: int = 0
    bytes_total: int = 0
    bytes_done: int = 0
    current_file: str | None = None
    time_left: tuple[float, float] | None = None


class FileFrame(StateFrame):
    """One file of a run moved on."""

    type: FrameType = FrameType.FILE
    file: JobFile


class LogFrame(StateFrame):
    """One log line of a job; with ``code`` and ``values`` where it can be said in other languages."""

    type: FrameType = FrameType.LOG
    level: Literal["debug", "info", "warning", "error"] = "info"
    text: str
    file: str | None = None
    code: LogCode | None = None
    values: dict[str, Any] = Field(default_factory=dict)


class JobFrame(StateFrame):
    """A job was made, changed or ended (``new_job``, ``job_update``, ``job_completed``); the field's
    flat fields beside the whole job under ``data``."""

    status: str
    progress: float
    message: str = ""
    result: Any = None
    error: str | None = None
    timestamp: str = ""
    tool_type: str = ""
    success: bool | None = None
    estimated_time: str | None = None
    data: Job | None = None


class DocumentFrame(StateFrame):
    """A document's state changed."""

    type: FrameType = FrameType.DOCUMENT
    document_id: str
    name: str
    state: str
    sha256: str = ""
    chunks: int = 0
    reason: str | None = None


class AiTokenFrame(StateFrame):
    """A piece of a streamed answer; ``index`` counts pieces from 0."""

    type: FrameType = FrameType.AI_TOKEN
    task_id: str
    delta: str
    index: int
    thought: bool = False


class AiTaskFrame(StateFrame):
    """Progress or end of an AI task; the last carries the answer under ``result`` and ``data``."""

    type: FrameType = FrameType.AI_TASK
    task_id: str
    status: str
    stage: str
    progress: float
    message: str = ""
    timestamp: str = ""
    log: str = ""
    result: str | None = None
    data: str | None = None
    error: str | None = None
    error_code: str | None = None
    details: dict[str, Any] | None = None


class HelloFrame(WireModel):
    """First client frame: replay what came after ``since`` of ``epoch``, then go live."""

    type: Literal["hello"] = "hello"
    since: int = 0
    epoch: str | None = None


class ServerHello(WireModel):
    """Server's first frame on every connection. ``recovered`` answers a ``hello``."""

    type: FrameType = FrameType.HELLO
    seq: int
    epoch: str
    ts: str
    recovered: bool | None = None
    message: str = "connected"


class ResetFrame(WireModel):
    """The gap cannot be filled: re-read state over REST, go on from ``seq`` of ``epoch``."""

    type: FrameType = FrameType.RESET
    seq: int
    epoch: str
    reason: str = ""


class Command(WireModel):
    """Any other client frame; anything unknown is answered with an ``error`` frame."""

    type: str | None = None
    subscription_type: str | None = None
    job_id: str | None = None
    message: str | None = None
    extra: dict[str, Any] = Field(default_factory=dict)


class FrameKind(StrEnum):
    """How a client treats a frame, whoever sent it."""

    TRAINING = "training"
    FILE = "file"
    LOG = "log"
    JOB = "job"
    AI_TOKEN = "ai_token"  # noqa: S105 - a frame kind
    AI = "ai"
    PROCESS = "process"
    DOCUMENT = "document"
    CHAT = "chat"
    CONTROL = "control"
    UNKNOWN = "unknown"


_KINDS: dict[str, FrameKind] = {
    FrameType.TRAINING: FrameKind.TRAINING,
    FrameType.FILE: FrameKind.FILE,
    FrameType.LOG: FrameKind.LOG,
    FrameType.JOB_NEW: FrameKind.JOB,
    FrameType.JOB: FrameKind.JOB,
    FrameType.JOB_DONE: FrameKind.JOB,
    FrameType.TASK: FrameKind.JOB,
    FrameType.AI_TOKEN: FrameKind.AI_TOKEN,
    FrameType.AI_TASK: FrameKind.AI,
    "process_update": FrameKind.PROCESS,
    FrameType.DOCUMENT: FrameKind.DOCUMENT,
    FrameType.CHAT: FrameKind.CHAT,
    FrameType.HELLO: FrameKind.CONTROL,
    FrameType.SUBSCRIBED: FrameKind.CONTROL,
    FrameType.PONG: FrameKind.CONTROL,
    FrameType.RESET: FrameKind.CONTROL,
    FrameType.REPLAYED: FrameKind.CONTROL,
    FrameType.SYSTEM: FrameKind.CONTROL,
    FrameType.NOTIFICATION: FrameKind.CONTROL,
    FrameType.ERROR: FrameKind.CONTROL,
    "statistics": FrameKind.CONTROL,
}


def classify(frame: dict[str, Any]) -> FrameKind:
    """Say what a decoded frame is about, by its ``type`` or, in the field's dialect, by its fields."""
    kind = _KINDS.get(frame.get("type") or "")
    if kind is not None:
        return kind
    if "stage" in frame and "log" in frame:
        return FrameKind.TRAINING
    if "task_id" in frame and "status" in frame:
        return FrameKind.AI
    if "message" in frame and "type" not in frame:
        return FrameKind.CHAT
    return FrameKind.UNKNOWN


def training_ended(frame: dict[str, Any]) -> str | None:
    """``"completed"``, ``"failed"`` or ``"cancelled"`` if a training frame is the last of its run, else None.

    Field servers may still say ``status: "processing"`` on ``stage: "complete"``; the stage wins.
    """
    stage, status = frame.get("stage"), frame.get("status")
    if status == "cancelled":
        return "cancelled"
    if stage == "error" or status in {"error", "timeout", "failed"}:
        return "failed"
    if stage == "complete" or status == "completed":
        return "completed"
    return None
