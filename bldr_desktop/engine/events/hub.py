# SPDX-License-Identifier: MIT
"""Hands numbered events to every connection that may see them; nobody waits for anybody.

A frame is encoded once. A connection that takes its bytes gets them at once; one that lags has a
bounded outbox where progress is merged; one whose outbox is full is served from the durable log at
its own pace; one that takes nothing for a while is closed with 1013 and comes back by ``hello``.
"""

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.engine.events.framing import text_frame
from bldr_desktop.engine.events.member import Member, Mode, Wire, merge_key
from bldr_desktop.engine.events.outbox import Outbox
from bldr_desktop.engine.events.replay import catch_up
from bldr_desktop.engine.ports.events import Event, EventLog
from bldr_desktop.protocol.events import CLOSE_POLICY, CLOSE_TRY_AGAIN

_log = logging.getLogger(__name__)
_SLICE_BYTES = 64 << 10
_TICK_SECONDS = 1.0
_CLOSE_GRACE = 2.0


@dataclass(frozen=True, slots=True)
class HubLimits:
    """``connections`` in all, ``per_user`` for role user, outbox in bytes and frames, seconds that a
    connection may take nothing."""

    connections: int = 100
    per_user: int = 25
    queue_bytes: int = 768 << 10
    queue_frames: int = 20_000
    lag_seconds: float = 10.0


class Elsewhere(Protocol):
    """Connections of other processes of the same engine, so that limits hold over all of them."""

    def counts(self) -> tuple[int, dict[str, int]]:
        """All of them, and by user."""
        ...

    def report(self, by_user: Mapping[str, int]) -> None:
        """What is here now."""
        ...


