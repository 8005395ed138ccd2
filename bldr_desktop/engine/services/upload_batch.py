# SPDX-License-Identifier: MIT
"""Many small files in one request: a tar stream, each entry with its SHA-256 in a pax header."""

import asyncio
import hashlib
import os
import tarfile
import uuid
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.upload_names import identity
from bldr_desktop.engine.services.upload_register import Arrived, UploadRegister
from bldr_desktop.engine.services.upload_writer import disk_error
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.files import PAX_ROOT, PAX_SHA256, BatchAnswer, BatchEntryAnswer

MAX_BATCH = 64 << 20
MAX_ENTRIES = 4096
_IN_MEMORY = 8 << 20
_SYNC_THREADS = 4


@dataclass(slots=True)
class _Entry:
    answer: BatchEntryAnswer
    arrived: Arrived | None = None


class BatchReceiver:
    """Takes ``POST /files/batch``: every entry succeeds or fails alone, all share one commit."""

    def __init__(self, blobs: BlobStore, register: UploadRegister) -> None:
        self._blobs = blobs
        self._register = register
        self._sync = ThreadPoolExecutor(_SYNC_THREADS, thread_name_prefix="batch-sync")

    def close(self) -> None:
        """End the threads."""
        self._sync.shutdown(wait=True)

    async def receive(self, owner: str, chunks: AsyncIterator[bytes]) -> BatchAnswer:
        """Store the entries of one tar stream.

        Raises:
            EngineError: 400 not a tar, 413 more than 64 MiB or 4,096 entries, 507 disk full (then
                nothing of the batch is recorded).
        """
        with SpooledTemporaryFile[bytes](max_size=_IN_MEMORY, dir=str(self._blobs.incoming())) as spool:
            size = 0
            async for chunk in chunks:
                size += len(chunk)
                if size > MAX_BATCH:
                    raise EngineError(
                        413,
                        ErrorCode.TOO_LARGE,
                        f"A batch may have {MAX_BATCH >> 20} MiB; send less at a time.",
                    )
                spool.write(chunk)
            spool.seek(0)
            entries: list[_Entry] = []
            try:
                await asyncio.to_thread(self._unpack, spool, owner, entries)
                arrived = [entry.arrived for entry in entries if entry.arrived]
                documents = iter(await self._register.add_many(arrived))
                for entry in entries:
                    if entry.arrived:
                        entry.answer.document_id = next(documents).id
            except tarfile.TarError as error:
                raise EngineError(
                    400, ErrorCode.BAD_REQUEST, f"The batch is not a tar stream: {error}"
                ) from error
            except OSError as error:
                raise disk_error(error) from error
            finally:
                await asyncio.to_thread(_remove_left_over, entries)
        return BatchAnswer(items=[entry.answer for entry in entries])

    def _unpack(
        self, spool: "IO[bytes] | SpooledTemporaryFile[bytes]", owner: str, entries: list[_Entry]
    ) -> None:
        syncs = []
        for member, data in _members(spool):
            entry = self._entry(member, data, owner)
            entries.append(entry)
            if entry.arrived and entry.arrived.temporary:
                syncs.append(self._sync.submit(_write_synced, entry.arrived.temporary, data))
        for sync in syncs:
            sync.result()

    def _entry(self, member: tarfile.TarInfo, data: bytes, owner: str) -> _Entry:
        actual = hashlib.sha256(data).hexdigest()
        answer = BatchEntryAnswer(name=member.name, sha256=actual, size=len(data), ok=True)
        told = member.pax_headers.get(PAX_SHA256)
        if told != actual:
            answer.ok = False
            answer.code = ErrorCode.CHECKSUM_MISMATCH
            answer.error = "The bytes are not the ones announced: the file changed while it was sent."
            return _Entry(answer)
        metadata = {"relativePath": member.name, "root": member.pax_headers.get(PAX_ROOT, "")}
        known = self._blobs.path(actual)
        temporary = None if known else self._blobs.incoming() / f"{uuid.uuid4()}.part"
        return _Entry(answer, Arrived(actual, len(data), owner, identity(owner, metadata), temporary))


def _members(spool: "IO[bytes] | SpooledTemporaryFile[bytes]") -> Iterator[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(fileobj=spool, mode="r:") as archive:
        for count, member in enumerate(archive):
            if count >= MAX_ENTRIES:
                raise EngineError(413, ErrorCode.TOO_LARGE, f"A batch may have {MAX_ENTRIES} files.")
            stream = archive.extractfile(member) if member.isreg() else None
            if stream is None:
                raise EngineError(400, ErrorCode.BAD_REQUEST, "A batch may hold regular files only.")
            yield member, stream.read()


def _write_synced(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        getattr(os, "fdatasync", os.fsync)(handle)
    finally:
        os.close(handle)


def _remove_left_over(entries: list[_Entry]) -> None:
    for entry in entries:
        if entry.arrived and entry.arrived.temporary:
            entry.arrived.temporary.unlink(missing_ok=True)
