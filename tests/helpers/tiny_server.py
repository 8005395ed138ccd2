# SPDX-License-Identifier: MIT
"""A real HTTP server that answers as a test says: what stands in for foreign servers.

    with tiny_server(lambda request: (200, {"ok": True})) as server:
        server.url; server.requests        # what came, in order

The answer is (status, JSON) or (status, JSON, headers); bytes instead of JSON go as they are.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Request:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class TinyServer:
    """The running server."""

    url: str
    requests: list[Request] = field(default_factory=list)

    def count(self, path: str) -> int:
        """How many requests came for this path."""
        return sum(request.path.split("?")[0] == path for request in self.requests)


@contextmanager
def tiny_server(answer: Callable[[Request], tuple[Any, ...]]) -> Iterator[TinyServer]:
    """Run it on a free port of loopback."""
    state = TinyServer("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            heads = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, self.path, heads, self.rfile.read(size))
            state.requests.append(request)
            status, body, *more = answer(request)
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in (more[0] if more else {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_PUT = do_DELETE = _answer

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
