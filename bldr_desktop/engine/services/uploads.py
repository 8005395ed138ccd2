# SPDX-License-Identifier: MIT
"""Resumable uploads: offset = bytes that are fsynced on disk, whole files only under their hash."""

import asyncio
import base64
import hashlib
import logging
import os
import uuid
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bldr_desktop.common.aio import TaskScope, spawn
from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.engine.ports.documents import DocumentStore
from bldr_desktop.engine.ports.events import EventLog
from bldr_desktop.engine.ports.transactions import Transactions
from bldr_desktop.engine.ports.uploads import Upload, UploadStore
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.upload_batch import BatchReceiver
from bldr_desktop.engine.services.upload_names import identity
from bldr_desktop.engine.services.upload_reconcile import FileComparer
from bldr_desktop.engine.services.upload_register import Arrived, UploadRegister
from bldr_desktop.engine.services.upload_writer import Hasher, PartWriter, disk_error, hash_prefix
from bldr_desktop.protocol.base import rfc3339, utc_now
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.errors import ErrorCode

_log = logging.getLogger(__name__)
CHECKSUMS: dict[str, Callable[[], Hasher]] = {"sha256": hashlib.sha256, "sha1": hashlib.sha1}
WHOLE_AT_MOST = 1 << 20
"""Largest upload that is taken in one request, in memory."""
_WHOLE_KEPT = 1000
"""Uploads of one request are over when they are answered; so many can still be asked for."""
_RESERVE = 16 << 20
_SWEEP_SECONDS = 600.0
_SETTLE_SECONDS = 2.0
_SETTLE_ABOVE = 128 << 20


@dataclass(slots=True)
class _Receiving:
    """A request that is writing to an upload now."""

    task: "asyncio.Task[None]"
    stopped: bool = False
    sealing: bool = False


@dataclass(slots=True)
class Checksum:
    """The tus ``Upload-Checksum`` of one request's body."""

    algorithm: str
    digest: bytes

    @classmethod
    def parse(cls, header: str) -> "Checksum":
        """Read ``sha256 <base64>``.

        Raises:
            EngineError: 400, unknown algorithm or not base64.
        """
        algorithm, _, value = header.partition(" ")
        try:
            digest = base64.b64decode(value.strip(), validate=True)
        except ValueError:
            digest = b""
        if algorithm not in CHECKSUMS or not digest:
            raise EngineError(
                400, ErrorCode.BAD_REQUEST, "Upload-Checksum: give sha256 or sha1, then base64."
            )
        return cls(algorithm, digest)


@dataclass(slots=True)
class _Body:
    """One request's body with what is known of it."""

    chunks: AsyncIterator[bytes]
    length: int | None = None
    checksum: Checksum | None = None
    started: int = field(default=0)


