# SPDX-License-Identifier: MIT
"""The hub over the log in memory, with wires that are written by hand: who gets what, and when."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bldr_desktop.engine.adapters.memory_events import MemoryEventLog
from bldr_desktop.engine.events.hub import Hub, HubLimits, Refused
from bldr_desktop.engine.events.member import Member, Mode
from bldr_desktop.engine.events.replay import gap_reason
from bldr_desktop.engine.ports.events import NewEvent

LIMITS = HubLimits(connections=4, per_user=2, queue_bytes=2000, queue_frames=50, lag_seconds=2.0)


class HandWire:
    """A peer whose reading is under the test's control."""

    def __init__(self) -> None:
        self.writable = asyncio.Event()
        self.writable.set()
        self.resumed: Callable[[], None] | None = None
        self.data = b""
        self.unread = 0
        self.closed: tuple[int, str] | None = None

    def write_frames(self, data: bytes) -> None:
        self.data += data
        if not self.writable.is_set():
            self.unread += len(data)

    def buffered(self) -> int:
        return self.unread

    def hang_up(self, code: int, reason: str, grace: float) -> None:
        self.closed = (code, reason)

    def stop_reading(self) -> None:
        self.writable.clear()
        self.unread = 1

    def read_again(self) -> None:
        self.unread = 0
        self.writable.set()
        if self.resumed is not None:
            self.resumed()

    @property
    def frames(self) -> list[dict[str, Any]]:
        """What was written, decoded."""
        frames, place = [], 0
        while place < len(self.data):
            length, place = self.data[place + 1], place + 2
            if length == 126:
                length, place = int.from_bytes(self.data[place : place + 2], "big"), place + 2
            frames.append(json.loads(self.data[place : place + length]))
            place += length
        return frames

    @property
    def texts(self) -> list[str]:
        """The texts of what was written."""
        return [frame["text"] for frame in self.frames]


def line(text: str, **fields: Any) -> NewEvent:
    return NewEvent(**({"type": "job_log", "frame": {"text": text}, "owner": "anna"} | fields))


def progress(text: str, **fields: Any) -> NewEvent:
    return line(text, type="training_progress", merge_key="progress:job", **fields)


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    made = Hub(MemoryEventLog(), LIMITS)
    made.start()
    yield made
    await made.close()


def join(hub: Hub, user: str = "admin", *, admin: bool = True, live: bool = True) -> tuple[Member, HandWire]:
    wire = HandWire()
    member = hub.join(wire, user, admin=admin, session=f"{user}-session", expires=1e12)
    if live:
        hub.go_live(member)
    return member, wire


async def publish(hub: Hub, *events: NewEvent) -> None:
    """Append from another thread, wait until all was handed out."""
    await asyncio.to_thread(hub._event_log.append, events)
    await settled(lambda: hub.delivered == hub._event_log.last_seq)


