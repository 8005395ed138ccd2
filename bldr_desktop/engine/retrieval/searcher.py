# SPDX-License-Identifier: MIT
"""One search over exact fields, stems and, where they help, vectors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bldr_desktop.engine.ports.documents import ClauseHit, DocumentBrief, DocumentStore
from bldr_desktop.engine.ports.domain import Chunk, Clause
from bldr_desktop.engine.ports.index import IndexFilter, IndexHit, VectorIndex
from bldr_desktop.engine.retrieval.analysis import Analyzer
from bldr_desktop.engine.retrieval.catalogue import Catalogue
from bldr_desktop.engine.retrieval.query import ReadQuery, read_query
from bldr_desktop.engine.retrieval.ranking import Candidate, Ranker
from bldr_desktop.protocol.rag import SearchFilters

Key = tuple[str, int]
_CANDIDATES = 80
_CLAUSE_DOCUMENTS = 20
_TRIES = 3
_CLAUSE_CHARACTERS = 4000
_NAMED = 0.98
_PARENT_FALL = 0.03
_BESIDE_NAMED = 0.6


@dataclass(slots=True)
class Hit:
    """A passage found. ``score`` 0 to 1. ``why``: designation, clause, text. ``text``, ``page`` and
    the character range are the clause's own where a clause was asked for, else the chunk's."""

    brief: DocumentBrief
    chunk: Chunk
    score: float
    why: str
    text: str
    page: int
    page_end: int
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
    unknown: bool = False
    """True when the index has points of documents that the catalogue does not know."""
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
        terms = self._analyzer.terms(text)
        allowed = catalogue.allowed(filters, category)
        named = _named(query, catalogue, allowed)
        places: dict[Key, _Place] = {}
        if named:
            _merge(places, self._clauses(query, named))
            _merge(places, self._inside(query, named, limit))
        ranked, methods, unknown = self._words(query, terms, limit, catalogue, allowed)
        cap = _BESIDE_NAMED if named else 1.0
        _merge(places, [_place(item.brief, item.hit.ordinal, item.score * cap, "text") for item in ranked])
        best = sorted(places.values(), key=lambda place: -place.score)[:limit]
        hits = self._with_chunks(best)
        nothing = not hits or hits[0].score < self._ranker.settings.relevant
        exact = [hits[0].why] if hits and hits[0].why != "text" else []
        return Found(query, hits, terms, nothing, unknown, [*exact, *methods])

    def _words(
        self,
        query: ReadQuery,
        terms: Sequence[int],
        limit: int,
        catalogue: Catalogue,
        allowed: list[str] | None,
    ) -> tuple[list[Candidate], list[str], bool]:
        wanted = max(_CANDIDATES, limit + 20)
        vector = self._embed(query.text) if self._embed else None
        candidates: list[Candidate] = []
        hidden: list[str] = []
        gone: set[str] = set()
        for _ in range(_TRIES):
            where = IndexFilter(document_ids=allowed, exclude_document_ids=hidden or None)
            found = self._index.search_text(query.text, wanted, where if allowed is not None or hidden else None)
            if vector is not None:
                found += self._index.search_vector(vector, wanted, where)
            candidates = _known(found, catalogue)
            gone = {hit.document_id for hit in found if hit.document_id not in catalogue.by_id}
            if len(candidates) >= limit or not gone:
                break
            hidden += gone  # deleted documents still in the index crowd the living ones out
        idf = self._index.term_idf(terms)
        ranked = self._ranker.rank(query, terms, candidates, idf, catalogue)
        return ranked, ["bm25"] if vector is None else ["bm25", "vector"], bool(hidden or gone)

    def _clauses(self, query: ReadQuery, named: Sequence[DocumentBrief]) -> "list[_Place]":
        """Where the clauses stand that the query names; a missing one gives its nearest parent."""
        briefs = {brief.id: brief for brief in named[:_CLAUSE_DOCUMENTS]}
        order = {document_id: place for place, document_id in enumerate(briefs)}
        places: list[_Place] = []
        for number, ref in enumerate(query.refs):
            key, fall = ref.key, 0.0
            found = self._store.find_clause(list(briefs), key)
            while not found and ref.kind == "clause" and "." in key:
                key, fall = key.rpartition(".")[0], fall + _PARENT_FALL
                found = self._store.find_clause(list(briefs), key)
            for item in found:
                fallen = fall + 0.002 * order[item.document.id] + 0.02 * number
                place = self._clause_place(item, briefs[item.document.id], 1.0 - fallen)
                places += [place] if place else []
        return places

    def _clause_place(self, item: ClauseHit, brief: DocumentBrief, score: float) -> "_Place | None":
        clause = item.clause
        chunk = _chunk_of_clause(self._store.chunks(brief.id), clause)
        if chunk is None:
            return None
        return _Place(brief, chunk.ordinal, score, "clause", clause, chunk, self._clause_text(brief, clause))

    def _clause_text(self, brief: DocumentBrief, clause: Clause) -> str | None:
        """The clause's own text, None when it is long: then its chunk says enough."""
        if clause.page_end - clause.page > 1:
            return None
        parts = [
            page.text
            for n in range(clause.page, clause.page_end + 1)
            for page in self._store.pages(brief.id, n)
        ]
        if len(parts) != clause.page_end - clause.page + 1:
            return None
        parts[-1] = parts[-1][: clause.char_end]
        parts[0] = parts[0][clause.char_start :]
        text = "\n".join(parts).strip()
        return text if 0 < len(text) <= _CLAUSE_CHARACTERS else None

    def _inside(self, query: ReadQuery, named: Sequence[DocumentBrief], limit: int) -> "list[_Place]":
        """Passages of the norms that were named: by the rest of the query, else their beginnings."""
        best: dict[str, int] = {}
        if self._analyzer.terms(query.words):
            where = IndexFilter(document_ids=[brief.id for brief in named])
            for found in self._index.search_text(query.words, max(20, limit), where):
                best.setdefault(found.document_id, found.ordinal)
        return [
            _place(brief, best.get(brief.id, 0), _NAMED - 0.001 * number, "designation")
            for number, brief in enumerate(named[:limit])
        ]

    def _with_chunks(self, places: "Sequence[_Place]") -> list[Hit]:
        missing = [(place.brief.id, place.ordinal) for place in places if place.chunk is None]
        chunks = self._store.chunks_of(missing) if missing else {}
        hits: list[Hit] = []
        for place in places:
            chunk = place.chunk or chunks.get((place.brief.id, place.ordinal))
            if chunk is not None:  # else the document was trained anew a moment ago
                hits.append(_hit(place, chunk))
        return hits


