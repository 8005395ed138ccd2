# SPDX-License-Identifier: MIT
"""Files of a pre-flight, with a check box each."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from bldr_desktop.common.natural import natural_key
from bldr_desktop.services.preflight import Candidate, Preflight, Verdict
from bldr_desktop.ui.qt.i18n import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
USER = Qt.ItemDataRole.UserRole
NAME, RELATIVE, VERDICT, SIZE, CHOSEN, REASON, TONE = range(USER + 1, USER + 8)
ROLE_NAMES = {
    NAME: "name",
    RELATIVE: "relative",
    VERDICT: "verdict",
    SIZE: "size",
    CHOSEN: "chosen",
    REASON: "reason",
    TONE: "tone",
}
COLUMN_NAME, COLUMN_VERDICT, COLUMN_SIZE, COLUMN_DETAILS = range(4)
TONES = {
    Verdict.NEW: "ok",
    Verdict.CHANGED: "accent",
    Verdict.UNCHANGED: "neutral",
    Verdict.DUPLICATE: "neutral",
    Verdict.UNSUPPORTED: "warn",
    Verdict.TOO_BIG: "warn",
    Verdict.EMPTY: "warn",
    Verdict.UNREADABLE: "error",
}
ORDER = list(TONES)


class PreflightModel(QAbstractTableModel):
    """What was dropped, sorted by what would become of it."""

    choice_changed = Signal()

    def __init__(
        self,
        verdict_word: Callable[[Verdict], str],
        details: Callable[[Candidate], str],
        size_word: Callable[[int], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._verdict_word, self._details, self._size_word = verdict_word, details, size_word
        self._preflight = Preflight()
        self._items: list[Candidate] = []

    def show(self, preflight: Preflight) -> None:
        """Show another pre-flight."""
        self.beginResetModel()
        self._preflight = preflight
        self._items = sorted(
            preflight.candidates,
            key=lambda item: (ORDER.index(item.verdict or Verdict.NEW), natural_key(item.relative)),
        )
        self.endResetModel()

    def choose(self, verdict: Verdict, chosen: bool) -> None:
        """Choose all of a verdict, or none."""
        self._preflight.choose(verdict, chosen)
        self._all_changed()
        self.choice_changed.emit()

    def retranslate(self) -> None:
        """All words are new."""
        self._all_changed()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 3)

    def _all_changed(self) -> None:
        if self._items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._items) - 1, 3))

    # -- what Qt asks -----------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else 4

    def roleNames(self) -> dict[int, QByteArray]:
        """Raw values under names."""
        return super().roleNames() | {role: QByteArray(name.encode()) for role, name in ROLE_NAMES.items()}

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's hook: only what can be sent can be checked."""
        flags = super().flags(index)
        if index.isValid() and index.column() == COLUMN_NAME and self._can(self._items[index.row()]):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's hook: a lookup, nothing more."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item, column = self._items[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._display(item, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == COLUMN_NAME:
            return Qt.CheckState.Checked if item.chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return item.path if column == COLUMN_NAME else self._details(item)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == COLUMN_SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        reader = _READERS.get(role)
        return reader(item) if reader else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt's hook: the check box."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        item = self._items[index.row()]
        if not self._can(item):
            return False
        item.chosen = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index)
        self.choice_changed.emit()
        return True

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
        return (tr("files", "Name"), tr("files", "What it is"), tr("files", "Size"), tr("files", "Details"))[
            section
        ]

    @staticmethod
    def _can(item: Candidate) -> bool:
        return item.verdict is not None and item.verdict.can_be_sent

    def _display(self, item: Candidate, column: int) -> str:
        if column == COLUMN_NAME:
            return item.relative
        if column == COLUMN_VERDICT:
            return self._verdict_word(item.verdict) if item.verdict else ""
        return self._size_word(item.size) if column == COLUMN_SIZE else self._details(item)


_READERS: Mapping[int, Callable[[Candidate], Any]] = {
    NAME: lambda item: item.relative.rpartition("/")[2],
    RELATIVE: lambda item: item.relative,
    VERDICT: lambda item: item.verdict.value if item.verdict else None,
    SIZE: lambda item: item.size,
    CHOSEN: lambda item: item.chosen,
    REASON: lambda item: item.reason,
    TONE: lambda item: TONES[item.verdict] if item.verdict else "neutral",
}
