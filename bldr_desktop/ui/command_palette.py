# SPDX-License-Identifier: MIT
"""Ctrl+K: find an action or a panel by a few letters of its name, Enter does it."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.tokens import Size, Space

_WIDTH = 520
_ROWS = 10


def fits(typed: str, text: str) -> bool:
    """Whether every typed word is in the text, letters in any case."""
    folded = text.casefold()
    return all(word in folded for word in typed.casefold().split())


class CommandPalette(QFrame):
    """A small window over the main one; tells ``chosen(action)``."""

    chosen = Signal(QAction)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setProperty("look", "card")
        self._over = over
        self._actions: list[QAction] = []
        self.field = QLineEdit()
        self.field.setObjectName("palette.field")
        self.list = QListWidget()
        self.list.setObjectName("palette.list")
        self.list.setProperty("look", "rows")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.field.textChanged.connect(self._show)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._do())

    def open(self, actions: list[QAction]) -> None:
        """Show it with these actions."""
        hint = tr("shell", "Find an action or a panel by its name")
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.list.setAccessibleName(tr("shell", "Actions"))
        self._actions = [action for action in actions if action.isEnabled()]
        self.field.clear()
        self._show("")
        self.setFixedSize(_WIDTH, Size.CONTROL + _ROWS * (Size.ROW + 4) + 3 * Space.S)
        corner = self._over.mapToGlobal(QPoint((self._over.width() - _WIDTH) // 2, 96))
        self.move(corner)
        self.show()
        self.field.setFocus()

    def _show(self, typed: str) -> None:
        self.list.clear()
        for action in self._actions:
            text = action.text().replace("&", "")
            if fits(typed, f"{text} {action.statusTip()}"):
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                entry = QListWidgetItem(f"{text}    {keys}".rstrip())
                entry.setData(Qt.ItemDataRole.UserRole, self._actions.index(action))
                entry.setToolTip(action.statusTip())
                self.list.addItem(entry)
        self.list.setCurrentRow(0)

    def _do(self) -> None:
        entry = self.list.currentItem()
        if entry is not None:
            self.close()
            self.chosen.emit(self._actions[entry.data(Qt.ItemDataRole.UserRole)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: arrows move in the list while the field has the keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._do()
                return True
        return super().eventFilter(watched, event)
