# SPDX-License-Identifier: MIT
"""Numbered events: written first, told after."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(slots=True)
class NewEvent:
    """An event before it has a number. ``frame`` is the wire frame without seq, epoch and ts.

    ``owner`` None means admins only unless ``public``. ``terminal`` and log frames are never merged;
    others of the same ``merge_key`` may be, newest wins, when a client lags. ``durable`` False (AI
    tokens) is numbered and told, not kept in the log.
    """

    type: str
    frame: dict[str, Any]
    job_id: str | None = None
    owner: str | None = None
    public: bool = False
    merge_key: str | None = None
    terminal: bool = False
    durable: bool = True
    level: str | None = None


@dataclass(slots=True)
class Event:
    """A numbered event, its frame encoded once for everybody."""

    seq: int
    epoch: str
    ts: str
    type: str
    job_id: str | None
    owner: str | None
    public: bool
    merge_key: str | None
    terminal: bool
    payload: bytes

    @property
    def frame(self) -> dict[str, Any]:
        """The frame, decoded anew at each call: replays only ever send ``payload``."""
        decoded: dict[str, Any] = json.loads(self.payload)
        return decoded


class EventLog(Protocol):
    """The durable, ordered log. ``append`` commits before it returns (group commit inside)."""

    @property
    def epoch(self) -> str:
        """Changes whenever numbering restarts."""
        ...

    @property
    def last_seq(self) -> int:
        """The newest number given."""
        ...

    def append(self, events: Sequence[NewEvent]) -> list[Event]:
        """Number, stamp and store events in one transaction; in the order given."""
        ...

    def read(
        self,
        after: int,
        limit: int,
        *,
        job_id: str | None = None,
        owner: str | None = None,
        admin: bool = True,
        types: Sequence[str] | None = None,
        level: str | None = None,
        search: str | None = None,
    ) -> list[Event]:
        """Events with seq > after that the reader may see, ascending."""
        ...

    def digest(self, job_id: str, after: int, limit: int) -> tuple[list[bytes], int]:
        """A job's next ``limit`` events without what a later one of them made obsolete.

        Of progress one frame a second is kept, of a file or document its newest state; log lines and all
        else are kept whole: what somebody needs to see the whole of a run at once.

        Returns:
            Encoded frames in order, and the number to go on from (``after`` when there are none).
        """
        ...

    def count(
        self,
        *,
        job_id: str | None = None,
        types: Sequence[str] | None = None,
        level: str | None = None,
        search: str | None = None,
    ) -> int:
        """How many kept events match; conditions as in ``read``."""
        ...

    def first_seq(self) -> int:
        """The oldest number still kept (older ones were pruned); 1 when nothing was."""
        ...

    def subscribe(self, listener: Callable[[list[Event]], None]) -> Callable[[], None]:
        """Be told of appended events, from any thread, after their commit; returns the way out."""
        ...
