# SPDX-License-Identifier: MIT
"""The index in memory: the twin of the file-backed one for tests and throw-away engines."""

import math
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from bldr_desktop.engine.ports.index import IndexFilter, IndexHit, IndexPoint
from bldr_desktop.engine.ports.weighed import Weighed
from bldr_desktop.engine.retrieval.weights import Weigher


class MemoryIndex:
    """:class:`~bldr_desktop.engine.ports.index.VectorIndex` over dictionaries; same scores' order.

    Args:
        weigher: Text to term weights, the same as every index of the product uses.
    """

    def __init__(self, weigher: Weigher) -> None:
        self._weigher = weigher
        self._points: dict[int | str, IndexPoint] = {}
        self._weighed: dict[int | str, Weighed] = {}
        self._postings: dict[int, dict[int | str, float]] = defaultdict(dict)
        self._lock = threading.RLock()

    def start(self) -> None:
        """It is open already."""

    def upsert(self, points: Iterable[IndexPoint]) -> int:
        """Add or replace points; returns how many."""
        number = 0
        with self._lock:
            for point in points:
                self._forget(point.id)
                weighed = self._weigher.point(point)
                self._points[point.id] = point
                self._weighed[point.id] = weighed
                for term, weight in zip(weighed.indices, weighed.values, strict=True):
                    self._postings[term][point.id] = weight
                number += 1
        return number

    def delete_documents(self, document_ids: Sequence[str]) -> None:
        """Take all points of documents away."""
        gone = set(document_ids)
        with self._lock:
            for key in [key for key, point in self._points.items() if point.document_id in gone]:
                self._forget(key)

    def search_text(self, query: str, limit: int, where: IndexFilter | None = None) -> list[IndexHit]:
        """BM25 over stems, best first."""
        with self._lock:
            scores: dict[int | str, float] = defaultdict(float)
            total = len(self._points)
            for term, weight in zip(*self._weigher.query(query), strict=True):
                postings = self._postings.get(term)
                if not postings:
                    continue
                idf = _idf(total, len(postings))
                for key, value in postings.items():
                    scores[key] += weight * idf * value
            return self._best(scores, limit, where)

    def search_vector(
        self, vector: Sequence[float], limit: int, where: IndexFilter | None = None
    ) -> list[IndexHit]:
        """Nearest neighbours by cosine."""
        with self._lock:
            scores = {
                key: _cosine(vector, point.vector) for key, point in self._points.items() if point.vector
            }
            return self._best(scores, limit, where)

    def term_idf(self, terms: Sequence[int]) -> dict[int, float]:
        """Inverse document frequencies; absent terms occur nowhere."""
        with self._lock:
            total = len(self._points)
            return {
                term: _idf(total, len(self._postings[term])) for term in terms if self._postings.get(term)
            }

    def flush(self) -> None:
        """Memory has nothing to flush."""

    def count(self) -> int:
        """Points searchable now."""
        return len(self._points)

    def document_counts(self, document_ids: Sequence[str]) -> dict[str, int]:
        """Points by document."""
        counts = dict.fromkeys(document_ids, 0)
        with self._lock:
            for point in self._points.values():
                if point.document_id in counts:
                    counts[point.document_id] += 1
        return counts

    def size_bytes(self) -> int:
        """Nothing on disk."""
        return 0

    def optimize_if_worth_it(self) -> bool:
        """Never worth it."""
        return False

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._points.clear()
            self._weighed.clear()
            self._postings.clear()

    def close(self) -> None:
        """Nothing to let go of."""

    def _forget(self, key: int | str) -> None:
        if self._points.pop(key, None) is None:
            return
        for term in self._weighed.pop(key).indices:
            self._postings[term].pop(key, None)

    def _best(self, scores: dict[int | str, float], limit: int, where: IndexFilter | None) -> list[IndexHit]:
        allowed = _allows(where)
        ranked = sorted(
            ((score, key) for key, score in scores.items() if allowed(self._points[key])),
            key=lambda pair: (-pair[0], str(pair[1])),
        )
        return [self._hit(key, score) for score, key in ranked[:limit]]

    def _hit(self, key: int | str, score: float) -> IndexHit:
        point, weighed = self._points[key], self._weighed[key]
        return IndexHit(key, point.document_id, point.ordinal, score, weighed.terms, weighed.context_terms)


def _idf(total: int, having: int) -> float:
    return math.log(1 + (total - having + 0.5) / (having + 0.5))


def _cosine(left: Sequence[float], right: Sequence[float]) -> float:
    product = sum(a * b for a, b in zip(left, right, strict=True))
    return product / ((math.hypot(*left) * math.hypot(*right)) or 1.0)


def _allows(where: IndexFilter | None) -> Callable[[IndexPoint], bool]:
    if where is None:
        return lambda point: True
    only = set(where.document_ids) if where.document_ids is not None else None
    without = set(where.exclude_document_ids or ())

    def allowed(point: IndexPoint) -> bool:
        if (only is not None and point.document_id not in only) or point.document_id in without:
            return False
        return all(_matches(point.fields.get(name), values) for name, values in where.must.items())

    return allowed


def _matches(value: str | int | list[str] | None, wanted: Sequence[str]) -> bool:
    values = value if isinstance(value, list) else [value]
    return any(item in wanted for item in values)
