# SPDX-License-Identifier: MIT
"""A line to search with: magnifier, clear button, and a pause before it asks."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from bldr_desktop.ui.theme.theme import Theme

PAUSE_MS = 200


class SearchField(QLineEdit):
    """Tells ``searched(text)`` when the person paused or pressed Enter, once for each text."""

    searched = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._last = ""
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._pause.start)
        self.returnPressed.connect(self._tell)
        theme.changed.connect(self._paint)
        self._paint()

    def set_hint(self, text: str) -> None:
        """Placeholder and accessible name in one."""
        self.setPlaceholderText(text)
        self.setAccessibleName(text)

    def _paint(self) -> None:
        self._sign.setIcon(self._theme.icon("search"))

    def _tell(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.searched.emit(text)
