# SPDX-License-Identifier: MIT
"""The queue as its dialects show it: why a job waits, tools' jobs, processes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from bldr_desktop.engine.jobs.runner import JobRunner
from bldr_desktop.engine.ports.jobs import JobStore
from bldr_desktop.engine.services.auth import Principal
from bldr_desktop.protocol.base import JobStatus, JobType
from bldr_desktop.protocol.jobs import Job, Process, ToolsJob, ToolsJobs, WaitReason

PROCESS_TYPES: dict[str, str] = {
    JobType.TRAINING: "rag_training",
    JobType.RETRAIN: "document_processing",
    JobType.AI: "ai_task",
    JobType.QUESTION_LIST: "ai_task",
    JobType.EXPORT: "tools_execution",
    JobType.EVALUATION: "background_job",
}
_PROCESS_STATUS = {
    JobStatus.QUEUED: "pending",
    JobStatus.RUNNING: "running",
    JobStatus.CANCELLING: "running",
    JobStatus.COMPLETED: "completed",
    JobStatus.FAILED: "failed",
    JobStatus.CANCELLED: "cancelled",
    JobStatus.INTERRUPTED: "failed",
}


def explain_waiting(jobs: Sequence[Job], store: JobStore, runner: JobRunner, user: Principal) -> None:
    """Fill ``position`` and ``waiting`` of queued jobs, in place. Names of other users' jobs stay
    hidden from those who may not see them."""
    if not any(job.status is JobStatus.QUEUED for job in jobs):
        return
    lanes = runner.lanes()
    by_lane: dict[str | None, list[Job]] = defaultdict(list)
    for waiting in store.waiting():
        by_lane[runner.lane_of(waiting.type)].append(waiting)
    places = {
        one.id: (lane, place) for lane, queue in by_lane.items() for place, one in enumerate(queue, start=1)
    }
    for job in jobs:
        if job.status is not JobStatus.QUEUED or job.id not in places:
            continue
        lane, place = places[job.id]
        job.position = place
        holders = lanes.holders.get(lane or "", [])
        if lane is None or not lanes.alive:
            job.waiting = WaitReason(code="no_worker", position=place)
        elif place > 1:
            ahead = by_lane[lane][place - 2]
            job.waiting = WaitReason(code="position", position=place, behind=_name(ahead, user))
        elif len(holders) >= lanes.places.get(lane, 1):
            job.waiting = WaitReason(code="busy", position=place, behind=_name(holders[0], user))
        else:
            job.waiting = WaitReason(code="position", position=place)


def tools_jobs(jobs: Iterable[Job]) -> ToolsJobs:
    """Jobs by type."""
    grouped: dict[str, list[ToolsJob]] = defaultdict(list)
    for job in jobs:
        grouped[job.type].append(
            ToolsJob(
                job_id=job.id,
                status=job.status,
                progress=job.progress,
                message=job.error or job.message,
                created_at=job.created_at,
                owner=job.owner,
                eta=job.eta,
            )
        )
    return ToolsJobs(jobs=dict(grouped))


def process(job: Job) -> Process:
    """A job as a process of the field's dialect."""
    return Process.model_validate(
        {
            "process_id": job.id,
            "process_type": PROCESS_TYPES.get(job.type, "background_job"),
            "status": _PROCESS_STATUS[job.status],
            "name": job.name,
            "description": job.message,
            "progress": job.progress,
            "created_at": _seconds(job.created_at) or 0.0,
            "started_at": _seconds(job.started_at),
            "completed_at": _seconds(job.finished_at),
            "error_message": job.error,
            "metadata": {
                "job_type": job.type,
                "job_status": job.status,
                "owner": job.owner,
                "stage": job.stage,
                "files_total": job.files_total,
                "files_done": job.files_done,
                "files_failed": job.files_failed,
                "chunks": job.chunks,
            },
        }
    )


def job_types_of(process_type: str) -> list[str]:
    """Job types that show as this process type."""
    return [kind for kind, shown in PROCESS_TYPES.items() if shown == process_type]


def job_statuses_of(process_status: str) -> list[str]:
    """Job statuses that show as this process status."""
    return [status.value for status, shown in _PROCESS_STATUS.items() if shown == process_status]


def _name(job: Job, user: Principal) -> str | None:
    return job.name if user.is_admin or job.owner == user.name else None


def _seconds(moment: str | None) -> float | None:
    return datetime.fromisoformat(moment).timestamp() if moment else None