class Refused(Exception):
    """A connection is not let in; ``code`` and the text are for the close frame."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Packet:
    event: Event
    frame: bytes
    key: str | None


class Hub:
    """All live connections of one engine. Methods run in the event loop that called ``start``.

    Args:
        log: Whose events are told.
        limits: How many, how much.
        clock: Unix seconds, for the expiry of sign-ins.
        elsewhere: Connections of other processes; None when this is the only one.
    """

    def __init__(
        self,
        log: EventLog,
        limits: HubLimits | None = None,
        clock: Callable[[], float] = time.time,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._elsewhere = elsewhere
        self._event_log = log
        self.limits = limits or HubLimits()
        self._clock = clock
        self._members: dict[Member, None] = {}
        self._arriving = 0
        self._incoming: deque[Event] = deque()
        self._scheduled = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._scope = TaskScope("hub")
        self.delivered = log.last_seq

    # ---- life

    def start(self) -> None:
        """Begin to listen to the log; call inside the running loop."""
        self._loop = asyncio.get_running_loop()
        self.delivered = self._event_log.last_seq
        self._unsubscribe = self._event_log.subscribe(self._told)
        self._scope.spawn("watch", self._watch())

    async def close(self) -> None:
        """Stop listening, close all connections."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        for member in tuple(self._members):
            self.dismiss(member, 1012, "the engine stops")
        await self._scope.close()

    # ---- connections

    @property
    def connections(self) -> int:
        """Connections now."""
        return len(self._members)

    def arrive(self) -> None:
        """Count a connection before it is known whose it is.

        Raises:
            Refused: There are too many already.
        """
        others = self._elsewhere.counts()[0] if self._elsewhere is not None else 0
        if len(self._members) + self._arriving + others >= self.limits.connections:
            raise Refused(CLOSE_TRY_AGAIN, f"{self.limits.connections} connections are open already")
        self._arriving += 1

    def depart(self) -> None:
        """Take an arrival back: it became a member or was refused."""
        self._arriving -= 1

    def join(self, wire: Wire, user: str, *, admin: bool, session: str, expires: float) -> Member:
        """Add a connection; it is held until :meth:`go_live` or :meth:`replay`.

        Raises:
            Refused: The user has too many connections.
        """
        mine = sum(1 for member in self._members if member.user == user)
        if self._elsewhere is not None and not admin:
            mine += self._elsewhere.counts()[1].get(user, 0)
        if not admin and mine >= self.limits.per_user:
            raise Refused(CLOSE_TRY_AGAIN, f"{user} has {mine} connections open already")
        outbox = Outbox(self.limits.queue_bytes, self.limits.queue_frames)
        member = Member(wire, user, admin, session, expires, outbox, cursor=self.delivered)
        wire.resumed = lambda: self._drain(member)
        self._members[member] = None
        self._count()
        return member

    def leave(self, member: Member) -> None:
        """Forget a connection."""
        member.mode = Mode.CLOSED
        member.outbox.clear()
        member.wire.resumed = None
        member.wire.writable.set()  # a catch-up that waits for this peer must end
        self._members.pop(member, None)
        self._count()

    def _count(self) -> None:
        if self._elsewhere is not None:
            self._elsewhere.report(Counter(member.user for member in self._members))

    def dismiss(self, member: Member, code: int, reason: str) -> None:
        """Close a connection from our side; what it has not got it can ask for again."""
        if member.mode is not Mode.CLOSED:
            member.wire.hang_up(code, reason, _CLOSE_GRACE)
            self.leave(member)

    def dismiss_session(self, user: str, session: str | None, reason: str) -> None:
        """Close all sockets of one sign-in, or of a user."""
        for member in tuple(self._members):
            if member.user == user and session in {None, member.session}:
                self.dismiss(member, CLOSE_POLICY, reason)

    def go_live(self, member: Member) -> None:
        """Serve a held connection from now on."""
        if member.mode is not Mode.HOLDING:
            return
        if member.gap:
            self._begin_catch_up(member)
        else:
            member.mode = Mode.LIVE
            self._drain(member)

    async def replay(self, member: Member, since: int) -> int:
        """Send what came after ``since``, every event, then go live; returns how many were sent."""
        member.mode = Mode.CATCHING_UP
        member.cursor = since
        return await catch_up(member, self._event_log, merge=False)

    def settle(self, member: Member) -> None:
        """After :meth:`replay`, and whatever was said after it: send what waits."""
        self._drain(member)

    # ---- events

    def _told(self, events: list[Event]) -> None:
        """Called by the log, from any thread."""
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        self._incoming.extend(events)
        if not self._scheduled:
            self._scheduled = True
            loop.call_soon_threadsafe(self._deliver_some)

    def _deliver_some(self) -> None:
        """Hand on one slice; the rest in the next round, so that sockets can be emptied between."""
        self._scheduled = False
        packets: list[_Packet] = []
        size = 0
        while self._incoming and size < _SLICE_BYTES:
            event = self._incoming.popleft()
            frame = text_frame(event.payload)
            packets.append(_Packet(event, frame, merge_key(event)))
            size += len(frame)
        if not packets:
            return
        self.delivered = max(self.delivered, packets[-1].event.seq)
        self._hand_out(packets)
        if self._incoming and not self._scheduled and self._loop is not None:
            self._scheduled = True
            self._loop.call_soon(self._deliver_some)

    def _hand_out(self, packets: Sequence[_Packet]) -> None:
        first, last = packets[0].event.seq, packets[-1].event.seq
        joined: dict[str | None, bytes] = {}
        for member in tuple(self._members):
            swift = (
                member.mode is Mode.LIVE
                and not member.outbox
                and not member.muted
                and member.cursor < first
                and member.wire.writable.is_set()
            )
            if not swift:
                self._hand_over(member, packets)
                continue
            audience = None if member.admin else member.user
            data = joined.get(audience)
            if data is None:
                data = b"".join(packet.frame for packet in packets if member.sees(packet.event))
                joined[audience] = data
            if data:
                member.wire.write_frames(data)
            member.cursor = last

    def _hand_over(self, member: Member, packets: Sequence[_Packet]) -> None:
        for packet in packets:
            event = packet.event
            if event.seq <= member.cursor or not member.sees(event):
                continue
            if member.mode is Mode.LIVE and not member.outbox and member.wire.writable.is_set():
                member.wire.write_frames(packet.frame)
                member.cursor = event.seq
            elif not member.outbox.put(event.seq, packet.frame, packet.key):
                self._fall_behind(member)

    def _drain(self, member: Member) -> None:
        """Send what waits, as far as the peer takes it."""
        if member.mode is not Mode.LIVE:
            return
        while member.outbox and member.wire.writable.is_set():
            frames, last = member.outbox.take(_SLICE_BYTES)
            member.wire.write_frames(b"".join(frames))
            member.cursor = max(member.cursor, last)

    def _fall_behind(self, member: Member) -> None:
        """The outbox is full: from the cursor on, this connection is served from the log."""
        member.outbox.clear()
        member.gap = True
        if member.mode is Mode.LIVE:
            self._begin_catch_up(member)

    def _begin_catch_up(self, member: Member) -> None:
        member.mode = Mode.CATCHING_UP
        self._scope.spawn("catch-up", self._catch_up(member))

    async def _catch_up(self, member: Member) -> None:
        await catch_up(member, self._event_log, merge=True)
        self._drain(member)

    # ---- watching

    async def _watch(self) -> None:
        """Every second: who takes nothing, whose sign-in is over."""
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            now = self._clock()
            for member in tuple(self._members):
                if member.expires <= now:
                    self.dismiss(member, CLOSE_POLICY, "the sign-in has expired")
                elif self._stalls(member):
                    _log.warning("a connection of %r takes nothing: closed", member.user)
                    self.dismiss(member, CLOSE_TRY_AGAIN, "too slow: reconnect and resync")

    def _stalls(self, member: Member) -> bool:
        """Count the seconds in which a peer takes nothing of what waits for it."""
        waiting = member.wire.buffered()
        moving = waiting < member.buffered or member.wire.writable.is_set()
        member.buffered = waiting
        member.stalled = 0.0 if moving else member.stalled + _TICK_SECONDS
        return member.stalled >= self.limits.lag_seconds
