# SPDX-License-Identifier: MIT
"""Every store test runs on a file and on the in-memory twin."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bldr_desktop.engine.adapters.sql.database import MEMORY, Database, sqlite_url
from bldr_desktop.engine.adapters.sql.opening import open_database


@pytest.fixture(params=["memory", "file"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An open, empty store."""
    url = MEMORY if request.param == "memory" else sqlite_url(tmp_path / "store.sqlite3")
    opened = open_database(url).database
    yield opened
    opened.close()
