# SPDX-License-Identifier: MIT
"""The documents as the AI room asks for them, and files that come with a question."""

import asyncio
import base64
import binascii
import hashlib
import os
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.engine.ports.documents import DocumentQuery, DocumentStore
from bldr_desktop.engine.ports.domain import ParseFailure, ParseLimits
from bldr_desktop.engine.ports.knowledge import Attached, Found
from bldr_desktop.engine.ports.parser import Parser
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.search import SearchService
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.rag import Passage, QueryAnswer, QueryHit, QueryRequest, SearchFilters

_LONGEST_QUESTION = 4000
_IMAGES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"RIFF": "webp"}
_MAX_IMAGE = 8 << 20
_FLAT = {"chunk", "meta", "score", "tezis", "viol"}


class DocumentKnowledge:
    """Port ``Knowledge`` over the engine's one search.

    Args:
        search: The search.
        documents: The store.
        train: Queues a training of a folder and returns a sentence, or None where the asking
            user may not.
    """

    def __init__(
        self, search: SearchService, documents: DocumentStore, train: Callable[[str], str] | None = None
    ) -> None:
        self._search = search
        self._documents = documents
        self._train = train

    async def search(self, question: str, k: int, document_ids: list[str] | None = None) -> list[Found]:
        """Passages for a question, best first; none for an empty one."""
        answer = await self._ask(question, k, document_ids)
        return _all_found(answer)

    async def _ask(self, question: str, k: int, document_ids: list[str] | None = None) -> QueryAnswer:
        words = question.strip()[:_LONGEST_QUESTION]
        if not words:
            return QueryAnswer(results=[], nothing_relevant=True)
        filters = SearchFilters(document_ids=document_ids) if document_ids else None
        return await asyncio.to_thread(self._search.search, QueryRequest(query=words, k=k, filters=filters))

    async def read_clause(self, designation: str, clause: str) -> list[Found]:
        """The passages of a clause, found by the locator; none of another norm in its place."""
        answer = await self._ask(f"{designation} п. {clause}" if clause else designation, 6)
        if answer.names_absent:
            return []
        found = _all_found(answer)
        exact = (
            [item for item in found if (item.passage.clause or "").startswith(clause)] if clause else found
        )
        return exact or found[:2]

    async def list_documents(self, search: str, limit: int) -> list[str]:
        """Lines «designation · title · edition»."""
        query = DocumentQuery(limit=limit, search=search or None, sort="name", descending=False)
        rows, _total = await asyncio.to_thread(self._documents.find, query)
        return [
            " · ".join(part for part in (row.designation or row.name, row.title, row.edition_status) if part)
            for row in rows
        ]

    async def start_training(self, folder: str) -> str:
        """Queue a training, or say why not."""
        if self._train is None:
            return "You may not start a training."
        return await asyncio.to_thread(self._train, folder)


class Attachments:
    """Files given with a question: read like documents, never trained.

    Args:
        parser: Reads them in a child process.
        blobs: Uploaded bytes.
        documents: Names of uploaded files.
        limits: Limits on one file.
    """

    def __init__(
        self, parser: Parser, blobs: BlobStore, documents: DocumentStore, limits: ParseLimits | None = None
    ) -> None:
        self._parser = parser
        self._blobs = blobs
        self._documents = documents
        self._limits = limits or ParseLimits()

    async def keep(self, data: str, name: str) -> str:
        """Store base64 of the field's dialect as an upload of its own; its SHA-256.

        Raises:
            EngineError: 422, it is not base64; 507, it cannot be written.
        """
        try:
            content = base64.b64decode(data.rpartition(",")[2], validate=True)
        except (binascii.Error, ValueError) as error:
            raise EngineError(422, ErrorCode.INVALID, f"{name} is not base64.") from error
        digest = hashlib.sha256(content).hexdigest()
        try:
            await asyncio.to_thread(self._adopt, content, digest)
        except OSError as error:
            raise EngineError(
                507, ErrorCode.DISK_FULL, f"{name} cannot be stored: {error.strerror}."
            ) from error
        return digest

    def _adopt(self, content: bytes, digest: str) -> None:
        if self._blobs.has(digest):
            return
        place = self._blobs.incoming() / f"attachment-{uuid.uuid4().hex}"
        with place.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        self._blobs.adopt(place, digest)

    async def of(self, digests: Sequence[str], names: Mapping[str, str]) -> list[Attached]:
        """The files with these SHA-256, read; one that is not here says so."""
        known = await asyncio.to_thread(self._documents.by_sha256, digests) if digests else {}
        found: list[Attached] = []
        for digest in digests:
            place = self._blobs.path(digest)
            name = names.get(digest) or (known[digest].name if digest in known else digest[:12])
            found.append(await self._read(place, name) if place else Attached(name, problem="not uploaded"))
        return found

    async def _read(self, place: Path, name: str) -> Attached:
        image = await asyncio.to_thread(_as_image, place)
        parsed = await self._parser.parse(place, name, self._limits)
        if isinstance(parsed, ParseFailure):
            return Attached(name, image=image, problem=None if image else parsed.sentence)
        text = "\n\n".join(page.text for page in parsed.extracted.pages).strip()
        return Attached(name, text=text, image=image)


def _all_found(answer: QueryAnswer) -> list[Found]:
    return [found_of(hit, not answer.nothing_relevant) for hit in answer.results]


def found_of(hit: QueryHit, relevant: bool = True) -> Found:
    """A search hit as the AI room takes it."""
    return Found(Passage(**hit.model_dump(exclude=_FLAT)), hit.chunk, hit.score, relevant)


def _as_image(place: Path) -> str | None:
    """A data URL of an image that a model may see, else None."""
    if place.stat().st_size > _MAX_IMAGE:
        return None
    content = place.read_bytes()
    for magic, kind in _IMAGES.items():
        if content.startswith(magic):
            return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
    return None
