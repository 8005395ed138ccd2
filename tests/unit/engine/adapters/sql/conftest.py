# SPDX-License-Identifier: MIT
"""Every store test runs on a file and on the in-memory twin, and with BLDR_TEST_STACK=cluster on Postgres."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from stack import STACK, new_database_url

from bldr_desktop.engine.adapters.sql.database import MEMORY, Database, sqlite_url
from bldr_desktop.engine.adapters.sql.opening import open_database


@pytest.fixture(params=["memory", "file", *(["postgres"] if STACK == "cluster" else [])])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An open, empty store."""
    if request.param == "postgres":
        url = new_database_url()
    else:
        url = MEMORY if request.param == "memory" else sqlite_url(tmp_path / "store.sqlite3")
    opened = open_database(url).database
    yield opened
    opened.close()
