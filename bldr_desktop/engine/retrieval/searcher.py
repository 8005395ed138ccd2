# SPDX-License-Identifier: MIT
"""One search over exact fields, stems and, where they help, vectors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bldr_desktop.engine.ports.documents import ClauseHit, DocumentBrief, DocumentStore
from bldr_desktop.engine.ports.domain import Chunk
from bldr_desktop.engine.ports.index import IndexFilter, IndexHit, VectorIndex
from bldr_desktop.engine.retrieval.analysis import Analyzer
from bldr_desktop.engine.retrieval.catalogue import Catalogue
from bldr_desktop.engine.retrieval.query import ReadQuery, read_query
from bldr_desktop.engine.retrieval.ranking import Candidate, Ranker
from bldr_desktop.protocol.rag import SearchFilters

Key = tuple[str, int]
_CANDIDATES = 60
_CLAUSE_DOCUMENTS = 20
_NAMED_FLOOR = 0.9


@dataclass(slots=True)
class Hit:
    """A passage found. ``score`` 0 to 1. ``why``: designation, clause, text. ``page`` and the
    character range are the clause's own where a clause was asked for."""

    brief: DocumentBrief
    chunk: Chunk
    score: float
    why: str
    page: int
    char_start: int
    char_end: int
    clause: str | None = None


@dataclass(slots=True)
class Found:
    """What a search gave."""

    query: ReadQuery
    hits: list[Hit]
    terms: list[int]
    nothing_relevant: bool
    methods: list[str] = field(default_factory=list)


