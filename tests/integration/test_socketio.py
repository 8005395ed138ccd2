# SPDX-License-Identifier: MIT
"""Socket.IO against independent peers from npm: their client on our engine."""

import asyncio
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from engine import EngineProcess, engine_process, eventually

__all__ = ["engine_process"]
NODE = Path(__file__).resolve().parents[1] / "node"

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (NODE / "node_modules" / "socket.io-client").exists(),
    reason="Node or socket.io-client from npm is not here (make setup-dev installs it)",
)


@contextmanager
def node_client(*arguments: str) -> Iterator[tuple[list[dict[str, Any]], "subprocess.Popen[str]"]]:
    """``client.js`` and the lines it has printed so far."""
    import threading

    command = ["node", str(NODE / "client.js"), *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:
        lines: list[dict[str, Any]] = []
        assert client.stdout is not None
        assert client.stdin is not None
        stream = client.stdout
        reader = threading.Thread(target=_collect, args=(stream, lines))
        reader.start()
        try:
            yield lines, client
        finally:
            client.stdin.close()
            client.wait(10)
            reader.join(10)


def _collect(stream: Any, lines: list[dict[str, Any]]) -> None:
    for line in iter(stream.readline, ""):
        lines.append(json.loads(line))


def of(lines: list[dict[str, Any]], event: str) -> list[Any]:
    return [line["data"] for line in tuple(lines) if line["event"] == event]


def folder_of(tmp_path: Path, files: int) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(files):
        text = "\n".join(f"{number}.{n} Требование {n} к бетону документа {number}." for n in range(400))
        (folder / f"Документ {number}.txt").write_text(text, encoding="utf-8")
    return folder


def test_their_client_sees_a_real_run(engine_process: EngineProcess, tmp_path: Path) -> None:
    with node_client(engine_process.url, engine_process.token()) as (lines, _):
        eventually(lambda: of(lines, "connect"))
        body = {"custom_dir": str(folder_of(tmp_path, 3))}
        job_id = engine_process.client().post("/train", json=body).json()["job_id"]
        eventually(lambda: of(lines, "job_completed"), 30)
        updates = [task for task in of(lines, "task_update") if task["id"] == job_id]
        assert updates[0]["status"] == "queued"
        assert updates[-1]["status"] == "completed"
        needed = {"id", "type", "status", "progress", "owner", "started_at", "eta"}
        assert all(needed <= set(task) for task in updates)
        numbers = [task["seq"] for task in updates]
        assert numbers == sorted(set(numbers))


def test_their_client_cancels_a_job(engine_process: EngineProcess, tmp_path: Path) -> None:
    body = {"custom_dir": str(folder_of(tmp_path, 60))}
    job_id = engine_process.client().post("/train", json=body).json()["job_id"]
    with node_client(engine_process.url, engine_process.token(), job_id) as (lines, _):
        (answer,) = eventually(lambda: of(lines, "ack"))
        assert answer["success"], answer
        row = eventually(lambda: _final(engine_process, job_id))
        assert row["status"] == "cancelled"
        told = eventually(lambda: [t for t in of(lines, "task_update") if t["status"] == "cancelled"])
        assert told[-1]["id"] == job_id


@pytest.mark.parametrize(
    ("token", "origin"),
    [
        ("nonsense", ""),
        ("", ""),
        (None, "http://evil.example"),
        (None, "null"),
        (None, "http://localhost:3001.evil.example"),
    ],
)
def test_r10_strangers_are_refused(engine_process: EngineProcess, token: str | None, origin: str) -> None:
    given = engine_process.token() if token is None else token
    with node_client(engine_process.url, given, "", origin) as (lines, client):
        eventually(lambda: of(lines, "connect_error"))
        assert client.wait(10) == 3
    assert not of(lines, "connect")
    assert not of(lines, "task_update")


def test_a_listed_origin_is_let_in(engine_process: EngineProcess) -> None:
    with node_client(engine_process.url, engine_process.token(), "", "http://localhost:3001") as (lines, _):
        eventually(lambda: of(lines, "connect"))


async def test_missed_updates_are_replayed(engine_process: EngineProcess, tmp_path: Path) -> None:
    import socketio

    seen: list[int] = []
    first, second = socketio.AsyncClient(), socketio.AsyncClient()
    first.on("task_update", lambda task: seen.append(task["seq"]))
    second.on("task_update", lambda task: seen.append(task["seq"]))
    await first.connect(engine_process.url, auth={"token": engine_process.token()}, transports=["websocket"])
    async with engine_process.async_client() as http:
        await http.post("/train", json={"custom_dir": str(folder_of(tmp_path, 1))})
        while not seen:
            await asyncio.sleep(0.02)
        await first.disconnect()
        last, epoch = seen[-1], (await http.get("/status")).json()["data"]["epoch"]
        await asyncio.sleep(1.5)
        auth = {"token": engine_process.token(), "since": last, "epoch": epoch}
        await second.connect(engine_process.url, auth=auth, transports=["websocket"])
        events = (await http.get("/queue")).json()
    deadline = asyncio.get_running_loop().time() + 10
    while events[0]["status"] == "completed" and len(seen) < 2:
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)
    await second.disconnect()
    assert seen == sorted(set(seen)), "in order, once"


def _final(engine: EngineProcess, job_id: str) -> Any:
    row = engine.client().get(f"/queue/{job_id}").json()
    return row if row["status"] in {"completed", "cancelled", "failed"} else None
