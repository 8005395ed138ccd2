# SPDX-License-Identifier: MIT
"""Hits of a search as a list model."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QPersistentModelIndex, Qt

from bldr_desktop.protocol.rag import QueryHit

Index = QModelIndex | QPersistentModelIndex


class HitRole(IntEnum):
    """Raw values of a hit."""

    HIT = Qt.ItemDataRole.UserRole + 1
    DOCUMENT_ID = Qt.ItemDataRole.UserRole + 2
    DOCUMENT_NAME = Qt.ItemDataRole.UserRole + 3
    DESIGNATION = Qt.ItemDataRole.UserRole + 4
    EDITION_STATUS = Qt.ItemDataRole.UserRole + 5
    PAGE = Qt.ItemDataRole.UserRole + 6
    CLAUSE = Qt.ItemDataRole.UserRole + 7
    SHEET = Qt.ItemDataRole.UserRole + 8
    CELL_RANGE = Qt.ItemDataRole.UserRole + 9
    SCORE = Qt.ItemDataRole.UserRole + 10
    TEXT = Qt.ItemDataRole.UserRole + 11
    HIGHLIGHTS = Qt.ItemDataRole.UserRole + 12


_NAMES = {
    HitRole.HIT: "hit",
    HitRole.DOCUMENT_ID: "document_id",
    HitRole.DOCUMENT_NAME: "document_name",
    HitRole.DESIGNATION: "designation",
    HitRole.EDITION_STATUS: "edition_status",
    HitRole.PAGE: "page",
    HitRole.CLAUSE: "clause",
    HitRole.SHEET: "sheet",
    HitRole.CELL_RANGE: "cell_range",
    HitRole.SCORE: "score",
    HitRole.TEXT: "text",
    HitRole.HIGHLIGHTS: "highlights",
}
_FIELDS = {
    HitRole.DOCUMENT_ID: "document_id",
    HitRole.DOCUMENT_NAME: "document_name",
    HitRole.DESIGNATION: "designation",
    HitRole.EDITION_STATUS: "edition_status",
    HitRole.PAGE: "page",
    HitRole.CLAUSE: "clause",
    HitRole.SHEET: "sheet",
    HitRole.CELL_RANGE: "cell_range",
    HitRole.SCORE: "score",
    HitRole.TEXT: "chunk",
    HitRole.HIGHLIGHTS: "highlights",
}


class HitModel(QAbstractListModel):
    """One row a hit, best first. An answer replaces all rows: a search is not edited."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: list[QueryHit] = []

    def show(self, hits: list[QueryHit]) -> None:
        """Show these."""
        self.beginResetModel()
        self._hits = list(hits)
        self.endResetModel()

    def hit(self, row: int) -> QueryHit | None:
        """The hit of a row, None outside."""
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Number of hits."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Values by role; text roles carry what a screen reader says."""
        hit = self.hit(index.row()) if index.isValid() else None
        if hit is None:
            return None
        if role == HitRole.HIT:
            return hit
        if role in _FIELDS:
            return getattr(hit, _FIELDS[HitRole(role)])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            place = hit.clause or (f"{hit.sheet}!{hit.cell_range}" if hit.cell_range else hit.page or "")
            return f"{hit.designation or hit.document_name} {place} {hit.chunk[:160]}"
        return None

    def roleNames(self) -> dict[int, QByteArray]:
        """Names of the raw roles."""
        return {int(role): QByteArray(name.encode()) for role, name in _NAMES.items()}
