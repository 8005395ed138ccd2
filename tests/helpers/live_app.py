# SPDX-License-Identifier: MIT
"""The whole engine inside the test's process, served by a real uvicorn in a thread: for tests that
must reach into it (publish events, look at the hub). Everything else uses ``engine.py``."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from bldr_desktop.engine.app import create_app
from bldr_desktop.engine.routes.ws_wire import WireProtocol
from bldr_desktop.engine.services.container import Engine
from bldr_desktop.engine.settings import Settings

LAUNCH_TOKEN = "launch-token-of-a-live-app"


@dataclass
class LiveApp:
    """A served application: ``engine`` is its inside, ``url`` its outside."""

    app: FastAPI
    url: str
    token: str

    @property
    def engine(self) -> Engine:
        """The engine's parts."""
        engine: Engine = self.app.state.engine
        return engine

    @property
    def ws_url(self) -> str:
        """``/ws`` with the local admin's token."""
        return self.url.replace("http://", "ws://") + f"/ws?token={self.token}"


@contextmanager
def live_app(data_dir: Path, **options: Any) -> Iterator[LiveApp]:
    """Serve an engine; ``options`` are fields of :class:`Settings`."""
    settings = Settings(data_dir=data_dir, port=0, workers=1, **options)
    app = create_app(settings, LAUNCH_TOKEN)
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=0,
        http="httptools",
        ws=WireProtocol,
        ws_max_size=settings.ws_frame_bytes,
        ws_ping_interval=settings.ws_ping_seconds,
        ws_ping_timeout=settings.ws_ping_seconds,
        ws_per_message_deflate=False,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=3,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="live-app")
    thread.start()
    try:
        end = time.monotonic() + 15
        while not server.started:
            assert thread.is_alive() and time.monotonic() < end, "the server did not start"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        answer = httpx.post(f"{url}/auth/launch", json={"launch_token": LAUNCH_TOKEN})
        answer.raise_for_status()
        yield LiveApp(app, url, answer.json()["access_token"])
    finally:
        server.should_exit = True
        thread.join(20)
