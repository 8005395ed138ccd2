# SPDX-License-Identifier: MIT
"""What a document says: its pages, clauses, terms and chunks in the store."""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.document_rows import COLUMNS, to_document
from bldr_desktop.engine.adapters.sql.schema import chunks, clauses, documents, pages, terms
from bldr_desktop.engine.ports.documents import ClauseHit
from bldr_desktop.engine.ports.domain import Chunk, Clause, Parsed, Structure
from bldr_desktop.protocol.base import DocumentState
from bldr_desktop.protocol.documents import PageText

_CHUNK = (
    "ordinal", "text", "context", "kind", "page", "page_end", "char_start", "char_end", "clause",
    "clause_key", "clause_path", "sheet", "cell_range",
)  # fmt: skip
_CHUNK_COLUMNS = tuple(chunks.c[name] for name in _CHUNK)
_CLAUSE = (
    "number", "key", "title", "level", "page", "char_start", "char_end", "page_end", "kind", "parent",
)  # fmt: skip
_CLAUSE_COLUMNS = tuple(clauses.c[name] for name in _CLAUSE)
_BATCH = 200
_NUL = "\x00"
_chunk_values = attrgetter(*_CHUNK)
_clause_values = attrgetter(*_CLAUSE)


class DocumentTexts:
    """The half of the document store that keeps texts."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def chunks(self, document_id: str, offset: int = 0, limit: int | None = None) -> list[Chunk]:
        """Chunks in order."""
        query = (
            sa.select(*_CHUNK_COLUMNS)
            .where(chunks.c.document_id == document_id)
            .order_by(chunks.c.ordinal)
            .offset(offset)
        )
        if limit is not None:
            query = query.limit(limit)
        with self._db.read() as connection:
            return [Chunk(*row) for row in connection.execute(query)]

    def chunks_of(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Chunk]:
        """Chunks by (document id, ordinal)."""
        found: dict[tuple[str, int], Chunk] = {}
        with self._db.read() as connection:
            for start in range(0, len(keys), _BATCH):
                part = keys[start : start + _BATCH]
                values: dict[str, str | int] = {f"d{n}": key[0] for n, key in enumerate(part)}
                values |= {f"o{n}": key[1] for n, key in enumerate(part)}
                for row in connection.execute(_chunks_by_key(len(part)), values):
                    found[(row[0], row[1])] = Chunk(*row[1:])
        return found

    def chunk_at(self, document_id: str, page: int, char_start: int) -> Chunk | None:
        """The chunk that holds a character of a page."""
        c = chunks.c
        begins = sa.or_(c.page < page, sa.and_(c.page == page, c.char_start <= char_start))
        query = (
            sa.select(*_CHUNK_COLUMNS)
            .where(c.document_id == document_id, begins)
            .order_by(c.ordinal.desc())
            .limit(1)
        )
        with self._db.read() as connection:
            row = connection.execute(query).first()
            return Chunk(*row) if row else None

    def all_chunks(self) -> Iterator[tuple[str, list[Chunk]]]:
        """Every searchable document's chunks, one document at a time."""
        with self._db.read() as connection:
            ids = connection.execute(
                sa.select(documents.c.id)
                .where(documents.c.state == DocumentState.TRAINED)
                .order_by(documents.c.added_at, documents.c.id)
            ).scalars()
            known = list(ids)
        for document_id in known:
            yield document_id, self.chunks(document_id)

    def pages(self, document_id: str, number: int | None = None) -> list[PageText]:
        """Page texts, all or one."""
        query = (
            sa.select(pages.c.number, pages.c.label, pages.c.text, pages.c.rows)
            .where(pages.c.document_id == document_id)
            .order_by(pages.c.number)
        )
        if number is not None:
            query = query.where(pages.c.number == number)
        with self._db.read() as connection:
            return [
                PageText(number=row.number, label=row.label, text=row.text, rows=row.rows)
                for row in connection.execute(query)
            ]

    def clauses(self, document_id: str) -> list[Clause]:
        """The clause tree in reading order."""
        query = (
            sa.select(*_CLAUSE_COLUMNS)
            .where(clauses.c.document_id == document_id)
            .order_by(clauses.c.ordinal)
        )
        with self._db.read() as connection:
            return [Clause(*row) for row in connection.execute(query)]

    def find_clause(self, document_ids: Sequence[str], key: str) -> list[ClauseHit]:
        """Clauses whose key equals ``key`` in any of the documents."""
        if not document_ids:
            return []
        query = (
            sa.select(*COLUMNS, *(column.label(f"clause_{column.name}") for column in _CLAUSE_COLUMNS))
            .join(documents, documents.c.id == clauses.c.document_id)
            .where(clauses.c.key == key, clauses.c.document_id.in_(document_ids))
            .order_by(clauses.c.document_id, clauses.c.ordinal)
        )
        with self._db.read() as connection:
            return [
                ClauseHit(to_document(row), Clause(*row[len(COLUMNS) :])) for row in connection.execute(query)
            ]

    def terms_like(self, folded_prefix: str, limit: int) -> list[tuple[str, str, int, int]]:
        """Defined terms by prefix: (term, document id, page, char_start)."""
        pattern = folded_prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        values: dict[str, str | int] = {"pattern": pattern, "n": limit}
        if self._db.is_sqlite:
            values |= {"low": folded_prefix, "high": folded_prefix + chr(0x10FFFF)}
        statement = _TERMS_SQLITE if self._db.is_sqlite else _TERMS
        with self._db.read() as connection:
            return [(row[0], row[1], row[2], row[3]) for row in connection.execute(statement, values)]


