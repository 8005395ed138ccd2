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
        before: int | None = None,
    ) -> list[Event]:
        """Events with after < seq (< before) that the reader may see, ascending."""
        ...

    def newest_of(self, job_id: str, kind: str, limit: int) -> list[Event]:
        """The last ``limit`` events of one type of a job, ascending."""
        ...

    def spread(self, job_id: str, kind: str, most: int) -> list[Event]:
        """At most ``most`` events of one type of a job, evenly from all of them, ascending, the last among
        them: enough to draw a curve of a run of any length."""
        ...

    def count(
        self,
        *,
        job_id: str | None = None,
        types: Sequence[str] | None = None,
        level: str | None = None,
        search: str | None = None,
        before: int | None = None,
    ) -> int:
        """How many kept events match, those with seq < before if it is given; conditions as in ``read``."""
        ...

    def first_seq(self) -> int:
        """The oldest number still kept (older ones were pruned); 1 when nothing was."""
        ...

    def subscribe(self, listener: Callable[[list[Event]], None]) -> Callable[[], None]:
        """Be told of appended events, from any thread, after their commit; returns the way out."""
        ...
