# SPDX-License-Identifier: MIT
"""The feed: frames of the one connection, sorted by kind, handed to whoever keeps state.

A service subscribes to kinds of frames and to ``stale`` (read again over REST), folds what it gets
into its own state with a pure reducer, and tells its listeners through a :class:`Pulse`, at most 30 times
a second.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from bldr_desktop.client.frames import Frame
from bldr_desktop.client.link import Link, LinkState
from bldr_desktop.client.realtime import Realtime
from bldr_desktop.client.realtime_sequence import Resync
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol.events import FrameKind, classify

Handler = Callable[[list[Frame]], None]
Refresh = Callable[[], Awaitable[None]]

FLUSHES_A_SECOND = 30
FLUSHES_IN_A_FLOOD = 12
FLOOD = 5
"""Touches between two flushes from which on it is a flood: reading is worth more than painting then."""
POLL_EVERY = 10.0
"""Seconds between readings over REST while the socket is away."""


class Pulse:
    """Turns any number of changes into at most 30 notices a second.

    ``touch`` collects keys; ``changed`` tells them together. Needs a running loop only when touched.
    """

    def __init__(self, rate: float = FLUSHES_A_SECOND, in_a_flood: float = FLUSHES_IN_A_FLOOD) -> None:
        self.changed: Notice[frozenset[str]] = Notice()
        self._gap = 1.0 / rate
        self._flood_gap = max(self._gap, 1.0 / in_a_flood)
        self._touches = 0
        self._flooded = False
        self._keys: set[str] = set()
        self._handle: asyncio.TimerHandle | None = None
        self._last = 0.0

    def touch(self, key: str = "") -> None:
        """Something under ``key`` changed."""
        self._keys.add(key)
        self._touches += 1
        if self._handle is None:
            loop = asyncio.get_running_loop()
            gap = self._flood_gap if self._flooded else self._gap
            self._handle = loop.call_at(max(loop.time(), self._last + gap), self.flush)

    def flush(self) -> None:
        """Tell now what is waiting, if anything is."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        self._flooded = self._touches >= FLOOD
        self._touches = 0
        if self._keys:
            keys, self._keys = frozenset(self._keys), set()
            self._last = asyncio.get_running_loop().time()
            self.changed.emit(keys)


class EventFeed:
    """Sorts frames by kind and keeps everybody's state fresh.

    Args:
        realtime: The connection; its frames come in batches.
    """

    def __init__(self, realtime: Realtime) -> None:
        self.link_changed: Notice[Link] = realtime.link_changed
        self.control: Notice[Frame] = realtime.control
        self.stale: Notice[Resync | None] = Notice()
        """State may be old: read it again over REST. None: the regular reading while disconnected."""
        self._realtime = realtime
        self._routes: dict[FrameKind, list[Handler]] = {}
        self._scope = TaskScope("events")
        self._poller: asyncio.Task[None] | None = None
        self._refreshes: list[Refresh] = []
        self._rng = random.Random()  # noqa: S311 - spreads load, guards nothing
        self._off = [
            realtime.frames.connect(self._on_frames),
            realtime.resync.connect(self._on_resync),
            realtime.link_changed.connect(self._on_link),
        ]

    @property
    def link(self) -> Link:
        """How the connection stands."""
        return self._realtime.link

    @property
    def polling(self) -> bool:
        """True while state is read every 10 s over REST because the socket is away."""
        return self._poller is not None

    def try_now(self) -> None:
        """Do not wait for the countdown."""
        self._realtime.try_now()

    async def send(self, message: dict[str, Any]) -> bool:
        """Send a client frame (a chat message, a subscription); False when not connected."""
        return await self._realtime.send(message)

    def subscribe(self, kinds: Iterable[FrameKind], handler: Handler) -> Callable[[], None]:
        """Hand frames of these kinds to ``handler``, a list at a time and in their order.

        Returns:
            The way out.
        """
        wanted = tuple(kinds)
        for kind in wanted:
            self._routes.setdefault(kind, []).append(handler)

        def unsubscribe() -> None:
            for kind in wanted:
                handlers = self._routes.get(kind, [])
                if handler in handlers:
                    handlers.remove(handler)

        return unsubscribe

    def on_stale(self, refresh: Refresh) -> Callable[[], None]:
        """Have ``refresh`` awaited after a gap, and every 10 s while the socket is away.

        It must not raise for a server that cannot be reached.
        """
        self._refreshes.append(refresh)

        def remove() -> None:
            if refresh in self._refreshes:
                self._refreshes.remove(refresh)

        return remove

    async def aclose(self) -> None:
        """Stop polling and listening."""
        for off in self._off:
            off()
        await self._scope.close()

    def take(self, frames: list[Frame]) -> None:
        """Take frames that came another way than ``/ws``: the queue's over Socket.IO."""
        self._on_frames(frames)

    def _on_frames(self, frames: list[Frame]) -> None:
        """Hand each subscriber its frames; those of one type in a row are looked up once."""
        boxes: dict[Handler, list[Frame]] = {}
        start, count = 0, len(frames)
        while start < count:
            kind = frames[start].get("type")
            end = start + 1
            if kind is not None:
                while end < count and frames[end].get("type") == kind:
                    end += 1
            for handler in self._routes.get(classify(frames[start]), ()):
                boxes.setdefault(handler, []).extend(frames[start:end])
            start = end
        for handler, box in boxes.items():
            handler(box)

    def _on_resync(self, why: Resync) -> None:
        self.stale.emit(why)
        self._read_again()

    def _read_again(self) -> None:
        for refresh in tuple(self._refreshes):
            self._scope.spawn("refresh", _awaited(refresh))

    def _on_link(self, link: Link) -> None:
        away = link.state in {LinkState.RECONNECTING, LinkState.OFFLINE} and link.attempt > 0
        if away and self._poller is None:
            self._poller = self._scope.spawn("poll", self._poll())
        elif link.state in {LinkState.CONNECTED, LinkState.UNAUTHORIZED} and self._poller is not None:
            self._poller.cancel()
            self._poller = None

    async def _poll(self) -> None:
        """Not at once and not all clients together: a server that comes back has enough to do."""
        while True:
            await asyncio.sleep(POLL_EVERY * self._rng.uniform(0.7, 1.0))
            self.stale.emit(None)
            self._read_again()


async def _awaited(refresh: Refresh) -> None:
    await refresh()
