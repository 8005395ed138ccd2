# SPDX-License-Identifier: MIT
"""A process that sends WebSocket frames as fast as it is told: the other end of the realtime bench.

The client's first word says what to send: ``{"count": n, "rate": frames a second or 0, "shape": name}``.
The frames of a burst are encoded before the first is sent, so that the sender is no bottleneck.
"""

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from websockets.asyncio.server import ServerConnection, serve

WORDS = "извлечён текст бетон конструкции раздел страница фундамент смета ведомость арматура".split()  # noqa: SIM905
EPOCH = "bench"


def training(seq: int, count: int) -> dict[str, Any]:
    """A small progress frame of our engine."""
    return {
        "type": "training_progress",
        "seq": seq,
        "epoch": EPOCH,
        "job_id": "job-1",
        "ts": f"2026-11-22T09:{seq // 60000 % 60:02d}:{seq // 1000 % 60:02d}.{seq % 1000:03d}Z",
        "stage": "extract",
        "log": f"{WORDS[seq % 10]} {WORDS[seq // 10 % 10]} {seq}",
        "progress": round(100.0 * seq / count, 3),
        "data": "",
        "status": "processing",
        "files_total": 5000,
        "files_done": 5000 * seq // count,
        "files_failed": 0,
        "chunks": seq,
        "bytes_total": 100 * count,
        "bytes_done": 100 * seq,
        "current_file": f"СП {seq % 400}.13330.pdf",
        "time_left": None,
    }


def field(seq: int, count: int) -> dict[str, Any]:
    """A progress frame as field servers send it."""
    return {
        "stage": f"{1 + 13 * seq // count}/14",
        "log": f"{WORDS[seq % 10]} {WORDS[seq // 10 % 10]} {seq}",
        "progress": 100 * seq // count,
        "data": "",
        "status": "processing",
    }


SHAPES = {"training": training, "field": field}


def wire(frame: dict[str, Any]) -> bytes:
    """A frame as the bytes of an unmasked text message."""
    payload = json.dumps(frame, ensure_ascii=False).encode()
    size = len(payload)
    head = bytes([0x81, size]) if size < 126 else b"\x81\x7e" + size.to_bytes(2, "big")
    return head + payload


async def _answer(ws: ServerConnection) -> None:
    hello = {"type": "connection_established", "seq": 0, "epoch": EPOCH, "ts": ""}
    await ws.send(json.dumps(hello))
    async for word in ws:
        order = json.loads(word)
        if "count" not in order:
            continue  # a client's own hello
        shape, count, rate = SHAPES[order["shape"]], order["count"], order.get("rate", 0)
        start = order.get("start", 0)
        frames = [wire(shape(start + i + 1, start + count)) for i in range(count)]
        await (_steady(ws, frames, rate) if rate else _burst(ws, frames))


async def _burst(ws: ServerConnection, frames: list[bytes]) -> None:
    step = 256
    for at in range(0, len(frames), step):
        ws.transport.write(b"".join(frames[at : at + step]))
        await ws.drain()


async def _steady(ws: ServerConnection, frames: list[bytes], rate: float) -> None:
    """``rate`` a second in steps of 2 ms, by the clock."""
    began, sent = time.perf_counter(), 0
    while sent < len(frames):
        due = min(len(frames), int((time.perf_counter() - began) * rate) + 1)
        if due > sent:
            ws.transport.write(b"".join(frames[sent:due]))
            sent = due
            await ws.drain()
        await asyncio.sleep(0.002)


async def _main() -> None:
    async with serve(_answer, "127.0.0.1", 0, compression=None, ping_interval=None) as server:
        sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


@contextlib.contextmanager
def frame_server() -> Iterator[int]:
    """The port of a frame server in a process of its own; it ends with the block."""
    command = [sys.executable, str(Path(__file__))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.stdin.close()
            process.wait(10)


if __name__ == "__main__":
    asyncio.run(_main())
