# SPDX-License-Identifier: MIT
"""Comparing candidates: BM25, title, coverage and nearness weighted into one calibrated score."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bldr_desktop.engine.ports.documents import DocumentBrief
from bldr_desktop.engine.ports.index import IndexHit
from bldr_desktop.engine.retrieval.analysis import unique
from bldr_desktop.engine.retrieval.rerank import Closeness, CloseReader
from bldr_desktop.engine.retrieval.titles import AskedTitle
from bldr_desktop.engine.retrieval.weights import Bm25Settings
from bldr_desktop.protocol.base import EditionStatus

_VECTORS_ALONE = 0.5


@dataclass(frozen=True, slots=True)
class RankSettings:
    """Weights of the score's parts (together 1), and the score below which nothing is relevant."""

    bm25: float = 0.50
    coverage: float = 0.20
    pairs: float = 0.10
    lead: float = 0.10
    title: float = 0.10
    outdated: float = 0.9
    relevant: float = 0.15


@dataclass(slots=True)
class Candidate:
    """A chunk that may answer; ``score`` once ranked, 0 to 1."""

    brief: DocumentBrief
    hit: IndexHit
    score: float = 0.0
    near: float | None = None
    """Cosine to the query where the vector leg found it; ``hit.score`` is then words' alone."""


class Ranker:
    """Scores candidates of one query.

    Args:
        bm25: The index's own weighing, for the bound of its scores.
        settings: Weights of the parts.
    """

    def __init__(self, bm25: Bm25Settings, settings: RankSettings | None = None) -> None:
        self.bm25 = bm25
        self.settings = settings or RankSettings()

    def rank(
        self,
        terms: Sequence[int],
        candidates: Sequence[Candidate],
        idf: Mapping[int, float],
        asked: AskedTitle,
        vector_weight: float = 0.0,
    ) -> list[Candidate]:
        """Candidates with their scores, best first; ``vector_weight`` is how much nearness counts
        beside words, as it was measured for the query's language."""
        weight = _weights(terms, idf)
        bound = (self.bm25.k1 + 1) * sum(weight.values()) or 1.0
        reader = CloseReader(terms, weight)
        for candidate in candidates:
            title = asked.score(candidate.brief.id)
            candidate.score = self._score(candidate, bound, reader.read(candidate.hit), title)
        if vector_weight:
            _mix(candidates, vector_weight)
        return sorted(candidates, key=lambda candidate: -candidate.score)

    def _score(self, candidate: Candidate, bound: float, close: Closeness, title: float) -> float:
        settings = self.settings
        score = (
            settings.bm25 * min(1.0, candidate.hit.score / bound)
            + settings.coverage * close.coverage
            + settings.pairs * close.pairs
            + settings.lead * close.lead
            + settings.title * title
        )
        if candidate.brief.edition_status is EditionStatus.OUTDATED:
            score *= settings.outdated
        return score


def _mix(candidates: Sequence[Candidate], weight: float) -> None:
    """Weighted, on the scale of the words' scores, so that calibration stays what it was."""
    near = [candidate.near for candidate in candidates if candidate.near is not None]
    if not near:
        return
    low, high = min(near), max(near)
    top = max(*(candidate.score for candidate in candidates), _VECTORS_ALONE * high)
    for candidate in candidates:
        close = 0.0 if candidate.near is None else (candidate.near - low) / ((high - low) or 1.0)
        candidate.score = (1 - weight) * candidate.score + weight * top * close


def bm25_of(hit: IndexHit, idf: Mapping[int, float], settings: Bm25Settings) -> float:
    """A point's BM25 by words, for one that only the vector leg found."""
    body = hit.terms[hit.context_terms :]
    norm = settings.k1 * (1 - settings.b + settings.b * len(body) / settings.average)
    counts = Counter(term for term in body if term in idf)
    return sum(idf[term] * count * (settings.k1 + 1) / (count + norm) for term, count in counts.items())


def _weights(terms: Sequence[int], idf: Mapping[int, float]) -> dict[int, float]:
    """IDF of each term; a term that occurs nowhere weighs as much as the rarest that does."""
    rarest = max(idf.values(), default=1.0)
    return {term: idf.get(term, rarest) for term in unique(terms)}
