# SPDX-License-Identifier: MIT
"""The files of training runs in the store."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

import sqlalchemy as sa

from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.job_rows import file_counts
from bldr_desktop.engine.adapters.sql.schema import job_files
from bldr_desktop.engine.adapters.sql.values import get_value, put_value
from bldr_desktop.engine.ports.jobs import OPEN, FileCounts, FileRow, FileTiming
from bldr_desktop.protocol.base import FileState
from bldr_desktop.protocol.jobs import JobFile

_f = job_files.c
_LEARNED = "time_left"
_FIELDS = tuple(JobFile.model_fields)
_CHANGING = (
    "state", "stage", "sha256", "document_id", "pages", "chunks", "attempts", "error", "error_code",
    "warnings", "stage_seconds", "size",
)  # fmt: skip
_COLUMNS = (_f.ordinal, *(_f[name] for name in _FIELDS))


class JobFiles:
    """The half of the job store that keeps the files of runs."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add_files(self, job_id: str, files: Sequence[JobFile]) -> None:
        """Record the files of a run after those already there, in order, in states as given."""
        if not files:
            return
        with self._db.write() as connection:
            query = sa.select(sa.func.max(_f.ordinal)).where(_f.job_id == job_id)
            last = connection.execute(query).scalar_one()
            first = 0 if last is None else int(last) + 1
            rows = [{"job_id": job_id, "ordinal": first + n, **_values(one)} for n, one in enumerate(files)]
            connection.execute(job_files.insert(), rows)

    def save_files(self, job_id: str, rows: Sequence[FileRow]) -> None:
        """Write the present state of files."""
        if not rows:
            return
        query = (
            job_files.update()
            .where(_f.job_id == sa.bindparam("key_job"), _f.ordinal == sa.bindparam("key_ordinal"))
            .values({_f[name]: sa.bindparam(f"new_{name}") for name in _CHANGING})
        )
        values = []
        for row in rows:
            fields = _values(row.file)
            change = {f"new_{name}": fields[name] for name in _CHANGING}
            values.append({"key_job": job_id, "key_ordinal": row.ordinal, **change})
        with self._db.write() as connection:
            connection.execute(query, values)

    def files(
        self,
        job_id: str,
        states: Sequence[FileState] | None = None,
        offset: int = 0,
        limit: int | None = None,
        search: str | None = None,
        after: int = -1,
    ) -> tuple[list[FileRow], int]:
        """Files of a run with ordinal > ``after`` in order, and the total of those asked for."""
        where = [_f.job_id == job_id]
        if after >= 0:
            where.append(_f.ordinal > after)
        if states is not None:
            where.append(_f.state.in_([state.value for state in states]))
        if search:
            where.append(sa.func.lower(_f.path).contains(search.lower(), autoescape=True))
        query = sa.select(*_COLUMNS).where(*where).order_by(_f.ordinal).offset(offset)
        if limit is not None:
            query = query.limit(limit)
        with self._db.read() as connection:
            total = connection.execute(sa.select(sa.func.count()).select_from(job_files).where(*where))
            rows = [_row(row) for row in connection.execute(query)]
            return rows, int(total.scalar_one())

    def file_counts(self, job_id: str) -> FileCounts:
        """Files by state."""
        with self._db.read() as connection:
            return file_counts(connection, job_id)

    def close_files(self, job_id: str, state: FileState) -> int:
        """Put every open file of a run into a final state; how many."""
        return self._move(job_id, OPEN, state)

    def reopen_files(self, job_id: str) -> int:
        """Active files wait again; how many."""
        return self._move(job_id, (FileState.ACTIVE,), FileState.WAITING)

    def timings(self, limit: int = 2000) -> list[FileTiming]:
        """The newest finished files with their seconds of work."""
        query = (
            sa.select(_f.path, _f.size, _f.stage_seconds)
            .where(_f.state == FileState.DONE)
            .order_by(_f.job_id.desc(), _f.ordinal.desc())
            .limit(limit)
        )
        with self._db.read() as connection:
            rows = connection.execute(query).all()
        return [
            FileTiming(PurePath(path).suffix.lower(), int(size), float(sum(seconds.values())))
            for path, size, seconds in rows
        ]

    def learned(self) -> str | None:
        """What ended trainings taught about forecasts."""
        with self._db.read() as connection:
            return get_value(connection, _LEARNED)

    def keep_learned(self, text: str) -> None:
        """Keep it; of two runs that end at once the later one's word stays."""
        with self._db.write() as connection:
            put_value(connection, _LEARNED, text)

    def _move(self, job_id: str, states: Sequence[FileState], state: FileState) -> int:
        with self._db.write() as connection:
            old = [one.value for one in states]
            query = job_files.update().where(_f.job_id == job_id, _f.state.in_(old))
            return int(connection.execute(query.values(state=state.value)).rowcount)


def _values(file: JobFile) -> dict[str, Any]:
    values = file.model_dump(mode="json")
    values["path"] = storable(file.path)
    values["name"] = storable(file.name)
    return values


def storable(text: str) -> str:
    """A file name as a database takes it: bytes that are no UTF-8 stand as ``\\xNN``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\x00")


def _row(row: Any) -> FileRow:
    return FileRow(row[0], JobFile.model_validate(dict(zip(_FIELDS, row[1:], strict=True))))
