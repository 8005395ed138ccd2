# SPDX-License-Identifier: MIT
"""Rows of the ``documents`` table as domain objects, and conditions over them."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bldr_desktop.engine.adapters.sql.schema import documents, terms
from bldr_desktop.engine.adapters.sql.values import count_up, get_value
from bldr_desktop.engine.ports.documents import DocumentBrief, DocumentQuery
from bldr_desktop.protocol.base import DocumentState, EditionStatus
from bldr_desktop.protocol.documents import Document

_FIELDS = tuple(name for name in Document.model_fields if name in documents.c)
COLUMNS = tuple(documents.c[name] for name in _FIELDS)
BRIEF_COLUMNS = tuple(
    documents.c[name]
    for name in (
        "id", "name", "path", "kind", "category", "designation", "designation_key", "base_key", "title",
        "edition_year", "edition_status", "pages", "state", "chunks",
    )
)  # fmt: skip
_SORTS = {
    "added_at", "trained_at", "name", "size", "kind", "state", "chunks", "pages", "characters",
    "designation", "title", "category", "edition_year", "edition_status", "owner", "times_found",
    "issue_date", "language",
}  # fmt: skip
_VERSION_KEY = "documents_version"


def to_document(row: Any) -> Document:
    """A wire document from a row of :data:`COLUMNS`."""
    return Document.model_validate(dict(row._mapping))


def to_brief(row: Any) -> DocumentBrief:
    """What search needs, from a row of :data:`BRIEF_COLUMNS`."""
    status = EditionStatus(row.edition_status) if row.edition_status else None
    return DocumentBrief(
        row.id, row.name, row.path, row.kind, row.category, row.designation, row.designation_key,
        row.base_key, row.title, row.edition_year, status, row.pages,
        row.state == DocumentState.TRAINED and row.chunks > 0, row.chunks,
    )  # fmt: skip


def conditions(query: DocumentQuery) -> list[sa.ColumnElement[bool]]:
    """The WHERE of a documents table page; deleted ones only when asked for by state."""
    c = documents.c
    found: list[sa.ColumnElement[bool]] = [
        c.state == query.state if query.state else c.state != DocumentState.DELETED
    ]
    for column, value in (
        (c.category, query.category),
        (c.edition_status, query.edition),
        (c.kind, query.kind),
        (c.owner, query.owner),
    ):
        if value is not None:
            found.append(column == value)
    if query.folder:
        root = query.folder.rstrip("/\\")
        found.append(sa.or_(*(c.path.startswith(root + mark, autoescape=True) for mark in "/\\")))
    if query.defines:
        found.append(c.id.in_(sa.select(terms.c.document_id)))
    for word in (query.search or "").lower().split():
        found.append(
            sa.or_(
                *(
                    sa.func.lower(column).contains(word, autoescape=True)
                    for column in (c.name, c.title, c.designation, c.path)
                )
            )
        )
    return found


def ordering(query: DocumentQuery) -> list[sa.ColumnElement[Any]]:
    """ORDER BY with the id last, so that pages do not overlap."""
    column = documents.c[query.sort if query.sort in _SORTS else "added_at"]
    first = column.desc() if query.descending else column.asc()
    return [first.nulls_last(), documents.c.id.asc()]


def bump_version(connection: Connection) -> None:
    """Tell searchers that something they must see has changed."""
    count_up(connection, _VERSION_KEY)


def read_version(connection: Connection) -> int:
    """The present version, 0 before the first change."""
    return int(get_value(connection, _VERSION_KEY) or 0)
