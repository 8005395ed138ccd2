# SPDX-License-Identifier: MIT
"""Jobs as the engine has them: read over REST, kept live by frames, read again after every gap.

The state is a dict of jobs by id; ``changed`` tells the ids that differ, at most 30 times a second.
"""

import logging
from typing import Any

from pydantic import ValidationError

from bldr_desktop.client.api import Api, ApiError
from bldr_desktop.client.frames import Frame
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.events import FrameKind
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.services.events import EventFeed, Pulse

_log = logging.getLogger(__name__)
_STATUSES = frozenset(JobStatus)
ALIVE = frozenset({JobStatus.RUNNING, JobStatus.CANCELLING})


def folded(job: Job | None, frame: Frame) -> Job | None:
    """A job after a frame about it: the whole job under ``data`` wins, else flat fields change it.

    None when the frame says too little to make a job of.
    """
    data = frame.get("data")
    if isinstance(data, dict) and data.get("id") and data.get("status"):
        try:
            return Job.model_validate(data)
        except ValidationError:
            return job
    if job is None:
        return None
    changes: dict[str, Any] = {}
    for name in ("progress", "message", "error", "stage", "files_total", "files_done", "files_failed"):
        if frame.get(name) is not None:
            changes[name] = frame[name]
    status = frame.get("status")
    if isinstance(status, str) and status in _STATUSES:
        changes["status"] = JobStatus(status)
    return job.model_copy(update=changes)


class QueueService:
    """The live list of jobs."""

    def __init__(self, api: Api, feed: EventFeed) -> None:
        self.jobs: dict[str, Job] = {}
        self.error: ApiError | None = None
        self.loaded = False
        self._api, self._feed = api, feed
        self._scope = TaskScope("queue")
        self._pulse = Pulse()
        self.changed: Notice[frozenset[str]] = self._pulse.changed
        """Ids of jobs that differ; an empty id stands for the list as a whole (read, failed)."""
        self._off = [
            feed.subscribe((FrameKind.JOB, FrameKind.TRAINING), self._on_frames),
            feed.on_stale(self.refresh),
        ]

    async def aclose(self) -> None:
        """Stop listening."""
        for off in self._off:
            off()
        await self._scope.close()

    async def refresh(self) -> None:
        """Read the whole list again; a failure is kept in ``error`` and told."""
        try:
            rows = await self._api.get_list(routes.QUEUE, Job)
        except ApiError as error:
            self.error = error
        else:
            fresh = {row.id: row for row in rows}
            for gone in self.jobs.keys() - fresh.keys():
                self._pulse.touch(gone)
            for key, row in fresh.items():
                if self.jobs.get(key) != row:
                    self._pulse.touch(key)
            self.jobs, self.error, self.loaded = fresh, None, True
        self._pulse.touch("")

    def running(self) -> list[Job]:
        """Jobs at work now."""
        return [job for job in self.jobs.values() if job.status in ALIVE]

    def waiting(self) -> list[Job]:
        """Jobs in line."""
        return [job for job in self.jobs.values() if job.status is JobStatus.QUEUED]

    def _on_frames(self, frames: list[Frame]) -> None:
        unknown = False
        for frame in frames:
            data = frame.get("data")
            key = frame.get("job_id") or (data.get("id") if isinstance(data, dict) else None)
            if not isinstance(key, str):
                continue
            job = folded(self.jobs.get(key), _without_foreign_status(frame))
            if job is None:
                unknown = True
                continue
            if job != self.jobs.get(key):
                self.jobs[key] = job
                self._pulse.touch(key)
        if unknown:
            self._scope.spawn("refresh", self.refresh())


def _without_foreign_status(frame: Frame) -> Frame:
    """Training frames say ``processing`` where jobs say ``running``; their end comes as a job frame."""
    if "log" in frame and "stage" in frame:
        return {name: value for name, value in frame.items() if name not in {"status", "data", "stage"}}
    return frame
