# SPDX-License-Identifier: MIT
"""Failures in a sliding window."""

from bldr_desktop.engine.services.throttle import Throttle


def test_the_window_slides() -> None:
    now = [100.0]
    throttle = Throttle(3, 60.0, clock=lambda: now[0])
    for _second in range(3):
        assert throttle.wait("a") == 0
        throttle.count("a")
        now[0] += 1
    assert throttle.wait("a") == 57.0
    assert throttle.wait("b") == 0
    now[0] = 160.5
    assert throttle.wait("a") == 0
    throttle.count("a")
    assert throttle.wait("a") > 0
    throttle.forget("a")
    assert throttle.wait("a") == 0


def test_many_keys_do_not_pile_up() -> None:
    throttle = Throttle(1, 60.0)
    for number in range(20_000):
        throttle.count(str(number))
    assert throttle.wait("0") == 0
    assert throttle.wait("19999") > 0
