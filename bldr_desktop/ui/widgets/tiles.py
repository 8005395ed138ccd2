# SPDX-License-Identifier: MIT
"""Numbers that lead somewhere: a tile with one number, a row with a bar and its count."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space

LABEL_SHARE = 0.38
COUNT_WIDTH = 64


class StatTile(QAbstractButton):
    """A big number over its name; a click shows the rows behind it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._value, self._caption = "–", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def show_value(self, value: str, caption: str, tip: str = "") -> None:
        """Show a number; "–" is for what is not known."""
        self._value, self._caption = value, caption
        self.setProperty("value", value)
        self.setAccessibleName(f"{caption}: {value}")
        self.setToolTip(tip or self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        big = QFontMetrics(self._theme.font("title"))
        return QSize(140, big.height() + self.fontMetrics().height() + Space.M * 2 + Space.XS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's hook."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(self._theme.color("accent" if active else "line"), 1))
        painter.setBrush(self._theme.color("surface"))
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, Size.RADIUS_L, Size.RADIUS_L)
        inner = card.adjusted(Space.L, Space.M, -Space.M, -Space.M)
        painter.setFont(self._theme.font("title"))
        painter.setPen(self._theme.color("text"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, self._value)
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.color("muted"))
        said = painter.fontMetrics().elidedText(
            self._caption, Qt.TextElideMode.ElideRight, int(inner.width())
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, said)
        painter.end()


class CountRow(QAbstractButton):
    """Name, bar, count; a click shows the rows behind it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._count, self._share, self._tone, self._said = 0, 0.0, "accent", "–"
        self.setFixedHeight(Size.ROW)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    @property
    def count(self) -> int:
        """What it says."""
        return self._count

    def show_count(self, caption: str, count: int, total: int, said: str, tone: str) -> None:
        """Show ``count`` of ``total``; ``tone`` is a colour of the theme."""
        self._count, self._share = count, count / total if total else 0.0
        self._tone, self._said = tone, said
        self.setText(caption)
        self.setProperty("value", count)
        self.setAccessibleName(f"{caption}: {said}")
        self.setToolTip(self.accessibleName())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's hook."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("raised"))
            painter.drawRoundedRect(area, Size.RADIUS, Size.RADIUS)
        inner = area.adjusted(Space.S, 0, -Space.S, 0)
        name = QRectF(inner.left(), inner.top(), inner.width() * LABEL_SHARE, inner.height())
        painter.setPen(self._theme.color("text" if self._count else "muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        painter.drawText(
            name, middle, metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, int(name.width()))
        )
        painter.setFont(self._theme.font("figures"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, self._said)
        left = name.right() + Space.S
        bar = QRectF(left, inner.center().y() - 3, inner.right() - COUNT_WIDTH - left, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("raised" if not self.underMouse() else "line"))
        painter.drawRoundedRect(bar, 3, 3)
        if self._share > 0:
            painter.setBrush(self._theme.color(self._tone))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(bar.width() * self._share, 6), 6), 3, 3)
        painter.end()
