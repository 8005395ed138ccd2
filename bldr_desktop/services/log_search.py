# SPDX-License-Identifier: MIT
"""Searching a log while it grows: in a thread, hits as they are found, the newest query wins."""

import array
import asyncio
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.services.log_store import FoundBatch, LogReader

_SLICE_BATCHES = 16


class LogSearch:
    """The hits of one query in one log.

    Args:
        store: The log.
    """

    def __init__(self, store: LogReader) -> None:
        self.changed: Notice[None] = Notice()
        """More hits, or the search is through."""
        self.hits: array.array[int] = array.array("I")
        self.query = ""
        self.searched = 0
        self.busy = False
        self._store = store
        self._level = "debug"
        self._scope = TaskScope("log-search")
        self._task: asyncio.Task[None] | None = None

    def ask(self, query: str, level: str = "debug") -> None:
        """Search for another text (empty: none) in lines of at least ``level``."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.query, self._level = query, level
        self.hits = array.array("I")
        self.searched, self.busy = 0, False
        if query:
            self._start()
        self.changed.emit(None)

    def log_grew(self) -> None:
        """Search the lines that came since."""
        if self.query and not self.busy and self.searched < self._store.searchable:
            self._start()

    def after(self, line: int) -> int | None:
        """The first hit after a line, from the top again past the last one."""
        if not self.hits:
            return None
        at = bisect_right(self.hits, line)
        return self.hits[at if at < len(self.hits) else 0]

    def before(self, line: int) -> int | None:
        """The last hit before a line, from the bottom again past the first one."""
        if not self.hits:
            return None
        return self.hits[bisect_left(self.hits, line) - 1]

    def place(self, line: int) -> int:
        """Which hit stands on a line, counted from 1; 0 when none does."""
        at = bisect_left(self.hits, line)
        return at + 1 if at < len(self.hits) and self.hits[at] == line else 0

    async def aclose(self) -> None:
        """Stop searching."""
        await self._scope.close()

    def _start(self) -> None:
        self.busy = True
        self._task = self._scope.spawn("run", self._run())

    async def _run(self) -> None:
        batches = self._store.search(self.query, self._level, self.searched)
        while True:
            found = await asyncio.to_thread(_next_batches, batches)
            for batch in found:
                self.hits.extend(batch.lines)
                self.searched = batch.searched
            if not found:
                break
            self.changed.emit(None)
        self.busy = False
        self._task = None
        self.changed.emit(None)
        self.log_grew()


def _next_batches(batches: Iterator[FoundBatch]) -> list[FoundBatch]:
    """A few batches at once, fewer thread hops; the first hit ends the slice so that it shows at once."""
    found: list[FoundBatch] = []
    for _ in range(_SLICE_BATCHES):
        batch = next(batches, None)
        if batch is None:
            break
        found.append(batch)
        if batch.lines:
            break
    return found
