# SPDX-License-Identifier: MIT
"""Widgets that speak another language at once. Imports nothing heavy: the first window needs it (G6)."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Translated(QWidget):
    """A widget that says its texts again when the language changes."""

    def retranslate(self) -> None:
        """Set all texts of this widget; children of this kind do their own."""

    def changeEvent(self, event: QEvent) -> None:
        """Qt's hook."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
