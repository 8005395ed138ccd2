# SPDX-License-Identifier: MIT
"""Each request gets an id that its log lines, its answer and its span carry; each is counted."""

import logging
import os
import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bldr_desktop.common.log import bound
from bldr_desktop.common.tracing import span
from bldr_desktop.engine.hosts import header
from bldr_desktop.engine.services.metrics import Metrics

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_log = logging.getLogger(__name__)


class Observed:
    """The outermost layer. An ``X-Request-ID`` that a proxy has set is kept.

    Args:
        app: What is observed.
        metrics: Where requests are counted.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; sockets are passed on as they are."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = header(scope, b"x-request-id")
        request_id = given if given and _ID.fullmatch(given) else os.urandom(8).hex()
        began, status = time.perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {
                    **message,
                    "headers": [*message.get("headers", ()), (b"x-request-id", request_id.encode())],
                }
            await send(message)

        with bound(request=request_id), span(f"{scope['method']}", path=scope["path"], request=request_id):
            try:
                await self._app(scope, receive, watched)
            finally:
                seconds = time.perf_counter() - began
                self._metrics.count_request(scope["method"], _route(scope), status, seconds)
                _log.debug("%s %s %d %.1f ms", scope["method"], scope["path"], status, seconds * 1000)


def _route(scope: Scope) -> str:
    """The template that took the request; one name for all paths that nothing is at."""
    path = getattr(scope.get("route"), "path", None)
    if isinstance(path, str):
        return path
    return "mounted" if scope.get("endpoint") is not None else "none"
