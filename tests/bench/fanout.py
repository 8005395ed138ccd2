# SPDX-License-Identifier: MIT
"""Fan-out to 100 clients: speed against websockets.broadcast, one stalled and one slow of 100, replay.

Rows (performance.md):

* G11 ``deliveries/s`` of our hub against ``websockets.broadcast()`` in the same run, both with uvloop,
  the same clients (one process, raw sockets, counting bytes) and the same frames;
* G10 with one client that never reads and one that reads slowly: frames of 4 KB, more than 3 MB in
  flight; what the other 98 lack, their longest gap (p99) against a run without the two, the memory
  kept for the stalled one, when it was closed, and the engine's memory before and after;
* the replay of 50,000 missed events over the wire, from the SQL log.

Run: ``python tests/bench/fanout.py [--runs 3]``
"""

import argparse
import asyncio
import base64
import json
import multiprocessing
import os
import selectors
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

CLIENTS = 100
FRAME = 4096
BURST = 60
SPEED_FRAMES = 1500
STALL_SECONDS = 8.0
RATE = 200.0
PATIENCE = 14.0


# ---- the clients: one process, plain sockets


@dataclass
class Peer:
    """One client: what it received and when. ``pace`` bytes a second it is willing to read."""

    sock: socket.socket
    frames: int = 0
    last: float = 0.0
    gaps: list[float] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    rest: bytes = b""
    pace: float | None = None
    taken: int = 0
    closed: int | None = None


