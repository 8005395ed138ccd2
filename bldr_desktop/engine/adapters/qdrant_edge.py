# SPDX-License-Identifier: MIT
"""The search index inside the engine's own process: one qdrant-edge shard in a folder."""

import base64
import binascii
import contextlib
import json
import logging
import shutil
import threading
import uuid
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import qdrant_edge as edge

from bldr_desktop.engine.adapters import qdrant_optimize
from bldr_desktop.engine.ports.index import IndexBusy, IndexFilter, IndexHit, IndexPoint, IndexUnreadable
from bldr_desktop.engine.ports.weighed import ANALYSIS, TERM_CODE
from bldr_desktop.engine.retrieval.weights import Weigher

FORMAT = ANALYSIS
"""An index of another analysis is rebuilt."""
_TEXT, _DENSE = "text", "dense"
_DOCUMENT, _ORDINAL, _TERMS, _CONTEXT = "d", "o", "t", "c"
_BATCH = 500
_IDF_CACHE = 50_000
_IDF_STALE = 5_000
_log = logging.getLogger(__name__)


class EdgeIndex:
    """:class:`~bldr_desktop.engine.ports.index.VectorIndex` on qdrant-edge, made by :meth:`open`.

    Points carry a sparse vector (BM25 weights, IDF by the shard) and, once vectors are given, a dense
    one. Writes pass one lock; searches run beside them, the library lets go of the GIL.
    """

    def __init__(self, folder: Path, shard: Any, weigher: Weigher) -> None:
        self._folder = folder
        self._shard = shard
        self._weigher = weigher
        self._write = threading.RLock()
        self._dense_size = _dense_size(folder)
        self._journal: list[Any] | None = None
        self._idf = _IdfCache()

    @classmethod
    def open(cls, folder: Path, weigher: Weigher) -> "EdgeIndex":
        """Open the index in ``folder``, or make an empty one where there is none.

        Raises:
            IndexBusy: Another process has it open.
            IndexUnreadable: It could not be opened or is of another format; it was renamed, and the
                next call makes an empty one.
        """
        folder.mkdir(parents=True, exist_ok=True)
        shard_folder = folder / "shard"
        if not (shard_folder / "edge_config.json").exists():
            return cls(folder, _create(folder), weigher)
        try:
            if _read_format(folder).get("format") != FORMAT:
                raise IndexUnreadable(_set_aside(folder), "its format is of another version")
            shard = edge.EdgeShard.load(str(shard_folder))
            shard.count(edge.CountRequest(exact=False))
        except IndexUnreadable:
            raise
        except BaseException as error:  # a Rust panic arrives as a BaseException of its own
            if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
                raise
            if "WouldBlock" in str(error):
                raise IndexBusy(str(folder)) from None
            raise IndexUnreadable(_set_aside(folder), str(error)[:200]) from error
        return cls(folder, shard, weigher)

    def start(self) -> None:
        """It is open already."""

    def upsert(self, points: Iterable[IndexPoint]) -> int:
        """Add or replace points in batches; returns how many. Durable after :meth:`flush`."""
        number = 0
        for batch in _batches(points):
            with self._write:
                self._prepare_vectors(batch)
                self._apply(edge.UpdateOperation.upsert_points([self._point(point) for point in batch]))
            number += len(batch)
            self._idf.written(len(batch))
        return number

    def delete_documents(self, document_ids: Sequence[str]) -> None:
        """Take all points of documents away."""
        for start in range(0, len(document_ids), 1000):
            where = edge.Filter(must=[_any_document(document_ids[start : start + 1000])])
            with self._write:
                self._apply(edge.UpdateOperation.delete_points_by_filter(where))

    def search_text(self, query: str, limit: int, where: IndexFilter | None = None) -> list[IndexHit]:
        """BM25 over stems with OR semantics, best first."""
        terms, weights = self._weigher.query(query)
        if not terms:
            return []
        vector = edge.SparseVector(terms, weights)
        return self._search(edge.Query.Nearest(vector, using=_TEXT), limit, where)

    def search_vector(
        self, vector: Sequence[float], limit: int, where: IndexFilter | None = None
    ) -> list[IndexHit]:
        """Nearest neighbours by cosine; empty when no vectors of this size are kept."""
        if self._dense_size != len(vector):
            return []
        return self._search(edge.Query.Nearest(list(vector), using=_DENSE), limit, where)

    def term_idf(self, terms: Sequence[int]) -> dict[int, float]:
        """Inverse document frequencies; absent terms occur nowhere.

        The library does not tell them, but a point's score for one term is IDF times the point's own
        weight; so the best point of each unknown term is asked for, with its weight, in one batch.
        """
        missing = self._idf.missing(terms)
        if missing:
            self._idf.learn(dict(zip(missing, self._ask_idf(missing), strict=True)))
        return self._idf.known(terms)

    def flush(self) -> None:
        """Make all writes so far survive kill -9."""
        with self._write:
            self._shard.flush()

    def count(self) -> int:
        """Points searchable now."""
        return int(self._shard.count(edge.CountRequest(exact=True)))

    def document_counts(self, document_ids: Sequence[str]) -> dict[str, int]:
        """Points by document."""
        counts = dict.fromkeys(document_ids, 0)
        if counts:
            where = edge.Filter(must=[_any_document(list(counts))])
            for hit in self._shard.facet(edge.FacetRequest(_DOCUMENT, len(counts), True, where)).hits:
                counts[str(_plain(hit.value))] = int(hit.count)
        return counts

    def size_bytes(self) -> int:
        """Bytes on disk; blocks really used, since the library's files have holes."""
        return sum(_used_bytes(path) for path in self._folder.rglob("*"))

    def optimize_if_worth_it(self) -> bool:
        """Merge and index segments in a child process where it pays; True if it ran.

        The child works on a copy, searches and writes go on meanwhile; what was written since the
        copy is applied to the new shard before it takes the old one's place.
        """
        dense = self._dense_size is not None
        if self._journal is not None or not qdrant_optimize.worth_it(self._shard.info(), dense=dense):
            return False
        copy = self._folder / f"optimising-{uuid.uuid4().hex[:8]}"
        try:
            with self._write:
                self._shard.flush()
                shutil.copytree(self._folder / "shard", copy)
                self._journal = []
            if not qdrant_optimize.run_child(copy):
                return False
            self._take_over(copy)
            return True
        finally:
            self._journal = None
            shutil.rmtree(copy, ignore_errors=True)

    def clear(self) -> None:
        """Forget everything."""
        with self._write:
            self._shard.close()
            shutil.rmtree(self._folder / "shard")
            (self._folder / "format.json").unlink(missing_ok=True)
            self._shard = _create(self._folder)
            self._dense_size = None
            self._journal = None

    def close(self) -> None:
        """Flush and let go of the files."""
        with self._write, contextlib.suppress(Exception):
            self._shard.flush()
            self._shard.close()

    def _search(self, query: Any, limit: int, where: IndexFilter | None) -> list[IndexHit]:
        request = edge.QueryRequest(
            limit=limit,
            query=query,
            filter=_filter(where),
            with_payload=[_DOCUMENT, _ORDINAL, _TERMS, _CONTEXT],
        )
        shard = self._shard
        try:
            found = shard.query(request)
        except Exception:
            if shard is self._shard:
                raise
            found = self._shard.query(request)  # the shard was exchanged under this search
        return [_hit(point) for point in found]

    def _ask_idf(self, terms: Sequence[int]) -> list[float]:
        requests = [
            edge.QueryRequest(
                limit=1,
                query=edge.Query.Nearest(edge.SparseVector([term], [1.0]), using=_TEXT),
                with_vector=[_TEXT],
            )
            for term in terms
        ]
        answers = self._shard.query_batch(edge.QueryBatchRequest(requests))
        return [_idf_of(term, hits) for term, hits in zip(terms, answers, strict=True)]

    def _point(self, point: IndexPoint) -> Any:
        weighed = self._weigher.point(point)
        vectors: dict[str, Any] = {_TEXT: edge.SparseVector(weighed.indices, weighed.values)}
        if point.vector is not None:
            vectors[_DENSE] = list(point.vector)
        payload = {
            **point.fields,
            _DOCUMENT: point.document_id,
            _ORDINAL: point.ordinal,
            _TERMS: base64.b64encode(weighed.terms.tobytes()).decode(),
            _CONTEXT: weighed.context_terms,
        }
        return edge.Point(point.id, vectors, payload)

    def _prepare_vectors(self, batch: Sequence[IndexPoint]) -> None:
        size = next((len(point.vector) for point in batch if point.vector is not None), None)
        if size is None or size == self._dense_size:
            return
        if self._dense_size is not None:
            self._apply(edge.UpdateOperation.delete_vector_name(_DENSE))
        self._apply(edge.UpdateOperation.create_dense_vector(_DENSE, size, edge.Distance.Cosine))
        self._dense_size = size
        _write_format(self._folder, size)

    def _apply(self, operation: Any) -> None:
        self._shard.update(operation)
        if self._journal is not None:
            self._journal.append(operation)

    def _take_over(self, copy: Path) -> None:
        fresh = edge.EdgeShard.load(str(copy))
        with self._write:
            for operation in self._journal or []:
                fresh.update(operation)
            fresh.flush()
            fresh.close()
            old, place = self._shard, self._folder / "shard"
            parked = self._folder / f"old-{uuid.uuid4().hex[:8]}"
            old.flush()
            old.close()
            place.rename(parked)
            copy.rename(place)
            self._shard = edge.EdgeShard.load(str(place))
        shutil.rmtree(parked, ignore_errors=True)


