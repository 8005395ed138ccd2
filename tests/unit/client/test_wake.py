# SPDX-License-Identifier: MIT
"""Sleep is what one clock counts and the other does not."""

import time

from bldr_desktop.client.wake import SleepSense, with_sleep


class Clock:
    """Time that the test moves."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def test_sleep_is_told_once_and_work_is_not_sleep() -> None:
    running, passing = Clock(10.0), Clock(5000.0)
    sense = SleepSense(running, passing)
    running.now, passing.now = 70.0, 5060.0
    assert sense.slept() == 0.0
    passing.now += 600.0
    assert sense.slept() == 600.0
    assert sense.slept() == 0.0


def test_a_clock_set_back_an_hour_is_no_sleep() -> None:
    running, passing = Clock(10.0), Clock(5000.0)
    sense = SleepSense(running, passing)
    passing.now -= 3600.0
    assert sense.slept() == 0.0
    passing.now += 2.0
    running.now += 2.0
    assert sense.slept() == 0.0


def test_the_real_clocks_do_not_drift_apart() -> None:
    sense = SleepSense()
    assert abs((with_sleep() - time.monotonic()) - (with_sleep() - time.monotonic())) < 1.0
    assert sense.slept() == 0.0
