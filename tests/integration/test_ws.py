# SPDX-License-Identifier: MIT
"""``/ws`` on a real uvicorn: who gets what, replay, limits, floods; faults R14 to R23 by number."""

import asyncio
import base64
import json
import os
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from live_app import LiveApp, live_app
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bldr_desktop.engine.ports.events import NewEvent
from bldr_desktop.engine.services.auth import hash_password

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveApp]:
    with live_app(tmp_path_factory.mktemp("ws") / "data", ws_hello_seconds=0.1) as app:
        yield app


def event(number: int, **changes: Any) -> NewEvent:
    """A log line that is not merged; ``number`` tells it apart."""
    values: dict[str, Any] = {
        "type": "job_log",
        "frame": {"text": f"line {number}", "level": "info", "number": number},
        "job_id": "job",
        "owner": "local",
        "level": "info",
    }
    return NewEvent(**(values | changes))


@asynccontextmanager
async def client(live: LiveApp, token: str | None = None, **options: Any) -> AsyncIterator[ClientConnection]:
    """A connection whose greeting was read."""
    url = f"{live.ws_url.partition('?')[0]}?token={token}" if token else live.ws_url
    options.setdefault("close_timeout", 1)
    async with connect(url, compression=None, max_size=None, **options) as connection:
        greeting = json.loads(await asyncio.wait_for(connection.recv(), 5))
        assert greeting["type"] == "connection_established"
        yield connection


async def frame(connection: ClientConnection, seconds: float = 5) -> dict[str, Any]:
    """The next frame."""
    read: dict[str, Any] = json.loads(await asyncio.wait_for(connection.recv(), seconds))
    return read


async def until(connection: ClientConnection, kind: str) -> list[dict[str, Any]]:
    """Frames up to and with the first of a type."""
    frames = [await frame(connection)]
    while frames[-1]["type"] != kind:
        frames.append(await frame(connection))
    return frames


async def publish(live: LiveApp, events: list[NewEvent]) -> int:
    """Append as a worker would, in another thread; the last number."""
    return (await asyncio.to_thread(live.engine.events.append, events))[-1].seq


async def user_token(live: LiveApp, name: str, role: str = "user") -> str:
    """Add a user to the running engine and sign it in."""
    users = live.engine.auth._users
    await asyncio.to_thread(users.add, name, role, hash_password(PASSWORD))  # type: ignore[arg-type]
    import httpx

    async with httpx.AsyncClient() as http:
        form = {"username": name, "password": PASSWORD}
        return str((await http.post(f"{live.url}/token", data=form)).json()["access_token"])


