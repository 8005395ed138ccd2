# SPDX-License-Identifier: MIT
"""Plain types that travel between extraction, store, index and search. All are picklable and JSON-able.

Offsets: ``char_start``/``char_end`` always count characters of the text of one page
(:class:`ExtractedPage`), the page on which a thing begins. For PDF these are pdfium's own character
indices, so that boxes can be asked for them.
"""

from dataclasses import dataclass, field
from typing import Literal

from bldr_desktop.protocol.errors import ErrorCode

ChunkKind = Literal["text", "table", "sheet", "title", "definition"]


@dataclass(slots=True)
class ExtractedPage:
    """One page (PDF, image), sheet (XLSX: ``label`` is its name) or the whole of a flowing text.

    ``number`` counts from 1. ``rows`` is set for sheets only: cells from A1, as shown.
    ``tables`` are [start, end) ranges of ``text`` that are tables.
    """

    number: int
    text: str
    label: str | None = None
    rows: list[list[str]] | None = None
    tables: list[tuple[int, int]] = field(default_factory=list)
    headings: list[tuple[int, int, int]] = field(default_factory=list)
    """(char_start, char_end, level) of headings known from the format itself (DOCX, HTML, MD)."""


@dataclass(slots=True)
class Extracted:
    """What a reader got out of a file. ``kind``: pdf docx xlsx xls doc pptx rtf odt ods html md txt csv
    xml eml image dxf. ``reader`` names the library. ``paged``: pages can be drawn as images."""

    kind: str
    mime: str
    reader: str
    pages: list[ExtractedPage]
    paged: bool = False
    language: str | None = None
    encoding: str | None = None
    title_hint: str | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def characters(self) -> int:
        """Characters of all pages."""
        return sum(len(page.text) for page in self.pages)


@dataclass(slots=True)
class Clause:
    """A numbered place of a norm: ``number`` «8.1.3», «А.2» (appendix), «табл. 4»; ``key`` is its
    normal form for lookup (lower case, Latin look-alikes folded to Cyrillic, no spaces)."""

    number: str
    key: str
    title: str
    level: int
    page: int
    char_start: int
    char_end: int
    page_end: int
    kind: Literal["section", "clause", "table", "figure", "appendix", "formula"] = "clause"
    parent: int | None = None
    """Index of the parent in the list, or None."""


@dataclass(slots=True)
class Structure:
    """What a document is. ``designation`` as printed («СП 63.13330.2018»); ``designation_key`` its
    normal form («сп63.13330.2018»); ``base_key`` without the edition year («сп63.13330»)."""

    designation: str | None = None
    designation_key: str | None = None
    base_key: str | None = None
    family: str | None = None
    title: str | None = None
    edition_year: int | None = None
    issue_date: str | None = None
    category: str | None = None
    replaces: list[str] = field(default_factory=list)
    replaced_by: list[str] = field(default_factory=list)
    mentioned: list[str] = field(default_factory=list)
    """Designation keys of other norms named in the text."""
    clauses: list[Clause] = field(default_factory=list)
    terms: list[tuple[str, int, int]] = field(default_factory=list)
    """(term, page, char_start) of defined terms."""


@dataclass(slots=True)
class Chunk:
    """A piece of text as it is indexed. ``text`` is what a person is shown; ``context`` (designation,
    title, clause path) is indexed with it. ``page_end`` equals ``page`` unless a border was crossed
    by need; then ``char_end`` counts on ``page_end``."""

    ordinal: int
    text: str
    context: str
    kind: ChunkKind
    page: int
    page_end: int
    char_start: int
    char_end: int
    clause: str | None = None
    clause_key: str | None = None
    clause_path: str | None = None
    sheet: str | None = None
    cell_range: str | None = None


@dataclass(slots=True)
class Parsed:
    """Everything a worker makes of one file."""

    extracted: Extracted
    structure: Structure
    chunks: list[Chunk]
    seconds: dict[str, float] = field(default_factory=dict)
    """Wall seconds by stage: identify, extract, structure, chunk."""
    weighed: str | None = None
    """The chunks' terms and weights (:mod:`~bldr_desktop.engine.ports.weighed`) where they were made."""


@dataclass(slots=True)
class ParseFailure:
    """Why a file gave nothing: a stable code, a sentence in English for logs and details, whether
    trying again can help (a lost worker, a lock)."""

    code: ErrorCode
    sentence: str
    details: str = ""
    transient: bool = False
    kind: str | None = None


@dataclass(slots=True)
class ParseLimits:
    """Limits on one file: wall and CPU seconds, address space and file size in bytes, pixels."""

    wall_seconds: float = 60.0
    cpu_seconds: float = 60.0
    memory_bytes: int = 2 << 30
    file_bytes: int = 4 << 30
    pixels: int = 120_000_000
    ocr: bool = True
