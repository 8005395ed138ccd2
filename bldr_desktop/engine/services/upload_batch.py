# SPDX-License-Identifier: MIT
"""Many small files in one request: a tar stream, each entry with its SHA-256 in a pax header."""

import asyncio
import hashlib
import tarfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

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
            try:
                entries = await asyncio.to_thread(self._unpack, spool, owner)
            except tarfile.TarError as error:
                sentence = f"The batch is not a tar stream: {error}"
                raise EngineError(400, ErrorCode.BAD_REQUEST, sentence) from error
            except OSError as error:
                raise disk_error(error) from error
        documents = iter(await self._register.add_many([entry.arrived for entry in entries if entry.arrived]))
        for entry in entries:
            if entry.arrived:
                entry.answer.document_id = next(documents).id
        return BatchAnswer(items=[entry.answer for entry in entries])

    def _unpack(self, spool: "SpooledTemporaryFile[bytes]", owner: str) -> list[_Entry]:
        return [self._entry(member, data, owner) for member, data in _members(spool)]

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
        arrived = Arrived(actual, len(data), owner, identity(owner, metadata))
        if self._blobs.path(actual) is None:
            arrived.data = data
        return _Entry(answer, arrived)


def _members(spool: "SpooledTemporaryFile[bytes]") -> Iterator[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(fileobj=spool, mode="r:") as archive:
        for count, member in enumerate(archive):
            if count >= MAX_ENTRIES:
                raise EngineError(413, ErrorCode.TOO_LARGE, f"A batch may have {MAX_ENTRIES} files.")
            stream = archive.extractfile(member) if member.isreg() else None
            if stream is None:
                raise EngineError(400, ErrorCode.BAD_REQUEST, "A batch may hold regular files only.")
            yield member, stream.read()
