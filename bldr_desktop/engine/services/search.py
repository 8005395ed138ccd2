# SPDX-License-Identifier: MIT
"""Asking the documents: from the wire's question to the wire's passages."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from bldr_desktop.engine.ports import StoreUnavailable
from bldr_desktop.engine.ports.documents import DocumentStore
from bldr_desktop.engine.ports.index import VectorIndex
from bldr_desktop.engine.retrieval.analysis import Analyzer
from bldr_desktop.engine.retrieval.catalogue import Catalogue
from bldr_desktop.engine.retrieval.highlights import Highlighter, best_sentence
from bldr_desktop.engine.retrieval.narrow import answering_clause
from bldr_desktop.engine.retrieval.places import Hit
from bldr_desktop.engine.retrieval.ranking import Ranker
from bldr_desktop.engine.retrieval.searcher import Found, QueryVectors, Searcher
from bldr_desktop.engine.retrieval.suggest import suggestions
from bldr_desktop.engine.retrieval.weights import Weigher
from bldr_desktop.protocol.rag import (
    QueryAnswer,
    QueryHit,
    QueryRequest,
    RagSearchAnswer,
    RagSearchHit,
    RagSearchRequest,
    SearchFilters,
    SuggestAnswer,
)

_log = logging.getLogger(__name__)
_FOUND_EVERY_SECONDS = 5.0
_LOOK_SECONDS = 0.2
_REFRESH_FACTOR = 5.0
_TEZIS_CHARACTERS = 280


class SearchService:
    """The one search of the engine; synchronous and thread-safe, call it through a thread.

    Args:
        documents: Chunks, clauses, briefs.
        index: The index, built with the same ``weigher``.
        weigher: Text to term weights.
        vectors: The vector leg, None where there is none.
        clock: Seconds that never run backwards.
    """

    def __init__(
        self,
        documents: DocumentStore,
        index: VectorIndex,
        weigher: Weigher,
        *,
        vectors: QueryVectors | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._documents = documents
        self._analyzer: Analyzer = weigher.analyzer
        self._searcher = Searcher(index, documents, self._analyzer, Ranker(weigher.settings), vectors)
        self._clock = clock
        self._catalogue: Catalogue | None = None
        self._catalogue_lock = threading.Lock()
        self._look_lock = threading.Lock()
        self._next_look = 0.0
        self._forgotten = self._known_forgotten = 0
        self._found: Counter[str] = Counter()
        self._found_lock = threading.Lock()
        self._found_since = clock()
        self.last_ndcg: float | None = None

    def search(self, request: QueryRequest) -> QueryAnswer:
        """Answer ``POST /query``."""
        began = time.perf_counter()
        found = self.find(
            request.query, request.k, request.filters, request.category, count=not request.preview
        )
        words = Highlighter(self._analyzer, found.terms)
        hits = [self._query_hit(hit, found, words) for hit in found.hits]
        return QueryAnswer(
            results=hits,
            ndcg=self.last_ndcg,
            nothing_relevant=found.nothing_relevant,
            processing_time=time.perf_counter() - began,
            understood=_understood(found),
            remarks=found.remarks,
            total_found=len(hits),
        )

    def rag_search(self, request: RagSearchRequest) -> RagSearchAnswer:
        """Answer ``POST /api/rag/search``; ``threshold`` is a least score."""
        began = time.perf_counter()
        filters = SearchFilters(kinds=request.doc_types or [])
        found = self.find(request.query, request.k, filters)
        words = Highlighter(self._analyzer, found.terms)
        hits = [self._rag_hit(hit, found, words, request.include_metadata) for hit in found.hits]
        hits = [hit for hit in hits if hit.score >= request.threshold]
        return RagSearchAnswer(
            query=request.query,
            results=hits,
            total_found=len(hits),
            processing_time=time.perf_counter() - began,
            search_method="+".join(found.methods),
        )

    def find(
        self,
        text: str,
        limit: int,
        filters: SearchFilters | None = None,
        category: str | None = None,
        *,
        count: bool = True,
    ) -> Found:
        """Search; hits carry the store's own types. ``count`` adds to *times found*."""
        catalogue = self.catalogue()
        found = self._searcher.search(text, limit, catalogue, filters, category)
        if found.unknown and self.catalogue(fresh=True) is not catalogue:
            # the index was ahead: what was trained a moment ago is found now
            found = self._searcher.search(text, limit, self.catalogue(), filters, category)
        if count and not found.nothing_relevant:
            self._count({hit.brief.id for hit in found.hits})
        return found

    def suggest(self, text: str, limit: int) -> SuggestAnswer:
        """Completions of a query: designations, titles and defined terms."""
        return SuggestAnswer(items=suggestions(text, limit, self.catalogue(), self._documents))

    def catalogue(self, *, fresh: bool = False) -> Catalogue:
        """The documents as of now, at most a fifth of a second old; made anew when the store says
        that something changed.

        Args:
            fresh: Ask the store now.
        """
        current = self._catalogue
        now = self._clock()
        if current is not None and not fresh and now < self._next_look:
            return current
        forgotten = self._forgotten
        version = self._documents.version()
        if current is not None and current.version == version:
            self._look_again(now + _LOOK_SECONDS, forgotten)
            return current
        if self._known_forgotten == forgotten:  # others go on with what they have while this is made
            self._look_again(now + _LOOK_SECONDS, forgotten)
        with self._catalogue_lock:
            current = self._catalogue
            if current is not None and current.version == version:
                return current
            began = self._clock()
            current = self._catalogue = Catalogue(self._documents.briefs(), self._analyzer, version)
            # While a large collection is being trained its version moves all the time.
            took = self._clock() - began
            self._look_again(self._clock() + max(_LOOK_SECONDS, took * _REFRESH_FACTOR), forgotten)
            return current

    def forget_catalogue(self) -> None:
        """A document was deleted, disabled or restored: the very next search must know."""
        with self._look_lock:
            self._forgotten += 1
            self._next_look = 0.0

    def _look_again(self, when: float, forgotten: int) -> None:
        """Ask the store no sooner than ``when``, unless something changed since this look began: a
        search on its way would else hide the change from the next one."""
        with self._look_lock:
            if forgotten == self._forgotten:
                self._known_forgotten = forgotten
                self._next_look = when

    def write_found(self) -> None:
        """Write the counts of *times found* that are still in memory."""
        with self._found_lock:
            counts, self._found = self._found, Counter()
            self._found_since = self._clock()
        try:
            while counts:
                self._documents.count_found(list(counts))
                counts = Counter({key: number - 1 for key, number in counts.items() if number > 1})
        except StoreUnavailable as error:
            _log.warning("how often documents were found could not be written: %s", error)

    def _count(self, document_ids: set[str]) -> None:
        with self._found_lock:
            self._found.update(document_ids)
            due = self._clock() - self._found_since >= _FOUND_EVERY_SECONDS
            if due:
                self._found_since = self._clock()
        if due:
            threading.Thread(target=self.write_found, name="times-found", daemon=True).start()

    def _passage(self, hit: Hit, found: Found, words: Highlighter) -> dict[str, Any]:
        brief, chunk = hit.brief, hit.chunk
        marks = words.marks(hit.text)
        clause, path = hit.clause, hit.clause_path
        if not found.query.refs:
            clause, path = answering_clause(hit.text, marks, clause, path)
        return {
            "document_id": brief.id,
            "document_name": brief.name,
            "designation": brief.designation,
            "title": brief.title,
            "edition_status": brief.edition_status,
            "category": brief.category,
            "kind": brief.kind,
            "page": hit.page,
            "page_end": hit.page_end,
            "page_count": brief.page_count,
            "clause": clause,
            "clause_path": path,
            "sheet": chunk.sheet,
            "cell_range": chunk.cell_range,
            "chunk_id": f"{brief.id}:{chunk.ordinal}",
            "char_start": hit.char_start,
            "char_end": hit.char_end,
            "highlights": marks,
        }

    def _query_hit(self, hit: Hit, found: Found, words: Highlighter) -> QueryHit:
        passage = self._passage(hit, found, words)
        brief, chunk = hit.brief, hit.chunk
        meta: dict[str, Any] = {
            "conf": round(hit.score, 4),
            "entities": [brief.designation] if brief.designation else [],
            "category": brief.category or "",
            "source": brief.name,
            "page": hit.page,
            "why": hit.why,
            "kind": chunk.kind,
        }
        sentence = best_sentence(hit.text, passage["highlights"], _TEZIS_CHARACTERS)
        return QueryHit(**passage, chunk=hit.text, meta=meta, score=round(hit.score, 4), tezis=sentence)

    def _rag_hit(self, hit: Hit, found: Found, words: Highlighter, with_metadata: bool) -> RagSearchHit:
        passage = self._passage(hit, found, words)
        brief, chunk = hit.brief, hit.chunk
        metadata: dict[str, Any] = {}
        if with_metadata:
            metadata = {
                "title": brief.title or brief.name,
                "source_file": brief.path or brief.name,
                "doc_type": brief.kind,
                "category": brief.category or "",
                "page": hit.page,
            }
        return RagSearchHit(
            **passage,
            content=hit.text,
            score=round(hit.score, 4),
            metadata=metadata,
            section_id=passage["clause"] or passage["chunk_id"],
            chunk_type=chunk.kind,
        )


def _understood(found: Found) -> dict[str, Any]:
    query = found.query
    return {
        "kind": query.kind,
        "designations": [item.text for item in query.designations],
        "clauses": [item.number for item in query.refs],
        "words": query.words,
        "methods": found.methods,
    }
