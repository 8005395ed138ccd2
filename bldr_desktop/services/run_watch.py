# SPDX-License-Identifier: MIT
"""What the monitor adds to a run's state: its log on disk, its curves, and the part before we listened."""

import asyncio
import logging
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from bldr_desktop.client.api import ApiError
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.jobs import Job, JobPoint
from bldr_desktop.services.log_lines import LogEntry
from bldr_desktop.services.run_log import RunLog
from bldr_desktop.services.run_past import RunPast
from bldr_desktop.services.series import Series, seconds_between
from bldr_desktop.services.time_left import KeptCalibration, TimeLeft
from bldr_desktop.services.training_state import RunState

if TYPE_CHECKING:
    from bldr_desktop.client.api import Api
    from bldr_desktop.services.training import TrainingRuns

_log = logging.getLogger(__name__)

CURVES = ("files", "chunks", "bytes", "left")
LOGS_OPEN = 16
"""Runs whose logs are kept in files; of those that were looked at longest ago the log is read again."""


class RunWatch:
    """One run being watched. Made by :class:`RunWatches`."""

    def __init__(self, run: RunState, kept: KeptCalibration | None = None) -> None:
        self.run = run
        self.log = RunLog()
        self.curves = Series(CURVES)
        self.forecast = TimeLeft(kept)
        self.loading = False
        """True while the picture of it is being read."""
        self.load_error: str | None = None
        self._waiting: list[LogEntry] = []
        self._origin: str | None = None
        self._first: float | None = None

    def begin_past(self) -> None:
        """What was before we listened is being read; new lines wait."""
        self.loading, self.load_error = True, None

    def end_past(self) -> None:
        """Reading is over; when it broke off, what was there stays."""
        self.loading = False
        waited, self._waiting = self._waiting, []
        self.log.append(waited)

    def take_live_log(self, entries: list[LogEntry]) -> None:
        """Keep lines that just came, of a run that is known from its beginning."""
        if self.loading:
            self._waiting.extend(entries)
        elif self.run.complete:
            self.log.append(entries)

    def take_past(self, log: RunLog, last_seq: int, points: list[JobPoint]) -> None:
        """Show this log and these curves from now on; lines that waited and are newer come after."""
        old, self.log = self.log, log
        old.close()
        waited, self._waiting = self._waiting, []
        log.append([entry for entry in waited if not entry[3] or entry[3] > last_seq])
        self.curves, self._origin = Series(CURVES), None
        for point in points:
            self._sample_at(point)

    def forget_log(self) -> None:
        """Close its files; it is read again when somebody looks."""
        self.log.close()
        self.log = RunLog()
        self.run.complete = False

    def time_left(self, now: float) -> tuple[float, float] | None:
        """[low, high] seconds; None until known. What the engine says, less the seconds since; ours
        where it says nothing, or where it was wrong."""
        run = self.run
        if not run.is_active:
            return None
        if run.engine_time_left is not None:
            low, high = run.engine_time_left
            since = max(0.0, now - run.left_mono) if run.left_mono is not None else 0.0
            if high > since:
                return max(0.0, low - since), high - since
        return self.forecast.left(now)

    def sample(self, now: float) -> None:
        """Add a point from the live run; ``now`` is monotonic seconds, for servers without instants."""
        run = self.run
        self.forecast.watch(run, now)
        if self.loading or not (run.files_total or run.bytes_total or run.chunks):
            return
        at = self._seconds(run.last_ts)
        if at is None:
            self._first = now if self._first is None else self._first
            at = now - self._first
        done = run.files_done + run.files_failed
        self.curves.add(at, done, run.chunks, run.bytes_done, run.files_left)

    def _sample_at(self, point: JobPoint) -> None:
        at = self._seconds(point.ts)
        if at is not None:
            done = point.files_done + point.files_failed
            left = max(0, point.files_total - done)
            self.curves.add(at, done, point.chunks, point.bytes_done, left)

    def _seconds(self, ts: str) -> float | None:
        """Seconds of the run at an instant of the engine; None for a server that gives none."""
        self._origin = self._origin or self.run.started_at or ts or None
        return seconds_between(self._origin, ts) if ts else None


