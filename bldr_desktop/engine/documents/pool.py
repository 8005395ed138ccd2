# SPDX-License-Identifier: MIT
"""The parser pool: long-lived child processes, each of which may be killed at any moment."""

import asyncio
import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.program import command
from bldr_desktop.engine.documents import frames
from bldr_desktop.engine.ports.domain import Parsed, ParseFailure, ParseLimits
from bldr_desktop.protocol.documents import PageBoxes, PageText
from bldr_desktop.protocol.errors import ErrorCode

_log = logging.getLogger(__name__)
_MODULE = "bldr_desktop.engine.documents.child"
_START_SECONDS = 60.0
_HAS_ADDRESS_LIMIT = sys.platform.startswith("linux")
_PAGE_LIMITS = ParseLimits(wall_seconds=20.0, cpu_seconds=20.0)


def default_size() -> int:
    """Children for this machine: one a core, at most 8."""
    return max(1, min(8, os.cpu_count() or 1))


class _Child:
    """One process and its pipes. Not reusable after ``kill``."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.warm = False

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def exit_code(self) -> int | None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), 5.0)
        return self._process.returncode

    async def read_frame(self) -> tuple[bytes, int, bytes]:
        reader = self._process.stdout
        if reader is None:
            raise ConnectionError("child without pipe")
        tag, flags, length = frames.HEADER.unpack(await reader.readexactly(frames.HEADER.size))
        if length > frames.MAX_BODY:
            raise ValueError("frame too long")
        return tag, flags, await reader.readexactly(length)

    async def send(self, request: dict[str, Any]) -> None:
        writer = self._process.stdin
        if writer is None:
            raise ConnectionError("child without pipe")
        body = json.dumps(request).encode()
        writer.write(frames.HEADER.pack(frames.REQUEST, 0, len(body)) + body)
        await writer.drain()

    async def wait_warm(self) -> None:
        if not self.warm:
            tag, _, _ = await asyncio.wait_for(self.read_frame(), _START_SECONDS)
            if tag != frames.READY:
                raise ValueError("child did not say that it is ready")
            self.warm = True

    def kill(self) -> None:
        """Kill the process, and on POSIX all that it started (text recognition)."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self._process.kill()
            elif self.alive:
                os.killpg(self._process.pid, signal.SIGKILL)

    async def reap(self) -> None:
        """Wait for the end and let go of the pipes, so that nothing is left to the collector."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), 5.0)
        if self._process.stdin is not None:
            self._process.stdin.close()
            with contextlib.suppress(Exception):
                await self._process.stdin.wait_closed()


class ProcessParser:
    """Implements :class:`bldr_desktop.engine.ports.parser.Parser`.

    Args:
        size: Children that may work at once; None for one a core.
    """

    def __init__(self, size: int | None = None) -> None:
        self._size = size or default_size()
        self._idle: asyncio.Queue[_Child | None] = asyncio.Queue()
        self._children: set[_Child] = set()
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

    async def _spawn(self) -> _Child:
        process = await asyncio.create_subprocess_exec(
            *command(_MODULE),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            limit=1 << 20,
            env=_child_environment(),
            **_process_flags(),
        )
        child = _Child(process)
        self._children.add(child)
        return child

    async def _take(self) -> _Child | None:
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

    async def _discard(self, child: _Child) -> None:
        child.kill()
        await child.reap()
        self._children.discard(child)

    def _give_back(self, child: _Child, healthy: bool) -> None:
        if healthy and child.alive:
            self._idle.put_nowait(child)
        elif not self._closed:
            child.kill()
            self._scope.spawn("replace", self._replace(child))

    async def _replace(self, child: _Child) -> None:
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
            async with asyncio.timeout(limits.wall_seconds), _memory_watch(child, limits):
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


def _child_environment() -> dict[str, str]:
    """The environment without what a reader has no business with."""
    secret = ("KEY", "TOKEN", "SECRET", "PASSWORD", "PROXY")
    kept = {k: v for k, v in os.environ.items() if not any(word in k.upper() for word in secret)}
    return kept | {"OMP_THREAD_LIMIT": "1", "RAYON_NUM_THREADS": "1", "TOKIO_WORKER_THREADS": "1"}


def _process_flags() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


@contextlib.asynccontextmanager
async def _memory_watch(child: _Child, limits: ParseLimits) -> Any:
    """Where the system has no address space limit, watch the child's memory from here."""
    scope = TaskScope("memory")
    if not _HAS_ADDRESS_LIMIT:
        scope.spawn("watch", _kill_when_large(child, limits.memory_bytes))
    try:
        yield
    finally:
        await scope.close()


async def _kill_when_large(child: _Child, limit: int) -> None:
    import psutil

    with contextlib.suppress(psutil.Error):
        process = psutil.Process(child.pid)
        while process.memory_info().rss < limit:  # noqa: ASYNC110 - memory of another process
            await asyncio.sleep(0.25)
        child.kill()
