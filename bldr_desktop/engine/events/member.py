# SPDX-License-Identifier: MIT
"""One connection as the hub sees it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol

from bldr_desktop.engine.events.outbox import Outbox
from bldr_desktop.engine.ports.events import Event


class Wire(Protocol):
    """The sending half of a WebSocket. Calls never block and do nothing once it is closed."""

    writable: asyncio.Event
    """Cleared while the peer does not take what was written (high-water mark of the socket)."""
    resumed: Callable[[], None] | None
    """Called each time ``writable`` is set again."""

    def write_frames(self, data: bytes) -> None:
        """Write whole, encoded frames."""
        ...

    def buffered(self) -> int:
        """Bytes written that the operating system has not taken yet."""
        ...

    def hang_up(self, code: int, reason: str, grace: float) -> None:
        """Send a close frame; after ``grace`` seconds drop the connection, answered or not."""
        ...


class Mode(Enum):
    """How a connection is served."""

    HOLDING = auto()
    """New: events wait for its ``hello``, or for the moment's grace without one."""
    CATCHING_UP = auto()
    """Served from the log, at its own pace."""
    LIVE = auto()
    """Served as things happen."""
    CLOSED = auto()


@dataclass(slots=True, eq=False)
class Member:
    """A connection. ``cursor``: everything it may see up to this number was written. ``gap``: frames
    after the cursor did not fit into the outbox and must come from the log. ``stalled`` seconds,
    counted while the peer takes nothing. ``expires`` unix seconds."""

    wire: Wire
    user: str
    admin: bool
    session: str
    expires: float
    outbox: Outbox
    cursor: int
    mode: Mode = Mode.HOLDING
    gap: bool = False
    muted: set[str] = field(default_factory=set)
    stalled: float = 0.0
    buffered: int = 0

    def sees(self, event: Event) -> bool:
        """True if this connection's user may see the event and wants it."""
        allowed = self.admin or event.public or (event.owner is not None and event.owner == self.user)
        return allowed and (event.job_id is None or event.job_id not in self.muted)


def merge_key(event: Event) -> str | None:
    """Under which an event may be replaced by a newer one; None for log lines and last frames."""
    return None if event.terminal or event.type == "job_log" else event.merge_key
