# SPDX-License-Identifier: MIT
"""The store of documents, their text, clauses and chunks: the truth that the index is derived from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bldr_desktop.engine.ports.domain import Chunk, Clause, Parsed, ParseFailure
from bldr_desktop.protocol.base import DocumentState, EditionStatus
from bldr_desktop.protocol.documents import Document, PageText


@dataclass(slots=True)
class NewDocument:
    """A file that became known. ``path_key`` is the identity of a file that may change: two contents
    with the same key are an older and a newer state of one file."""

    sha256: str
    name: str
    size: int
    owner: str | None
    path: str | None = None
    path_key: str | None = None
    stored: bool = False
    state: DocumentState = DocumentState.UPLOADED
    """Of a document that was not there before."""


@dataclass(slots=True)
class DocumentQuery:
    """A page of the documents table. ``page`` from 1. Deleted ones only when asked by state.

    ``defines``: only documents that define terms."""

    page: int = 1
    limit: int = 50
    search: str | None = None
    sort: str = "added_at"
    descending: bool = True
    state: DocumentState | None = None
    category: str | None = None
    edition: EditionStatus | None = None
    kind: str | None = None
    owner: str | None = None
    folder: str | None = None
    defines: bool = False


@dataclass(slots=True)
class ClauseHit:
    """A clause found by the locator, with the document it stands in."""

    document: Document
    clause: Clause


@dataclass(slots=True)
class DocumentBrief:
    """What search needs of a document, kept in memory by the searcher (refreshed by ``version``)."""

    id: str
    name: str
    path: str | None
    kind: str
    category: str | None
    designation: str | None
    designation_key: str | None
    base_key: str | None
    title: str | None
    edition_year: int | None
    edition_status: EditionStatus | None
    page_count: int
    searchable: bool
    chunk_count: int = 0


@dataclass(slots=True)
class Totals:
    """Counts over the whole store."""

    documents: int = 0
    searchable: int = 0
    chunks: int = 0
    characters: int = 0
    entities: int = 0
    by_state: dict[str, int] = field(default_factory=dict)
    by_edition: dict[str, int] = field(default_factory=dict)


class DocumentStore(Protocol):
    """Synchronous and thread-safe; each call is one transaction."""

    def add(self, new: NewDocument) -> Document:
        """Record a file; the same bytes give the document that is there already."""
        ...

    def add_many(self, new: Sequence[NewDocument]) -> list[Document]:
        """Like ``add`` for many, in their order, in one transaction."""
        ...

    def get(self, document_id: str) -> Document | None:
        """One document, deleted ones too."""
        ...

    def by_sha256(self, digests: Sequence[str]) -> dict[str, Document]:
        """Documents that are not deleted, by content hash."""
        ...

    def find(self, query: DocumentQuery) -> tuple[list[Document], int]:
        """A page of documents and the total."""
        ...

    def briefs(self, only_searchable: bool = True) -> list[DocumentBrief]:
        """All documents as search sees them."""
        ...

    def version(self) -> int:
        """Grows with every change that search must see."""
        ...

    def set_state(
        self, document_id: str, state: DocumentState, reason: str | None = None, code: str | None = None
    ) -> Document | None:
        """Change a state with its reason."""
        ...

    def begin_reading(self, document_ids: Sequence[str]) -> list[Document]:
        """Set documents that are not searchable to *processing*, without a reason."""
        ...

    def save_parsed(self, document_id: str, parsed: Parsed) -> None:
        """Write text, structure and chunks (replacing what was there), state stays *processing*."""
        ...

    def save_failure(self, document_id: str, failure: ParseFailure) -> Document | None:
        """Write why a document gave nothing: state *failed*, or *empty* for codes without text."""
        ...

    def mark_trained(self, document_ids: Sequence[str]) -> list[Document]:
        """After the index was flushed: state *trained* (or *empty* with 0 chunks), editions
        recomputed, older states of the same ``path_key`` retired; all in one transaction."""
        ...

    def retired_documents(self) -> Sequence[str]:
        """Deleted, replaced or disabled documents whose points may still be in the index."""
        ...

    def forget_retired(self, document_ids: Sequence[str]) -> None:
        """Their points are gone from the index."""
        ...

    def chunks(self, document_id: str, offset: int = 0, limit: int | None = None) -> list[Chunk]:
        """Chunks in order."""
        ...

    def chunks_of(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Chunk]:
        """Chunks by (document id, ordinal)."""
        ...

    def chunk_at(self, document_id: str, page: int, char_start: int) -> Chunk | None:
        """The chunk that holds a character of a page: the last one that begins there or before."""
        ...

    def all_chunks(self) -> Iterator[tuple[str, list[Chunk]]]:
        """Everything searchable, document by document, for a rebuild."""
        ...

    def pages(self, document_id: str, number: int | None = None) -> list[PageText]:
        """Page texts, all or one."""
        ...

    def clauses(self, document_id: str) -> list[Clause]:
        """The clause tree in reading order."""
        ...

    def find_clause(self, document_ids: Sequence[str], key: str) -> list[ClauseHit]:
        """Clauses whose key equals ``key`` in any of the documents."""
        ...

    def terms_like(self, folded_prefix: str, limit: int) -> list[tuple[str, str, int, int]]:
        """Defined terms by prefix: (term, document id, page, char_start)."""
        ...

    def count_found(self, document_ids: Sequence[str]) -> None:
        """Add one to *times found* of each."""
        ...

    def totals(self) -> Totals:
        """Counts over everything."""
        ...

    def delete(self, document_id: str) -> bool:
        """Soft delete; False when there is none."""
        ...

    def restore(self, document_id: str) -> Document | None:
        """Undo a soft delete."""
        ...

    def purge(self, older_than: str) -> list[Document]:
        """Delete for good what was soft-deleted before; returns them, so that bytes can go too."""
        ...


SortOrder = Literal["asc", "desc"]
