# SPDX-License-Identifier: MIT
"""One event log for several processes: the database numbers and keeps, Redis carries.

Each process publishes what it committed to one Redis stream; each process that has listeners reads
it and tells them in the order of numbers. A hole (another process has not published yet, or Redis
lost something) is waited for shortly, then filled from the database, so a restarted or emptied
Redis loses nothing that is kept; only undelivered AI tokens, which are not kept, can go missing.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, cast

import redis

from bldr_desktop.engine.adapters.sql.events import SqlEventLog
from bldr_desktop.engine.ports import StoreUnavailable
from bldr_desktop.engine.ports.events import Event, NewEvent

STREAM = "bldr:events"
_KEPT = 100_000
_BLOCK_MS = 400
_HOLE_SECONDS = 0.25
_LOOK_SECONDS = 1.0
_READ = 5_000
_log = logging.getLogger(__name__)
Listener = Callable[[list[Event]], None]


class RedisEventLog:
    """Port ``EventLog`` over the database's log and a Redis stream.

    Args:
        inner: Numbers and keeps.
        url: ``redis://…``.
    """

    def __init__(self, inner: SqlEventLog, url: str) -> None:
        self._inner = inner
        self._redis = redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2)
        self._listeners: tuple[Listener, ...] = ()
        self._pending: dict[int, Event] = {}
        self._told = 0
        self._expected = 0
        self._hole_since: float | None = None
        self._closed = threading.Event()
        self._reader: threading.Thread | None = None
        self._lock = threading.Lock()
        inner.subscribe(self._publish)

    @property
    def epoch(self) -> str:
        """As the database says."""
        return self._inner.epoch

    @property
    def last_seq(self) -> int:
        """The newest number told here, or given here."""
        return max(self._told, self._inner.last_seq)

    def append(self, events: Sequence[NewEvent]) -> list[Event]:
        """As the port says."""
        return self._inner.append(events)

    def read(self, after: int, limit: int, **conditions: Any) -> list[Event]:
        """As the port says."""
        return self._inner.read(after, limit, **conditions)

    def count(self, **conditions: Any) -> int:
        """As the port says."""
        return self._inner.count(**conditions)

    def newest_of(self, job_id: str, kind: str, limit: int) -> list[Event]:
        """As the port says."""
        return self._inner.newest_of(job_id, kind, limit)

    def spread(self, job_id: str, kind: str, most: int) -> list[Event]:
        """As the port says."""
        return self._inner.spread(job_id, kind, most)

    def first_seq(self) -> int:
        """As the port says."""
        return self._inner.first_seq()

    def prune(self, keep: int) -> int:
        """As the port says."""
        return self._inner.prune(keep)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of the events of all processes, in order; the returned function ends it."""
        with self._lock:
            self._listeners = (*self._listeners, listener)
            if self._reader is None:
                self._told = self._inner.newest()
                self._reader = threading.Thread(target=self._read_for_ever, name="redis-events", daemon=True)
                self._reader.start()

        def leave() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return leave

    def close(self) -> None:
        """Stop reading."""
        self._closed.set()
        if self._reader is not None:
            self._reader.join(2)
        self._redis.close()

    # publishing

    def _publish(self, events: list[Event]) -> None:
        try:
            pipeline = self._redis.pipeline(transaction=False)
            for event in events:
                fields: dict[Any, Any] = {"h": json.dumps(_head(event)), "p": event.payload}
                pipeline.xadd(STREAM, fields, maxlen=_KEPT, approximate=True)
            pipeline.execute()
        except redis.RedisError as error:
            _log.warning("events could not be published, others read them from the database: %s", error)

    # reading

    def _read_for_ever(self) -> None:
        cursor: Any = None
        looked = 0.0
        while not self._closed.is_set():
            try:
                if cursor is None:
                    cursor = self._newest_id()
                for entry, fields in self._fetch(cursor):
                    cursor = entry
                    event = _event(fields)
                    if event.seq > self._told:
                        self._pending[event.seq] = event
            except redis.RedisError as error:
                _log.warning("the event stream cannot be read: %s", error)
                cursor = None
                self._closed.wait(0.3)
            try:
                self._tell_in_order()
                if time.monotonic() - looked > _LOOK_SECONDS:
                    looked = time.monotonic()
                    cursor = self._look(cursor)
            except StoreUnavailable as outage:
                _log.warning("the event log cannot be read: %s", outage)

    def _newest_id(self) -> Any:
        newest = cast(list[Any], self._redis.xrevrange(STREAM, count=1))
        return newest[0][0] if newest else b"0-0"

    def _fetch(self, cursor: Any) -> list[Any]:
        found = cast(list[Any], self._redis.xread({STREAM: cursor}, count=_READ, block=_BLOCK_MS))
        return list(found[0][1]) if found else []

    def _look(self, cursor: Any) -> Any:
        """Compare with the database now and then: what it had at the last look should have come by
        Redis meanwhile. If not, it is read there; a Redis that was emptied begins its ids anew."""
        late = not self._pending and self._told < self._expected
        if late:
            self._fill(self._expected)
        self._expected = self._inner.newest()
        return None if late else cursor

    def _tell_in_order(self) -> None:
        ready: list[Event] = []
        while (event := self._pending.pop(self._told + 1, None)) is not None:
            ready.append(event)
            self._told = event.seq
        if ready:
            self._hole_since = None
            self._tell(ready)
        if not self._pending:
            self._hole_since = None
            return
        if self._hole_since is None:
            self._hole_since = time.monotonic()
        elif time.monotonic() - self._hole_since > _HOLE_SECONDS:
            self._hole_since = None
            self._fill(max(self._pending))

    def _fill(self, until: int) -> None:
        """Everything up to ``until`` from the database and what came by Redis, in order."""
        while self._told < until:
            kept = self._inner.read(self._told, _READ)
            border = kept[-1].seq if len(kept) == _READ else until
            known = {event.seq: event for event in kept if event.seq <= border}
            known |= {seq: event for seq, event in self._pending.items() if self._told < seq <= border}
            for seq in known:
                self._pending.pop(seq, None)
            self._told = border
            if known:
                self._tell([known[seq] for seq in sorted(known)])

    def _tell(self, events: list[Event]) -> None:
        for listener in self._listeners:
            listener(events)


def _head(event: Event) -> list[Any]:
    return [
        event.seq, event.epoch, event.ts, event.type, event.job_id, event.owner, event.public,
        event.merge_key, event.terminal,
    ]  # fmt: skip


def _event(fields: dict[bytes, bytes]) -> Event:
    seq, epoch, ts, kind, job_id, owner, public, merge_key, terminal = json.loads(fields[b"h"])
    return Event(seq, epoch, ts, kind, job_id, owner, public, merge_key, terminal, fields[b"p"])