# Said once as text: every search asks, and building the expression took longer than the answer.
_TERMS_TEXT = (
    "SELECT t.term, t.document_id, t.page, t.char_start FROM terms t "
    "CROSS JOIN documents d WHERE d.id = t.document_id "  # CROSS: SQLite would begin with all documents
    "AND t.folded LIKE :pattern ESCAPE '\\' AND d.state = 'trained'{more} ORDER BY t.folded LIMIT :n"
)
_TERMS = sa.text(_TERMS_TEXT.format(more=""))
# SQLite's LIKE folds case and so takes no index; the range says the same and does
_TERMS_SQLITE = sa.text(_TERMS_TEXT.format(more=" AND t.folded >= :low AND t.folded < :high"))


@lru_cache(maxsize=_BATCH)
def _chunks_by_key(number: int) -> sa.TextClause:
    """Joined with a list of keys: SQLite scans the whole table for ``(a, b) IN (…)``."""
    keys = ", ".join(f"(CAST(:d{n} AS VARCHAR), CAST(:o{n} AS INTEGER))" for n in range(number))
    columns = ", ".join(f"c.{name}" for name in _CHUNK)
    return sa.text(
        f"WITH k(d, o) AS (VALUES {keys}) SELECT c.document_id, {columns} "  # noqa: S608 - no input in it
        "FROM k CROSS JOIN chunks c WHERE c.document_id = k.d AND c.ordinal = k.o"
    )


_FORGET = tuple(
    table.delete().where(table.c.document_id == sa.bindparam("key"))
    for table in (pages, clauses, terms, chunks)
)


def write_texts(connection: Connection, document_id: str, parsed: Parsed, *, replace: bool = True) -> None:
    """Write pages, clauses, terms and chunks of a document; ``replace`` False when it has none yet."""
    if replace:
        for forget in _FORGET:
            connection.execute(forget, {"key": document_id})
    rows = [
        (document_id, page.number, page.label, _clean(page.text), _json(page.rows))
        for page in parsed.extracted.pages
    ]
    _insert(connection, pages, ("document_id", "number", "label", "text", "rows"), rows)
    _write_structure(connection, document_id, parsed.structure)
    found = [(document_id, *_chunk_values(chunk)) for chunk in parsed.chunks]
    for place, row in enumerate(found):
        if _NUL in row[2] or _NUL in row[3]:
            found[place] = tuple(map(_clean, row))
    _insert(connection, chunks, ("document_id", *_CHUNK), found)


def _write_structure(connection: Connection, document_id: str, structure: Structure) -> None:
    rows = [(document_id, place, *_clause_values(clause)) for place, clause in enumerate(structure.clauses)]
    if any(_NUL in clause.title for clause in structure.clauses):
        rows = [tuple(map(_clean, row)) for row in rows]
    _insert(connection, clauses, ("document_id", "ordinal", *_CLAUSE), rows)
    found = [
        (document_id, place, _clean(term), _clean(term.lower().replace("ё", "е")), page, start)
        for place, (term, page, start) in enumerate(structure.terms)
    ]
    names = ("document_id", "ordinal", "term", "folded", "page", "char_start")
    _insert(connection, terms, names, found)


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _clean(value: Any) -> Any:
    """Text without NUL, which Postgres refuses."""
    return value.replace(_NUL, "\ufffd") if isinstance(value, str) and _NUL in value else value


def _insert(
    connection: Connection, table: sa.Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Bare driver rows: a third of the cost of SQLAlchemy's per-value handling, which these columns of
    plain text and numbers do not need."""
    if rows:
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        marks = ", ".join([mark] * len(names))
        columns = ", ".join(f'"{name}"' for name in names)
        statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 - our names
        connection.exec_driver_sql(statement, list(rows))
