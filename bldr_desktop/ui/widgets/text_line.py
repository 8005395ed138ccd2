# SPDX-License-Identifier: MIT
"""A line of text whose change costs a repaint, never a new layout: for what changes all the time."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bldr_desktop.ui.theme.theme import Theme


class TextLine(QWidget):
    """One line, cut with an ellipsis where it does not fit; the tooltip has it whole.

    Args:
        theme: The theme in force.
        name: ``objectName``; empty for none.
        font: A kind of ``Theme.font``.
        tone: A colour of the theme.
        elide: Where to cut; file names are cut in the middle.
        align: ``left`` or ``right``.
        width: Fixed width in px; 0 takes what the layout gives.
    """

    def __init__(
        self,
        theme: Theme,
        name: str = "",
        *,
        font: str = "body",
        tone: str = "text",
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        align: str = "left",
        width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme, self._kind, self._tone, self._elide = theme, font, tone, elide
        side = Qt.AlignmentFlag.AlignRight if align == "right" else Qt.AlignmentFlag.AlignLeft
        self._align = side | Qt.AlignmentFlag.AlignVCenter
        self._text = ""
        across = QSizePolicy.Policy.Fixed if width else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        if width:
            self.setFixedWidth(width)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def text(self) -> str:
        """What it says, whole."""
        return self._text

    def set_text(self, text: str, tone: str | None = None) -> None:
        """Say something else, in another tone if given."""
        if text == self._text and (tone is None or tone == self._tone):
            return
        self._text, self._tone = text, tone or self._tone
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        """One line high; as wide as the text wants."""
        return QSize(self._metrics.horizontalAdvance(self._text) + 2, self._metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """One line high."""
        return QSize(24, self._metrics.height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's hook."""
        if not self._text:
            return
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(self._theme.color(self._tone))
        said = self._metrics.elidedText(self._text, self._elide, self.width())
        painter.drawText(self.rect(), self._align, said)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's hook."""
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._on_theme_changed()
        super().changeEvent(event)

    def _on_theme_changed(self) -> None:
        self._font = self._theme.font(self._kind)
        self._metrics = QFontMetrics(self._font)
        self.updateGeometry()
        self.update()
