# SPDX-License-Identifier: MIT
"""Documents: what a person can do to them, and what can be read of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bldr_desktop.client.api import Api
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.documents import (
    BulkAnswer,
    BulkDocumentsRequest,
    BulkItemAnswer,
    ChunkList,
    ChunkView,
    Document,
    DocumentText,
    FindAnswer,
    Outline,
    PageText,
)

BULK_LIMIT = 10_000
CHUNK_PAGE = 200


@dataclass(frozen=True, slots=True)
class BulkDone:
    """A bulk action's end: what it was, which documents it took, which it refused and why."""

    action: str
    done: tuple[str, ...]
    refused: tuple[BulkItemAnswer, ...]
    job_id: str | None = None


class DocumentsService:
    """Reading and commanding documents. ``acted`` tells that rows changed, whoever asked for it."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.acted: Notice[BulkDone] = Notice()

    async def get(self, document_id: str) -> Document:
        """One document.

        Raises:
            ApiError: It is not there, or the server does not answer.
        """
        return await self._api.get(routes.path(routes.DOCUMENT, document_id=document_id), Document)

    async def chunks(self, document_id: str, page: int = 1) -> ChunkList:
        """A page of a document's chunks, in order."""
        return await self._api.get(
            routes.path(routes.DOCUMENT_CHUNKS, document_id=document_id),
            ChunkList,
            params={"page": page, "limit": CHUNK_PAGE},
        )

    async def all_chunks(self, document_id: str, most: int = 5000) -> list[ChunkView]:
        """Chunks in order, at most ``most``."""
        found: list[ChunkView] = []
        number = 1
        while True:
            answer = await self.chunks(document_id, number)
            found.extend(answer.data)
            if not answer.data or number >= answer.pagination.pages or len(found) >= most:
                return found[:most]
            number += 1

    async def outline(self, document_id: str) -> Outline:
        """The clauses of a document."""
        return await self._api.get(routes.path(routes.DOCUMENT_OUTLINE, document_id=document_id), Outline)

    async def text(self, document_id: str, page: int | None = None) -> list[PageText]:
        """The extracted text of one page (sheet), or of all."""
        answer = await self._api.get(
            routes.path(routes.DOCUMENT_TEXT, document_id=document_id), DocumentText, params={"page": page}
        )
        return answer.pages

    async def find(self, document_id: str, words: str) -> FindAnswer:
        """Places of a text inside one document."""
        return await self._api.get(
            routes.path(routes.DOCUMENT_FIND, document_id=document_id), FindAnswer, params={"q": words}
        )

    async def save_content(self, document_id: str, target: Path) -> None:
        """Stream the original file to ``target``.

        Raises:
            ApiError: The server does not give it.
            OSError: It cannot be written.
        """
        data = await self._api.content(routes.path(routes.DOCUMENT_CONTENT, document_id=document_id))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    async def bulk(self, action: str, ids: Sequence[str]) -> BulkDone:
        """Retrain, disable, enable, delete or restore many, in requests of at most 10,000.

        Raises:
            ApiError: The server refused the whole request.
        """
        done: list[str] = []
        refused: list[BulkItemAnswer] = []
        job_id: str | None = None
        for first in range(0, len(ids), BULK_LIMIT):
            request = BulkDocumentsRequest.model_validate(
                {"action": action, "ids": list(ids[first : first + BULK_LIMIT])}
            )
            answer = await self._api.post(routes.DOCUMENTS_BULK, BulkAnswer, json=request)
            done.extend(item.id for item in answer.items if item.ok)
            refused.extend(item for item in answer.items if not item.ok)
            job_id = answer.job_id or job_id
        finished = BulkDone(action, tuple(done), tuple(refused), job_id)
        self.acted.emit(finished)
        return finished
