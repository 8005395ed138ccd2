# SPDX-License-Identifier: MIT
"""A server that answers as a test says, behind the real ``Api``: for what a real engine does too fast."""

from collections.abc import Awaitable, Callable

import httpx

from bldr_desktop.client.api import Api

Answer = Callable[[httpx.Request], Awaitable[httpx.Response]]


def api_to(answer: Answer) -> Api:
    """The client, its requests answered by ``answer`` instead of the network."""
    api = Api("http://127.0.0.1:9")
    api.http = httpx.AsyncClient(base_url="http://engine.test", transport=httpx.MockTransport(answer))
    return api
