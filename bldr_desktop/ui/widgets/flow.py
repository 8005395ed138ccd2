# SPDX-License-Identifier: MIT
"""A row that goes on in the next line where there is no room: for chips, whose words must not be cut."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bldr_desktop.ui.theme.tokens import Space


class FlowRow(QWidget):
    """Each widget has the size it asks for; its natural size is one line of all.

    It places its children itself: of a ``QLayout`` Qt deletes the items that Python keeps too.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing: int = Space.XS) -> None:
        super().__init__(parent)
        self._spacing = spacing
        self._parts: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget, place: int | None = None) -> None:
        """Put a widget at the end, or before the one that is at ``place`` now."""
        self._parts.insert(len(self._parts) if place is None else place, widget)
        widget.setParent(self)
        widget.show()
        self.updateGeometry()

    def take(self, widget: QWidget) -> None:
        """Take a widget out, for good."""
        self._parts.remove(widget)
        widget.hide()
        widget.deleteLater()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Qt's hook."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's hook."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """Qt's hook: all in one line."""
        sizes = [part.sizeHint() for part in self._shown()]
        across = sum(size.width() for size in sizes) + self._spacing * max(len(sizes) - 1, 0)
        return QSize(across, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """Qt's hook: the widest one."""
        sizes = [part.sizeHint() for part in self._shown()]
        widths, heights = [size.width() for size in sizes], [size.height() for size in sizes]
        return QSize(max(widths, default=0), max(heights, default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's hook: what changed while it was not seen was not told."""
        super().showEvent(event)
        self._place(self.width(), move=True)
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """Qt's hook: a part wants another size, or came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place(self.width(), move=True)
            self.updateGeometry()
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _place(self, width: int, *, move: bool) -> int:
        """Lay the lines out; the height they take."""
        # Beside something taller the lines stand in the middle.
        top = max(self.height() - self._place(width, move=False), 0) // 2 if move else 0
        x, y, tallest = 0, top, 0
        for part in self._shown():
            size = part.sizeHint()
            if tallest and x + size.width() > width:
                x, y, tallest = 0, y + tallest + self._spacing, 0
            if move:
                part.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._spacing
            tallest = max(tallest, size.height())
        return y + tallest
