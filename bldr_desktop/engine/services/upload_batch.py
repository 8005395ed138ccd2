# SPDX-License-Identifier: MIT
"""Many small files in one request: a tar stream, each entry with its SHA-256 in a pax header."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.tar_stream import NotATar, TarEntry, read_tar
from bldr_desktop.engine.services.upload_names import identity
from bldr_desktop.engine.services.upload_register import Arrived, UploadRegister
from bldr_desktop.engine.services.upload_writer import disk_error
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.files import PAX_ROOT, PAX_SHA256, BatchAnswer, BatchEntryAnswer

MAX_BATCH = 16 << 20
MAX_ENTRIES = 4096


@dataclass(slots=True)
class _Entry:
    answer: BatchEntryAnswer
    arrived: Arrived | None = None


class BatchReceiver:
    """Takes ``POST /files/batch``: every entry succeeds or fails alone, all share one commit."""

    def __init__(self, blobs: BlobStore, register: UploadRegister) -> None:
        self._blobs = blobs
        self._register = register

    async def receive(self, owner: str, chunks: AsyncIterator[bytes]) -> BatchAnswer:
        """Store the entries of one tar stream.

        Raises:
            EngineError: 400 not a tar, 413 more than 64 MiB or 4,096 entries, 507 disk full (then
                nothing of the batch is recorded).
        """
        body = bytearray()
        async for chunk in chunks:
            body += chunk
            if len(body) > MAX_BATCH:
                sentence = f"A batch may have {MAX_BATCH >> 20} MiB; send less at a time."
                raise EngineError(413, ErrorCode.TOO_LARGE, sentence)
        try:
            entries = await asyncio.to_thread(self._unpack, body, owner)
        except NotATar as error:
            sentence = f"The batch is not a tar stream: {error}."
            raise EngineError(400, ErrorCode.BAD_REQUEST, sentence) from error
        except OSError as error:
            raise disk_error(error) from error
        documents = iter(await self._register.add_many([entry.arrived for entry in entries if entry.arrived]))
        for entry in entries:
            if entry.arrived:
                entry.answer.document_id = next(documents).id
        return BatchAnswer(items=[entry.answer for entry in entries])

    def _unpack(self, body: bytearray, owner: str) -> list[_Entry]:
        entries: list[_Entry] = []
        for entry in read_tar(memoryview(body)):
            if len(entries) >= MAX_ENTRIES:
                raise EngineError(413, ErrorCode.TOO_LARGE, f"A batch may have {MAX_ENTRIES} files.")
            entries.append(self._entry(entry, owner))
        self._store([entry.arrived for entry in entries if entry.arrived])
        return entries

    def _store(self, arrived: list[Arrived]) -> None:
        """Bytes to the disk here, in the request's own thread, while the register commits an earlier one."""
        self._blobs.put_many([(item.sha256, item.data) for item in arrived if item.data is not None])
        for item in arrived:
            item.data = None

    def _entry(self, entry: TarEntry, owner: str) -> _Entry:
        actual = hashlib.sha256(entry.data).hexdigest()
        answer = BatchEntryAnswer(name=entry.name, sha256=actual, size=len(entry.data), ok=True)
        if entry.pax.get(PAX_SHA256) != actual:
            answer.ok = False
            answer.code = ErrorCode.CHECKSUM_MISMATCH
            answer.error = "The bytes are not the ones announced: the file changed while it was sent."
            return _Entry(answer)
        metadata = {"relativePath": entry.name, "root": entry.pax.get(PAX_ROOT, "")}
        arrived = Arrived(actual, len(entry.data), owner, identity(owner, metadata))
        if not self._blobs.has(actual):
            arrived.data = entry.data
        return _Entry(answer, arrived)
