# SPDX-License-Identifier: MIT
"""The list of kept conversations: search, open, rename, pin, delete."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from bldr_desktop.protocol.ai import Conversation
from bldr_desktop.services.ai_history import HistoryState
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.qt.times import short_time
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import label
from bldr_desktop.ui.widgets.search_field import SearchField

WIDTH = 250


class HistoryView(Translated):
    """Tells ``searched``, ``opened(id)``, ``did(what, id)`` with ``rename``, ``pin``, ``unpin``, ``delete``
    and ``renamed(id, title)``."""

    opened = Signal(str)
    did = Signal(str, str)
    renamed = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = HistoryState()
        self.search = SearchField(theme, "ai.historySearch")
        self.list = _Rows()
        self.list.setObjectName("ai.historyList")
        self.list.setProperty("look", "rows")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setEditTriggers(QListWidget.EditTrigger.NoEditTriggers)
        self.note = label(look="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for part in (self.search, self.note, self.list):
            column.addWidget(part)
        self.setFixedWidth(WIDTH)
        self.list.itemClicked.connect(self._on_open)
        self.list.itemActivated.connect(self._on_open)
        self.list.itemChanged.connect(self._on_edited)
        self.list.customContextMenuRequested.connect(self._on_menu)
        self.list.key_pressed.connect(self._on_key)
        self.retranslate()

    def show_state(self, state: HistoryState, current: str | None) -> None:
        """Show the list; ``current`` is the conversation in view."""
        self._state = state
        self.list.blockSignals(True)
        self.list.clear()
        for conversation in state.conversations:
            row = self._row(conversation)
            self.list.addItem(row)
            if conversation.id == current:
                self.list.setCurrentItem(row)
        self.list.blockSignals(False)
        self._say()

    def _say(self) -> None:
        state = self._state
        said = ""
        if not state.offered:
            said = tr("ai", "This server keeps no conversations.")
        elif state.error:
            said = state.error
        elif not state.conversations:
            said = (
                tr("ai", "Nothing found.") if state.search else tr("ai", "Your conversations are kept here.")
            )
        self.note.setText(said)
        self.note.setVisible(bool(said))

    def _row(self, conversation: Conversation) -> QListWidgetItem:
        row = QListWidgetItem(conversation.title)
        row.setData(Qt.ItemDataRole.UserRole, conversation.id)
        row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable)
        row.setToolTip(f"{conversation.title}\n{short_time(conversation.updated_at, self.locale())}")
        row.setSizeHint(QSize(0, Size.ROW))
        row.setIcon(self._theme.icon("pin" if conversation.pinned else "chat"))
        return row

    def _on_open(self, row: QListWidgetItem) -> None:
        self.opened.emit(str(row.data(Qt.ItemDataRole.UserRole)))

    def _on_edited(self, row: QListWidgetItem) -> None:
        conversation_id, title = str(row.data(Qt.ItemDataRole.UserRole)), row.text().strip()
        known = next((item for item in self._state.conversations if item.id == conversation_id), None)
        if known is not None and title != known.title:
            self.renamed.emit(conversation_id, title or known.title)

    def _on_key(self, key: int) -> None:
        row = self.list.currentItem()
        if not self.list.selectedItems():
            return
        if key == Qt.Key.Key_F2:
            self.list.editItem(row)
        elif key == Qt.Key.Key_Delete:
            self.did.emit("delete", str(row.data(Qt.ItemDataRole.UserRole)))

    def _on_menu(self, place: QPoint) -> None:
        row = self.list.itemAt(place)
        if row is None:
            return
        conversation_id = str(row.data(Qt.ItemDataRole.UserRole))
        known = next((item for item in self._state.conversations if item.id == conversation_id), None)
        pinned = known is not None and known.pinned
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(
            self._theme.icon("edit"), tr("ai", "Rename"), lambda: self.list.editItem(row)
        ).setShortcut(Qt.Key.Key_F2)
        what, said = ("unpin", tr("ai", "Unpin")) if pinned else ("pin", tr("ai", "Pin"))
        menu.addAction(self._theme.icon("pin"), said, lambda: self.did.emit(what, conversation_id))
        menu.addSeparator()
        menu.addAction(
            self._theme.icon("delete"), tr("ai", "Delete…"), lambda: self.did.emit("delete", conversation_id)
        ).setShortcut(Qt.Key.Key_Delete)
        menu.popup(self.list.viewport().mapToGlobal(place))

    def retranslate(self) -> None:
        """Texts."""
        self.setAccessibleName(tr("ai", "History"))
        self.search.set_hint(tr("ai", "Search in conversations"))
        self.list.setAccessibleName(tr("ai", "Conversations"))
        self._say()


class _Rows(QListWidget):
    """Tells F2 and Delete."""

    key_pressed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook."""
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Delete):
            self.key_pressed.emit(event.key())
            return
        super().keyPressEvent(event)
