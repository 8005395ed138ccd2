# SPDX-License-Identifier: MIT
"""The Files panel: drop zone, pre-flight, transfer table, folders, server folder. Dumb."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from bldr_desktop.ui.panels.file_manager.drop_zone import DropZone, local_paths
from bldr_desktop.ui.panels.file_manager.folders_view import FoldersView
from bldr_desktop.ui.panels.file_manager.preflight_view import PreflightView
from bldr_desktop.ui.panels.file_manager.server_folder_view import ServerFolderView
from bldr_desktop.ui.panels.file_manager.table_view import TableView
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.state_view import Banner


class FilesPanel(Translated):
    """What a person sees of files; ``state`` is ``empty``, ``preflight`` or ``table``."""

    paths_dropped = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("files.panel")
        self.setAcceptDrops(True)
        self.zone = DropZone(theme)
        self.preflight = PreflightView(theme)
        self.transfers = TableView(theme)
        self.folders = FoldersView(theme)
        self.server_folder = ServerFolderView(theme)
        self.banner = Banner(theme)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("files.tabs")
        self.tabs.setDocumentMode(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.transfers)
        self._stack.addWidget(self.preflight)
        self._lay_out()
        self.zone.paths_dropped.connect(self.paths_dropped)
        self.show_state("empty")
        self.retranslate()

    def _lay_out(self) -> None:
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, Space.M, 0, 0)
        inner.setSpacing(Space.M)
        inner.addWidget(self.banner)
        inner.addWidget(self.zone)
        inner.addWidget(self._stack, 1)
        for tab in (page, self.folders, self.server_folder):
            self.tabs.addTab(tab, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        column.addWidget(self.tabs)

    def show_state(self, state: str) -> None:
        """``empty``: the zone alone; ``preflight``; ``table``."""
        self.setProperty("state", state)
        self.zone.setVisible(state != "preflight")
        if state != "table":
            self.banner.hide()
        self.zone.set_strip(state != "empty")
        self._stack.setVisible(state != "empty")
        self._stack.setCurrentWidget(self.preflight if state == "preflight" else self.transfers)

    def retranslate(self) -> None:
        """All words."""
        names = (tr("files", "Transfers"), tr("files", "Folders"), tr("files", "Server folder"))
        for place, name in enumerate(names):
            self.tabs.setTabText(place, name)
        self.folders.retranslate()
        self.server_folder.retranslate()
        self.setAccessibleName(tr("files", "Files"))
        self.zone.retranslate()
        self.preflight.retranslate()
        self.transfers.retranslate()

    # -- Qt's hooks: the whole panel takes drops and pasted files ----------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's hook."""
        if local_paths(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.zone.show_over(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Qt's hook."""
        self.zone.show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's hook."""
        self.zone.dropEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: files that were copied in a file manager can be pasted."""
        if event.matches(QKeySequence.StandardKey.Paste):
            paths = local_paths(QApplication.clipboard().mimeData())
            if paths:
                self.paths_dropped.emit(paths)
                return
        super().keyPressEvent(event)