async def settled(check: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not check():
            await asyncio.sleep(0.005)


async def test_everybody_gets_what_they_may_see_and_only_that(hub: Hub) -> None:
    _, admin = join(hub)
    _, anna = join(hub, "anna", admin=False)
    _, boris = join(hub, "boris", admin=False)
    await publish(hub, line("hers"), line("admins", owner=None), line("public", owner=None, public=True))
    assert admin.texts == ["hers", "admins", "public"]
    assert anna.texts == ["hers", "public"]
    assert boris.texts == ["public"]


async def test_a_lagging_peer_gets_lines_complete_and_progress_merged(hub: Hub) -> None:
    _, wire = join(hub)
    wire.stop_reading()
    for number in range(10):
        await publish(hub, progress(f"progress {number}"), line(f"line {number}"))
    assert wire.texts == []
    await publish(hub, progress("last", terminal=True))
    wire.read_again()
    assert wire.texts == [*(f"line {number}" for number in range(9)), "progress 9", "line 9", "last"]
    await publish(hub, line("live again"))
    assert wire.texts[-1] == "live again"


async def test_a_full_outbox_is_emptied_and_the_log_read_instead(hub: Hub) -> None:
    member, wire = join(hub)
    wire.stop_reading()
    for number in range(200):
        await publish(hub, line(f"line {number}", frame={"text": f"line {number}", "pad": "x" * 100}))
    assert member.mode is Mode.CATCHING_UP
    assert member.outbox.bytes <= LIMITS.queue_bytes
    wire.read_again()
    await settled(lambda: member.mode is Mode.LIVE)
    await publish(hub, line("end"))
    assert wire.texts == [*(f"line {number}" for number in range(200)), "end"]


async def test_tokens_that_no_log_keeps_survive_a_short_lag(hub: Hub) -> None:
    member, wire = join(hub, live=False)
    await publish(hub, line("1"), line("token", type="ai_token", durable=False), line("2"))
    await hub.replay(member, 0)
    hub.settle(member)
    assert wire.texts == ["1", "token", "2"]


async def test_replay_while_others_publish_loses_and_doubles_nothing(hub: Hub) -> None:
    await publish(hub, *(line(f"{number}") for number in range(500)))
    member, wire = join(hub, live=False)

    def more() -> None:
        for number in range(500, 900):
            hub._event_log.append([line(f"{number}")])

    thread = threading.Thread(target=more)
    thread.start()
    await hub.replay(member, 0)
    hub.settle(member)
    await asyncio.to_thread(thread.join)
    await settled(lambda: hub.delivered == hub._event_log.last_seq)
    await settled(lambda: len(wire.frames) >= 900)
    assert wire.texts == [f"{number}" for number in range(900)]


async def test_connections_are_counted_in_all_and_by_user(hub: Hub) -> None:
    join(hub, "anna", admin=False)
    join(hub, "anna", admin=False)
    with pytest.raises(Refused, match="anna has 2"):
        join(hub, "anna", admin=False)
    join(hub)
    hub.arrive()
    with pytest.raises(Refused) as refused:
        hub.arrive()
    assert refused.value.code == 1013
    hub.depart()
    member, _ = join(hub)
    assert hub.connections == 4
    hub.leave(member)
    hub.arrive()
    hub.depart()


async def test_a_peer_that_takes_nothing_is_closed_with_1013(hub: Hub) -> None:
    member, wire = join(hub)
    _, other = join(hub)
    wire.stop_reading()
    await publish(hub, line("waits"))
    for _ in range(2):
        assert wire.closed is None
        stalled = hub._stalls(member)
    assert stalled
    hub.dismiss(member, 1013, "too slow")
    assert wire.closed is not None and wire.closed[0] == 1013
    assert member.mode is Mode.CLOSED
    await publish(hub, line("goes on"))
    assert other.texts == ["waits", "goes on"]


async def test_expired_and_ended_sign_ins_lose_their_sockets() -> None:
    now = [1000.0]
    hub = Hub(MemoryEventLog(), LIMITS, clock=lambda: now[0])
    hub.start()
    first, second = HandWire(), HandWire()
    hub.join(first, "anna", admin=False, session="one", expires=1001.0)
    hub.join(second, "anna", admin=False, session="two", expires=9999.0)
    hub.dismiss_session("anna", "two", "signed out")
    assert second.closed == (1008, "signed out")
    now[0] = 1002.0
    await settled(lambda: first.closed is not None)
    assert first.closed == (1008, "the sign-in has expired")
    assert hub.connections == 0
    await hub.close()


def test_gaps_are_named() -> None:
    log = MemoryEventLog()
    log.append([line(str(number)) for number in range(10)])
    assert gap_reason(log, 10, log.epoch) is None
    assert gap_reason(log, 0, None) is None
    assert gap_reason(log, 5, "other") is not None
    assert gap_reason(log, 11, log.epoch) is not None
    log.prune(3)
    assert gap_reason(log, 6, log.epoch) is not None
    assert gap_reason(log, 7, log.epoch) is None
