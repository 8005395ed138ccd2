# SPDX-License-Identifier: MIT
"""What is checked before anything else looks at a request: Host, Origin, size of the body.

Plain ASGI, so that refused requests cost nothing and streams pass untouched.
"""

import logging
from collections.abc import Collection, Sequence

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bldr_desktop.engine.hosts import header, host_allowed
from bldr_desktop.engine.routes.errors import error_response
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.errors import ErrorCode

_log = logging.getLogger(__name__)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class HostDoor:
    """Refuses requests and sockets whose Host is not on the list: a DNS name that was bent to our
    address must not let a foreign page in."""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on or refuse with 403."""
        if scope["type"] == "lifespan" or host_allowed(header(scope, b"host"), self._names):
            await self._app(scope, receive, send)
            return
        _log.warning("refused %s with a foreign Host header", scope["path"])
        answer = error_response(
            403,
            ErrorCode.HOST_REFUSED,
            "This engine is not called by that host name; BLDR_ALLOWED_HOSTS lists more names.",
        )
        if scope["type"] == "http":
            await answer(scope, receive, send)
            return
        await send(
            {
                "type": "websocket.http.response.start",
                "status": 403,
                "headers": [(b"content-type", b"application/json")],
            }
        )
        await send({"type": "websocket.http.response.body", "body": bytes(answer.body)})


class OriginDoor:
    """Refuses what a foreign web page sends: state-changing requests with an Origin that is not on
    the list, or that the browser itself calls cross-site. (``/ws`` checks its Origin itself, so that
    it can say why by a close code.)"""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on or refuse with 403."""
        if scope["type"] != "http" or scope["method"] in _SAFE or self._trusted(scope):
            await self._app(scope, receive, send)
            return
        _log.warning("refused a cross-site %s %s", scope["method"], scope["path"])
        answer = error_response(
            403,
            ErrorCode.FORBIDDEN,
            "This web page's origin is not on the engine's list (BLDR_ALLOWED_ORIGINS).",
            path=scope["path"],
        )
        await answer(scope, receive, send)

    def _trusted(self, scope: Scope) -> bool:
        origin = header(scope, b"origin")
        if origin is not None:
            return origin in self._origins
        return header(scope, b"sec-fetch-site") in {None, "none", "same-origin"}


class BodyDoor:
    """Limits bodies to what a JSON or form request may need; uploads have limits of their own."""

    _STREAMED = (routes.UPLOAD_FILE, routes.FILES_BATCH, routes.FILES)

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, refuse with 413, or cut off a body that grows too long."""
        if scope["type"] != "http" or scope["path"].startswith(self._STREAMED):
            await self._app(scope, receive, send)
            return
        declared = header(scope, b"content-length")
        if declared is not None and (not declared.isdigit() or int(declared) > self._limit):
            answer = error_response(413, ErrorCode.TOO_LARGE, self._sentence(), path=scope["path"])
            await answer(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._limit:
                raise HTTPException(413, self._sentence())
            return message

        await self._app(scope, counted, send)

    def _sentence(self) -> str:
        return f"The request is larger than {self._limit} bytes."
