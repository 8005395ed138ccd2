# SPDX-License-Identifier: MIT
"""Bytes under their hash."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol


class BlobStore(Protocol):
    """Files stored by SHA-256; whole or absent, never half."""

    def path(self, sha256: str) -> Path | None:
        """The file's place on this machine (fetched first, where bytes are kept elsewhere), or None when
        nobody has it."""
        ...

    def has(self, sha256: str) -> bool:
        """Whether the bytes are kept, on this machine or where they are fetched from."""
        ...

    def names(self) -> Iterator[str]:
        """The SHA-256 of everything that is kept; for backups."""
        ...

    def incoming(self) -> Path:
        """A folder on the same file system for bytes on their way in."""
        ...

    def adopt(self, temporary: Path, sha256: str) -> Path:
        """Move a finished, fsynced file from ``incoming()`` to its place (atomic; fsyncs the folder).

        Raises:
            OSError: The disk is full or cannot be written.
        """
        ...

    def adopt_many(self, files: Sequence[tuple[Path, str]]) -> list[Path]:
        """Like ``adopt`` for many; each folder is fsynced once."""
        ...

    def put_many(self, small: Sequence[tuple[str, bytes]]) -> None:
        """Store small contents, (SHA-256, bytes) each; durable when it returns.

        Raises:
            OSError: The disk is full or cannot be written.
        """
        ...

    def settle(self, *, only_above: int = 0) -> None:
        """Tidy up behind ``put_many`` once more than ``only_above`` bytes are waiting for it."""
        ...

    def remove(self, sha256: str) -> None:
        """Delete the bytes; absent is fine."""
        ...

    def free_bytes(self) -> int:
        """Free space of the disk."""
        ...
