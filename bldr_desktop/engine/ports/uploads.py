# SPDX-License-Identifier: MIT
"""What the engine remembers of uploads on their way, and of files it was told about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bldr_desktop.protocol.base import DocumentState


@dataclass(slots=True)
class Upload:
    """One tus upload. ``offset`` never exceeds the bytes that were fsynced; times are RFC 3339."""

    id: str
    owner: str
    length: int
    offset: int
    created_at: str
    expires_at: str
    sha256: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    finished_at: str | None = None
    document_id: str | None = None


@dataclass(slots=True)
class KnownFile:
    """A document as reconciliation needs it. ``path_key`` is the identity of a file that may change."""

    document_id: str
    sha256: str
    name: str
    path_key: str | None
    state: DocumentState
    chunks: int
    pages: int = 0
    characters: int = 0
    times_found: int = 0
    reason: str | None = None
    reason_code: str | None = None


class UploadStore(Protocol):
    """Synchronous and thread-safe; each call is one transaction, committed before it returns."""

    def create(self, upload: Upload) -> None:
        """Remember a new upload."""
        ...

    def get(self, upload_id: str) -> Upload | None:
        """One upload, finished ones too while they are kept."""
        ...

    def set_offset(self, upload_id: str, offset: int, expires_at: str) -> None:
        """Record how many bytes are safe on disk; call after fsync, never before."""
        ...

    def seal(self, upload_id: str, sha256: str) -> None:
        """All bytes are safe on disk and have this hash; only the move to their place is left."""
        ...

    def finish(self, upload_id: str, document_id: str, finished_at: str) -> None:
        """The bytes are at their place and the document is recorded."""
        ...

    def delete(self, upload_id: str) -> None:
        """Forget an upload; absent is fine."""
        ...

    def expired(self, now: str) -> list[Upload]:
        """Uploads whose time is over, finished or not."""
        ...

    def unfinished(self) -> list[Upload]:
        """Uploads that still wait for bytes."""
        ...

    def add_blobs(self, stored: Sequence[tuple[str, int]], created_at: str) -> None:
        """Record stored bytes: (sha256, size); known ones are left as they are."""
        ...

    def known_under(self, path_key_prefix: str) -> list[KnownFile]:
        """Documents, deleted ones not, whose ``path_key`` begins with the prefix."""
        ...

    def known_by_hash(self, digests: Sequence[str]) -> dict[str, KnownFile]:
        """Documents, deleted ones not, by content hash; trained ones win over others."""
        ...