class _IdfCache:
    """IDF of terms asked before; forgotten after some thousand writes."""

    def __init__(self) -> None:
        self._values: dict[int, float] = {}
        self._writes = 0

    def missing(self, terms: Sequence[int]) -> list[int]:
        return [term for term in dict.fromkeys(terms) if term not in self._values]

    def learn(self, values: dict[int, float]) -> None:
        self._values = {**self._values, **values} if len(self._values) < _IDF_CACHE else values

    def known(self, terms: Sequence[int]) -> dict[int, float]:
        values = self._values
        return {term: values[term] for term in terms if values.get(term)}

    def written(self, points: int) -> None:
        self._writes += points
        if self._writes > _IDF_STALE:
            self._values, self._writes = {}, 0


def _idf_of(term: int, hits: Sequence[Any]) -> float:
    if not hits:
        return 0.0
    vector = hits[0].vector[_TEXT]
    weight = vector.values[vector.indices.index(term)]
    return float(hits[0].score / weight)


def _hit(found: Any) -> IndexHit:
    payload = found.payload
    terms = array(TERM_CODE, binascii.a2b_base64(payload[_TERMS]))
    return IndexHit(found.id, payload[_DOCUMENT], payload[_ORDINAL], found.score, terms, payload[_CONTEXT])


