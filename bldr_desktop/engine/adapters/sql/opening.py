# SPDX-License-Identifier: MIT
"""Opening the store: migrated to the newest schema, or set aside with a note when it cannot be used."""

import logging
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from bldr_desktop.engine.adapters.sql import migrations
from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.ports import StoreUnavailable

_log = logging.getLogger(__name__)
_MIGRATING = 0x426C6472
_SIDECARS = ("-wal", "-shm", "-journal")


class SchemaTooNew(StoreUnavailable):
    """A database on a server was made by a newer Bldr; it is left alone."""


@dataclass(slots=True)
class Opened:
    """An open database, and what a person should know about how that went."""

    database: Database
    notes: list[str] = field(default_factory=list)
    set_aside: Path | None = None


def open_database(url: str) -> Opened:
    """Open and migrate. A SQLite file that is corrupt or was made by a newer Bldr is renamed to
    ``NAME.set-aside-TIME`` with a ``.txt`` beside it that says why, and a new one is made.

    Raises:
        StoreUnavailable: Locked by another program, read-only, full, or a server that cannot be
            reached; :class:`SchemaTooNew` for a newer database on a server.
    """
    database = Database(url)
    file = database.file
    if file is not None:
        _make_folder(file.parent)
    try:
        _prepare(database)
        return Opened(database)
    except _Unusable as problem:
        database.close()
        if file is None:
            raise SchemaTooNew(str(problem)) from problem
        aside = _set_aside(file, str(problem))
    database = Database(url)
    _prepare(database)
    note = f"{problem_sentence(aside)} A new, empty database was made; the index is built anew."
    _log.error("%s", note)
    return Opened(database, [note], aside)


def problem_sentence(aside: Path) -> str:
    """What the note beside a database that was set aside says first."""
    note = aside.with_name(f"{aside.name}.txt")
    return note.read_text(encoding="utf-8").splitlines()[0]


class _Unusable(Exception):
    """The database can be opened by nobody, or not by this version."""


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"The folder {folder} cannot be made: {error.strerror}") from error


def _prepare(database: Database) -> None:
    """Bring the schema to the newest step; a read of each table's root page finds broken files early."""
    try:
        revision = _revision(database)
        if revision != migrations.HEAD:
            if revision is not None and revision not in migrations.known_revisions():
                raise _Unusable(
                    f"The database was made by a newer version of Bldr (schema {revision}); this version "
                    f"knows up to {migrations.HEAD}."
                )
            with database.write() as connection:
                if not database.is_sqlite:  # several processes of a cluster may open a new one at once
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
                migrations.upgrade(connection)
    except DatabaseError as error:
        if _is_corrupt(error):
            raise _Unusable(f"The database is damaged: {error.orig}.") from error
        raise
    except StoreUnavailable as error:
        if isinstance(error.__cause__, DatabaseError) and _is_corrupt(error.__cause__):
            raise _Unusable(f"The database is damaged: {error.__cause__.orig}.") from error
        raise


def _revision(database: Database) -> str | None:
    with database.read() as connection:
        tables = set(sa.inspect(connection).get_table_names())
        if "alembic_version" not in tables:
            return None
        for table in ("meta", "jobs", "documents", "events"):
            if table in tables:
                connection.exec_driver_sql(f"SELECT * FROM {table} LIMIT 1").all()  # noqa: S608 - fixed names
        found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return found


def _is_corrupt(error: DatabaseError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "malformed" in str(error.orig)


def _set_aside(file: Path, reason: str) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = file.with_name(f"{file.name}.set-aside-{stamp}")
    try:
        file.replace(aside)
        for suffix in _SIDECARS:
            sidecar = file.with_name(file.name + suffix)
            if sidecar.exists():
                sidecar.replace(aside.with_name(aside.name + suffix))
        aside.with_name(f"{aside.name}.txt").write_text(
            f"{reason} It was set aside as {aside.name}.\n"
            "Nothing in it was deleted. Documents have to be trained again; to go back, stop the engine, "
            f"rename this file to {file.name} and start the version of Bldr that made it.\n",
            encoding="utf-8",
        )
    except OSError as error:
        raise StoreUnavailable(
            f"{reason} It could not be set aside in {file.parent}: {error.strerror}."
        ) from error
    return aside