class RunWatches:
    """Keeps a log and curves for each run that is watched, and reads its past once.

    Args:
        api: The server.
        runs: The runs.
        kept: File for what is learned about time left; None for this session only.
    """

    def __init__(self, api: "Api", runs: "TrainingRuns", kept: Path | None = None) -> None:
        self._kept = KeptCalibration(kept)
        self.changed: Notice[str] = Notice()
        """The past of this run was read, or more of it."""
        self.forgotten: Notice[None] = Notice()
        """Logs must be read again."""
        self._api, self._runs = api, runs
        self._watches: dict[str, RunWatch] = {}
        self._loading: dict[str, asyncio.Future[None]] = {}
        self._rest: dict[str, asyncio.Task[None]] = {}
        self._open_logs: OrderedDict[str, None] = OrderedDict()
        self.in_view: str | None = None
        """The run that was opened last: its log stays."""
        self._scope = TaskScope("run-watches")
        self._off = [
            runs.appeared.connect(self._on_appeared),
            runs.logged.connect(self._on_logged),
            runs.folded.connect(self._on_folded),
        ]
        for run in runs.runs.values():
            self._on_appeared(run)

    def get(self, job_id: str) -> RunWatch | None:
        """The watch of a run that is known."""
        return self._watches.get(job_id)

    async def open(self, job_id: str) -> RunWatch:
        """Watch a run and read its picture, once; the rest of log and files follows by itself.

        Raises:
            ApiError: There is no such run, or the server cannot be asked.
        """
        run = self._runs.get(job_id)
        if run is None:
            job = await self._api.get(routes.path(routes.JOB, job_id=job_id), Job)
            run = self._runs.adopt(job)
        watch = self._watch(run)
        self.in_view = job_id
        if not run.complete:
            await self._load_once(watch)
        self._keep_few(job_id)
        return watch

    async def whole(self, job_id: str) -> RunWatch:
        """As :meth:`open`, and wait until the whole log and every file is there.

        Raises:
            ApiError: As :meth:`open`; what could not be read afterwards is said in the watch.
        """
        watch = await self.open(job_id)
        rest = self._rest.get(job_id)
        if rest is not None:
            await asyncio.wait({rest})
        return watch

    def reword(self) -> None:
        """Another language: logs are read again, each when it is looked at; a server's without ids stays."""
        for job_id, watch in self._watches.items():
            if watch.run.synthetic or watch.loading:
                continue
            if job_id in self._rest:
                self._rest[job_id].cancel()
            if job_id == self.in_view:
                watch.run.complete = False  # stays on the screen until it is there in other words
            else:
                watch.forget_log()
                self._open_logs.pop(job_id, None)
        self.forgotten.emit(None)

    async def aclose(self) -> None:
        """Close all logs."""
        for off in self._off:
            off()
        await self._scope.close()
        for watch in self._watches.values():
            watch.log.close()
        self._watches.clear()

    # -- live -----------------------------------------------------------------------------

    def _watch(self, run: RunState) -> RunWatch:
        watch = self._watches.get(run.job_id)
        if watch is None:
            watch = self._watches[run.job_id] = RunWatch(run, self._kept)
        return watch

    def _on_appeared(self, run: RunState) -> None:
        if run.is_active or run.status is None:
            self._watch(run)

    def _on_logged(self, said: tuple[RunState, list[LogEntry]]) -> None:
        run, entries = said
        watch = self._watches.get(run.job_id)
        if watch is not None:
            watch.take_live_log(entries)
            self._keep_few(run.job_id)

    def _on_folded(self, run: RunState) -> None:
        watch = self._watches.get(run.job_id)
        if watch is not None and run.heard_mono is not None:
            watch.sample(run.heard_mono)

    def _keep_few(self, job_id: str) -> None:
        """Close the log used longest ago when too many are open; a server's without ids is kept."""
        watch = self._watches[job_id]
        if not watch.log.in_use or watch.run.synthetic:
            return
        self._open_logs[job_id] = None
        self._open_logs.move_to_end(job_id)
        for old in list(self._open_logs):
            if len(self._open_logs) <= LOGS_OPEN:
                return
            if old not in self._rest and old != self.in_view:
                del self._open_logs[old]
                self._watches[old].forget_log()

    # -- the past -------------------------------------------------------------------------

    async def _load_once(self, watch: RunWatch) -> None:
        job_id = watch.run.job_id
        running = self._loading.get(job_id)
        if running is not None:
            await asyncio.shield(running)
            return
        done = self._loading[job_id] = asyncio.get_running_loop().create_future()
        watch.begin_past()
        past = RunPast(self._api, self._runs, watch.run)
        try:
            await past.read_picture()
            watch.take_past(past.log, past.last_seq, past.points)
            watch.run.complete = True
        except ApiError as error:
            watch.load_error = error.sentence
            raise
        finally:
            watch.end_past()
            del self._loading[job_id]
            done.set_result(None)
            self.changed.emit(job_id)
        self._rest[job_id] = self._scope.spawn("rest", self._read_rest(watch, past))

    async def _read_rest(self, watch: RunWatch, past: RunPast) -> None:
        """The older log and the files that gave no trouble, behind the picture that is shown already."""
        job_id = watch.run.job_id
        try:
            async for _ in past.read_rest():
                self.changed.emit(job_id)
        except ApiError as error:
            watch.log.gap = error.sentence
            watch.run.complete = False  # the next look tries again
        finally:
            del self._rest[job_id]
            self.changed.emit(job_id)
