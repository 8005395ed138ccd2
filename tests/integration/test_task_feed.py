# SPDX-License-Identifier: MIT
"""Our Socket.IO client against a real ``socket.io`` server from npm with connection-state recovery on."""

import asyncio
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bldr_desktop.client.task_feed import TaskFeed, TaskFeedError, job_frame

NODE = Path(__file__).resolve().parents[1] / "node"
pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (NODE / "node_modules" / "socket.io").exists(),
    reason="Node or socket.io from npm is not here (make setup-dev installs it)",
)


class Address:
    """As much of ``Api`` as the feed needs: an address and a token."""

    def __init__(self, base_url: str, token: str) -> None:
        self.base_url, self.token = base_url, token

    def access_token(self) -> str:
        return self.token


@pytest.fixture
def server() -> Iterator[str]:
    command = ["node", str(NODE / "server.js")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:
        assert node.stdout is not None
        assert node.stdin is not None
        yield node.stdout.readline().strip()
        node.stdin.close()
        node.wait(10)


async def until(condition: Callable[[], Any], seconds: float = 10.0) -> None:
    deadline = asyncio.get_running_loop().time() + seconds
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, "waited in vain"
        await asyncio.sleep(0.02)


def feed_of(address: str, token: str = "good", **options: Any) -> tuple[TaskFeed, list[dict[str, Any]]]:
    feed = TaskFeed(Address(address, token), **options)  # type: ignore[arg-type]
    frames: list[dict[str, Any]] = []
    feed.frames.connect(frames.extend)
    return feed, frames


async def test_updates_come_as_job_frames(server: str) -> None:
    feed, frames = feed_of(server)
    assert await feed.start()
    await until(lambda: len(frames) >= 3)
    assert {frame["job_id"] for frame in frames} == {"job-1"}
    assert all(frame["type"] == "task_update" for frame in frames)
    progress = [frame["data"]["progress"] for frame in frames]
    assert progress == sorted(progress)
    await feed.aclose()


async def test_a_command_is_acknowledged_and_seen(server: str) -> None:
    feed, frames = feed_of(server)
    await feed.start()
    assert (await feed.command("cancel", "job-1"))["success"]
    await until(lambda: frames and frames[-1]["status"] == "cancelled")
    with pytest.raises(TaskFeedError, match="no such job"):
        await feed.command("cancel", "job-9")
    await feed.aclose()


async def test_a_silent_server_does_not_hold_a_command_for_ever(server: str) -> None:
    feed, _ = feed_of(server, command_seconds=0.3)
    await feed.start()
    with pytest.raises(TaskFeedError, match="in time"):
        await feed.command("silent", "job-1")
    await feed.aclose()
    with pytest.raises(TaskFeedError, match="not connected"):
        await feed.command("cancel", "job-1")


async def test_a_lost_connection_comes_back(server: str) -> None:
    feed, frames = feed_of(server)
    told: list[bool] = []
    feed.connected_changed.connect(told.append)
    await feed.start()
    await until(lambda: frames)
    assert feed._client is not None
    await feed._client.emit("drop")
    await until(lambda: told[-1] is False)
    await until(lambda: told[-1] is True)
    frames.clear()
    await until(lambda: frames)
    await feed.aclose()


async def test_a_stranger_is_told_so(server: str) -> None:
    feed, _ = feed_of(server, token="bad")
    assert not await feed.start()
    assert feed.refusal
    assert not feed.connected
    await feed.aclose()


async def test_a_server_without_socket_io() -> None:
    feed, _ = feed_of("http://127.0.0.1:9", connect_seconds=1)
    assert not await feed.start()
    await feed.aclose()


def test_field_words_become_ours() -> None:
    frame = job_frame({"id": 7, "type": "rag_training", "status": "processing", "progress": 150})
    assert frame["data"]["status"] == "running"
    assert frame["data"]["progress"] == 100
    assert frame["job_id"] == "7"
