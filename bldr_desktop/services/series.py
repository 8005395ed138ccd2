# SPDX-License-Identifier: MIT
"""Curves of a run, of bounded length: when there are too many points, every other one goes."""

from array import array
from datetime import datetime

MOST = 1200


class Series:
    """Points over time, one row a point: seconds, then one value a name.

    Args:
        names: The curves.
        gap: Seconds between points at first; doubled each time the points are thinned out.
    """

    def __init__(self, names: tuple[str, ...], gap: float = 0.5) -> None:
        self.names = names
        self.gap = gap
        self.x = array("d")
        self._values = {name: array("d") for name in names}

    def __len__(self) -> int:
        return len(self.x)

    def add(self, seconds: float, *values: float) -> bool:
        """Add a point; False when it is too close to the last one, which then takes its values."""
        if self.x and seconds < self.x[-1]:
            return False
        late = not self.x or seconds - self.x[-1] >= self.gap
        if late:
            self.x.append(seconds)
        for name, value in zip(self.names, values, strict=True):
            if late:
                self._values[name].append(value)
            else:
                self._values[name][-1] = value
        if len(self.x) > MOST:
            self._thin()
        return late

    def values(self, name: str) -> "array[float]":
        """The values of one curve, as many as ``x`` has."""
        return self._values[name]

    def rate(self, name: str, window: float = 5.0) -> "array[float]":
        """The growth of a counter per second, over about ``window`` seconds before each point."""
        x, y = self.x, self._values[name]
        out, start = array("d"), 0
        for i in range(len(x)):
            while start < i - 1 and x[i] - x[start] > window:
                start += 1
            span = x[i] - x[start]
            out.append(max(0.0, (y[i] - y[start]) / span) if span > 0 else 0.0)
        return out

    def clear(self) -> None:
        """Start again."""
        self.x = array("d")
        self._values = {name: array("d") for name in self.names}

    def _thin(self) -> None:
        self.gap *= 2
        self.x = self.x[::2]
        self._values = {name: values[::2] for name, values in self._values.items()}


def seconds_between(start: str | None, end: str | None) -> float | None:
    """Seconds from one RFC 3339 instant to another, never negative; None if either is unreadable."""
    try:
        first, last = datetime.fromisoformat(start or ""), datetime.fromisoformat(end or "")
        return max(0.0, (last - first).total_seconds())
    except (ValueError, TypeError):
        return None
