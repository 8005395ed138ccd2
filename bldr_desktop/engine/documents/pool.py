# SPDX-License-Identifier: MIT
"""The parser pool: long-lived child processes, each of which may be killed at any moment."""

import asyncio
import logging
import os
import signal
import time
from pathlib import Path
from typing import Any

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.engine.documents import frames
from bldr_desktop.engine.documents.process import Child, memory_watch, start_child
from bldr_desktop.engine.ports.domain import Parsed, ParseFailure, ParseLimits
from bldr_desktop.protocol.documents import PageBoxes, PageText
from bldr_desktop.protocol.errors import ErrorCode

_log = logging.getLogger(__name__)
_MODULE = "bldr_desktop.engine.documents.child"
_PAGE_LIMITS = ParseLimits(wall_seconds=20.0, cpu_seconds=20.0)


def default_size() -> int:
    """Children for this machine: one a core, at most 8."""
    return max(1, min(8, os.cpu_count() or 1))


class ProcessParser:
    """Implements :class:`bldr_desktop.engine.ports.parser.Parser`.

    Args:
        size: Children that may work at once; None for one a core.
        finisher: The module whose ``finish(parsed)`` a child calls with each file that it has read.
    """

    def __init__(self, size: int | None = None, finisher: str | None = None) -> None:
        self._arguments = (finisher,) if finisher else ()
        self._size = size or default_size()
        self._idle: asyncio.Queue[Child | None] = asyncio.Queue()
        self._children: set[Child] = set()
        self._busy = 0
        self._scope = TaskScope("parser")
        self._started = False
        self._closed = False

    @property
    def size(self) -> int:
        """Number of children that may work at once."""
        return self._size

    @property
    def busy(self) -> int:
        """Number of children working now."""
        return self._busy

    @property
    def pids(self) -> list[int]:
        """Process ids of the children, for tests and the process list."""
        return [child.pid for child in self._children if child.alive]

    async def start(self) -> None:
        """Start the children; returns at once, they warm up on their own."""
        if self._started:
            return
        self._started = True
        for _ in range(self._size):
            self._scope.spawn("warm", self._add_child())

    async def parse(self, path: Path, name: str, limits: ParseLimits) -> Parsed | ParseFailure:
        """Extract, structure and chunk one file. Cancelling the call kills the child."""
        answer = await self._ask({"op": "parse", "path": str(path), "name": name}, limits)
        return answer if isinstance(answer, Parsed | ParseFailure) else _strange()

    async def render_page(self, path: Path, page: int, width: int) -> bytes | ParseFailure:
        """A PNG of a page (from 1) of a paged document, ``width`` pixels wide (64 to 4096)."""
        request = {"op": "render", "path": str(path), "page": page, "width": max(64, min(4096, width))}
        answer = await self._ask(request, _PAGE_LIMITS)
        return answer if isinstance(answer, bytes | ParseFailure) else _strange()

    async def page_boxes(self, path: Path, page: int, start: int, end: int) -> PageBoxes | ParseFailure:
        """Rectangles of the characters [start, end) of a page, one a line of text."""
        request = {"op": "boxes", "path": str(path), "page": page, "start": start, "end": end}
        answer = await self._ask(request, _PAGE_LIMITS)
        return answer if isinstance(answer, PageBoxes | ParseFailure) else _strange()

    async def page_text(self, path: Path, page: int) -> PageText | ParseFailure:
        """The text of one page, read again from the file."""
        answer = await self._ask({"op": "text", "path": str(path), "page": page}, _PAGE_LIMITS)
        return answer if isinstance(answer, PageText | ParseFailure) else _strange()

    async def close(self) -> None:
        """Kill all children."""
        self._closed = True
        await self._scope.close()
        for child in tuple(self._children):
            child.kill()
            await child.reap()
        self._children.clear()

    async def _add_child(self) -> None:
        """Start a child and offer it; a place without a process is offered when it cannot start."""
        try:
            child = await self._spawn()
        except OSError as error:
            _log.error("a reader process cannot be started: %s", error)
            self._idle.put_nowait(None)
            return
        try:
            await child.wait_warm()
        except (TimeoutError, ValueError, asyncio.IncompleteReadError):
            _log.warning("a reader process ended before it was ready")
        self._idle.put_nowait(child)

    async def _spawn(self) -> Child:
        child = await start_child(_MODULE, *self._arguments)
        self._children.add(child)
        return child

    async def _take(self) -> Child | None:
        """A child that is alive, or None when none can be started."""
        child = await self._idle.get()
        if child is not None and child.alive and child.warm:
            return child
        if child is not None:
            await self._discard(child)
        try:
            fresh = await self._spawn()
            await fresh.wait_warm()
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError) as error:
            _log.error("a reader process cannot be started: %s", error)
            self._idle.put_nowait(None)
            return None
        except asyncio.CancelledError:
            self._idle.put_nowait(None)
            raise
        return fresh

    async def _discard(self, child: Child) -> None:
        child.kill()
        await child.reap()
        self._children.discard(child)

    def _give_back(self, child: Child, healthy: bool) -> None:
        if healthy and child.alive:
            self._idle.put_nowait(child)
        elif not self._closed:
            child.kill()
            self._scope.spawn("replace", self._replace(child))

    async def _replace(self, child: Child) -> None:
        await self._discard(child)
        await self._add_child()

    async def _ask(self, request: dict[str, Any], limits: ParseLimits) -> frames.Answer:
        await self.start()
        child = await self._take()
        if child is None:
            return ParseFailure(
                ErrorCode.WORKER_LOST, "No reader process can be started on this machine", transient=True
            )
        self._busy += 1
        healthy = False
        began = time.monotonic()
        try:
            await child.send({**request, "limits": frames.limits_adapter.dump_python(limits)})
            async with asyncio.timeout(limits.wall_seconds), memory_watch(child, limits.memory_bytes):
                tag, flags, body = await child.read_frame()
            answer = await _decode(tag, body)
            healthy = not flags & frames.RECYCLE
            return answer
        except TimeoutError:
            return _too_slow(limits.wall_seconds)
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            return _died(await child.exit_code(), time.monotonic() - began, limits)
        finally:
            self._busy -= 1
            self._give_back(child, healthy)


