# SPDX-License-Identifier: MIT
"""A profile's proxy is used by REST, by ``/ws`` and by Socket.IO alike; without one nothing goes there."""

import asyncio
from collections.abc import Iterator

import pytest
from connect_proxy import connect_proxy
from engine import EngineProcess, running_engine

from bldr_desktop.client.api import Api
from bldr_desktop.client.link import LinkState
from bldr_desktop.client.realtime import Realtime, _proxy_for
from bldr_desktop.client.session import Session, Tokens
from bldr_desktop.client.task_feed import TaskFeed
from bldr_desktop.protocol import routes
from bldr_desktop.services.profiles import Profile, proxy_of


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    with running_engine(tmp_path_factory.mktemp("proxy") / "data") as running:
        yield running


async def connected(realtime: Realtime) -> None:
    realtime.start()
    for _ in range(1000):
        if realtime.link.state is LinkState.CONNECTED:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"not connected: {realtime.link}")


@pytest.mark.slow  # a window, an engine and a proxy
async def test_everything_takes_the_way_of_the_profile(engine: EngineProcess) -> None:
    async with connect_proxy() as proxy:
        profile = Profile("office", "Office", engine.url, proxy=proxy.url)
        session = Session()
        api = Api(engine.url, session, proxy=proxy_of(profile))
        session.attach(api)
        session.adopt(Tokens(engine.token()))
        realtime = Realtime(api, proxy=proxy_of(profile))
        tasks = TaskFeed(api, proxy=proxy_of(profile))
        try:
            await api.get(routes.STATUS)
            (line,) = proxy.asked
            assert line.split()[:2] == ["GET", f"{engine.url}/status"]
            await connected(realtime)
            assert proxy.asked[1].split()[:2] == ["CONNECT", engine.url.removeprefix("http://")]
            assert await tasks.start(), tasks.refusal
            assert any("/socket.io/" in line for line in proxy.asked[2:])
        finally:
            await tasks.aclose()
            await realtime.aclose()
            await api.aclose()


@pytest.mark.parametrize(
    ("uri", "chosen", "taken"),
    [
        ("ws://127.0.0.1:8000/ws", None, None),
        ("ws://[::1]:8000/ws", None, None),
        ("wss://bldr.example/ws", None, True),
        ("wss://bldr.example/ws", "", None),
        ("wss://bldr.example/ws", "http://proxy.example:3128", "http://proxy.example:3128"),
        ("wss://127.0.0.1.example/ws", None, True),
    ],
)
def test_loopback_never_takes_the_systems_proxy(uri: str, chosen: str | None, taken: object) -> None:
    assert _proxy_for(uri, chosen) == taken
