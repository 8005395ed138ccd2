# SPDX-License-Identifier: MIT
"""Measures against values worked out by hand."""

import math

import pytest

from bldr_desktop.engine.retrieval.measures import mean, measure


def test_ndcg_recall_and_rank() -> None:
    found = measure(["x", "a", "x", "b"], {"a": 1, "b": 2, "c": 0})
    # gains 0 1 2 at places 1, 2, 3 (the repeated x does not count)
    ideal = 2 / math.log2(2) + 1 / math.log2(3)
    assert found.ndcg == pytest.approx((1 / math.log2(3) + 2 / math.log2(4)) / ideal)
    assert (found.recall, found.rank) == (1.0, 2)


def test_ends() -> None:
    assert measure([], {"a": 1}).ndcg == 0
    assert measure(["a"], {"a": 3}).ndcg == 1
    assert measure(["a"], {}).rank is None
    assert measure([str(n) for n in range(20)], {"15": 1}).rank is None
    assert mean([]) is None
    assert mean([1.0, 0.0]) == 0.5
