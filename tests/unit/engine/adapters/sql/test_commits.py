# SPDX-License-Identifier: MIT
"""Commits that wait for the disk, and those that leave it to a later one."""

from pathlib import Path

import sqlalchemy as sa

from bldr_desktop.engine.adapters.sql.database import Database, sqlite_url

FULL, NORMAL = 2, 1


def test_only_what_may_wait_for_the_next_commit_does(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "store.sqlite3"))

    def sync() -> int:
        with database.read() as connection:
            return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())

    try:
        with database.transaction(durable=False):
            assert sync() == NORMAL
        with database.transaction():
            assert sync() == FULL
            with database.transaction(durable=False):
                assert sync() == FULL  # the outermost decides
    finally:
        database.close()


def test_a_commit_that_did_not_wait_is_read_by_others(tmp_path: Path) -> None:
    place = sqlite_url(tmp_path / "store.sqlite3")
    writer, reader = Database(place), Database(place)
    try:
        with writer.write(durable=False) as connection:
            connection.execute(sa.text("CREATE TABLE t (n INTEGER)"))
            connection.execute(sa.text("INSERT INTO t VALUES (7)"))
        with reader.read() as connection:
            assert connection.execute(sa.text("SELECT n FROM t")).scalar_one() == 7
    finally:
        writer.close()
        reader.close()
