# SPDX-License-Identifier: MIT
"""Where the time goes: one row a stage, with files in it, seconds and share."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from bldr_desktop.protocol.base import FileState, JobStatus
from bldr_desktop.services.training_state import RunState, stage_order
from bldr_desktop.ui.monitor.texts import short_duration, stage_text
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.widgets.delegates import dress_table

_AT_WORK = {JobStatus.RUNNING, JobStatus.CANCELLING}
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
STAGE, STATE, SECONDS, SHARE, FILES = (Qt.ItemDataRole.UserRole + n for n in range(1, 6))


@dataclass(frozen=True, slots=True)
class StageRow:
    """``state``: ``done``, ``active`` or ``ahead``. ``share`` of all measured time, 0..1."""

    stage: str
    state: str
    seconds: float
    share: float
    files: int


def stage_rows(run: RunState) -> list[StageRow]:
    """The stages of a run; a server with stages of its own gets those it named."""
    own = [stage.value for stage in stage_order()]
    strange = [stage for stage in run.stage_seconds if stage not in own]
    known = own if not strange and (run.stage in own or not run.synthetic) else strange
    known = known or ([run.stage] if run.stage else [])
    total = sum(run.stage_seconds.values()) or 1.0
    counts: dict[str, int] = {}
    for row in () if run.is_final else run.files.values():
        if row.state is FileState.ACTIVE:
            counts[row.stage.value] = counts.get(row.stage.value, 0) + 1
    at = known.index(run.stage) if run.stage in known else 0
    if run.is_final:
        reached = [place for place, stage in enumerate(known) if run.stage_seconds.get(stage)]
        at = len(known) if run.status is JobStatus.COMPLETED else max(reached, default=0)
    rows = []
    for place, stage in enumerate(known):
        seconds = run.stage_seconds.get(stage, 0.0)
        active = counts.get(stage, 0) > 0 or (place == at and run.status in _AT_WORK)
        state = "active" if active else "done" if seconds > 0 or place < at else "ahead"
        rows.append(StageRow(stage, state, seconds, seconds / total, counts.get(stage, 0)))
    return rows


class StagesModel(QAbstractTableModel):
    """Columns: stage, share, time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[StageRow] = []

    def show(self, rows: list[StageRow]) -> None:
        """Take new rows; only what differs is told."""
        if [row.stage for row in rows] != [row.stage for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        changed = [i for i, row in enumerate(rows) if row != self._rows[i]]
        self._rows = rows
        if changed:
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], 2))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Qt's hook."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("monitor", "Stage"), tr("monitor", "Share"), tr("monitor", "Time"))[section]
        return None

    def roleNames(self) -> dict[int, Any]:
        """Raw values by name."""
        return {STAGE: b"stage", STATE: b"state", SECONDS: b"seconds", SHARE: b"share", FILES: b"files"}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's hook."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role >= STAGE:
            return {
                STAGE: row.stage,
                STATE: row.state,
                SECONDS: row.seconds,
                SHARE: row.share,
                FILES: row.files,
            }.get(role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 2:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, row: StageRow, column: int) -> str:
        if column == 0:
            return stage_text(row.stage)
        if column == 1:
            return ""
        return short_duration(row.seconds) if row.seconds else "–"


class _StageDelegate(QStyledItemDelegate):
    """A sign of the state and the name; a bar for the share."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's hook."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if index.column() == 0:
            self._paint_name(painter, rect, index)
        else:
            self._paint_share(painter, rect.adjusted(4, 0, -4, 0), float(index.data(SHARE) or 0.0))
        painter.restore()

    def _paint_name(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        state = index.data(STATE)
        center = rect.left() + 9, rect.center().y()
        dot = QRectF(center[0] - 4, center[1] - 4, 8, 8)
        color = {"done": "ok", "active": "accent"}.get(state, "muted")
        if state == "ahead":
            painter.setPen(self._theme.color("muted"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(color))
        painter.drawEllipse(dot)
        painter.setFont(self._theme.font("strong" if state == "active" else "body"))
        painter.setPen(self._theme.color("muted" if state == "ahead" else "text"))
        files = index.data(FILES)
        text = str(index.data()) + (f" · {files}" if files else "")
        box = rect.adjusted(22, 0, -4, 0)
        said = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)

    def _paint_share(self, painter: QPainter, rect: QRectF, share: float) -> None:
        bar = QRectF(rect.left(), rect.center().y() - 2, rect.width(), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("raised"))
        painter.drawRoundedRect(bar, 2, 2)
        if share > 0:
            painter.setBrush(self._theme.color("accent"))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(4.0, bar.width() * share), 4), 2, 2)


class StagesView(QTableView):
    """The stage list, ``monitor.stages``."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("monitor.stages")
        self.rows = StagesModel(self)
        self.setModel(self.rows)
        dress_table(self, stretch=0)
        self.setProperty("look", "bare")
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        delegate = _StageDelegate(theme, self)
        self.setItemDelegateForColumn(0, delegate)
        self.setItemDelegateForColumn(1, delegate)
        head = self.horizontalHeader()
        for column, width in ((1, 56), (2, 76)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        theme.changed.connect(self.viewport().update)

    def retranslate(self) -> None:
        """Texts in the person's language."""
        self.setAccessibleName(tr("monitor", "Stages and their times"))
        self.viewport().update()
