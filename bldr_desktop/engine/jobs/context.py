# SPDX-License-Identifier: MIT
"""What a running job is handed: its record, its voice, and the sign to stop."""

import asyncio
import contextvars
import threading
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec, TypeVar

from bldr_desktop.engine.jobs import frames
from bldr_desktop.engine.ports.events import EventLog, NewEvent
from bldr_desktop.engine.ports.jobs import JobStore, Progress
from bldr_desktop.engine.ports.transactions import Transactions
from bldr_desktop.protocol.events import FrameType
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.protocol.logs import LogCode

P = ParamSpec("P")
T = TypeVar("T")


class JobContext:
    """The voice of one running job. Lines and frames are kept in order and written together, by
    :meth:`flush` (the runner calls it every tenth of a second) or inside a batch (:meth:`commit`).

    Args:
        job: As claimed.
        starts: How often it was taken without moving on; more than 1 after a crash.
        store: Jobs.
        events: The log.
        transactions: Joins stores.
    """

    def __init__(
        self, job: Job, starts: int, store: JobStore, events: EventLog, transactions: Transactions
    ) -> None:
        self.job = job
        self.starts = starts
        self.store = store
        self.stopping = threading.Event()
        """Set when the job shall stop; threads look at it between steps."""
        self.ended = False
        """True once the store has the job's end: nothing may be written any more."""
        self.cancel_asked = False
        self._events = events
        self._transactions = transactions
        self._buffer: list[NewEvent] = []
        self._progress: Progress | None = None
        self._order = asyncio.Lock()

    def log(
        self,
        text: str,
        level: frames.Level = "info",
        file: str | None = None,
        code: LogCode | None = None,
        **values: Any,
    ) -> None:
        """Write a line of the job's log; ``code`` and ``values`` say the same for other languages."""
        self._buffer.append(frames.log_frame(self.job, level, text, file, code, **values))

    def emit(self, *events: NewEvent) -> None:
        """Send frames, after those said before."""
        self._buffer.extend(events)

    def report(self, progress: Progress) -> None:
        """Say how far the job is; written with the next flush, the newest wins."""
        if self._progress is not None and self._progress.moved_on:
            progress.moved_on = True
        self._progress = progress

    async def flush(self) -> None:
        """Write what was said."""
        await self.commit(lambda: ())

    async def commit(self, work: Callable[[], Sequence[NewEvent]]) -> None:
        """Run store calls in a thread and one transaction with what was said; frames that ``work``
        returns come last. Not interrupted by cancellation half way."""
        async with self._order:
            said, self._buffer = self._buffer, []
            progress, self._progress = self._progress, None
            try:
                await finish_in_thread(self._write, work, tuple(said), progress)
            except Exception:
                self._buffer[:0] = said  # an outage: said again with the next flush
                raise

    def _write(
        self, work: Callable[[], Sequence[NewEvent]], before: Sequence[NewEvent], progress: Progress | None
    ) -> None:
        if self.ended:
            return
        with self._transactions():
            said = list(before)
            if progress is not None:
                job = self.store.report(self.job.id, progress)
                if job is not None:
                    self.job = job
                    said.append(frames.job_frame(FrameType.JOB, job))
            said += work()
            if said:
                self._events.append(said)


async def finish_in_thread(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Like ``asyncio.to_thread``, but a cancellation waits for the thread's end before it goes on:
    a transaction or an index write must not be left running behind its owner's back."""
    context = contextvars.copy_context()  # what is logged there belongs to this job too
    work = asyncio.get_running_loop().run_in_executor(None, lambda: context.run(function, *args, **kwargs))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait([work])
        if not work.cancelled():
            work.exception()
        raise
