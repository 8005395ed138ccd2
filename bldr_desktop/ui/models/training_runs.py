# SPDX-License-Identifier: MIT
"""Past and present training runs as a small table."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QByteArray, QModelIndex, QPersistentModelIndex, Qt

from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.ui.models.documents import date_text
from bldr_desktop.ui.models.job_words import given_name, read_words
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.widgets import words

Index = QModelIndex | QPersistentModelIndex
FIELDS = ("started_at", "name", "status", "files", "chunks", "seconds")
TONES = {
    JobStatus.COMPLETED: "ok",
    JobStatus.FAILED: "error",
    JobStatus.INTERRUPTED: "warn",
    JobStatus.CANCELLED: "neutral",
    JobStatus.CANCELLING: "warn",
    JobStatus.RUNNING: "accent",
    JobStatus.QUEUED: "neutral",
}


def status_word(status: JobStatus) -> str:
    """A job's status in words."""
    return {
        JobStatus.QUEUED: tr("rag", "Waiting"),
        JobStatus.RUNNING: tr("rag", "Running"),
        JobStatus.CANCELLING: tr("rag", "Stopping"),
        JobStatus.COMPLETED: tr("rag", "Done"),
        JobStatus.FAILED: tr("rag", "Failed"),
        JobStatus.CANCELLED: tr("rag", "Cancelled"),
        JobStatus.INTERRUPTED: tr("rag", "Interrupted"),
    }[status]


def _tone(job: Job) -> str:
    """All is well only where no file failed."""
    return "warn" if job.status is JobStatus.COMPLETED and job.files_failed else TONES[job.status]


def seconds_of(job: Job) -> float | None:
    """How long a run took; None while it goes on or when the times are not known."""
    try:
        began, ended = (
            datetime.fromisoformat(job.started_at or ""),
            datetime.fromisoformat(job.finished_at or ""),
        )
    except ValueError:
        return None
    return max((ended - began).total_seconds(), 0.0)


class TrainingRunsModel(QAbstractTableModel):
    """One row a run, the newest first."""

    JOB_ID = Qt.ItemDataRole.UserRole + 1
    TONE = Qt.ItemDataRole.UserRole + 2
    STATUS = Qt.ItemDataRole.UserRole + 3

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[Job] = []

    def show(self, runs: list[Job]) -> None:
        """Show these."""
        self.beginResetModel()
        self._runs = runs
        self.endResetModel()

    def run(self, row: int) -> Job | None:
        """The run of a row."""
        return self._runs[row] if 0 <= row < len(self._runs) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Runs."""
        return 0 if parent.isValid() else len(self._runs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(FIELDS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Values by role."""
        job = self.run(index.row()) if index.isValid() else None
        if job is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(job, FIELDS[index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= 3:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return job.error or job.message or given_name(job.name)
        return {self.JOB_ID: job.id, self.TONE: _tone(job), self.STATUS: str(job.status)}.get(role)

    def _text(self, job: Job, field: str) -> str:
        if field == "started_at":
            return date_text(job.started_at or job.created_at, clock=True)
        if field == "name":
            return given_name(job.name)
        if field == "status":
            return status_word(job.status)
        if field == "files":
            return read_words(job)
        if field == "chunks":
            return words.number(job.chunks)
        seconds = seconds_of(job)
        return tr("rag", "{seconds} s", seconds=words.decimal(seconds)) if seconds is not None else ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Column names."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= 3:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (
            tr("rag", "Started"),
            tr("rag", "What"),
            tr("rag", "Status"),
            tr("rag", "Files"),
            tr("rag", "Chunks"),
            tr("rag", "Took"),
        )
        return names[section]

    def roleNames(self) -> dict[int, QByteArray]:
        """Raw roles by name."""
        return {
            self.JOB_ID: QByteArray(b"job_id"),
            self.TONE: QByteArray(b"tone"),
            self.STATUS: QByteArray(b"status"),
        }