async def _decode(tag: bytes, body: bytes) -> frames.Answer:
    """Large answers are decoded in a thread: the loop must stay quick."""
    if len(body) < 200_000:
        return frames.decode(tag, body)
    return await asyncio.to_thread(frames.decode, tag, body)


def _strange() -> ParseFailure:
    return ParseFailure(ErrorCode.FILE_CRASHED_READER, "The reader gave an answer that makes no sense")


def _too_slow(seconds: float) -> ParseFailure:
    return ParseFailure(
        ErrorCode.FILE_TIME_LIMIT,
        f"Reading took longer than {seconds:g} {_seconds_word(seconds)} and was stopped",
    )


def _seconds_word(seconds: float) -> str:
    return "second" if seconds == 1 else "seconds"


def _died(code: int | None, seconds: float, limits: ParseLimits) -> ParseFailure:
    """Tell from a child's exit why it ended."""
    xcpu = getattr(signal, "SIGXCPU", None)
    if xcpu is not None and code == -xcpu:
        sentence = f"Reading used more than {limits.cpu_seconds:g} seconds of processor time and was stopped"
        return ParseFailure(ErrorCode.FILE_TIME_LIMIT, sentence)
    details = f"exit {code} after {seconds:.1f} s"
    if code is not None and code == -getattr(signal, "SIGKILL", 9):
        return ParseFailure(
            ErrorCode.FILE_CRASHED_READER, "The reader process was killed while reading the file", details
        )
    return ParseFailure(ErrorCode.FILE_CRASHED_READER, "The file makes its reader crash", details)
