# SPDX-License-Identifier: MIT
"""The training runs of one server: one state for the monitor, the Files rows and the status line.

runs.start(TrainRequest(...))      → RunState
runs.changed.connect(f)            f(frozenset of job ids), at most 30 times a second
runs.files_changed.connect(f)      f((run, [JobFile, …])): rows that moved on, as they come
runs.ended.connect(f)              f(run), once a run
await runs.open(job_id)            reads what was before we listened: the whole run
"""

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bldr_desktop.client.api import ApiError, Forbidden, NotFound, NotOffered
from bldr_desktop.client.frames import Frame
from bldr_desktop.client.link import LinkState
from bldr_desktop.client.realtime_sequence import Resync
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import TRAINING_JOBS, FileState, JobStatus, utc_now
from bldr_desktop.protocol.events import FrameKind, FrameType, classify, training_ended
from bldr_desktop.protocol.jobs import Job, JobAnswer, JobFile, JobFiles, RetryRequest
from bldr_desktop.protocol.logs import LogCode
from bldr_desktop.protocol.training import TrainAnswer, TrainRequest
from bldr_desktop.services.events import EventFeed, Pulse
from bldr_desktop.services.log_lines import LogEntry, Say, own_line
from bldr_desktop.services.nameless import NamelessRuns, take_status
from bldr_desktop.services.series import seconds_between
from bldr_desktop.services.training_state import (
    FINAL_FILES,
    RunState,
    fold_frames,
    fold_job,
    take_file,
)

if TYPE_CHECKING:
    from bldr_desktop.client.api import Api

_log = logging.getLogger(__name__)

TRAINING_TYPES = TRAINING_JOBS | {"rag_training"}
_KINDS = (FrameKind.TRAINING, FrameKind.FILE, FrameKind.LOG, FrameKind.JOB)


