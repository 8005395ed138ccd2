# SPDX-License-Identifier: MIT
"""A real engine for tests: ``bldr-engine serve`` as a child process with its own data folder.

In a test module::

    from engine import engine_process  # a fixture: one engine a test
    from engine import running_engine  # a context manager, for options or a module-wide fixture

``engine_process`` is an :class:`EngineProcess`: ``url``, ``pid``, ``data_dir``, ``log()``,
``client()`` (an ``httpx.Client`` signed in as the local admin), ``async_client()``, ``token()``,
``ws_url(token)``, ``add_user(name, password, role)``, ``sign_in(name, password)``, ``kill()``,
``stop()``, ``restart()``. ``BLDR_TEST_STACK=cluster`` puts Redis, Postgres and Celery behind it (``stack``).
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from stack import Backing

from bldr_desktop.common import program

ENGINE = "bldr_desktop.engine.cli"
LAUNCH_TOKEN = "launch-token-of-a-test"
_READY_SECONDS = 30.0


class EngineProcess:
    """One engine process and what a test needs of it."""

    def __init__(
        self,
        data_dir: Path,
        *,
        arguments: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        port: int = 0,
    ) -> None:
        self.data_dir = data_dir
        self.url = ""
        self._arguments = tuple(arguments)
        self._environment = dict(environment or {})
        self._port = port
        self._process: subprocess.Popen[str] | None = None
        self._token: str | None = None
        self._clients: list[httpx.Client] = []
        self.backing = Backing(data_dir, self._environment)

    # ---- life

    def start(self) -> "EngineProcess":
        """Start, wait for the ready line, and until more than ``/health`` is answered at once."""
        command = program.command(
            ENGINE,
            "serve",
            "--data-dir",
            str(self.data_dir),
            "--port",
            str(self._port),
            "--parent-pipe",
            *self._arguments,
        )
        self.data_dir.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "BLDR_WORKERS": "1", **self.backing.environment(), **self._environment}
        with (self.data_dir.parent / f"{self.data_dir.name}.stderr").open("ab") as stderr:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                env=environment,
            )
        self._process, self._token = process, None
        assert process.stdin is not None
        process.stdin.write(LAUNCH_TOKEN + "\n")
        process.stdin.flush()
        self.url = json.loads(self._ready_line())["url"]
        httpx.get(f"{self.url}/auth/validate", timeout=90)  # 401, once everything is loaded
        return self

    def _ready_line(self) -> str:
        assert self._process is not None and self._process.stdout is not None
        alarm = threading.Timer(_READY_SECONDS, self._process.kill)
        alarm.start()
        try:
            line = self._process.stdout.readline()
        finally:
            alarm.cancel()
        if not line:
            raise RuntimeError(f"the engine did not start:\n{self.log()}")
        return line

    @property
    def pid(self) -> int:
        """Process id."""
        assert self._process is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        """True while the process runs."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """kill -9, and wait for the end."""
        if self._process is not None:
            self._process.kill()
            self._reap(10)

    def stop(self, timeout: float = 15.0) -> int:
        """SIGTERM, wait; returns the exit code."""
        if self._process is None:
            return 0
        if self.alive:
            self._process.send_signal(signal.SIGTERM)
        return self._reap(timeout)

    def close_pipe(self, timeout: float = 15.0) -> int:
        """Close the parent's pipe, wait; returns the exit code."""
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.close()
        return self._reap(timeout)

    def _reap(self, timeout: float) -> int:
        assert self._process is not None
        try:
            code = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
            raise
        finally:
            for client in self._clients:
                client.close()
            self._clients.clear()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None and not stream.closed:
                    with suppress(BrokenPipeError):
                        stream.close()
        self._process = None
        return code

    def restart(self) -> "EngineProcess":
        """Start again on the same folder, after ``kill`` or ``stop``."""
        if self.alive:
            self.stop()
        return self.start()

    def log(self) -> str:
        """Everything the engine wrote to stderr."""
        file = self.data_dir.parent / f"{self.data_dir.name}.stderr"
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    # ---- talking to it

    def token(self) -> str:
        """An access token of the local admin."""
        if self._token is None:
            answer = httpx.post(f"{self.url}/auth/launch", json={"launch_token": LAUNCH_TOKEN}, timeout=30)
            answer.raise_for_status()
            self._token = answer.json()["access_token"]
        return self._token

    def client(self, token: str | None = None) -> httpx.Client:
        """A client signed in as the local admin, or by another token; closed with the engine."""
        client = httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {token or self.token()}"}, timeout=30
        )
        self._clients.append(client)
        return client

    def async_client(self, token: str | None = None) -> httpx.AsyncClient:
        """The same for coroutines; use it in ``async with``."""
        return httpx.AsyncClient(
            base_url=self.url, headers={"Authorization": f"Bearer {token or self.token()}"}, timeout=30
        )

    def ws_url(self, token: str | None = None) -> str:
        """The address of ``/ws``, with a token in the query when one is given."""
        base = self.url.replace("http://", "ws://") + "/ws"
        return f"{base}?token={token}" if token else base

    def add_user(self, name: str, password: str, role: str = "user") -> None:
        """``bldr-engine user add``, the password by stdin."""
        subprocess.run(
            program.command(ENGINE, "user", "add", name, "--role", role, "--data-dir", str(self.data_dir)),
            input=password + "\n",
            text=True,
            check=True,
            capture_output=True,
            timeout=30,
            env={**os.environ, **self._environment},
        )

    def sign_in(self, name: str, password: str) -> str:
        """An access token for a user."""
        answer = httpx.post(f"{self.url}/token", data={"username": name, "password": password}, timeout=30)
        answer.raise_for_status()
        return str(answer.json()["access_token"])


@contextmanager
def running_engine(data_dir: Path, **options: Any) -> Iterator[EngineProcess]:
    """An engine that is stopped at the end, whatever happens. Options of :class:`EngineProcess`."""
    engine = EngineProcess(data_dir, **options)
    try:
        yield engine.start()
    finally:
        try:
            if engine.alive:
                engine.stop()
        finally:
            engine.backing.stop()


@pytest.fixture
def engine_process(tmp_path: Path) -> Iterator[EngineProcess]:
    """One engine for one test."""
    with running_engine(tmp_path / "engine") as engine:
        yield engine


def eventually(check: Any, timeout: float = 10.0, pause: float = 0.02) -> Any:
    """Poll ``check`` until it gives something true; that value is returned.

    Raises:
        AssertionError: It never did.
    """
    end = time.monotonic() + timeout
    while True:
        value = check()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"did not become true within {timeout} s")
        time.sleep(pause)


if sys.platform == "win32":  # SIGTERM there kills at once; closing the pipe is the clean way
    EngineProcess.stop = EngineProcess.close_pipe  # type: ignore[method-assign]
