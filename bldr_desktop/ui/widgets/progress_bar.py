# SPDX-License-Identifier: MIT
"""A progress bar with fractions: ``value()`` is whole percent, the bar shows what is between."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from bldr_desktop.ui.theme.theme import Theme


class FineProgressBar(QProgressBar):
    """Painted by itself. ``QProgressBar.setValue`` repaints at once, so it is called on a new percent only.

    The dynamic property ``progress`` has the fraction.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setRange(0, 100)
        self.setValue(0)
        self.setTextVisible(False)
        self._theme = theme
        self._progress = 0.0
        self._tone = "accent"
        theme.changed.connect(self.update)

    def set_progress(self, percent: float, tone: str = "accent") -> None:
        """Show 0..100 in a tone of the theme."""
        if percent == self._progress and tone == self._tone:
            return
        self._progress, self._tone = percent, tone
        self.setProperty("progress", percent)
        if int(percent) != self.value():
            self.setValue(int(percent))
        else:
            self.update()

    def sizeHint(self) -> QSize:
        """Eight pixels high."""
        return QSize(240, 8)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(40, 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's hook."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        rect = QRectF(self.rect())
        radius = rect.height() / 2
        painter.setBrush(self._theme.color("raised"))
        painter.drawRoundedRect(rect, radius, radius)
        share = min(max(self._progress, 0.0), 100.0) / 100.0
        if share > 0:
            painter.setBrush(self._theme.color(self._tone))
            width = max(rect.width() * share, rect.height())
            painter.drawRoundedRect(QRectF(0, 0, width, rect.height()), radius, radius)
        painter.end()