class TrainingRuns:
    """Folds the feed into runs and sends the commands a person gives.

    Args:
        api: The server.
        feed: Its events.
        say: Coded log lines in the person's language; without it they stay in the server's.
    """

    def __init__(
        self,
        api: "Api",
        feed: EventFeed,
        *,
        say: Say | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.say = say
        self.runs: dict[str, RunState] = {}
        self.pulse = Pulse()
        self.changed = self.pulse.changed
        self.files_changed: Notice[tuple[RunState, list[JobFile]]] = Notice()
        self.folded: Notice[RunState] = Notice()
        """A batch was folded into this run; as often as batches come, for cheap listeners only."""
        self.logged: Notice[tuple[RunState, list[LogEntry]]] = Notice()
        self.appeared: Notice[RunState] = Notice()
        self.ended: Notice[RunState] = Notice()
        self._api, self._feed, self._clock = api, feed, clock
        self._nameless = NamelessRuns(api, self._on_nameless, lambda: feed.link.state is LinkState.CONNECTED)
        self._ours = False
        self._gapped: set[str] = set()
        self._off = [
            feed.subscribe(_KINDS, self.fold),
            feed.on_stale(self.refresh),
            feed.stale.connect(self._on_stale),
        ]

    # -- reading --------------------------------------------------------------------------

    def active(self) -> list[RunState]:
        """Runs that go on, oldest first."""
        return [run for run in self.runs.values() if run.is_active]

    def get(self, job_id: str) -> RunState | None:
        """A run that is known."""
        return self.runs.get(job_id)

    def latest(self) -> RunState | None:
        """The run a person most likely means: the newest active one, else the newest."""
        candidates = self.active() or list(self.runs.values())
        return max(candidates, key=lambda run: run.created_at or run.started_at or "", default=None)

    @property
    def jobs_offered(self) -> bool:
        """False against a field server without jobs of our kind: nothing can be cancelled there."""
        return self._ours

    def elapsed(self, run: RunState) -> float | None:
        """Seconds a run took, or has taken so far.

        From the engine's own instants where both are known; while it runs, what it had taken when we first
        heard of it plus our monotonic seconds since, so that a clock that is set shows no negative time.
        """
        if run.started_at is None and run.first_mono is None:
            return None
        if run.is_final:
            known = seconds_between(run.started_at, run.finished_at)
            if known is not None:
                return known
        if run.first_mono is None:
            return None
        end = run.moved_mono if run.is_final and run.moved_mono is not None else self._clock()
        return run.seconds_before + max(0.0, end - run.first_mono)

    def _begin_clock(self, run: RunState) -> None:
        """Note when we first saw it running, and how long it had been running by the engine's clock."""
        if run.first_mono is None and run.status not in {None, JobStatus.QUEUED}:
            run.first_mono = self._clock()
            run.seconds_before = seconds_between(run.started_at, run.last_ts or run.heartbeat_at) or 0.0

    def adopt(self, job: Job) -> RunState:
        """Take a row that was read over REST."""
        run = self._run(job.id)
        run.log_from_frames = self._ours = True
        self._fold_job_row(run, job)
        return run

    # -- commands -------------------------------------------------------------------------

    async def start(self, request: TrainRequest) -> RunState:
        """``POST /train``; the run appears at once, queued.

        Raises:
            ApiError: The server said no or could not be asked.
        """
        with self._nameless.starting() as started:
            answer = await self._api.post(routes.TRAIN, TrainAnswer, json=request)
        self._ours = self._ours or answer.job_id is not None
        run = self._run(answer.job_id) if answer.job_id else started()
        run.params = run.params or request.model_dump(exclude_none=True)
        if run.status is None:
            run.status = JobStatus.QUEUED
            run.created_at = run.created_at or utc_now()
            run.message = answer.message
            run.complete = True
        self.pulse.touch(run.job_id)
        return run

    async def cancel(self, job_id: str) -> None:
        """Ask the engine to stop it; what is finished stays searchable."""
        await self._command(routes.JOB_CANCEL, job_id)

    async def continue_(self, job_id: str) -> RunState | None:
        """Go on with the rest of a cancelled or interrupted run; the run that does it."""
        return await self._command(routes.JOB_CONTINUE, job_id)

    async def retry_failed(self, job_id: str, paths: list[str] | None = None) -> RunState | None:
        """Train only the failed files again (or those of ``paths``), while the run may go on."""
        body = RetryRequest(only_failed=True, paths=paths)
        return await self._command(routes.JOB_RETRY, job_id, body)

    async def _command(self, route: str, job_id: str, body: Any = None) -> RunState | None:
        answer = await self._api.post(routes.path(route, job_id=job_id), JobAnswer, json=body)
        if answer.job is None:
            return None
        return self.adopt(answer.job)

    # -- folding --------------------------------------------------------------------------

    def fold(self, frames: list[Frame]) -> None:
        """Fold a batch of frames, in order, run by run."""
        start, count = 0, len(frames)
        while start < count:
            job_id = frames[start].get("job_id")
            end = start + 1
            while end < count and frames[end].get("job_id") == job_id:
                if job_id is None and training_ended(frames[end - 1]):
                    break  # without ids, what comes after an end is another run
                end += 1
            self._fold_same(job_id, frames[start:end])
            start = end

    def _fold_same(self, job_id: str | None, frames: list[Frame]) -> None:
        run = self._run_of(job_id, frames[0])
        if run is None:
            return
        self._ours = self._ours or (job_id is not None and bool(frames[0].get("seq")))
        was_final, pace, left = run.is_final, run.pace(), run.engine_time_left
        entries, rows = fold_frames(run, frames, self.say)
        run.heard_mono = self._clock()
        if run.engine_time_left is not left:
            run.left_mono = run.heard_mono
        if run.moved_mono is None or run.pace() != pace:
            run.moved_mono = run.heard_mono
        run.unknown_since = None
        if entries:
            self.logged.emit((run, entries))
        if rows:
            self.files_changed.emit((run, rows))
        self.folded.emit(run)
        self._after(run, was_final)

    def _run_of(self, job_id: str | None, frame: Frame) -> RunState | None:
        kind = classify(frame)
        if kind is FrameKind.JOB:
            inner = frame.get("data")
            data: Frame = inner if isinstance(inner, dict) else {}
            job_id = job_id or data.get("id") or frame.get("id")
            job_type = data.get("type") or frame.get("tool_type") or frame.get("task_type")
            if job_id not in self.runs and job_type not in TRAINING_TYPES:
                return None
        if job_id:
            if kind is FrameKind.LOG:
                return self.runs.get(str(job_id))
            return self._run(str(job_id), new=frame.get("type") == FrameType.JOB_NEW)
        if kind is not FrameKind.TRAINING:
            return None
        return self._nameless.of_frame(frame)

    def _run(self, job_id: str, *, new: bool = False) -> RunState:
        run = self.runs.get(job_id)
        if run is None:
            run = RunState(job_id, complete=new)
            self._appear(run)
        return run

    def _appear(self, run: RunState) -> None:
        self.runs[run.job_id] = run
        self.appeared.emit(run)

    def _on_nameless(self, run: RunState, late: bool) -> None:
        self._appear(run)
        if late:
            self.logged.emit((run, [own_line(LogCode.LINES_BEFORE, self.say)]))

    def _fold_job_row(self, run: RunState, job: Job) -> None:
        was_final = run.is_final or run.status is None  # an end of long ago is no news
        pace, beat, left = run.pace(), run.heartbeat_at, run.engine_time_left
        fold_job(run, job)
        now = self._clock()
        if run.engine_time_left is not left:
            run.left_mono = now
        if run.heard_mono is None or run.heartbeat_at != beat:
            run.heard_mono = now
        if run.moved_mono is None or run.pace() != pace:
            run.moved_mono = now
        self._after(run, was_final)

    def _after(self, run: RunState, was_final: bool) -> None:
        self._begin_clock(run)
        self.pulse.touch(run.job_id)
        if run.is_final and not was_final:
            self._close_files(run)
            self.ended.emit(run)

    def _close_files(self, run: RunState) -> None:
        """A stopped run leaves files that nobody will say anything of any more."""
        if run.status is not JobStatus.CANCELLED:
            return
        left = [row for row in run.files.values() if row.state not in FINAL_FILES]
        rows = [row.model_copy(update={"state": FileState.CANCELLED}) for row in left]
        run.files.update((row.path, row) for row in rows)
        if rows:
            self.files_changed.emit((run, rows))

    # -- reading over REST ----------------------------------------------------------------

    async def refresh(self) -> None:
        """Read the truth again: after a gap, and now and then while the socket is away."""
        try:
            await self._refresh_jobs()
            await self._refresh_files()
            if not self._ours:
                await self._refresh_field()
        except ApiError as error:
            _log.info("runs could not be read: %s", error.sentence)
            self._unknown()

    async def _refresh_jobs(self) -> None:
        """Our engine's rows of ``GET /queue``; a field server's are too poor to be runs."""
        try:
            rows = await self._api.get(routes.QUEUE)
        except (NotOffered, NotFound, Forbidden):
            return
        seen = set()
        for row in rows if isinstance(rows, list) else []:
            if not isinstance(row, dict) or "attempt" not in row:
                continue
            self._ours = True
            if row.get("type") in TRAINING_TYPES:
                seen.add(self.adopt(Job.model_validate(row)).job_id)
        for run in self.active():
            if run.job_id not in seen and not run.synthetic:
                await self._refresh_one(run)

    async def _refresh_one(self, run: RunState) -> None:
        try:
            job = await self._api.get(routes.path(routes.JOB, job_id=run.job_id), Job)
        except (NotFound, NotOffered):
            return
        self._fold_job_row(run, job)

    async def _refresh_files(self) -> None:
        """After a gap, the files of the runs that were under way: what ended in it is told by nobody."""
        while self._gapped:
            run = self.runs[next(iter(self._gapped))]
            page = pages = 1
            while page <= pages and run.files:
                route = routes.path(routes.JOB_FILES, job_id=run.job_id)
                try:
                    found = await self._api.get(route, JobFiles, params={"page": page, "limit": 500})
                except (NotFound, NotOffered):
                    break
                rows = [row for row in found.data if run.files.get(row.path) != row and take_file(run, row)]
                if rows:
                    self.files_changed.emit((run, rows))
                    self.pulse.touch(run.job_id)
                page, pages = page + 1, found.pagination.pages
            self._gapped.discard(run.job_id)

    async def _refresh_field(self) -> None:
        """``GET /api/training/status`` is all a field server says about its one run."""
        found = await self._nameless.read()
        if found is None:
            return
        run, status = found
        if run is None:
            self._ours = True
            return
        take_status(run, status)
        self._after(run, was_final=False)

    def _on_stale(self, why: Resync | None) -> None:
        """After a gap that could not be filled, runs under way are read whole again when looked at; of a
        server without numbering nothing can be read again, so the log says where lines may be missing."""
        nameless = self._nameless.current
        if why is Resync.FRESH and nameless is not None and nameless.is_active:
            self.logged.emit((nameless, [own_line(LogCode.LINES_MISSED, self.say)]))
        if why in {Resync.RESET, Resync.EPOCH}:
            for run in self.active():
                run.complete = run.synthetic
                run.last_seq = 0
                if not run.synthetic:
                    self._gapped.add(run.job_id)

    def _unknown(self) -> None:
        for run in self.active():
            run.unknown_since = run.unknown_since or utc_now()
            self.pulse.touch(run.job_id)

    async def aclose(self) -> None:
        """Stop listening."""
        for off in self._off:
            off()
