# SPDX-License-Identifier: MIT
"""A wrapped label that is exactly as high as its text: in a scrolled column Qt's own asks for more."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class WrapLabel(QLabel):
    """Plain text, never markup."""

    def __init__(self, look: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", look)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Say it; nothing to say hides the label."""
        if text != self.text():
            self.setText(text)
            self._fit()
        self.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(0)  # else heightForWidth gives no less than it
        height = self.heightForWidth(self.width())
        if height > 0:
            self.setFixedHeight(height)
