# SPDX-License-Identifier: MIT
"""Which edition of a norm is the newest: computed anew whenever a document of its family changes."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bldr_desktop.engine.adapters.sql.schema import documents
from bldr_desktop.protocol.base import DocumentState, EditionStatus, utc_now

_c = documents.c
_COLUMNS = (
    _c.id, _c.base_key, _c.designation, _c.designation_key, _c.edition_year, _c.issue_date,
    _c.replaces, _c.replaced_by_stated, _c.added_at, _c.edition_status, _c.replaced_by,
)  # fmt: skip


def recompute(connection: Connection, base_keys: Iterable[str]) -> None:
    """Set ``edition_status`` and ``replaced_by`` of every trained document of these families, and of
    documents that a member says it replaces.

    The newest edition year is *actual* (*pending* when its date of issue is still to come, then the
    one before stays actual); older ones, and ones that another document says it replaces, are
    *outdated*.
    """
    keys = {key for key in base_keys if key}
    if not keys:
        return
    rows = connection.execute(
        sa.select(*_COLUMNS).where(_c.state == DocumentState.TRAINED, _c.base_key.is_not(None))
    ).all()
    stated = _stated_replacements(rows)
    families: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        families[row.base_key].append(row)
    touched = keys | _families_replaced_by(rows, keys)
    changes = []
    for key in touched:
        for row, status, successor in _judge(families.get(key, []), stated):
            if (row.edition_status, row.replaced_by) != (status, successor):
                changes.append({"key": row.id, "status": status, "successor": successor})
    if changes:
        connection.execute(
            documents.update()
            .where(_c.id == sa.bindparam("key"))
            .values(edition_status=sa.bindparam("status"), replaced_by=sa.bindparam("successor")),
            changes,
        )


def _stated_replacements(rows: Iterable[Any]) -> dict[str, str]:
    """Designation key → designation of the document that says it replaces it."""
    stated = {}
    for row in rows:
        for old in row.replaces or ():
            if old != row.designation_key:
                stated[old] = row.designation or ""
    return stated


def _families_replaced_by(rows: Iterable[Any], keys: set[str]) -> set[str]:
    """Families whose standing depends on a document of ``keys``."""
    rows = list(rows)
    named = {old for row in rows if row.base_key in keys for old in row.replaces or ()}
    return {row.base_key for row in rows if row.designation_key in named or row.base_key in named}


def _judge(family: list[Any], stated: dict[str, str]) -> Iterable[tuple[Any, str, str | None]]:
    today = utc_now()[:10]
    ordered = sorted(family, key=lambda row: (row.edition_year or 0, row.added_at), reverse=True)
    coming = [row for row in ordered if row.issue_date and row.issue_date[:10] > today]
    in_force = [row for row in ordered if row not in coming]
    newest = in_force[0] if in_force else None
    for row in ordered:
        if row in coming:
            yield row, EditionStatus.PENDING, None
            continue
        successor = stated.get(row.designation_key) or next(iter(row.replaced_by_stated or ()), None)
        older = newest is not None and (row.edition_year or 0) < (newest.edition_year or 0)
        if successor is None and older and newest is not None:
            successor = newest.designation
        outdated = older or successor is not None
        yield row, EditionStatus.OUTDATED if outdated else EditionStatus.ACTUAL, successor
