# SPDX-License-Identifier: MIT
"""The one box: questions, designations, clauses; completions while typing; the hits by arrow keys."""

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from bldr_desktop.protocol.rag import Suggestion
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size

POPUP_ROWS = 8


class QueryBox(QLineEdit):
    """Emits what the person did; knows nothing of searches.

    ``moved(step)``: an arrow key for the hits below. ``copy_asked``: Ctrl+C with nothing selected.
    ``entered``: Enter. ``typed``: the text changed by hand. ``suggestion_chosen``: a completion.
    """

    typed = Signal(str)
    entered = Signal(str)
    moved = Signal(int)
    copy_asked = Signal()
    suggestion_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rag.query")
        self.setProperty("look", "large")
        self._theme = theme
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self.setMaxLength(4000)
        self.setFixedHeight(Size.CONTROL + 6)
        self._completions = QStringListModel(self)
        self._completer = QCompleter(self._completions, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(POPUP_ROWS)
        popup = QListView()
        popup.setObjectName("rag.suggestions")
        popup.setUniformItemSizes(True)
        self._completer.setPopup(popup)
        self._completer.activated.connect(self.suggestion_chosen)
        self._completer.setWidget(self)
        self.textEdited.connect(self._on_edited)
        theme.changed.connect(self._paint)
        self._paint()

    @property
    def popup(self) -> QListView:
        """The list of completions."""
        popup = self._completer.popup()
        assert isinstance(popup, QListView)
        return popup

    def offer(self, suggestions: list[Suggestion]) -> None:
        """Show completions, or hide the list when there are none or the focus has gone."""
        self._completions.setStringList([item.text for item in suggestions])
        if suggestions and self.hasFocus():
            self._completer.complete()
            self.popup.setCurrentIndex(QModelIndex())
        else:
            self.popup.hide()

    def offered(self) -> list[str]:
        """The completions in the list."""
        return self._completions.stringList()

    def close_popup(self) -> None:
        """Hide the completions."""
        self.popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the completions while they are shown, else to the hits."""
        key = event.key()
        if self.popup.isVisible() and key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self._step_popup(key)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.moved.emit(5 if key == Qt.Key.Key_PageDown else -5)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.matches(QKeySequence.StandardKey.Copy) and not self.hasSelectedText():
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)

    def _step_popup(self, key: int) -> None:
        if key == Qt.Key.Key_Escape:
            self.close_popup()
            return
        count = self._completions.rowCount()
        row = self.popup.currentIndex().row() + (1 if key == Qt.Key.Key_Down else -1)
        self.popup.setCurrentIndex(self._completions.index(row % count) if row >= 0 else QModelIndex())

    def _enter(self) -> None:
        chosen = self.popup.currentIndex()
        visible = self.popup.isVisible()
        self.close_popup()
        if visible and chosen.isValid():
            self.suggestion_chosen.emit(str(chosen.data()))
        else:
            self.entered.emit(self.text())

    def _on_edited(self, text: str) -> None:
        self.typed.emit(text)

    def _paint(self) -> None:
        self._sign.setIcon(self._theme.icon("search"))
