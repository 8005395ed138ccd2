# SPDX-License-Identifier: MIT
"""The event log: numbered in the transaction that stores it, told after the commit, in order.

Group commit: callers that append at the same time from several threads share one transaction. The
newest number lives in ``meta`` and is raised in the same transaction, so numbers have no gaps from
rollbacks and never go back, whatever is pruned; events that are not durable use numbers up too.
"""

import json
import threading
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.schema import events, meta
from bldr_desktop.engine.adapters.sql.values import add_value, get_value, put_value
from bldr_desktop.engine.ports.events import Event, NewEvent
from bldr_desktop.protocol.base import utc_now

_LEVELS = ("debug", "info", "warning", "error")
Listener = Callable[[list[Event]], None]


_COLUMNS = (
    events.c.seq, events.c.ts, events.c.type, events.c.job_id, events.c.owner, events.c.public,
    events.c.merge_key, events.c.terminal, events.c.payload,
)  # fmt: skip


_INSERT = events.insert()
_NEWEST = sa.select(meta.c.value).where(meta.c.key == "last_seq").with_for_update()
_RAISE = meta.update().where(meta.c.key == "last_seq").values(value=sa.bindparam("to"))
"""Made once: every transaction that tells something runs them."""


class _LogText(FunctionElement[str]):
    """The ``text`` of a log frame, so that a search does not match keys and ids."""

    inherit_cache = True
    type = sa.Text()


@compiles(_LogText)
def _log_text_postgres(_element: _LogText, _compiler: Any, **_options: Any) -> str:
    return "(CAST(events.payload AS json) ->> 'text')"


@compiles(_LogText, "sqlite")
def _log_text_sqlite(_element: _LogText, _compiler: Any, **_options: Any) -> str:
    return "json_extract(events.payload, '$.text')"


class _Batch:
    """What one caller wants appended, and how it went."""

    __slots__ = ("done", "error", "new", "result")

    def __init__(self, new: Sequence[NewEvent]) -> None:
        self.new = new
        self.result: list[Event] = []
        self.error: BaseException | None = None
        self.done = threading.Event()


