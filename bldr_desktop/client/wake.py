# SPDX-License-Identifier: MIT
"""Has the machine slept? Asked now and then, without a desktop's help."""

import time
from collections.abc import Callable

JUMP = 5.0
"""Seconds asleep from which on connections are likely dead."""

Clock = Callable[[], float]


def with_sleep() -> float:
    """Seconds that go on while the machine sleeps; where the system has no such clock, the wall's."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.time() if boot is None else time.clock_gettime(boot)


class SleepSense:
    """Compares a clock that goes on in sleep with one that stands still.

    A wall clock set forward looks like sleep on systems without a boot clock: one needless reconnection; set
    back it looks like nothing.

    Args:
        running: Seconds awake.
        passing: Seconds altogether.
    """

    def __init__(self, running: Clock = time.monotonic, passing: Clock = with_sleep) -> None:
        self._running, self._passing = running, passing
        self._apart = passing() - running()

    def slept(self) -> float:
        """Seconds slept since the last call; 0 for less than :data:`JUMP`."""
        apart = self._passing() - self._running()
        asleep, self._apart = apart - self._apart, apart
        return asleep if asleep >= JUMP else 0.0
