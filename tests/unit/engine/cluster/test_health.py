# SPDX-License-Identifier: MIT
"""Questions to services, asked of real sockets."""

import asyncio
import json
import socket

from bldr_desktop.engine.cluster import health


async def _served(body: bytes) -> str | None:
    """What the engine's check says of a server that answers so."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        return await health.engine(f"http://127.0.0.1:{port}")()


def _words(status: str, store: str) -> bytes:
    return json.dumps({"status": status, "components": {"store": store}}).encode()


async def test_an_engine_is_healthy_when_its_store_is_open_or_not_wanted_yet() -> None:
    assert await _served(_words("ok", "answers in 1 ms")) is None
    assert await _served(_words("ok", "standby")) is None
    assert await _served(_words("ok", "starting")) == "opening its store"
    assert await _served(_words("error", "cannot be reached")) == "store: cannot be reached"
    assert await _served(b"hello") == "answered 200, not as a Bldr engine"


async def test_an_index_process_that_hangs_is_not_healthy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts by the kernel, says nothing
        assert await health.index("127.0.0.1", silent.getsockname()[1])() == health.SILENT


def test_a_free_port_is_not_one_of_outgoing_connections() -> None:
    assert health.free_port() < 32_768
