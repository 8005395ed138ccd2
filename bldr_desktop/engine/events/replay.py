# SPDX-License-Identifier: MIT
"""Serving a connection from the durable log, at its own pace, until it has caught up."""

import asyncio
from collections.abc import Sequence

from bldr_desktop.engine.events.framing import text_frame
from bldr_desktop.engine.events.member import Member, Mode, merge_key
from bldr_desktop.engine.ports.events import Event, EventLog

_READ_BYTES = 256 << 10
_FEWEST, _MOST = 16, 2000
_TYPICAL_BYTES = 400


def gap_reason(log: EventLog, since: int, epoch: str | None) -> str | None:
    """Why what came after ``since`` cannot be replayed whole; None when it can.

    Args:
        log: The durable log.
        since: The last number the client has.
        epoch: The numbering it belongs to; None when the client does not say.
    """
    if epoch is not None and epoch != log.epoch:
        return "the numbering began anew"
    if since > log.last_seq:
        return "the number is from the future"
    if since + 1 < log.first_seq():
        return "older events are no longer kept"
    return None


async def catch_up(member: Member, log: EventLog, *, merge: bool) -> int:
    """Write everything after ``member.cursor`` that its user may see, then go live.

    Events that come meanwhile wait in the outbox; those that do not fit are read from the log too.

    Args:
        member: In mode ``CATCHING_UP``.
        log: Where to read.
        merge: Leave out progress that a later event of the same read makes obsolete.

    Returns:
        Number of events written.
    """
    sent = 0
    limit = _READ_BYTES // _TYPICAL_BYTES
    while member.mode is Mode.CATCHING_UP:
        member.gap = False
        events = await asyncio.to_thread(
            log.read, member.cursor, limit, owner=member.user, admin=member.admin
        )
        if not events:
            if member.gap:
                continue
            if member.mode is Mode.CATCHING_UP:
                member.mode = Mode.LIVE
            break
        limit = _next_limit(events)
        last = events[-1].seq
        frames = _frames(member, events, merge)
        frames.update(member.outbox.take_until(last))  # events that are told but not kept in the log
        await _write(member, [frames[seq] for seq in sorted(frames)])
        member.cursor = last
        sent += len(frames)
    return sent


def _next_limit(events: Sequence[Event]) -> int:
    average = sum(len(event.payload) for event in events) // len(events) + 1
    return max(_FEWEST, min(_MOST, _READ_BYTES // average))


def _frames(member: Member, events: Sequence[Event], merge: bool) -> dict[int, bytes]:
    newest: dict[str, int] = {}
    if merge:
        newest = {key: event.seq for event in events if (key := merge_key(event)) is not None}
    frames: dict[int, bytes] = {}
    for event in events:
        key = merge_key(event) if merge else None
        if (key is None or newest[key] == event.seq) and member.sees(event):
            frames[event.seq] = text_frame(event.payload)
    return frames


async def _write(member: Member, frames: Sequence[bytes]) -> None:
    part: list[bytes] = []
    size = 0
    for frame in frames:
        part.append(frame)
        size += len(frame)
        if size >= 64 << 10:
            await member.wire.writable.wait()
            member.wire.write_frames(b"".join(part))
            part, size = [], 0
    if part:
        await member.wire.writable.wait()
        member.wire.write_frames(b"".join(part))