def shake(port: int, path: str, small: bool = False) -> socket.socket:
    """Connect and do the WebSocket handshake."""
    sock = socket.socket()
    if small:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
    sock.connect(("127.0.0.1", port))
    key = base64.b64encode(os.urandom(16)).decode()
    sock.sendall(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += sock.recv(1)
    if b" 101 " not in head.split(b"\r\n")[0]:
        raise RuntimeError(head.decode())
    return sock


def feed(peer: Peer, data: bytes, now: float, watch: bool) -> None:
    """Cut frames out of what came; with ``watch`` their numbers and gaps are kept."""
    data = peer.rest + data
    place = 0
    while len(data) - place >= 2:
        length, head = data[place + 1] & 0x7F, 2
        if length == 126:
            length, head = int.from_bytes(data[place + 2 : place + 4], "big"), 4
        elif length == 127:
            length, head = int.from_bytes(data[place + 2 : place + 10], "big"), 10
        if len(data) - place < head + length:
            break
        opcode = data[place] & 0x0F
        payload = data[place + head : place + head + length]
        place += head + length
        if opcode == 8:
            peer.closed = int.from_bytes(payload[:2], "big") if payload else 1005
        elif opcode == 1 and b'"number":' in payload[:400]:
            peer.frames += 1
            if watch:
                if peer.last:
                    peer.gaps.append(now - peer.last)
                peer.last = now
                peer.numbers.append(int(payload.partition(b'"number":')[2].partition(b",")[0]))
    peer.rest = data[place:]


def clients(pipe: Connection, port: int, path: str, odd: bool, watch: bool, wanted: int) -> None:
    """Be all clients until each of the well-behaved has ``wanted`` frames; report over ``pipe``.

    With ``odd`` the first never reads and the second reads 400 KB/s.
    """
    peers = [Peer(shake(port, path, small=odd and number == 0)) for number in range(CLIENTS)]
    chooser = selectors.DefaultSelector()
    for peer in peers:
        peer.sock.setblocking(False)
    if odd:
        peers[1].pace = 400_000.0
    for peer in peers[1 if odd else 0 :]:
        chooser.register(peer.sock, selectors.EVENT_READ, peer)
    good = peers[2:] if odd else peers
    pipe.send("connected")
    begun = time.perf_counter()
    end = begun + 90
    while any(peer.frames < wanted for peer in good) and time.perf_counter() < end:
        for key, _ in chooser.select(0.2):
            peer = key.data
            now = time.perf_counter()
            if peer.pace is not None and peer.taken > peer.pace * (now - begun):
                continue
            try:
                data = peer.sock.recv(262_144 if peer.pace is None else 16_384)
            except BlockingIOError:
                continue
            if not data:
                chooser.unregister(peer.sock)
                continue
            peer.taken += len(data)
            feed(peer, data, now, watch)
        if peers[1].pace is not None:
            time.sleep(0.0005)  # a paced peer that is ready must not make us spin
    done = time.perf_counter()
    pipe.send(
        {
            "done": done,
            "frames": [peer.frames for peer in good],
            "complete": all(peer.numbers == list(range(wanted)) for peer in good) if watch else None,
            "gaps": [gap for peer in good for gap in peer.gaps],
        }
    )
    pipe.recv()  # the stalled one stays connected until told
    for peer in peers:
        peer.sock.close()
    pipe.send("gone")


def start_clients(*arguments: Any) -> tuple[Any, Connection]:
    """Run :func:`clients` in a fresh process."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=clients, args=(there, *arguments), daemon=True)
    process.start()
    return process, here


async def told(pipe: Connection) -> Any:
    """What the clients say next."""
    return await asyncio.to_thread(pipe.recv)


# ---- the servers


def memory_bytes() -> int:
    """Resident memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def new_event(number: int, size: int = FRAME) -> Any:
    """A log event of about ``size`` bytes."""
    from bldr_desktop.engine.ports.events import NewEvent

    frame = {"number": number, "text": "x" * (size - 150)}
    return NewEvent(type="job_log", frame=frame, job_id="bench", public=True, level="info")


class OurServer:
    """The hub, its log and its WebSocket route on a real uvicorn, in this process and loop."""

    def __init__(self, hub: Any, log: Any, settings: Any) -> None:
        self.hub, self.log, self.settings = hub, log, settings
        self.port = 0

    async def __aenter__(self) -> "OurServer":
        import uvicorn
        from fastapi import FastAPI

        from bldr_desktop.common.aio import spawn
        from bldr_desktop.engine.routes import ws
        from bldr_desktop.engine.routes.ws_wire import WireProtocol
        from bldr_desktop.engine.services.auth import Principal

        class Auth:
            async def verify(self, _token: str) -> Principal:
                return Principal("bench", "admin", "bench", time.time() + 3600)

        class Parts:
            hub, events, settings, auth = self.hub, self.log, self.settings, Auth()

        app = FastAPI()
        app.state.engine = Parts()
        app.include_router(ws.router)
        config = uvicorn.Config(
            app, host="127.0.0.1", port=0, ws=WireProtocol, ws_per_message_deflate=False,
            log_config=None, log_level="critical", lifespan="off", timeout_graceful_shutdown=1,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self.hub.start()
        self._task = spawn("bench.server", self._server.serve())
        while not self._server.started:
            await asyncio.sleep(0.01)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.hub.close()
        self._server.should_exit = True
        await self._task


def our_server(**settings: Any) -> OurServer:
    """Our hub over the log in memory."""
    from bldr_desktop.engine.adapters.memory_events import MemoryEventLog
    from bldr_desktop.engine.events.hub import Hub, HubLimits
    from bldr_desktop.engine.settings import Settings

    options = Settings(ws_hello_seconds=0.05, **settings)
    log = MemoryEventLog()
    limits = HubLimits(
        connections=options.ws_connections,
        queue_bytes=options.ws_queue_bytes,
        queue_frames=options.ws_queue_frames,
        lag_seconds=options.ws_lag_seconds,
    )
    return OurServer(Hub(log, limits), log, options)


async def speed_ours() -> float:
    """Deliveries a second of our hub: bursts, each waited for by the room in the sockets."""
    async with our_server() as server:
        process, pipe = start_clients(server.port, "/ws?token=x", False, False, SPEED_FRAMES)
        await told(pipe)
        await asyncio.sleep(0.3)
        begun = time.perf_counter()
        for start in range(0, SPEED_FRAMES, BURST):
            server.log.append([new_event(number) for number in range(start, start + BURST)])
            await asyncio.sleep(0)
            while any(member.outbox.bytes or member.wire.buffered() for member in server.hub._members):
                await asyncio.sleep(0.001)
        report = await told(pipe)
        return finish(process, pipe, report, begun)


async def speed_broadcast() -> float:
    """Deliveries a second of ``websockets.broadcast``, bursts waited for the same way."""
    from websockets.asyncio.server import ServerConnection, broadcast, serve

    connections: set[ServerConnection] = set()

    async def handler(connection: ServerConnection) -> None:
        connections.add(connection)
        await connection.wait_closed()

    async with serve(handler, "127.0.0.1", 0, compression=None, ping_interval=None) as server:
        port = server.sockets[0].getsockname()[1]
        process, pipe = start_clients(port, "/", False, False, SPEED_FRAMES)
        await told(pipe)
        await asyncio.sleep(0.3)
        begun = time.perf_counter()
        for start in range(0, SPEED_FRAMES, BURST):
            for number in range(start, start + BURST):
                event = new_event(number)
                broadcast(connections, json.dumps({**event.frame, "type": event.type, "seq": number}))
            await asyncio.sleep(0)
            while any(connection.transport.get_write_buffer_size() for connection in connections):
                await asyncio.sleep(0.001)
        report = await told(pipe)
        return finish(process, pipe, report, begun)


def finish(process: Any, pipe: Connection, report: dict[str, Any], begun: float) -> float:
    """Deliveries a second, and the clients' end."""
    pipe.send("leave")
    pipe.recv()
    process.join(10)
    return float(sum(report["frames"]) / (report["done"] - begun))


@dataclass
class Stall:
    """What the run with (or without) odd clients showed."""

    complete: bool
    gap_p99: float
    closed_after: float | None = None
    kept_bytes: int = 0
    grown_bytes: int = 0


async def stall(odd: bool) -> Stall:
    """A steady stream to 100 clients; with ``odd`` one never reads, one is slow."""
    wanted = int(STALL_SECONDS * RATE)
    async with our_server(ws_ping_seconds=300) as server:
        process, pipe = start_clients(server.port, "/ws?token=x", odd, True, wanted)
        await told(pipe)
        await asyncio.sleep(0.3)
        before, peak, kept, closed_at, stalled_at = memory_bytes(), 0, 0, None, None
        begun = time.perf_counter()
        for number in range(wanted):
            server.log.append([new_event(number)])
            while time.perf_counter() < begun + (number + 1) / RATE:
                await asyncio.sleep(0.001)
            for member in server.hub._members:
                if not member.wire.writable.is_set():
                    kept = max(kept, member.outbox.bytes + member.wire.buffered())
                    stalled_at = stalled_at or time.perf_counter()
            if closed_at is None and odd and server.hub.connections < CLIENTS:
                closed_at = time.perf_counter()
            peak = max(peak, memory_bytes())
        report = await told(pipe)
        while odd and closed_at is None and time.perf_counter() < (stalled_at or begun) + PATIENCE:
            await asyncio.sleep(0.05)
            closed_at = time.perf_counter() if server.hub.connections < CLIENTS else None
        pipe.send("leave")
        await told(pipe)
        process.join(10)
    return Stall(
        complete=bool(report["complete"]),
        gap_p99=quantile(report["gaps"], 0.99),
        closed_after=closed_at - stalled_at if closed_at and stalled_at else None,
        kept_bytes=kept,
        grown_bytes=peak - before,
    )


async def replay() -> tuple[float, bool]:
    """Seconds to get 50,000 missed events from the SQL log over the wire, and whether all came in order."""
    from bldr_desktop.engine.adapters.sql.events import SqlEventLog
    from bldr_desktop.engine.adapters.sql.opening import open_database
    from bldr_desktop.engine.events.hub import Hub
    from bldr_desktop.engine.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/bench.sqlite3").database
        log = SqlEventLog(database)
        for start in range(0, 50_000, 5000):
            log.append([new_event(number, 300) for number in range(start, start + 5000)])
        try:
            async with OurServer(Hub(log), log, Settings()) as server:
                return await asyncio.to_thread(_replayed, server.port)
        finally:
            database.close()


def _replayed(port: int) -> tuple[float, bool]:
    sock = shake(port, "/ws?token=x")
    text = json.dumps({"type": "hello", "since": 0}).encode()
    mask = os.urandom(4)
    masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(text))
    peer = Peer(sock)
    begun = time.perf_counter()
    sock.sendall(bytes((0x81, 0x80 | len(text))) + mask + masked)
    sock.settimeout(30)
    while len(peer.numbers) < 50_000:
        data = sock.recv(262_144)
        if not data:
            break
        feed(peer, data, time.perf_counter(), True)
    seconds = time.perf_counter() - begun
    sock.close()
    return seconds, peer.numbers == list(range(50_000))


# ---- the table


def quantile(values: list[float], share: float) -> float:
    """The value below which ``share`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def run(work: Callable[[], Any]) -> Any:
    """Run a coroutine on uvloop where there is one, else on asyncio."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work())
    return uvloop.run(work())


def row(
    name: str, value: float, unit: str, limit: float, *, least: bool = False, reach: Any = None
) -> dict[str, Any]:
    """One row; ``least``: the limit is a floor."""
    ok = value >= limit if least else value <= limit
    return {
        "name": name, "value": round(value, 3), "unit": unit, "limit": round(limit, 3),
        "ratio": round(value / limit, 3) if limit else None, "reach": reach, "ok": bool(ok),
    }  # fmt: skip


def main() -> int:
    """Run everything, print the table, then one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=3, help="runs whose median counts")
    runs = parser.parse_args().runs
    ours, theirs, even, odd, replays = [], [], [], [], []
    for _ in range(runs):
        theirs.append(run(speed_broadcast))
        ours.append(run(speed_ours))
        even.append(run(lambda: stall(False)))
        odd.append(run(lambda: stall(True)))
        replays.append(run(replay))
    middle = statistics.median
    grown = (
        middle([item.grown_bytes for item in odd]) / 1e6 - middle([item.grown_bytes for item in even]) / 1e6
    )
    closed = [item.closed_after for item in odd if item.closed_after is not None]
    rows = [
        row(
            "G11 deliveries/s, ours against broadcast",
            middle(ours),
            "1/s",
            0.6 * middle(theirs),
            least=True,
            reach={"broadcast": round(middle(theirs))},
        ),
        row(
            "G10 others complete with 1 stalled, 1 slow",
            float(all(item.complete for item in odd)),
            "yes",
            1,
            least=True,
        ),
        row(
            "G10 gap p99 of the others",
            middle([item.gap_p99 for item in odd]) * 1000,
            "ms",
            2 * middle([item.gap_p99 for item in even]) * 1000,
        ),
        row("G10 memory kept for the stalled", max(item.kept_bytes for item in odd) / 1e6, "MB", 1.049),
        row("G10 stalled one closed after", middle(closed) if closed else float("inf"), "s", 12.0, reach=10),
        row("G10 engine memory, more than without the two", grown, "MB", 4.0),
        row("replay of 50,000 missed events", middle([seconds for seconds, _ in replays]), "s", 2.0),
        row("replay complete and in order", float(all(good for _, good in replays)), "yes", 1, least=True),
    ]
    for item in rows:
        mark = "ok " if item["ok"] else "NOT"
        print(f"{mark} {item['name']:<46} {item['value']:>12} {item['unit']:<4} limit {item['limit']}")
    good = all(item["ok"] for item in rows)
    print(json.dumps({"bench": "fanout", "rows": rows, "ok": good}))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
