# SPDX-License-Identifier: MIT
"""Large files to an engine on this machine: from the page cache to the socket, past Python (ADR 062).

httpx on asyncio copies each byte some times and shares the window's thread; ``sendfile`` in a thread of its
own does neither. Only for plain HTTP on the loopback, where no proxy and no TLS can be in between.
"""

import asyncio
import functools
import http.client
import select
import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

import httpx

from bldr_desktop.client.sources import Source, changed, is_same, open_unchanged

_SLICE = 4 << 20
_TIMEOUT = 60.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Interrupted(Exception):
    """The sending was stopped by us; the server has what came."""


@functools.lru_cache(maxsize=8)
def possible(base_url: str) -> bool:
    """Whether a server is reached without anything in between."""
    url = httpx.URL(base_url)
    return url.scheme == "http" and url.host in _LOOPBACK


class DirectPatch:
    """One request whose body is a part of a file.

    Args:
        base_url: The server.
        path: Of the upload.
        headers: All of them, with Content-Length.
        source: The file as it was looked at.
        start: First byte.
        end: One past the last.
    """

    def __init__(
        self, base_url: str, path: str, headers: Mapping[str, str], source: Source, start: int, end: int
    ) -> None:
        self._url, self._path, self._headers = httpx.URL(base_url), path, dict(headers)
        self._source, self._start, self._end = source, start, end
        self._stopped = threading.Event()
        self._connection: http.client.HTTPConnection | None = None

    async def send(
        self, pool: ThreadPoolExecutor, on_bytes: Callable[[int], None], may_go_on: Callable[[], bool]
    ) -> httpx.Response:
        """Send it; the answer, whatever its status.

        Args:
            pool: Threads.
            on_bytes: Told on the loop of each slice that went out.
            may_go_on: Asked before each slice, in the thread.

        Raises:
            SourceFault: The file cannot be read or is another one now.
            Interrupted: ``may_go_on`` said no.
            httpx.TransportError: The link failed.
        """
        loop = asyncio.get_running_loop()

        def told(amount: int) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(on_bytes, amount)

        future = loop.run_in_executor(pool, self._send, told, may_go_on)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            self._stop()
            future.add_done_callback(lambda done: done.cancelled() or done.exception())
            raise

    def _stop(self) -> None:
        self._stopped.set()
        sock = self._connection.sock if self._connection else None
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # closed already

    def _send(self, told: Callable[[int], None], may_go_on: Callable[[], bool]) -> httpx.Response:
        with open_unchanged(self._source) as stream:
            connection = http.client.HTTPConnection(self._url.host, self._url.port, timeout=_TIMEOUT)
            self._connection = connection
            try:
                connection.putrequest("PATCH", self._path, skip_accept_encoding=True)
                for name, value in self._headers.items():
                    connection.putheader(name, value)
                connection.endheaders()
                self._body(connection.sock, stream, told, may_go_on)
                answer = connection.getresponse()
                request = httpx.Request("PATCH", self._url.join(self._path))
                return httpx.Response(
                    answer.status, headers=answer.getheaders(), content=answer.read(), request=request
                )
            except TimeoutError as error:
                raise httpx.WriteTimeout(str(error)) from error
            except (OSError, http.client.HTTPException) as error:
                raise httpx.WriteError(str(error)) from error
            finally:
                connection.close()

    def _body(
        self,
        sock: socket.socket,
        stream: BinaryIO,
        told: Callable[[int], None],
        may_go_on: Callable[[], bool],
    ) -> None:
        position = self._start
        while position < self._end:
            if self._stopped.is_set() or not may_go_on():
                raise Interrupted
            if select.select([sock], [], [], 0)[0]:
                return  # the server has something to say before it has everything: a refusal
            sent = sock.sendfile(stream, position, min(_SLICE, self._end - position))
            if not sent or not is_same(stream, self._source):
                raise changed()
            position += sent
            told(sent)
