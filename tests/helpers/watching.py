# SPDX-License-Identifier: MIT
"""The client's half of the real-time path, put together as the application does, for tests.

async with watching(url, token) as live:
    live.realtime, live.feed, live.runs, live.watches, live.frames
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bldr_desktop.client.api import Api
from bldr_desktop.client.frames import Frame
from bldr_desktop.client.link import Backoff, Link, LinkState
from bldr_desktop.client.realtime import Realtime
from bldr_desktop.client.realtime_sequence import Resync
from bldr_desktop.client.session import Session, Tokens
from bldr_desktop.services.events import EventFeed
from bldr_desktop.services.run_watch import RunWatches
from bldr_desktop.services.training import TrainingRuns


@dataclass
class Live:
    """The parts, and what they said."""

    api: Api
    session: Session
    realtime: Realtime
    feed: EventFeed
    runs: TrainingRuns
    watches: RunWatches
    frames: list[Frame] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    resyncs: list[Resync] = field(default_factory=list)

    def seqs(self) -> list[int]:
        """Numbers of the state frames, as they were handed on."""
        return [frame["seq"] for frame in self.frames if frame.get("seq")]

    async def connected(self, timeout: float = 15.0) -> None:
        """Wait for the connection."""
        await until(lambda: self.feed.link.state is LinkState.CONNECTED, timeout, "connected")


async def until(predicate: Callable[[], Any], timeout: float = 10.0, what: str = "") -> Any:
    """Wait until ``predicate()`` is true and give its value."""
    deadline = time.monotonic() + timeout
    while not (value := predicate()):
        assert time.monotonic() < deadline, f"not within {timeout:g} s: {what or predicate}"
        await asyncio.sleep(0.01)
    return value


@asynccontextmanager
async def watching(
    url: str,
    token: str,
    *,
    backoff: Backoff | None = None,
    refresh_token: str | None = None,
    start: bool = True,
) -> AsyncIterator[Live]:
    """A client of the server at ``url``, signed in with ``token``; closed at the end."""
    session = Session()
    api = Api(url, session)
    session.attach(api)
    session.adopt(Tokens(token, refresh=refresh_token))
    realtime = Realtime(api, backoff=backoff or Backoff(first=0.2, cap=1.0))
    feed = EventFeed(realtime)
    runs = TrainingRuns(api, feed)
    live = Live(api, session, realtime, feed, runs, RunWatches(api, runs))
    realtime.frames.connect(live.frames.extend)
    realtime.link_changed.connect(live.links.append)
    realtime.resync.connect(live.resyncs.append)
    if start:
        realtime.start()
    try:
        yield live
    finally:
        await live.watches.aclose()
        await runs.aclose()
        await feed.aclose()
        await realtime.aclose()
        await api.aclose()
