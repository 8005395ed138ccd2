# SPDX-License-Identifier: MIT
"""Raw tus over httpx, a proxy that counts, slows and black-holes, and files made for a test."""

import base64
import hashlib
import random
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx

VERSION = {"Tus-Resumable": "1.0.0"}
BYTES = {"Content-Type": "application/offset+octet-stream"}
PIECE = 256 << 10


def make_file(path: Path, size: int, seed: int = 1) -> str:
    """Write ``size`` random bytes; gives their SHA-256."""
    generator = random.Random(seed)
    digest = hashlib.sha256()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        left = size
        while left:
            piece = generator.randbytes(min(left, 1 << 20))
            stream.write(piece)
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def metadata(**values: str) -> str:
    """An ``Upload-Metadata`` header."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def create(client: httpx.Client, length: int, **values: str) -> httpx.Response:
    """``POST /files/``."""
    headers = VERSION | {"Upload-Length": str(length), "Upload-Metadata": metadata(**values)}
    return client.post("/files/", headers=headers)


def head(client: httpx.Client, path: str) -> httpx.Response:
    """``HEAD`` of an upload."""
    return client.head(path, headers=VERSION)


def patch(
    client: httpx.Client, path: str, offset: int, body: bytes | Iterator[bytes], **headers: str
) -> httpx.Response:
    """``PATCH`` at an offset; underscores in header names become dashes."""
    extra = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = VERSION | BYTES | {"Upload-Offset": str(offset)} | extra
    return client.patch(path, headers=sent, content=body)


def pieces(data: bytes, each: Callable[[int], None] = lambda _: None, pause: float = 0.0) -> Iterator[bytes]:
    """A body in small pieces; ``each`` is told how many bytes were given before each."""
    for start in range(0, len(data), PIECE):
        each(start)
        if pause:
            time.sleep(pause)
        yield data[start : start + PIECE]


class Proxy:
    """A TCP proxy to an engine. ``up`` counts bytes from client to engine. ``stall()`` forwards nothing
    more on connections that are open, without closing them (a black hole, no RST); new ones work."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.up = 0
        self.slow = 0.0
        """Seconds to wait before each piece from the client."""
        self._stalled_before = 0
        self._number = 0
        self._closing = False
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def stall(self) -> None:
        """Black-hole everything that is open now."""
        self._stalled_before = self._number

    def retarget(self, url: str) -> None:
        """Where new connections go."""
        parts = urlsplit(url)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 80)

    def close(self) -> None:
        """End all threads."""
        self._closing = True
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while not self._closing:
            try:
                ready, _, _ = select.select([self._listener], [], [], 0.1)
                if not ready:
                    continue
                near, _ = self._listener.accept()
            except (OSError, ValueError):
                return
            self._number += 1
            thread = threading.Thread(target=self._serve, args=(near, self._number), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, near: socket.socket, number: int) -> None:
        try:
            far = socket.create_connection(self._target, 5)
        except OSError:
            near.close()
            return
        with near, far:
            while not self._closing:
                if number <= self._stalled_before:
                    time.sleep(0.05)
                    continue
                ready, _, _ = select.select([near, far], [], [], 0.05)
                try:
                    for source in ready:
                        if number <= self._stalled_before:
                            break
                        if source is near and self.slow:
                            time.sleep(self.slow)
                        data = source.recv(1 << 16)
                        if not data:
                            return
                        if source is near:
                            self.up += len(data)
                        (far if source is near else near).sendall(data)
                except OSError:
                    return


@contextmanager
def proxy(target: str) -> Iterator[Proxy]:
    """A proxy that ends with its block."""
    made = Proxy(target)
    try:
        yield made
    finally:
        made.close()
