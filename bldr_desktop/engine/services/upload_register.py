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
from bldr_desktop.engine.ports.uploads import UploadStore
from bldr_desktop.engine.services.upload_names import FileIdentity
from bldr_desktop.engine.services.upload_writer import disk_error
from bldr_desktop.protocol.base import utc_now
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.events import DocumentFrame, FrameType

_MANY = 256


@dataclass(slots=True)
class Arrived:
    """A whole file. ``temporary`` is fsynced; None when its bytes are stored already."""

    sha256: str
    size: int
    owner: str
    identity: FileIdentity
    temporary: Path | None = None
    upload_id: str | None = None


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
        self._waiting: list[tuple[Arrived, asyncio.Future[Document]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def add(self, arrived: Arrived) -> Document:
        """Record one file; shares its commit with others that arrive meanwhile.

        Raises:
            EngineError: 507, the disk is full.
        """
        future: asyncio.Future[Document] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrived, future))
        if self._worker is None or self._worker.done():
            self._worker = spawn("uploads.register", self._work())
        return await future

    async def add_many(self, arrived: Sequence[Arrived]) -> list[Document]:
        """Record files of one request in one transaction, in their order.

        Raises:
            EngineError: 507, the disk is full; then none is recorded.
        """
        try:
            return await asyncio.to_thread(self._register, arrived)
        except OSError as error:
            raise disk_error(error) from error

    async def _work(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_MANY], self._waiting[_MANY:]
            try:
                documents = await self.add_many([arrived for arrived, _ in batch])
            except Exception as error:  # noqa: BLE001 - handed on to those who wait for it
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
                continue
            for (_, future), document in zip(batch, documents, strict=True):
                if not future.done():
                    future.set_result(document)

    def _register(self, arrived: Sequence[Arrived]) -> list[Document]:
        # The same bytes may come twice in one batch: the second rename simply replaces equal bytes.
        self._blobs.adopt_many([(item.temporary, item.sha256) for item in arrived if item.temporary])
        now = utc_now()
        with self._transactions():
            self._uploads.add_blobs([(item.sha256, item.size) for item in arrived], now)
            documents = [self._document(item) for item in arrived]
            for item, document in zip(arrived, documents, strict=True):
                if item.upload_id:
                    self._uploads.finish(item.upload_id, document.id, now)
            self._events.append(
                [_event(item, document) for item, document in zip(arrived, documents, strict=True)]
            )
        return documents

    def _document(self, item: Arrived) -> Document:
        return self._documents.add(
            NewDocument(
                sha256=item.sha256,
                name=item.identity.name,
                size=item.size,
                owner=item.owner,
                path=item.identity.path,
                path_key=item.identity.path_key,
                stored=True,
            )
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
