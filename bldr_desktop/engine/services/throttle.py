# SPDX-License-Identifier: MIT
"""Counting failures in a sliding window."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable

_MOST_KEYS = 10_000


class Throttle:
    """At most ``limit`` counted events a ``seconds`` window for each key.

    Args:
        limit: Events allowed in the window.
        seconds: Length of the window.
        clock: Monotonic seconds.
    """

    def __init__(self, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Seconds until ``key`` may try again; 0 for now."""
        times = self._seen.get(key)
        if times is None:
            return 0.0
        now = self._clock()
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) < self._limit:
            return 0.0
        return times[0] + self._seconds - now

    def count(self, key: str) -> None:
        """Count one event of ``key``."""
        times = self._seen.setdefault(key, deque(maxlen=self._limit))
        times.append(self._clock())
        self._seen.move_to_end(key)
        while len(self._seen) > _MOST_KEYS:
            self._seen.popitem(last=False)

    def forget(self, key: str) -> None:
        """Start ``key`` anew."""
        self._seen.pop(key, None)
