# SPDX-License-Identifier: MIT
"""What a query says exactly: a norm, a clause of it, a defined term, a title. No guessing by weights."""

from collections.abc import Collection, Iterator, Sequence

from bldr_desktop.engine.ports.documents import DocumentBrief, DocumentStore
from bldr_desktop.engine.ports.domain import Clause
from bldr_desktop.engine.ports.index import IndexFilter, VectorIndex
from bldr_desktop.engine.retrieval.analysis import Analyzer
from bldr_desktop.engine.retrieval.catalogue import Catalogue, edition_order
from bldr_desktop.engine.retrieval.places import Place
from bldr_desktop.engine.retrieval.query import ReadQuery
from bldr_desktop.engine.retrieval.titles import AskedTitle

_CLAUSE_DOCUMENTS = 20
_DEFINITIONS = 10
_CLAUSE_CHARACTERS = 4000
_TERM_CHARACTERS = 200
_STEP = 0.002
_NAMED = 0.98
_ASKED_DEFINITION, _NAMED_TERM = 0.97, 0.9
_PARENT_FALL = 0.004
_TITLE_FROM, _TITLE_LEAST = 0.6, 0.5


class ExactFields:
    """Places by exact fields.

    Args:
        store: Clauses, terms, chunks.
        index: For the best passage inside norms that were named.
        analyzer: Text to terms.
    """

    def __init__(self, store: DocumentStore, index: VectorIndex, analyzer: Analyzer) -> None:
        self._store = store
        self._index = index
        self._analyzer = analyzer

    def clauses(self, query: ReadQuery, named: Sequence[DocumentBrief]) -> Iterator[Place]:
        """Where the clauses stand that the query names; a missing one gives its nearest parent."""
        briefs = {brief.id: brief for brief in named[:_CLAUSE_DOCUMENTS]}
        order = {document_id: place for place, document_id in enumerate(briefs)}
        for number, ref in enumerate(query.refs):
            key, fall = ref.key, 0.0
            found = self._store.find_clause(list(briefs), key)
            while not found and ref.kind == "clause" and "." in key:
                key, fall = key.rpartition(".")[0], fall + _PARENT_FALL
                found = self._store.find_clause(list(briefs), key)
            for item in found:
                fallen = fall + _STEP * (order[item.document.id] + 10 * number)
                place = self._clause_place(briefs[item.document.id], item.clause, 1.0 - fallen)
                if place is not None:
                    yield place

    def inside(self, query: ReadQuery, named: Sequence[DocumentBrief], limit: int) -> Iterator[Place]:
        """Passages of the norms that were named: by the rest of the query, else their beginnings."""
        best: dict[str, int] = {}
        if self._analyzer.terms(query.words):
            where = IndexFilter(document_ids=[brief.id for brief in named])
            for found in self._index.search_text(query.words, max(20, limit), where):
                best.setdefault(found.document_id, found.ordinal)
        for number, brief in enumerate(named[:limit]):
            yield Place(brief, best.get(brief.id, 0), _NAMED - _STEP / 2 * number, "designation")

    def definitions(
        self, query: ReadQuery, catalogue: Catalogue, allowed: Collection[str] | None
    ) -> Iterator[Place]:
        """Where the term is defined that the query consists of or asks the meaning of."""
        term = " ".join((query.term or "").lower().replace("ё", "е").split())
        if not term or len(term) > _TERM_CHARACTERS:
            return
        base = _ASKED_DEFINITION if query.kind == "term" else _NAMED_TERM
        found = []
        for name, document_id, page, start in self._store.terms_like(term, _DEFINITIONS):
            brief = catalogue.by_id.get(document_id)
            same = " ".join(name.lower().replace("ё", "е").split()) == term
            if same and brief is not None and (allowed is None or document_id in allowed):
                found.append((brief, page, start))
        found.sort(key=lambda item: edition_order(item[0]))
        for number, (brief, page, start) in enumerate(found):
            chunk = self._store.chunk_at(brief.id, page, start)
            if chunk is not None:
                score = base - _STEP * number
                yield Place(brief, chunk.ordinal, score, "definition", chunk=chunk)

    def titles(
        self,
        asked: AskedTitle,
        catalogue: Catalogue,
        allowed: Collection[str] | None,
        best: "dict[str, int]",
    ) -> Iterator[Place]:
        """Documents whose title is what was asked; ``best`` tells each one's best chunk."""
        if len(asked) < 2:
            return
        for document_id, alike in asked.alike(_TITLE_FROM):
            if allowed is not None and document_id not in allowed:
                continue
            brief = catalogue.by_id[document_id]
            old = _STEP if edition_order(brief)[0] else 0.0
            score = _TITLE_LEAST + (_NAMED_TERM - _TITLE_LEAST) * alike - old
            yield Place(brief, best.get(document_id, 0), score, "title")

    def _clause_place(self, brief: DocumentBrief, clause: Clause, score: float) -> Place | None:
        chunk = self._store.chunk_at(brief.id, clause.page, clause.char_start)
        if chunk is None:
            return None
        text = self._clause_text(brief, clause)
        return Place(brief, chunk.ordinal, score, "clause", clause, chunk, text)

    def _clause_text(self, brief: DocumentBrief, clause: Clause) -> str | None:
        """The clause's own text, None when it is long: then its chunk says enough."""
        if clause.page_end - clause.page > 1:
            return None
        numbers = range(clause.page, clause.page_end + 1)
        parts = [page.text for number in numbers for page in self._store.pages(brief.id, number)]
        if len(parts) != len(numbers):
            return None
        parts[-1] = parts[-1][: clause.char_end]
        parts[0] = parts[0][clause.char_start :]
        text = "\n".join(parts).strip()
        return text if 0 < len(text) <= _CLAUSE_CHARACTERS else None
