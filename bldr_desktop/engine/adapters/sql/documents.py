# SPDX-License-Identifier: MIT
"""Documents in the store: identity, state, editions; their texts are in ``document_texts``."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bldr_desktop.engine.adapters.sql import editions
from bldr_desktop.engine.adapters.sql.document_rows import (
    BRIEF_COLUMNS,
    COLUMNS,
    bump_version,
    conditions,
    ordering,
    read_version,
    to_brief,
    to_document,
)
from bldr_desktop.engine.adapters.sql.document_texts import DocumentTexts, write_texts
from bldr_desktop.engine.adapters.sql.document_values import SAVE_PARSED, new_row, parsed_row, retire_older
from bldr_desktop.engine.adapters.sql.schema import documents, terms
from bldr_desktop.engine.ports.documents import DocumentBrief, DocumentQuery, NewDocument, Totals
from bldr_desktop.engine.ports.domain import Parsed, ParseFailure
from bldr_desktop.protocol.base import DocumentState, utc_now
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.errors import ErrorCode

_c = documents.c
_NO_TEXT = (ErrorCode.FILE_EMPTY, ErrorCode.FILE_NO_TEXT, ErrorCode.FILE_NEEDS_OCR)
_GONE = (DocumentState.DELETED, DocumentState.DISABLED, DocumentState.FAILED, DocumentState.EMPTY)
_BATCH = 500
_BY_DIGESTS = (
    sa.select(_c.sha256, _c.id)
    .where(_c.sha256.in_(sa.bindparam("digests", expanding=True)))
    .order_by(_c.deleted_at.desc())
)
_BY_IDS = sa.select(*COLUMNS).where(_c.id.in_(sa.bindparam("ids", expanding=True)))
_BEGIN_READING = (
    documents.update()
    .where(_c.id.in_(sa.bindparam("ids", expanding=True)), _c.state != DocumentState.TRAINED)
    .values(state=DocumentState.PROCESSING, reason=None, reason_code=None)
)
_INSERT = documents.insert()
"""Made once: for a few files at a time making a statement costs more than to run it."""
_WAS_READ = sa.select(_c.parser_version).where(_c.id == sa.bindparam("key"))


class SqlDocumentStore(DocumentTexts):
    """Port ``DocumentStore`` over a database."""

    def add(self, new: NewDocument) -> Document:
        """Record a file; the same bytes give the document that is there already, moved to the path
        where they were seen last. Bytes that were deleted before come back as *uploaded*."""
        return self.add_many([new])[0]

    def add_many(self, new: Sequence[NewDocument]) -> list[Document]:
        """Like :meth:`add` for many, in their order."""
        digests = sorted({one.sha256 for one in new})
        with self._db.write() as connection:
            known: dict[str, str] = {}
            for start in range(0, len(digests), _BATCH):
                asked = {"digests": digests[start : start + _BATCH]}
                for sha256, document_id in connection.execute(_BY_DIGESTS, asked):
                    known[sha256] = document_id  # one that is not deleted comes last and wins
            fresh = {one.sha256: new_row(one) for one in new if one.sha256 not in known}
            if fresh:
                connection.execute(_INSERT, list(fresh.values()))
            known |= {sha256: row["id"] for sha256, row in fresh.items()}
            seen_again = [one for one in new if one.sha256 not in fresh]
            for one in seen_again:
                self._see_again(connection, known[one.sha256], one)
            by_id = _fetch_many(connection, sorted(set(known.values())))
            return [by_id[known[one.sha256]] for one in new]

    def get(self, document_id: str) -> Document | None:
        """One document, deleted ones too."""
        with self._db.read() as connection:
            row = connection.execute(sa.select(*COLUMNS).where(_c.id == document_id)).first()
            return to_document(row) if row else None

    def by_sha256(self, digests: Sequence[str]) -> dict[str, Document]:
        """Documents that are not deleted, by content hash."""
        found = {}
        with self._db.read() as connection:
            for start in range(0, len(digests), _BATCH):
                query = sa.select(*COLUMNS).where(
                    _c.sha256.in_(digests[start : start + _BATCH]), _c.state != DocumentState.DELETED
                )
                found.update({row.sha256: to_document(row) for row in connection.execute(query)})
        return found

    def find(self, query: DocumentQuery) -> tuple[list[Document], int]:
        """A page of documents and the total."""
        where = conditions(query)
        rows = (
            sa.select(*COLUMNS)
            .where(*where)
            .order_by(*ordering(query))
            .limit(query.limit)
            .offset((query.page - 1) * query.limit)
        )
        with self._db.read() as connection:
            total = connection.execute(sa.select(sa.func.count()).select_from(documents).where(*where))
            return [to_document(row) for row in connection.execute(rows)], int(total.scalar_one())

    def briefs(self, only_searchable: bool = True) -> list[DocumentBrief]:
        """All documents as search sees them; deleted ones never."""
        query = sa.select(*BRIEF_COLUMNS).where(_c.state != DocumentState.DELETED)
        if only_searchable:
            query = query.where(_c.state == DocumentState.TRAINED, _c.chunks > 0)
        with self._db.read() as connection:
            return [to_brief(row) for row in connection.execute(query)]

    def version(self) -> int:
        """Grows with every change that search must see."""
        with self._db.read() as connection:
            return read_version(connection)

    def set_state(
        self, document_id: str, state: DocumentState, reason: str | None = None, code: str | None = None
    ) -> Document | None:
        """Change a state with its reason."""
        values = {"state": state, "reason": reason, "reason_code": code}
        return self._change(document_id, values, recount=True)

    def begin_reading(self, document_ids: Sequence[str]) -> list[Document]:
        """Set documents that are not searchable to *processing*, without a reason; editions stand as they
        are, only searchable documents count for them."""
        if not document_ids:
            return []
        with self._db.write() as connection:
            for start in range(0, len(document_ids), _BATCH):
                connection.execute(_BEGIN_READING, {"ids": list(document_ids[start : start + _BATCH])})
            bump_version(connection)
            return list(_fetch_many(connection, document_ids).values())

    def save_parsed(self, document_id: str, parsed: Parsed) -> None:
        """Write text, structure and chunks; state *processing* until the index has them."""
        with self._db.write() as connection:
            before = connection.execute(_WAS_READ, {"key": document_id}).scalar_one_or_none()
            write_texts(connection, document_id, parsed, replace=bool(before))
            connection.execute(SAVE_PARSED, parsed_row(document_id, parsed))

    def save_failure(self, document_id: str, failure: ParseFailure) -> Document | None:
        """Write why a document gave nothing: *failed*, or *empty* for codes without text."""
        state = DocumentState.EMPTY if failure.code in _NO_TEXT else DocumentState.FAILED
        values: dict[str, Any] = {"state": state, "reason": failure.sentence, "reason_code": failure.code}
        if failure.kind:
            values["kind"] = failure.kind
        return self._change(document_id, values, recount=True)

    def mark_trained(self, document_ids: Sequence[str]) -> list[Document]:
        """After the index was flushed: *trained* or *empty*, editions, older states retired."""
        if not document_ids:
            return []
        now = utc_now()
        with self._db.write() as connection:
            mine = _c.id.in_(document_ids)
            trained = sa.case((_c.chunks > 0, DocumentState.TRAINED), else_=DocumentState.EMPTY)
            reason = sa.case((_c.chunks > 0, sa.null()), else_="The file has no text.")
            code = sa.case((_c.chunks > 0, sa.null()), else_=ErrorCode.FILE_NO_TEXT.value)
            connection.execute(
                documents.update()
                .where(mine)
                .values(state=trained, trained_at=now, deleted_at=None, reason=reason, reason_code=code)
            )
            rows = connection.execute(sa.select(_c.id, _c.path_key, _c.base_key).where(mine)).all()
            keys = {row.base_key for row in rows} | retire_older(connection, rows, now)
            editions.recompute(connection, keys)
            bump_version(connection)
            return [to_document(row) for row in connection.execute(sa.select(*COLUMNS).where(mine))]

    def retired_documents(self) -> Sequence[str]:
        """Documents that must not be found any more and whose points may still be in the index."""
        with self._db.read() as connection:
            query = sa.select(_c.id).where(_c.indexed, _c.state.in_(_GONE))
            return list(connection.execute(query).scalars())

    def forget_retired(self, document_ids: Sequence[str]) -> None:
        """Their points are gone from the index."""
        with self._db.write() as connection:
            query = documents.update().where(_c.id.in_(document_ids), _c.state.in_(_GONE))
            connection.execute(query.values(indexed=False))

    def count_found(self, document_ids: Sequence[str]) -> None:
        """Add one to *times found* of each."""
        if document_ids:
            with self._db.write() as connection:
                query = documents.update().where(_c.id.in_(document_ids))
                connection.execute(query.values(times_found=_c.times_found + 1))

    def totals(self) -> Totals:
        """Counts over everything that is not deleted; entities are the defined terms."""
        alive = _c.state != DocumentState.DELETED
        with self._db.read() as connection:
            by_state = _grouped(connection, _c.state, alive)
            trained = _c.state == DocumentState.TRAINED
            by_edition = _grouped(connection, _c.edition_status, trained)
            sums = connection.execute(
                sa.select(sa.func.sum(_c.chunks), sa.func.sum(_c.characters)).where(trained)
            ).one()
            entities = connection.execute(
                sa.select(sa.func.count())
                .select_from(terms.join(documents, _c.id == terms.c.document_id))
                .where(trained)
            ).scalar_one()
        return Totals(
            documents=sum(by_state.values()),
            searchable=by_state.get(DocumentState.TRAINED, 0),
            chunks=int(sums[0] or 0),
            characters=int(sums[1] or 0),
            entities=int(entities),
            by_state=by_state,
            by_edition=by_edition,
        )

    def delete(self, document_id: str) -> bool:
        """Soft delete; False when there is none."""
        now = utc_now()
        values = {"state": DocumentState.DELETED, "deleted_at": now, "state_before": _c.state}
        only = _c.state != DocumentState.DELETED
        return self._change(document_id, values, recount=True, only=only) is not None

    def restore(self, document_id: str) -> Document | None:
        """Undo a soft delete: what it was before, or *uploaded* when its points are gone already."""
        before = sa.func.coalesce(_c.state_before, DocumentState.UPLOADED)
        gone = sa.and_(_c.state_before == DocumentState.TRAINED, sa.not_(_c.indexed))
        values = _revival(sa.case((gone, DocumentState.UPLOADED), else_=before))
        return self._change(document_id, values, recount=True, only=_c.state == DocumentState.DELETED)

    def purge(self, older_than: str) -> list[Document]:
        """Delete for good what was soft-deleted before ``older_than`` and has left the index."""
        where = (_c.state == DocumentState.DELETED, _c.deleted_at < older_than, sa.not_(_c.indexed))
        with self._db.write() as connection:
            gone = [to_document(row) for row in connection.execute(sa.select(*COLUMNS).where(*where))]
            for start in range(0, len(gone), _BATCH):
                ids = [one.id for one in gone[start : start + _BATCH]]
                connection.execute(documents.delete().where(_c.id.in_(ids)))
            return gone

    def _see_again(self, connection: Connection, document_id: str, new: NewDocument) -> None:
        """Note where known bytes were seen last; wake them when they were deleted."""
        changes: dict[str, Any] = {}
        if new.path_key is not None:
            changes |= {"path_key": new.path_key, "path": new.path, "name": new.name}
        if new.stored:
            changes["stored"] = True
        if changes:
            connection.execute(documents.update().where(_c.id == document_id).values(**changes))
        back = documents.update().where(_c.id == document_id, _c.state == DocumentState.DELETED)
        woken = connection.execute(back.values(**_revival(new.state))).rowcount
        if changes or woken:
            bump_version(connection)

    def _change(
        self,
        document_id: str,
        values: dict[str, Any],
        *,
        recount: bool = False,
        only: sa.ColumnElement[bool] | None = None,
    ) -> Document | None:
        with self._db.write() as connection:
            before = connection.execute(
                sa.select(_c.state, _c.base_key).where(_c.id == document_id)
            ).one_or_none()
            query = documents.update().where(_c.id == document_id)
            if only is not None:
                query = query.where(only)
            if before is None or connection.execute(query.values(**values)).rowcount == 0:
                return None
            if recount and before.base_key:
                editions.recompute(connection, [before.base_key])
            bump_version(connection)
            return _fetch(connection, document_id)


def _fetch(connection: Connection, document_id: str) -> Document:
    return to_document(connection.execute(sa.select(*COLUMNS).where(_c.id == document_id)).one())


def _fetch_many(connection: Connection, ids: Sequence[str]) -> dict[str, Document]:
    found = {}
    for start in range(0, len(ids), _BATCH):
        rows = connection.execute(_BY_IDS, {"ids": list(ids[start : start + _BATCH])})
        found.update({row.id: to_document(row) for row in rows})
    return found


def _revival(state: Any) -> dict[str, Any]:
    return {"state": state, "deleted_at": None, "state_before": None, "reason": None, "reason_code": None}


def _grouped(connection: Connection, column: sa.Column[Any], where: sa.ColumnElement[bool]) -> dict[str, int]:
    query = sa.select(column, sa.func.count()).where(where, column.is_not(None)).group_by(column)
    return {str(row[0]): int(row[1]) for row in connection.execute(query)}
