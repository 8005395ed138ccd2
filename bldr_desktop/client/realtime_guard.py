# SPDX-License-Identifier: MIT
"""Is the peer still there? Pings a silent one, drops a dead one, notices that the machine slept."""

import asyncio
import logging
import time
from dataclasses import dataclass

from websockets.exceptions import ConnectionClosed

from bldr_desktop.client.realtime_socket import BatchConnection

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. A peer that says nothing for ``ping_after`` is pinged, after ``dead_after`` dropped: a
    half-open connection is found in at most ``dead_after + check_every``. ``jump``: how far the wall clock
    may run off the monotonic one between two checks before we take it that the machine slept (or the clock
    was set) and give the peer ``probe`` seconds to answer."""

    ping_after: float = 6.0
    dead_after: float = 15.0
    check_every: float = 1.0
    jump: float = 5.0
    probe: float = 4.0


async def guard(connection: BatchConnection, timing: Timing) -> None:
    """Watch a connection until it ends or is given up."""
    pinged = 0.0
    last, last_wall = time.monotonic(), time.time()
    while True:
        await asyncio.sleep(timing.check_every)
        now, wall = time.monotonic(), time.time()
        if now - last > 3 * timing.check_every:
            # we were stalled, not the peer: what it said meanwhile is still to be read
            connection.heard_at = max(connection.heard_at, now - timing.ping_after)
        slept = abs((wall - last_wall) - (now - last)) > timing.jump
        last, last_wall = now, wall
        silence = now - connection.heard_at
        if silence > timing.dead_after:
            connection.silent = True
            connection.transport.abort()
            return
        if slept or (silence > timing.ping_after and now - pinged > timing.ping_after / 2):
            pinged = now
            await _ping(connection)
        if slept:
            connection.heard_at = min(connection.heard_at, now - timing.dead_after + timing.probe)


async def _ping(connection: BatchConnection) -> None:
    try:
        await asyncio.wait_for(connection.ping(), 2.0)
    except (ConnectionClosed, TimeoutError):
        _log.debug("ping could not be sent")
