# SPDX-License-Identifier: MIT
"""Rows of ``jobs`` as wire jobs, time-ordered ids, the clock of leases."""

import itertools
import secrets
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bldr_desktop.engine.adapters.sql.schema import job_files, jobs
from bldr_desktop.engine.ports.jobs import FileCounts, JobQuery
from bldr_desktop.protocol.base import FileState, JobStatus, rfc3339
from bldr_desktop.protocol.jobs import Job

c = jobs.c
COLUMNS = (*(c[name] for name in Job.model_fields if name in c), c.result_path, c.starts)
FINAL = tuple(status.value for status in JobStatus if status.is_final)
HELD = (JobStatus.RUNNING.value, JobStatus.CANCELLING.value)
QUEUE_ORDER = (c.priority.desc(), c.created_at.asc(), c.id.asc())
_counter = itertools.count(secrets.randbelow(1 << 10))


def new_id() -> str:
    """A UUID (version 7) whose text sorts by the time of its making, also within a millisecond."""
    stamp = time.time_ns() // 1_000_000
    high = (stamp << 16) | 0x7000 | (next(_counter) & 0x0FFF)
    low = (0b10 << 62) | secrets.randbits(62)
    return str(uuid.UUID(int=(high << 64) | low))


def to_job(row: Any) -> Job:
    """A wire job from a row of :data:`COLUMNS`."""
    values = dict(row._mapping)
    values.pop("starts")
    values["has_result"] = values.pop("result_path") is not None
    job = Job.model_validate(values)
    if job.status in (JobStatus.RUNNING, JobStatus.CANCELLING):
        if job.time_left is not None:
            middle = (job.time_left.low + job.time_left.high) / 2
            job.eta = rfc3339(datetime.now(UTC) + timedelta(seconds=middle))
    else:
        job.time_left = None
    return job


def fetch(connection: Connection, job_id: str) -> Job | None:
    """One job, or None."""
    row = connection.execute(sa.select(*COLUMNS).where(c.id == job_id)).first()
    return to_job(row) if row else None


def now_seconds(connection: Connection) -> float:
    """Unix seconds by the clock that all runners of this database share."""
    if connection.dialect.name == "sqlite":
        return time.time()
    return float(connection.execute(sa.select(sa.extract("epoch", sa.func.now()))).scalar_one())


def conditions(query: JobQuery) -> list[sa.ColumnElement[bool]]:
    """The WHERE of a queue page."""
    where: list[sa.ColumnElement[bool]] = []
    if query.statuses:
        where.append(c.status.in_(query.statuses))
    if query.types:
        where.append(c.type.in_(query.types))
    if query.owner is not None:
        where.append(c.owner == query.owner)
    if query.created_after:
        where.append(c.created_at >= query.created_after)
    if query.created_before:
        where.append(c.created_at < query.created_before)
    for word in (query.search or "").lower().split():
        columns = (c.name, c.message, c.error, c.owner, c.type)
        found = [sa.func.lower(column).contains(word, autoescape=True) for column in columns]
        where.append(sa.or_(c.id == word, *found))
    return where


def file_counts(connection: Connection, job_id: str) -> FileCounts:
    """Files of a run by state, sizes and chunks."""
    f = job_files.c
    query = (
        sa.select(f.state, sa.func.count(), sa.func.sum(f.size), sa.func.sum(f.chunks))
        .where(f.job_id == job_id)
        .group_by(f.state)
    )
    counts = FileCounts()
    for state, number, size, chunks in connection.execute(query):
        kind = FileState(state)
        counts.by_state[kind] = int(number)
        counts.bytes_total += int(size or 0)
        if kind not in (FileState.WAITING, FileState.ACTIVE, FileState.CANCELLED):
            counts.bytes_final += int(size or 0)
        if kind is FileState.DONE:
            counts.chunks += int(chunks or 0)
    return counts
