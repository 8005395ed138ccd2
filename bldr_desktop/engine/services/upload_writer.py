# SPDX-License-Identifier: MIT
"""Bytes of one request on their way to disk: written and hashed in one thread, synced in another."""

import asyncio
import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.protocol.errors import ErrorCode

PIECE = 1 << 20
SYNC_EVERY = 32 << 20
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Hasher(Protocol):
    """What of hashlib's objects is used here."""

    def update(self, data: bytes, /) -> None:
        """Take in more."""

    def hexdigest(self) -> str:
        """The digest so far."""
        ...

    def digest(self) -> bytes:
        """The digest so far, as bytes."""
        ...

    def copy(self) -> "Hasher":
        """An independent copy."""
        ...


def disk_error(error: OSError) -> EngineError:
    """An :class:`EngineError` for a write that failed: 507 when the disk is full."""
    if error.errno in _FULL:
        return EngineError(
            507,
            ErrorCode.DISK_FULL,
            "The engine's disk is full. Free some space, then resume: nothing is lost.",
        )
    return EngineError(
        500, ErrorCode.INTERNAL, f"The engine could not write to its disk: {error.strerror or error}"
    )


def hash_prefix(path: Path, length: int) -> Hasher:
    """SHA-256 of the first ``length`` bytes of a file; call in a thread.

    Raises:
        OSError: Fewer bytes are there, or they cannot be read.
    """
    digest = hashlib.sha256()
    left = length
    with path.open("rb", buffering=0) as stream:
        while left:
            piece = stream.read(min(left, PIECE))
            if not piece:
                raise OSError(errno.EIO, "the stored part is shorter than recorded")
            digest.update(piece)
            left -= len(piece)
    return digest


class PartWriter:
    """Appends to a part file. Memory: at most two pieces; disk: synced behind every 32 MiB.

    Args:
        path: The part file; cut to ``offset`` first.
        offset: Where to go on, as recorded.
        digest: SHA-256 of everything before ``offset``; goes on with what is written.
        on_safe: Called in a thread with an offset below which all bytes are fsynced. None: nothing
            may be recorded before the end (a checksum must be checked first).
    """

    def __init__(
        self, path: Path, offset: int, digest: Hasher, on_safe: Callable[[int], None] | None
    ) -> None:
        self.offset = offset
        self._safe = offset
        self._digest = digest
        self._on_safe = on_safe
        self._pieces: list[bytes] = []
        self._gathered = 0
        self._writing: asyncio.Future[None] | None = None
        self._syncing: asyncio.Future[None] | None = None
        flags = os.O_CREAT | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        self._handle = os.open(path, flags, 0o600)
        try:
            os.ftruncate(self._handle, offset)
            os.lseek(self._handle, offset, os.SEEK_SET)
        except BaseException:
            os.close(self._handle)
            raise

    # Threads are shielded from a cancelled caller: ``close`` must find them to wait for them.

    async def feed(self, data: bytes) -> None:
        """Take bytes; waits while the disk is behind.

        Raises:
            OSError: The disk is full or fails.
        """
        self._pieces.append(data)
        self._gathered += len(data)
        if self._gathered >= PIECE:
            await self._submit()

    async def flush(self) -> int:
        """Everything fed is written and synced; returns the offset."""
        await self._submit()
        if self._writing:
            await asyncio.shield(self._writing)
        if self._syncing:
            await asyncio.shield(self._syncing)
        if self._safe < self.offset:
            await asyncio.to_thread(self._sync, self.offset)
        return self.offset

    async def close(self) -> None:
        """Wait for threads that use the file, then close it; never raises."""
        for future in (self._writing, self._syncing):
            if future is not None:
                await asyncio.wait({future})
                if not future.cancelled():
                    future.exception()
        os.close(self._handle)

    def cut(self, offset: int) -> None:
        """Throw away what was written beyond ``offset``."""
        os.ftruncate(self._handle, offset)
        self.offset = offset

    async def _submit(self) -> None:
        if self._writing is not None:
            await asyncio.shield(self._writing)
            self._writing = None
        if not self._pieces:
            return
        pieces, self._pieces, self._gathered = self._pieces, [], 0
        loop = asyncio.get_running_loop()
        self._writing = loop.run_in_executor(None, self._write, pieces)
        if self._on_safe is None or self.offset - self._safe < SYNC_EVERY:
            return
        if self._syncing is not None and not self._syncing.done():
            return
        if self._syncing is not None:
            self._syncing.result()
        self._syncing = loop.run_in_executor(None, self._sync, self.offset)

    def _write(self, pieces: list[bytes]) -> None:
        data = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        view = memoryview(data)
        while view:
            written = os.write(self._handle, view)
            self._digest.update(view[:written])  # type: ignore[arg-type]
            self.offset += written
            view = view[written:]

    def _sync(self, offset: int) -> None:
        getattr(os, "fdatasync", os.fsync)(self._handle)
        self._safe = offset
        if self._on_safe is not None:
            self._on_safe(offset)
