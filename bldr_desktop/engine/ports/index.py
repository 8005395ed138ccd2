# SPDX-License-Identifier: MIT
"""The vector index: derived from the store, rebuilt from it when it cannot be opened."""

import hashlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bldr_desktop.engine.ports.domain import Chunk
from bldr_desktop.engine.ports.weighed import TERM_CODE, Weighed, unpack


class IndexUnreadable(Exception):
    """The index on disk could not be opened and was set aside; opening again makes an empty one, which
    the engine then fills from the store. Nothing is lost: the store is the truth.

    Args:
        set_aside: Where the unreadable files are now.
        reason: What the library said.
    """

    def __init__(self, set_aside: Path | None, reason: str) -> None:
        super().__init__(f"The search index could not be opened ({reason}).")
        self.set_aside = set_aside
        self.reason = reason


class IndexBusy(Exception):
    """Another process holds the index open."""


@dataclass(slots=True)
class IndexPoint:
    """One chunk for the index. ``id`` is a stable 63-bit integer or UUID text made from the
    document's id and the chunk's ordinal; ``text`` is what is shown, ``context`` (designation, title,
    clause path) is searched with it at a weight of its own."""

    id: int | str
    document_id: str
    ordinal: int
    text: str
    fields: dict[str, str | int | list[str] | None] = field(default_factory=dict)
    vector: Sequence[float] | None = None
    context: str = ""
    weighed: Weighed | None = None
    """Made where the text was read; None leaves it to the index."""


def point_id(document_id: str, ordinal: int) -> int:
    """The stable 63-bit id of a chunk's point: the same chunk written twice replaces itself."""
    digest = hashlib.blake2b(f"{document_id}:{ordinal}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def points_of(
    document_id: str,
    chunks: Sequence[Chunk],
    vectors: Sequence[Sequence[float]] | None = None,
    weighed: str | None = None,
) -> list[IndexPoint]:
    """The index points of a document's chunks; every writer of the index goes through here.

    Args:
        document_id: The document.
        chunks: Its chunks.
        vectors: One a chunk where a vector leg is on.
        weighed: Their terms and weights, where they came with them.
    """
    weights = unpack(weighed, len(chunks))
    return [
        IndexPoint(
            id=point_id(document_id, chunk.ordinal),
            document_id=document_id,
            ordinal=chunk.ordinal,
            text=chunk.text,
            context=chunk.context,
            vector=vectors[position] if vectors is not None else None,
            weighed=weights[position] if weights is not None else None,
        )
        for position, chunk in enumerate(chunks)
    ]


@dataclass(slots=True)
class IndexFilter:
    """Which points may answer; None means any. Values of one field are OR, fields are AND."""

    document_ids: Sequence[str] | None = None
    exclude_document_ids: Sequence[str] | None = None
    must: dict[str, Sequence[str]] = field(default_factory=dict)


@dataclass(slots=True)
class IndexHit:
    """A point found; the score's scale is the leg's own. ``terms`` are those of the point in order,
    as the analysis made them, for a closer look without the text; the first ``context_terms`` of
    them are the context's."""

    id: int | str
    document_id: str
    ordinal: int
    score: float
    terms: "array[int]" = field(default_factory=lambda: array(TERM_CODE))
    context_terms: int = 0


class VectorIndex(Protocol):
    """Synchronous and thread-safe: one writer at a time, searches beside it."""

    def start(self) -> None:
        """Begin opening in the background where that takes a while; otherwise nothing."""
        ...

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

    def term_idf(self, terms: Sequence[int]) -> dict[int, float]:
        """Inverse document frequency of terms of the analysis; absent ones occur nowhere. May be a
        little behind the newest writes."""
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
