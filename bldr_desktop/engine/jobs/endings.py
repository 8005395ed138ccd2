# SPDX-License-Identifier: MIT
"""How a job's task ended, and what is said then."""

import asyncio
import logging
from typing import Any

from bldr_desktop.engine.jobs import frames
from bldr_desktop.engine.jobs.context import JobContext
from bldr_desktop.engine.ports import StoreUnavailable
from bldr_desktop.engine.ports.events import NewEvent
from bldr_desktop.engine.ports.jobs import JobEnd
from bldr_desktop.protocol.base import TRAINING_JOBS, JobStatus
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.protocol.logs import LogCode

_log = logging.getLogger(__name__)


def verdict(context: JobContext, task: "asyncio.Task[JobEnd]") -> JobEnd | None:
    """The end that a task's end means; None puts the job back into the queue (shutdown, outage)."""
    if not task.done() or task.cancelled():
        return JobEnd(JobStatus.CANCELLED) if context.cancel_asked else None
    error = task.exception()
    if error is None:
        return task.result()
    if isinstance(error, StoreUnavailable):
        return None
    _log.error("job %s failed", context.job.id, exc_info=error)
    return JobEnd(
        JobStatus.FAILED,
        error="The engine made a mistake in this job; its log has the details.",
        error_code=ErrorCode.JOB_CRASHED,
        error_details=f"{type(error).__name__}: {error}",
    )


def _end_line(job: Job) -> NewEvent:
    """The last line of its log."""
    training = job.type in TRAINING_JOBS
    text = job.error or job.message
    level: frames.Level = "error" if job.error else "info"
    values: dict[str, Any] = {}
    code: LogCode | None = None
    if training and job.error_code == ErrorCode.SOME_FILES_FAILED:
        code, values = LogCode.FILES_FAILED, {"failed": job.files_failed, "total": job.files_total}
    elif training and job.status is JobStatus.INTERRUPTED and not job.error_code:
        code, values = LogCode.FILES_LEFT, {"n": job.files_total - job.files_done - job.files_failed}
    elif job.error_code:
        code, values = LogCode.JOB_ENDED, {"reason": job.error_code, "sentence": text}
    elif training and job.status is JobStatus.CANCELLED and job.receipt is not None:
        code = LogCode.TRAINING_STOPPED
        values = {"kept": job.receipt.kept, "total": job.receipt.total}
    elif training and job.status is JobStatus.COMPLETED:
        code = LogCode.TRAINING_DONE
        values = {"done": job.files_done, "total": job.files_total, "chunks": job.chunks}
    return frames.log_frame(job, level, text, None, code, **values)


def end_frames(job: Job) -> list[NewEvent]:
    """Everything that is said when a job has ended."""
    said = []
    if job.error or job.message:
        said.append(_end_line(job))
    if job.type in TRAINING_JOBS:
        said.append(frames.training_end(job))
    return [*said, *frames.ended_frames(job)]
