# SPDX-License-Identifier: MIT
"""Page images and the boxes of passages: asked for once, kept on disk up to a limit.

Images are keyed by the SHA-256 of the document, so that the same file is drawn once whatever
server it is on, and a changed file never shows an old page.
"""

import asyncio
import logging
import os
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bldr_desktop.client.api import Api
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.documents import PageBoxes

T = TypeVar("T")
_log = logging.getLogger(__name__)
DISK_LIMIT = 256 << 20
BOXES_KEPT = 500
EARLY_KEPT = 4
ROOM = 0.9
"""After a clean-up so much of the limit is used."""
WIDTHS = (64, 4096)


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
        return f"{self.sha256[:2]}/{self.sha256[2:40]}-{self.page}-{self.width}.png"


class PageStore:
    """Page images, from the disk or the server.

    Args:
        api: The server that draws them.
        folder: The cache's folder; None for no cache on disk.
        limit: Bytes kept on disk; the longest unused go first.
    """

    def __init__(self, api: Api, folder: Path | None, *, limit: int = DISK_LIMIT) -> None:
        self._api = api
        self._folder = folder
        self._limit = limit
        self._scope = TaskScope("pages")
        self._asked: dict[PageKey, asyncio.Task[bytes]] = {}
        self._early: OrderedDict[_Place, asyncio.Task[bytes]] = OrderedDict()
        self._boxes: OrderedDict[_Range, PageBoxes] = OrderedDict()
        self._boxes_asked: dict[_Range, asyncio.Task[PageBoxes]] = {}
        self._size: int | None = None
        self._lock = asyncio.Lock()

    async def image(self, key: PageKey, decode: Callable[[bytes], T]) -> T:
        """A page, its PNG decoded by ``decode`` in the thread that read it.

        Callers that ask for the same page share one request.

        Raises:
            ApiError: The server cannot draw it.
        """
        if key not in self._asked:
            cached = await asyncio.to_thread(self._read_decoded, key.file_name, decode)
            if cached is not None:
                self._take_early(key)
                return cached
        task = self._asked.get(key)
        if task is None:
            task = self._scope.spawn(f"page-{key.page}", self._fetch(key), on_error=_told_to_caller)
            self._asked[key] = task
            task.add_done_callback(lambda _: self._asked.pop(key, None))
        return await asyncio.to_thread(decode, await asyncio.shield(task))

    def early(self, document_id: str, page: int, width: int) -> None:
        """Ask for a page of a document of which nothing is known yet; :meth:`image` takes the answer."""
        place = (document_id, page, width)
        if place not in self._early:
            drawing = self._draw(document_id, page, width)
            self._early[place] = self._scope.spawn(f"early-{page}", drawing, on_error=_told_to_caller)
            if len(self._early) > EARLY_KEPT:
                self._early.popitem(last=False)

    async def boxes(self, document_id: str, page: int, start: int, end: int) -> PageBoxes:
        """Rectangles of the characters [start, end) of a page, in points from the top left.

        Callers that ask for the same share one request.

        Raises:
            ApiError: The server cannot say.
        """
        key = (document_id, page, start, end)
        known = self._boxes.get(key)
        if known is not None:
            self._boxes.move_to_end(key)
            return known
        task = self._boxes_asked.get(key)
        if task is None:
            task = self._scope.spawn(f"boxes-{page}", self._fetch_boxes(key), on_error=_told_to_caller)
            self._boxes_asked[key] = task
        return await asyncio.shield(task)

    def forget(self, document_id: str) -> None:
        """A document changed: its boxes are no longer true (images are keyed by content)."""
        for key in [key for key in self._boxes if key[0] == document_id]:
            del self._boxes[key]
        for key in [key for key in self._boxes_asked if key[0] == document_id]:
            del self._boxes_asked[key]

    async def close(self) -> None:
        """Give up what is under way."""
        await self._scope.close()

    async def _fetch_boxes(self, key: _Range) -> PageBoxes:
        document_id, page, start, end = key
        route = routes.path(routes.DOCUMENT_BOXES, document_id=document_id, page=page)
        try:
            answer = await self._api.get(route, PageBoxes, params={"start": start, "end": end})
            if self._boxes_asked.get(key) is asyncio.current_task():  # else it was forgotten meanwhile
                self._boxes[key] = answer
                if len(self._boxes) > BOXES_KEPT:
                    self._boxes.popitem(last=False)
            return answer
        finally:
            if self._boxes_asked.get(key) is asyncio.current_task():
                del self._boxes_asked[key]

    def _take_early(self, key: PageKey) -> asyncio.Task[bytes] | None:
        return self._early.pop((key.document_id, key.page, key.width), None)

    async def _draw(self, document_id: str, page: int, width: int) -> bytes:
        route = routes.path(routes.DOCUMENT_PAGE, document_id=document_id, page=page)
        return await self._api.content(route, params={"width": width})

    async def _fetch(self, key: PageKey) -> bytes:
        drawn = self._take_early(key)
        image = await (drawn or self._draw(key.document_id, key.page, key.width))
        self._scope.spawn(f"keep-{key.page}", self._keep(key.file_name, image))
        return image

    async def _keep(self, name: str, image: bytes) -> None:
        if await asyncio.to_thread(self._write, name, image):
            await self._note(name, len(image))

    def _read_decoded(self, name: str, decode: Callable[[bytes], T]) -> T | None:
        image = self._read(name)
        return decode(image) if image is not None else None

    def _read(self, name: str) -> bytes | None:
        if self._folder is None:
            return None
        path = self._folder / name
        try:
            image = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return image or None

    def _write(self, name: str, image: bytes) -> bool:
        if self._folder is None:
            return False
        path = self._folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            fresh.write_bytes(image)
            fresh.replace(path)
        except OSError as error:
            _log.info("a page image cannot be kept: %s", error)
            return False
        return True

    async def _note(self, name: str, size: int) -> None:
        """Remember a new image and, when over the limit, drop what was not used longest. Uses are
        remembered by the files' own times."""
        async with self._lock:
            if self._size is None:
                self._size = await asyncio.to_thread(lambda: sum(row[2] for row in self._scan()))
            else:
                self._size += size
            if self._size > self._limit:
                self._size = await asyncio.to_thread(self._drop_oldest, name)

    def _drop_oldest(self, spared: str) -> int:
        """Delete until there is some room again; the bytes that are left."""
        rows = self._scan()
        total = sum(size for _, _, size in rows)
        for _, name, size in rows:
            if total <= self._limit * ROOM:
                break
            if name != spared:
                self._remove(name)
                total -= size
        return total

    def _scan(self) -> list[tuple[float, str, int]]:
        """(time of last use, name, bytes) of all images, the longest unused first."""
        if self._folder is None or not self._folder.is_dir():
            return []
        found = []
        for path in self._folder.glob("*/*.png"):
            try:
                stat = path.stat()
            except OSError:
                continue
            found.append((stat.st_mtime, path.relative_to(self._folder).as_posix(), stat.st_size))
        return sorted(found)

    def _remove(self, name: str) -> None:
        try:
            if self._folder is not None:
                (self._folder / name).unlink()
        except OSError as error:
            _log.info("an old page image stays: %s", error)


def _told_to_caller(_: BaseException) -> None:
    """The awaiting caller gets the exception; one that has left does not need it."""
