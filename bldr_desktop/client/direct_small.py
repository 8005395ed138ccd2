# SPDX-License-Identifier: MIT
"""Small files to an engine on this machine, whole in one request on a kept connection (ADR 062).

One turn of a thread opens, reads, sends and hears the answer: head and body leave in one write, and the
window's loop is asked for nothing in between. Only for plain HTTP on the loopback.
"""

import asyncio
import http.client
import socket
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message

import httpx

from bldr_desktop.client.sources import Source, changed, is_same, open_unchanged

_TIMEOUT = 60.0
_JOINED = 256 << 10
_KEPT_SECONDS = 3.0
"""Less than the server's own patience, see ``client.api``."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said; header names in any case."""

    status: int
    headers: Message
    content: bytes

    def as_response(self, url: str) -> httpx.Response:
        """The same as httpx would give it."""
        request = httpx.Request("POST", url)
        return httpx.Response(
            self.status, headers=self.headers.items(), content=self.content, request=request
        )


@dataclass(slots=True)
class _Call:
    """One request on its way; ``stop`` from the loop ends it in its thread."""

    sock: socket.socket | None = None
    stopped: bool = False
    sent: int = 0

    def stop(self) -> None:
        self.stopped = True
        if self.sock is not None:
            with suppress(OSError):  # closed already
                self.sock.shutdown(socket.SHUT_RDWR)


class DirectPosts:
    """Connections to one server that are used again and again; thread-safe.

    Args:
        base_url: The server.
    """

    def __init__(self, base_url: str) -> None:
        url = httpx.URL(base_url)
        self._address = (url.host, url.port or 80)
        self._host, self._prefix = url.netloc.decode("ascii"), url.path.rstrip("/")
        self._lock = threading.Lock()
        self._idle: list[tuple[float, socket.socket]] = []

    async def send(
        self, pool: ThreadPoolExecutor, path: str, headers: Mapping[str, str], body: Callable[[], bytes]
    ) -> tuple[Answer, int]:
        """Post what ``body`` gives; it is called in the thread that sends.

        Returns:
            The answer, whatever its status, and the bytes of content that went out.

        Raises:
            SourceFault: The file cannot be read or is another one now.
            httpx.TransportError: The link failed.
        """
        call = _Call()
        try:
            answer = await asyncio.get_running_loop().run_in_executor(
                pool, self._post, call, path, headers, body
            )
        except asyncio.CancelledError:
            call.stop()
            raise
        return answer, call.sent

    def close(self) -> None:
        """Close what is idle."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, sock in idle:
            sock.close()

    def _post(self, call: _Call, path: str, headers: Mapping[str, str], body: Callable[[], bytes]) -> Answer:
        data = body()
        lines = [
            f"POST {self._prefix}{path} HTTP/1.1",
            f"Host: {self._host}",
            f"Content-Length: {len(data)}",
            *(f"{k}: {v}" for k, v in headers.items()),
        ]
        head = "\r\n".join(lines).encode("ascii") + b"\r\n\r\n"
        try:
            kept = self._kept()
            if kept is not None:
                with suppress(ConnectionError, http.client.HTTPException):
                    # The server may have closed it just now. Twice the same bytes are one document.
                    return self._exchange(call, kept, head, data)
                if call.stopped:
                    raise httpx.WriteError("stopped")
            fresh = socket.create_connection(self._address, _TIMEOUT)
            fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return self._exchange(call, fresh, head, data)
        except TimeoutError as error:
            raise httpx.WriteTimeout(str(error)) from error
        except ConnectionRefusedError as error:
            raise httpx.ConnectError(str(error)) from error
        except (OSError, http.client.HTTPException) as error:
            raise httpx.WriteError(str(error)) from error

    def _exchange(self, call: _Call, sock: socket.socket, head: bytes, data: bytes) -> Answer:
        call.sock = sock
        keep = False
        try:
            if call.stopped:
                raise OSError("stopped")
            if len(data) <= _JOINED:
                sock.sendall(head + data)
            else:  # a copy of this would cost more than a second call
                sock.sendall(head)
                sock.sendall(data)
            call.sent += len(data)
            answer, keep = _read(sock)
            return answer
        finally:
            call.sock = None
            if keep and not call.stopped:
                with self._lock:
                    self._idle.append((time.monotonic(), sock))
            else:
                sock.close()

    def _kept(self) -> socket.socket | None:
        with self._lock:
            while self._idle:
                since, sock = self._idle.pop()
                if time.monotonic() - since < _KEPT_SECONDS:
                    return sock
                sock.close()
        return None


def whole(source: Source) -> bytes:
    """All bytes of a small file that is still as it was looked at.

    Raises:
        SourceFault: It cannot be read, or is another one now.
    """
    with open_unchanged(source) as stream:
        data = stream.read(source.size + 1)
        if len(data) != source.size or not is_same(stream, source):
            raise changed()
    return data


def _read(sock: socket.socket) -> tuple[Answer, bool]:
    response = http.client.HTTPResponse(sock, method="POST")
    try:
        response.begin()
        content = response.read()
        return Answer(response.status, response.headers, content), not response.will_close
    finally:
        response.close()
