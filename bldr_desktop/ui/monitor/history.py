# SPDX-License-Identifier: MIT
"""Runs of before, and two of them side by side."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QSplitter, QTableView, QVBoxLayout, QWidget

from bldr_desktop.protocol.jobs import Job
from bldr_desktop.services.run_report import CompareRow, compare, report_of_job
from bldr_desktop.services.series import seconds_between
from bldr_desktop.services.training_state import RunState, fold_job
from bldr_desktop.ui.models.job_words import read_words
from bldr_desktop.ui.monitor import texts
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.sizes import size
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import label
from bldr_desktop.ui.widgets.delegates import StateDelegate, dress_table
from bldr_desktop.ui.widgets.state_view import StateView

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
JOB_ID, STATUS, SECONDS, TONE, KEY, CHANGE = (Qt.ItemDataRole.UserRole + n for n in range(1, 7))
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class RunsModel(QAbstractTableModel):
    """Columns: when, name, state, files, chunks, time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs: list[Job] = []

    def show(self, jobs: list[Job]) -> None:
        """Take the list."""
        self.beginResetModel()
        self.jobs = jobs
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else len(self.jobs)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Qt's hook."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (
                tr("monitor", "Started"),
                tr("monitor", "Name"),
                tr("monitor", "State"),
                tr("monitor", "Files"),
                tr("monitor", "Chunks"),
                tr("monitor", "Time"),
            )[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= 3:
            return _RIGHT
        return None

    def roleNames(self) -> dict[int, Any]:
        """Raw values by name."""
        return {JOB_ID: b"job_id", STATUS: b"state", SECONDS: b"seconds", TONE: b"tone"}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's hook."""
        if not index.isValid():
            return None
        job = self.jobs[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(job, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= 3:
            return _RIGHT
        if role == JOB_ID:
            return job.id
        if role == STATUS:
            return job.status.value
        if role == SECONDS:
            return seconds_between(job.started_at, job.finished_at)
        if role == TONE:
            return texts.status_tone(_as_run(job))
        return None

    def _text(self, job: Job, column: int) -> str:
        seconds = seconds_between(job.started_at, job.finished_at)
        return (
            texts.moment_text(job.started_at or job.created_at),
            texts.run_name(_as_run(job)),
            texts.status_text(_as_run(job)),
            read_words(job),
            texts.number(job.chunks),
            texts.duration(seconds) if seconds is not None else "–",
        )[column]


def _as_run(job: Job) -> RunState:
    run = RunState(job.id)
    fold_job(run, job)
    return run


class CompareModel(QAbstractTableModel):
    """Columns: figure, one run, the other, change."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[CompareRow] = []
        self._names = ("", "")

    def show(self, rows: list[CompareRow], names: tuple[str, str]) -> None:
        """Take the figures of two runs."""
        self.beginResetModel()
        self._rows, self._names = rows, names
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Qt's hook."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("monitor", "Figure"), *self._names, tr("monitor", "Change"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= 1:
            return _RIGHT
        return None

    def roleNames(self) -> dict[int, Any]:
        """Raw values by name."""
        return {KEY: b"key", CHANGE: b"change"}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's hook."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                _figure_name(row.key),
                _figure(row.left, row.kind, row.key),
                _figure(row.right, row.kind, row.key),
                _change(row),
            )[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= 1:
            return _RIGHT
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 3:
            return self._color(row)
        return {KEY: row.key, CHANGE: row.change}.get(role)

    def _color(self, row: CompareRow) -> QColor | None:
        change = row.change
        if change is None or abs(change) < 0.05 or not row.better:
            return None
        return self._theme.color("ok" if change * row.better > 0 else "error")


def _figure_name(key: str) -> str:
    if key.startswith("stage:"):
        return texts.stage_text(key.removeprefix("stage:"))
    return {
        "seconds": tr("monitor", "Time"),
        "files_done": tr("monitor", "Files done"),
        "files_failed": tr("monitor", "Files failed"),
        "chunks": tr("monitor", "Chunks"),
        "bytes": tr("monitor", "Read"),
        "files_a_second": tr("monitor", "Files a minute"),
        "bytes_a_second": tr("monitor", "Read a second"),
    }[key]


def _figure(value: float | None, kind: str, key: str) -> str:
    if value is None:
        return "–"
    if kind == "seconds":
        return texts.short_duration(value)
    if kind == "bytes":
        return size(int(value))
    return texts.number(value * 60, 1) if key == "files_a_second" else texts.number(value)


def _change(row: CompareRow) -> str:
    change = row.change
    if change is None:
        return ""
    percent = round(change * 100)
    arrow = "▲" if percent > 0 else "▼" if percent < 0 else "="
    return f"{arrow} {abs(percent)} %"


class HistoryTab(Translated):
    """The list; with two rows chosen, their comparison below.

    Signals:
        run_wanted: A run was double-clicked, by its id.
    """

    run_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RunsModel(self)
        self.table = QTableView()
        self.table.setObjectName("monitor.history")
        self.table.setModel(self.model)
        self.compare_model = CompareModel(theme, self)
        self.compare = QTableView()
        self.compare.setObjectName("monitor.compare")
        self.compare.setModel(self.compare_model)
        self.hint = label(look="muted", wrap=True)
        self._dress(theme)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.compare)
        split.setChildrenCollapsible(False)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, Space.S, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(split, 1)
        column.addWidget(self.hint)
        self.state = StateView(theme, content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.state)
        self.compare.hide()
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.table.doubleClicked.connect(lambda index: self.run_wanted.emit(index.data(JOB_ID)))
        self.retranslate()

    def _dress(self, theme: Theme) -> None:
        dress_table(self.table, stretch=1)
        dress_table(self.compare, stretch=0)
        for view in (self.table, self.compare):
            view.setProperty("look", "bare")
        self.table.setItemDelegateForColumn(2, StateDelegate(theme, TONE, self.table))
        for view, widths in ((self.table, (140, 0, 200, 85, 100, 70)), (self.compare, (0, 140, 140, 120))):
            for column, width in enumerate(widths):
                if width:
                    view.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                    view.setColumnWidth(column, width)

    def show_runs(self, jobs: list[Job]) -> None:
        """Show the list; what was chosen is chosen no more."""
        self.model.show(jobs)
        self.compare.hide()
        if jobs:
            self.state.show_content()
        else:
            self.state.show_empty(
                tr("monitor", "No runs yet"), tr("monitor", "Every training is listed here."), icon="history"
            )

    def _on_selected(self, *_signal: object) -> None:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        self.compare.setVisible(len(rows) == 2)
        if len(rows) == 2:
            newer, older = (self.model.jobs[row] for row in rows)
            figures = compare(report_of_job(older), report_of_job(newer))
            names = tuple(texts.moment_text(job.started_at or job.created_at) for job in (older, newer))
            self.compare_model.show(figures, (names[0], names[1]))

    def retranslate(self) -> None:
        """Texts in the person's language."""
        self.table.setAccessibleName(tr("monitor", "Runs of before"))
        self.compare.setAccessibleName(tr("monitor", "Two runs compared"))
        self.hint.setText(tr("monitor", "Choose two runs to compare them; double-click one to open it."))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 5)
        self.compare_model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 3)
