# SPDX-License-Identifier: MIT
"""How far queries and titles say the same words."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bldr_desktop.engine.retrieval.analysis import unique

_ROUNDING = 1e-9


class Titles:
    """The titles of all documents by their terms; everything that a query needs is weighed before.

    Args:
        terms: The terms of each document's title.
    """

    def __init__(self, terms: Mapping[str, frozenset[int]]) -> None:
        self._terms = terms
        self._having: dict[int, list[str]] = defaultdict(list)
        for document_id, found in terms.items():
            for term in found:
                self._having[term].append(document_id)
        total = len(terms) or 1
        self._weight = {term: _rarity(total, len(having)) for term, having in self._having.items()}
        self._nowhere = _rarity(total, 0)
        self._whole = {
            document_id: sum(map(self._weight.__getitem__, found)) for document_id, found in terms.items()
        }

    def asked(self, terms: Sequence[int]) -> "AskedTitle":
        """What a query's terms say of titles."""
        return AskedTitle(self, {term: self._weight.get(term, self._nowhere) for term in unique(terms)})

    def having(self, term: int) -> Sequence[str]:
        """Documents whose title has a term."""
        return self._having.get(term, ())

    def shared(self, document_id: str, wanted: Mapping[int, float]) -> tuple[float, float]:
        """The weight that a title shares with ``wanted`` terms, and its whole weight."""
        shared = 0.0
        for term in self._terms.get(document_id, frozenset()) & wanted.keys():
            shared += wanted[term]
        return shared, self._whole.get(document_id, 0.0)


class AskedTitle:
    """A query beside the titles, made by :meth:`Titles.asked`.

    Args:
        titles: The titles.
        wanted: The query's terms and their weights.
    """

    def __init__(self, titles: Titles, wanted: Mapping[int, float]) -> None:
        self._titles = titles
        self._wanted = wanted
        self._whole = sum(wanted.values())

    def __len__(self) -> int:
        """How many terms are asked for."""
        return len(self._wanted)

    def score(self, document_id: str) -> float:
        """The share of the query that the title says, times the share of the title that was asked:
        1 when all of the title is asked for and nothing else."""
        shared, whole = self._titles.shared(document_id, self._wanted)
        return shared / self._whole * (shared / whole) if shared else 0.0

    def alike(self, least: float) -> Iterator[tuple[str, float]]:
        """Documents whose title scores at least ``least``, with the score.

        Such a title has so much of the query that it cannot lack all of the rarer words: only titles
        with one of these are looked at, however many have the common ones.
        """
        rest = self._whole
        seen: set[str] = set()
        for term in sorted(self._wanted, key=self._wanted.__getitem__, reverse=True):
            if rest < least * self._whole - _ROUNDING:
                return
            rest -= self._wanted[term]
            for document_id in self._titles.having(term):
                if document_id not in seen:
                    seen.add(document_id)
                    score = self.score(document_id)
                    if score >= least:
                        yield document_id, score


def _rarity(total: int, having: int) -> float:
    return math.log(1 + total / (1 + having))
