# SPDX-License-Identifier: MIT
"""Time left: hidden until known, narrowing, true at least 8 times of 10; never negative."""

import random

from bldr_desktop.common.time_left import Calibration, Estimator, shares_of


def test_it_is_hidden_until_known() -> None:
    estimator = Estimator()
    assert estimator.left(100.0) is None
    for second in range(4):
        estimator.watch((second * 0.005,), 100.0 + second)
    assert estimator.left(103.0) is None, "less than 3 % of the work"
    estimator.watch((0.1,), 104.0)
    assert estimator.left(104.0) is not None


def test_the_true_end_is_inside_eight_times_of_ten() -> None:
    """Files of very different sizes; what they really take differs from what is expected."""
    inside = shown = 0
    widths: dict[bool, list[float]] = {True: [], False: []}
    known = Calibration()
    for seed in range(40):
        dice = random.Random(seed)
        costs = [dice.lognormvariate(0, 1) for _ in range(120)]
        takes = [cost * 0.2 * dice.lognormvariate(0, 0.5) for cost in costs]
        total, work, spent, done = sum(takes), sum(costs), 0.0, 0.0
        estimator = Estimator(known)
        estimator.watch((0.0,), 100.0)
        for place, (cost, seconds) in enumerate(zip(costs, takes, strict=True)):
            spent, done = spent + seconds, done + cost
            estimator.watch(shares_of((done, work)), 100.0 + spent)
            left = estimator.left(100.0 + spent)
            if left is None or spent < 0.1 * total or place == len(costs) - 1:
                continue
            shown += 1
            inside += left[0] <= total - spent <= left[1]
            widths[spent > 0.5 * total].append((left[1] - left[0]) / total)
        known.learn(estimator.ratios(100.0 + total))
    assert shown > 3000
    assert inside / shown >= 0.8
    late, early = (sum(widths[key]) / len(widths[key]) for key in (True, False))
    assert late < early, "the range narrows"


def test_r52_a_clock_that_stands_still_gives_nothing_negative() -> None:
    estimator = Estimator()
    for step in range(5):
        estimator.watch((step / 5,), 100.0)
    assert estimator.left(100.0) is None
    left = estimator.left(110.0)
    assert left is not None
    assert 0 <= left[0] <= left[1]


def test_what_was_learned_is_kept_as_text() -> None:
    known = Calibration()
    wide = known.range_of(0.5)
    for _ in range(20):
        assert known.learn([[1.0, 1.01], [1.0, 0.99], [1.0], [1.0]])
    assert not known.learn([[], [], [], []])
    again = Calibration.load(known.dump())
    assert again.range_of(0.5) == known.range_of(0.5)
    assert again.range_of(0.5)[1] - again.range_of(0.5)[0] < wide[1] - wide[0]
    for nonsense in (None, "", "nonsense", "[1]", "[[[1.0]]]", '{"a": 1}'):
        assert Calibration.load(nonsense).range_of(0.5) == wide


def test_measures_without_a_total_are_left_out() -> None:
    assert shares_of((30.0, 100.0), (5, 0), (12, 10)) == (0.3, 1.0)
