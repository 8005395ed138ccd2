# SPDX-License-Identifier: MIT
"""Takes files and folders that are dropped; large when there is nothing else, a strip when there is."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import button, label

STRIP = 52


def local_paths(data: QMimeData) -> list[Path]:
    """Files and folders of this machine in what was dropped or copied."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile() and url.toLocalFile()]


class DropZone(QWidget):
    """Says what can be done, takes drops; dumb."""

    paths_dropped = Signal(list)
    files_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("files.dropZone")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = theme
        self._over = False
        self._strip = False
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = label(wrap=True)
        self._title.setFont(theme.font("heading"))
        self._text = label(look="muted", wrap=True)
        self.add_files = button(theme, "files.addFiles", icon="add")
        self.add_folder = button(theme, "files.addFolder", icon="add_folder")
        self.add_files.clicked.connect(self.files_wanted)
        self.add_folder.clicked.connect(self.folder_wanted)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(0)
        self._middle = QWidget()
        self._outer.addStretch(2)
        self._outer.addWidget(self._middle)
        self._outer.addStretch(3)
        self._arrange()
        theme.changed.connect(self._paint_icon)
        self.retranslate()

    @property
    def is_strip(self) -> bool:
        """True while it is small."""
        return self._strip

    def set_strip(self, strip: bool) -> None:
        """Large or small."""
        if strip != self._strip:
            self._strip = strip
            self._arrange()

    def retranslate(self) -> None:
        """Say it in the person's language."""
        self._title.setText(
            tr("files", "Drop files or folders here")
            if self._strip
            else tr("files", "Drop documents or folders here")
        )
        self._text.setText(
            tr(
                "files",
                "PDF, Word, Excel, HTML, text, scans and many more; folders with everything in them. "
                "You see what is new and what has changed before anything is sent.",
            )
        )
        for text in (
            self._title,
            self._text,
        ):  # a centred label is asked for its height at the layout's width
            text.setMinimumHeight(0 if self._strip else text.heightForWidth(Size.TEXT_COLUMN))
        self.add_files.setText(tr("files", "Add files…"))
        self.add_folder.setText(tr("files", "Add folder…"))
        for made in (self.add_files, self.add_folder):
            made.setAccessibleName(made.text())
        self.setAccessibleName(self._title.text())

    def _arrange(self) -> None:
        old = self._middle
        self._middle = QWidget()
        for made in (self._icon, self._title, self._text, self.add_files, self.add_folder):
            made.setParent(self._middle)
        if self._strip:
            self._as_strip()
        else:
            self._as_page()
        self._outer.replaceWidget(old, self._middle)
        old.deleteLater()
        self._text.setVisible(not self._strip)
        for made in (self._icon, self._title, self.add_files, self.add_folder):
            made.show()
        self._middle.show()
        self._paint_icon()
        self.retranslate()

    def _as_strip(self) -> None:
        row = QHBoxLayout(self._middle)
        row.setContentsMargins(Space.M, 0, Space.S, 0)
        row.setSpacing(Space.S)
        self._title.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self._title.setFont(self._theme.font())
        self._title.setMinimumWidth(0)
        self._title.setMaximumWidth(16_777_215)
        self._icon.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row.addWidget(self._icon)
        row.addWidget(self._title, 1)
        row.addWidget(self.add_files)
        row.addWidget(self.add_folder)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setStretch(0, 1)
        self._outer.setStretch(2, 1)
        self.setFixedHeight(STRIP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _as_page(self) -> None:
        column = QVBoxLayout(self._middle)
        column.setSpacing(Space.M)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._icon, 0, middle)
        self._title.setFont(self._theme.font("title"))
        for text in (self._title, self._text):
            text.setAlignment(middle)
            text.setFixedWidth(Size.TEXT_COLUMN)
            column.addWidget(text, 0, middle)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addStretch(1)
        row.addWidget(self.add_files)
        row.addWidget(self.add_folder)
        row.addStretch(1)
        column.addSpacing(Space.S)
        column.addLayout(row)
        self._outer.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        self._outer.setStretch(0, 2)
        self._outer.setStretch(2, 3)
        self.setMinimumHeight(320)
        self.setMaximumHeight(16_777_215)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _paint_icon(self) -> None:
        side = Size.ICON_L if self._strip else Size.ICON_XL
        color = "accent" if self._over else "muted"
        self._icon.setPixmap(self._theme.icon("upload", color).pixmap(QSize(side, side)))

    def show_over(self, over: bool) -> None:
        """Something hangs above it."""
        if over != self._over:
            self._over = over
            self._paint_icon()
            self.update()

    # -- Qt's hooks -------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's hook."""
        if local_paths(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.show_over(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Qt's hook."""
        self.show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's hook: a copy, never a move: the person's files stay where they are."""
        self.show_over(False)
        paths = local_paths(event.mimeData())
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.paths_dropped.emit(paths)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's hook: a dashed border; full and tinted while something hangs above it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color("accent" if self._over else "line"), 1.5)
        pen.setStyle(Qt.PenStyle.SolidLine if self._over else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(self._theme.color("accent_soft" if self._over else "surface"))
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(rect, Size.RADIUS_L, Size.RADIUS_L)
        painter.end()
