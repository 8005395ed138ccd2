# SPDX-License-Identifier: MIT
"""How much work a file is."""

import statistics
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePath

from bldr_desktop.engine.ports.jobs import FileTiming

_BASE_SECONDS = 0.01
_SECONDS_PER_BYTE = 1e-7


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
