# SPDX-License-Identifier: MIT
"""What survives quit and kill: rows of the transfer table, known hashes, watched folders (SQLite)."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from bldr_desktop.services.transfer_state import Transfer, TransferState

T = TypeVar("T")
_log = logging.getLogger(__name__)
_SCHEMA = 1
_LEFT_OUT = frozenset({"speed"})
_COLUMNS = tuple(f.name for f in fields(Transfer) if f.name not in _LEFT_OUT)
_FIELDS = attrgetter(*_COLUMNS)
_STATE, _WARNINGS = _COLUMNS.index("state"), _COLUMNS.index("warnings")
_TABLES = f"""
CREATE TABLE IF NOT EXISTS transfers (server TEXT NOT NULL, {", ".join(_COLUMNS)}, PRIMARY KEY (server, id));
CREATE TABLE IF NOT EXISTS hashes (
  path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS folders (
  server TEXT NOT NULL, path TEXT NOT NULL, watched INTEGER NOT NULL, PRIMARY KEY (server, path));
"""


@dataclass(frozen=True, slots=True)
class KnownHash:
    """The SHA-256 that a file had when it had this size and mtime."""

    size: int
    mtime_ns: int
    sha256: str


class Journal:
    """One SQLite file behind one thread of its own; nothing waits for it on the loop.

    A file that is damaged is set aside as ``….broken`` and a new one begun: the bytes on the engine are
    not lost, only the list of rows is. Where none can be kept (read-only, locked, full) the rows live in
    memory for this run. ``note`` says which.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.set_aside: Path | None = None
        self.note = ""
        """After :meth:`open`: empty, ``set_aside`` or ``memory``."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._connection: sqlite3.Connection | None = None

    async def open(self) -> None:
        """Open or begin it."""
        await self._run(self._open)

    async def close(self) -> None:
        """Everything handed in before is written."""
        await self._run(self._close)
        self._thread.shutdown(wait=True)

    async def load(self, server: str) -> list[Transfer]:
        """The rows of one server, in their order."""
        return await self._run(lambda: self._load(server))

    async def save(self, server: str, rows: Sequence[Transfer]) -> None:
        """Write rows, new or changed."""
        values = [(server, *_values(row)) for row in rows]
        marks = ",".join("?" * (len(_COLUMNS) + 1))
        sql = f"INSERT OR REPLACE INTO transfers (server, {','.join(_COLUMNS)}) VALUES ({marks})"  # noqa: S608
        await self._run(lambda: self._write(sql, values))

    async def remove(self, server: str, ids: Iterable[int]) -> None:
        """Forget rows."""
        values = [(server, row_id) for row_id in ids]
        await self._run(lambda: self._write("DELETE FROM transfers WHERE server = ? AND id = ?", values))

    async def hashes(self, paths: Sequence[str]) -> dict[str, KnownHash]:
        """What is remembered of these files."""
        return await self._run(lambda: self._hashes(paths))

    async def remember(self, known: Sequence[tuple[str, KnownHash]]) -> None:
        """Remember hashes."""
        values = [(path, item.size, item.mtime_ns, item.sha256) for path, item in known]
        await self._run(lambda: self._write("INSERT OR REPLACE INTO hashes VALUES (?,?,?,?)", values))

    async def folders(self, server: str) -> list[tuple[str, bool]]:
        """Folders that were added, and whether each is watched."""
        sql = "SELECT path, watched FROM folders WHERE server = ? ORDER BY rowid"
        rows = await self._run(lambda: self._read(sql, (server,)))
        return [(path, bool(watched)) for path, watched in rows]

    async def save_folder(self, server: str, path: str, watched: bool) -> None:
        """Remember a folder."""
        sql = "INSERT OR REPLACE INTO folders VALUES (?,?,?)"
        await self._run(lambda: self._write(sql, [(server, path, int(watched))]))

    async def remove_folder(self, server: str, path: str) -> None:
        """Forget a folder."""
        sql = "DELETE FROM folders WHERE server = ? AND path = ?"
        await self._run(lambda: self._write(sql, [(server, path)]))

    # -- in the thread ----------------------------------------------------------------------------

    async def _run(self, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)

    def _open(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._open_file()
        except (OSError, sqlite3.OperationalError) as error:
            _log.warning("the journal %s cannot be kept: %s; rows live in memory", self.path, error)
            self._connection = self._connect(":memory:")
            self.note = "memory"

    def _open_file(self) -> None:
        try:
            self._connection = self._connect(self.path)
        except sqlite3.OperationalError:
            raise  # locked, read-only, no room: nothing is wrong with the file itself
        except sqlite3.DatabaseError:
            broken = self.path.with_suffix(".broken")
            _log.warning("the journal %s cannot be read; set aside as %s", self.path, broken, exc_info=True)
            for suffix in ("-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            self.path.replace(broken)
            self.set_aside, self.note = broken, "set_aside"
            self._connection = self._connect(self.path)

    def _connect(self, place: Path | str) -> sqlite3.Connection:
        connection = sqlite3.connect(place, timeout=2.0, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version not in {0, _SCHEMA}:
                raise sqlite3.DatabaseError(f"journal of another version: {version}")
            connection.executescript(_TABLES)
            connection.execute(f"PRAGMA user_version={_SCHEMA}")
            connection.execute("SELECT count(*) FROM transfers").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _read(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall() if self._connection else []

    def _write(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        if self._connection is None or not values:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(sql, values)
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            # A full disk must not stop the transfers: rows are written again with their next change.
            _log.exception("the journal could not be written")
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _load(self, server: str) -> list[Transfer]:
        sql = f"SELECT {','.join(_COLUMNS)} FROM transfers WHERE server = ? ORDER BY id"  # noqa: S608
        rows = []
        for values in self._read(sql, (server,)):
            named = dict(zip(_COLUMNS, values, strict=True))
            named["state"] = TransferState(named["state"])
            named["train"] = bool(named["train"])
            named["warnings"] = json.loads(named["warnings"] or "[]")
            rows.append(Transfer(**named))
        return rows

    def _hashes(self, paths: Sequence[str]) -> dict[str, KnownHash]:
        found: dict[str, KnownHash] = {}
        for start in range(0, len(paths), 500):
            part = paths[start : start + 500]
            marks = ",".join("?" * len(part))
            sql = f"SELECT path, size, mtime_ns, sha256 FROM hashes WHERE path IN ({marks})"  # noqa: S608
            found |= {path: KnownHash(*rest) for path, *rest in self._read(sql, part)}
        return found


def _values(row: Transfer) -> tuple[Any, ...]:
    values = list(_FIELDS(row))  # on the window's loop, for thousands of rows at a time
    values[_STATE] = row.state.value
    values[_WARNINGS] = json.dumps(row.warnings) if row.warnings else "[]"
    return tuple(values)
