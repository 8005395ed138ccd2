# SPDX-License-Identifier: MIT
"""How much work a file is, and how long the rest will take: a range, hidden until known."""

import math
import statistics
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from pathlib import PurePath

from bldr_desktop.engine.ports.jobs import FileTiming
from bldr_desktop.protocol.jobs import TimeLeft

_BASE_SECONDS = 0.01
_SECONDS_PER_BYTE = 1e-7
_WARM_SECONDS = 1.0
_WARM_FRACTION = 0.03
_WARM_FILES = 3


class Costs:
    """Seconds of work that a file is expected to take, by its ending and size.

    Learned from files that were done before (this run and earlier ones): per ending, the median of
    seconds a byte for big files and the median of seconds for small ones. Unknown endings cost what
    an average file costs.
    """

    def __init__(self, history: Iterable[FileTiming] = ()) -> None:
        groups: dict[str, list[FileTiming]] = defaultdict(list)
        for timing in history:
            if timing.seconds > 0:
                groups[timing.suffix].append(timing)
                groups[""].append(timing)
        self._lines = {suffix: _line(timings) for suffix, timings in groups.items() if len(timings) >= 3}

    def of(self, path: str, size: int) -> float:
        """Expected seconds of work for one file."""
        line = self._lines.get(PurePath(path).suffix.lower()) or self._lines.get("")
        base, slope = line or (_BASE_SECONDS, _SECONDS_PER_BYTE)
        return base + slope * size


def _line(timings: list[FileTiming]) -> tuple[float, float]:
    """Seconds for an empty file and seconds a byte: half of the median time is taken as fixed."""
    middle = statistics.median(timing.seconds for timing in timings)
    base = max(middle * 0.5, 1e-4)
    slopes = [max(timing.seconds - base, 0.0) / max(timing.size, 1) for timing in timings]
    return base, statistics.median(slopes)


class Forecast:
    """Time left of one run, from work done by the clock that never jumps.

    Args:
        clock: Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._done = 0.0
        self._files = 0
        self._errors: list[float] = []
        self._marks: deque[tuple[float, float]] = deque([(self._began, 0.0)], maxlen=64)

    def finished(self, cost: float, seconds: float | None = None) -> None:
        """A file of this expected cost is done; ``seconds`` is what it really took, when measured."""
        self._done += cost
        self._files += 1
        if seconds is not None and cost > 0 and seconds > 0:
            self._errors.append(math.log(seconds / cost))
        self._marks.append((self._clock(), self._done))

    def left(self, rest: float) -> TimeLeft | None:
        """The range for ``rest`` expected seconds of work; None until enough is known."""
        elapsed = self._clock() - self._began
        fraction = self._done / (self._done + rest) if rest > 0 else 1.0
        if elapsed < _WARM_SECONDS or fraction < _WARM_FRACTION or self._files < _WARM_FILES:
            return None
        speeds = [self._done / elapsed]
        first_time, first_done = self._marks[0]
        recent = self._clock() - first_time
        if recent > _WARM_SECONDS and self._done > first_done:
            speeds.append((self._done - first_done) / recent)
        spread = self._spread(fraction)
        low = rest / max(speeds) / (1 + spread)
        high = rest / min(speeds) * (1 + spread)
        return TimeLeft(low=round(max(low, 0.0), 1), high=round(high + 1.0, 1))

    def _spread(self, fraction: float) -> float:
        """How far off a forecast may be: wide at first and where files surprise, a tenth at least."""
        surprise = statistics.pstdev(self._errors) if len(self._errors) > 2 else 1.0
        return 0.1 + min(surprise, 2.0) * 0.5 * (1 - fraction) + 0.6 * (1 - fraction) ** 2
