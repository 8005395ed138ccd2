# SPDX-License-Identifier: MIT
"""The last step of every upload: from a whole file to a document, many in one transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bldr_desktop.common.aio import spawn
from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.engine.ports.documents import DocumentStore, NewDocument
from bldr_desktop.engine.ports.events import EventLog, NewEvent
from bldr_desktop.engine.ports.transactions import Transactions
from bldr_desktop.engine.ports.uploads import Upload, UploadStore
from bldr_desktop.engine.services.upload_names import FileIdentity
from bldr_desktop.engine.services.upload_writer import disk_error
from bldr_desktop.protocol.base import utc_now
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.events import DocumentFrame, FrameType

_MANY = 512


@dataclass(slots=True)
class Arrived:
    """A whole file: ``temporary`` (fsynced) or, for a small one, ``data``; neither when its bytes are
    stored already. ``upload`` is its tus upload, told of its end; in the store only if ``recorded``."""

    sha256: str
    size: int
    owner: str
    identity: FileIdentity
    temporary: Path | None = None
    data: bytes | None = None
    upload: Upload | None = None
    recorded: bool = True


class UploadRegister:
    """Moves whole files to their place and records them; files that arrive together share a commit.

    The order makes a kill at any point harmless: bytes first (rename of a synced file, folder
    synced), then one transaction of blob, document, upload and event.
    """

    def __init__(
        self,
        blobs: BlobStore,
        uploads: UploadStore,
        documents: DocumentStore,
        events: EventLog,
        transactions: Transactions,
    ) -> None:
        self._blobs = blobs
        self._uploads = uploads
        self._documents = documents
        self._events = events
        self._transactions = transactions
        self._waiting: list[tuple[Sequence[Arrived], asyncio.Future[list[Document]]]] = []
        self._worker: asyncio.Task[None] | None = None
        self.count = 0
        """Files recorded since the start."""

    async def add(self, arrived: Arrived) -> Document:
        """Record one file; shares its commit with others that arrive meanwhile.

        Raises:
            EngineError: 507, the disk is full.
        """
        return (await self.add_many([arrived]))[0]

    async def add_many(self, arrived: Sequence[Arrived]) -> list[Document]:
        """Record files of one request in one transaction, in their order.

        Raises:
            EngineError: 507, the disk is full; then none is recorded.
        """
        future: asyncio.Future[list[Document]] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrived, future))
        if self._worker is None or self._worker.done():
            self._worker = spawn("uploads.register", self._work())
        return await future

    async def _work(self) -> None:
        while self._waiting:
            units: list[tuple[Sequence[Arrived], asyncio.Future[list[Document]]]] = []
            count = 0
            while self._waiting and (not units or count + len(self._waiting[0][0]) <= _MANY):
                units.append(self._waiting.pop(0))
                count += len(units[-1][0])
            try:
                documents = await asyncio.to_thread(
                    self._register, [one for unit, _ in units for one in unit]
                )
            except Exception as error:  # noqa: BLE001 - handed on to those who wait for it
                told = disk_error(error) if isinstance(error, OSError) else error
                for _, future in units:
                    if not future.done():
                        future.set_exception(told)
                continue
            self.count += count
            rest = iter(documents)
            for unit, future in units:
                mine = [next(rest) for _ in unit]
                if not future.done():
                    future.set_result(mine)

    def _register(self, arrived: Sequence[Arrived]) -> list[Document]:
        # The same bytes may come twice in one batch: the second rename simply replaces equal bytes.
        self._blobs.put_many([(item.sha256, item.data) for item in arrived if item.data is not None])
        self._blobs.adopt_many([(item.temporary, item.sha256) for item in arrived if item.temporary])
        now = utc_now()
        with self._transactions():
            self._uploads.add_blobs([(item.sha256, item.size) for item in arrived], now)
            documents = self._documents.add_many([_new_document(item) for item in arrived])
            self._finish(arrived, documents, now)
            self._events.append(
                [_event(item, document) for item, document in zip(arrived, documents, strict=True)]
            )
        return documents

    def _finish(self, arrived: Sequence[Arrived], documents: Sequence[Document], now: str) -> None:
        for item, document in zip(arrived, documents, strict=True):
            upload = item.upload
            if upload is None:
                continue
            upload.offset, upload.sha256 = upload.length, item.sha256
            upload.finished_at, upload.document_id = now, document.id
            if item.recorded:
                self._uploads.finish(upload.id, document.id, now)


def _new_document(item: Arrived) -> NewDocument:
    return NewDocument(
        sha256=item.sha256,
        name=item.identity.name,
        size=item.size,
        owner=item.owner,
        path=item.identity.path,
        path_key=item.identity.path_key,
        stored=True,
    )


def _event(item: Arrived, document: Document) -> NewEvent:
    frame = DocumentFrame(
        document_id=document.id,
        name=document.name,
        state=document.state,
        sha256=document.sha256,
        chunks=document.chunks,
        reason=document.reason,
    )
    return NewEvent(
        type=FrameType.DOCUMENT,
        frame=frame.model_dump(mode="json", exclude={"seq", "epoch", "ts"}, exclude_none=True),
        owner=item.owner,
        merge_key=f"document:{document.id}",
    )
