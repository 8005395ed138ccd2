# SPDX-License-Identifier: MIT
"""Jobs as rows in a fixed order: changed row by row, moved when their place changes, never refilled."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QLocale,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.ui.models.job_words import (
    duration_words,
    given_name,
    kept_words,
    left_words,
    outcome_words,
    status_word,
    title_words,
    trouble_words,
    waiting_words,
)
from bldr_desktop.ui.qt.i18n import mark, tr
from bldr_desktop.ui.qt.times import short_time

Index = QModelIndex | QPersistentModelIndex
Key = tuple[Any, ...]
MIME = "application/x-bldr-jobs"


class JobRole(IntEnum):
    """Raw values of a job."""

    ID = Qt.ItemDataRole.UserRole + 1
    STATUS = Qt.ItemDataRole.UserRole + 2
    PROGRESS = Qt.ItemDataRole.UserRole + 3
    TYPE = Qt.ItemDataRole.UserRole + 4
    OWNER = Qt.ItemDataRole.UserRole + 5
    STARTED = Qt.ItemDataRole.UserRole + 6
    TONE = Qt.ItemDataRole.UserRole + 7
    MESSAGE = Qt.ItemDataRole.UserRole + 8
    PRIORITY = Qt.ItemDataRole.UserRole + 9
    ATTEMPT = Qt.ItemDataRole.UserRole + 10
    POSITION = Qt.ItemDataRole.UserRole + 11


NAMES = {
    JobRole.ID: "job_id",
    JobRole.STATUS: "state",
    JobRole.PROGRESS: "progress",
    JobRole.TYPE: "type",
    JobRole.OWNER: "owner",
    JobRole.STARTED: "started_at",
    JobRole.TONE: "tone",
    JobRole.MESSAGE: "message",
    JobRole.PRIORITY: "priority",
    JobRole.ATTEMPT: "attempt",
    JobRole.POSITION: "position",
}
COLUMNS = (
    ("job", mark("queue", "Job"), 220),
    ("status", mark("queue", "State"), 132),
    ("progress", mark("queue", "Progress"), 120),
    ("left", mark("queue", "Time left"), 110),
    ("message", mark("queue", "What is going on"), 220),
    ("owner", mark("queue", "Owner"), 88),
    ("started", mark("queue", "Started"), 82),
    ("duration", mark("queue", "Duration"), 84),
    ("priority", mark("queue", "Priority"), 92),
    ("attempt", mark("queue", "Attempt"), 86),
)
FIELDS = [field for field, _, _ in COLUMNS]
_FIGURES = {FIELDS.index(field) for field in ("duration", "priority", "attempt")}
_TONES = {
    JobStatus.QUEUED: "neutral",
    JobStatus.RUNNING: "accent",
    JobStatus.CANCELLING: "warn",
    JobStatus.COMPLETED: "ok",
    JobStatus.FAILED: "error",
    JobStatus.CANCELLED: "neutral",
    JobStatus.INTERRUPTED: "warn",
}
_RANK = {JobStatus.RUNNING: 0, JobStatus.CANCELLING: 0, JobStatus.QUEUED: 1}


def active_key(job: Job) -> Key:
    """Running ones in the order they began, then waiting ones in the order they will be taken."""
    rank = _RANK.get(job.status, 2)
    if rank == 0:
        return (0, 0, job.started_at or job.created_at, job.id)
    return (rank, -job.priority, job.created_at, job.id)


def finished_key(job: Job) -> Key:
    """The newest end first."""
    return (-_seconds(job.finished_at or job.created_at), job.id)


class JobsModel(QAbstractTableModel):
    """Rows in the order of ``key``; :meth:`apply` takes what changed."""

    def __init__(self, key: Callable[[Job], Key], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._jobs: dict[str, Job] = {}
        self._keys: dict[str, Key] = {}
        self._order: list[Key] = []

    def apply(self, shown: Iterable[Job], gone: Iterable[str]) -> None:
        """Show or update these jobs, take those away. Many new ones at once reset the table."""
        leaving = [job_id for job_id in gone if job_id in self._keys]
        if len(leaving) > _MANY:
            self._remove_many(leaving)
        else:
            for job_id in leaving:
                self._remove(job_id)
        fresh: list[Job] = []
        touched: list[int] = []
        for job in shown:
            old = self._keys.get(job.id)
            if old is None:
                fresh.append(job)
            elif old == self._key(job):
                self._jobs[job.id] = job
                touched.append(self._row(job.id))
            else:
                self._move(job)
        self._tell(touched)
        if len(fresh) > _MANY:
            self._take_many(fresh)
        else:
            for job in fresh:
                self._insert(job)

    def tick(self) -> None:
        """A second went by: durations of what runs are longer."""
        last = 0
        while last < len(self._order) and self.job(last).status in _RANK and self._order[last][0] == 0:
            last += 1
        if last:
            column = FIELDS.index("duration")
            self.dataChanged.emit(self.index(0, column), self.index(last - 1, column), [_DISPLAY])

    def ids(self) -> set[str]:
        """All that are shown."""
        return set(self._jobs)

    def job(self, row: int) -> Job:
        """The job of a row."""
        return self._jobs[self._order[row][-1]]

    def row_of(self, job_id: str) -> int:
        """The row of a job, -1 when it is not shown."""
        return self._row(job_id) if job_id in self._keys else -1

    def _row(self, job_id: str) -> int:
        return bisect_left(self._order, self._keys[job_id])

    def _insert(self, job: Job) -> None:
        key = self._key(job)
        row = bisect_left(self._order, key)
        self.beginInsertRows(QModelIndex(), row, row)
        self._jobs[job.id], self._keys[job.id] = job, key
        self._order.insert(row, key)
        self.endInsertRows()

    def _take_many(self, jobs: list[Job]) -> None:
        self.beginResetModel()
        for job in jobs:
            self._jobs[job.id], self._keys[job.id] = job, self._key(job)
        self._order = sorted(self._keys.values())
        self.endResetModel()

    def _remove(self, job_id: str) -> None:
        row = self._row(job_id)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._jobs[job_id], self._keys[job_id], self._order[row]
        self.endRemoveRows()

    def _remove_many(self, job_ids: list[str]) -> None:
        self.beginResetModel()
        for job_id in job_ids:
            del self._jobs[job_id], self._keys[job_id]
        self._order = sorted(self._keys.values())
        self.endResetModel()

    def _move(self, job: Job) -> None:
        """To its new place, so that selection and scroll go with it."""
        key, start = self._key(job), self._row(job.id)
        end = bisect_left(self._order, key)
        self._jobs[job.id] = job
        if end in (start, start + 1):
            self._keys[job.id] = self._order[start] = key
        else:
            self.beginMoveRows(QModelIndex(), start, start, QModelIndex(), end)
            del self._order[start]
            self._order.insert(end - (end > start), key)
            self._keys[job.id] = key
            self.endMoveRows()
        row = self._row(job.id)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def _tell(self, rows: list[int]) -> None:
        """``dataChanged`` in contiguous runs."""
        last = len(COLUMNS) - 1
        rows.sort()
        start = 0
        for place in range(1, len(rows) + 1):
            if place == len(rows) or rows[place] > rows[place - 1] + 1:
                # createIndex: index() would ask rowCount and columnCount again for each
                first, end = self.createIndex(rows[start], 0), self.createIndex(rows[place - 1], last)
                self.dataChanged.emit(first, end)
                start = place

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else len(COLUMNS)

    def roleNames(self) -> dict[int, QByteArray]:
        """Raw values by name."""
        return {role: QByteArray(name.encode()) for role, name in NAMES.items()}

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Qt's hook."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _DISPLAY:
            return tr("queue", COLUMNS[section][1])
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _FIGURES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """Qt's hook: looks up, nothing else."""
        if not index.isValid():
            return None
        job = self.job(index.row())
        if role == _DISPLAY:
            return words(job, FIELDS[index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _FIGURES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return trouble_words(job) or waiting_words(job) or job.message or given_name(job.name)
        if role in NAMES:
            return _raw(job, JobRole(role))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Waiting jobs can be dragged up and down."""
        flags = super().flags(index)
        if index.isValid() and self.job(index.row()).status is JobStatus.QUEUED:
            flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        """Qt's hook."""
        return [MIME]

    def mimeData(self, indexes: Iterable[Index]) -> QMimeData:
        """The ids of dragged jobs."""
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(MIME, QByteArray("\n".join(self.job(row).id for row in rows).encode()))
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        """Qt's hook."""
        return Qt.DropAction.MoveAction


_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_MANY = 200


def words(job: Job, field: str) -> str:
    """What a cell says; the progress is painted."""
    match field:
        case "job":
            return title_words(job)
        case "status":
            return status_word(job.status)
        case "left":
            return left_words(job)
        case "message":
            return (
                trouble_words(job)
                or kept_words(job)
                or waiting_words(job)
                or outcome_words(job)
                or job.message
            )
        case "owner":
            return job.owner or ""
        case "started":
            return short_time(job.started_at, QLocale()) if job.started_at else ""
        case "duration":
            return duration_words(job)
        case "priority":
            return str(job.priority)
        case "attempt":
            return str(job.attempt)
    return ""


def _raw(job: Job, role: JobRole) -> Any:
    return {
        JobRole.ID: job.id,
        JobRole.STATUS: str(job.status),
        JobRole.PROGRESS: None if job.status is JobStatus.QUEUED else job.progress,
        JobRole.TYPE: job.type,
        JobRole.OWNER: job.owner,
        JobRole.STARTED: job.started_at,
        JobRole.TONE: _TONES[job.status],
        JobRole.MESSAGE: job.error or job.message,
        JobRole.PRIORITY: job.priority,
        JobRole.ATTEMPT: job.attempt,
        JobRole.POSITION: job.position,
    }[role]


def _seconds(stamp: str) -> float:
    try:
        return datetime.fromisoformat(stamp).timestamp()
    except ValueError:
        return 0.0
