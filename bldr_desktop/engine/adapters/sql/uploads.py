# SPDX-License-Identifier: MIT
"""Uploads on their way, in the database."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.schema import blobs, documents, uploads
from bldr_desktop.engine.adapters.sql.values import upsert_into
from bldr_desktop.engine.ports.uploads import KnownFile, Upload
from bldr_desktop.protocol.base import DocumentState

_AT_ONCE = 500
"""Values of one IN list: SQLite refuses more than 32,766, Postgres gets slow long before."""

_COLUMN_NAMES = tuple(column.name for column in uploads.columns)
_d = documents.c
_KNOWN = (
    _d.id.label("document_id"),
    _d.sha256,
    _d.name,
    _d.path_key,
    _d.state,
    _d.chunks,
    _d.pages,
    _d.characters,
    _d.times_found,
    _d.reason,
    _d.reason_code,
)


class SqlUploadStore:
    """The :class:`~bldr_desktop.engine.ports.uploads.UploadStore` of SQLite and Postgres."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, upload: Upload) -> None:
        """Remember a new upload."""
        row = {name: getattr(upload, name) for name in _COLUMN_NAMES}
        with self._database.write() as connection:
            connection.execute(sa.insert(uploads), row)

    def get(self, upload_id: str) -> Upload | None:
        """One upload, finished ones too while they are kept."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(uploads).where(uploads.c.id == upload_id)).first()
        return _upload(row) if row is not None else None

    def set_offset(self, upload_id: str, offset: int, expires_at: str) -> None:
        """Record how many bytes are safe on disk."""
        self._update(upload_id, offset=offset, expires_at=expires_at)

    def seal(self, upload_id: str, sha256: str) -> None:
        """All bytes are safe on disk and have this hash; only the move to their place is left."""
        self._update(upload_id, offset=uploads.c.length, sha256=sha256)

    def finish(self, upload_id: str, document_id: str, finished_at: str) -> None:
        """The bytes are at their place and the document is recorded."""
        self._update(upload_id, document_id=document_id, finished_at=finished_at)

    def delete(self, upload_id: str) -> None:
        """Forget an upload; absent is fine."""
        with self._database.write() as connection:
            connection.execute(sa.delete(uploads).where(uploads.c.id == upload_id))

    def expired(self, now: str) -> list[Upload]:
        """Uploads whose time is over, finished or not."""
        return self._select(uploads.c.expires_at < now)

    def unfinished(self) -> list[Upload]:
        """Uploads that still wait for bytes, or for their move."""
        return self._select(uploads.c.finished_at.is_(None))

    def add_blobs(self, stored: Sequence[tuple[str, int]], created_at: str) -> None:
        """Record stored bytes; known ones are left as they are."""
        rows = [{"sha256": d, "size": size, "created_at": created_at} for d, size in dict(stored).items()]
        if not rows:
            return
        with self._database.write() as connection:
            connection.execute(upsert_into(connection, blobs).on_conflict_do_nothing(), rows)

    def known_under(self, path_key_prefix: str) -> list[KnownFile]:
        """Documents, deleted ones not, whose ``path_key`` begins with the prefix."""
        return self._known(documents.c.path_key.startswith(path_key_prefix, autoescape=True))

    def known_by_hash(self, digests: Sequence[str]) -> dict[str, KnownFile]:
        """Documents, deleted ones not, by content hash; trained ones win over others."""
        found: dict[str, KnownFile] = {}
        for portion in _portions(list(dict.fromkeys(digests))):
            for known in self._known(documents.c.sha256.in_(portion)):
                if known.sha256 not in found or known.state is DocumentState.TRAINED:
                    found[known.sha256] = known
        return found

    def _known(self, condition: sa.ColumnElement[bool]) -> list[KnownFile]:
        query = sa.select(*_KNOWN).where(condition, documents.c.state != DocumentState.DELETED.value)
        with self._database.read() as connection:
            rows = connection.execute(query).mappings().all()
        return [KnownFile(**{**row, "state": DocumentState(row["state"])}) for row in rows]

    def _select(self, condition: sa.ColumnElement[bool]) -> list[Upload]:
        with self._database.read() as connection:
            return [_upload(row) for row in connection.execute(sa.select(uploads).where(condition))]

    def _update(self, upload_id: str, **values: Any) -> None:
        with self._database.write() as connection:
            connection.execute(sa.update(uploads).where(uploads.c.id == upload_id).values(**values))


def _upload(row: Row[Any]) -> Upload:
    return Upload(**row._mapping)


def _portions(values: list[str]) -> list[list[str]]:
    return [values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE)]
