# SPDX-License-Identifier: MIT
"""Single values in ``meta``. Several processes of a cluster may write the first one at once: each of these
is one statement that the database decides, never a look and then an insert."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection

from bldr_desktop.engine.adapters.sql.schema import meta


def upsert_into(connection: Connection, table: sa.Table) -> Any:
    """The dialect's INSERT, which can say what happens to rows that are there already."""
    return (sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert)(table)


def get_value(connection: Connection, key: str) -> str | None:
    """A value; None when there is none."""
    value: str | None = connection.execute(
        sa.select(meta.c.value).where(meta.c.key == key)
    ).scalar_one_or_none()
    return value


def add_value(connection: Connection, key: str, value: str) -> None:
    """Write a value unless there is one."""
    connection.execute(upsert_into(connection, meta).values(key=key, value=value).on_conflict_do_nothing())


def put_value(connection: Connection, key: str, value: str) -> None:
    """Write a value over the one that is there."""
    statement = upsert_into(connection, meta).values(key=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=[meta.c.key], set_={"value": value}))


def count_up(connection: Connection, key: str) -> None:
    """Raise a whole number by one; the first is 1."""
    raised = sa.cast(sa.cast(meta.c.value, sa.BigInteger) + 1, sa.Text)
    statement = upsert_into(connection, meta).values(key=key, value="1")
    connection.execute(statement.on_conflict_do_update(index_elements=[meta.c.key], set_={"value": raised}))
