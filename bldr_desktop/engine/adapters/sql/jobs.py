# SPDX-License-Identifier: MIT
"""The job store: queue, leases, ends. Its files are in ``job_files``."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bldr_desktop.engine.adapters.sql.job_files import JobFiles
from bldr_desktop.engine.adapters.sql.job_rows import (
    COLUMNS,
    FINAL,
    HELD,
    QUEUE_ORDER,
    c,
    conditions,
    fetch,
    file_counts,
    new_id,
    now_seconds,
    to_job,
)
from bldr_desktop.engine.adapters.sql.schema import job_files, jobs
from bldr_desktop.engine.ports.jobs import OPEN, Claim, JobEnd, JobQuery, NewJob, Progress, Recovered
from bldr_desktop.protocol.base import FileState, JobStatus, utc_now
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.jobs import CancelReceipt, Job

_NO_LEASE = {"lease_owner": None, "lease_until": None}


class SqlJobStore(JobFiles):
    """Port ``JobStore`` over a database."""

    def create(self, new: NewJob) -> Job:
        """Queue a job; an attempt before is linked both ways."""
        job_id = new_id()
        with self._db.write() as connection:
            attempt = 1
            if new.retry_of is not None:
                before = connection.execute(sa.select(c.attempt).where(c.id == new.retry_of)).scalar()
                attempt = int(before or 0) + 1
                link = jobs.update().where(c.id == new.retry_of).values(retried_by=job_id)
                connection.execute(link)
            connection.execute(
                jobs.insert().values(
                    id=job_id,
                    type=new.type,
                    name=new.name,
                    status=JobStatus.QUEUED,
                    owner=new.owner,
                    priority=new.priority,
                    params=new.params,
                    created_at=utc_now(),
                    attempt=attempt,
                    retry_of=new.retry_of,
                )
            )
            return _known(connection, job_id)

    def get(self, job_id: str) -> Job | None:
        """One job, or None."""
        with self._db.read() as connection:
            return fetch(connection, job_id)

    def find(self, query: JobQuery) -> tuple[list[Job], int]:
        """A page of jobs and the total."""
        where = conditions(query)
        column = c[query.sort]
        order = (column.desc() if query.descending else column.asc()).nulls_last()
        tie = c.id.desc() if query.descending else c.id.asc()
        rows = sa.select(*COLUMNS).where(*where).order_by(order, tie)
        rows = rows.limit(query.limit).offset((query.page - 1) * query.limit)
        with self._db.read() as connection:
            total = connection.execute(sa.select(sa.func.count()).select_from(jobs).where(*where))
            return [to_job(row) for row in connection.execute(rows)], int(total.scalar_one())

    def waiting(self) -> list[Job]:
        """Queued jobs in the order they will be taken."""
        return self._list(c.status == JobStatus.QUEUED)

    def active(self) -> list[Job]:
        """Running and cancelling jobs."""
        return self._list(c.status.in_(HELD))

    def counts(self) -> dict[str, int]:
        """Jobs by status."""
        with self._db.read() as connection:
            query = sa.select(c.status, sa.func.count()).group_by(c.status)
            return {str(row[0]): int(row[1]) for row in connection.execute(query)}

    def claim(
        self, runner: str, lease_seconds: float, types: Sequence[str], job_id: str | None = None
    ) -> Claim | None:
        """Take the next waiting job of these types, or only ``job_id``."""
        wanted = [c.status == JobStatus.QUEUED, c.type.in_(types)]
        if job_id is not None:
            wanted.append(c.id == job_id)
        with self._db.write() as connection:
            row = connection.execute(
                sa.select(c.id, c.starts, c.started_at)
                .where(*wanted)
                .order_by(*QUEUE_ORDER)
                .limit(1)
                .with_for_update(skip_locked=True)
            ).first()
            if row is None:
                return None
            now = utc_now()
            values: dict[str, Any] = {
                "status": JobStatus.RUNNING,
                "starts": row.starts + 1,
                "started_at": row.started_at or now,
                "heartbeat_at": now,
                "lease_owner": runner,
                "lease_until": now_seconds(connection) + lease_seconds,
                "message": "",
            }
            connection.execute(jobs.update().where(c.id == row.id).values(**values))
            return Claim(_known(connection, row.id), row.starts + 1)

    def renew(self, job_id: str, runner: str, lease_seconds: float) -> JobStatus | None:
        """Heartbeat; None when the job is no longer this runner's."""
        with self._db.write() as connection:
            mine = (c.id == job_id, c.lease_owner == runner, c.status.in_(HELD))
            until = now_seconds(connection) + lease_seconds
            query = jobs.update().where(*mine).values(lease_until=until, heartbeat_at=utc_now())
            if connection.execute(query).rowcount == 0:
                return None
            return JobStatus(connection.execute(sa.select(c.status).where(c.id == job_id)).scalar_one())

    def release(self, job_id: str, runner: str, message: str) -> Job | None:
        """Back to the queue without blame; the start is not counted."""
        with self._db.write() as connection:
            mine = (c.id == job_id, c.lease_owner == runner, c.status == JobStatus.RUNNING)
            values: dict[str, Any] = {"status": JobStatus.QUEUED, "message": message, "time_left": None}
            values |= {"starts": sa.case((c.starts > 0, c.starts - 1), else_=0), **_NO_LEASE}
            if connection.execute(jobs.update().where(*mine).values(**values)).rowcount == 0:
                return None
            self.reopen_files(job_id)
            return _known(connection, job_id)

    def recover(self, runner: str, gone: Sequence[str], max_starts: int) -> Recovered:
        """Take jobs back whose runner is gone."""
        found = Recovered()
        with self._db.write() as connection:
            lost: sa.ColumnElement[bool] = c.lease_until < now_seconds(connection)
            if gone:
                lost = sa.or_(lost, c.lease_owner.in_(gone))
            lost = sa.or_(sa.and_(lost, c.lease_owner != runner), c.lease_owner.is_(None))
            query = sa.select(c.id, c.status, c.starts).where(c.status.in_(HELD), lost)
            for row in connection.execute(query.order_by(*QUEUE_ORDER)).all():
                self.reopen_files(row.id)
                if row.status == JobStatus.CANCELLING:
                    _cancel(connection, row.id)
                    found.cancelled.append(_known(connection, row.id))
                elif row.starts >= max_starts:
                    _give_up(connection, row.id, row.starts)
                    found.given_up.append(_known(connection, row.id))
                else:
                    values: dict[str, Any] = {"status": JobStatus.QUEUED, "time_left": None, **_NO_LEASE}
                    values["message"] = "Goes on after an interruption."
                    connection.execute(jobs.update().where(c.id == row.id).values(**values))
                    found.requeued.append(_known(connection, row.id))
        return found

    def lease_owners(self) -> list[str]:
        """Names of the runners that hold a job."""
        with self._db.read() as connection:
            query = sa.select(c.lease_owner).where(c.status.in_(HELD), c.lease_owner.is_not(None))
            return sorted(set(connection.execute(query).scalars()))

    def report(self, job_id: str, progress: Progress) -> Job | None:
        """Write progress of a job that is not final."""
        values: dict[str, Any] = {
            name: getattr(progress, name)
            for name in (
                "progress", "stage", "message", "files_total", "files_done", "files_failed", "chunks",
                "bytes_total", "bytes_done", "stage_seconds",
            )
            if getattr(progress, name) is not None
        }  # fmt: skip
        left = progress.time_left
        values["time_left"] = left.model_dump(mode="json") if left else None
        if progress.moved_on:
            values["starts"] = 1
        with self._db.write() as connection:
            query = jobs.update().where(c.id == job_id, c.status.in_(HELD)).values(**values)
            return _known(connection, job_id) if connection.execute(query).rowcount else None

    def finish(self, job_id: str, end: JobEnd) -> Job | None:
        """End a job; one that has ended already stays as it is (None)."""
        values: dict[str, Any] = {
            "status": end.status,
            "message": end.message,
            "error": end.error,
            "error_code": end.error_code,
            "error_details": end.error_details,
            "receipt": end.receipt.model_dump(mode="json") if end.receipt else None,
            "result_path": str(end.result_path) if end.result_path else None,
            "result_name": end.result_name,
            "finished_at": utc_now(),
            "time_left": None,
            **_NO_LEASE,
        }
        if end.status is JobStatus.COMPLETED:
            values["progress"] = 100.0
        with self._db.write() as connection:
            counts = file_counts(connection, job_id)
            if counts.total:  # the last word on a run is what its files say, not its last report
                skipped = counts.by_state.get(FileState.SKIPPED, 0)
                values |= {
                    "files_total": counts.total,
                    "files_done": counts.kept + skipped,
                    "files_failed": counts.failed,
                    "chunks": counts.chunks,
                    "bytes_total": counts.bytes_total,
                    "bytes_done": counts.bytes_final,
                }
            query = jobs.update().where(c.id == job_id, c.status.not_in(FINAL)).values(**values)
            return _known(connection, job_id) if connection.execute(query).rowcount else None

    def ask_cancel(self, job_id: str) -> Job | None:
        """Queued → cancelled at once; running → cancelling; final: unchanged."""
        with self._db.write() as connection:
            asked = {"cancel_asked_at": utc_now()}
            mine = c.id == job_id
            waiting = jobs.update().where(mine, c.status == JobStatus.QUEUED).values(**asked)
            if connection.execute(waiting).rowcount:
                _cancel(connection, job_id)
            else:
                query = jobs.update().where(mine, c.status == JobStatus.RUNNING)
                connection.execute(query.values(status=JobStatus.CANCELLING, **asked))
            return fetch(connection, job_id)

    def set_priority(self, job_id: str, priority: int) -> Job | None:
        """Change the priority of a waiting job; others are given back unchanged."""
        with self._db.write() as connection:
            query = jobs.update().where(c.id == job_id, c.status == JobStatus.QUEUED)
            connection.execute(query.values(priority=priority))
            return fetch(connection, job_id)

    def remove(self, job_id: str) -> bool:
        """Delete a job that has ended, with its files."""
        with self._db.write() as connection:
            query = jobs.delete().where(c.id == job_id, c.status.in_(FINAL))
            return connection.execute(query).rowcount > 0

    def result(self, job_id: str) -> tuple[Path, str] | None:
        """Place and name of the result file."""
        with self._db.read() as connection:
            row = connection.execute(sa.select(c.result_path, c.result_name).where(c.id == job_id)).first()
        if row is None or row.result_path is None:
            return None
        path = Path(row.result_path)
        return path, row.result_name or path.name

    def receipt(self, job_id: str) -> CancelReceipt:
        """What a cancel of this job leaves behind, as things stand now."""
        with self._db.read() as connection:
            return _receipt(connection, job_id)

    def _list(self, where: sa.ColumnElement[bool]) -> list[Job]:
        with self._db.read() as connection:
            query = sa.select(*COLUMNS).where(where).order_by(*QUEUE_ORDER)
            return [to_job(row) for row in connection.execute(query)]


