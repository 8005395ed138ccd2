# SPDX-License-Identifier: MIT
"""Text, chunks and clauses of the document that is open, each asked for once."""

from bldr_desktop.client.api import ApiError
from bldr_desktop.protocol.documents import ChunkView, Document, OutlineEntry, PageText
from bldr_desktop.services.documents import DocumentsService

WHOLE_TEXT_LIMIT = 3_000_000


class Reader:
    """What can be read of one document beside its images.

    A flowing text of several parts is shown as one: ``joined`` gives it with where each part begins.
    """

    def __init__(self, documents: DocumentsService, document: Document) -> None:
        self.document = document
        self._documents = documents
        self._pages: dict[int, PageText] = {}
        self._chunks: list[ChunkView] | None = None
        self._outline: list[OutlineEntry] | None = None

    @property
    def is_small(self) -> bool:
        """True when the whole text may be shown at once."""
        return self.document.characters <= WHOLE_TEXT_LIMIT

    async def page(self, number: int) -> PageText | None:
        """The text of one page or sheet."""
        if number not in self._pages:
            for page in await self._documents.text(self.document.id, number):
                self._pages[page.number] = page
        return self._pages.get(number)

    async def joined(self, around: int) -> tuple[str, dict[int, int]]:
        """The text and the offset at which each page begins in it; only one page of a huge document."""
        if self.is_small:
            for page in await self._documents.text(self.document.id):
                self._pages[page.number] = page
            pages = [self._pages[number] for number in sorted(self._pages)]
        else:
            one = await self.page(around)
            pages = [one] if one else []
        text, starts = "", {}
        for page in pages:
            text += "\n\n" if text else ""
            starts[page.number] = len(text)
            text += page.text
        return text, starts

    async def chunks(self) -> list[ChunkView]:
        """All chunks in order."""
        if self._chunks is None:
            self._chunks = await self._documents.all_chunks(self.document.id)
        return self._chunks

    async def chunks_of(self, page: int) -> list[ChunkView]:
        """The chunks that begin on a page."""
        return [chunk for chunk in await self.chunks() if chunk.page == page]

    async def outline(self) -> list[OutlineEntry]:
        """Clauses in reading order; empty where the server has none."""
        if self._outline is None:
            try:
                self._outline = (await self._documents.outline(self.document.id)).entries
            except ApiError:
                self._outline = []
        return self._outline