class UploadService:
    """The engine's side of tus, and the one way in for any other kind of upload.

    ``start()`` once after the store is there, ``close()`` before it goes.

    Args:
        store: Where uploads are remembered.
        blobs: Where bytes end.
        documents: Where whole files are recorded.
        events: Told of every new document.
        transactions: Joins all of that into one commit.
        limit_bytes: Largest file taken.
        keep_hours: How long an upload that gets no bytes is kept.

    Attributes:
        batches: Many small files in one request.
        comparer: What is there already.
    """

    def __init__(
        self,
        store: UploadStore,
        blobs: BlobStore,
        documents: DocumentStore,
        events: EventLog,
        transactions: Transactions,
        *,
        limit_bytes: int,
        keep_hours: float = 24 * 7,
    ) -> None:
        self.limit_bytes = limit_bytes
        self.register = UploadRegister(blobs, store, documents, events, transactions)
        self.batches = BatchReceiver(blobs, self.register)
        self.comparer = FileComparer(store, blobs)
        self.blobs = blobs
        self.store = store
        self._keep = timedelta(hours=keep_hours)
        self._receiving: dict[str, _Receiving] = {}
        self._digests: dict[str, tuple[int, Hasher]] = {}
        self._whole: OrderedDict[str, Upload] = OrderedDict()
        self._counted = 0
        self._scope = TaskScope("uploads")

    async def start(self) -> None:
        """Put right what a kill left behind, then look for expired uploads from time to time."""
        await asyncio.to_thread(self._recover)
        for upload in await asyncio.to_thread(self.store.unfinished):
            if upload.offset == upload.length:
                await self._conclude(upload)
        self._scope.spawn("sweep", self._sweep())
        self._scope.spawn("tidy", self._tidy())

    async def close(self) -> None:
        """Stop receiving; what came is safe and its offset recorded."""
        for receiving in tuple(self._receiving.values()):
            await self._stop(receiving)
        await self._scope.close()
        await asyncio.to_thread(self._settle, 0)

    async def create(self, owner: str, length: int, metadata: dict[str, str]) -> Upload:
        """A new upload; finished at once when its declared bytes are stored already.

        Raises:
            EngineError: 413 too large, 507 no room for it.
        """
        if length > self.limit_bytes:
            raise too_large(self.limit_bytes)
        declared = metadata.get("sha256", "").lower() or None
        if declared and not is_sha256(declared):
            raise EngineError(400, ErrorCode.BAD_REQUEST, "The sha256 of Upload-Metadata is not one.")
        upload = self._new(owner, length, metadata)
        upload.sha256 = declared
        if declared and self._same_bytes(declared, length):
            upload.offset = length
            await asyncio.to_thread(self.store.create, upload)
            await self._register(upload, declared, temporary=None)
            return await self._get(upload.id, owner)
        if self.blobs.free_bytes() < length + _RESERVE:
            raise EngineError(507, ErrorCode.DISK_FULL, "The engine's disk has no room for this file.")
        await asyncio.to_thread(self.store.create, upload)
        return upload

    async def create_whole(
        self, owner: str, length: int, metadata: dict[str, str], chunks: AsyncIterator[bytes]
    ) -> Upload:
        """A small upload with all its bytes in the creating request: one sync, one shared commit.

        Nothing is kept of a body that was cut short: it is small enough to send again.

        Raises:
            EngineError: 400 cut short, 413 too long, 460 not what was announced, 507 disk full.
        """
        body = bytearray()
        async for chunk in chunks:
            body += chunk
            if len(body) > length:
                raise EngineError(413, ErrorCode.TOO_LARGE, f"More bytes than the {length} announced.")
        if len(body) < length:
            raise EngineError(400, ErrorCode.BAD_REQUEST, f"Only {len(body)} of {length} bytes came.")
        data = bytes(body)
        actual = hashlib.sha256(data).hexdigest()
        if metadata.get("sha256", actual).lower() != actual:
            raise _not_announced()
        upload = self._new(owner, length, metadata)
        arrived = Arrived(actual, length, owner, identity(owner, metadata), upload=upload, recorded=False)
        if not self.blobs.has(actual):
            arrived.data = data
        await self.register.add(arrived)
        self._whole[upload.id] = upload
        while len(self._whole) > _WHOLE_KEPT:
            self._whole.popitem(last=False)
        return upload

    async def head(self, upload_id: str, owner: str) -> Upload:
        """Where an upload stands. A request still writing to it is taken for stale and let go (R3).

        Raises:
            EngineError: 404, 410 expired.
        """
        receiving = self._receiving.get(upload_id)
        if receiving is not None:
            await self._get(upload_id, owner)
            await self._stop(receiving)
        upload = await self._get(upload_id, owner)
        if upload.finished_at is None and 0 < upload.offset == upload.length:
            await self._conclude(upload)
            upload = await self._get(upload_id, owner)
        return upload

    async def receive(
        self,
        upload_id: str,
        owner: str,
        offset: int,
        chunks: AsyncIterator[bytes],
        *,
        length: int | None = None,
        checksum: Checksum | None = None,
    ) -> Upload:
        """Take one request's body. What came before a cut is kept and recorded.

        Args:
            upload_id: Which upload.
            owner: Who sends.
            offset: Where the client thinks we are.
            chunks: The body.
            length: Its Content-Length, when given.
            checksum: Of this body alone; nothing of it is kept when it disagrees.

        Raises:
            EngineError: 404, 409 wrong offset, 413 too long, 423 another request is writing,
                460 a checksum disagrees, 507 disk full.
        """
        upload = await self._get(upload_id, owner)
        if upload_id in self._receiving:
            raise EngineError(423, ErrorCode.UPLOAD_LOCKED, "Another request is sending this file now.")
        if offset != upload.offset or upload.finished_at:
            raise EngineError(
                409,
                ErrorCode.OFFSET_MISMATCH,
                f"The engine has {upload.offset} bytes of this file, not {offset}.",
            )
        if length is not None and offset + length > upload.length:
            raise _too_long(upload)
        body = _Body(chunks, length, checksum, started=offset)
        task = spawn("uploads.receive", self._take(upload, body), on_error=lambda _: None)
        receiving = self._receiving[upload_id] = _Receiving(task)
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            await self._stop(receiving)
            raise
        finally:
            if self._receiving.get(upload_id) is receiving:
                del self._receiving[upload_id]
        if receiving.stopped or task.cancelled():
            raise EngineError(409, ErrorCode.CONFLICT, "A newer request took over this upload.")
        task.result()
        return await self._get(upload_id, owner)

    async def terminate(self, upload_id: str, owner: str) -> None:
        """Forget an upload and its bytes; a stored document stays."""
        receiving = self._receiving.get(upload_id)
        await self._get(upload_id, owner)
        if receiving is not None:
            await self._stop(receiving)
        await asyncio.to_thread(self._drop, upload_id)

    # -- one request ------------------------------------------------------------------------------

    async def _take(self, upload: Upload, body: _Body) -> None:
        try:
            digest = await self._digest_at(upload)
            before = digest.copy()
            safe = None if body.checksum else self._recorder(upload)
            writer = PartWriter(self._part(upload.id), upload.offset, digest, safe)
            try:
                await self._pump(upload, body, writer, digest, before)
            finally:
                await writer.close()
        except OSError as error:
            raise disk_error(error) from error
        if writer.offset == upload.length:
            receiving = self._receiving.get(upload.id)
            if receiving is not None:
                receiving.sealing = True
            await self._seal(upload, digest)

    async def _pump(
        self, upload: Upload, body: _Body, writer: PartWriter, digest: Hasher, before: Hasher
    ) -> None:
        own = CHECKSUMS[body.checksum.algorithm]() if body.checksum else None
        received = body.started
        try:
            async for chunk in body.chunks:
                received += len(chunk)
                if received > upload.length:
                    raise _too_long(upload)
                if own is not None:
                    own.update(chunk)
                await writer.feed(chunk)
        except OSError:
            raise
        except BaseException:
            # The link was cut, or a newer request took over: keep what came, unless it cannot be checked.
            if own is None:
                await self._keep_what_came(upload, writer, digest)
            raise
        if own is not None and body.checksum and own.digest() != body.checksum.digest:
            await writer.flush()
            writer.cut(body.started)
            self._digests[upload.id] = (body.started, before)
            raise EngineError(
                460, ErrorCode.CHECKSUM_MISMATCH, "The bytes were changed on their way: send them again."
            )
        await self._keep_what_came(upload, writer, digest)

    async def _keep_what_came(self, upload: Upload, writer: PartWriter, digest: Hasher) -> None:
        offset = await writer.flush()
        await asyncio.to_thread(self.store.set_offset, upload.id, offset, self._expiry())
        self._digests[upload.id] = (offset, digest)

    async def _digest_at(self, upload: Upload) -> Hasher:
        position, digest = self._digests.pop(upload.id, (0, hashlib.sha256()))
        if position == upload.offset:
            return digest
        return await asyncio.to_thread(hash_prefix, self._part(upload.id), upload.offset)

    def _recorder(self, upload: Upload) -> Callable[[int], None]:
        return lambda offset: self.store.set_offset(upload.id, offset, self._expiry())

    # -- the end of an upload ---------------------------------------------------------------------

    async def _seal(self, upload: Upload, digest: Hasher) -> None:
        self._digests.pop(upload.id, None)
        actual = digest.hexdigest()
        if upload.sha256 and upload.sha256 != actual:
            await asyncio.to_thread(self._drop, upload.id)
            raise _not_announced()
        await asyncio.to_thread(self.store.seal, upload.id, actual)
        await self._register(upload, actual, temporary=self._part(upload.id))

    async def _conclude(self, upload: Upload) -> None:
        """Do the last step of a sealed upload that a kill interrupted."""
        part = self._part(upload.id)
        if part.exists():
            try:
                await self._seal(upload, await asyncio.to_thread(hash_prefix, part, upload.length))
            except EngineError as error:
                _log.warning("upload %s: %s", upload.id, error.sentence)
        elif upload.sha256 and self.blobs.path(upload.sha256):
            await self._register(upload, upload.sha256, temporary=None)
        else:
            await asyncio.to_thread(self._drop, upload.id)

    async def _register(self, upload: Upload, sha256: str, *, temporary: Path | None) -> Document:
        return await self.register.add(
            Arrived(
                sha256=sha256,
                size=upload.length,
                owner=upload.owner,
                identity=identity(upload.owner, upload.metadata),
                temporary=temporary,
                upload=upload,
            )
        )

    # -- housekeeping -----------------------------------------------------------------------------

    def _new(self, owner: str, length: int, metadata: dict[str, str]) -> Upload:
        return Upload(
            id=str(uuid.uuid4()),
            owner=owner,
            length=length,
            offset=0,
            created_at=utc_now(),
            expires_at=self._expiry(),
            metadata=metadata,
        )

    async def _get(self, upload_id: str, owner: str) -> Upload:
        upload = self._whole.get(upload_id) or await asyncio.to_thread(self.store.get, upload_id)
        if upload is None or upload.owner != owner:
            raise EngineError(404, ErrorCode.NOT_FOUND, "There is no such upload; start it again.")
        if upload.finished_at is None and upload.expires_at < utc_now():
            raise EngineError(410, ErrorCode.NOT_FOUND, "This upload waited too long; start it again.")
        return upload

    async def _stop(self, receiving: _Receiving) -> None:
        if not receiving.sealing:
            receiving.stopped = True
            receiving.task.cancel()
        await asyncio.wait({receiving.task})

    def _same_bytes(self, sha256: str, length: int) -> bool:
        path = self.blobs.path(sha256)
        return path is not None and path.stat().st_size == length

    def _part(self, upload_id: str) -> Path:
        return self.blobs.incoming() / f"{upload_id}.part"

    def _drop(self, upload_id: str) -> None:
        self._digests.pop(upload_id, None)
        self._whole.pop(upload_id, None)
        self.store.delete(upload_id)
        self._part(upload_id).unlink(missing_ok=True)

    def _expiry(self) -> str:
        return rfc3339(datetime.now(UTC) + self._keep)

    def _recover(self) -> None:
        kept = set()
        for upload in self.store.unfinished():
            part = self._part(upload.id)
            kept.add(part.name)
            size = part.stat().st_size if part.exists() else 0
            if size < upload.offset < upload.length:
                _log.warning("upload %s: %d bytes on disk, %d recorded", upload.id, size, upload.offset)
                self.store.set_offset(upload.id, 0, self._expiry())
        for entry in os.scandir(self.blobs.incoming()):
            if entry.name not in kept and entry.is_file(follow_symlinks=False):
                Path(entry.path).unlink(missing_ok=True)

    async def _sweep(self) -> None:
        while True:
            for upload in await asyncio.to_thread(self.store.expired, utc_now()):
                if upload.id not in self._receiving:
                    await asyncio.to_thread(self._drop, upload.id)
            await asyncio.sleep(_SWEEP_SECONDS)

    async def _tidy(self) -> None:
        """Sync small files behind the log: when nothing comes for a while, or much is waiting."""
        while True:
            await asyncio.sleep(_SETTLE_SECONDS)
            quiet = self.register.count == self._counted
            self._counted = self.register.count
            await asyncio.to_thread(self._settle, 0 if quiet else _SETTLE_ABOVE)

    def _settle(self, only_above: int) -> None:
        try:
            self.blobs.settle(only_above=only_above)
        except OSError:
            _log.exception("small files could not be synced; they stay in the log")


def is_sha256(text: str) -> bool:
    """Whether a text is a SHA-256 in lower-case hexadecimal."""
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def too_large(limit: int) -> EngineError:
    """413 with the limit in words."""
    return EngineError(
        413, ErrorCode.TOO_LARGE, f"The file is larger than this engine takes ({limit / (1 << 20):,.0f} MiB)."
    )


def _not_announced() -> EngineError:
    return EngineError(
        460,
        ErrorCode.CHECKSUM_MISMATCH,
        "The file is not the one that was announced: it changed while it was sent. Send it again.",
    )


def _too_long(upload: Upload) -> EngineError:
    return EngineError(
        413, ErrorCode.TOO_LARGE, f"More bytes than the {upload.length} that were announced for this file."
    )
