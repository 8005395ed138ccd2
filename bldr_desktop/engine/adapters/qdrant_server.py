# SPDX-License-Identifier: MIT
"""The search index on a Qdrant server: the same points, the same query plan as in process.

``qdrant_client`` (600 ms to import) is imported only where a server is configured.
"""

import base64
import binascii
import itertools
import logging
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from bldr_desktop.engine.ports.index import IndexFilter, IndexHit, IndexPoint
from bldr_desktop.engine.ports.weighed import TERM_CODE
from bldr_desktop.engine.retrieval.weights import Weigher

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

COLLECTION = "bldr_chunks"
_TEXT, _DENSE = "text", "dense"
_DOCUMENT, _ORDINAL, _TERMS, _CONTEXT = "d", "o", "t", "c"
_BATCH = 256
_SECONDS = 30
_log = logging.getLogger(__name__)


class QdrantIndex:
    """:class:`~bldr_desktop.engine.ports.index.VectorIndex` through qdrant-client.

    Args:
        client: Connected; ``QdrantClient(":memory:")`` is its local twin.
        weigher: Text to term weights.
        collection: Name of the collection.
    """

    def __init__(self, client: "QdrantClient", weigher: Weigher, collection: str = COLLECTION) -> None:
        self._client = client
        self._weigher = weigher
        self._collection = collection
        self._dense_size: int | None = None
        self._idf: dict[int, float] = {}
        self._open()

    @classmethod
    def connect(cls, url: str, weigher: Weigher, api_key: str | None = None) -> "QdrantIndex":
        """Connect to a server.

        Raises:
            OSError: It cannot be reached.
        """
        from qdrant_client import QdrantClient
        from qdrant_client.http.exceptions import ResponseHandlingException

        client = QdrantClient(url=url, api_key=api_key, timeout=_SECONDS, check_compatibility=False)
        try:
            return cls(client, weigher)
        except ResponseHandlingException as error:
            raise OSError(f"the Qdrant server at {url} cannot be reached: {error}") from error

    def start(self) -> None:
        """It is open already."""

    def _open(self) -> None:
        from qdrant_client import models

        if not self._client.collection_exists(self._collection):
            text = models.SparseVectorParams(modifier=models.Modifier.IDF)
            self._client.create_collection(
                self._collection, vectors_config={}, sparse_vectors_config={_TEXT: text}
            )
            self._client.create_payload_index(
                self._collection, _DOCUMENT, field_schema=models.PayloadSchemaType.KEYWORD
            )
            return
        vectors = self._client.get_collection(self._collection).config.params.vectors
        if isinstance(vectors, dict) and _DENSE in vectors:
            self._dense_size = vectors[_DENSE].size

    def upsert(self, points: Iterable[IndexPoint]) -> int:
        """Add or replace points in batches, each acknowledged; returns how many."""
        number = 0
        rest = iter(points)
        while batch := list(itertools.islice(rest, _BATCH)):
            self._prepare_vectors(batch)
            made = [self._point(point) for point in batch]
            self._client.upsert(self._collection, made, wait=True)
            number += len(batch)
        self._idf = {}
        return number

    def delete_documents(self, document_ids: Sequence[str]) -> None:
        """Take all points of documents away."""
        from qdrant_client import models

        for start in range(0, len(document_ids), 1000):
            where = models.Filter(must=[_any_document(document_ids[start : start + 1000])])
            selector = models.FilterSelector(filter=where)
            self._client.delete(self._collection, points_selector=selector, wait=True)
        self._idf = {}

    def search_text(self, query: str, limit: int, where: IndexFilter | None = None) -> list[IndexHit]:
        """BM25 over stems with OR semantics, best first."""
        from qdrant_client import models

        terms, weights = self._weigher.query(query)
        if not terms:
            return []
        return self._search(models.SparseVector(indices=terms, values=weights), _TEXT, limit, where)

    def search_vector(
        self, vector: Sequence[float], limit: int, where: IndexFilter | None = None
    ) -> list[IndexHit]:
        """Nearest neighbours by cosine; empty when no vectors of this size are kept."""
        if self._dense_size != len(vector):
            return []
        return self._search(list(vector), _DENSE, limit, where)

    def term_idf(self, terms: Sequence[int]) -> dict[int, float]:
        """As the in-process index asks: the best point of each term tells it."""
        from qdrant_client import models

        missing = [term for term in dict.fromkeys(terms) if term not in self._idf]
        if missing:
            requests = [
                models.QueryRequest(
                    query=models.SparseVector(indices=[term], values=[1.0]),
                    using=_TEXT,
                    limit=1,
                    with_vector=[_TEXT],
                )
                for term in missing
            ]
            answers = self._client.query_batch_points(self._collection, requests)
            for term, answer in zip(missing, answers, strict=True):
                self._idf[term] = _idf_of(term, answer.points)
        return {term: self._idf[term] for term in terms if self._idf.get(term)}

    def flush(self) -> None:
        """The server acknowledges a write after its own log has it."""

    def count(self) -> int:
        """Points searchable now."""
        return int(self._client.count(self._collection, exact=True).count)

    def document_counts(self, document_ids: Sequence[str]) -> dict[str, int]:
        """Points by document."""
        from qdrant_client import models

        counts = dict.fromkeys(document_ids, 0)
        if counts:
            where = models.Filter(must=[_any_document(list(counts))])
            found = self._client.facet(
                self._collection, _DOCUMENT, facet_filter=where, limit=len(counts), exact=True
            )
            for hit in found.hits:
                counts[str(hit.value)] = hit.count
        return counts

    def size_bytes(self) -> int:
        """Unknown from outside the server: 0."""
        return 0

    def optimize_if_worth_it(self) -> bool:
        """The server looks after itself."""
        return False

    def clear(self) -> None:
        """Forget everything."""
        self._client.delete_collection(self._collection)
        self._dense_size, self._idf = None, {}
        self._open()

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _search(self, query: Any, using: str, limit: int, where: IndexFilter | None) -> list[IndexHit]:
        found = self._client.query_points(
            self._collection,
            query=query,
            using=using,
            limit=limit,
            query_filter=_filter(where),
            with_payload=[_DOCUMENT, _ORDINAL, _TERMS, _CONTEXT],
        )
        return [_hit(point) for point in found.points]

    def _point(self, point: IndexPoint) -> Any:
        from qdrant_client import models

        weighed = self._weigher.point(point)
        vectors: dict[str, Any] = {_TEXT: models.SparseVector(indices=weighed.indices, values=weighed.values)}
        if point.vector is not None:
            vectors[_DENSE] = list(point.vector)
        payload = {
            **point.fields,
            _DOCUMENT: point.document_id,
            _ORDINAL: point.ordinal,
            _TERMS: base64.b64encode(weighed.terms.tobytes()).decode(),
            _CONTEXT: weighed.context_terms,
        }
        return models.PointStruct(id=point.id, vector=vectors, payload=payload)

    def _prepare_vectors(self, batch: Sequence[IndexPoint]) -> None:
        """A server's named vectors are fixed at creation: a new size means a new collection, which the
        engine fills from the store."""
        from qdrant_client import models

        size = next((len(point.vector) for point in batch if point.vector is not None), None)
        if size is None or size == self._dense_size:
            return
        self._client.delete_collection(self._collection)
        self._client.create_collection(
            self._collection,
            vectors_config={_DENSE: models.VectorParams(size=size, distance=models.Distance.COSINE)},
            sparse_vectors_config={_TEXT: models.SparseVectorParams(modifier=models.Modifier.IDF)},
        )
        self._client.create_payload_index(
            self._collection, _DOCUMENT, field_schema=models.PayloadSchemaType.KEYWORD
        )
        self._dense_size = size


def _idf_of(term: int, hits: Sequence[Any]) -> float:
    if not hits:
        return 0.0
    vector = hits[0].vector[_TEXT]
    return float(hits[0].score / vector.values[vector.indices.index(term)])


def _hit(found: Any) -> IndexHit:
    payload = found.payload
    terms = array(TERM_CODE, binascii.a2b_base64(payload[_TERMS]))
    return IndexHit(found.id, payload[_DOCUMENT], payload[_ORDINAL], found.score, terms, payload[_CONTEXT])


def _any_document(document_ids: Sequence[str]) -> Any:
    from qdrant_client import models

    return models.FieldCondition(key=_DOCUMENT, match=models.MatchAny(any=list(document_ids)))


def _filter(where: IndexFilter | None) -> Any:
    if where is None:
        return None
    from qdrant_client import models

    must: list[Any] = [
        models.FieldCondition(key=name, match=models.MatchAny(any=list(values)))
        for name, values in where.must.items()
    ]
    if where.document_ids is not None:
        must.append(_any_document(where.document_ids))
    without = [_any_document(where.exclude_document_ids)] if where.exclude_document_ids else None
    return models.Filter(must=must or None, must_not=without)
