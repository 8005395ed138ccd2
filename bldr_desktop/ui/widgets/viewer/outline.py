# SPDX-License-Identifier: MIT
"""The clauses of a document as a list with depth, filtered while typing."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from bldr_desktop.protocol.documents import OutlineEntry
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size
from bldr_desktop.ui.widgets.delegates import paint_ground

Index = QModelIndex | QPersistentModelIndex
INDENT = 12
DEEPEST = 6


class OutlineModel(QAbstractListModel):
    """One row a clause, in reading order."""

    CLAUSE = Qt.ItemDataRole.UserRole + 1
    TITLE = Qt.ItemDataRole.UserRole + 2
    LEVEL = Qt.ItemDataRole.UserRole + 3
    PAGE = Qt.ItemDataRole.UserRole + 4
    START = Qt.ItemDataRole.UserRole + 5

    def __init__(self) -> None:
        super().__init__()
        self._all: list[OutlineEntry] = []
        self._shown: list[OutlineEntry] = []
        self._words = ""

    def show(self, entries: list[OutlineEntry]) -> None:
        """Another document's clauses."""
        self._all = entries
        self.narrow(self._words)

    def narrow(self, words: str) -> None:
        """Only clauses whose number or title contains these words."""
        self._words = words
        wanted = words.casefold().strip()
        self.beginResetModel()
        self._shown = [entry for entry in self._all if wanted in f"{entry.clause} {entry.title}".casefold()]
        self.endResetModel()

    def entry(self, row: int) -> OutlineEntry | None:
        """The clause of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_at(self, page: int, offset: int = 0) -> int:
        """The last clause that begins at or before a place; -1 when there is none."""
        found = -1
        for row, entry in enumerate(self._shown):
            if (entry.page, entry.char_start) > (page, offset):
                break
            found = row
        return found

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Clauses shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Values by role."""
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        values = {
            Qt.ItemDataRole.DisplayRole: f"{entry.clause}  {entry.title}".strip(),
            Qt.ItemDataRole.ToolTipRole: f"{entry.clause}  {entry.title}".strip(),
            self.CLAUSE: entry.clause,
            self.TITLE: entry.title,
            self.LEVEL: entry.level,
            self.PAGE: entry.page,
            self.START: entry.char_start,
        }
        return values.get(role)

    def roleNames(self) -> dict[int, QByteArray]:
        """Raw roles by name."""
        names = {
            self.CLAUSE: b"clause",
            self.TITLE: b"title",
            self.LEVEL: b"level",
            self.PAGE: b"page",
            self.START: b"char_start",
        }
        return {role: QByteArray(name) for role, name in names.items()}


class OutlineDelegate(QStyledItemDelegate):
    """Number, title, and the page at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as there is room."""
        return QSize(0, Size.ROW)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.pages_shown = True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's hook."""
        paint_ground(painter, option, index)
        painter.save()
        level = min(int(index.data(OutlineModel.LEVEL) or 1), DEEPEST)
        rect = QRectF(option.rect).adjusted(8 + INDENT * (level - 1), 0, -8, 0)
        number, title = index.data(OutlineModel.CLAUSE), index.data(OutlineModel.TITLE)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._theme.font("figures"))
        painter.setPen(self._theme.color("muted"))
        page = str(index.data(OutlineModel.PAGE)) if self.pages_shown else ""
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, page)
        rect.setRight(rect.right() - painter.fontMetrics().horizontalAdvance(page) - 8)
        painter.setFont(self._theme.font("strong" if level == 1 else "body"))
        painter.setPen(self._theme.color("text"))
        text = f"{number}  {title}" if title else str(number)
        said = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
        painter.drawText(rect, middle, said)
        painter.restore()
