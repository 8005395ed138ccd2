# SPDX-License-Identifier: MIT
"""Cells that are painted, never widgets: progress, state pill, and what rows have in common."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size
from bldr_desktop.ui.widgets.pill import paint_pill, pill_width

Index = QModelIndex | QPersistentModelIndex


class ProgressDelegate(QStyledItemDelegate):
    """A thin bar with its percentage; ``role`` gives 0..100, None paints nothing, below 0 is *unknown*."""

    def __init__(self, theme: Theme, role: int, parent: QTableView | None = None) -> None:
        super().__init__(parent)
        self._theme, self._role = theme, role
        self._font = theme.font("figures")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's hook."""
        paint_ground(painter, option, index)
        value = index.data(self._role)
        if value is None:
            return
        painter.save()
        rect = QRectF(option.rect).adjusted(8, 0, -8, 0)
        bar = QRectF(rect.left(), rect.center().y() - 2.5, max(rect.width() - 48, 12), 5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("raised"))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        share = min(max(float(value), 0.0), 100.0) / 100.0
        painter.setBrush(self._theme.color("ok" if share >= 1.0 else "accent"))
        if share > 0:
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(bar.width() * share, 5), 5), 2.5, 2.5)
        painter.setFont(self._font)
        painter.setPen(self._theme.color("muted"))
        text = "…" if float(value) < 0 else f"{share * 100:.0f} %"
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt's hook."""
        return QSize(140, Size.ROW)


class StateDelegate(QStyledItemDelegate):
    """A state as a pill: its word from ``DisplayRole``, its tone (see ``pill.TONES``) from ``role``."""

    def __init__(self, theme: Theme, role: int, parent: QTableView | None = None) -> None:
        super().__init__(parent)
        self._theme, self._role = theme, role
        self._font = theme.font("caption")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's hook."""
        paint_ground(painter, option, index)
        text = index.data()
        if not text:
            return
        painter.save()
        painter.setFont(self._font)
        rect = QRectF(option.rect)
        width = min(pill_width(painter.fontMetrics().horizontalAdvance(text)), rect.width() - 12)
        box = QRectF(rect.left() + 6, rect.center().y() - 10, width, 20)
        paint_pill(painter, self._theme, box, text, index.data(self._role) or "neutral")
        painter.restore()


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    """The row's own ground: zebra, hover and selection as the style has them."""
    widget = option.widget
    style = widget.style() if widget else None
    if style is not None:
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)


def dress_table(view: QTableView, *, stretch: int | None = None) -> None:
    """The look and the habits of every table: 28 px rows, no grid, subtle zebra, whole rows.

    Args:
        view: The table.
        stretch: The column that takes the room that is left.
    """
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setWordWrap(False)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
    view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.setTabKeyNavigation(False)
    rows = view.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(Size.ROW)
    rows.setMinimumSectionSize(Size.ROW)
    head = view.horizontalHeader()
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setFixedHeight(Size.CONTROL)
    if stretch is not None:
        head.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
