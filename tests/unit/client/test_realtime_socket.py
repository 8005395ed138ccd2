# SPDX-License-Identifier: MIT
"""Cutting messages out of the read buffer, against the library's own server, at every border."""

import asyncio
import random

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import InvalidStatus

from bldr_desktop.client.realtime_socket import MAX_FRAME, BatchConnection


class Choppy(BatchConnection):
    """Reads come in pieces of random size, as a bad network gives them."""

    rng = random.Random(7)

    def data_received(self, data: bytes) -> None:
        """Cut what was read into pieces."""
        at = 0
        while at < len(data):
            size = self.rng.choice((1, 2, 3, 7, 50, 1000, 100_000))
            super().data_received(data[at : at + size])
            at += size


async def exchange(messages: list[object], kind: type[BatchConnection] = Choppy) -> list[bytes]:
    """Send messages from the library's server to our connection; what our sink got."""
    got: list[bytes] = []

    async def handler(ws: ServerConnection) -> None:
        for message in messages:
            if message == "ping":
                await ws.ping()
            else:
                await ws.send(message)  # type: ignore[arg-type]
        await ws.wait_closed()

    async with serve(handler, "127.0.0.1", 0, compression=None, max_size=None) as server:
        port = server.sockets[0].getsockname()[1]
        uri = f"ws://127.0.0.1:{port}"
        async with connect(uri, create_connection=kind, compression=None, max_size=MAX_FRAME) as ws:
            assert isinstance(ws, BatchConnection)
            ws.start(got.extend)
            wanted = sum(message != "ping" for message in messages)
            async with asyncio.timeout(20):
                while len(got) < wanted and ws.close_code is None:
                    await asyncio.sleep(0.01)
            if ws.close_code is None:
                await ws.ping()  # the connection is still good both ways
    return got


async def test_messages_of_all_sizes_arrive_whole_and_in_order() -> None:
    sizes = (0, 1, 2, 3, 124, 125, 126, 127, 128, 65_535, 65_536, 300_000)
    messages = [f"{n}:" + "я" * size for n, size in enumerate(sizes)]
    assert await exchange([*messages]) == [message.encode() for message in messages]


async def test_fragments_binaries_and_pings_between_them() -> None:
    mixed: list[object] = ["a", "ping", ["one ", "two ", "three"], b"\x00\x01", "ping", "", ["x", ""], "end"]
    assert await exchange(mixed) == [b"a", b"one two three", b"\x00\x01", b"", b"x", b"end"]


async def test_many_small_ones_in_one_read() -> None:
    messages = [f'{{"n": {n}}}' for n in range(5000)]
    assert await exchange([*messages], BatchConnection) == [message.encode() for message in messages]


async def test_a_message_that_is_too_big_closes_with_1009() -> None:
    async def handler(ws: ServerConnection) -> None:
        await ws.send("x" * (MAX_FRAME + 1))

    async with serve(handler, "127.0.0.1", 0, compression=None, max_size=None) as server:
        uri = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with connect(
            uri, create_connection=BatchConnection, compression=None, max_size=MAX_FRAME
        ) as ws:
            assert isinstance(ws, BatchConnection)
            ws.start(lambda _messages: None)
            await asyncio.wait_for(ws.wait_closed(), 10)
            assert ws.protocol.close_sent is not None
            assert ws.protocol.close_sent.code == 1009


async def test_a_refusal_before_the_handshake_is_the_librarys() -> None:
    async with serve(
        lambda ws: ws.wait_closed(), "127.0.0.1", 0, process_request=lambda ws, _r: ws.respond(403, "no\n")
    ) as server:
        uri = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with pytest.raises(InvalidStatus) as refused:
            await connect(uri, create_connection=Choppy)
        assert refused.value.response.status_code == 403
        assert refused.value.response.body == b"no\n"
