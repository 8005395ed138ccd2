# SPDX-License-Identifier: MIT
"""The documents table for Qt: rows come from a sparse cache, ``data`` only looks things up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QDate,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from bldr_desktop.protocol.documents import Document
from bldr_desktop.services.document_table import DocumentTable
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.sizes import size
from bldr_desktop.ui.widgets import words

Index = QModelIndex | QPersistentModelIndex
DOCUMENT_ROLE = Qt.ItemDataRole.UserRole + 1
TONE_ROLE = Qt.ItemDataRole.UserRole + 2
FIRST_FIELD_ROLE = Qt.ItemDataRole.UserRole + 10
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SIDE = int(Qt.ItemDataRole.TextAlignmentRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_FOR_STYLES = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.FontRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.BackgroundRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.CheckStateRole,
        Qt.ItemDataRole.SizeHintRole,
    )
)
"""Asked for with every cell that is painted, and never given: five calls of seven."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the wire's field it shows, sorts by and gives under its name as a raw role."""

    field: str
    width: int
    text: Callable[[Document], str]
    right: bool = False
    shown: bool = True
    sortable: bool = True


def date_text(text: str | None, *, clock: bool = False) -> str:
    """An RFC 3339 instant or a plain date in the language's short form; with hours when ``clock``."""
    if not text:
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    local = moment.astimezone() if moment.tzinfo else moment
    said = QLocale().toString(QDate(local.year, local.month, local.day), QLocale.FormatType.ShortFormat)
    return f"{said} {local:%H:%M}" if clock and "T" in text else said


def _name(document: Document) -> str:
    if document.designation and document.title:
        return f"{document.designation}  {document.title}"
    return document.designation or document.title or document.name


COLUMNS = (
    Column("designation", 320, _name),
    Column("state", 124, lambda document: words.state(document.state)),
    Column("edition_status", 120, lambda document: words.edition(document.edition_status)),
    Column("category", 120, lambda document: document.category or ""),
    Column("kind", 92, lambda document: words.kind(document.kind) if document.kind else ""),
    Column("chunks", 100, lambda document: words.number(document.chunks), right=True),
    Column("pages", 88, lambda document: words.number(document.pages), right=True),
    Column("size", 88, lambda document: size(document.size), right=True),
    Column("issue_date", 96, lambda document: date_text(document.issue_date), right=True),
    Column("added_at", 96, lambda document: date_text(document.added_at), right=True),
    Column("times_found", 80, lambda document: words.number(document.times_found), right=True),
    Column("name", 150, lambda document: document.name),
    Column("owner", 96, lambda document: document.owner or ""),
    Column("language", 72, lambda document: document.language or "", shown=False),
    Column("trained_at", 96, lambda document: date_text(document.trained_at), right=True, shown=False),
)


def heading(field: str) -> str:
    """A column's name."""
    return {
        "designation": tr("rag", "Document"),
        "name": tr("rag", "File"),
        "state": tr("rag", "State"),
        "edition_status": tr("rag", "Edition"),
        "category": tr("rag", "Category"),
        "kind": tr("rag", "Type"),
        "chunks": tr("rag", "Chunks"),
        "pages": tr("rag", "Pages"),
        "size": tr("rag", "Size"),
        "issue_date": tr("rag", "Issued"),
        "added_at": tr("rag", "Added"),
        "times_found": tr("rag", "Found"),
        "owner": tr("rag", "Owner"),
        "language": tr("rag", "Language"),
        "trained_at": tr("rag", "Trained"),
    }[field]


class DocumentsModel(QAbstractTableModel):
    """Translates :class:`DocumentTable`; owns no data."""

    def __init__(self, table: DocumentTable) -> None:
        super().__init__()
        self._table = table
        self._rows = 0
        self._off = [table.resized.connect(self._on_resized), table.loaded.connect(self._on_loaded)]

    def detach(self) -> None:
        """Listen no more."""
        for off in self._off:
            off()

    def document(self, row: int) -> Document | None:
        """The document of a row, None while it is not fetched."""
        return self._table.row(row)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """All rows, fetched or not."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, sides, tones; raw values by role."""
        if role in _FOR_STYLES or not index.isValid():
            return None
        column = COLUMNS[index.column()]
        if role == _SIDE:
            return _RIGHT if column.right else _LEFT
        document = self._table.row(index.row())
        if document is None:
            return "…" if role == _DISPLAY and index.column() == 0 else None
        if role == _DISPLAY:
            return column.text(document)
        return self._other(document, column, role)

    def _other(self, document: Document, column: Column, role: int) -> Any:
        if role == DOCUMENT_ROLE:
            return document
        if role == TONE_ROLE:
            if column.field == "edition_status":
                return words.EDITION_TONE.get(str(document.edition_status), "neutral")
            return words.STATE_TONE.get(document.state, "neutral")
        if role == Qt.ItemDataRole.ToolTipRole:
            reason = document.reason if column.field == "state" else None
            return reason or column.text(document)
        place = role - FIRST_FIELD_ROLE
        return getattr(document, COLUMNS[place].field) if 0 <= place < len(COLUMNS) else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Column names."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return heading(COLUMNS[section].field)
        if role == _SIDE:
            return _RIGHT if COLUMNS[section].right else _LEFT
        return None

    def roleNames(self) -> dict[int, QByteArray]:
        """Raw roles by the wire's names."""
        names = {int(DOCUMENT_ROLE): QByteArray(b"document"), int(TONE_ROLE): QByteArray(b"tone")}
        for place, column in enumerate(COLUMNS):
            names[FIRST_FIELD_ROLE + place] = QByteArray(column.field.encode())
        return names

    def _on_resized(self, total: int) -> None:
        if total == self._rows:
            if total:
                self.dataChanged.emit(self.index(0, 0), self.index(total - 1, len(COLUMNS) - 1))
        elif total > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, total - 1)
            self._rows = total
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), total, self._rows - 1)
            self._rows = total
            self.endRemoveRows()

    def _on_loaded(self, rows: tuple[int, int]) -> None:
        first, last = rows[0], min(rows[1], self._rows - 1)
        if first <= last:
            self.dataChanged.emit(
                self.index(first, 0),
                self.index(last, len(COLUMNS) - 1),
                [Qt.ItemDataRole.DisplayRole, TONE_ROLE, DOCUMENT_ROLE],
            )
