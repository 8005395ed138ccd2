# SPDX-License-Identifier: MIT
"""The transfer table with its tool row, its filter and its foot line."""

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from bldr_desktop.services.transfer_state import Totals, TransferState
from bldr_desktop.ui.models import transfers_model as m
from bldr_desktop.ui.models.transfers_model import TransfersModel
from bldr_desktop.ui.panels.file_manager import words
from bldr_desktop.ui.panels.file_manager.delegates import NameDelegate, StepsDelegate, TextDelegate
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.sizes import size
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import button, label, name_tool, tool_button
from bldr_desktop.ui.widgets.chips import Chips
from bldr_desktop.ui.widgets.delegates import StateDelegate, dress_table

GROUPS: dict[str, frozenset[TransferState]] = {
    "all": frozenset(),
    "moving": frozenset(
        {
            TransferState.CHECKING,
            TransferState.WAITING,
            TransferState.SENDING,
            TransferState.PAUSED,
            TransferState.UPLOADED,
            TransferState.TRAINING,
        }
    ),
    "failed": frozenset({TransferState.FAILED, TransferState.EMPTY, TransferState.CANCELLED}),
    "done": frozenset({TransferState.TRAINED}),
}

_NARROW = 980
_SEARCH = 120


class TransfersTable(QTableView):
    """The table itself; a row dragged out of the window asks for its document."""

    drag_wanted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("files.table")
        self._pressed: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's hook."""
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's hook: far enough with the button down is a drag, not a selection by rubber band."""
        start = self._pressed
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        away = (event.position().toPoint() - start).manhattanLength()
        if away < QApplication.startDragDistance():
            return
        self._pressed = None
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        if rows:
            self.drag_wanted.emit(rows)

    def drag_out(self, paths: list[str]) -> None:
        """Begin to drag files of this machine."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path) for path in paths])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


class TableView(QWidget):
    """Tool row, table, foot line; tells what the person did, shows what it is told."""

    filter_changed = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = TransfersTable()
        self.chips = Chips(theme, "files.filter", single=True)
        self.search = QLineEdit()
        self.search.setObjectName("files.search")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(_SEARCH)
        self.pause = button(theme, "files.pause", look="quiet", icon="pause")
        self.resume = button(theme, "files.resume", look="quiet", icon="play")
        self.cancel = button(theme, "files.cancel", look="quiet", icon="cancel")
        self.retry_failed = button(theme, "files.retryFailed", look="quiet", icon="retry")
        self.clear_done = button(theme, "files.clearDone", look="quiet", icon="check")
        self.train = button(theme, "files.train", look="primary", icon="train")
        self.options = tool_button(theme, "files.options", "settings")
        self.summary = label()
        self.summary.setObjectName("files.summary")
        self.rest = label(look="muted")
        self.rest.setObjectName("files.timeLeft")
        self.bar = QProgressBar()
        self.bar.setObjectName("files.progress")
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self._selected = 0
        self._narrow = False
        self._lay_out(theme)
        self.chips.chosen.connect(self._on_filter)
        self.search.textChanged.connect(self._on_filter)
        self.retranslate()
        self.show_totals(Totals(), ready=0)

    def _lay_out(self, theme: Theme) -> None:
        table = self.table
        dress_table(table)
        table.setSortingEnabled(True)
        table.horizontalHeader().setSortIndicatorClearable(True)
        table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.setItemDelegateForColumn(m.COLUMN_NAME, NameDelegate(theme, table))
        table.setItemDelegateForColumn(m.COLUMN_STATE, StateDelegate(theme, m.TONE, table))
        table.setItemDelegateForColumn(m.COLUMN_PROGRESS, StepsDelegate(theme, table))
        table.setItemDelegateForColumn(m.COLUMN_SIZE, TextDelegate(theme, table))
        table.setItemDelegateForColumn(m.COLUMN_DETAILS, TextDelegate(theme, table, m.TONE))
        tools = QHBoxLayout()
        tools.setSpacing(Space.XS)
        tools.addWidget(self.chips)
        tools.addWidget(self.search)
        tools.addStretch(1)
        for made in (self.pause, self.resume, self.cancel, self.retry_failed, self.clear_done, self.options):
            tools.addWidget(made)
        tools.addSpacing(Space.S)
        tools.addWidget(self.train)
        foot = QHBoxLayout()
        foot.setSpacing(Space.M)
        foot.addWidget(self.summary)
        foot.addWidget(self.bar, 1)
        foot.addWidget(self.rest)
        self.bar.setMaximumWidth(320)
        foot.addStretch(1)
        foot.setContentsMargins(Space.XS, 0, Space.XS, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(tools)
        column.addWidget(table, 1)
        column.addLayout(foot)
        self.setMinimumHeight(Size.ROW * 8)

    def set_model(self, model: TransfersModel) -> None:
        """Show this model."""
        self.table.setModel(model)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(m.COLUMN_NAME, QHeaderView.ResizeMode.Stretch)
        widths = (300, 128, 150, 88, 250)
        for column, width in enumerate(widths):
            self.table.setColumnWidth(column, width)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())

    def selected_ids(self) -> list[int]:
        """Ids of the selected rows, from top to bottom."""
        rows = sorted(self.table.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(m.ID) for index in rows]

    def show_totals(self, totals: Totals, *, ready: int) -> None:
        """Numbers of the whole table; ``ready`` rows can be trained."""
        state = TransferState
        sending = totals.of(state.CHECKING, state.WAITING, state.SENDING)
        for made, possible in (
            (self.pause, sending > 0),
            (self.resume, totals.of(state.PAUSED) > 0),
            (self.cancel, sending + totals.of(state.PAUSED) > 0),
            (self.retry_failed, totals.of(state.FAILED) > 0),
            (self.clear_done, totals.of(state.TRAINED, state.CANCELLED) > 0),
        ):
            made.setEnabled(possible)
            made.setVisible(possible)
        self.train.setEnabled(ready > 0)
        self.train.setText(tr("files", "Train %n file(s)", ready) if ready else tr("files", "Train"))
        self.train.setAccessibleName(self.train.text())
        self.bar.setVisible(totals.sent < totals.to_send and sending + totals.of(state.PAUSED) > 0)
        if totals.to_send:
            self.bar.setValue(int(1000 * totals.sent / totals.to_send))
        self.summary.setText(self._summary(totals))
        self.rest.setText(" · ".join(filter(None, self._rest(totals))))
        self._name_chips(totals)

    def _summary(self, totals: Totals) -> str:
        state = TransferState
        parts = [tr("files", "%n file(s)", totals.count)]
        if totals.sent < totals.to_send:
            sent, all_of = size(totals.sent), size(totals.to_send)
            parts.append(tr("files", "{sent} of {all}", sent=sent, all=all_of))
        else:
            parts.append(size(totals.to_send))
        if trained := totals.of(state.TRAINED):
            parts.append(tr("files", "%n searchable", trained))
        if failed := totals.of(state.FAILED):
            parts.append(tr("files", "%n failed", failed))
        if empty := totals.of(state.EMPTY):
            parts.append(tr("files", "%n without text", empty))
        return " · ".join(parts)

    def _rest(self, totals: Totals) -> list[str]:
        if not totals.speed:
            return []
        return [words.speed(totals.speed), words.time_left(totals.time_left)]

    def _name_chips(self, totals: Totals) -> None:
        def named(text: str, count: int) -> str:
            return f"{text}  {words.number(count)}"

        self.chips.offer(
            {
                "all": named(tr("files", "All"), totals.count),
                "moving": named(tr("files", "Under way"), totals.of(*GROUPS["moving"])),
                "failed": named(tr("files", "Problems"), totals.of(*GROUPS["failed"])),
                "done": named(tr("files", "Searchable"), totals.of(*GROUPS["done"])),
            }
        )

    def choose_filter(self, group: str) -> None:
        """Show one group of states, as if its chip was clicked."""
        self.chips.choose([group])
        self._on_filter()

    def _on_filter(self, _value: object = None) -> None:
        self.filter_changed.emit((self.chips.keys() or ["all"])[0], self.search.text())

    def _on_selection(self) -> None:
        count = len(self.table.selectionModel().selectedRows())
        if count != self._selected:
            self._selected = count
            self._say_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook: where there is little room, buttons show their icons only."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.retranslate()

    def _label(self, made: QPushButton, text: str, tip: str = "") -> None:
        made.setText("" if self._narrow else text)
        made.setAccessibleName(text)
        made.setToolTip(tip or text)

    def _say_buttons(self) -> None:
        some = self._selected > 1
        n = self._selected
        pairs = (
            (self.pause, tr("files", "Pause %n", n) if some else tr("files", "Pause")),
            (self.resume, tr("files", "Resume %n", n) if some else tr("files", "Resume")),
            (self.cancel, tr("files", "Cancel %n", n) if some else tr("files", "Cancel")),
        )
        for made, text in pairs:
            self._label(made, text)

    def retranslate(self) -> None:
        """All words."""
        self._say_buttons()
        for made, text, tip in (
            (
                self.retry_failed,
                tr("files", "Retry failed"),
                tr("files", "Try all failed files again, and only them"),
            ),
            (
                self.clear_done,
                tr("files", "Clear done"),
                tr("files", "Take finished rows out of this list; documents stay"),
            ),
        ):
            self._label(made, text, tip)
        self.train.setToolTip(tr("files", "Make uploaded files searchable"))
        name_tool(self.options, tr("files", "Parallel uploads and speed limit"))
        self.search.setPlaceholderText(tr("files", "Filter by name"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.table.setAccessibleName(tr("files", "Transfers"))
        self.bar.setAccessibleName(tr("files", "Upload progress"))
        self.chips.setAccessibleName(tr("files", "Filter by state"))
