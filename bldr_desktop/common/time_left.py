# SPDX-License-Identifier: MIT
"""Honest time left: a range that the true end falls into, and nothing until that can be said.

The engine and the desktop count with the same arithmetic: the engine for its own runs, the desktop for those
of servers that say nothing about it.

A point estimate is the median of what several measures of the work say (work by expected seconds, bytes,
files), each at the pace of the whole run and at that of its last part. How far such estimates were off in
runs that have ended is kept, by how far the run was: the quantiles of those ratios make the range (split
conformal prediction). It starts from a wide prior and narrows as runs are seen.
"""

import json
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from operator import sub
from statistics import median

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
        runs: What earlier runs taught.
    """

    def __init__(self, runs: Iterable[Ratios] = ()) -> None:
        self._runs: deque[Ratios] = deque(runs, maxlen=RUNS_KEPT)

    def range_of(self, share: float) -> tuple[float, float]:
        """The factors on an estimate between which the truth lies, for a run that is this far."""
        band = bisect_right(BANDS, share)
        seen = sorted([*_PRIOR, *(ratio for run in self._runs for ratio in run[band])])
        return _quantile(seen, (1 - COVER) / 2), _quantile(seen, (1 + COVER) / 2)

    def learn(self, ratios: Ratios) -> bool:
        """A run has ended: keep how far its estimates were off. False when it taught nothing."""
        if not any(ratios):
            return False
        self._runs.append([_thinned(band) for band in ratios])
        return True

    def dump(self) -> str:
        """As text, to be kept."""
        return json.dumps([[[round(ratio, 3) for ratio in band] for band in run] for run in self._runs])

    @classmethod
    def load(cls, text: str | None) -> "Calibration":
        """From a kept text; what cannot be read counts as nothing seen yet."""
        try:
            kept = [[[float(ratio) for ratio in band] for band in run] for run in json.loads(text or "[]")]
        except (ValueError, TypeError):
            kept = []
        return cls(run for run in kept if len(run) == len(BANDS) + 1)


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


class Estimator:
    """Watches the work of one run and says how long the rest will take.

    Args:
        calibration: What is known from runs of before.
    """

    def __init__(self, calibration: Calibration | None = None) -> None:
        self._calibration = calibration or Calibration()
        self._marks: deque[tuple[float, tuple[float, ...]]] = deque(maxlen=600)
        """(seconds, share done by each measure), at each step forward."""
        self._made: list[tuple[float, float, float]] = []
        """(seconds, share, estimate) of what was said, to be judged at the end."""

    def watch(self, shares: tuple[float, ...], now: float) -> None:
        """Take how much is done, 0 to 1 by each measure, at ``now`` (monotonic seconds)."""
        if self._marks and not any(shares):
            return
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

    def ratios(self, end: float) -> Ratios:
        """The run has come to its end: how far its estimates were off, by band."""
        bands: Ratios = [[] for _ in range(len(BANDS) + 1)]
        for at, share, estimate in self._made:
            if estimate > 0.05 and end - at > 0.05:
                bands[bisect_right(BANDS, share)].append((end - at) / estimate)
        return bands

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


def shares_of(*measures: tuple[float, float]) -> tuple[float, ...]:
    """(done, total) of each measure as a share of 0 to 1; measures without a total are left out."""
    return tuple(min(1.0, done / total) for done, total in measures if total > 0)


def _when(mark: tuple[float, tuple[float, ...]]) -> float:
    return mark[0]
