# SPDX-License-Identifier: MIT
"""One search over exact fields, stems and, where they help, vectors."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from bldr_desktop.engine.ports.documents import DocumentBrief, DocumentStore
from bldr_desktop.engine.ports.index import IndexHit, VectorIndex
from bldr_desktop.engine.retrieval.analysis import Analyzer
from bldr_desktop.engine.retrieval.catalogue import Catalogue
from bldr_desktop.engine.retrieval.exact import ExactFields
from bldr_desktop.engine.retrieval.places import Hit, Key, Place, hit_of, merge
from bldr_desktop.engine.retrieval.query import ReadQuery, read_query
from bldr_desktop.engine.retrieval.ranking import Candidate, Ranker, bm25_of
from bldr_desktop.engine.retrieval.remarks import cites, remarks
from bldr_desktop.engine.retrieval.spelling import Spelling
from bldr_desktop.engine.retrieval.titles import AskedTitle
from bldr_desktop.protocol.rag import QueryRemark, SearchFilters

_CANDIDATES = 70
_TRIES = 3
_BESIDE_NAMED = 0.6
_EXACT_EDITION = 3


@dataclass(slots=True)
class Found:
    """What a search gave. ``terms`` are marked in the passages; ``unknown``: the index has points of
    documents that the catalogue does not know (trained a moment ago, or deleted and not swept yet)."""

    query: ReadQuery
    hits: list[Hit]
    terms: list[int]
    nothing_relevant: bool
    unknown: bool = False
    methods: list[str] = field(default_factory=list)
    remarks: list[QueryRemark] = field(default_factory=list)


class QueryVectors(Protocol):
    """The vector leg as a search sees it."""

    def weight(self, text: str) -> float:
        """How much vectors count for a query, 0 to 1."""
        ...

    def of_query(self, text: str) -> Sequence[float] | None:
        """The query's vector, None where vectors do not help or the model is away."""
        ...


@dataclass(frozen=True, slots=True)
class Scope:
    """Where one search looks: ids that filters leave, None for all."""

    catalogue: Catalogue
    allowed: frozenset[str] | None


