# SPDX-License-Identifier: MIT
"""Painted cells of the transfer table: the name with its folder, the steps of a file's life."""

from pathlib import PurePath

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from bldr_desktop.services.transfer_state import STAGES
from bldr_desktop.ui.models import transfers_model as m
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size
from bldr_desktop.ui.widgets.delegates import ProgressDelegate, paint_ground

Index = QModelIndex | QPersistentModelIndex
_ICONS = {
    ".pdf": "pdf",
    ".xlsx": "table",
    ".xls": "table",
    ".ods": "table",
    ".csv": "table",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
}
_DOT, _GAP = 10, 4
BADGE = Qt.ItemDataRole.UserRole + 1


class NameDelegate(QStyledItemDelegate):
    """Icon, name, and the folder in a quieter tone behind it."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font = theme.font()
        self._icons: dict[str, QPixmap] = {}
        theme.changed.connect(self._icons.clear)

    def _icon(self, name: str, ratio: float) -> QPixmap:
        """The file type's icon, painted once: an icon font is laid out again each time."""
        kind = _ICONS.get(PurePath(name).suffix.lower(), "file")
        if kind not in self._icons:
            self._icons[kind] = self._theme.icon(kind).pixmap(QSize(Size.ICON, Size.ICON), ratio)
        return self._icons[kind]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's hook."""
        paint_ground(painter, option, index)
        name, relative = index.data(m.NAME) or "", index.data(m.RELATIVE) or ""
        rect = option.rect.adjusted(8, 0, -8, 0)
        icon = self._icon(name, painter.device().devicePixelRatioF())
        painter.drawPixmap(rect.left(), rect.center().y() - 7, icon)
        rect.setLeft(rect.left() + Size.ICON + 8)
        painter.save()
        painter.setFont(self._font)
        painter.setPen(self._theme.color("text"))
        metrics = painter.fontMetrics()
        folder = relative[: -len(name)].rstrip("/") if relative.endswith(name) else ""
        folder_width = min(metrics.horizontalAdvance(folder), rect.width() // 3) if folder else 0
        room = rect.width() - (folder_width + 12 if folder else 0)
        said = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
        if folder:
            painter.setPen(self._theme.color("muted"))
            rect.setLeft(rect.left() + metrics.horizontalAdvance(said) + 12)
            path = metrics.elidedText(folder, Qt.TextElideMode.ElideLeft, rect.width())
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, path)
        painter.restore()


class FolderDelegate(QStyledItemDelegate):
    """A folder of the list: its name, and how it stands below."""

    def __init__(self, theme: Theme, parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's hook."""
        paint_ground(painter, option, index)
        painter.save()
        rect = option.rect.adjusted(12, 6, -12, -6)
        icon = self._theme.icon("folder", "accent")
        icon.paint(painter, QRect(rect.left(), rect.top() + 2, Size.ICON, Size.ICON))
        rect.setLeft(rect.left() + Size.ICON + 8)
        half = rect.height() // 2
        for text, font, color, top in (
            (index.data(), "strong", "text", rect.top()),
            (index.data(BADGE), "caption", "muted", rect.top() + half),
        ):
            painter.setFont(self._theme.font(font))
            painter.setPen(self._theme.color(color))
            said = painter.fontMetrics().elidedText(text or "", Qt.TextElideMode.ElideMiddle, rect.width())
            line = QRect(rect.left(), top, rect.width(), half)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt's hook."""
        return QSize(200, 52)


class TextDelegate(QStyledItemDelegate):
    """Plain text with the same margins as the headers; ``tone_role`` may give it a colour."""

    def __init__(self, theme: Theme, parent: QTableView, tone_role: int | None = None) -> None:
        super().__init__(parent)
        self._theme, self._tone_role = theme, tone_role
        self._font = theme.font("figures")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's hook."""
        paint_ground(painter, option, index)
        text = index.data()
        if not text:
            return
        right = index.data(Qt.ItemDataRole.TextAlignmentRole)
        tone = index.data(self._tone_role) if self._tone_role is not None else None
        painter.save()
        painter.setFont(self._font)
        painter.setPen(self._theme.color(tone if tone in {"error", "warn"} else "text"))
        rect = option.rect.adjusted(8, 0, -8, 0)
        said = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        side = right or (Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(rect, side, said)
        painter.restore()


class StepsDelegate(ProgressDelegate):
    """Six dots: hash, upload, text, chunks, index, searchable; a bar while bytes are on their way."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(theme, m.SHARE, parent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's hook."""
        if index.data(m.SHARE) is not None:
            super().paint(painter, option, index)
            return
        paint_ground(painter, option, index)
        state, stage = index.data(m.STATE), index.data(m.STAGE)
        if state is None:
            return
        at = STAGES.index(stage) if stage in STAGES else 0
        if state == "uploaded":
            at += 1
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        left = option.rect.left() + 8
        middle = option.rect.center().y() + 0.5
        for step in range(len(STAGES)):
            painter.setBrush(self._theme.color(_tone(state, step, at)))
            high = 8.0 if step == at and state not in {"trained", "uploaded"} else 5.0
            painter.drawRoundedRect(QRectF(left, middle - high / 2, _DOT, high), 2.5, 2.5)
            left += _DOT + _GAP
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt's hook."""
        return QSize(len(STAGES) * (_DOT + _GAP) + 16, Size.ROW)


def _tone(state: str, step: int, at: int) -> str:
    if state == "trained":
        return "ok"
    if step < at:
        return "ok"
    if step > at:
        return "line"
    tones = {"failed": "error", "empty": "warn", "paused": "warn", "uploaded": "line", "cancelled": "line"}
    return tones.get(state, "line" if state in {"waiting", "checking"} else "accent")
