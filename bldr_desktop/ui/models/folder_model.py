# SPDX-License-Identifier: MIT
"""Files of one kind of difference in a compared folder."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt

from bldr_desktop.services.reconcile import FolderFile
from bldr_desktop.ui.qt.i18n import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
USER = Qt.ItemDataRole.UserRole
RELATIVE, DIFFERENCE, SIZE, DOCUMENT, REASON = range(USER + 1, USER + 6)
ROLE_NAMES = {
    RELATIVE: "relative",
    DIFFERENCE: "difference",
    SIZE: "size",
    DOCUMENT: "documentId",
    REASON: "reason",
}
COLUMN_NAME, COLUMN_SIZE, COLUMN_DETAILS = range(3)


class FolderModel(QAbstractTableModel):
    """A plain list; shown anew as a whole."""

    def __init__(
        self,
        reason_word: Callable[[str | None, str | None], str],
        size_word: Callable[[int], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reason_word, self._size_word = reason_word, size_word
        self._files: Sequence[FolderFile] = ()

    def show(self, files: Sequence[FolderFile]) -> None:
        """Show these."""
        self.beginResetModel()
        self._files = files
        self.endResetModel()

    def retranslate(self) -> None:
        """All words are new."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 2)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else 3

    def roleNames(self) -> dict[int, QByteArray]:
        """Raw values under names."""
        return super().roleNames() | {role: QByteArray(name.encode()) for role, name in ROLE_NAMES.items()}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's hook: a lookup, nothing more."""
        if not index.isValid() or index.row() >= len(self._files):
            return None
        file, column = self._files[index.row()], index.column()
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            if column == COLUMN_SIZE:
                return self._size_word(file.size) if file.size else ""
            return file.relative if column == COLUMN_NAME else self._reason_word(file.code, file.reason)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == COLUMN_SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        values = {
            RELATIVE: file.relative,
            DIFFERENCE: file.difference.value,
            SIZE: file.size,
            DOCUMENT: file.document_id,
            REASON: file.reason,
        }
        return values.get(role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Qt's hook."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == COLUMN_SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("files", "Name"), tr("files", "Size"), tr("files", "Details"))[section]
