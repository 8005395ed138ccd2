# SPDX-License-Identifier: MIT
"""How good a ranking is: nDCG@k, recall@k and the first right place."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """Measures of one ranking; ``rank`` of the first right answer from 1, None when there is none."""

    ndcg: float
    recall: float
    rank: int | None


def measure(ranked: Sequence[str], grades: Mapping[str, int], k: int = 10) -> Measured:
    """Compare a ranking with judgements.

    Args:
        ranked: What was found, best first; later repeats do not count.
        grades: Gain of what is right; others have none.
        k: How many places count.
    """
    right = {key: grade for key, grade in grades.items() if grade > 0}
    seen = list(dict.fromkeys(ranked))[:k]
    gains = [right.get(key, 0) for key in seen]
    best = sorted(right.values(), reverse=True)[:k]
    ideal = _gain(best)
    rank = next((place for place, gain in enumerate(gains, 1) if gain), None)
    found = sum(1 for gain in gains if gain)
    return Measured(_gain(gains) / ideal if ideal else 0.0, found / len(right) if right else 0.0, rank)


def mean(values: Sequence[float]) -> float | None:
    """The average, None of nothing."""
    return sum(values) / len(values) if values else None


def _gain(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
