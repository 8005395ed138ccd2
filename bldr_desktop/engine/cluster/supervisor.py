# SPDX-License-Identifier: MIT
"""Start services in order, watch them, restart what falls, stop only what we started."""

import asyncio
import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.engine.cluster import state as states
from bldr_desktop.engine.cluster.health import SILENT, Check
from bldr_desktop.engine.cluster.state import ClusterState, ServiceState

_log = logging.getLogger(__name__)
_POLL = 0.2
_WATCH = 1.0
_BACK_OFF = (0.5, 1.0, 2.0, 4.0, 8.0)
_CALM = 60.0
"""Seconds of health after which restarts are counted anew."""


@dataclass(frozen=True, slots=True)
class Service:
    """How one service is started and asked. ``user``: run as this account (POSIX, root only)."""

    name: str
    command: Sequence[str]
    check: Check
    address: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    start_seconds: float = 15.0
    stop_seconds: float = 10.0
    adopt: bool = False
    """Take over what already answers at ``address`` instead of starting our own."""
    restarts: int = 30
    silent_checks: int = 20
    """Checks in a row without an answer (about three seconds each) after which ours is taken for hung."""
    stop_signal: int = signal.SIGTERM
    user: str | None = None
    tidy: Sequence[str] = ()
    """A command that removes what an earlier life may have left; run before each start and after the end."""


class ServiceFailed(Exception):
    """A service did not become healthy; the text says which, why, and where its log is."""