class SqlEventLog:
    """Port ``EventLog`` over a database."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._queue: deque[_Batch] = deque()
        self._leader = threading.Lock()
        self._outbox: deque[list[Event]] = deque()
        self._telling = threading.RLock()
        self._listeners: tuple[Listener, ...] = ()
        self._epoch, self._last = self._open()

    @property
    def epoch(self) -> str:
        """Changes whenever numbering restarts: with a new database."""
        return self._epoch

    @property
    def last_seq(self) -> int:
        """The newest number given and committed."""
        return self._last

    def newest(self) -> int:
        """The newest number that any process has committed."""
        with self._db.read() as connection:
            return int(get_value(connection, "last_seq") or 0)

    def append(self, new: Sequence[NewEvent]) -> list[Event]:
        """Number, stamp and store; inside a transaction of this thread it joins that one."""
        if not new:
            return []
        if self._db.in_transaction:
            with self._db.write() as connection:
                return self._write(connection, new)
        batch = _Batch(new)
        self._queue.append(batch)
        with self._leader:
            if not batch.done.is_set():
                self._commit_queue()
        if batch.error is not None:
            raise batch.error
        return batch.result

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
        query = sa.select(*_COLUMNS).where(events.c.seq > after).order_by(events.c.seq).limit(limit)
        for condition in _conditions(job_id, owner, admin, types, level, search, before):
            query = query.where(condition)
        with self._db.read() as connection:
            return [self._event(row) for row in connection.execute(query)]

    def newest_of(self, job_id: str, kind: str, limit: int) -> list[Event]:
        """The last ``limit`` events of one type of a job, ascending."""
        query = (
            sa.select(*_COLUMNS)
            .where(events.c.job_id == job_id, events.c.type == kind)
            .order_by(events.c.seq.desc())
            .limit(limit)
        )
        with self._db.read() as connection:
            return [self._event(row) for row in connection.execute(query)][::-1]

    def spread(self, job_id: str, kind: str, most: int) -> list[Event]:
        """Events of one type of a job, evenly from all of them; chosen from the index alone."""
        seqs = sa.select(events.c.seq).where(events.c.job_id == job_id, events.c.type == kind)
        with self._db.read() as connection:
            found = connection.execute(seqs.order_by(events.c.seq.desc())).scalars().all()
            chosen = found[:: max(1, -(-len(found) // most))]
            query = sa.select(*_COLUMNS).where(events.c.seq.in_(chosen)).order_by(events.c.seq)
            return [self._event(row) for row in connection.execute(query)]

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
        query = sa.select(sa.func.count()).select_from(events)
        for condition in _conditions(job_id, None, True, types, level, search, before):
            query = query.where(condition)
        with self._db.read() as connection:
            return int(connection.execute(query).scalar_one())

    def first_seq(self) -> int:
        """The oldest number from which a replay is whole; 1 when nothing was pruned."""
        with self._db.read() as connection:
            return int(get_value(connection, "first_seq") or 1)

    def prune(self, keep: int) -> int:
        """Forget all but the newest ``keep`` numbers, log lines too; how many rows went."""
        with self._db.write() as connection:
            border = int(get_value(connection, "last_seq") or 0) - keep
            if border <= 0:
                return 0
            gone = connection.execute(events.delete().where(events.c.seq <= border)).rowcount
            put_value(connection, "first_seq", str(border + 1))
            return int(gone)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told after each commit, in order; the returned function ends it."""
        with self._telling:
            self._listeners = (*self._listeners, listener)

        def leave() -> None:
            with self._telling:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return leave

    def _open(self) -> tuple[str, int]:
        with self._db.write() as connection:
            if get_value(connection, "epoch") is None:
                add_value(connection, "epoch", uuid.uuid4().hex[:16])
                add_value(connection, "last_seq", "0")
            return get_value(connection, "epoch") or "", int(get_value(connection, "last_seq") or 0)

    def _commit_queue(self) -> None:
        batches = []
        while self._queue:
            batches.append(self._queue.popleft())
        try:
            with self._db.write() as connection:
                written = self._write(connection, [new for batch in batches for new in batch.new])
            start = 0
            for batch in batches:
                batch.result = written[start : start + len(batch.new)]
                start += len(batch.new)
        except BaseException as error:
            for batch in batches:
                batch.error = error
            if not isinstance(error, Exception):
                raise
        finally:
            for batch in batches:
                batch.done.set()

    def _write(self, connection: Connection, new: Sequence[NewEvent]) -> list[Event]:
        first = self._take_numbers(connection, len(new))
        ts = utc_now()
        written = [self._number(item, first + place, ts) for place, item in enumerate(new)]
        rows = [_row(event, item.level) for event, item in zip(written, new, strict=True) if item.durable]
        if rows:
            connection.execute(_INSERT, rows)
        last = first + len(new) - 1

        def committed() -> None:
            self._last = max(self._last, last)
            self._outbox.append(written)

        self._db.after_commit(committed, self._tell)
        return written

    def _take_numbers(self, connection: Connection, count: int) -> int:
        last = int(connection.execute(_NEWEST).scalar_one())
        connection.execute(_RAISE, {"to": str(last + count)})
        return last + 1

    def _number(self, new: NewEvent, seq: int, ts: str) -> Event:
        head: dict[str, Any] = {"type": new.type, "seq": seq, "epoch": self._epoch, "ts": ts}
        if new.job_id is not None:
            head["job_id"] = new.job_id
        frame = {**new.frame, **head}
        payload = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode()
        return Event(
            seq, self._epoch, ts, new.type, new.job_id, new.owner, new.public, new.merge_key,
            new.terminal, payload,
        )  # fmt: skip

    def _event(self, row: Any) -> Event:
        seq, ts, kind, job_id, owner, public, merge_key, terminal, payload = row
        return Event(seq, self._epoch, ts, kind, job_id, owner, public, merge_key, terminal, payload.encode())

    def _tell(self) -> None:
        with self._telling:
            while self._outbox:
                told = self._outbox.popleft()
                for listener in self._listeners:
                    listener(told)


def _row(event: Event, level: str | None) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "ts": event.ts,
        "type": event.type,
        "job_id": event.job_id,
        "owner": event.owner,
        "public": event.public,
        "merge_key": event.merge_key,
        "terminal": event.terminal,
        "level": level,
        "payload": event.payload.decode(),
    }


def _conditions(
    job_id: str | None,
    owner: str | None,
    admin: bool,
    types: Sequence[str] | None,
    level: str | None,
    search: str | None,
    before: int | None,
) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if before is not None:
        conditions.append(events.c.seq < before)
    if job_id is not None:
        conditions.append(events.c.job_id == job_id)
    if not admin:
        conditions.append(sa.or_(events.c.public, events.c.owner == (owner or "")))
    if types is not None:
        conditions.append(events.c.type.in_(types))
    if level in _LEVELS:
        conditions.append(events.c.level.in_(_LEVELS[_LEVELS.index(level) :]))
    if search:
        conditions.append(sa.func.lower(_LogText()).contains(search.lower(), autoescape=True))
    return conditions