def _known(connection: Connection, job_id: str) -> Job:
    job = fetch(connection, job_id)
    assert job is not None
    return job


def _receipt(connection: Connection, job_id: str) -> CancelReceipt:
    asked = connection.execute(sa.select(c.cancel_asked_at).where(c.id == job_id)).scalar()
    counts = file_counts(connection, job_id)
    now = utc_now()
    rest = counts.total - counts.kept - counts.failed
    return CancelReceipt(
        asked_at=asked or now,
        stopped_at=now,
        kept=counts.searchable,
        total=counts.total,
        can_continue=rest > 0 or counts.total == 0,
    )


def _cancel(connection: Connection, job_id: str) -> None:
    receipt = _receipt(connection, job_id)
    open_states = [state.value for state in OPEN]
    rest = job_files.update().where(job_files.c.job_id == job_id, job_files.c.state.in_(open_states))
    connection.execute(rest.values(state=FileState.CANCELLED))
    values = {
        "status": JobStatus.CANCELLED,
        "message": f"Cancelled; {receipt.kept} of {receipt.total} files kept.",
        "receipt": receipt.model_dump(mode="json"),
        "finished_at": receipt.stopped_at,
        "time_left": None,
        **_NO_LEASE,
    }
    connection.execute(jobs.update().where(c.id == job_id).values(**values))


def _give_up(connection: Connection, job_id: str, starts: int) -> None:
    values = {
        "status": JobStatus.INTERRUPTED,
        "message": "Stopped: the engine ended each time this job ran.",
        "error": f"The engine ended {starts} times while this job ran, without finishing anything in it. "
        "It is not started again by itself; Retry tries once more.",
        "error_code": ErrorCode.JOB_CRASHED,
        "finished_at": utc_now(),
        "time_left": None,
        **_NO_LEASE,
    }
    connection.execute(jobs.update().where(c.id == job_id).values(**values))
