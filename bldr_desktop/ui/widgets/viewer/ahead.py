# SPDX-License-Identifier: MIT
"""What a person will probably open next, fetched before they do; what is opened, asked for at once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtGui import QImage

from bldr_desktop.client.api import ApiError
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.protocol.documents import Document
from bldr_desktop.services.documents import DocumentsService
from bldr_desktop.services.pages import PageKey, PageStore
from bldr_desktop.ui.widgets.viewer.images import Decoded, decoded
from bldr_desktop.ui.widgets.viewer.target import Target

DOCUMENTS_KEPT = 500
PAGES_AHEAD = 3


class Ahead:
    """Documents that are known, and pages on their way into the caches of one viewer.

    Args:
        documents: Where documents come from.
        pages: Where boxes and images come from.
        images: The viewer's decoded images.
        scope: Ends what is under way with the viewer.
    """

    def __init__(
        self, documents: DocumentsService, pages: PageStore, images: Decoded, scope: TaskScope
    ) -> None:
        self._documents, self._pages, self._images, self._scope = documents, pages, images, scope
        self._known: OrderedDict[str, Document] = OrderedDict()
        self._asked: dict[str, asyncio.Task[Document]] = {}
        self._preparing: asyncio.Task[None] | None = None
        self._decoding: dict[PageKey, asyncio.Task[QImage]] = {}

    async def document(self, document_id: str) -> Document:
        """A document, asked for once.

        Raises:
            ApiError: It is not there, or the server does not answer.
        """
        known = self._known.get(document_id)
        if known is not None:
            self._known.move_to_end(document_id)
            return known
        task = self._asked.get(document_id)
        if task is None:
            task = self._scope.spawn("document", self._fetch(document_id), on_error=_told_to_caller)
            self._asked[document_id] = task
        return await asyncio.shield(task)

    def forget(self, document_id: str) -> None:
        """It changed: the next one to ask gets it new."""
        self._known.pop(document_id, None)
        self._asked.pop(document_id, None)
        self._pages.forget(document_id)

    def start(self, target: Target, width: int) -> None:
        """Ask for a page and the boxes on it at once: while the document itself is still asked for, and
        before the view is laid out for it."""
        known = self._known.get(target.document_id)
        if known is None:
            if target.passage is not None and target.passage.kind == "pdf":
                self._scope.spawn("seen", self._start_unknown(target, width), on_error=_told_to_caller)
        elif known.paged:
            self._start_boxes(target, known.sha256)
            key = PageKey(known.id, known.sha256, target.page, width)
            if self._images.get(key) is None:
                self._scope.spawn("image", self.image(key), on_error=_told_to_caller)

    async def _start_unknown(self, target: Target, width: int) -> None:
        """From the disk as it was seen last, ready for when the document turns out to be the same; drawn
        meanwhile when it was not seen."""
        seen = await self._pages.seen(target.document_id, target.page, width)
        if seen is None:
            self._pages.early(target.document_id, target.page, width)
            self._start_boxes(target, "")
            return
        for page, start, end in target.ranges():
            place = (target.document_id, page, start, end)
            if await self._pages.kept_boxes(*place, seen.sha256) is None:
                self._scope.spawn("boxes", self._boxes(*place, ""))
        await self.image(seen)

    async def image(self, key: PageKey) -> QImage:
        """A decoded page, kept in memory; callers that ask for the same one share the work.

        Raises:
            ApiError: It cannot be had.
        """
        task = self._decoding.get(key)
        if task is None:
            task = self._scope.spawn(f"page-{key.page}", self._decode(key), on_error=_told_to_caller)
            self._decoding[key] = task
            task.add_done_callback(lambda _: self._decoding.pop(key, None))
        return await asyncio.shield(task)

    def prepare(
        self, targets: Sequence[Target], width: Callable[[], int], after: Callable[[], Awaitable[None]]
    ) -> None:
        """Fetch documents of places and the pages of the first ones.

        Args:
            targets: Most probable first; replaces what was prepared before.
            width: Pixels that a page is wanted in by then.
            after: Waits for what the person is looking at: that goes first.
        """
        self.stop()
        if targets:
            self._preparing = self._scope.spawn("prepare", self._prepare(list(targets), width, after))

    def stop(self) -> None:
        """Something else is wanted now."""
        if self._preparing is not None:
            self._preparing.cancel()
            self._preparing = None

    async def prepared(self) -> None:
        """Wait until nothing is being prepared."""
        if self._preparing is not None:
            await asyncio.wait({self._preparing})

    async def _prepare(
        self, targets: list[Target], width: Callable[[], int], after: Callable[[], Awaitable[None]]
    ) -> None:
        await after()
        try:
            for place, target in enumerate(targets):
                document = await self.document(target.document_id)
                if place < PAGES_AHEAD and document.paged:
                    await self._page(document, target, width())
        except ApiError:
            return  # whoever opens it is told

    async def _page(self, document: Document, target: Target, width: int) -> None:
        key = PageKey(document.id, document.sha256, target.page, width)
        if self._images.get(key) is None:
            await self.image(key)
        for page, start, end in target.ranges():
            await self._pages.boxes(document.id, page, start, end, document.sha256)

    async def _decode(self, key: PageKey) -> QImage:
        image = await self._pages.image(key, decoded)
        if not image.isNull():
            self._images.put(key, image)
        return image

    def _start_boxes(self, target: Target, sha256: str) -> None:
        for page, start, end in target.ranges():
            self._scope.spawn("boxes", self._boxes(target.document_id, page, start, end, sha256))

    async def _boxes(self, document_id: str, page: int, start: int, end: int, sha256: str) -> None:
        try:
            await self._pages.boxes(document_id, page, start, end, sha256)
        except ApiError:
            return  # the opening that follows asks again and tells

    async def _fetch(self, document_id: str) -> Document:
        try:
            document = await self._documents.get(document_id)
            if self._asked.get(document_id) is asyncio.current_task():
                self._known[document_id] = document
                if len(self._known) > DOCUMENTS_KEPT:
                    self._known.popitem(last=False)
            return document
        finally:
            if self._asked.get(document_id) is asyncio.current_task():
                del self._asked[document_id]


def _told_to_caller(_: BaseException) -> None:
    """The awaiting caller gets the exception; one that has left does not need it."""
