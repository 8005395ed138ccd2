# SPDX-License-Identifier: MIT
"""The embedded engine as a child process: started, watched, started again, never left behind.

A one-time launch token goes in as the first line of its stdin; the pipe stays open for as long as
we live, and the engine ends when it closes, so a killed client leaves no orphan (R29). When the
engine dies it is started again after growing pauses, and given up after a number of failures in a
row that never got far (R30); ``try_now`` begins anew.
"""

import asyncio
import contextlib
import json
import logging
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from bldr_desktop.common.aio import spawn
from bldr_desktop.common.observe import Notice
from bldr_desktop.common.program import command

_log = logging.getLogger(__name__)
MODULE = "bldr_desktop.engine.cli"


class EngineState(StrEnum):
    """What the child is doing."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    WAITING = "waiting"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """The child's state. ``reason`` is a sentence of the engine's own, or empty."""

    state: EngineState = EngineState.STOPPED
    url: str | None = None
    pid: int | None = None
    reason: str = ""
    failures: int = 0
    since: datetime = field(default_factory=lambda: datetime.now(UTC))
    next_try: datetime | None = None


@dataclass(frozen=True, slots=True)
class RestartPolicy:
    """Pauses in seconds between starts, and what counts as a good run.

    ``pauses[min(failures, last)]`` is the pause; after ``give_up_after`` failures in a row no
    further start is tried. A run of ``good_run`` seconds clears the count.
    """

    pauses: tuple[float, ...] = (0.3, 1.0, 2.0, 5.0, 10.0, 20.0)
    give_up_after: int = 6
    good_run: float = 30.0
    ready_within: float = 60.0
    stop_within: float = 8.0

    def pause(self, failures: int) -> float:
        """Seconds to wait after this many failures in a row (1 for the first)."""
        return self.pauses[min(failures, len(self.pauses)) - 1]


class _Child:
    """One running process; two threads read its pipes, ``ended`` and ``ready`` are futures of the loop."""

    def __init__(self, arguments: list[str], token: str) -> None:
        loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[str] = loop.create_future()
        self.ended: asyncio.Future[int] = loop.create_future()
        self.tail: deque[str] = deque(maxlen=40)
        self._loop = loop
        flags: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            flags = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
        self.process = subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            close_fds=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
            **flags,
        )
        assert self.process.stdin and self.process.stdout and self.process.stderr
        with contextlib.suppress(OSError):  # it may be dead already; ``ended`` says so
            self.process.stdin.write(token.encode() + b"\n")
            self.process.stdin.flush()
        errors = threading.Thread(target=self._keep_tail, args=(self.process.stderr,), daemon=True)
        errors.start()
        threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True).start()
        # not by the end of its output: children of its own may hold that open for a while
        threading.Thread(target=self._watch, args=(errors,), daemon=True).start()

    def _keep_tail(self, pipe: IO[bytes]) -> None:
        with pipe:
            for line in pipe:
                self.tail.append(line.decode("utf-8", "replace").rstrip())

    def _listen(self, pipe: IO[bytes]) -> None:
        with pipe:
            for line in pipe:
                self._hear(line)

    def _watch(self, errors: threading.Thread) -> None:
        code = self.process.wait()
        errors.join(0.3)
        self._tell(self.ended, code)

    def _hear(self, line: bytes) -> None:
        try:
            said = json.loads(line)
        except ValueError:
            return
        if isinstance(said, dict) and said.get("event") == "ready":
            self._tell(self.ready, str(said.get("url")))

    def _tell(self, future: asyncio.Future[Any], value: Any) -> None:
        def settle() -> None:
            if not future.done():
                future.set_result(value)

        with contextlib.suppress(RuntimeError):  # the loop is gone: nobody is waiting any more
            self._loop.call_soon_threadsafe(settle)

    def reason(self, code: int | None) -> str:
        """Why it ended: its own sentence where it gave one."""
        for line in reversed(self.tail):
            if line.startswith("bldr-engine: "):
                return line.removeprefix("bldr-engine: ")
        if code is None:
            return "The engine did not get ready in time."
        if code < 0:
            return f"The engine was ended by {_signal_name(-code)}."
        return f"The engine ended with code {code}."

    async def stop(self, within: float) -> None:
        """Close the pipe (it ends by itself), then ask, then kill; all its children with it."""
        self.close_pipe()
        if not await self._ends(within):
            self._signal(signal.SIGTERM)
            await self._ends(2.0)
        self.kill()
        await self._ends(2.0)

    def close_pipe(self) -> None:
        """Close its stdin: it ends by itself."""
        with contextlib.suppress(OSError):
            if self.process.stdin:
                self.process.stdin.close()

    async def _ends(self, seconds: float) -> bool:
        done, _ = await asyncio.wait({self.ended}, timeout=seconds)
        return bool(done)

    def kill(self) -> None:
        """End it and its process group now."""
        if sys.platform == "win32":
            if self.process.poll() is None:
                self.process.kill()
            return
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self.process.terminate()
            else:
                os.killpg(self.process.pid, number)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


class EngineProcess:
    """Keeps an engine running on a free port of 127.0.0.1.

    Args:
        data_dir: The engine's data folder.
        on_ready: Called with (url, launch token) at each start, before ``RUNNING`` is told.
        policy: Pauses and limits.
        module: What to run; the engine's command line.
        arguments: Further arguments of ``serve``.
    """

    def __init__(
        self,
        data_dir: Path,
        on_ready: Callable[[str, str], Awaitable[None]],
        *,
        policy: RestartPolicy | None = None,
        module: str = MODULE,
        arguments: tuple[str, ...] = (),
    ) -> None:
        self.changed: Notice[EngineStatus] = Notice()
        self.status = EngineStatus()
        self._policy = policy or RestartPolicy()
        self._on_ready = on_ready
        self._command = command(
            module, "serve", "--host", "127.0.0.1", "--port", "0", "--data-dir", str(data_dir),
            "--parent-pipe", *arguments,
        )  # fmt: skip
        self._wake = asyncio.Event()
        self._child: _Child | None = None
        self._task: asyncio.Task[None] | None = None
        self._hurry = False

    def start(self) -> None:
        """Start and keep running; needs a running loop. Twice does no harm."""
        if self._task is None:
            self._task = spawn("engine.keep", self._keep())

    def try_now(self) -> None:
        """Do not wait for the pause; after giving up, begin anew."""
        self._wake.set()

    def restart(self) -> None:
        """End the engine now; it is started again at once, with a new launch token."""
        if self._child is not None:
            self._hurry = True
            self._child.kill()

    async def stop(self) -> None:
        """End the engine and whatever it started, within the policy's time and some seconds."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait({task})
        child, self._child = self._child, None
        if child is not None:
            await child.stop(self._policy.stop_within)
        self._tell(EngineState.STOPPED, url=None, pid=None, reason="", next_try=None)

    def kill(self) -> None:
        """Last resort without a loop: end the engine now."""
        if self._child is not None:
            self._child.kill()

    async def _keep(self) -> None:
        failures = 0
        while True:
            began = time.monotonic()
            reason = await self._run_once(failures)
            if self._hurry:
                self._hurry = False
                continue
            if time.monotonic() - began >= self._policy.good_run:
                failures = 0
            failures += 1
            _log.warning("engine: %s (failure %d in a row)", reason, failures)
            if failures >= self._policy.give_up_after:
                await self._rest(EngineState.GIVEN_UP, reason, failures, None)
                failures = 0
            else:
                await self._rest(EngineState.WAITING, reason, failures, self._policy.pause(failures))

    async def _rest(self, state: EngineState, reason: str, failures: int, pause: float | None) -> None:
        self._wake.clear()
        at = datetime.now(UTC) + timedelta(seconds=pause) if pause is not None else None
        self._tell(state, url=None, pid=None, reason=reason, failures=failures, next_try=at)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), pause)

    async def _run_once(self, failures: int) -> str:
        """Start it and wait for its end; the reason it ended."""
        token = secrets.token_urlsafe(32)
        self._tell(EngineState.STARTING, url=None, pid=None, next_try=None, failures=failures)
        try:
            child = self._child = _Child(self._command, token)
        except OSError as error:
            return f"The engine cannot be started: {error.strerror}."
        first: set[asyncio.Future[Any]] = {child.ready, child.ended}
        await asyncio.wait(
            first,
            timeout=self._policy.ready_within,
            return_when=asyncio.FIRST_COMPLETED,
        )
        if child.ended.done() or not child.ready.done():
            return await self._buried(child)
        try:
            await self._on_ready(child.ready.result(), token)
        except Exception as error:  # noqa: BLE001 - whatever it was, try another start
            _log.exception("the engine answered, but the sign-in failed")
            child.kill()
            await self._buried(child)
            return f"The sign-in to the engine failed: {error}"
        self._tell(
            EngineState.RUNNING, url=child.ready.result(), pid=child.process.pid, reason="", failures=0
        )
        await asyncio.wait({child.ended})
        return await self._buried(child)

    async def _buried(self, child: _Child) -> str:
        """Make sure that the process and its children are gone; the reason it ended."""
        child.close_pipe()
        reason = child.reason(child.ended.result() if child.ended.done() else None)
        child.kill()
        await asyncio.wait({child.ended}, timeout=5.0)
        if child.tail:
            _log.info("engine's last words:\n%s", "\n".join(child.tail))
        self._child = None
        return reason

    def _tell(self, state: EngineState, **changes: Any) -> None:
        since = self.status.since if state is self.status.state else datetime.now(UTC)
        self.status = replace(self.status, state=state, since=since, **changes)
        self.changed.emit(self.status)
