# SPDX-License-Identifier: MIT
"""Frames of jobs, as events before they have a number."""

from typing import Any, Literal

from bldr_desktop.engine.ports.events import NewEvent
from bldr_desktop.engine.ports.jobs import FileRow
from bldr_desktop.protocol.base import JobStatus, utc_now
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.events import DocumentFrame, FrameType, JobFrame, LogFrame, TrainingFrame
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.protocol.logs import LogCode

Level = Literal["debug", "info", "warning", "error"]
_HEAD = {"seq", "epoch", "ts"}
_UNCODED = _HEAD | {"code", "values"}


def job_frame(kind: FrameType, job: Job) -> NewEvent:
    """A job was made, changed or ended."""
    ended = kind is FrameType.JOB_DONE
    frame = JobFrame(
        type=kind,
        status=job.status,
        progress=job.progress,
        message=job.message,
        error=job.error,
        timestamp=utc_now(),
        tool_type=job.type,
        success=job.status is JobStatus.COMPLETED if ended else None,
        estimated_time=job.eta,
        data=job,
    )
    return NewEvent(
        kind,
        frame.model_dump(mode="json", exclude=_HEAD),
        job_id=job.id,
        owner=job.owner,
        merge_key=None if ended else f"job:{job.id}",
        terminal=ended or kind is FrameType.JOB_NEW or job.status.is_final,
    )


def ended_frames(job: Job) -> list[NewEvent]:
    """What is said when a job has ended: the update for those who follow it, then the end."""
    return [job_frame(FrameType.JOB, job), job_frame(FrameType.JOB_DONE, job)]


def log_frame(
    job: Job,
    level: Level,
    text: str,
    file: str | None = None,
    code: LogCode | None = None,
    **values: Any,
) -> NewEvent:
    """One log line; ``code`` and ``values`` say the same for other languages."""
    frame = LogFrame(level=level, text=text, file=file, code=code, values=values)
    return NewEvent(
        FrameType.LOG,
        frame.model_dump(mode="json", exclude=_HEAD if code else _UNCODED),
        job_id=job.id,
        owner=job.owner,
        level=level,
    )


def file_frame(job: Job, row: FileRow) -> NewEvent:
    """One file of a run moved on."""
    frame = {"type": FrameType.FILE.value, "file": row.file.model_dump(mode="json")}
    return NewEvent(
        FrameType.FILE, frame, job_id=job.id, owner=job.owner, merge_key=f"file:{job.id}:{row.ordinal}"
    )


def document_frame(document: Document, job_id: str | None = None) -> NewEvent:
    """A document's state changed."""
    frame = DocumentFrame(
        document_id=document.id,
        name=document.name,
        state=document.state,
        sha256=document.sha256,
        chunks=document.chunks,
        reason=document.reason,
    )
    return NewEvent(
        FrameType.DOCUMENT,
        frame.model_dump(mode="json", exclude=_HEAD),
        job_id=job_id,
        owner=document.owner,
        merge_key=f"document:{document.id}",
    )


def training_frame(job: Job, values: dict[str, Any], *, terminal: bool = False) -> NewEvent:
    """Progress of a training; ``values`` are fields of :class:`TrainingFrame`."""
    frame = TrainingFrame(**values)
    return NewEvent(
        FrameType.TRAINING,
        frame.model_dump(mode="json", exclude=_HEAD),
        job_id=job.id,
        owner=job.owner,
        merge_key=None if terminal else f"training:{job.id}",
        terminal=terminal,
    )


def training_end(job: Job) -> NewEvent:
    """The last training frame, readable by every client: *complete*, *error* or cancelled."""
    ends = {JobStatus.COMPLETED: ("complete", "completed"), JobStatus.CANCELLED: ("error", "cancelled")}
    stage, status = ends.get(job.status, ("error", "error"))
    values = {
        "stage": stage,
        "status": status,
        "log": job.error or job.message if stage == "error" else job.message,
        "progress": 100.0 if stage == "complete" else job.progress,
        "files_total": job.files_total,
        "files_done": job.files_done,
        "files_failed": job.files_failed,
        "chunks": job.chunks,
        "bytes_total": job.bytes_total,
        "bytes_done": job.bytes_done,
    }
    return training_frame(job, values, terminal=True)
