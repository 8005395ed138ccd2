# SPDX-License-Identifier: MIT
"""A second, closer look at the best candidates: coverage, nearness and order of the query's words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bldr_desktop.engine.retrieval.analysis import Analyzer, unique


@dataclass(frozen=True, slots=True)
class Closeness:
    """What the words of a query do in one text, each 0 to 1. ``coverage``: share of the query's
    weight that occurs; ``pairs``: neighbours in the query that are near each other in the text."""

    coverage: float
    pairs: float


class CloseReader:
    """Reads candidates for one query.

    Args:
        analyzer: Text to terms.
        terms: The query's terms in order.
        weight: Weight (IDF-like) of each term.
    """

    def __init__(self, analyzer: Analyzer, terms: Sequence[int], weight: Mapping[int, float]) -> None:
        self._analyzer = analyzer
        self._terms = unique(terms)
        self._wanted = frozenset(self._terms)
        self._weight = weight
        self._whole = sum(weight.get(term, 0.0) for term in self._terms) or 1.0
        self._pairs = [
            (left, right) for left, right in zip(self._terms, self._terms[1:], strict=False) if left != right
        ]
        self._pairs_whole = sum(self._pair_weight(*pair) for pair in self._pairs) or 1.0

    def read(self, text: str, context: str) -> Closeness:
        """Look at one candidate."""
        places: dict[int, list[int]] = {}
        for place, term in enumerate(self._analyzer.terms(text)):
            if term in self._wanted:
                places.setdefault(term, []).append(place)
        around = self._wanted.intersection(self._analyzer.terms(context)) if context else frozenset()
        seen = sum(self._weight.get(term, 0.0) for term in self._terms if term in places or term in around)
        near = sum(
            self._pair_weight(left, right) * _nearness(places[left], places[right])
            for left, right in self._pairs
            if left in places and right in places
        )
        return Closeness(seen / self._whole, near / self._pairs_whole)

    def _pair_weight(self, left: int, right: int) -> float:
        return min(self._weight.get(left, 0.0), self._weight.get(right, 0.0))


def _nearness(left: Sequence[int], right: Sequence[int]) -> float:
    """1 for neighbours, falling with the distance; order does not matter."""
    closest = min(abs(a - b) for a in left[:20] for b in right[:20])
    return 1.0 / math.sqrt(closest) if closest else 0.0
