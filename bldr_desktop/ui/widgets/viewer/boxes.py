# SPDX-License-Identifier: MIT
"""Boxes of a passage on a page: from points to pixels, and painted like a text marker."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from bldr_desktop.protocol.documents import PageBoxes

MARKER = QColor(255, 232, 140)
"""Multiplied onto the page: paper is white in both themes, so this is no colour of the theme."""


def on_page(area: QRectF, boxes: PageBoxes, number: int) -> QRectF:
    """A box, given in points from the page's top left, in the pixels of the page's place."""
    box = boxes.boxes[number]
    scale_x = area.width() / (boxes.page_width or 1)
    scale_y = area.height() / (boxes.page_height or 1)
    return QRectF(
        area.left() + box.x * scale_x, area.top() + box.y * scale_y, box.width * scale_x, box.height * scale_y
    )


def paint_marks(painter: QPainter, area: QRectF, marks: Iterable[PageBoxes]) -> None:
    """Mark all boxes of a page; what is printed stays readable."""
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(MARKER)
    for boxes in marks:
        for number in range(len(boxes.boxes)):
            painter.drawRoundedRect(on_page(area, boxes, number).adjusted(-2, -1, 2, 1), 2, 2)
    painter.restore()
