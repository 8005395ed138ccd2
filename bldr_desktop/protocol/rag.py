# SPDX-License-Identifier: MIT
"""Asking the documents."""

from typing import Any, Literal

from pydantic import Field

from bldr_desktop.protocol.base import EditionStatus, WireModel


class Passage(WireModel):
    """Where a hit stands. Pages count from 1; ``char_start``/``char_end`` are offsets into that
    page's text (``GET /documents/{id}/text``); ``highlights`` are [start, end) pairs into the
    passage's own text; ``score`` is 0..1, calibrated, higher is better."""

    document_id: str
    document_name: str
    designation: str | None = None
    title: str | None = None
    edition_status: EditionStatus | None = None
    category: str | None = None
    kind: str | None = None
    page: int | None = None
    page_end: int | None = None
    page_count: int | None = None
    clause: str | None = None
    clause_path: str | None = None
    sheet: str | None = None
    cell_range: str | None = None
    chunk_id: str | None = None
    char_start: int | None = None
    char_end: int | None = None
    highlights: list[tuple[int, int]] = Field(default_factory=list)


class SearchFilters(WireModel):
    """What to search in; empty lists mean everything. ``include_outdated`` is off by default."""

    document_ids: list[str] = Field(default_factory=list)
    folders: list[str] = Field(default_factory=list)
    categories: list[str] = Field(default_factory=list)
    kinds: list[str] = Field(default_factory=list)
    editions: list[EditionStatus] = Field(default_factory=list)
    include_outdated: bool = True


class QueryRequest(WireModel):
    """Body of ``POST /query``."""

    query: str = Field(max_length=4000)
    k: int = Field(default=4, ge=1, le=200)
    category: str | None = None
    filters: SearchFilters | None = None
    preview: bool = False
    """A question that is still being typed: its hits do not count as *found*."""


class ExportHitsRequest(QueryRequest):
    """Body of ``POST /api/export/hits``: the query again, and what file to make of its hits."""

    format: Literal["csv", "docx"] = "csv"
    language: Literal["ru", "en"] = "ru"


class QueryHit(Passage):
    """One result of ``POST /query``: the flat field shape and our passage fields beside it."""

    chunk: str
    meta: dict[str, Any] = Field(default_factory=dict)
    score: float
    tezis: str = ""
    viol: float = 0


class QueryRemark(WireModel):
    """What must be known beside the hits. ``norm_absent``: ``norm`` is not among the documents;
    ``edition_absent``: only other editions of it are, the first of them ``found``; ``norm_left_out``:
    the filters leave it out; ``clause_absent``: in ``norm`` no ``clause`` was found, a number of a
    ``kind`` (clause, table, figure, appendix, formula); ``spelling``: ``text`` was searched for in place
    of what was asked. More codes may come: leave out unknown ones."""

    code: str
    norm: str | None = None
    found: str | None = None
    clause: str | None = None
    kind: str | None = None
    text: str | None = None


class QueryAnswer(WireModel):
    """Answer of ``POST /query``. ``nothing_relevant``: hits, if any, are below the calibrated score.
    ``understood`` says how the query was read (designation, clause, words)."""

    results: list[QueryHit]
    ndcg: float | None = None
    nothing_relevant: bool = False
    processing_time: float = 0.0
    understood: dict[str, Any] = Field(default_factory=dict)
    remarks: list[QueryRemark] = Field(default_factory=list)
    total_found: int = 0

    @property
    def names_absent(self) -> bool:
        """Whether a norm was named that is not among the documents at all."""
        return any(remark.code == "norm_absent" for remark in self.remarks)


class RagSearchRequest(WireModel):
    """Body of ``POST /api/rag/search``."""

    query: str = Field(max_length=4000)
    k: int = Field(default=5, ge=1, le=200)
    threshold: float = 0.0
    doc_types: list[str] | None = None
    include_metadata: bool = True


class RagSearchHit(Passage):
    """One result of ``POST /api/rag/search``."""

    content: str
    score: float
    metadata: dict[str, Any] = Field(default_factory=dict)
    section_id: str = ""
    chunk_type: str = ""


class RagSearchAnswer(WireModel):
    """Answer of ``POST /api/rag/search``; ``processing_time`` in seconds."""

    query: str
    results: list[RagSearchHit]
    total_found: int
    processing_time: float
    search_method: str


class Suggestion(WireModel):
    """One completion for the query box."""

    text: str
    kind: str
    document_id: str | None = None


class SuggestAnswer(WireModel):
    """Answer of ``GET /api/rag/suggest?q=&limit=``."""

    items: list[Suggestion]


class ControlQuestion(WireModel):
    """A saved question with what it should find."""

    id: str | None = None
    question: str
    document_id: str | None = None
    designation: str | None = None
    clause: str | None = None
    page: int | None = None


class ControlResult(WireModel):
    """How one control question did in one evaluation."""

    question_id: str
    question: str
    ok: bool
    rank: int | None = None
    ndcg: float
    was_ok: bool | None = None


class EvaluationAnswer(WireModel):
    """One evaluation of all control questions; measures at 10, ``ndcg`` null when there were none."""

    id: str
    created_at: str
    job_id: str | None = None
    questions: int
    ndcg: float | None = None
    recall: float | None = None
    results: list[ControlResult] = Field(default_factory=list)
