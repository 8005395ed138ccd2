# SPDX-License-Identifier: MIT
"""Helpers for lists of cards that are painted by a delegate: ground, lines of text, highlights."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size


def paint_card(
    painter: QPainter, theme: Theme, rect: QRectF, *, selected: bool = False, hover: bool = False
) -> None:
    """A card's ground and border."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = theme.color("accent_soft" if selected else "surface")
    painter.setBrush(ground)
    painter.setPen(theme.color("accent" if selected else "muted" if hover else "line"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), Size.RADIUS, Size.RADIUS)


def text_layout(
    text: str,
    font: QFont,
    width: float,
    *,
    lines: int,
    marks: Sequence[tuple[int, int]] = (),
    mark: QColor | None = None,
    mark_text: QColor | None = None,
) -> tuple[QTextLayout, float]:
    """Lay a text out in at most ``lines`` lines with [start, end) marks; gives it and its height in px.

    Keep the result by (text, width): laying out is the costly part of a card.
    """
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    formats = []
    for start, end in marks:
        span = QTextLayout.FormatRange()
        span.start, span.length = start, max(end - start, 0)
        look = QTextCharFormat()
        if mark is not None:
            look.setBackground(mark)
        if mark_text is not None:
            look.setForeground(mark_text)
        span.format = look
        formats.append(span)
    layout.setFormats(formats)
    layout.beginLayout()
    height = 0.0
    for _ in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(line.position().__class__(0.0, height))
        height += line.height()
    layout.endLayout()
    return layout, height


def draw_elided(painter: QPainter, rect: QRectF, text: str, *, right: bool = False) -> None:
    """One line, cut with an ellipsis where it does not fit."""
    said = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, said)
