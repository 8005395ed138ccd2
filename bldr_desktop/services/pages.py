# SPDX-License-Identifier: MIT
"""Page images and the boxes of passages: asked for once, kept on disk up to a limit.

Both are kept by the SHA-256 of the document, so that the same file is drawn once whatever server it
is on, and a changed file never shows an old page.
"""

import asyncio
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from bldr_desktop.client.api import Api
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.documents import PageBoxes
from bldr_desktop.services.page_cache import PageCache

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")
DISK_LIMIT = 256 << 20
BOXES_KEPT = 500
EARLY_KEPT = 4
THREADS = 2
"""Of our own: a page does not stand in line behind files that are hashed or saved."""
WIDTHS = (64, 4096)
_HASH = re.compile("[0-9a-f]{64}")


_Place = tuple[str, int, int]
"""(document id, page, width)."""

_Range = tuple[str, int, int, int]
"""(document id, page, first character, the one behind the last)."""


@dataclass(frozen=True, slots=True)
class PageKey:
    """One page of one document at one width in pixels."""

    document_id: str
    sha256: str
    page: int
    width: int

    @property
    def file_name(self) -> str:
        """Where it lies in the cache."""
        return f"{_stem(self.sha256)}-{self.page}-{self.width}.png"


def _stem(sha256: str) -> str:
    """How names of a document's files begin; what a server calls a hash may be anything."""
    if not _HASH.fullmatch(sha256):
        sha256 = hashlib.sha256(sha256.encode(errors="replace")).hexdigest()
    return f"{sha256[:2]}/{sha256[2:40]}"


