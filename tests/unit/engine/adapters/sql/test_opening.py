# SPDX-License-Identifier: MIT
"""R46: whatever lies where the database should be, the engine starts or says one clear sentence."""

import os
from pathlib import Path

import pytest

from bldr_desktop.engine.adapters.sql import migrations
from bldr_desktop.engine.adapters.sql.database import MEMORY, Database, sqlite_url
from bldr_desktop.engine.adapters.sql.opening import open_database
from bldr_desktop.engine.adapters.sql.schema import meta, metadata
from bldr_desktop.engine.ports import StoreUnavailable


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A good database with one row."""
    place = tmp_path / "store.sqlite3"
    database = open_database(sqlite_url(place)).database
    with database.write() as connection:
        connection.execute(meta.insert().values(key="mine", value="kept"))
    database.close()
    return place


def row(database: Database) -> str | None:
    """The row of the good database."""
    with database.read() as connection:
        found: str | None = connection.execute(
            meta.select().with_only_columns(meta.c.value).where(meta.c.key == "mine")
        ).scalar()
    database.close()
    return found


def test_opened_again_it_is_the_same(file: Path) -> None:
    opened = open_database(sqlite_url(file))
    assert opened.notes == []
    assert row(opened.database) == "kept"


def test_r46_corrupt_is_set_aside(file: Path) -> None:
    file.write_bytes(b"this is no database" * 500)
    opened = open_database(sqlite_url(file))
    assert row(opened.database) is None
    assert "damaged" in opened.notes[0]
    assert opened.set_aside is not None
    assert opened.set_aside.read_bytes().startswith(b"this is no database")
    note = opened.set_aside.with_name(opened.set_aside.name + ".txt").read_text(encoding="utf-8")
    assert "damaged" in note


def test_r46_broken_page_of_a_vital_table_is_set_aside(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 100] = b"\xff" * 100
    file.write_bytes(content)
    opened = open_database(sqlite_url(file))
    assert opened.set_aside is not None
    assert row(opened.database) is None


def test_r46_newer_schema_is_set_aside_whole(file: Path) -> None:
    database = Database(sqlite_url(file))
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    opened = open_database(sqlite_url(file))
    assert "newer version" in opened.notes[0]
    assert opened.set_aside is not None
    old = Database(sqlite_url(opened.set_aside))
    assert row(old) == "kept"
    opened.database.close()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_r46_read_only_folder_is_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(StoreUnavailable):
        open_database(sqlite_url(folder / "store.sqlite3"))


def test_r46_a_folder_in_its_place_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite3").mkdir()
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        open_database(sqlite_url(tmp_path / "store.sqlite3"))


def test_migrations_make_exactly_the_schema() -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    database = Database(MEMORY)
    with database.write() as connection:
        migrations.upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        difference = compare_metadata(context, metadata)
    database.close()
    assert difference == [], "run: python -m bldr_desktop.engine.adapters.sql.migrations TEXT"


def test_head_is_the_newest_step() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(migrations.config()).get_current_head() == migrations.HEAD
