# SPDX-License-Identifier: MIT
"""The vector index: derived from the store, rebuilt from it when it cannot be opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(slots=True)
class IndexPoint:
    """One chunk for the index. ``id`` is a stable 63-bit integer or UUID text made from the
    document's id and the chunk's ordinal; ``text`` is context and text as they shall be tokenised."""

    id: int | str
    document_id: str
    ordinal: int
    text: str
    fields: dict[str, str | int | list[str] | None] = field(default_factory=dict)
    vector: Sequence[float] | None = None


@dataclass(slots=True)
class IndexFilter:
    """Which points may answer; None means any. Values of one field are OR, fields are AND."""

    document_ids: Sequence[str] | None = None
    exclude_document_ids: Sequence[str] | None = None
    must: dict[str, Sequence[str]] = field(default_factory=dict)


@dataclass(slots=True)
class IndexHit:
    """A point found; the score's scale is the leg's own."""

    id: int | str
    document_id: str
    ordinal: int
    score: float


class VectorIndex(Protocol):
    """Synchronous and thread-safe: one writer at a time, searches beside it."""

    def upsert(self, points: Iterable[IndexPoint]) -> int:
        """Add or replace points; durable after ``flush``. Returns how many."""
        ...

    def delete_documents(self, document_ids: Sequence[str]) -> None:
        """Take all points of documents away."""
        ...

    def search_text(self, query: str, limit: int, where: IndexFilter | None = None) -> list[IndexHit]:
        """BM25 with stemming (Russian and English), OR semantics, best first."""
        ...

    def search_vector(
        self, vector: Sequence[float], limit: int, where: IndexFilter | None = None
    ) -> list[IndexHit]:
        """Nearest neighbours by cosine; empty when no vectors are kept."""
        ...

    def flush(self) -> None:
        """Make all writes so far survive kill -9. Only after this may a file be called trained."""
        ...

    def count(self) -> int:
        """Points searchable now."""
        ...

    def document_counts(self, document_ids: Sequence[str]) -> dict[str, int]:
        """Points by document, for verification."""
        ...

    def size_bytes(self) -> int:
        """Bytes on disk."""
        ...

    def optimize_if_worth_it(self) -> bool:
        """Optimise in a child process where it pays (above about 50,000 points); True if it ran."""
        ...

    def clear(self) -> None:
        """Forget everything."""
        ...

    def close(self) -> None:
        """Flush and let go of the files."""
        ...
