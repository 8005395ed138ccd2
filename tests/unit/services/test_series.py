# SPDX-License-Identifier: MIT
"""Curves of bounded length."""

from bldr_desktop.services.series import MOST, Series, seconds_between


def test_length_is_bounded_and_both_ends_stay() -> None:
    series = Series(("a",), gap=1.0)
    for second in range(10_000):
        series.add(float(second), float(second))
    assert len(series) <= MOST
    assert series.x[0] == 0.0
    assert series.x[-1] > 9_900
    assert len(series.values("a")) == len(series.x)


def test_points_too_close_update_the_last_one() -> None:
    series = Series(("a",), gap=1.0)
    assert series.add(0.0, 1.0)
    assert not series.add(0.2, 5.0)
    assert list(series.values("a")) == [5.0]
    assert not series.add(-1.0, 9.0)  # back in time: not at all


def test_rate() -> None:
    series = Series(("a",), gap=1.0)
    for second in range(20):
        series.add(float(second), 3.0 * second)
    assert list(series.rate("a"))[5:] == [3.0] * 15


def test_seconds_between_is_never_negative() -> None:
    assert seconds_between("2026-11-22T09:30:01Z", "2026-11-22T09:30:00Z") == 0.0
    assert seconds_between("2026-11-22T09:30:00Z", "2026-11-22T09:30:01.500Z") == 1.5
    assert seconds_between(None, "x") is None
