# SPDX-License-Identifier: MIT
"""How a run stands: counters with real fractions, stage seconds, time left."""

import time
from collections.abc import Callable
from typing import Any

from bldr_desktop.common.time_left import Calibration, Estimator, Ratios, shares_of
from bldr_desktop.common.words import counted
from bldr_desktop.engine.jobs import frames
from bldr_desktop.engine.jobs.context import JobContext
from bldr_desktop.engine.jobs.training.estimate import Costs
from bldr_desktop.engine.ports.events import NewEvent
from bldr_desktop.engine.ports.jobs import FAILED, KEPT, FileCounts, Progress
from bldr_desktop.protocol.base import FileStage, FileState
from bldr_desktop.protocol.jobs import JobFile, TimeLeft

_REPORT_SECONDS = 0.5
_FRAME_SECONDS = 0.1


class Tracker:
    """Counts what happens to files and says it through the job's context, at most ten times a second.

    ``progress`` is done work over all work, both in expected seconds, so that a big file counts as
    much as it takes. Until the folder was walked it is 0.
    """

    def __init__(self, context: JobContext, clock: Callable[[], float] = time.monotonic) -> None:
        self._context = context
        self._clock = clock
        self._costs = Costs()
        self._forecast = Estimator()
        self._work_total = 0.0
        self._work_done = 0.0
        self._last_frame = self._last_report = clock() - 60.0
        self._stage = FileStage.SCAN
        self._current: str | None = None
        self._moved_on = False
        self.total = self.done = self.failed = self.chunks = 0
        self.bytes_total = self.bytes_done = 0
        self.seconds: dict[str, float] = dict(context.job.stage_seconds)

    def begin(
        self,
        counts: FileCounts,
        open_files: list[tuple[str, int]],
        costs: Costs,
        calibration: Calibration | None = None,
    ) -> None:
        """The run's files are known: how they stand, and path and size of those still to do.
        ``calibration``: how far the forecasts of earlier runs were off."""
        self._costs = costs
        self._forecast = Estimator(calibration)
        self.total, self.failed = counts.total, counts.failed
        self.done = counts.final - counts.failed
        self.chunks = counts.chunks
        self.bytes_total, self.bytes_done = counts.bytes_total, counts.bytes_final
        rest = sum(costs.of(path, size) for path, size in open_files)
        share = len(open_files) / counts.total if counts.total else 1.0
        self._work_total = rest / share if share else 0.0
        self._work_done = self._work_total - rest
        self.tell(force=True)

    def stage(self, stage: FileStage, file: str | None = None, log: str = "") -> None:
        """The run is at this stage now, with this file."""
        changed = stage is not self._stage
        self._stage, self._current = stage, file
        self.tell(log, force=changed and stage is not FileStage.INDEX)

    def add_seconds(self, seconds: dict[str, float]) -> None:
        """Where time went."""
        for stage, spent in seconds.items():
            self.seconds[stage] = round(self.seconds.get(stage, 0.0) + spent, 4)

    def finished(self, file: JobFile) -> None:
        """A file reached its final state."""
        if file.state in FAILED:
            self.failed += 1
        elif file.state in KEPT or file.state is FileState.SKIPPED:
            self.done += 1
        if file.state is FileState.DONE:
            self.chunks += file.chunks
        self.bytes_done += file.size
        self.bytes_total = max(self.bytes_total, self.bytes_done)  # a file may have grown since it was listed
        cost = self._costs.of(file.path, file.size)
        self._work_done += cost
        self._moved_on = True

    @property
    def percent(self) -> float:
        """Progress, 0 to 100; 100 is said by the end only."""
        if self._work_total <= 0:
            return 0.0
        return round(min(self._work_done / self._work_total, 0.999) * 100, 2)

    def forecast(self) -> TimeLeft | None:
        """How long the rest will take; None until that is known."""
        if not self.total:
            return None
        now, files = self._clock(), self.done + self.failed
        work = (self.percent, 100.0)
        self._forecast.watch(shares_of(work, (self.bytes_done, self.bytes_total), (files, self.total)), now)
        left = self._forecast.left(now)
        return TimeLeft(low=round(left[0], 1), high=round(left[1], 1)) if left else None

    def learned(self) -> Ratios:
        """The run has come to its end: how far its forecasts were off."""
        return self._forecast.ratios(self._clock())

    def tell(self, log: str = "", *, force: bool = False) -> None:
        """Say how things stand, if the last time is long enough ago."""
        now = self._clock()
        if not force and now - self._last_frame < _FRAME_SECONDS:
            return
        self._last_frame = now
        self._context.emit(self._frame(log))
        if force or now - self._last_report >= _REPORT_SECONDS:
            self._last_report = now
            self._context.report(self.progress())

    def progress(self) -> Progress:
        """The same for the job's row."""
        moved_on, self._moved_on = self._moved_on, False
        return Progress(
            progress=self.percent,
            stage=self._stage,
            message=self._message(),
            files_total=self.total,
            files_done=self.done,
            files_failed=self.failed,
            chunks=self.chunks,
            bytes_total=self.bytes_total,
            bytes_done=self.bytes_done,
            stage_seconds=dict(self.seconds),
            time_left=self.forecast(),
            moved_on=moved_on,
        )

    def _message(self) -> str:
        if not self.total:
            return "Looking for files."
        files = counted(self.total, "file")
        return f"{self.done + self.failed} of {files}, {counted(self.chunks, 'chunk')}."

    def _frame(self, log: str) -> NewEvent:
        left = self.forecast()
        values: dict[str, Any] = {
            "stage": self._stage.value,
            "log": log or self._message(),
            "progress": self.percent,
            "files_total": self.total,
            "files_done": self.done,
            "files_failed": self.failed,
            "chunks": self.chunks,
            "bytes_total": self.bytes_total,
            "bytes_done": self.bytes_done,
            "current_file": self._current,
            "time_left": (left.low, left.high) if left else None,
        }
        return frames.training_frame(self._context.job, values)