@dataclass(slots=True)
class _Place:
    """A chunk that will be shown unless better ones come."""

    brief: DocumentBrief
    ordinal: int
    score: float
    why: str
    clause: Clause | None = None
    chunk: Chunk | None = None
    text: str | None = None


def _place(brief: DocumentBrief, ordinal: int, score: float, why: str) -> _Place:
    return _Place(brief, ordinal, score, why)


def _known(found: Sequence[IndexHit], catalogue: Catalogue) -> list[Candidate]:
    out: dict[Key, Candidate] = {}
    for hit in found:
        brief = catalogue.by_id.get(hit.document_id)
        if brief is not None:
            out.setdefault((hit.document_id, hit.ordinal), Candidate(brief, hit))
    return list(out.values())


def _named(query: ReadQuery, catalogue: Catalogue, allowed: list[str] | None) -> list[DocumentBrief]:
    inside = set(allowed) if allowed is not None else None
    found: dict[str, DocumentBrief] = {}
    for designation in query.designations:
        for brief, _degree in catalogue.named(designation):
            if inside is None or brief.id in inside:
                found.setdefault(brief.id, brief)
    return list(found.values())


def _chunk_of_clause(chunks: Sequence[Chunk], clause: Clause) -> Chunk | None:
    same = [chunk for chunk in chunks if chunk.clause_key == clause.key]
    if same:
        return same[0]
    start = (clause.page, clause.char_start)
    before = [chunk for chunk in chunks if (chunk.page, chunk.char_start) <= start]
    return before[-1] if before else (chunks[0] if chunks else None)


def _hit(place: _Place, chunk: Chunk) -> Hit:
    """The passage of a place: the clause's own range where a clause was asked for."""
    clause = place.clause
    start = clause.char_start if clause else chunk.char_start
    end = clause.char_end if clause else chunk.char_end
    page = clause.page if clause else chunk.page
    last = clause.page_end if clause else chunk.page_end
    number = clause.number if clause else chunk.clause
    text = place.text or chunk.text
    return Hit(place.brief, chunk, place.score, place.why, text, page, max(page, last), start, end, number)


def _merge(places: dict[Key, _Place], more: Sequence[_Place]) -> None:
    for place in more:
        key = (place.brief.id, place.ordinal)
        known = places.get(key)
        if known is None or place.score > known.score:
            places[key] = place