def handshake(live: LiveApp) -> bytes:
    """A WebSocket handshake by hand, for peers that then misbehave."""
    lines = (
        f"GET /ws?token={live.token} HTTP/1.1",
        f"Host: {live.url.partition('//')[2]}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def closed_with(connection: ClientConnection, seconds: float = 5) -> int:
    """Read until the connection is closed; the close code."""
    try:
        async with asyncio.timeout(seconds):
            while True:
                await connection.recv()
    except ConnectionClosed as closed:
        assert closed.rcvd is not None, "closed without a close frame"
        return closed.rcvd.code


# ---- frames


async def test_a_frame_is_numbered_and_complete(live: LiveApp) -> None:
    async with client(live) as connection:
        await connection.send(json.dumps({"type": "hello", "since": 0, "epoch": None}))
        assert (await frame(connection))["recovered"] is True
        last = await publish(live, [event(1)])
        told = await frame(connection)
        assert (told["type"], told["seq"], told["job_id"]) == ("job_log", last, "job")
        assert told["epoch"] == live.engine.events.epoch
        assert told["ts"].endswith("Z")


async def test_without_hello_frames_come_after_a_moment(live: LiveApp) -> None:
    async with client(live) as connection:
        await publish(live, [event(1)])
        assert (await frame(connection))["text"] == "line 1"


async def test_users_see_their_own_events_admins_all(live: LiveApp) -> None:
    anna, boris = await user_token(live, "anna"), await user_token(live, "boris")
    async with client(live) as admin, client(live, anna) as hers, client(live, boris) as his:
        await publish(
            live,
            [
                event(1, owner="anna"),
                event(2, owner=None),
                event(3, owner="boris"),
                event(4, owner=None, public=True),
            ],
        )
        assert [(await frame(admin))["number"] for _ in range(4)] == [1, 2, 3, 4]
        assert [(await frame(hers))["number"] for _ in range(2)] == [1, 4]
        assert [(await frame(his))["number"] for _ in range(2)] == [3, 4]
        before = live.engine.events.last_seq - 4
        async with client(live, anna) as again:
            await again.send(json.dumps({"type": "hello", "since": before}))
            replay = await until(again, "replayed")
            assert [item["number"] for item in replay if "number" in item] == [1, 4]


async def test_an_unsubscribed_job_is_left_out_until_subscribed_again(live: LiveApp) -> None:
    async with client(live) as connection:
        await connection.send(json.dumps({"type": "unsubscribe", "job_id": "loud"}))
        assert (await until(connection, "subscription_confirmed"))[-1]["job_id"] == "loud"
        await publish(live, [event(1, job_id="loud"), event(2)])
        assert (await frame(connection))["number"] == 2
        await connection.send(json.dumps({"type": "subscribe", "job_id": "loud"}))
        await until(connection, "subscription_confirmed")
        await publish(live, [event(3, job_id="loud")])
        assert (await frame(connection))["number"] == 3


# ---- replay


async def test_r21_fifty_missed_events_come_in_order_once(live: LiveApp) -> None:
    async with client(live) as connection:
        last = await publish(live, [event(0)])
        assert (await frame(connection))["seq"] == last
    first = await publish(live, [event(1)])
    for number in range(2, 51):
        await publish(live, [event(number)])
    async with client(live) as connection:
        await connection.send(json.dumps({"type": "hello", "since": last, "epoch": live.engine.events.epoch}))
        frames = await until(connection, "replayed")
        assert frames[0]["recovered"] is True
        assert [item["number"] for item in frames[1:-1]] == list(range(1, 51))
        assert [item["seq"] for item in frames[1:-1]] == list(range(first, first + 50))
        assert frames[-1]["count"] == 50
        await publish(live, [event(51)])
        assert (await frame(connection))["number"] == 51


async def test_r21_events_during_a_replay_are_neither_lost_nor_doubled(live: LiveApp) -> None:
    start = await publish(live, [event(0)])
    await publish(live, [event(number) for number in range(1, 2001)])

    async def keep_publishing() -> None:
        for number in range(2001, 2201):
            await publish(live, [event(number)])

    async with client(live) as connection:
        await connection.send(json.dumps({"type": "hello", "since": start}))
        publishing = asyncio.ensure_future(keep_publishing())  # noqa: TID251 - awaited below
        seen: list[int] = []
        while len(seen) < 2200:
            item = await frame(connection)
            if "number" in item:
                seen.append(item["number"])
        await publishing
        assert seen == list(range(1, 2201))


async def test_r22_a_gap_that_cannot_be_filled_is_said(live: LiveApp) -> None:
    epoch, last = live.engine.events.epoch, live.engine.events.last_seq
    for since, of in ((last, "another"), (last + 1000, epoch)):
        async with client(live) as connection:
            await connection.send(json.dumps({"type": "hello", "since": since, "epoch": of}))
            hello, reset = await frame(connection), await frame(connection)
            assert hello["recovered"] is False
            assert (reset["type"], reset["epoch"]) == ("reset", epoch)
            assert reset["reason"]
            await publish(live, [event(7)])
            told = await frame(connection)
            assert told["number"] == 7
            assert told["seq"] > reset["seq"]


async def test_r22_pruned_history_is_a_reset_never_a_partial_replay(tmp_path: Path) -> None:
    with live_app(tmp_path / "data") as live:
        await publish(live, [event(number) for number in range(100)])
        await asyncio.to_thread(live.engine.events.prune, 10)  # type: ignore[attr-defined]
        async with client(live) as connection:
            await connection.send(json.dumps({"type": "hello", "since": 50}))
            assert (await until(connection, "reset"))[-1]["type"] == "reset"
        async with client(live) as connection:
            await connection.send(json.dumps({"type": "hello", "since": 90}))
            frames = await until(connection, "replayed")
            assert [item["number"] for item in frames if "number" in item] == list(range(90, 100))


@pytest.mark.parametrize("blocks", [1, pytest.param(10, marks=pytest.mark.slow)])
async def test_fifty_thousand_missed_events_come_complete(live: LiveApp, blocks: int) -> None:
    start = await publish(live, [event(0)])
    for block in range(blocks):
        await publish(live, [event(block * 5000 + number) for number in range(5000)])
    async with client(live) as connection:
        begun = time.perf_counter()
        await connection.send(json.dumps({"type": "hello", "since": start}))
        raw: list[bytes | str] = []
        while not raw or "replayed" not in str(raw[-1])[:40]:
            raw.append(await asyncio.wait_for(connection.recv(decode=False), 10))
        seconds = time.perf_counter() - begun
    numbers = [item["number"] for item in map(json.loads, raw) if "number" in item]
    assert numbers == list(range(blocks * 5000))
    # 2 s on an idle machine (tests/bench/fanout.py measures it); here others may be at work beside us
    assert seconds <= 8.0


# ---- how many


async def test_r14_the_101st_connection_is_refused_until_one_leaves(live: LiveApp) -> None:
    connections = [await connect(live.ws_url, compression=None) for _ in range(100)]
    try:
        for connection in connections:
            await frame(connection)
        async with connect(live.ws_url) as one_more:
            assert await closed_with(one_more) == 1013
        await connections.pop().close()
        async with client(live) as now:
            await now.send('{"type": "ping"}')
            assert (await frame(now))["type"] == "pong"
    finally:
        for connection in connections:
            await connection.close()


async def test_r14_half_open_connections_leave_by_ping_timeout(tmp_path: Path) -> None:
    with live_app(tmp_path / "data", ws_ping_seconds=0.5) as live:
        port = int(live.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.sendall(handshake(live))
            assert b"101" in raw.recv(4096)
            await eventually(lambda: live.engine.hub.connections == 1)
            await eventually(lambda: live.engine.hub.connections == 0, 5)


async def test_r15_one_user_cannot_take_all_places(live: LiveApp) -> None:
    token = await user_token(live, "greedy")
    url = f"{live.ws_url.partition('?')[0]}?token={token}"
    connections = [await connect(url, compression=None) for _ in range(25)]
    try:
        for connection in connections:
            await frame(connection)
        async with connect(url) as one_more:
            assert await closed_with(one_more) == 1013
        async with client(live):
            pass
    finally:
        for connection in connections:
            await connection.close()


async def eventually(check: Any, seconds: float = 5) -> None:
    """Poll until true."""
    async with asyncio.timeout(seconds):
        while not check():
            await asyncio.sleep(0.02)


# ---- what clients may send


@pytest.mark.parametrize("size", [64 * 1024 + 1, 20 << 20])
async def test_r16_large_messages_close_with_1009(live: LiveApp, size: int) -> None:
    async with client(live) as connection:
        with suppress(ConnectionClosed):
            await connection.send("x" * size)
        assert await closed_with(connection) == 1009
    async with client(live) as connection:
        await connection.send(json.dumps({"type": "ping", "pad": "x" * 65_000}))
        assert (await frame(connection))["type"] == "pong"


@pytest.mark.parametrize(
    "text",
    ["rubbish", "[1, 2]", "null", '{"type": "format_disk"}', "{}", '{"type": 5}', "[" * 30_000,
     '{"type": "hello", "since": "x"}', '{"type": "message"}', b"\x00\x01binary"],
)  # fmt: skip
async def test_anything_else_is_answered_with_an_error_frame(live: LiveApp, text: str | bytes) -> None:
    async with client(live) as connection:
        await connection.send(text)
        answer = await frame(connection)
        assert answer["type"] == "error"
        assert answer["error"]
        await connection.send('{"type": "ping"}')
        assert (await frame(connection))["type"] == "pong"


async def test_field_commands_are_answered(live: LiveApp) -> None:
    async with client(live) as connection:
        await connection.send('{"type": "subscribe", "subscription_type": "jobs"}')
        confirmed = await frame(connection)
        assert (confirmed["type"], confirmed["subscription_type"]) == ("subscription_confirmed", "jobs")
        await connection.send('{"message": "Какой бетон?"}')
        answer = await frame(connection)
        assert answer["type"] == "chat"
        assert answer["message"]


@pytest.mark.slow
async def test_r17_a_flood_is_slowed_and_others_do_not_notice(live: LiveApp) -> None:
    async with client(live) as flooder, client(live) as other:
        sent = 0

        async def flood() -> None:
            nonlocal sent
            try:
                while True:
                    await flooder.send('{"type": "ping"}')
                    sent += 1
                    await asyncio.sleep(0.001)
            except ConnectionClosed:
                return

        async def read() -> int:
            answers = 0
            try:
                while True:
                    answers += "pong" in str(await flooder.recv())
            except (ConnectionClosed, asyncio.CancelledError):
                return answers

        flooding, reading = asyncio.ensure_future(flood()), asyncio.ensure_future(read())  # noqa: TID251
        latencies = []
        for _ in range(12):
            begun = time.perf_counter()
            await other.send('{"type": "ping"}')
            await frame(other)
            latencies.append(time.perf_counter() - begun)
            await asyncio.sleep(0.05)
        flooding.cancel()
        reading.cancel()
        answered = await reading
        assert sent > 200
        assert answered <= 200 + 50 * 5
        assert sorted(latencies)[len(latencies) // 2] < 0.1


async def test_r18_a_client_that_never_reads_is_closed_and_others_get_everything(tmp_path: Path) -> None:
    with live_app(tmp_path / "data", ws_lag_seconds=2.0) as live:
        port = int(live.url.rpartition(":")[2])
        sleeper = socket.socket()
        sleeper.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sleeper.connect(("127.0.0.1", port))
        sleeper.sendall(handshake(live))
        with sleeper:
            async with client(live) as reader:
                await reader.send(json.dumps({"type": "hello", "since": 0, "epoch": None}))
                await eventually(lambda: live.engine.hub.connections == 2)
                padding = "x" * 4000
                numbers: list[int] = []
                for block in range(40):
                    await publish(
                        live,
                        [
                            event(block * 50 + n, frame={"number": block * 50 + n, "pad": padding})
                            for n in range(50)
                        ],
                    )
                    while len(numbers) < (block + 1) * 50:
                        item = await frame(reader)
                        if "number" in item:
                            numbers.append(item["number"])
                assert numbers == list(range(2000))
                for member in live.engine.hub._members:
                    assert member.outbox.bytes + member.wire.buffered() <= 1 << 20
                await eventually(lambda: live.engine.hub.connections == 1, 8)


async def test_r23_a_hundred_reconnects_at_once_all_recover(live: LiveApp) -> None:
    start = await publish(live, [event(0)])
    await publish(live, [event(number) for number in range(1, 21)])

    async def come_back() -> list[int]:
        async with connect(live.ws_url, compression=None) as connection:
            await connection.send(json.dumps({"type": "hello", "since": start}))
            frames = await until(connection, "replayed")
            return [item["number"] for item in frames if "number" in item]

    answers = await asyncio.gather(*(come_back() for _ in range(100)))
    assert all(answer == list(range(1, 21)) for answer in answers)
