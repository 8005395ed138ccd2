# SPDX-License-Identifier: MIT
"""The event log in memory: the twin of the SQL one."""

import json
import threading
import uuid
from bisect import bisect_right
from collections.abc import Callable, Sequence

from bldr_desktop.engine.ports.events import Event, NewEvent
from bldr_desktop.protocol.base import utc_now

_LEVELS = ("debug", "info", "warning", "error")
Listener = Callable[[list[Event]], None]


class MemoryEventLog:
    """An :class:`~bldr_desktop.engine.ports.events.EventLog` that forgets everything when it goes."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._kept: list[tuple[Event, str | None]] = []
        self._listeners: tuple[Listener, ...] = ()
        self._epoch = uuid.uuid4().hex[:16]
        self._last = 0
        self._first = 1

    @property
    def epoch(self) -> str:
        """Changes whenever numbering restarts."""
        return self._epoch

    @property
    def last_seq(self) -> int:
        """The newest number given."""
        return self._last

    def append(self, events: Sequence[NewEvent]) -> list[Event]:
        """Number, stamp and keep events, then tell the listeners, in order."""
        if not events:
            return []
        with self._lock:
            ts = utc_now()
            written = [self._number(new, ts) for new in events]
            self._kept.extend(
                (event, new.level) for event, new in zip(written, events, strict=True) if new.durable
            )
            for listener in self._listeners:
                listener(written)
        return written

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
        levels = _LEVELS[_LEVELS.index(level) :] if level in _LEVELS else None
        found: list[Event] = []
        with self._lock:
            start = bisect_right(self._kept, after, key=lambda kept: kept[0].seq)
            for event, its_level in self._kept[start:]:
                if len(found) >= limit:
                    break
                if (
                    (job_id is None or event.job_id == job_id)
                    and (before is None or event.seq < before)
                    and (admin or event.public or (event.owner is not None and event.owner == owner))
                    and (types is None or event.type in types)
                    and (levels is None or its_level in levels)
                    and (not search or search.lower() in str(event.frame.get("text", "")).lower())
                ):
                    found.append(event)
        return found

    def newest_of(self, job_id: str, kind: str, limit: int) -> list[Event]:
        """The last ``limit`` events of one type of a job, ascending."""
        return self.read(0, self._last, job_id=job_id, types=[kind])[-limit:]

    def spread(self, job_id: str, kind: str, most: int) -> list[Event]:
        """Events of one type of a job, evenly from all of them."""
        found = self.read(0, self._last, job_id=job_id, types=[kind])[::-1]
        return found[:: max(1, -(-len(found) // most))][::-1]

    def count(
        self,
        *,
        job_id: str | None = None,
        types: Sequence[str] | None = None,
        level: str | None = None,
        search: str | None = None,
        before: int | None = None,
    ) -> int:
        """How many kept events match."""
        found = self.read(
            0, self._last, job_id=job_id, types=types, level=level, search=search, before=before
        )
        return len(found)

    def first_seq(self) -> int:
        """The oldest number from which a replay is whole; 1 when nothing was pruned."""
        return self._first

    def prune(self, keep: int) -> int:
        """Forget all but the newest ``keep`` numbers; how many events went."""
        with self._lock:
            border = self._last - keep
            if border <= 0:
                return 0
            before = len(self._kept)
            self._kept = [kept for kept in self._kept if kept[0].seq > border]
            self._first = max(self._first, border + 1)
            return before - len(self._kept)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of appended events, in order; the returned function ends it."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def leave() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return leave

    def _number(self, new: NewEvent, ts: str) -> Event:
        self._last += 1
        head = {"type": new.type, "seq": self._last, "epoch": self._epoch, "ts": ts}
        if new.job_id is not None:
            head["job_id"] = new.job_id
        frame = {**new.frame, **head}
        payload = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode()
        return Event(
            self._last, self._epoch, ts, new.type, new.job_id, new.owner, new.public, new.merge_key,
            new.terminal, payload,
        )  # fmt: skip
