# SPDX-License-Identifier: MIT
"""Is work waiting in the store? Asked before the store's own library is worth importing."""

import sqlite3
from contextlib import closing
from pathlib import Path

_QUESTION = "SELECT 1 FROM jobs WHERE status IN ('queued', 'running', 'cancelling') LIMIT 1"


def work_is_waiting(database_url: str | None, file: Path) -> bool:
    """True if the engine has to be loaded at once: jobs wait, or the store must be looked at properly.

    Args:
        database_url: A store that was set; it is always opened at once.
        file: The SQLite file of an embedded engine.
    """
    if database_url is not None:
        return True
    if not file.exists():
        return False
    try:
        # Not read-only: after kill -9 the write-ahead log has to be recovered first.
        with closing(sqlite3.connect(file, timeout=1.0)) as connection:
            return connection.execute(_QUESTION).fetchone() is not None
    except sqlite3.Error:  # damaged, locked or of another version: its opener knows what to do
        return True
