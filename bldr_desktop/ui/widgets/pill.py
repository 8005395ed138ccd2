# SPDX-License-Identifier: MIT
"""A state as a small rounded word with a dot: colour never alone."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from bldr_desktop.ui.theme.theme import Theme

TONES = {"ok": "ok", "warn": "warn", "error": "error", "accent": "accent", "neutral": "muted"}


def paint_pill(
    painter: QPainter, theme: Theme, rect: QRectF, text: str, tone: str, *, dot: bool = True
) -> None:
    """Paint a pill into ``rect``, for delegates; ``tone`` is one of ``TONES``."""
    colors = theme.colors
    key = TONES.get(tone, "muted")
    ground = colors.raised if key == "muted" else getattr(colors, f"{key}_soft")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    left = rect.left() + 10
    if dot:
        painter.setBrush(theme.color(key))
        painter.drawEllipse(QRectF(left, rect.center().y() - 3, 6, 6))
        left += 12
    painter.setPen(theme.color(key))
    space = QRectF(left, rect.top(), rect.right() - left - 8, rect.height())
    said = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(space.width()))
    painter.drawText(space, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)


def pill_width(text_width: int, *, dot: bool = True) -> int:
    """Width in px of a pill around a text of this width."""
    return text_width + (30 if dot else 18) + 6


class Pill(QAbstractButton):
    """A pill that can be clicked for details; ``state`` is a dynamic property."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._tone = "neutral"
        self.setFont(theme.font("caption"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self.update)

    def show_state(self, state: str, text: str, tone: str, tip: str = "") -> None:
        """Show a state: its value, its word, its tone, and what a tooltip adds."""
        self.setProperty("state", state)
        self._tone = tone
        if text != self.text():
            self.setText(text)
            self.updateGeometry()
        self.setToolTip(tip or text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(tip)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the word."""
        return QSize(pill_width(self.fontMetrics().horizontalAdvance(self.text())), 22)

    def minimumSizeHint(self) -> QSize:
        """The same: a state is not cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's hook."""
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        paint_pill(painter, self._theme, rect, self.text(), self._tone)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.color("accent"))
            painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.end()
