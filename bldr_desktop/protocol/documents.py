# SPDX-License-Identifier: MIT
"""Documents, their pages, clauses and chunks."""

from typing import Any, Literal

from pydantic import Field

from bldr_desktop.protocol.base import DocumentState, EditionStatus, WireModel


class Document(WireModel):
    """One document of the collection; sizes in bytes, times RFC 3339."""

    id: str
    name: str
    path: str | None = None
    sha256: str
    size: int
    kind: str = ""
    state: DocumentState
    reason: str | None = None
    reason_code: str | None = None
    warnings: list[str] = Field(default_factory=list)
    reader: str | None = None
    language: str | None = None
    pages: int = 0
    characters: int = 0
    chunks: int = 0
    designation: str | None = None
    title: str | None = None
    category: str | None = None
    edition_year: int | None = None
    edition_status: EditionStatus | None = None
    replaced_by: str | None = None
    issue_date: str | None = None
    added_at: str
    trained_at: str | None = None
    owner: str | None = None
    times_found: int = 0
    paged: bool = False
    """True when pages can be shown as images (PDF, images)."""


class Pagination(WireModel):
    """Where a page of a listing stands."""

    page: int
    limit: int
    total: int
    pages: int


class DocumentList(WireModel):
    """Answer of ``GET /documents?page&limit&search&sort&order&state&category&edition&kind&owner&folder``."""

    data: list[Document]
    pagination: Pagination


class Norm(WireModel):
    """One row of ``GET /norms-list``."""

    id: str
    name: str
    category: str = ""
    type: str = ""
    status: str = ""
    issue_date: str | None = None
    check_date: str | None = None
    source: str = ""
    link: str | None = None
    description: str = ""
    violations_count: int = 0


class NormsList(WireModel):
    """Answer of ``GET /norms-list``."""

    data: list[Norm]
    pagination: Pagination


class ChunkView(WireModel):
    """One chunk of a document as indexed."""

    id: str
    ordinal: int
    text: str
    kind: str = "text"
    page: int | None = None
    clause: str | None = None
    clause_path: str | None = None
    sheet: str | None = None
    cell_range: str | None = None
    char_start: int | None = None
    char_end: int | None = None


class ChunkList(WireModel):
    """Answer of ``GET /documents/{id}/chunks?page&limit``."""

    data: list[ChunkView]
    pagination: Pagination


class OutlineEntry(WireModel):
    """One clause of a document's tree, flat with its depth."""

    clause: str
    title: str
    level: int
    page: int
    char_start: int = 0


class Outline(WireModel):
    """Answer of ``GET /documents/{id}/outline``."""

    entries: list[OutlineEntry]


class PageText(WireModel):
    """The extracted text of one page or sheet. ``rows`` for sheets: cells by row, from A1."""

    number: int
    label: str | None = None
    text: str
    rows: list[list[str]] | None = None


class DocumentText(WireModel):
    """Answer of ``GET /documents/{id}/text?page=`` (one page) or of all its pages."""

    document_id: str
    pages: list[PageText]


class FindHit(WireModel):
    """One place of a word inside a document."""

    page: int
    char_start: int
    char_end: int
    excerpt: str


class FindAnswer(WireModel):
    """Answer of ``GET /documents/{id}/find?q=``."""

    hits: list[FindHit]
    total: int


class Box(WireModel):
    """A rectangle on a page, in PDF points from the top left corner."""

    x: float
    y: float
    width: float
    height: float


class PageBoxes(WireModel):
    """Answer of ``GET /documents/{id}/pages/{n}/boxes?start=&end=``; page size in points."""

    page: int
    page_width: float
    page_height: float
    boxes: list[Box]


class Facet(WireModel):
    """One value and how many documents have it."""

    value: str
    count: int


class DocumentFacets(WireModel):
    """Answer of ``GET /api/rag/facets``: what filters can choose from, the most frequent first.

    ``states`` and ``editions`` count all documents that are not deleted (and ``deleted`` apart),
    the others those that can be searched.
    """

    states: list[Facet] = Field(default_factory=list)
    editions: list[Facet] = Field(default_factory=list)
    categories: list[Facet] = Field(default_factory=list)
    kinds: list[Facet] = Field(default_factory=list)
    folders: list[Facet] = Field(default_factory=list)


class BulkDocumentsRequest(WireModel):
    """Body of ``POST /documents/bulk``."""

    action: Literal["retrain", "disable", "enable", "delete", "restore"]
    ids: list[str] = Field(max_length=10_000)


class BulkItemAnswer(WireModel):
    """What became of one of a bulk action's ids."""

    id: str
    ok: bool
    error: str | None = None


class BulkAnswer(WireModel):
    """Answer of ``POST /documents/bulk`` and ``POST /queue/bulk``."""

    action: str
    done: int
    items: list[BulkItemAnswer]
    job_id: str | None = None


class AnyAnswer(WireModel):
    """``{"success", "message"}``: the field's answer to a command."""

    success: bool
    message: str
    data: dict[str, Any] | None = None
