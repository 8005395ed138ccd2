# SPDX-License-Identifier: MIT
"""What the monitor adds to a run's state: its log on disk, its curves, and the part before we listened."""

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json

from bldr_desktop.client.api import ApiError, NotFound, NotOffered
from bldr_desktop.client.frames import Frame
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.jobs import Job, JobFile, JobFiles
from bldr_desktop.services.log_store import LogStore
from bldr_desktop.services.series import Series, seconds_between
from bldr_desktop.services.time_left import Calibration, TimeLeft
from bldr_desktop.services.training_state import LogEntry, RunState, fold_frames

if TYPE_CHECKING:
    from bldr_desktop.client.api import Api
    from bldr_desktop.services.training import TrainingRuns

_log = logging.getLogger(__name__)

EVENTS_A_PAGE = 20_000
FOLD_AT_ONCE = 512
"""Events folded before the loop gets its turn: some two milliseconds."""
CURVES = ("files", "chunks", "bytes", "left")


class RunWatch:
    """One run being watched. Made by :class:`RunWatches`."""

    def __init__(self, run: RunState, calibration: Calibration | None = None) -> None:
        self.run = run
        self.log = LogStore()
        self.curves = Series(CURVES)
        self.forecast = TimeLeft(calibration)
        self.loading = False
        self.load_error: str | None = None
        self._waiting: list[LogEntry] = []
        self._past_log: LogStore | None = None
        self._past_curves: Series | None = None
        self._origin: str | None = None
        self._first: float | None = None

    def begin_past(self) -> None:
        """The run will be read from its first event: into a log and curves that start empty."""
        self.loading, self.load_error = True, None
        self._past_log, self._past_curves = LogStore(), Series(CURVES)
        self._origin = None

    def end_past(self) -> None:
        """Reading is over; when it broke off, what was there stays."""
        self.loading = False
        if self._past_log is not None:
            self._past_log.close()
        waited, self._waiting = self._waiting, []
        self.log.append(waited)
        self._past_log = self._past_curves = None

    def take_log(self, entries: list[LogEntry]) -> None:
        """Keep log lines of before."""
        (self.log if self._past_log is None else self._past_log).append(entries)

    def take_live_log(self, entries: list[LogEntry]) -> None:
        """Keep lines that just came; they wait while the past is being read."""
        if self.loading:
            self._waiting.extend(entries)
        else:
            self.log.append(entries)

    def past_was_read(self, last_seq: int) -> None:
        """Everything up to this number is in the log: take what waited and is newer."""
        waited, self._waiting = self._waiting, []
        old = self.log
        if self._past_log is not None and self._past_curves is not None:
            self.log, self.curves = self._past_log, self._past_curves
            self._past_log = self._past_curves = None
            old.close()
        self.log.append([entry for entry in waited if not entry[3] or entry[3] > last_seq])

    def time_left(self, now: float) -> tuple[float, float] | None:
        """[low, high] seconds; None until known. Ours learns from runs of before, the engine's fills in."""
        if not self.run.is_active:
            return None
        return self.forecast.left(now) or self.run.engine_time_left

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

    def sample_at(self, ts: str, frame: Frame) -> None:
        """Add a point of the past from a progress frame."""
        at = self._seconds(ts)
        if at is not None:
            total, done = frame["files_total"], frame["files_done"] + frame["files_failed"]
            curves = self.curves if self._past_curves is None else self._past_curves
            curves.add(at, done, frame["chunks"], frame["bytes_done"], max(0, total - done))

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
        self._calibration = Calibration(kept)
        self.changed: Notice[str] = Notice()
        """The past of this run was read, or more of it."""
        self._api, self._runs = api, runs
        self._watches: dict[str, RunWatch] = {}
        self._loading: dict[str, asyncio.Future[None]] = {}
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
        """Watch a run and read the whole of it, once.

        Raises:
            ApiError: There is no such run, or the server cannot be asked.
        """
        run = self._runs.get(job_id)
        if run is None:
            job = await self._api.get(routes.path(routes.JOB, job_id=job_id), Job)
            run = self._runs.adopt(job)
        watch = self._watch(run)
        if not run.complete:
            await self._load_once(watch)
        return watch

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
            watch = self._watches[run.job_id] = RunWatch(run, self._calibration)
        return watch

    def _on_appeared(self, run: RunState) -> None:
        if run.is_active or run.status is None:
            self._watch(run)

    def _on_logged(self, said: tuple[RunState, list[LogEntry]]) -> None:
        run, entries = said
        watch = self._watches.get(run.job_id)
        if watch is not None:
            watch.take_live_log(entries)

    def _on_folded(self, run: RunState) -> None:
        watch = self._watches.get(run.job_id)
        if watch is not None and run.heard_mono is not None:
            watch.sample(run.heard_mono)

    # -- the past -------------------------------------------------------------------------

    async def _load_once(self, watch: RunWatch) -> None:
        job_id = watch.run.job_id
        running = self._loading.get(job_id)
        if running is not None:
            await asyncio.shield(running)
            return
        done = self._loading[job_id] = asyncio.get_running_loop().create_future()
        watch.begin_past()
        try:
            await self._load(watch)
            watch.run.complete = True
        except ApiError as error:
            watch.load_error = error.sentence
            raise
        finally:
            watch.end_past()
            del self._loading[job_id]
            done.set_result(None)
            self.changed.emit(job_id)

    async def _load(self, watch: RunWatch) -> None:
        run = watch.run
        job = await self._api.get(routes.path(routes.JOB, job_id=run.job_id), Job)
        self._runs.adopt(job)
        self.changed.emit(run.job_id)
        past = Past(watch)
        try:
            await self._read_events(past)
        except (NotOffered, NotFound):
            await self._read_files(past)
        past.merge()

    async def _read_events(self, past: "Past") -> None:
        """Fold the run's events from the first one; the next page is on its way meanwhile."""
        path = routes.path(routes.JOB_EVENTS, job_id=past.run.job_id)
        after = 0
        ahead = self._scope.spawn("events", self._page(path, after))
        try:
            while True:
                events, last = await ahead
                if last <= after:
                    return
                after = last
                ahead = self._scope.spawn("events", self._page(path, last))
                await past.fold(events)
        finally:
            ahead.cancel()

    async def _page(self, path: str, after: int) -> tuple[list[Frame], int]:
        """A page of frames and the number to go on from; ``after`` itself at the end."""
        params = {"after": after, "limit": EVENTS_A_PAGE, "digest": "1"}
        body: dict[str, Any] = from_json(await self._api.content(path, params=params))
        events = body.get("events") or []
        last = body.get("last_seq")
        return events, last if isinstance(last, int) else after

    async def _read_files(self, past: "Past") -> None:
        """A server without an event log still has its list of files."""
        page = 1
        while True:
            answer = await self._api.get(
                routes.path(routes.JOB_FILES, job_id=past.run.job_id),
                JobFiles,
                params={"page": page, "limit": 1000},
            )
            past.files.update({row.path: row for row in answer.data})
            if page >= answer.pagination.pages:
                return
            page += 1


