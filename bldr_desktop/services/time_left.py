# SPDX-License-Identifier: MIT
"""Time left of a run as the desktop sees it, for servers that say nothing honest about it themselves."""

import logging
from contextlib import suppress
from pathlib import Path

from bldr_desktop.common.time_left import Calibration, Estimator, Ratios, shares_of
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.services.training_state import RunState

_log = logging.getLogger(__name__)


class KeptCalibration:
    """What runs of before taught, kept in a file.

    Args:
        file: Where it is kept; None for this session only.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        text = None
        if file is not None:
            with suppress(OSError, ValueError):
                text = file.read_text("utf-8")
        self.calibration = Calibration.load(text)

    def learn(self, ratios: Ratios) -> None:
        """A run has ended: keep how far its estimates were off."""
        if not self.calibration.learn(ratios) or self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(self.calibration.dump(), "utf-8")
        except OSError as error:
            _log.info("what was learned about time left is not kept: %s", error)


class TimeLeft:
    """Watches one run and says how long it will take.

    Args:
        kept: What is known from runs of before; told about this one at its end.
    """

    def __init__(self, kept: KeptCalibration | None = None) -> None:
        self._kept = kept or KeptCalibration()
        self._estimator = Estimator(self._kept.calibration)
        self._ended = False

    def watch(self, run: RunState, now: float) -> None:
        """Take the state of the run at ``now`` (monotonic seconds)."""
        if not run.is_final:
            files = run.files_done + run.files_failed
            measures = ((run.progress, 100.0), (run.bytes_done, run.bytes_total), (files, run.files_total))
            self._estimator.watch(shares_of(*measures), now)
        elif not self._ended:
            self._ended = True
            if run.status is JobStatus.COMPLETED:  # one that was stopped says nothing about the whole
                self._kept.learn(self._estimator.ratios(now))

    def left(self, now: float) -> tuple[float, float] | None:
        """[low, high] seconds; None until it is known."""
        return self._estimator.left(now)
