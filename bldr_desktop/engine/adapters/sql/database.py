# SPDX-License-Identifier: MIT
"""Opening the database, and transactions over it.

SQLite: WAL, ``synchronous=FULL`` (a commit is an fsync, 0.3 ms here, shared by group commit, so
acknowledged work also survives a power cut), ``BEGIN IMMEDIATE`` for writers, foreign keys on.
One writer at a time in this process: writers queue at a lock instead of spinning on *busy*.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from bldr_desktop.engine.ports import StoreUnavailable

_log = logging.getLogger(__name__)
BUSY_SECONDS = 10.0
MEMORY = "sqlite://"
_SYNC = {True: "FULL", False: "NORMAL"}
"""SQLite's ``synchronous`` of a commit that waits for the disk, and of one that does not (in WAL mode; the
next that does takes it along)."""
_CHECKPOINT_PAGES = 4000
"""Size at which the log is folded back, 16 MB: by default a small training waits for that in the middle."""


def sqlite_url(path: Path) -> str:
    """The SQLAlchemy URL of a database file."""
    return sa.URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


class Database:
    """An engine with its transactions. ``url`` as SQLAlchemy takes it; :data:`MEMORY` for the twin.

    Stores call :meth:`write` and :meth:`read`; a call inside :meth:`transaction` of the same thread
    joins it. Connection troubles come out as :class:`StoreUnavailable`.
    """

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(_with_driver(url))
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._shared = self.is_sqlite and self.url.database in (None, "", ":memory:")
        self._closed = False
        self.engine = self._make_engine()
        self._lock = threading.RLock()
        self._local = threading.local()

    def _make_engine(self) -> Engine:
        options: dict[str, Any] = {"pool_pre_ping": not self.is_sqlite}
        if self.is_sqlite:
            options["connect_args"] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        if self._shared:
            options["poolclass"] = StaticPool
        else:
            # LIFO: the connection used last has pages and statements at hand
            options |= {"pool_size": 8, "max_overflow": 24, "pool_use_lifo": True}
        engine = sa.create_engine(self.url, **options)
        if self.is_sqlite:
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "checkin", self._on_checkin)
        return engine

    def _on_checkin(self, connection: Any, record: ConnectionPoolEntry) -> None:
        if self._closed and connection is not None:
            record.invalidate()

    @property
    def file(self) -> Path | None:
        """The database file, None for memory and Postgres."""
        return Path(str(self.url.database)) if self.is_sqlite and not self._shared else None

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[None]:
        """Join all store calls of this thread into one transaction (port ``Transactions``)."""
        with self.write(durable=durable):
            yield

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Connection]:
        """A connection in a write transaction; nested calls share the outermost one.

        Args:
            durable: Whether the outermost commit waits for the disk.

        Raises:
            StoreUnavailable: The database cannot be reached, is locked by another program, full or
                read-only.
        """
        current: Connection | None = getattr(self._local, "connection", None)
        if current is not None:
            yield current
            return
        hooks: list[tuple[Callable[[], None], Callable[[], None]]] = []
        with self._lock:
            with _outages(), self.engine.connect().execution_options(bldr_write=_SYNC[durable]) as connection:
                self._local.connection = connection
                self._local.hooks = hooks
                try:
                    with connection.begin():
                        if not (durable or self.is_sqlite):
                            connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
                        yield connection
                finally:
                    self._local.connection = None
            for committed, _ in hooks:
                committed()
        for _, released in hooks:
            released()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read from; inside a transaction of this thread, that one."""
        current: Connection | None = getattr(self._local, "connection", None)
        if current is not None:
            yield current
        elif self._shared:
            with self._lock, _outages(), self.engine.connect() as connection, connection.begin():
                yield connection
        else:
            with _outages(), self.engine.connect() as connection, connection.begin():
                yield connection

    def after_commit(self, committed: Callable[[], None], released: Callable[[], None]) -> None:
        """Run two things once the open transaction of this thread has committed; neither on rollback.

        Args:
            committed: Before any other writer of this process begins; quick, in commit order.
            released: After the write lock was let go.
        """
        self._local.hooks.append((committed, released))

    @property
    def in_transaction(self) -> bool:
        """True inside a write transaction of this thread."""
        return getattr(self._local, "connection", None) is not None

    def close(self) -> None:
        """Let go of all connections; SQLite folds its WAL back in. One that a thread still works with is
        let go of when that is done, for nobody could give it back to the pool any more."""
        self._closed = True
        self.engine.dispose()


def _with_driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1).replace(
        "postgres://", "postgresql+psycopg://", 1
    )


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    try:
        connection.isolation_level = None  # we say BEGIN ourselves: the driver's own timing loses atomicity
        connection.create_function("lower", 1, _lower, deterministic=True)  # SQLite's knows ASCII only
        connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA cache_size=-16000")
    except sqlite3.Error:
        connection.close()  # the pool never hears of it
        raise


def _lower(value: str | int | float | bytes | None) -> str | int | float | bytes | None:
    return value.lower() if isinstance(value, str) else value


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("bldr_write")
    if write:
        connection.exec_driver_sql(f"PRAGMA synchronous={write}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def _outages() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise StoreUnavailable(_sentence(error)) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreUnavailable(_sentence(error)) from error
        raise


def _sentence(error: DBAPIError) -> str:
    text = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
    if "disk is full" in text:
        return "The disk with the database is full. Free some space and try again."
    if "readonly" in text or "read-only" in text:
        return "The database cannot be written: the disk or the file is read-only."
    if "locked" in text:
        return "The database is locked by another program."
    return f"The database cannot be reached: {text}"