class Searcher:
    """Reads a query, asks index and store, ranks.

    Args:
        index: The index.
        store: Chunks and clauses.
        analyzer: Text to terms, the index's own.
        ranker: How candidates are compared.
        embed: Query to vector while the vector leg is on, else None.
    """

    def __init__(
        self,
        index: VectorIndex,
        store: DocumentStore,
        analyzer: Analyzer,
        ranker: Ranker,
        embed: Callable[[str], Sequence[float] | None] | None = None,
    ) -> None:
        self._index = index
        self._store = store
        self._analyzer = analyzer
        self._ranker = ranker
        self._embed = embed

    def search(
        self,
        text: str,
        limit: int,
        catalogue: Catalogue,
        filters: SearchFilters | None = None,
        category: str | None = None,
    ) -> Found:
        """Find passages, best first.

        Args:
            text: What was asked.
            limit: Most passages wanted.
            catalogue: The documents.
            filters: Where to look.
            category: One more category to look in.
        """
        query = read_query(text)
        allowed = catalogue.allowed(filters, category)
        named = _named(query, catalogue, allowed)
        hits: dict[Key, Hit] = {}
        if named and query.refs:
            _merge(hits, self._clauses(query, named))
        if named:
            _merge(hits, self._inside(query, named, limit))
        text_hits, terms, methods = self._words(query, limit, catalogue, allowed, bool(named))
        _merge(hits, text_hits)
        ranked = sorted(hits.values(), key=lambda hit: -hit.score)[:limit]
        nothing = not ranked or ranked[0].score < self._ranker.settings.relevant
        exact = [hit.why for hit in ranked[:1] if hit.why != "text"]
        return Found(query, ranked, terms, nothing, [*exact, *methods])

    def _words(
        self, query: ReadQuery, limit: int, catalogue: Catalogue, allowed: list[str] | None, named: bool
    ) -> tuple[list[Hit], list[int], list[str]]:
        terms = self._analyzer.terms(query.text)
        where = IndexFilter(document_ids=allowed) if allowed is not None else None
        wanted = max(_CANDIDATES, limit + 20)
        found = self._index.search_text(query.text, wanted, where)
        methods = ["bm25"]
        near: list[IndexHit] = []
        vector = self._embed(query.text) if self._embed else None
        if vector is not None:
            near = self._index.search_vector(vector, wanted, where)
            methods.append("vector")
        candidates = self._candidates([*found, *near], catalogue)
        ranked = self._ranker.rank(query, terms, candidates, self._index.term_idf(terms), catalogue)
        cap = 0.6 if named else 1.0
        return [_hit(item, item.score * cap, "text") for item in ranked], terms, methods

    def _clauses(self, query: ReadQuery, named: Sequence[DocumentBrief]) -> list[Hit]:
        ids = [brief.id for brief in named[:_CLAUSE_DOCUMENTS]]
        order = {document_id: place for place, document_id in enumerate(ids)}
        hits: list[Hit] = []
        for place, ref in enumerate(query.refs):
            key, fall = ref.key, 0.0
            found: list[ClauseHit] = []
            while not found and key:
                found = self._store.find_clause(ids, key)
                if not found:
                    key, fall = key.rpartition(".")[0] if ref.kind == "clause" else "", fall + 0.03
            found.sort(key=lambda item: order.get(item.document.id, 99))
            for item in found:
                score = 1.0 - fall - 0.002 * (order.get(item.document.id, 99) + 10 * place)
                hit = self._clause_hit(item, named, score)
                if hit:
                    hits.append(hit)
        return hits

    def _clause_hit(self, item: ClauseHit, named: Sequence[DocumentBrief], score: float) -> Hit | None:
        clause = item.clause
        brief = next(brief for brief in named if brief.id == item.document.id)
        chunk = _chunk_of_clause(self._store.chunks(brief.id), clause.key, clause.page, clause.char_start)
        if chunk is None:
            return None
        return Hit(
            brief, chunk, score, "clause", clause.page, clause.char_start, clause.char_end, clause.number
        )

    def _inside(self, query: ReadQuery, named: Sequence[DocumentBrief], limit: int) -> list[Hit]:
        """Passages of the norms that were named: by the rest of the query, else their beginnings."""
        hits: list[Hit] = []
        best: dict[str, IndexHit] = {}
        if query.words and self._analyzer.terms(query.words):
            ids = [brief.id for brief in named]
            for found in self._index.search_text(query.words, max(20, limit), IndexFilter(document_ids=ids)):
                best.setdefault(found.document_id, found)
        for place, brief in enumerate(named[:limit]):
            score = _NAMED_FLOOR + 0.08 - 0.001 * place
            top = best.get(brief.id)
            keys = [(brief.id, top.ordinal if top else 0)]
            chunk = self._store.chunks_of(keys).get(keys[0])
            if chunk is not None:
                hits.append(_hit(Candidate(brief, chunk, 0.0), score, "designation"))
        return hits

    def _candidates(self, found: Sequence[IndexHit], catalogue: Catalogue) -> list[Candidate]:
        known = [hit for hit in found if hit.document_id in catalogue.by_id]
        chunks = self._store.chunks_of([(hit.document_id, hit.ordinal) for hit in known])
        out: dict[Key, Candidate] = {}
        for hit in known:
            key = (hit.document_id, hit.ordinal)
            chunk = chunks.get(key)
            if chunk is not None and key not in out:
                out[key] = Candidate(catalogue.by_id[hit.document_id], chunk, hit.score)
        return list(out.values())


def _named(query: ReadQuery, catalogue: Catalogue, allowed: list[str] | None) -> list[DocumentBrief]:
    inside = set(allowed) if allowed is not None else None
    found: dict[str, DocumentBrief] = {}
    for designation in query.designations:
        for brief, _degree in catalogue.named(designation):
            if inside is None or brief.id in inside:
                found.setdefault(brief.id, brief)
    return list(found.values())


def _chunk_of_clause(chunks: Sequence[Chunk], key: str, page: int, start: int) -> Chunk | None:
    same = [chunk for chunk in chunks if chunk.clause_key == key]
    if same:
        return same[0]
    before = [chunk for chunk in chunks if (chunk.page, chunk.char_start) <= (page, start)]
    return before[-1] if before else (chunks[0] if chunks else None)


def _hit(item: Candidate, score: float, why: str) -> Hit:
    chunk = item.chunk
    return Hit(item.brief, chunk, score, why, chunk.page, chunk.char_start, chunk.char_end, chunk.clause)


def _merge(hits: dict[Key, Hit], more: Sequence[Hit]) -> None:
    for hit in more:
        key = (hit.brief.id, hit.chunk.ordinal)
        known = hits.get(key)
        if known is None:
            hits[key] = hit
        elif hit.score > known.score:
            hits[key] = replace(hit)
