# SPDX-License-Identifier: MIT
"""An OpenAI-compatible server that answers exactly what a test wrote for it (a fake of what is outside)."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any


def words(text: str) -> list[bytes]:
    """Frames of a well-formed stream, one a word, with its end."""
    pieces = [part + " " for part in text.split(" ")]
    pieces[-1] = pieces[-1][:-1]
    return [*(delta(content=piece) for piece in pieces), finish(), b"data: [DONE]\n\n"]


def delta(**fields: Any) -> bytes:
    """One frame with a delta of these fields."""
    return frame({"index": 0, "delta": fields, "finish_reason": None})


def finish(reason: str = "stop") -> bytes:
    """The frame that ends a choice."""
    return frame({"index": 0, "delta": {}, "finish_reason": reason})


def frame(choice: dict[str, Any]) -> bytes:
    """A chunk around one choice."""
    body = {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [choice],
    }
    return b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n"


def tool_call(name: str, arguments: dict[str, Any], call_id: str = "call-1") -> list[bytes]:
    """A stream in which the model asks for a tool."""
    call = {"index": 0, "id": call_id, "type": "function", "function": {"name": name, "arguments": ""}}
    text = json.dumps(arguments, ensure_ascii=False)
    halves = [text[: len(text) // 2], text[len(text) // 2 :]]
    more = [delta(tool_calls=[{"index": 0, "function": {"arguments": half}}]) for half in halves]
    return [delta(role="assistant", tool_calls=[call]), *more, finish("tool_calls"), b"data: [DONE]\n\n"]


@dataclass
class Reply:
    """What one request gets: a status, frames, the pause before each, and how it ends."""

    frames: list[bytes] = field(default_factory=list)
    status: int = 200
    pause: float = 0.0
    hang: bool = False
    """After the frames, keep the connection open without a word."""
    cut: bool = False
    """After the frames, drop the connection without a proper end."""


Script = Callable[[dict[str, Any]], Reply]


@dataclass
class ScriptedModel:
    """What the server saw and where it is."""

    base_url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    closed_early: asyncio.Event = field(default_factory=asyncio.Event)
    models: list[dict[str, Any]] = field(default_factory=lambda: [{"id": "scripted", "object": "model"}])
    script: Script = lambda _request: Reply(words("ok"))
    key: str | None = None


@contextlib.asynccontextmanager
async def scripted_model(script: Script | None = None, port: int = 0) -> AsyncIterator[ScriptedModel]:
    """Serve ``/v1/models`` and ``/v1/chat/completions`` on loopback."""
    state = ScriptedModel()
    if script is not None:
        state.script = script
    server = await asyncio.start_server(lambda r, w: _serve(state, r, w), "127.0.0.1", port, limit=1 << 24)
    state.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield state
    finally:
        server.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(server.wait_closed(), 1)


async def _serve(state: ScriptedModel, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, path = head.split()[:2]
        headers = {k.lower(): v.strip() for k, _, v in (row.partition(":") for row in head.split("\r\n")[1:])}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if state.key and headers.get("authorization") != f"Bearer {state.key}":
            await _plain(writer, 401, {"error": {"message": "bad key"}})
        elif method == "GET":
            rows = {"object": "list", "data": state.models}
            await _plain(writer, 200 if path.endswith("/models") else 404, rows)
        else:
            request = json.loads(body)
            state.requests.append(request)
            await _reply(state, state.script(request), reader, writer)
    with contextlib.suppress(ConnectionError):
        writer.close()
        await writer.wait_closed()


async def _plain(writer: asyncio.StreamWriter, status: int, body: dict[str, Any]) -> None:
    data = json.dumps(body).encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n"
    writer.write(head.encode() + b"Connection: close\r\n\r\n" + data)
    await writer.drain()


async def _reply(
    state: ScriptedModel, reply: Reply, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    if reply.status != 200:
        await _plain(writer, reply.status, {"error": {"message": f"scripted {reply.status}"}})
        return
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    gone = asyncio.get_running_loop().create_task(reader.read(1))
    gone.add_done_callback(lambda task: task.cancelled() or task.exception())  # a reset is no news
    due = asyncio.get_running_loop().time()
    for piece in reply.frames:
        due += reply.pause  # by the clock: a sleep that lasted too long does not make the stream slower
        wait = due - asyncio.get_running_loop().time()
        if wait > 0 and reply.pause:
            await asyncio.wait({gone}, timeout=wait)
        elif reply.pause:
            await asyncio.sleep(0)
        if gone.done():
            state.closed_early.set()
            return
        writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        await writer.drain()
    if reply.hang:
        await gone
        state.closed_early.set()
        return
    gone.cancel()
    if reply.cut:
        transport: Any = writer.transport
        transport.abort()
        return
    writer.write(b"0\r\n\r\n")
    await writer.drain()
