# SPDX-License-Identifier: MIT
"""A curve of shares over time, 0 to 1, with every measured point shown and none invented."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.widgets import words

LEFT, RIGHT, TOP, BOTTOM = 36, 12, 10, 20
DOT = 3.0
REACH = 12.0


class ShareCurve(QWidget):
    """Points are evenly spaced: they are evaluations, not moments."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._points: list[tuple[str, float]] = []
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_points(self, points: list[tuple[str, float]], said: str) -> None:
        """Show (label, share) pairs, oldest first; ``said`` is what a screen reader says."""
        self._points = points
        self.setAccessibleName(said)
        self.setProperty("points", [share for _, share in points])
        self.update()

    def sizeHint(self) -> QSize:
        """Low and wide."""
        return QSize(320, 132)

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)

    def _place(self, number: int) -> QPointF:
        area = self._area()
        step = area.width() / max(len(self._points) - 1, 1)
        x = area.left() + step * number if len(self._points) > 1 else area.center().x()
        return QPointF(x, area.bottom() - area.height() * min(max(self._points[number][1], 0.0), 1.0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's hook."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_scale(painter)
        if self._points:
            self._paint_points(painter)
        painter.end()

    def _paint_scale(self, painter: QPainter) -> None:
        area = self._area()
        painter.setFont(self._theme.font("caption"))
        for share in (0.0, 0.5, 1.0):
            y = area.bottom() - area.height() * share
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(self._theme.color("muted"))
            label = QRectF(0, y - 8, LEFT - 8, 16)
            painter.drawText(
                label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words.decimal(share)
            )
        if self._points:
            below = QRectF(area.left(), area.bottom() + 3, area.width(), BOTTOM - 4)
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft, self._points[0][0])
            if len(self._points) > 1:
                painter.drawText(below, Qt.AlignmentFlag.AlignRight, self._points[-1][0])

    def _paint_points(self, painter: QPainter) -> None:
        path = QPainterPath(self._place(0))
        for number in range(1, len(self._points)):
            path.lineTo(self._place(number))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.drawPath(path)
        painter.setBrush(self._theme.color("surface"))
        for number in range(len(self._points)):
            painter.drawEllipse(self._place(number), DOT, DOT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the point that is near."""
        for number, (label, share) in enumerate(self._points):
            place = self._place(number)
            if abs(place.x() - event.position().x()) <= REACH:
                QToolTip.showText(
                    event.globalPosition().toPoint(), f"{label}: {words.decimal(share, 3)}", self
                )
                return
        QToolTip.hideText()
