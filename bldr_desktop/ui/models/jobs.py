# SPDX-License-Identifier: MIT
"""Jobs as rows: changed row by row, never refilled."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.ui.qt.i18n import mark, tr
from bldr_desktop.ui.qt.times import short_time

Index = QModelIndex | QPersistentModelIndex
_U = int(Qt.ItemDataRole.UserRole)
ID, STATUS, PROGRESS, TYPE, OWNER, STARTED, TONE, MESSAGE = (_U + n for n in range(1, 9))
ROLES = {
    ID: "job_id",
    STATUS: "state",
    PROGRESS: "progress",
    TYPE: "type",
    OWNER: "owner",
    STARTED: "started_at",
    TONE: "tone",
    MESSAGE: "message",
}
COLUMNS = (
    mark("queue", "Job"),
    mark("queue", "State"),
    mark("queue", "Progress"),
    mark("queue", "Message"),
    mark("queue", "Owner"),
    mark("queue", "Started"),
)
_TONES = {
    JobStatus.QUEUED: "neutral",
    JobStatus.RUNNING: "accent",
    JobStatus.CANCELLING: "warn",
    JobStatus.COMPLETED: "ok",
    JobStatus.FAILED: "error",
    JobStatus.CANCELLED: "neutral",
    JobStatus.INTERRUPTED: "warn",
}


def status_word(status: JobStatus) -> str:
    """A job's state in the person's language."""
    return {
        JobStatus.QUEUED: tr("queue", "Waiting"),
        JobStatus.RUNNING: tr("queue", "Running"),
        JobStatus.CANCELLING: tr("queue", "Cancelling"),
        JobStatus.COMPLETED: tr("queue", "Completed"),
        JobStatus.FAILED: tr("queue", "Failed"),
        JobStatus.CANCELLED: tr("queue", "Cancelled"),
        JobStatus.INTERRUPTED: tr("queue", "Interrupted"),
    }[status]


def type_word(kind: str) -> str:
    """A job's type in the person's language; an unknown one as it is."""
    return {
        "training": tr("queue", "Training"),
        "document_retrain": tr("queue", "Retraining"),
        "ai_task": tr("queue", "AI answer"),
        "question_list": tr("queue", "Question list"),
        "export": tr("queue", "Export"),
        "evaluation": tr("queue", "Control questions"),
    }.get(kind, kind)


class JobsModel(QAbstractTableModel):
    """The jobs the service holds, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Job] = []

    def follow(self, jobs: Iterable[Job]) -> None:
        """Take the jobs as they are now: removes, inserts and changes only what differs."""
        fresh = sorted(jobs, key=lambda job: (job.created_at, job.id), reverse=True)
        wanted = {job.id for job in fresh}
        for row in range(len(self._rows) - 1, -1, -1):
            if self._rows[row].id not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._rows[row]
                self.endRemoveRows()
        for row, job in enumerate(fresh):
            if row < len(self._rows) and self._rows[row].id == job.id:
                if self._rows[row] != job:
                    self._rows[row] = job
                    self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
            else:
                self.beginInsertRows(QModelIndex(), row, row)
                self._rows.insert(row, job)
                self.endInsertRows()

    def job(self, row: int) -> Job:
        """The job of a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else len(COLUMNS)

    def roleNames(self) -> dict[int, QByteArray]:
        """Raw values by name."""
        return {role: QByteArray(name.encode()) for role, name in ROLES.items()}

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Qt's hook."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr("queue", COLUMNS[section])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """Qt's hook: looks up, nothing else."""
        if not index.isValid():
            return None
        job = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _words(job, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return job.error or job.message or job.name
        raw = {
            ID: job.id,
            STATUS: str(job.status),
            PROGRESS: job.progress,
            TYPE: job.type,
            OWNER: job.owner,
            STARTED: job.started_at,
            TONE: _TONES[job.status],
            MESSAGE: job.error or job.message,
        }
        return raw.get(role)


def _words(job: Job, column: int) -> str:
    if column == 0:
        kind = type_word(job.type)
        return f"{kind}: {job.name}" if job.name else kind
    if column == 1:
        return status_word(job.status)
    if column == 3:
        return job.error or job.message
    if column == 4:
        return job.owner or ""
    if column == 5:
        return short_time(job.started_at or job.created_at, QLocale())
    return ""
