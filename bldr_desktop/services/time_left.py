# SPDX-License-Identifier: MIT
"""Honest time left: a range that the true end falls into, and nothing until that can be said.

Work is measured in *units*: what a file should cost by its type and size, learned from files that
were timed (this run, and runs of before). The pace of this run in units a second, looked at over several
windows, gives the range; how much the pace of the past jumped about says how wide it must be. Where a server
gives no files (field servers), percent take the place of units.
"""

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath
from statistics import median

from bldr_desktop.protocol.jobs import JobFile
from bldr_desktop.services.training_state import FINAL_FILES, RunState

WARM_SECONDS = 1.5
WARM_SHARE = 0.04
WARM_MARKS = 4
_SPANS = 8
_CARRY = 0.12
"""Least half-width of the range, as a share of the estimate."""


@dataclass(slots=True)
class FileCosts:
    """What a file of a type costs: a fixed part and a part a byte, medians of what was measured."""

    lines: dict[str, tuple[float, float]] = field(default_factory=dict)

    @classmethod
    def learned(cls, rows: Iterable[JobFile]) -> "FileCosts":
        """From files whose stage times are known."""
        timed: dict[str, list[tuple[int, float]]] = {}
        for row in rows:
            seconds = sum(row.stage_seconds.values())
            if seconds > 0:
                timed.setdefault(_kind(row.path), []).append((row.size, seconds))
                timed.setdefault("", []).append((row.size, seconds))
        return cls({kind: _line(items) for kind, items in timed.items() if len(items) >= 3})

    def of(self, path: str, size: int) -> float:
        """Expected seconds of work."""
        base, slope = self.lines.get(_kind(path)) or self.lines.get("") or (0.02, 1.5e-7)
        return base + slope * size


def _kind(path: str) -> str:
    return PurePath(path).suffix.lower()


def _line(items: list[tuple[int, float]]) -> tuple[float, float]:
    base = max(1e-4, 0.5 * median(seconds for _, seconds in items))
    return base, median(max(0.0, seconds - base) / max(1, size) for size, seconds in items)


class TimeLeft:
    """Watches one run and says how long it will take.

    Args:
        costs: What files cost, as known from runs of before.
    """

    def __init__(self, costs: FileCosts | None = None) -> None:
        self._costs = costs or FileCosts()
        self._marks: deque[tuple[float, float]] = deque(maxlen=400)
        """(seconds, units done)."""
        self._total = 0.0
        self._began: float | None = None

    def watch(self, run: RunState, now: float) -> None:
        """Take the state of the run at ``now`` (monotonic seconds)."""
        done, total = self._units(run)
        if self._began is None and total > 0:
            self._began = now
            self._marks.append((now, done))
        self._total = total
        if self._marks and done > self._marks[-1][1]:
            self._marks.append((now, done))

    def _units(self, run: RunState) -> tuple[float, float]:
        """Units done and in all; percent where nothing better is known."""
        if run.files_total and len(run.files) >= run.files_total:
            done = total = 0.0
            for row in run.files.values():
                cost = self._costs.of(row.path, row.size)
                total += cost
                done += cost if row.state in FINAL_FILES else 0.0
            return done, total
        if run.bytes_total and run.files_total:
            mean = run.bytes_total / run.files_total
            ended = run.files_done + run.files_failed
            return run.bytes_done + 0.5 * mean * ended, 1.5 * run.bytes_total
        return run.progress, 100.0

    def left(self, now: float) -> tuple[float, float] | None:
        """[low, high] seconds; None until it is known."""
        if self._began is None or len(self._marks) < WARM_MARKS or self._total <= 0:
            return None
        first, done = self._marks[0], self._marks[-1][1]
        gained, rest = done - first[1], max(0.0, self._total - done)
        elapsed = now - first[0]
        if elapsed < WARM_SECONDS or gained < WARM_SHARE * self._total:
            return None
        paces = self._paces(first, now)
        overall = gained / elapsed
        recent = paces[-1] if paces else overall
        share = done / self._total
        spread = max(_CARRY, _scatter(paces)) + 0.55 * (1.0 - share) ** 2
        quick, slow = max(overall, recent), min(overall, recent)
        low = rest / quick / (1.0 + spread)
        high = rest / max(slow, overall * 0.25) * (1.0 + spread)
        gap = elapsed / max(1, len(self._marks) - 1)
        return max(0.0, low - gap), high + 2.0 * gap + 0.5

    def _paces(self, first: tuple[float, float], now: float) -> list[float]:
        """Units a second in equal spans of the run so far, the last one up to now."""
        span = (now - first[0]) / _SPANS
        if span <= 0:
            return []
        ends = [first[1]] * (_SPANS + 1)
        for at, done in self._marks:
            place = min(_SPANS, math.ceil((at - first[0]) / span))
            ends[place] = done
        for place in range(1, _SPANS + 1):
            ends[place] = max(ends[place], ends[place - 1])
        half = _SPANS // 2
        recent = (ends[-1] - ends[half]) / (span * (_SPANS - half))
        return [(ends[i + 1] - ends[i]) / span for i in range(_SPANS)] + [recent]


def _scatter(paces: list[float]) -> float:
    """How far the mean pace of the spans may be off: their relative standard error, doubled."""
    spans = paces[:-1]
    mean = sum(spans) / len(spans) if spans else 0.0
    if mean <= 0:
        return 1.0
    variance = sum((pace - mean) ** 2 for pace in spans) / max(1, len(spans) - 1)
    return 2.0 * math.sqrt(variance / len(spans)) / mean
