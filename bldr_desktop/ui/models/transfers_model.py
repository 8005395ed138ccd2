# SPDX-License-Identifier: MIT
"""The transfer table as Qt sees it: only translates, row by row; the service owns the rows."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt

from bldr_desktop.common.natural import natural_key
from bldr_desktop.services.transfer_state import STAGES, Changes, Transfer, TransferState
from bldr_desktop.ui.qt.i18n import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
USER = Qt.ItemDataRole.UserRole
ID, NAME, PATH, RELATIVE, STATE, STAGE, PROGRESS, SIZE, SENT, SPEED, PAGES, CHUNKS, FOUND, REASON, CODE = (
    range(USER + 1, USER + 16)
)
SHA256, DOCUMENT, JOB, TONE, SHARE = range(USER + 16, USER + 21)
ROLE_NAMES = {
    ID: "id",
    NAME: "name",
    PATH: "path",
    RELATIVE: "relative",
    STATE: "state",
    STAGE: "stage",
    PROGRESS: "progress",
    SIZE: "size",
    SENT: "sent",
    SPEED: "speed",
    PAGES: "pages",
    CHUNKS: "chunks",
    FOUND: "timesFound",
    REASON: "reason",
    CODE: "reasonCode",
    SHA256: "sha256",
    DOCUMENT: "documentId",
    JOB: "jobId",
    TONE: "tone",
    SHARE: "share",
}
COLUMN_NAME, COLUMN_STATE, COLUMN_PROGRESS, COLUMN_SIZE, COLUMN_DETAILS = range(5)
TONES = {
    TransferState.CHECKING: "neutral",
    TransferState.WAITING: "neutral",
    TransferState.SENDING: "accent",
    TransferState.PAUSED: "warn",
    TransferState.UPLOADED: "neutral",
    TransferState.TRAINING: "accent",
    TransferState.TRAINED: "ok",
    TransferState.EMPTY: "warn",
    TransferState.FAILED: "error",
    TransferState.CANCELLED: "neutral",
}
_MANY = 64
_COLUMNS = 5
_SORT_KEYS: Mapping[int, Callable[[Transfer], Any]] = {
    COLUMN_NAME: lambda row: natural_key(row.relative),
    COLUMN_STATE: lambda row: row.state.value,
    COLUMN_PROGRESS: lambda row: (STAGES.index(row.stage), row.progress),
    COLUMN_SIZE: lambda row: row.size,
    COLUMN_DETAILS: lambda row: (row.error or "", row.chunks),
}
Words = Callable[[Transfer], str]


class TransfersModel(QAbstractTableModel):
    """Rows of the transfer table, in the order they came or were last sorted; filtered by state.

    Args:
        rows: The service's rows; read only.
        state_word: A row's state for a person.
        details: What else is to be said of a row.
        parent: Qt parent.
    """

    def __init__(
        self,
        rows: Mapping[int, Transfer],
        state_word: Words,
        details: Words,
        size_word: Callable[[int], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._state_word, self._details, self._size_word = state_word, details, size_word
        self._states: frozenset[TransferState] = frozenset()
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self._text = ""
        self._order: list[int] = [i for i in rows if self._wanted(rows[i])]
        self._place: dict[int, int] = {row_id: at for at, row_id in enumerate(self._order)}

    # -- what Qt asks -----------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt's hook."""
        return 0 if parent.isValid() else _COLUMNS

    def roleNames(self) -> dict[int, QByteArray]:
        """Raw values under names."""
        return super().roleNames() | {role: QByteArray(name.encode()) for role, name in ROLE_NAMES.items()}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's hook: a lookup, nothing more."""
        if not index.isValid() or index.row() >= len(self._order):
            return None
        row = self._rows.get(self._order[index.row()])
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._display(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == COLUMN_SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        reader = _READERS.get(role)
        return reader(row) if reader else None

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
        return (
            tr("files", "Name"),
            tr("files", "State"),
            tr("files", "Progress"),
            tr("files", "Size"),
            tr("files", "Details"),
        )[section]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt's hook: sort once; rows keep their places while their values change."""
        self._sorted = (column, order)
        self._rearrange(self._in_order([row_id for row_id in self._order if row_id in self._rows]))

    def _in_order(self, ids: list[int]) -> list[int]:
        column, order = self._sorted
        key = _SORT_KEYS.get(column)
        reverse = order == Qt.SortOrder.DescendingOrder
        if key is None:
            return sorted(ids)
        return sorted(ids, key=lambda i: key(self._rows[i]), reverse=reverse)

    # -- what the controller says -----------------------------------------------------------------

    def apply(self, changes: Changes) -> None:
        """Follow the service: removed, then changed, then added rows."""
        self._remove(changes.removed)
        self._change(changes.changed)
        self._add(changes.added)

    def filter(self, states: frozenset[TransferState], text: str = "") -> None:
        """Show only rows in these states (empty: all) whose name has the text."""
        self._states, self._text = states, text.casefold()
        self.refilter()

    def refilter(self) -> None:
        """Take in and leave out rows by their present state."""
        here = set(self._order)
        wanted = {i for i, row in self._rows.items() if self._wanted(row)}
        if here == wanted:
            return
        self.beginResetModel()
        self._order = self._in_order(list(wanted))
        self._reindex()
        self.endResetModel()

    def retranslate(self) -> None:
        """All words are new."""
        if self._order:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._order) - 1, _COLUMNS - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)

    def id_at(self, row: int) -> int:
        """The id of a row of the table."""
        return self._order[row]

    # -- inside -----------------------------------------------------------------------------------

    def _wanted(self, row: Transfer) -> bool:
        if self._states and row.state not in self._states:
            return False
        return not self._text or self._text in row.relative.casefold()

    def _add(self, ids: list[int]) -> None:
        fresh = [i for i in ids if i in self._rows and i not in self._place and self._wanted(self._rows[i])]
        if not fresh:
            return
        first = len(self._order)
        self.beginInsertRows(_ROOT, first, first + len(fresh) - 1)
        self._order.extend(fresh)
        self._place.update({row_id: first + at for at, row_id in enumerate(fresh)})
        self.endInsertRows()

    def _change(self, ids: set[int]) -> None:
        places = sorted(place for i in ids if (place := self._place.get(i)) is not None)
        for first, last in runs(places):
            self.dataChanged.emit(self.index(first, 0), self.index(last, _COLUMNS - 1))

    def _remove(self, ids: list[int]) -> None:
        places = sorted((self._place[i] for i in ids if i in self._place), reverse=False)
        blocks = list(runs(places))
        if len(blocks) > _MANY:
            self.beginResetModel()
            gone = set(ids)
            self._order = [i for i in self._order if i not in gone]
            self._reindex()
            self.endResetModel()
            return
        for first, last in reversed(blocks):
            self.beginRemoveRows(_ROOT, first, last)
            del self._order[first : last + 1]
            self._reindex()
            self.endRemoveRows()

    def _rearrange(self, ids: list[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        owners = [self._order[index.row()] for index in before]
        self._order = ids
        self._reindex()
        after = [
            self.index(self._place[owner], index.column()) if owner in self._place else QModelIndex()
            for owner, index in zip(owners, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _reindex(self) -> None:
        self._place = {row_id: at for at, row_id in enumerate(self._order)}

    def _display(self, row: Transfer, column: int) -> str | None:
        if column == COLUMN_NAME:
            return row.name
        if column == COLUMN_STATE:
            return self._state_word(row)
        if column == COLUMN_SIZE:
            return self._size_word(row.size)
        return self._details(row) if column == COLUMN_DETAILS else None

    def _tip(self, row: Transfer, column: int) -> str:
        if column == COLUMN_NAME:
            return row.path
        return self._details(row) or self._state_word(row)


def _progress(row: Transfer) -> float | None:
    if row.state is TransferState.SENDING or (row.state is TransferState.PAUSED and row.sent):
        return row.progress
    return None


_READERS: Mapping[int, Callable[[Transfer], Any]] = {
    ID: lambda row: row.id,
    NAME: lambda row: row.name,
    PATH: lambda row: row.path,
    RELATIVE: lambda row: row.relative,
    STATE: lambda row: row.state.value,
    STAGE: lambda row: row.stage,
    PROGRESS: lambda row: row.progress,
    SIZE: lambda row: row.size,
    SENT: lambda row: row.sent,
    SPEED: lambda row: row.speed,
    PAGES: lambda row: row.pages,
    CHUNKS: lambda row: row.chunks,
    FOUND: lambda row: row.times_found,
    REASON: lambda row: row.error,
    CODE: lambda row: row.error_code,
    SHA256: lambda row: row.sha256,
    DOCUMENT: lambda row: row.document_id,
    JOB: lambda row: row.job_id,
    TONE: lambda row: TONES[row.state],
    SHARE: _progress,
}


def runs(places: list[int]) -> list[tuple[int, int]]:
    """Contiguous runs of sorted numbers as (first, last)."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place == found[-1][1] + 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