class Past:
    """Folds the events of before into a run of its own, so that the live one never goes back."""

    def __init__(self, watch: RunWatch) -> None:
        self.watch = watch
        self.run = RunState(watch.run.job_id)
        self.last_seq = 0
        self._sampled = ""

    @property
    def files(self) -> dict[str, JobFile]:
        """Files met so far."""
        return self.run.files

    async def fold(self, events: list[Frame]) -> None:
        """Fold a page, a piece at a time."""
        fresh = [event for event in events if event.get("seq", 0) > self.last_seq]
        for start in range(0, len(fresh), FOLD_AT_ONCE):
            piece = fresh[start : start + FOLD_AT_ONCE]
            entries, _ = fold_frames(self.run, piece)
            self.watch.take_log(entries)
            self._sample(piece)
            await asyncio.sleep(0)
        if fresh:
            self.last_seq = fresh[-1]["seq"]

    def _sample(self, events: list[Frame]) -> None:
        """A point of the curves for each second of the past in which something was said."""
        for event in events:
            ts = event.get("ts")
            if ts and "files_total" in event and ts[:19] != self._sampled:
                self._sampled = ts[:19]
                self.watch.sample_at(ts, event)

    def merge(self) -> None:
        """Give the live run what it could not know."""
        live, past = self.watch.run, self.run
        for path, row in past.files.items():
            live.files.setdefault(path, row)
        for stage, seconds in past.stage_seconds.items():
            live.stage_seconds.setdefault(stage, seconds)
        live.log_from_frames = live.log_from_frames or past.log_from_frames
        self.watch.past_was_read(self.last_seq)
