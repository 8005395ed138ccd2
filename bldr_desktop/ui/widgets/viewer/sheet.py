# SPDX-License-Identifier: MIT
"""A sheet of a workbook as a table with a range of cells marked."""

import re
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QByteArray, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QTableView, QWidget

from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size

Index = QModelIndex | QPersistentModelIndex
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_NUMBER = re.compile(r"^[-+]?[\d\s\u00a0]*[.,]?\d+\s?%?$")
WIDEST = 360
NARROWEST = 48
SAMPLE_ROWS = 200


def column_name(number: int) -> str:
    """The letters of a column counted from 0: A, B … Z, AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def cells_of(text: str | None) -> tuple[int, int, int, int] | None:
    """(top, left, bottom, right), from 0, of «B14:F14» or «B14»; None when it is neither."""
    found = _CELL.findall(text or "")
    if not found:
        return None
    corners = [(int(row) - 1, _column(letters)) for letters, row in found[:2]]
    (row_a, column_a), (row_b, column_b) = corners[0], corners[-1]
    return min(row_a, row_b), min(column_a, column_b), max(row_a, row_b), max(column_a, column_b)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


class SheetModel(QAbstractTableModel):
    """Cells from A1; rows may be of different lengths."""

    VALUE = Qt.ItemDataRole.UserRole + 1
    MARKED = Qt.ItemDataRole.UserRole + 2

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[list[str]] = []
        self._columns = 0
        self._marked: tuple[int, int, int, int] | None = None

    @property
    def marked(self) -> tuple[int, int, int, int] | None:
        """(top, left, bottom, right) of the marked cells."""
        return self._marked

    def show(self, rows: list[list[str]], marked: tuple[int, int, int, int] | None) -> None:
        """Another sheet."""
        self.beginResetModel()
        self._rows = rows
        self._columns = max((len(row) for row in rows), default=0)
        self._marked = marked
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Rows of the sheet."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Columns of its longest row."""
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, side and ground of a cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        text = row[index.column()] if index.column() < len(row) else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, self.VALUE):
            return text
        inside = self._is_marked(index)
        if role == self.MARKED:
            return inside
        if role == Qt.ItemDataRole.BackgroundRole and inside:
            return self._theme.color("mark")
        if role == Qt.ItemDataRole.ForegroundRole and inside:
            return self._theme.color("mark_text")
        if role == Qt.ItemDataRole.TextAlignmentRole and _NUMBER.match(text):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Letters and numbers."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return column_name(section) if orientation is Qt.Orientation.Horizontal else section + 1

    def roleNames(self) -> dict[int, QByteArray]:
        """Raw roles by name."""
        return {self.VALUE: QByteArray(b"value"), self.MARKED: QByteArray(b"marked")}

    def _is_marked(self, index: Index) -> bool:
        if self._marked is None:
            return False
        top, left, bottom, right = self._marked
        return top <= index.row() <= bottom and left <= index.column() <= right


class SheetView(QTableView):
    """The table of one sheet."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.sheet = SheetModel(theme)
        self.setModel(self.sheet)
        self.setProperty("look", "bare")
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setShowGrid(True)
        self.setGridStyle(Qt.PenStyle.SolidLine)
        self.setStyleSheet(f"QTableView {{ gridline-color: {theme.colors.line}; }}")
        theme.changed.connect(
            lambda: self.setStyleSheet(f"QTableView {{ gridline-color: {theme.colors.line}; }}")
        )
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(Size.ROW)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTabKeyNavigation(False)

    def show_sheet(self, rows: list[list[str]], cell_range: str | None) -> None:
        """Show a sheet with cells marked and in view."""
        marked = cells_of(cell_range)
        self.clearSpans()
        self.sheet.show(rows, marked)
        self._fit(rows)
        self._spread_titles(rows)
        if marked is not None and rows:
            row = min(marked[0], len(rows) - 1)
            self.scrollTo(self.sheet.index(row, marked[1]), QTableView.ScrollHint.PositionAtCenter)

    def _spread_titles(self, rows: list[list[str]]) -> None:
        columns = self.sheet.columnCount()
        for number, row in enumerate(rows[:SAMPLE_ROWS]):
            place = next((column for column, text in enumerate(row) if text), columns)
            if sum(map(bool, row)) == 1 and columns - place > 1:
                self.setSpan(number, place, 1, columns - place)

    def _fit(self, rows: list[list[str]]) -> None:
        """Columns as wide as their texts, from a sample: measuring all cells would take seconds. A
        title alone in its row reaches over the empty cells beside it, as in a spreadsheet."""
        metrics = self.fontMetrics()
        titles = [row for row in rows[:SAMPLE_ROWS] if sum(map(bool, row)) <= 1]
        wide = [row for row in rows[:SAMPLE_ROWS] if row not in titles] or titles
        for column in range(self.sheet.columnCount()):
            sample = (row[column] for row in wide if column < len(row))
            widest = max((metrics.horizontalAdvance(text[:60]) for text in sample), default=0)
            self.setColumnWidth(column, min(max(widest + 20, NARROWEST), WIDEST))
