# SPDX-License-Identifier: MIT
"""Comparing candidates: BM25, title, coverage and nearness weighted into one calibrated score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bldr_desktop.engine.ports.documents import DocumentBrief
from bldr_desktop.engine.ports.domain import Chunk
from bldr_desktop.engine.retrieval.analysis import unique
from bldr_desktop.engine.retrieval.catalogue import Catalogue, TitleMatch
from bldr_desktop.engine.retrieval.query import ReadQuery
from bldr_desktop.engine.retrieval.rerank import Closeness, CloseReader
from bldr_desktop.engine.retrieval.weights import Weigher
from bldr_desktop.protocol.base import EditionStatus

_CLOSELY_READ = 50


@dataclass(frozen=True, slots=True)
class RankSettings:
    """Weights of the score's parts, and the score below which nothing is relevant."""

    bm25: float = 0.55
    coverage: float = 0.25
    pairs: float = 0.10
    title: float = 0.10
    outdated: float = 0.9
    relevant: float = 0.15


@dataclass(slots=True)
class Candidate:
    """A chunk that may answer; ``bm25`` as the index gave it, ``score`` once ranked, 0 to 1."""

    brief: DocumentBrief
    chunk: Chunk
    bm25: float
    score: float = 0.0


class Ranker:
    """Scores candidates of one query.

    Args:
        weigher: The index's own weighing, for the bound of its scores.
        settings: Weights of the parts.
    """

    def __init__(self, weigher: Weigher, settings: RankSettings | None = None) -> None:
        self._weigher = weigher
        self.settings = settings or RankSettings()

    def rank(
        self,
        query: ReadQuery,
        terms: Sequence[int],
        candidates: Sequence[Candidate],
        idf: Mapping[int, float],
        catalogue: Catalogue,
    ) -> list[Candidate]:
        """Candidates with their scores, best first; only the best by BM25 are read closely."""
        weight = _weights(terms, idf)
        bound = (self._weigher.settings.k1 + 1) * sum(weight.values()) or 1.0
        reader = CloseReader(self._weigher.analyzer, terms, weight)
        titles = catalogue.titles(terms)
        for place, candidate in enumerate(candidates):
            chunk = candidate.chunk
            close = reader.read(chunk.text, chunk.context) if place < _CLOSELY_READ else None
            candidate.score = self._score(candidate, bound, close, titles.get(candidate.brief.id))
        return sorted(candidates, key=lambda candidate: -candidate.score)

    def _score(
        self, candidate: Candidate, bound: float, close: Closeness | None, title: TitleMatch | None
    ) -> float:
        settings = self.settings
        score = settings.bm25 * min(1.0, candidate.bm25 / bound)
        if close is not None:
            score += settings.coverage * close.coverage + settings.pairs * close.pairs
        if title is not None:
            score += settings.title * title.score
        if candidate.brief.edition_status is EditionStatus.OUTDATED:
            score *= settings.outdated
        return score


def _weights(terms: Sequence[int], idf: Mapping[int, float]) -> dict[int, float]:
    """IDF of each term; a term that occurs nowhere weighs as much as the rarest that does."""
    rarest = max(idf.values(), default=1.0)
    return {term: idf.get(term, rarest) for term in unique(terms)}
