# SPDX-License-Identifier: MIT
"""Short questions to services: is somebody there, and is it who we think? No client library needed."""

import asyncio
import contextlib
import json
import random
import socket
import struct
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

Check = Callable[[], Awaitable[str | None]]
"""None when healthy, else the reason in a few words."""

SILENT = "does not answer"
"""What is said of a service that takes a question and gives no answer in time: it may hang."""
_SECONDS = 2.0
_LASTING_PORTS = range(20_000, 32_000)
_POSTGRES_PROTOCOL = 196608


def free_port(host: str = "127.0.0.1") -> int:
    """A TCP port that nobody listens on now, and that no outgoing connection takes before its service
    begins to listen: systems number those from 32768 or 49152 on."""
    for port in random.sample(_LASTING_PORTS, 200):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind((host, port))
            return port
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def is_taken(port: int, host: str = "127.0.0.1") -> bool:
    """Whether somebody listens on a TCP port."""
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((host, port)) == 0


def http(url: str, expect: Callable[[int, bytes], str | None] | None = None) -> Check:
    """Healthy when ``GET url`` answers 200 (or what ``expect(status, body)`` says)."""

    async def check() -> str | None:
        parts = urlsplit(url)
        port = parts.port or 80
        path = parts.path or "/"
        head = f"GET {path} HTTP/1.1\r\nHost: {parts.hostname}:{port}\r\nConnection: close\r\n\r\n"
        answer = await _ask(parts.hostname or "", port, head.encode(), None)
        if isinstance(answer, str):
            return answer
        status_line, _, rest = answer.partition(b"\r\n")
        words = status_line.split()
        status = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
        if expect is not None:
            return expect(status, rest.partition(b"\r\n\r\n")[2])
        return None if status == 200 else f"answered {status}"

    return check


def engine(url: str) -> Check:
    """Healthy when a Bldr engine answers ``/health`` with ``ok`` and is not still opening its store."""

    def expect(status: int, body: bytes) -> str | None:
        with contextlib.suppress(ValueError):
            words = json.loads(body[body.find(b"{") : body.rfind(b"}") + 1])
            components = words.get("components")
            if status == 200 and words.get("status") == "ok":
                opening = isinstance(components, dict) and "starting" in components.values()
                return "opening its store" if opening else None
            if isinstance(components, dict):
                return "; ".join(f"{name}: {text}" for name, text in components.items())
        return f"answered {status}, not as a Bldr engine"

    return http(url.rstrip("/") + "/health", expect)


def redis(url: str) -> Check:
    """Healthy when ``PING`` is answered by ``PONG``."""

    async def check() -> str | None:
        parts = urlsplit(url)
        lead = ""
        if parts.password:
            user = f"{parts.username} " if parts.username else ""
            lead = f"AUTH {user}{parts.password}\r\n"
        question = f"{lead}PING\r\nQUIT\r\n".encode()
        answer = await _ask(parts.hostname or "127.0.0.1", parts.port or 6379, question, b"PONG")
        if isinstance(answer, str):
            return answer
        if b"PONG" in answer:
            return None
        return "loading its data" if b"LOADING" in answer else "something else than Redis answers"

    return check


def postgres(host: str, port: int, user: str) -> Check:
    """Healthy when Postgres takes a sign-in; one that is still recovering says so."""

    async def check() -> str | None:
        words = b"".join(word.encode() + b"\0" for word in ("user", user, "database", "postgres", ""))
        question = struct.pack("!ii", len(words) + 8, _POSTGRES_PROTOCOL) + words
        answer = await _ask(host, port, question, b"\0")
        if isinstance(answer, str):
            return answer
        if answer[:1] == b"R":
            return None
        return "starting up" if b"57P03" in answer or b"start" in answer else "refuses a sign-in"

    return check


def index(host: str, port: int) -> Check:
    """Healthy when an index process asks for the key: one that hangs accepts a connection all the same."""

    async def check() -> str | None:
        answer = await _ask(host, port, b"", b"CHALLENGE")
        if isinstance(answer, str):
            return answer
        return None if b"CHALLENGE" in answer else "something else than an index answers"

    return check


async def _ask(host: str, port: int, question: bytes, until: bytes | None) -> bytes | str:
    """Send, then read to the end (or to ``until``); a sentence when that fails."""
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(_SECONDS):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(question)
            await writer.drain()
            answer = b""
            while until is None or until not in answer:
                piece = await reader.read(65536)
                if not piece:
                    break
                answer += piece
            return answer
    except TimeoutError:
        return SILENT
    except OSError as error:
        return error.strerror or type(error).__name__
    finally:
        if writer is not None:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