class PageStore:
    """Page images and boxes, from the disk or the server.

    Args:
        api: The server that draws them.
        folder: The cache's folder; None for no cache on disk.
        limit: Bytes kept on disk; the longest unused go first.
    """

    def __init__(self, api: Api, folder: Path | None, *, limit: int = DISK_LIMIT) -> None:
        self._api = api
        self._cache = PageCache(folder, limit)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="pages")
        self._scope = TaskScope("pages")
        self._asked: dict[PageKey, asyncio.Task[bytes]] = {}
        self._early: OrderedDict[_Place, asyncio.Task[bytes]] = OrderedDict()
        self._boxes: OrderedDict[_Range, PageBoxes] = OrderedDict()
        self._boxes_asked: dict[_Range, asyncio.Task[PageBoxes]] = {}
        self._true_boxes: OrderedDict[str, tuple[str, PageBoxes]] = OrderedDict()

    async def image(self, key: PageKey, decode: Callable[[bytes], T]) -> T:
        """A page, its PNG decoded by ``decode`` in the thread that read it.

        Callers that ask for the same page share one request.

        Raises:
            ApiError: The server cannot draw it.
        """
        if key not in self._asked:
            cached: T | None = await self._thread(self._read_decoded, key, decode)
            if cached is not None:
                self._take_early(key)
                self._scope.spawn("touch", self._thread(self._note_use, key))
                return cached
        task = self._asked.get(key)
        if task is None:
            task = self._scope.spawn(f"page-{key.page}", self._fetch(key), on_error=_told_to_caller)
            self._asked[key] = task
            task.add_done_callback(lambda _: self._asked.pop(key, None))
        return await self._thread(decode, await asyncio.shield(task))

    def early(self, document_id: str, page: int, width: int) -> None:
        """Ask for a page of a document of which nothing is known yet; :meth:`image` takes the answer."""
        place = (document_id, page, width)
        if place not in self._early:
            drawing = self._draw(document_id, page, width)
            self._early[place] = self._scope.spawn(f"early-{page}", drawing, on_error=_told_to_caller)
            if len(self._early) > EARLY_KEPT:
                self._early.popitem(last=False)

    async def seen(self, document_id: str, page: int, width: int) -> PageKey | None:
        """The page as the document was when it was seen last, when it is on the disk. It may have changed
        since: such an image may be prepared, not shown."""
        return await self._thread(self._seen, document_id, page, width)

    async def boxes(self, document_id: str, page: int, start: int, end: int, sha256: str = "") -> PageBoxes:
        """Rectangles of the characters [start, end) of a page, in points from the top left.

        Callers that ask for the same share one request. Only a caller that knows the document's content
        (``sha256``) is given boxes from the disk, and has them kept there.

        Raises:
            ApiError: The server cannot say.
        """
        key = (document_id, page, start, end)
        if not sha256:
            return self._boxes.get(key) or await self._asked_boxes(key)
        answer = None
        if key not in self._boxes:
            answer = await self.kept_boxes(document_id, page, start, end, sha256)
        if answer is None:
            answer = self._boxes.get(key) or await self._asked_boxes(key)
            self._keep_boxes(_boxes_name(sha256, page, start, end), document_id, answer)
        return answer

    async def kept_boxes(
        self, document_id: str, page: int, start: int, end: int, sha256: str
    ) -> PageBoxes | None:
        """The boxes of a content if they are known without asking."""
        name = _boxes_name(sha256, page, start, end)
        if name not in self._true_boxes:
            answer = await self._thread(self._read_boxes, name)
            if answer is not None:
                _put(self._true_boxes, name, (document_id, answer))
        return self._true_boxes[name][1] if name in self._true_boxes else None

    def forget(self, document_id: str) -> None:
        """A document changed: its boxes are no longer true. Those that were kept this time go from the disk
        too: an answer that crossed the change may be among them."""
        for key in [key for key in self._boxes if key[0] == document_id]:
            del self._boxes[key]
        for key in [key for key in self._boxes_asked if key[0] == document_id]:
            del self._boxes_asked[key]
        for name in [name for name, (owner, _) in self._true_boxes.items() if owner == document_id]:
            del self._true_boxes[name]
            self._scope.spawn("drop-boxes", self._thread(self._cache.remove, name))

    async def close(self) -> None:
        """Give up what is under way."""
        await self._scope.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _thread(self, work: Callable[..., T], *values: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *values))

    async def _asked_boxes(self, key: _Range) -> PageBoxes:
        task = self._boxes_asked.get(key)
        if task is None:
            task = self._scope.spawn(f"boxes-{key[1]}", self._fetch_boxes(key), on_error=_told_to_caller)
            self._boxes_asked[key] = task
        return await asyncio.shield(task)

    async def _fetch_boxes(self, key: _Range) -> PageBoxes:
        document_id, page, start, end = key
        route = routes.path(routes.DOCUMENT_BOXES, document_id=document_id, page=page)
        try:
            answer = await self._api.get(route, PageBoxes, params={"start": start, "end": end})
            if self._boxes_asked.get(key) is asyncio.current_task():  # else it was forgotten meanwhile
                _put(self._boxes, key, answer)
            return answer
        finally:
            if self._boxes_asked.get(key) is asyncio.current_task():
                del self._boxes_asked[key]

    def _keep_boxes(self, name: str, document_id: str, boxes: PageBoxes) -> None:
        if name not in self._true_boxes:
            content = boxes.model_dump_json().encode()
            self._scope.spawn("keep-boxes", self._thread(self._cache.write, name, content))
        _put(self._true_boxes, name, (document_id, boxes))

    def _read_boxes(self, name: str) -> PageBoxes | None:
        content = self._cache.read(name)
        try:
            return PageBoxes.model_validate_json(content) if content else None
        except ValidationError:
            return None

    def _take_early(self, key: PageKey) -> asyncio.Task[bytes] | None:
        return self._early.pop((key.document_id, key.page, key.width), None)

    def _seen(self, document_id: str, page: int, width: int) -> PageKey | None:
        sha256 = self._cache.seen_as(document_id)
        key = PageKey(document_id, sha256, page, width) if sha256 else None
        return key if key is not None and self._cache.has(key.file_name) else None

    async def _draw(self, document_id: str, page: int, width: int) -> bytes:
        route = routes.path(routes.DOCUMENT_PAGE, document_id=document_id, page=page)
        return await self._api.content(route, params={"width": width})

    async def _fetch(self, key: PageKey) -> bytes:
        drawn = self._take_early(key)
        image = await (drawn or self._draw(key.document_id, key.page, key.width))
        self._scope.spawn(f"keep-{key.page}", self._thread(self._keep, key, image))
        return image

    def _keep(self, key: PageKey, image: bytes) -> None:
        self._cache.write(key.file_name, image)
        self._cache.saw(key.document_id, key.sha256)

    def _note_use(self, key: PageKey) -> None:
        self._cache.touch(key.file_name)
        self._cache.saw(key.document_id, key.sha256)

    def _read_decoded(self, key: PageKey, decode: Callable[[bytes], T]) -> T | None:
        image = self._cache.read(key.file_name)
        return decode(image) if image is not None else None


def _boxes_name(sha256: str, page: int, start: int, end: int) -> str:
    return f"{_stem(sha256)}-{page}-{start}-{end}.json"


def _put(kept: OrderedDict[K, V], key: K, value: V) -> None:
    """Remember, up to so many."""
    kept[key] = value
    if len(kept) > BOXES_KEPT:
        kept.popitem(last=False)


def _told_to_caller(_: BaseException) -> None:
    """The awaiting caller gets the exception; one that has left does not need it."""
