# SPDX-License-Identifier: MIT
"""The local runner: takes waiting jobs, keeps their leases, stops and resumes them.

The store is the truth. A runner that dies leaves its jobs behind; the next one finds out (its name
carries process id and start time, so on the same machine at once, else when the lease runs out).
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.log import bound
from bldr_desktop.common.tracing import span
from bldr_desktop.engine.jobs import frames
from bldr_desktop.engine.jobs.context import JobContext
from bldr_desktop.engine.jobs.endings import end_frames, verdict
from bldr_desktop.engine.jobs.kinds import JobKind, Lane
from bldr_desktop.engine.jobs.leases import is_gone, runner_name
from bldr_desktop.engine.ports import StoreUnavailable
from bldr_desktop.engine.ports.events import EventLog, NewEvent
from bldr_desktop.engine.ports.jobs import Claim, JobEnd, JobStore, Recovered
from bldr_desktop.engine.ports.transactions import Transactions
from bldr_desktop.protocol.base import TRAINING_JOBS, FileState, JobStatus
from bldr_desktop.protocol.events import FrameType
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.protocol.logs import LogCode

_log = logging.getLogger(__name__)
Ended = Callable[[Job], None]


@dataclass(slots=True)
class RunnerLimits:
    """How many jobs at once, and when to give up. Times in seconds."""

    light_jobs: int = 2
    lease: float = 15.0
    heartbeat: float = 2.0
    flush: float = 0.1
    stop: float = 4.0
    """A cancelled job is *cancelled* in the store after at most this, whatever its kind does."""
    poll: float = 2.0
    max_starts: int = 10


@dataclass(slots=True)
class _Running:
    context: JobContext
    task: "asyncio.Task[JobEnd]"
    lane: Lane
    supervisor: "asyncio.Task[None] | None" = None


@dataclass(slots=True)
class Lanes:
    """Which jobs hold the places, for *why is it waiting*."""

    alive: bool = False
    holders: dict[str, list[Job]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)


class JobRunner:
    """Runs jobs of this process.

    Args:
        store: Jobs.
        events: The log.
        transactions: Joins stores.
        kinds: What it can do, by type.
        limits: How many at once, when to give up.
        name: Under which leases are taken; None makes one.
    """

    def __init__(
        self,
        store: JobStore,
        events: EventLog,
        transactions: Transactions,
        kinds: Mapping[str, JobKind],
        limits: RunnerLimits | None = None,
        name: str | None = None,
    ) -> None:
        self._store = store
        self._events = events
        self._transactions = transactions
        self._kinds = kinds
        self._limits = limits or RunnerLimits()
        self.name = name or runner_name()
        self._places: dict[Lane, int] = {"index": 1, "light": self._limits.light_jobs}
        self._running: dict[str, _Running] = {}
        self._scope = TaskScope("jobs")
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = False
        self._report: Callable[[str | None], None] = lambda _problem: None
        self._ended: list[Ended] = []
        self._queued = 0
        self._taker: asyncio.Task[None] | None = None

    def on_outage(self, report: Callable[[str | None], None]) -> None:
        """Have ``report`` called with the sentence of a database outage, None when it is over."""
        self._report = report

    def on_ended(self, listener: Ended) -> None:
        """Have ``listener`` called, in a thread, with each job that ended here."""
        self._ended.append(listener)

    async def start(self) -> None:
        """Take back what an earlier runner left and go on with it, then keep taking jobs."""
        self._loop = asyncio.get_running_loop()
        with contextlib.suppress(StoreUnavailable):  # taken before the engine answers: its word is true
            await asyncio.to_thread(self._recover)
            while await self._take_one():
                pass
        self._taker = self._scope.spawn("take", self._take_for_ever())

    async def run_one(self) -> str | None:
        """Take the job that is next by the store's order and do it to its end, without looking for others
        (a queue outside says when). Its id, None when nothing waits any more."""
        self._loop = asyncio.get_running_loop()
        claim = await asyncio.to_thread(self._claim, list(self._kinds))
        if claim is None:
            return None
        self._begin(claim)
        supervisor = self._running[claim.job.id].supervisor
        if supervisor is not None:
            await asyncio.wait([supervisor])
        return claim.job.id

    def recover(self) -> Recovered:
        """Take back jobs whose runner is gone; blocks."""
        return self._recover()

    def wake(self) -> None:
        """Look for waiting jobs now; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake.set)

    def stop_job(self, job_id: str) -> None:
        """A cancel was written for this job: stop it now if it runs here; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stop_here, job_id)

    def figures(self) -> dict[str, int]:
        """``jobs_running`` here and ``jobs_queued``, as of the last look at the queue; asks nobody."""
        return {"jobs_running": len(self._running), "jobs_queued": self._queued}

    def lanes(self) -> Lanes:
        """Who holds the places."""
        found = Lanes(alive=self._loop is not None and not self._closing)
        found.places.update({str(lane): places for lane, places in self._places.items()})
        for running in self._running.values():
            found.holders.setdefault(running.lane, []).append(running.context.job)
        return found

    def lane_of(self, job_type: str) -> Lane | None:
        """The lane of a type, None for one that this runner cannot do."""
        kind = self._kinds.get(job_type)
        return kind.lane if kind else None

    async def close(self) -> None:
        """Stop all jobs and put them back into the queue, unblamed."""
        self._closing = True
        self._wake.set()
        if self._taker is not None:  # not cancelled: a claim under way must not be lost
            await asyncio.wait([self._taker], timeout=self._limits.stop)
        supervisors = []
        for running in tuple(self._running.values()):
            running.context.stopping.set()
            running.task.cancel()
            if running.supervisor is not None:
                supervisors.append(running.supervisor)
        if supervisors:
            await asyncio.wait(supervisors, timeout=self._limits.stop + 1)
        await self._scope.close()

    # taking

    async def _take_for_ever(self) -> None:
        recovered = time.monotonic()
        while not self._closing:  # wait_for may swallow a cancel that comes together with the event
            self._wake.clear()
            try:
                while await self._take_one():
                    pass
                counts = await asyncio.to_thread(self._store.counts)
                self._queued = counts.get(JobStatus.QUEUED, 0)
                if time.monotonic() - recovered > self._limits.lease:
                    recovered = time.monotonic()
                    await asyncio.to_thread(self._recover)
                self._report(None)
            except StoreUnavailable as outage:
                _log.warning("jobs wait for the database: %s", outage)
                self._report(str(outage))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._limits.poll)

    async def _take_one(self) -> bool:
        used = [running.lane for running in self._running.values()]
        free = {lane for lane, places in self._places.items() if used.count(lane) < places}
        types = [kind.type.value for kind in self._kinds.values() if kind.lane in free]
        if not types or self._closing:
            return False
        claim = await asyncio.to_thread(self._claim, types)
        if claim is None:
            return False
        return await self._begin_unless_closing(claim)

    async def _begin_unless_closing(self, claim: Claim) -> bool:
        if self._closing:
            await asyncio.to_thread(self._release, claim.job.id)
            return False
        self._begin(claim)
        return True

    def _claim(self, types: list[str]) -> Claim | None:
        with self._transactions():
            claim = self._store.claim(self.name, self._limits.lease, types)
            if claim is not None:
                self._events.append([frames.job_frame(FrameType.JOB, claim.job)])
            return claim

    def _begin(self, claim: Claim) -> None:
        kind = self._kinds[claim.job.type]
        context = JobContext(claim.job, claim.starts, self._store, self._events, self._transactions)
        if claim.starts > 1:
            context.log("Goes on from the last finished file.", code=LogCode.GOES_ON)
        task = self._scope.spawn(f"run-{claim.job.type}", _named(kind, context), on_error=lambda _error: None)
        running = _Running(context, task, kind.lane)
        self._running[claim.job.id] = running
        running.supervisor = self._scope.spawn("supervise", self._supervise(running))

    # running

    async def _supervise(self, running: _Running) -> None:
        context, task = running.context, running.task
        next_beat = time.monotonic() + self._limits.heartbeat
        try:
            while not task.done():
                await asyncio.wait([task], timeout=self._limits.flush)
                if context.stopping.is_set():
                    await asyncio.wait([task], timeout=self._limits.stop)
                    break
                with contextlib.suppress(StoreUnavailable):
                    await context.flush()
                    if time.monotonic() >= next_beat:
                        next_beat = time.monotonic() + self._limits.heartbeat
                        await self._beat(running)
            await self._end(running)
        finally:
            self._running.pop(context.job.id, None)
            self._wake.set()

    async def _beat(self, running: _Running) -> None:
        job_id = running.context.job.id
        status = await asyncio.to_thread(self._store.renew, job_id, self.name, self._limits.lease)
        if status is JobStatus.CANCELLING:
            self._stop_here(job_id)
        elif status is None:
            _log.warning("the lease of job %s is lost: stopping it here", job_id)
            running.context.ended = True
            running.context.stopping.set()
            running.task.cancel()

    def _stop_here(self, job_id: str) -> None:
        running = self._running.get(job_id)
        if running is not None and not running.task.done():
            running.context.cancel_asked = True
            running.context.stopping.set()
            running.task.cancel()

    async def _end(self, running: _Running) -> None:
        """Write how it ended; tried until the database takes it, or another runner has the job."""
        context, task = running.context, running.task
        if context.ended:
            return
        end = verdict(context, task)
        while True:
            try:
                if end is None:
                    await asyncio.to_thread(self._release, context.job.id)
                else:
                    await self._finish(context, end)
                break
            except StoreUnavailable as outage:
                self._report(str(outage))
                if self._closing:
                    break
                await asyncio.sleep(self._limits.poll)
        context.ended = True
        if not task.done():
            _log.warning("job %s did not stop in time; it was ended without it", context.job.id)

    async def _finish(self, context: JobContext, end: JobEnd) -> None:
        """Write the end together with what was said before it."""
        ended: list[Job] = []

        def work() -> list[NewEvent]:
            ended[:] = filter(None, [self._write_end(context, end)])
            return [frame for job in ended for frame in end_frames(job)]

        await context.commit(work)
        if ended:
            context.ended = True
            await asyncio.to_thread(self._tell_ended, ended[0])

    def _write_end(self, context: JobContext, end: JobEnd) -> Job | None:
        if end.status is JobStatus.CANCELLED:
            end.message = "Cancelled."
            if context.job.type in TRAINING_JOBS:
                end.receipt = self._store.receipt(context.job.id)
                end.message = f"Cancelled; {end.receipt.kept} of {end.receipt.total} files kept."
        if end.status.is_final:
            self._store.close_files(context.job.id, FileState.CANCELLED)
        return self._store.finish(context.job.id, end)

    def _tell_ended(self, job: Job) -> None:
        for listener in self._ended:
            try:
                listener(job)
            except Exception:  # noqa: BLE001 - the job has ended well; what follows may not undo that
                _log.exception("what follows job %s failed", job.id)

    def _release(self, job_id: str) -> None:
        with self._transactions():
            job = self._store.release(job_id, self.name, "Waits for the engine to go on.")
            if job is not None:
                self._events.append([frames.job_frame(FrameType.JOB, job)])

    def _recover(self) -> Recovered:
        gone = [name for name in self._store.lease_owners() if name != self.name and is_gone(name)]
        with self._transactions():
            found = self._store.recover(self.name, gone, self._limits.max_starts)
            told: list[NewEvent] = [frames.job_frame(FrameType.JOB, job) for job in found.requeued]
            for job in (*found.cancelled, *found.given_up):
                told += end_frames(job)
            if told:
                self._events.append(told)
        for job in (*found.cancelled, *found.given_up):
            self._tell_ended(job)
        return found


async def _named(kind: JobKind, context: JobContext) -> JobEnd:
    """Run a job so that whatever is logged or traced in it names it."""
    job = context.job
    with bound(job=job.id), span(f"job {job.type}", job=job.id, start=context.starts):
        return await kind.run(context)