def _create(folder: Path) -> Any:
    # Cached: every search reads the payload of its candidates, scattered over the file; by default the
    # library reads each from the disk the first time (p95 5.1 ms instead of 1.0 at 100,000 points).
    config = edge.EdgeConfig(
        sparse_vectors={_TEXT: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
        payload_memory=edge.Memory.Cached,
    )
    _write_format(folder, None)
    shard = edge.EdgeShard.create(str(folder / "shard"), config)
    shard.update(edge.UpdateOperation.create_field_index(_DOCUMENT, edge.KeywordIndexParams()))
    shard.flush()
    return shard


def _set_aside(folder: Path) -> Path | None:
    target = folder / f"unreadable-{uuid.uuid4().hex[:8]}"
    for old in folder.glob("unreadable-*"):  # one is enough to look at afterwards
        shutil.rmtree(old, ignore_errors=True)
    try:
        (folder / "shard").rename(target)
    except OSError as error:
        _log.error("the unreadable index could not be set aside: %s", error)
        return None
    return target


def _read_format(folder: Path) -> dict[str, Any]:
    try:
        content = json.loads((folder / "format.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write_format(folder: Path, dense: int | None) -> None:
    partial = folder / "format.json.new"
    partial.write_text(json.dumps({"format": FORMAT, "dense": dense}), "utf-8")
    partial.replace(folder / "format.json")


def _dense_size(folder: Path) -> int | None:
    size = _read_format(folder).get("dense")
    return size if isinstance(size, int) else None


def _any_document(document_ids: Sequence[str]) -> Any:
    return edge.FieldCondition(_DOCUMENT, match=edge.MatchAny(list(document_ids)))


def _filter(where: IndexFilter | None) -> Any:
    if where is None:
        return None
    must: list[Any] = [
        edge.FieldCondition(name, match=edge.MatchAny(list(values))) for name, values in where.must.items()
    ]
    if where.document_ids is not None:
        must.append(_any_document(where.document_ids))
    without = [_any_document(where.exclude_document_ids)] if where.exclude_document_ids else None
    return edge.Filter(must=must or None, must_not=without)


def _plain(value: Any) -> Any:
    return getattr(value, "value", None) or getattr(value, "_0", value)


def _batches(points: Iterable[IndexPoint]) -> Iterator[list[IndexPoint]]:
    batch: list[IndexPoint] = []
    for point in points:
        batch.append(point)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _used_bytes(path: Path) -> int:
    try:
        status = path.stat()
    except OSError:
        return 0
    if not path.is_file():
        return 0
    blocks = getattr(status, "st_blocks", None)
    return int(blocks) * 512 if blocks is not None else int(status.st_size)
