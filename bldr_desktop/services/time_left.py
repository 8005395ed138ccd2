# SPDX-License-Identifier: MIT
"""Honest time left: a range that the true end falls into, and nothing until that can be said.

A point estimate is the median of what several measures of the work say (bytes, files, the server's own
percent), each at the pace of the whole run and at that of its last part. How far such estimates were off
in runs that have ended is kept, by how far the run was: the quantiles of those ratios make the range (split
conformal prediction). It starts from a wide prior and narrows as runs are seen.
"""

import json
import logging
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from operator import sub
from pathlib import Path
from statistics import median

from bldr_desktop.services.training_state import RunState

_log = logging.getLogger(__name__)

WARM_SECONDS = 1.0
WARM_SHARE = 0.03
WARM_MARKS = 3
STEP = 0.002
"""Least step forward that is kept: five hundred marks are a whole run."""
BANDS = (0.35, 0.65, 0.85)
"""Borders between parts of a run, each with ratios of its own."""
RUNS_KEPT = 40
SAMPLES_A_BAND = 4
"""Samples that one run adds to a band, so that a long one does not outvote the others."""
COVER = 0.86
"""Share of past ratios inside the range; above the 80 % promised, because the next run is another."""
_PRIOR = (0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 1.0, 1.1, 1.25, 1.45, 1.7)
_RECENT = 0.35

Ratios = list[list[float]]


class Calibration:
    """How far estimates of runs of before were off: true time left over estimated, by band.

    Args:
        file: Where it is kept; None for this session only.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._runs: deque[Ratios] = deque(maxlen=RUNS_KEPT)
        if file is not None:
            with suppress(OSError, ValueError, TypeError):
                for run in json.loads(file.read_text("utf-8")):
                    self._runs.append([[float(ratio) for ratio in band] for band in run])

    def range_of(self, share: float) -> tuple[float, float]:
        """The factors on an estimate between which the truth lies, for a run that is this far."""
        band = bisect_right(BANDS, share)
        seen = sorted([*_PRIOR, *(ratio for run in self._runs for ratio in run[band])])
        return _quantile(seen, (1 - COVER) / 2), _quantile(seen, (1 + COVER) / 2)

    def learn(self, ratios: Ratios) -> None:
        """A run has ended: keep how far its estimates were off."""
        if any(ratios):
            self._runs.append([_thinned(band) for band in ratios])
            self._save()

    def _save(self) -> None:
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            rounded = [[[round(ratio, 3) for ratio in band] for band in run] for run in self._runs]
            self._file.write_text(json.dumps(rounded), "utf-8")
        except OSError as error:
            _log.info("what was learned about time left is not kept: %s", error)


def _quantile(ordered: Sequence[float], share: float) -> float:
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def _thinned(values: list[float]) -> list[float]:
    if len(values) <= SAMPLES_A_BAND:
        return values
    step = (len(values) - 1) / (SAMPLES_A_BAND - 1)
    return [values[round(i * step)] for i in range(SAMPLES_A_BAND)]


class TimeLeft:
    """Watches one run and says how long it will take.

    Args:
        calibration: What is known from runs of before; told about this one at its end.
    """

    def __init__(self, calibration: Calibration | None = None) -> None:
        self._calibration = calibration or Calibration()
        self._marks: deque[tuple[float, tuple[float, ...]]] = deque(maxlen=600)
        """(seconds, share done by each measure), at each step forward."""
        self._made: list[tuple[float, float, float]] = []
        """(seconds, share, estimate) of what was said, to be judged at the end."""
        self._ended = False

    def watch(self, run: RunState, now: float) -> None:
        """Take the state of the run at ``now`` (monotonic seconds)."""
        if run.is_final:
            self._end(run, now)
            return
        if not run.progress and not run.files_done and not run.bytes_done and self._marks:
            return
        shares = _shares(run)
        if self._marks and len(shares) != len(self._marks[-1][1]):
            self._marks.clear()  # another measure is known now: what was seen by fewer cannot be compared
        if not self._marks or max(map(sub, shares, self._marks[-1][1])) >= STEP:
            self._marks.append((now, shares))
            estimate = self._estimate(now)
            if estimate is not None:
                self._made.append((now, median(shares), estimate))

    def left(self, now: float) -> tuple[float, float] | None:
        """[low, high] seconds; None until it is known."""
        estimate = self._estimate(now)
        if estimate is None:
            return None
        low, high = self._calibration.range_of(median(self._marks[-1][1]))
        gap = (now - self._marks[0][0]) / max(1, len(self._marks) - 1)
        return max(0.0, estimate * low - gap), estimate * high + gap + 0.5

    def _estimate(self, now: float) -> float | None:
        if len(self._marks) < WARM_MARKS:
            return None
        first, last = self._marks[0], self._marks[-1]
        elapsed = now - first[0]
        if elapsed < WARM_SECONDS or median(last[1]) - median(first[1]) < WARM_SHARE:
            return None
        middle = self._marks[max(0, bisect_right(self._marks, now - _RECENT * elapsed, key=_when) - 1)]
        found: list[float] = []
        for measure, share in enumerate(last[1]):
            for since in (first, middle):
                gained, took = share - since[1][measure], now - since[0]
                if gained > 0 and took > 0:
                    found.append((1.0 - share) * took / gained)
        return median(found) if found else None

    def _end(self, run: RunState, now: float) -> None:
        if self._ended:
            return
        self._ended = True
        if run.status is None or run.status.value != "completed":
            return  # a run that was stopped says nothing about how long the whole would have taken
        bands: Ratios = [[] for _ in range(len(BANDS) + 1)]
        for at, share, estimate in self._made:
            if estimate > 0.05 and now - at > 0.05:
                bands[bisect_right(BANDS, share)].append((now - at) / estimate)
        self._calibration.learn(bands)


def _when(mark: tuple[float, tuple[float, ...]]) -> float:
    return mark[0]


def _shares(run: RunState) -> tuple[float, ...]:
    """How much is done, 0..1, by each measure that the server gives."""
    shares = [run.progress / 100.0]
    if run.bytes_total:
        shares.append(run.bytes_done / run.bytes_total)
    if run.files_total:
        shares.append((run.files_done + run.files_failed) / run.files_total)
    return tuple(min(1.0, share) for share in shares)
