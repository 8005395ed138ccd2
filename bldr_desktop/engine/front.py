# SPDX-License-Identifier: MIT
"""The engine's front door: answers ``/health`` from the first moment, loads the rest when it is needed.

Importing and joining the whole engine takes some time and memory. Until somebody asks for more than
``/health``, or work is waiting in the store, nothing of that is paid. Requests and sockets that come
while the engine is being loaded wait for it; none is refused.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from bldr_desktop.common.aio import spawn
from bldr_desktop.engine.hosts import header, host_allowed
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import utc_now

_log = logging.getLogger(__name__)
_COMPONENTS = ("database", "index", "workers", "disk", "broker", "model")
_PATIENCE = 120.0

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Application(Protocol):
    """The loaded engine as ASGI."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        ...


Running = AbstractAsyncContextManager[Application]


class Front:
    """The ASGI application that uvicorn is given.

    Args:
        load: Makes the whole engine; called once, in a thread. Its context starts and stops it.
        hosts: Names under which ``/health`` may be asked (the engine checks all else itself).
        at_once: Load without waiting for a request: there is work to be done.
        failed: Told once when loading failed; the engine is of no use then.
    """

    def __init__(
        self,
        load: Callable[[], Running],
        *,
        hosts: Collection[str],
        at_once: bool = False,
        failed: Callable[[BaseException], None] = lambda _error: None,
    ) -> None:
        self._load = load
        self._hosts = hosts
        self._at_once = at_once
        self._failed = failed
        self._loading: asyncio.Task[None] | None = None
        self._application: Application | None = None
        self._stop = asyncio.Event()
        self._loaded = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, waiting for the engine where it is needed."""
        application = self._application
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif application is not None:
            await application(scope, receive, send)
        elif self._is_health(scope):
            await self._answer(send, 200, self._health())
        else:
            await self._wait_and_serve(scope, receive, send)

    async def _wait_and_serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._begin()
        try:
            await asyncio.wait_for(self._loaded.wait(), _PATIENCE)
        except TimeoutError:
            _log.error("the engine is still being loaded after %.0f s", _PATIENCE)
        if self._application is not None:
            await self._application(scope, receive, send)
        elif scope["type"] == "http":
            sentence = "The engine could not be started; its log says why."
            body = {"error": sentence, "detail": sentence, "code": "unavailable", "fields": {}}
            await self._answer(send, 503, body)
        else:
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close", "code": 1013, "reason": "the engine could not be started"})

    def _begin(self) -> None:
        if self._loading is None:
            self._loading = spawn("front.run", self._run())

    async def _run(self) -> None:
        """Load, run until told to stop, stop; start and stop happen in this one task."""
        try:
            running = await asyncio.to_thread(self._load)
            async with running as application:
                self._application = application
                self._loaded.set()
                await self._stop.wait()
        except Exception as error:  # noqa: BLE001 - whatever it is, the program must end with it
            self._failed(error)
        finally:
            self._loaded.set()

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        if self._at_once:
            self._begin()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._stop.set()
        if self._loading is not None:
            await self._loading
        await send({"type": "lifespan.shutdown.complete"})

    def _is_health(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope["path"] == routes.HEALTH
            and scope["method"] in {"GET", "HEAD"}
            and host_allowed(header(scope, b"host"), self._hosts)
        )

    def _health(self) -> dict[str, Any]:
        state = "standby" if self._loading is None else "starting"
        return {
            "status": "ok",
            "timestamp": utc_now(),
            "components": dict.fromkeys(_COMPONENTS, state),
        }

    @staticmethod
    async def _answer(send: Send, status: int, body: dict[str, Any]) -> None:
        payload = json.dumps(body).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(payload)).encode()),
        ]
        if status == 503:
            headers.append((b"retry-after", b"5"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": payload})
