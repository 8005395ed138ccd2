# SPDX-License-Identifier: MIT
"""A server with ``/v1/embeddings`` whose model is as good or as useless as a test wants."""

import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Model = Callable[[str], list[float]]
SIZE = 32
_NUMBERS = re.compile(r"(?:alpha|beta|альфа|бета)(\d+)")


def noise(text: str) -> list[float]:
    """A model that knows nothing: the text's checksum."""
    return [byte / 255 - 0.5 for byte in hashlib.sha256(text.encode()).digest()[:SIZE]]


def topics(text: str) -> list[float]:
    """A model that knows what words mean: «alpha7» and «beta7» are about the same, as are «альфа7» and
    «бета7», which word search cannot know."""
    vector = [0.01] * SIZE
    for number in _NUMBERS.findall(text):
        vector[int(number) % SIZE] += 1.0
    return vector


class EmbeddingServer(ThreadingHTTPServer):
    """``url`` is its base; ``requests`` what was asked; ``status`` other than 200 refuses."""

    daemon_threads = True

    def __init__(self, model: Model) -> None:
        self.model = model
        self.status = 200
        self.requests: list[dict[str, object]] = []
        self.keys: list[str | None] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: EmbeddingServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        self.server.keys.append(self.headers.get("Authorization"))
        rows = [{"index": n, "embedding": self.server.model(text)} for n, text in enumerate(body["input"])]
        answer = json.dumps({"data": rows[::-1], "model": body["model"]}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


@contextmanager
def embedding_server(model: Model) -> Iterator[EmbeddingServer]:
    """A server that is gone at the end."""
    server = EmbeddingServer(model)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
