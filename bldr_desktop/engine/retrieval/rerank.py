# SPDX-License-Identifier: MIT
"""A second, closer look at the best candidates: coverage, nearness and order of the query's words."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bldr_desktop.engine.ports.index import IndexHit
from bldr_desktop.engine.ports.weighed import TERM_CODE
from bldr_desktop.engine.retrieval.analysis import unique

_LEAD_SLACK = 1


@dataclass(frozen=True, slots=True)
class Closeness:
    """What the words of a query do in one chunk, each 0 to 1. ``coverage``: share of the query's
    weight that occurs in its text or context; ``pairs``: how near neighbours of the query stand to
    each other; ``lead``: 1 when the chunk begins with all of the query's words, as under a heading
    or at a defined term, else 0."""

    coverage: float
    pairs: float
    lead: float


class CloseReader:
    """Reads candidates for one query.

    Args:
        terms: The query's terms in order.
        weight: Weight (IDF-like) of each term.
    """

    def __init__(self, terms: Sequence[int], weight: Mapping[int, float]) -> None:
        self._terms = unique(terms)
        self._weight = {term: weight.get(term, 0.0) for term in self._terms}
        self._whole = sum(self._weight.values()) or 1.0
        self._pairs = [
            (left, right, min(self._weight[left], self._weight[right]))
            for left, right in zip(self._terms, self._terms[1:], strict=False)
        ]
        self._pairs_whole = sum(pair[2] for pair in self._pairs) or 1.0
        self._packed = [(term, array(TERM_CODE, (term,)).tobytes()) for term in self._terms]

    def read(self, hit: IndexHit) -> Closeness:
        """Look at one candidate."""
        places = self._places(hit.terms)
        start = hit.context_terms
        end = start + len(self._weight) + _LEAD_SLACK
        seen = lead = 0.0
        for term, found in places.items():
            seen += self._weight[term]
            if any(start <= place < end for place in found):
                lead += self._weight[term]
        return Closeness(
            seen / self._whole, self._near(places, start) / self._pairs_whole, lead / self._whole
        )

    def _places(self, terms: "array[int]") -> dict[int, list[int]]:
        """Where each of the query's terms stands; looked for in the packed bytes, since going through
        the terms one by one took most of a search."""
        packed, width = terms.tobytes(), terms.itemsize
        places: dict[int, list[int]] = {}
        for term, sign in self._packed:
            at = packed.find(sign)
            found: list[int] = []
            while at >= 0:
                if not at % width:  # else halves of two neighbours look like it
                    found.append(at // width)
                at = packed.find(sign, at + 1)
            if found:
                places[term] = found
        return places

    def _near(self, places: Mapping[int, Sequence[int]], start: int) -> float:
        near = 0.0
        for left, right, weight in self._pairs:
            if left in places and right in places:
                near += weight * _nearness(places[left], places[right], start)
        return near


def _nearness(left: Sequence[int], right: Sequence[int], start: int) -> float:
    """1 for neighbours in the text, falling with the distance; order does not matter."""
    closest = 0
    for a in left[:12]:
        for b in right[:12]:
            distance = abs(a - b)
            if a >= start and b >= start and (not closest or distance < closest):
                closest = distance
    return 1.0 / closest**0.5 if closest else 0.0
