# SPDX-License-Identifier: MIT
"""Time left: hidden until known, narrowing, true at least 8 times of 10; never negative."""

import random

import pytest

from bldr_desktop.engine.jobs.training.estimate import Costs, Forecast
from bldr_desktop.engine.ports.jobs import FileTiming


class Clock:
    """Time that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_costs_learn_from_earlier_files() -> None:
    history = [FileTiming(".pdf", size, size * 1e-6) for size in range(100_000, 2_000_000, 100_000)]
    history += [FileTiming(".txt", 10_000, 0.02)] * 5
    costs = Costs(history)
    assert costs.of("a.pdf", 1_000_000) == pytest.approx(1.0, rel=0.5)
    assert costs.of("a.PDF", 2_000_000) > costs.of("a.pdf", 200_000)
    assert costs.of("a.txt", 10_000) == pytest.approx(0.02, rel=0.5)
    assert costs.of("a.unknown", 500_000) > 0
    assert Costs().of("a.pdf", 0) > 0


def test_it_is_hidden_until_known() -> None:
    clock = Clock()
    forecast = Forecast(clock)
    assert forecast.left(10.0) is None
    for _ in range(2):
        clock.now += 1
        forecast.finished(1.0)
    assert forecast.left(10.0) is None, "two files tell nothing"
    clock.now += 1
    forecast.finished(1.0)
    assert forecast.left(10.0) is not None
    assert forecast.left(1000.0) is None, "less than 3 % of the work"


def test_the_true_end_is_inside_eight_times_of_ten() -> None:
    """Files of very different sizes; what they really take differs from what is expected."""
    inside = shown = 0
    widths: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(40):
        dice = random.Random(seed)
        costs = [dice.lognormvariate(0, 1) for _ in range(120)]
        takes = [cost * 0.2 * dice.lognormvariate(0, 0.5) for cost in costs]
        total, spent, clock = sum(takes), 0.0, Clock()
        forecast = Forecast(clock)
        for place, (cost, seconds) in enumerate(zip(costs, takes, strict=True)):
            clock.now += seconds
            spent += seconds
            forecast.finished(cost, seconds)
            left = forecast.left(sum(costs[place + 1 :]))
            if left is None or spent < 0.1 * total or place == len(costs) - 1:
                continue
            shown += 1
            inside += left.low <= total - spent <= left.high
            widths[spent > 0.5 * total].append((left.high - left.low) / total)
    assert shown > 3000
    assert inside / shown >= 0.8
    late, early = (sum(widths[key]) / len(widths[key]) for key in (True, False))
    assert late < early, "the range narrows"


def test_r52_a_clock_that_stands_still_gives_nothing_negative() -> None:
    clock = Clock()
    forecast = Forecast(clock)
    for _ in range(5):
        forecast.finished(1.0, 0.1)
    assert forecast.left(1.0) is None
    clock.now += 10
    left = forecast.left(0.0)
    assert left is not None
    assert 0 <= left.low <= left.high
