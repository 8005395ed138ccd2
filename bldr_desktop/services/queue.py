# SPDX-License-Identifier: MIT
"""Jobs as the engine has them: read over REST, kept live by frames, read again after every gap.

The state is a dict of jobs by id; ``changed`` tells the ids that differ, at most 30 times a second.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Any

from pydantic import ValidationError

from bldr_desktop.client.api import Api, ApiError, NotOffered
from bldr_desktop.client.frames import Frame
from bldr_desktop.client.task_feed import TaskFeed, TaskFeedError
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.documents import BulkAnswer
from bldr_desktop.protocol.events import FrameKind
from bldr_desktop.protocol.jobs import Job, JobAnswer, JobLog, QueueList
from bldr_desktop.services.events import FLUSHES_A_SECOND, EventFeed, Pulse
from bldr_desktop.services.training import TrainingRuns

_log = logging.getLogger(__name__)
_STATUSES = frozenset(JobStatus)
_OF_RUN = (
    "status", "progress", "stage", "message", "files_total", "files_done", "files_failed", "chunks",
    "bytes_total", "bytes_done",
)  # fmt: skip
_FLAT = ("progress", "message", "error", "stage", "files_total", "files_done", "files_failed")
FIRST_PAGE = 200
REFRESH_SECONDS = 1.5
ALIVE = frozenset({JobStatus.RUNNING, JobStatus.CANCELLING})


def folded(job: Job | None, frame: Frame) -> Job | None:
    """A job after a frame about it: the whole job under ``data`` wins, else flat fields change it.

    None when the frame says too little to make a job of; the very same job when nothing differs.
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
    for name in _FLAT:
        value = frame.get(name)
        if value is not None and value != getattr(job, name):
            changes[name] = value
    status = frame.get("status")
    if isinstance(status, str) and status in _STATUSES and status != job.status:
        changes["status"] = JobStatus(status)
    return job.model_copy(update=changes) if changes else job


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many jobs a command reached, and the first refusal's sentence."""

    done: int
    refusal: str | None = None


