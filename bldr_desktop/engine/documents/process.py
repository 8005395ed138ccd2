# SPDX-License-Identifier: MIT
"""One reader process: its pipes, its end, its limits seen from outside."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.program import command
from bldr_desktop.engine.documents import frames

_START_SECONDS = 60.0
_HAS_ADDRESS_LIMIT = sys.platform.startswith("linux")


class Child:
    """One process and its pipes. Not reusable after ``kill``."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.warm = False

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """True until its end was seen."""
        return self._process.returncode is None

    async def exit_code(self) -> int | None:
        """Its exit status (negative: a signal), or None when it does not end."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), 5.0)
        return self._process.returncode

    async def read_frame(self) -> tuple[bytes, int, bytes]:
        """The next frame: tag, flags, body."""
        reader = self._process.stdout
        if reader is None:
            raise ConnectionError("child without pipe")
        tag, flags, length = frames.HEADER.unpack(await reader.readexactly(frames.HEADER.size))
        if length > frames.MAX_BODY:
            raise ValueError("frame too long")
        return tag, flags, await reader.readexactly(length)

    async def send(self, request: dict[str, Any]) -> None:
        """Hand it a request."""
        writer = self._process.stdin
        if writer is None:
            raise ConnectionError("child without pipe")
        body = json.dumps(request).encode()
        writer.write(frames.HEADER.pack(frames.REQUEST, 0, len(body)) + body)
        await writer.drain()

    async def wait_warm(self) -> None:
        """Wait until it said that it is ready; at once when it did before."""
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


async def start_child(module: str, *arguments: str) -> Child:
    """Start a reader process.

    Raises:
        OSError: It cannot be started.
    """
    process = await asyncio.create_subprocess_exec(
        *command(module, *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        limit=1 << 20,
        env=_child_environment(),
        **_process_flags(),
    )
    return Child(process)


def _child_environment() -> dict[str, str]:
    """The environment without what a reader has no business with."""
    secret = ("KEY", "TOKEN", "SECRET", "PASSWORD", "PROXY")
    kept = {k: v for k, v in os.environ.items() if not any(word in k.upper() for word in secret)}
    single = {"OMP_THREAD_LIMIT": "1", "RAYON_NUM_THREADS": "1", "TOKIO_WORKER_THREADS": "1"}
    # pydantic looks through every installed package for plugins otherwise: 25 ms of each start
    return kept | single | {"PYDANTIC_DISABLE_PLUGINS": "__all__"}


def _process_flags() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


@contextlib.asynccontextmanager
async def memory_watch(child: Child, memory_bytes: int) -> AsyncIterator[None]:
    """Where the system has no address space limit, watch the child's memory from here."""
    scope = TaskScope("memory")
    if not _HAS_ADDRESS_LIMIT:
        scope.spawn("watch", _kill_when_large(child, memory_bytes))
    try:
        yield
    finally:
        await scope.close()


async def _kill_when_large(child: Child, limit: int) -> None:
    import psutil

    with contextlib.suppress(psutil.Error):
        process = psutil.Process(child.pid)
        while process.memory_info().rss < limit:  # noqa: ASYNC110 - memory of another process
            await asyncio.sleep(0.25)
        child.kill()