class Supervisor:
    """Owns the processes of one data folder for as long as it runs."""

    def __init__(
        self, folder: Path, profile: str, url: str, services: Sequence[Service], tell: Callable[[str], None]
    ) -> None:
        self._folder = folder
        self._services = list(services)
        self._tell = tell
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._healthy_since: dict[str, float] = {}
        self._scope = TaskScope("supervisor")
        self._stopping = asyncio.Event()
        logs = [str(folder / f"{service.name}.log") for service in services]
        rows = [
            ServiceState(service.name, address=service.address, log=log)
            for service, log in zip(services, logs, strict=True)
        ]
        self.state = ClusterState(profile, os.getpid(), url=url, services=rows)

    def ask_to_stop(self) -> None:
        """End :meth:`run` soon."""
        self._stopping.set()

    async def run(self, on_healthy: Callable[[], None] | None = None) -> None:
        """Start all, then watch until asked to stop; everything of ours is stopped at the end.

        Raises:
            ServiceFailed: A service did not come up in its time.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        states.forget_request(self._folder)
        try:
            for service in self._services:
                await self._start(service)
                if self._asked():
                    return
            if on_healthy is not None:
                on_healthy()
            for service in self._services:
                self._scope.spawn(f"watch.{service.name}", self._watch(service))
            while not self._asked():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), _POLL)
        finally:
            await self._scope.close()
            await self._stop_all()
            states.forget_request(self._folder)

    def _asked(self) -> bool:
        return self._stopping.is_set() or states.stop_asked(self._folder)

    def _row(self, service: Service) -> ServiceState:
        return next(row for row in self.state.services if row.name == service.name)

    def _set(self, service: Service, state: str, reason: str = "") -> None:
        row = self._row(service)
        if (row.state, row.reason) != (state, reason):
            row.state, row.reason, row.since = state, reason, time.time()
            self._tell(f"{service.name}: {state}{f' ({reason})' if reason else ''}")
            states.write(self._folder, self.state)

    async def _start(self, service: Service) -> None:
        row = self._row(service)
        if service.adopt and await service.check() is None:
            row.adopted = True
            self._set(service, "healthy", "already running, adopted")
            return
        self._set(service, "starting")
        if service.tidy:
            await asyncio.to_thread(_tidy, service)
        self._launch(service)
        deadline = time.monotonic() + service.start_seconds
        reason: str | None = "not asked yet"
        while time.monotonic() < deadline and not self._asked():
            reason = await service.check()
            if reason is None:
                self._healthy_since[service.name] = time.monotonic()
                self._set(service, "healthy")
                return
            process = self._processes[service.name]
            if process.poll() is not None:
                reason = f"ended with code {process.returncode}"
                break
            await asyncio.sleep(_POLL)
        if self._asked():
            return
        self._set(service, "failed", reason or "")
        raise ServiceFailed(f"{service.name} did not start: {reason}. Its log: {row.log}")

    def _launch(self, service: Service) -> None:
        row = self._row(service)
        self._processes[service.name] = _launch(service, Path(row.log))
        row.pid = self._processes[service.name].pid
        states.write(self._folder, self.state)

    async def _watch(self, service: Service) -> None:
        misses = silent = 0
        while True:
            await asyncio.sleep(_WATCH)
            process = self._processes.get(service.name)
            if process is not None and process.poll() is not None:
                await self._restart(service, f"ended with code {process.returncode}")
                misses = silent = 0
                continue
            reason = await service.check()
            misses = misses + 1 if reason else 0
            silent = silent + 1 if reason == SILENT else 0
            if process is not None and silent >= service.silent_checks:
                await asyncio.to_thread(stop_process, process, service.stop_signal, service.stop_seconds)
                await self._restart(service, "did not answer any more")
                misses = silent = 0
            elif reason is None:
                self._set(
                    service, "healthy", "already running, adopted" if self._row(service).adopted else ""
                )
            elif misses >= 3:
                self._set(service, "unhealthy", reason)

    async def _restart(self, service: Service, reason: str) -> None:
        row = self._row(service)
        if time.monotonic() - self._healthy_since.get(service.name, 0.0) > _CALM:
            row.restarts = 0
        while row.restarts < service.restarts:
            self._set(service, "restarting", reason)
            await asyncio.sleep(_BACK_OFF[min(row.restarts, len(_BACK_OFF) - 1)])
            row.restarts += 1
            try:
                await self._start(service)
            except ServiceFailed as error:
                reason = str(error)
                continue
            return
        self._set(service, "failed", f"gave up after {row.restarts} restarts: {reason}")
        await self._stopping.wait()

    async def _stop_all(self) -> None:
        for service in reversed(self._services):
            process = self._processes.get(service.name)
            if process is not None:
                await asyncio.to_thread(stop_process, process, service.stop_signal, service.stop_seconds)
                self._row(service).pid = None
                if service.tidy:
                    await asyncio.to_thread(_tidy, service)
            self._set(service, "stopped", "left running" if self._row(service).adopted else "")


def _tidy(service: Service) -> None:
    try:
        subprocess.run(list(service.tidy), capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        _log.warning("%s could not be tidied up: %s", service.name, error)


def _launch(service: Service, log_file: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, **service.environment}
    options: dict[str, object] = {}
    if sys.platform == "win32":
        options["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP
    else:
        options["start_new_session"] = True
        if service.user:
            options |= {"user": service.user, "group": service.user, "extra_groups": ()}
    with log_file.open("ab") as log:
        made: subprocess.Popen[bytes] = subprocess.Popen(  # type: ignore[call-overload]
            list(service.command),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment,
            **options,
        )
    return made


async def start_alone(service: Service, folder: Path) -> "subprocess.Popen[bytes]":
    """Start one service without watching it; the caller stops it.

    Raises:
        ServiceFailed: It did not come up in its time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log_file = folder / f"{service.name}.log"
    process = _launch(service, log_file)
    deadline = time.monotonic() + service.start_seconds
    reason: str | None = "not asked yet"
    while time.monotonic() < deadline and process.poll() is None:
        reason = await service.check()
        if reason is None:
            return process
        await asyncio.sleep(_POLL)
    stop_process(process, service.stop_signal, service.stop_seconds)
    raise ServiceFailed(f"{service.name} did not start: {reason}. Its log: {log_file}")


def stop_process(process: subprocess.Popen[bytes], how: int = signal.SIGTERM, seconds: float = 10.0) -> None:
    """Ask a process to end, then kill it with everything it started."""
    import psutil

    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.Error:
        family = []
    if process.poll() is None:
        if sys.platform == "win32":
            process.terminate()
        else:
            process.send_signal(how)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            _log.warning("process %d did not end within %.0f s and is killed", process.pid, seconds)
            process.kill()
            process.wait()
    for child in family:
        with contextlib.suppress(psutil.Error):
            child.kill()