class Searcher:
    """Reads a query, asks index and store, ranks.

    Args:
        index: The index.
        store: Chunks, clauses and terms.
        analyzer: Text to terms, the index's own.
        ranker: How candidates are compared.
        vectors: The vector leg, None where there is none.
    """

    def __init__(
        self,
        index: VectorIndex,
        store: DocumentStore,
        analyzer: Analyzer,
        ranker: Ranker,
        vectors: QueryVectors | None = None,
    ) -> None:
        self._index = index
        self._store = store
        self._analyzer = analyzer
        self._ranker = ranker
        self._vectors = vectors
        self._exact = ExactFields(store, index, analyzer)
        self._spelling = Spelling(analyzer, index.term_idf)

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

        Returns:
            What was found; where that is nothing at all, what is found with a slip of spelling put
            right, if that is something. (Few hits below the calibrated score stay: one of them may be
            right, and a word that was none of ours must not push it away.)
        """
        found = self._search(text, limit, catalogue, filters, category)
        if found.hits:
            return found
        other = self._spelling.corrected(text)
        if other is None:
            return found
        better = self._search(other, limit, catalogue, filters, category)
        better.methods.append("spelling")
        better.remarks.append(QueryRemark(code="spelling", text=other))
        return found if better.nothing_relevant else better

    def _search(
        self,
        text: str,
        limit: int,
        catalogue: Catalogue,
        filters: SearchFilters | None,
        category: str | None,
    ) -> Found:
        query = read_query(text, catalogue.numbered)
        asked = query.term if query.kind == "term" and query.term else text
        terms = self._analyzer.terms(asked)
        scope = Scope(catalogue, catalogue.allowed(filters, category))
        named = _named(query, catalogue, filters, category)
        title = catalogue.titles.asked(terms)
        ranked, methods, unknown = self._words(asked, terms, title, limit, scope)
        places: dict[Key, Place] = {}
        self._add_exact(places, query, named, limit, scope)
        cap = _BESIDE_NAMED if named else 1.0
        best_words = ranked[:limit]  # what is behind them cannot come before them any more
        merge(places, (Place(item.brief, item.hit.ordinal, item.score * cap, "text") for item in best_words))
        if not named:
            best: dict[str, int] = {}
            for item in ranked:
                best.setdefault(item.brief.id, item.hit.ordinal)
            merge(places, self._exact.titles(title, catalogue, scope.allowed, best))
        hits = self._with_chunks(sorted(places.values(), key=lambda place: -place.score)[:limit])
        clauses = [place.clause.key for place in places.values() if place.clause is not None]
        said = remarks(query, catalogue, named, clauses)
        hits, strange = self._of_stranger(query, named, hits)
        nothing = strange or not hits or hits[0].score < self._ranker.settings.relevant
        exact = [hits[0].why] if hits and hits[0].why != "text" else []
        return Found(query, hits, self._telling(query, terms), nothing, unknown, [*exact, *methods], said)

    def _telling(self, query: ReadQuery, terms: list[int]) -> list[int]:
        """What is marked in passages: of a norm or a clause its number, not each ГОСТ and each п."""
        if not query.designations and not query.refs:
            return terms
        numbers = [norm.number for norm in query.designations] + [ref.number for ref in query.refs]
        return self._analyzer.terms(" ".join((query.words, *numbers)))

    def _of_stranger(
        self, query: ReadQuery, named: Sequence[DocumentBrief], hits: list[Hit]
    ) -> tuple[list[Hit], bool]:
        """Where only a norm is asked for that no document is: the passages that name it, and whether
        there are none. What merely has its number, or a clause of that number, is no answer."""
        if named or query.words or not query.designations:
            return hits, False
        if any(norm.is_code for norm in query.designations):  # an estimate may write the number alone
            numbers = [term for item in query.designations for term in self._analyzer.terms(item.number)]
            return hits, not self._index.term_idf(numbers)
        speaking = [hit for hit in hits if cites(hit, query.designations)]
        return speaking or hits, not speaking

    def _add_exact(
        self,
        places: dict[Key, Place],
        query: ReadQuery,
        named: Sequence[DocumentBrief],
        limit: int,
        scope: Scope,
    ) -> None:
        if named:
            merge(places, self._exact.clauses(query, named))
            merge(places, self._exact.inside(query, named, limit))
        else:
            merge(places, self._exact.definitions(query, scope.catalogue, scope.allowed))

    def _words(
        self, text: str, terms: Sequence[int], title: AskedTitle, limit: int, scope: Scope
    ) -> tuple[list[Candidate], list[str], bool]:
        """Candidates by words (and vectors), ranked; how; whether the index knew strangers."""
        wanted = max(_CANDIDATES, limit + 20)
        vector = self._vectors.of_query(text) if self._vectors else None
        candidates: list[Candidate] = []
        hidden: set[str] = set()
        for _ in range(_TRIES):
            where = scope.catalogue.where(scope.allowed, hidden)
            found = self._index.search_text(text, wanted, where)
            near = self._index.search_vector(vector, wanted, where) if vector is not None else []
            candidates = self._joined(found, near, terms, scope.catalogue)
            gone = {hit.document_id for hit in (*found, *near)} - scope.catalogue.by_id.keys()
            enough = len(candidates) >= limit or not gone
            hidden |= gone  # deleted documents still in the index crowd the living ones out
            if enough:
                break
        idf = self._index.term_idf(terms)
        weight = self._vectors.weight(text) if self._vectors and vector is not None else 0.0
        ranked = self._ranker.rank(terms, candidates, idf, title, weight)
        return ranked, ["bm25"] if vector is None else ["bm25", "vector"], bool(hidden)

    def _joined(
        self, found: Sequence[IndexHit], near: Sequence[IndexHit], terms: Sequence[int], catalogue: Catalogue
    ) -> list[Candidate]:
        candidates = _known(found, catalogue)
        if not near:
            return candidates
        by_key = {(item.hit.document_id, item.hit.ordinal): item for item in candidates}
        idf = self._index.term_idf(terms)
        for hit in near:
            known = by_key.get((hit.document_id, hit.ordinal))
            brief = catalogue.by_id.get(hit.document_id)
            if known is not None:
                known.near = hit.score
            elif brief is not None:
                words = replace(hit, score=bm25_of(hit, idf, self._ranker.bm25))
                candidates.append(Candidate(brief, words, near=hit.score))
        return candidates

    def _with_chunks(self, places: Sequence[Place]) -> list[Hit]:
        missing = [place.key for place in places if place.chunk is None]
        chunks = self._store.chunks_of(missing) if missing else {}
        hits: list[Hit] = []
        for place in places:
            chunk = place.chunk or chunks.get(place.key)
            if chunk is not None:  # else the document was trained anew a moment ago
                hits.append(hit_of(place, chunk))
        return hits


def _known(found: Sequence[IndexHit], catalogue: Catalogue) -> list[Candidate]:
    out: dict[Key, Candidate] = {}
    for hit in found:
        brief = catalogue.by_id.get(hit.document_id)
        if brief is not None:
            out.setdefault((hit.document_id, hit.ordinal), Candidate(brief, hit))
    return list(out.values())


def _named(
    query: ReadQuery, catalogue: Catalogue, filters: SearchFilters | None, category: str | None
) -> list[DocumentBrief]:
    """Documents that the query names. An old edition that is named by its year is wanted, even where
    old editions are left out."""
    if not query.designations:
        return []
    inside = catalogue.allowed(filters, category)
    with_old = inside
    if filters is not None and not filters.include_outdated:
        with_old = catalogue.allowed(filters.model_copy(update={"include_outdated": True}), category)
    found: dict[str, DocumentBrief] = {}
    for designation in query.designations:
        for brief, degree in catalogue.named(designation):
            exact = degree == _EXACT_EDITION and designation.year is not None
            limits = with_old if exact else inside
            if limits is None or brief.id in limits:
                found.setdefault(brief.id, brief)
    return list(found.values())
