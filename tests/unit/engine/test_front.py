# SPDX-License-Identifier: MIT
"""The front door: health at once, everything else when the engine is there."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bldr_desktop.engine.front import Front

HOSTS = frozenset({"localhost"})


class Inside:
    """The engine behind the door: answers with the path, remembers its life."""

    def __init__(self) -> None:
        self.life: list[str] = []
        self.gate = threading.Event()
        self.gate.set()

    def load(self) -> Any:
        self.life.append("load")
        assert self.gate.wait(5)
        return self._run()

    @asynccontextmanager
    async def _run(self) -> AsyncIterator[Any]:
        self.life.append("start")
        yield self.serve
        self.life.append("stop")

    async def serve(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": scope["path"].encode()})


async def ask(front: Front, path: str, host: str = "localhost") -> tuple[int, bytes]:
    """One GET request."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"host", host.encode())]}
    await front(scope, receive, send)
    return sent[0]["status"], sent[1]["body"]


@asynccontextmanager
async def life(front: Front) -> AsyncIterator[None]:
    """The server's start and stop around a test."""
    told: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    task = asyncio.get_running_loop().create_task(front({"type": "lifespan"}, told.get, heard.put))
    told.put_nowait({"type": "lifespan.startup"})
    assert (await heard.get())["type"] == "lifespan.startup.complete"
    yield
    told.put_nowait({"type": "lifespan.shutdown"})
    assert (await heard.get())["type"] == "lifespan.shutdown.complete"
    await task


async def test_health_is_answered_without_loading_anything() -> None:
    inside = Inside()
    front = Front(inside.load, hosts=HOSTS)
    async with life(front):
        status, body = await ask(front, "/health")
        assert status == 200
        assert json.loads(body)["status"] == "ok"
        assert set(json.loads(body)["components"].values()) == {"standby"}
    assert inside.life == []


async def test_requests_wait_for_the_engine_and_health_says_so() -> None:
    inside = Inside()
    inside.gate.clear()
    front = Front(inside.load, hosts=HOSTS)
    async with life(front):
        waiting = [asyncio.ensure_future(ask(front, f"/{number}")) for number in range(3)]  # noqa: TID251
        while not inside.life:
            await asyncio.sleep(0.005)
        assert set(json.loads((await ask(front, "/health"))[1])["components"].values()) == {"starting"}
        inside.gate.set()
        assert await asyncio.gather(*waiting) == [(200, b"/0"), (200, b"/1"), (200, b"/2")]
        assert await ask(front, "/health") == (200, b"/health")
    assert inside.life == ["load", "start", "stop"]


async def test_waiting_work_loads_at_once() -> None:
    inside = Inside()
    async with life(Front(inside.load, hosts=HOSTS, at_once=True)):
        while "start" not in inside.life:
            await asyncio.sleep(0.005)
    assert inside.life == ["load", "start", "stop"]


async def test_a_failure_is_told_and_answered() -> None:
    def load() -> Any:
        raise OSError("no store")

    failures: list[BaseException] = []
    front = Front(load, hosts=HOSTS, failed=failures.append)
    async with life(front):
        status, body = await ask(front, "/status")
    assert status == 503
    assert json.loads(body)["error"] == json.loads(body)["detail"]
    assert [str(error) for error in failures] == ["no store"]


@pytest.mark.parametrize("host", ["evil.example", ""])
async def test_a_foreign_host_is_left_to_the_engines_own_doors(host: str) -> None:
    inside = Inside()
    front = Front(inside.load, hosts=HOSTS)
    async with life(front):
        assert await ask(front, "/health", host) == (200, b"/health")
    assert inside.life[0] == "load"
