# SPDX-License-Identifier: MIT
"""Transactions: joined, rolled back, told after the commit, troubles as StoreUnavailable."""

import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from bldr_desktop.engine.adapters.sql.database import Database, sqlite_url
from bldr_desktop.engine.adapters.sql.opening import open_database
from bldr_desktop.engine.adapters.sql.schema import meta
from bldr_desktop.engine.ports import StoreUnavailable


def put(database: Database, key: str) -> None:
    """Write one row in a transaction of its own (or the open one)."""
    with database.write() as connection:
        connection.execute(meta.insert().values(key=key, value="1"))


def keys(database: Database) -> set[str]:
    """All keys but the store's own."""
    with database.read() as connection:
        return {row.key for row in connection.execute(meta.select())}


def test_nested_calls_are_one_transaction(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction():
        put(database, "a")
        put(database, "b")
        raise ZeroDivisionError
    assert keys(database) == set()
    with database.transaction():
        put(database, "a")
        put(database, "b")
        assert keys(database) == {"a", "b"}, "a transaction reads its own writes"
    assert keys(database) == {"a", "b"}


def test_hooks_run_after_the_commit_only(database: Database) -> None:
    said: list[str] = []
    with database.write():
        database.after_commit(lambda: said.append("committed"), lambda: said.append("released"))
        assert said == []
    assert said == ["committed", "released"]
    with pytest.raises(ZeroDivisionError), database.write():
        database.after_commit(lambda: said.append("never"), lambda: said.append("never"))
        raise ZeroDivisionError
    assert said == ["committed", "released"]


def test_many_threads_write_without_losing_a_row(database: Database) -> None:
    def work(number: int) -> None:
        for step in range(25):
            put(database, f"{number}-{step}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys(database)) == 150


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    database = open_database(sqlite_url(tmp_path / "store.sqlite3")).database
    with database.write() as connection:
        connection.execute(meta.insert().values(key="open", value="1"))
        seen: list[set[str]] = []
        reader = threading.Thread(target=lambda: seen.append(keys(database)))
        reader.start()
        reader.join(5)
        assert seen == [set()]
    database.close()


def test_lower_knows_cyrillic(database: Database) -> None:
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT lower('СП Ёлка')").scalar() == "сп ёлка"


def test_commits_are_synced(database: Database) -> None:
    with database.read() as connection:
        if not database.is_sqlite:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
            return
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_r46_a_database_locked_by_another_program_is_an_outage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bldr_desktop.engine.adapters.sql.database.BUSY_SECONDS", 0.1)
    database = open_database(sqlite_url(tmp_path / "store.sqlite3")).database
    other = sqlite3.connect(tmp_path / "store.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked by another program"):
        put(database, "a")
    other.execute("ROLLBACK")
    other.close()
    put(database, "a")
    database.close()


def test_a_connection_in_use_at_the_end_is_closed_when_it_is_free(tmp_path: Path) -> None:
    database = open_database(sqlite_url(tmp_path / "store.sqlite3")).database
    used: list[Any] = []
    event.listen(database.engine, "checkout", lambda connection, *_: used.append(connection))
    with database.read() as reader:
        reader.execute(sa.text("SELECT 1"))
        database.close()
        assert reader.execute(sa.text("SELECT 2")).scalar_one() == 2
    with database.read() as late:  # a thread that had not heard of the end
        late.execute(sa.text("SELECT 1"))
    assert len(set(map(id, used))) == 2
    for connection in used:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
