# SPDX-License-Identifier: MIT
"""Tables as lines of JSON and back, whatever the database."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.schema import metadata

_ROWS = 1000
_BYTES = "$bytes"
_OWN = frozenset({"alembic_version"})


@contextmanager
def snapshot(database: Database) -> Iterator[Connection]:
    """A connection that sees the database as it is now for as long as it is open; nobody waits for it."""
    connection = database.engine.connect()
    try:
        if not database.is_sqlite:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            connection.exec_driver_sql("SELECT count(*) FROM meta").scalar()  # the snapshot begins here
            yield connection
    finally:
        connection.close()


def names() -> list[str]:
    """All tables, each after those it refers to."""
    return [table.name for table in metadata.sorted_tables if table.name not in _OWN]


def dump(connection: Connection, name: str, out: IO[bytes]) -> int:
    """Write a table's columns and rows; the number of rows."""
    table = metadata.tables[name]
    out.write(_line([column.name for column in table.columns]))
    query = sa.select(*table.columns)
    if name == "uploads":  # the bytes of unfinished ones are not in a backup
        query = query.where(table.c.finished_at.is_not(None))
    number = 0
    for row in connection.execute(query.execution_options(yield_per=_ROWS)):
        out.write(_line(list(row)))
        number += 1
    return number


def load(connection: Connection, table: sa.Table, lines: IO[bytes]) -> int:
    """Insert what :func:`dump` wrote; the number of rows. Columns the table lacks are left out."""
    columns: list[str] = json.loads(lines.readline())
    known = {column.name for column in table.columns}
    batch: list[dict[str, Any]] = []
    number = 0
    for line in lines:
        values = zip(columns, json.loads(line, object_hook=_bytes), strict=True)
        batch.append({name: value for name, value in values if name in known})
        if len(batch) == _ROWS:
            connection.execute(table.insert(), batch)
            number, batch = number + len(batch), []
    if batch:
        connection.execute(table.insert(), batch)
    return number + len(batch)


def continue_counters(connection: Connection) -> None:
    """Postgres: numbers given by the database go on after the restored ones."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "SELECT setval(pg_get_serial_sequence('audit', 'id'), "
            "(SELECT coalesce(max(id), 0) + 1 FROM audit), false)"
        )


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, default=_plain, separators=(",", ":")).encode() + b"\n"


def _plain(value: object) -> dict[str, str]:
    if isinstance(value, bytes | memoryview):
        return {_BYTES: base64.b64encode(bytes(value)).decode()}
    raise TypeError(f"a column holds a {type(value).__name__}, which a backup cannot keep")


def _bytes(value: dict[str, Any]) -> Any:
    if set(value) == {_BYTES}:
        return base64.b64decode(value[_BYTES])
    return value
