# SPDX-License-Identifier: MIT
"""Services start in order, are restarted when they fall, and none of ours is left behind."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bldr_desktop.engine.cluster import health, state
from bldr_desktop.engine.cluster.supervisor import Service, ServiceFailed, Supervisor

SERVE = """
import socket, sys, time
time.sleep(float(sys.argv[2]))
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    connection, _ = listener.accept()
    connection.sendall(b"#CHALLENGE#")
    connection.close()
"""


def service(name: str, delay: float = 0.0, **options: object) -> Service:
    port = health.free_port()
    command = [sys.executable, "-c", SERVE, str(port), str(delay)]
    check = health.index("127.0.0.1", port)
    return Service(name, command, check, f"127.0.0.1:{port}", **options)  # type: ignore[arg-type]


async def until(condition: Callable[[], bool], seconds: float = 8.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def running(folder: Path, *services: Service) -> AsyncIterator[tuple[Supervisor, list[str]]]:
    lines: list[str] = []
    supervisor = Supervisor(folder, "test", "", services, lines.append)
    task = asyncio.get_running_loop().create_task(supervisor.run())
    try:
        await until(lambda: supervisor.state.healthy or task.done())
        yield supervisor, lines
    finally:
        supervisor.ask_to_stop()
        await task


async def test_start_in_order_state_in_a_file_and_stop_by_request(tmp_path: Path) -> None:
    async with running(tmp_path, service("one", 0.3), service("two")) as (supervisor, lines):
        assert lines.index("one: healthy") < lines.index("two: starting")
        told = state.read(tmp_path)
        assert told is not None
        assert told.healthy
        pids = [row.pid for row in told.services]
        assert all(state.alive(pid) for pid in pids)
        state.ask_to_stop(tmp_path)
        await until(lambda: supervisor.state.services[0].state == "stopped")
    assert not any(state.alive(pid) for pid in pids)


async def test_a_killed_service_is_back_within_ten_seconds(tmp_path: Path) -> None:
    async with running(tmp_path, service("one")) as (supervisor, _):
        row = supervisor.state.services[0]
        first = row.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        await until(lambda: row.state == "healthy" and row.pid != first, 10)
        assert row.restarts == 1


async def test_what_already_runs_is_adopted_and_left_alone(tmp_path: Path) -> None:
    ours = service("one", adopt=True)
    async with running(tmp_path / "a", ours) as (first, _):
        pid = first.state.services[0].pid
        async with running(tmp_path / "b", ours) as (second, _):
            assert second.state.services[0].adopted
            assert second.state.services[0].pid is None
        assert state.alive(pid)


async def test_a_service_that_hangs_is_restarted(tmp_path: Path) -> None:
    one = service("one", silent_checks=1, stop_seconds=0.5)
    async with running(tmp_path, one) as (supervisor, lines):
        row = supervisor.state.services[0]
        await until(lambda: row.state == "healthy")
        hung = row.pid
        assert hung is not None
        os.kill(hung, signal.SIGSTOP)
        await until(lambda: row.state == "healthy" and row.pid != hung, 15)
    assert any("did not answer any more" in line for line in lines)


async def test_one_that_cannot_start_says_why_and_takes_nothing_with_it(tmp_path: Path) -> None:
    broken = Service("broken", [sys.executable, "-c", "raise SystemExit(3)"], health.index("127.0.0.1", 9))
    lines: list[str] = []
    supervisor = Supervisor(tmp_path, "test", "", [service("one"), broken], lines.append)
    with pytest.raises(ServiceFailed, match="broken did not start: ended with code 3"):
        await supervisor.run()
    assert supervisor.state.services[0].state == "stopped"


async def test_redis_check_tells_redis_from_others() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, text: bytes) -> None:
        await reader.read(100)
        writer.write(text)
        await writer.drain()
        writer.close()

    for text, expected in ((b"+PONG\r\n+OK\r\n", None), (b"HTTP/1.1 400\r\n\r\n", "something else")):
        server = await asyncio.start_server(lambda r, w, t=text: answer(r, w, t), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        reason = await health.redis(f"redis://127.0.0.1:{port}/0")()
        assert reason is None if expected is None else expected in str(reason)
        server.close()
    assert await health.redis("redis://127.0.0.1:9/0")()
