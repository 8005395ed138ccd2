# SPDX-License-Identifier: MIT
"""Looks after the health board: asks the parts every few seconds, so that nobody has to per request."""

import asyncio
import logging
import os
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.engine.ports import StoreUnavailable
from bldr_desktop.engine.ports.documents import DocumentStore
from bldr_desktop.engine.ports.index import VectorIndex
from bldr_desktop.engine.ports.parser import Parser
from bldr_desktop.engine.services.health import Health, State

Look = Callable[[], tuple[State, str]]
_log = logging.getLogger(__name__)
_EVERY_SECONDS = 5.0
_OPENING_SECONDS = 0.25
_DISK_LOW = 1 << 30
_DISK_OUT = 64 << 20


class Watch:
    """Keeps database, index, disk, workers and load on the board.

    Args:
        health: The board.
        documents: Asked for its version: the cheapest read of the database.
        index: Asked for its count.
        parser: The worker processes.
        folder: Its disk is watched.
        index_open: False while the index is still being opened.
        looks: More parts by name; each is called in the watch's thread and gives state and text.
        every: Seconds between two looks.
    """

    def __init__(
        self,
        health: Health,
        documents: DocumentStore,
        index: VectorIndex,
        parser: Parser,
        folder: Path,
        *,
        index_open: Callable[[], bool] = lambda: True,
        looks: Mapping[str, Look] | None = None,
        every: float = _EVERY_SECONDS,
    ) -> None:
        self._health = health
        self._documents = documents
        self._index = index
        self._parser = parser
        self._folder = folder
        self._index_open = index_open
        self._looks = dict(looks or {})
        self._every = every
        self._scope = TaskScope("watch")
        self._cpu: tuple[float, float] | None = None
        self.facts: dict[str, Any] = {}
        health.report("database", "healthy", "open")
        health.report("index", "degraded", "being opened")
        health.report("workers", "healthy", f"{parser.size} processes")
        health.report("disk", "healthy", "not measured yet")
        for name in self._looks:
            health.report(name, "off", "not looked at yet")

    def start(self) -> None:
        """Begin; the first look is taken at once."""
        self._scope.spawn("look", self._run())

    async def close(self) -> None:
        """Stop looking."""
        await self._scope.close()

    async def _run(self) -> None:
        while True:
            was_open = self._index_open()  # before the look: one that opens meanwhile is looked at soon
            await asyncio.to_thread(self.look)
            await asyncio.sleep(self._every if was_open else min(self._every, _OPENING_SECONDS))

    def look(self) -> None:
        """One look at everything; blocks for as long as the database takes."""
        for part in (self._look_at_database, self._look_at_index, self._look_at_disk):
            try:
                part()
            except Exception:  # noqa: BLE001 - the other parts are looked at all the same
                _log.exception("%s failed", part.__name__)
        self.facts["workers"] = self._parser.size
        self.facts["workers_busy"] = self._parser.busy
        text = f"{self._parser.busy} of {self._parser.size} processes busy"
        self._health.report("workers", "healthy", text)
        self._look_at_others()
        self._look_at_load()

    def on_outage(self, sentence: str | None) -> None:
        """The job runner met a database that cannot be reached; the next look says when it is back."""
        if sentence is not None:
            self._health.report("database", "unhealthy", sentence)

    def _look_at_others(self) -> None:
        for name, look in self._looks.items():
            try:
                state, text = look()
            except Exception as error:  # noqa: BLE001 - a look that fails is a finding itself
                state, text = "unhealthy", f"cannot be looked at: {error}"
            self._health.report(name, state, text)

    def _look_at_database(self) -> None:
        began = time.perf_counter()
        try:
            self._documents.version()
        except StoreUnavailable as error:
            self._health.report("database", "unhealthy", str(error))
        else:
            took = (time.perf_counter() - began) * 1000
            self._health.report("database", "healthy", f"answers in {took:.1f} ms")

    def _look_at_index(self) -> None:
        if not self._index_open():
            self._health.report("index", "degraded", "being opened")
            return
        try:
            self._health.report("index", "healthy", f"{self._index.count()} passages")
        except Exception as error:  # noqa: BLE001 - whatever the index library raises means the same here
            self._health.report("index", "unhealthy", f"cannot be read: {error}")

    def _look_at_disk(self) -> None:
        free = shutil.disk_usage(self._folder).free
        self.facts["disk_free_bytes"] = free
        text = f"{free / (1 << 30):.1f} GiB free"
        if free < _DISK_OUT:
            self._health.report("disk", "unhealthy", text)
        else:
            self._health.report("disk", "degraded" if free < _DISK_LOW else "healthy", text)

    def _look_at_load(self) -> None:
        now, used = time.monotonic(), time.process_time()
        if self._cpu is not None and now > self._cpu[0]:
            share = (used - self._cpu[1]) / (now - self._cpu[0])
            self.facts["cpu_percent"] = round(100 * share, 1)
        self._cpu = (now, used)
        memory = _resident_bytes()
        if memory is not None:
            self.facts["memory_bytes"] = memory


def _resident_bytes() -> int | None:
    """Memory of this process, without a library where the system tells it in a file."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        pass
    try:
        import psutil
    except ImportError:
        return None
    return int(psutil.Process().memory_info().rss)
