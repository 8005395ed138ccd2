# SPDX-License-Identifier: MIT
"""Files that gave nothing, each with its stage and the reason."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from bldr_desktop.protocol.jobs import JobFile
from bldr_desktop.services.training_state import RETRYABLE_FILES
from bldr_desktop.ui.monitor.texts import file_state_text, stage_text
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.reasons import reason
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.widgets.delegates import StateDelegate, dress_table

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
PATH, NAME, STATE, STAGE, REASON, CODE, TONE = (Qt.ItemDataRole.UserRole + n for n in range(1, 8))


class ProblemsModel(QAbstractTableModel):
    """Columns: file, state, stage, reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[JobFile] = []

    def show(self, rows: list[JobFile]) -> None:
        """Take the rows; new ones are appended, so that selection and scroll stay."""
        old = len(self._rows)
        if rows[:old] == self._rows:
            if len(rows) > old:
                self.beginInsertRows(_ROOT, old, len(rows) - 1)
                self._rows = list(rows)
                self.endInsertRows()
            return
        if len(rows) == old and [row.path for row in rows] == [row.path for row in self._rows]:
            self._rows = list(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(old - 1, 3))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, index: Index) -> JobFile:
        """The file of a row."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Qt's hook."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (
                tr("monitor", "File"),
                tr("monitor", "State"),
                tr("monitor", "Stage"),
                tr("monitor", "Reason"),
            )[section]
        return None

    def roleNames(self) -> dict[int, Any]:
        """Raw values by name."""
        return {
            PATH: b"path",
            NAME: b"name",
            STATE: b"state",
            STAGE: b"stage",
            REASON: b"reason",
            CODE: b"code",
            TONE: b"tone",
        }

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's hook."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                row.name,
                file_state_text(row.state),
                stage_text(row.stage.value),
                reason_text(row),
            )[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.path if index.column() == 0 else reason_text(row)
        raw = {
            PATH: row.path,
            NAME: row.name,
            STATE: row.state.value,
            STAGE: row.stage.value,
            REASON: row.error or "",
            CODE: row.error_code or "",
            TONE: "error" if row.state in RETRYABLE_FILES else "warn",
        }
        return raw.get(role)


def reason_text(row: JobFile) -> str:
    """The reason in the person's language where its code is known, else the engine's sentence."""
    return reason(row.error_code, row.error) or "; ".join(row.warnings)


class _NameDelegate(QStyledItemDelegate):
    """File names are cut in the middle: their ends tell them apart."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's hook."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class ProblemsView(QTableView):
    """The table, ``monitor.errors``."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("monitor.errors")
        self.rows = ProblemsModel(self)
        self.setModel(self.rows)
        dress_table(self, stretch=3)
        self.setProperty("look", "bare")
        self.setItemDelegateForColumn(0, _NameDelegate(self))
        self.setItemDelegateForColumn(1, StateDelegate(theme, TONE, self))
        head = self.horizontalHeader()
        for column, width in ((0, 240), (1, 132), (2, 120)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, width)

    def chosen(self) -> list[JobFile]:
        """Files of the selected rows."""
        return [self.rows.row(index) for index in self.selectionModel().selectedRows()]

    def retranslate(self) -> None:
        """Texts in the person's language."""
        self.setAccessibleName(tr("monitor", "Files with problems"))
        self.rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 3)
        self.viewport().update()
