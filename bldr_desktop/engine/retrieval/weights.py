# SPDX-License-Identifier: MIT
"""BM25 term weights of a chunk over two fields, as a sparse vector; the index multiplies by IDF."""

from array import array
from collections import Counter
from dataclasses import dataclass

from bldr_desktop.engine.ports.index import IndexPoint
from bldr_desktop.engine.ports.weighed import TERM_CODE, Weighed
from bldr_desktop.engine.retrieval.analysis import Analyzer

SparseWeights = tuple[list[int], list[float]]
_TERMS_KEPT = 600
_CONTEXT_KEPT = 60
_LINES_KNOWN = 1000


@dataclass(frozen=True, slots=True)
class Bm25Settings:
    """BM25 constants. ``average`` is the expected length of a chunk in terms; ``context`` is how much
    a term of the context (designation, title, clause path) counts beside one of the text."""

    k1: float = 1.2
    b: float = 0.6
    average: float = 120.0
    context: float = 0.4


class Weigher:
    """Sparse vectors of chunks and queries.

    Args:
        analyzer: Text to terms.
        settings: BM25 constants.
    """

    def __init__(self, analyzer: Analyzer, settings: Bm25Settings | None = None) -> None:
        self.analyzer = analyzer
        self.settings = settings or Bm25Settings()
        self._lines: dict[str, list[int]] = {}

    def document(self, text: str, context: str = "") -> Weighed:
        """Saturated, length-normalised term frequencies of a chunk."""
        settings = self.settings
        body, around = self.analyzer.terms(text), self._around(context)
        counts: dict[int, float] = dict(Counter(body))
        for term in set(around):
            counts[term] = counts.get(term, 0.0) + settings.context
        norm = settings.k1 * (1 - settings.b + settings.b * len(body) / settings.average)
        gain = settings.k1 + 1
        by_count = {count: count * gain / (count + norm) for count in set(counts.values())}
        weights = list(map(by_count.__getitem__, counts.values()))
        around = around[:_CONTEXT_KEPT]
        kept = array(TERM_CODE, around)
        kept.extend(body[:_TERMS_KEPT])
        return Weighed(list(counts), weights, kept, len(around))

    def _around(self, context: str) -> list[int]:
        """Terms of a context, line by line: the chunks of a document share most of theirs."""
        if len(self._lines) > _LINES_KNOWN:
            self._lines = {}
        found: list[int] = []
        for line in context.split("\n"):
            terms = self._lines.get(line)
            if terms is None:
                terms = self._lines[line] = self.analyzer.terms(line)
            found += terms
        return found

    def point(self, point: IndexPoint) -> Weighed:
        """A point's weights: those it brings along, else made now."""
        return point.weighed or self.document(point.text, point.context)

    def query(self, text: str) -> SparseWeights:
        """Each term of a query once per occurrence."""
        counts = Counter(self.analyzer.terms(text))
        return list(counts), [float(count) for count in counts.values()]