class QueueService:
    """The live list of jobs.

    Args:
        api: The server.
        feed: Its events.
        runs: The trainings among them: what they say of a job's progress is what is shown here.
    """

    def __init__(self, api: Api, feed: EventFeed, runs: TrainingRuns) -> None:
        self.jobs: dict[str, Job] = {}
        self._alive: dict[str, None] = {}
        self._in_line: dict[str, None] = {}
        self.error: ApiError | None = None
        self.loaded = False
        self._api, self._feed, self._runs = api, feed, runs
        self._scope = TaskScope("queue")
        self._refreshing = False
        self.commands: TaskFeed | None = None
        """Carries commands to servers that take them over Socket.IO only."""
        # each changed row costs the table about the same: many small flushes stall it least
        self._pulse = Pulse(in_a_flood=FLUSHES_A_SECOND)
        self.changed: Notice[frozenset[str]] = self._pulse.changed
        """Ids of jobs that differ; an empty id stands for the list as a whole (read, failed)."""
        self._off = [
            feed.subscribe((FrameKind.JOB,), self._on_frames),
            runs.changed.connect(self._on_runs),
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
            rows = await self._api.get_list(routes.QUEUE, Job, params={"limit": FIRST_PAGE})
        except ApiError as error:
            self.error = error
        else:
            fresh = {row.id: row for row in rows}
            if len(fresh) < FIRST_PAGE:  # all there are; older pages are read after this one
                for gone in self.jobs.keys() - fresh.keys():
                    self._drop(gone)
            for key, row in fresh.items():
                if self.jobs.get(key) != row:
                    self._put(row)
            for row in rows:
                run = self._runs.get(row.id)
                if run is not None and run.status is JobStatus.QUEUED:
                    self._runs.adopt(row)  # who is ahead in line is told by no frame
            self.error, self.loaded = None, True
        self._pulse.touch("")
        if self.error is None:
            await self.read_more()

    async def read_more(self, pages: int = 50) -> None:
        """Read what the first page left out, page by page; servers without pages give all at once."""
        page, limit = 1, FIRST_PAGE
        try:
            while page < pages and len(self.jobs) >= page * limit:
                page += 1
                params = {"page": page, "limit": limit, "paged": 1}
                found = await self._api.get(routes.QUEUE, QueueList, params=params)
                for job in found.data:
                    if self.jobs.get(job.id) != job:
                        self._put(job)
                if page >= found.pagination.pages:
                    return
        except ApiError as error:
            _log.info("older jobs could not be read: %s", error)

    async def command(self, action: str, ids: Sequence[str]) -> Outcome:
        """Carry out ``cancel``, ``retry``, ``raise``, ``lower`` or ``remove`` for jobs; what was said
        of each. Removed ones leave the list at once, others when the engine says so."""
        body = {"action": action, "ids": list(ids)}
        try:
            answer = await self._api.post(routes.QUEUE_BULK, BulkAnswer, json=body)
        except NotOffered as error:
            if self.commands is None or not self.commands.connected or action == "remove":
                return Outcome(0, error.sentence)
            return await self._over_socket_io(self.commands, action, ids)
        except ApiError as error:
            return Outcome(0, error.sentence)
        if action == "remove":
            for item in answer.items:
                if item.ok:
                    self._drop(item.id)
        refused = [item.error for item in answer.items if not item.ok and item.error]
        if answer.done:
            self._scope.spawn("refresh", self.refresh())
        return Outcome(answer.done, refused[0] if refused else None)

    async def _over_socket_io(self, feed: TaskFeed, action: str, ids: Sequence[str]) -> Outcome:
        """Commands for a server that has no ``/queue/bulk``: one by one, each acknowledged."""
        step = {"raise": 1, "lower": -1}.get(action)
        done, refusal = 0, None
        for job_id in ids:
            more: dict[str, int] = {}
            if step is not None:
                more["priority"] = min(9, max(0, self.jobs[job_id].priority + step))
            try:
                await feed.command("priority" if step else action, job_id, **more)
                done += 1
            except TaskFeedError as error:
                refusal = refusal or str(error)
        return Outcome(done, refusal)

    async def set_priority(self, job_id: str, priority: int) -> Outcome:
        """Give a waiting job this priority, 0 to 9."""
        route = routes.path(routes.JOB_PRIORITY, job_id=job_id)
        try:
            await self._api.post(route, JobAnswer, json={"priority": priority})
        except ApiError as error:
            return Outcome(0, error.sentence)
        return Outcome(1)

    async def proceed(self, job_id: str) -> Outcome:
        """Do the rest of a job that was stopped."""
        try:
            await self._api.post(routes.path(routes.JOB_CONTINUE, job_id=job_id), JobAnswer)
        except ApiError as error:
            return Outcome(0, error.sentence)
        return Outcome(1)

    async def log_after(self, job_id: str, after: int, limit: int = 5000) -> JobLog:
        """Lines of a job's log after a number.

        Raises:
            ApiError: It cannot be read.
        """
        route = routes.path(routes.JOB_LOG, job_id=job_id)
        return await self._api.get(route, JobLog, params={"after": after, "limit": limit})

    async def result(self, job_id: str) -> tuple[str, bytes]:
        """Name and bytes of the result file.

        Raises:
            ApiError: There is none.
        """
        response = await self._api.request("GET", routes.path(routes.JOB_RESULT, job_id=job_id))
        given = Message()
        given["Content-Disposition"] = response.headers.get("Content-Disposition", "")
        return given.get_filename() or f"{job_id}.bin", response.content

    def running(self) -> list[Job]:
        """Jobs at work now."""
        return [self.jobs[key] for key in self._alive]

    def waiting(self) -> list[Job]:
        """Jobs in line."""
        return [self.jobs[key] for key in self._in_line]

    def counts(self) -> tuple[int, int]:
        """(running, waiting), without looking at each job."""
        return len(self._alive), len(self._in_line)

    def _on_runs(self, keys: frozenset[str]) -> None:
        """Trainings moved on: at most 30 times a second."""
        for key in keys & self.jobs.keys():
            job = self.jobs[key]
            if self._as_run(job) is not job:
                self._put(job)
        if self._in_line:
            self._refresh_soon()

    def _as_run(self, job: Job) -> Job:
        """The job with the progress its run has; the very same when nothing differs."""
        run = self._runs.get(job.id)
        if run is None or run.status is None or run.attempt != job.attempt:
            return job
        if job.status.is_final and not run.is_final:
            return job  # read over REST after frames that were lost
        changes = {name: value for name in _OF_RUN if (value := getattr(run, name)) != getattr(job, name)}
        return job.model_copy(update=changes) if changes else job

    def _put(self, job: Job) -> None:
        job = self._as_run(job)
        known = self.jobs.get(job.id)
        self.jobs[job.id] = job
        if known is None or known.status is not job.status:
            self._sort_in(job)
        self._pulse.touch(job.id)

    def _sort_in(self, job: Job) -> None:
        for status_set, belongs in (
            (self._alive, job.status in ALIVE),
            (self._in_line, job.status is JobStatus.QUEUED),
        ):
            if belongs:
                status_set[job.id] = None
            else:
                status_set.pop(job.id, None)

    def _drop(self, job_id: str) -> None:
        if self.jobs.pop(job_id, None) is not None:
            self._alive.pop(job_id, None)
            self._in_line.pop(job_id, None)
            self._pulse.touch(job_id)

    def _on_frames(self, frames: list[Frame]) -> None:
        unknown = False
        for frame in frames:
            data = frame.get("data")
            key = frame.get("job_id") or (data.get("id") if isinstance(data, dict) else None)
            if not isinstance(key, str):
                continue
            known = self.jobs.get(key)
            job = folded(known, frame)
            if job is None:
                unknown = True
            elif job is not known:
                self._put(job)
        if unknown:
            self._scope.spawn("refresh", self.refresh())
        elif self._in_line:
            self._refresh_soon()

    def _refresh_soon(self) -> None:
        """Frames do not say who is ahead in line: that is read again when something moved."""
        if not self._refreshing:
            self._refreshing = True
            self._scope.spawn("refresh-soon", self._refresh_later())

    async def _refresh_later(self) -> None:
        await asyncio.sleep(REFRESH_SECONDS)
        self._refreshing = False
        await self.refresh()
