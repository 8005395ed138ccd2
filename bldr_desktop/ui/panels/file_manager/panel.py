# SPDX-License-Identifier: MIT
"""The Files panel: drop zone, pre-flight, transfer table, folders, server folder. Dumb.

It comes in two steps (G6). ``FilesPanel(theme)`` takes drops at once and imports no service;
``complete()`` builds the views that are not seen at first.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from bldr_desktop.ui.panels.file_manager.drop_zone import DropZone, local_paths
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.qt.translated import Translated
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.state_view import Banner

if TYPE_CHECKING:
    from bldr_desktop.ui.panels.file_manager.folders_view import FoldersView
    from bldr_desktop.ui.panels.file_manager.preflight_view import PreflightView
    from bldr_desktop.ui.panels.file_manager.server_folder_view import ServerFolderView
    from bldr_desktop.ui.panels.file_manager.table_view import TableView


class FilesPanel(Translated):
    """What a person sees of files; ``state`` is ``empty``, ``preflight`` or ``table``.

    Before ``complete`` there is only the zone, and ``state`` is ``empty``.
    """

    paths_dropped = Signal(list)
    preflight: "PreflightView"
    transfers: "TableView"
    folders: "FoldersView"
    server_folder: "ServerFolderView"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("files.panel")
        self.setAcceptDrops(True)
        self._theme = theme
        self._complete = False
        self.zone = DropZone(theme)
        self.banner = Banner(theme)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("files.tabs")
        self.tabs.setDocumentMode(True)
        self._stack = QStackedWidget()
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
        for tab in (page, QWidget(), QWidget()):
            self.tabs.addTab(tab, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        column.addWidget(self.tabs)

    def complete(self) -> None:
        """Build what is not seen at first; a second call does nothing."""
        if self._complete:
            return
        from bldr_desktop.ui.panels.file_manager.folders_view import FoldersView
        from bldr_desktop.ui.panels.file_manager.preflight_view import PreflightView
        from bldr_desktop.ui.panels.file_manager.server_folder_view import ServerFolderView
        from bldr_desktop.ui.panels.file_manager.table_view import TableView

        self.preflight = PreflightView(self._theme)
        self.transfers = TableView(self._theme)
        self.folders = FoldersView(self._theme)
        self.server_folder = ServerFolderView(self._theme)
        self._complete = True
        self._stack.addWidget(self.transfers)
        self._stack.addWidget(self.preflight)
        shown = self.tabs.currentIndex()
        for place, view in ((1, self.folders), (2, self.server_folder)):
            empty = self.tabs.widget(place)
            self.tabs.removeTab(place)
            self.tabs.insertTab(place, view, "")
            if empty is not None:
                empty.deleteLater()
        self.tabs.setCurrentIndex(shown)
        self.retranslate()

    def show_state(self, state: str) -> None:
        """``empty``: the zone alone; ``preflight``; ``table``."""
        self.setProperty("state", state)
        self.zone.setVisible(state != "preflight")
        if state != "table":
            self.banner.hide()
        self.zone.set_strip(state != "empty")
        self._stack.setVisible(state != "empty")
        if self._complete:
            self._stack.setCurrentWidget(self.preflight if state == "preflight" else self.transfers)

    def retranslate(self) -> None:
        """All words."""
        names = (tr("files", "Transfers"), tr("files", "Folders"), tr("files", "Server folder"))
        for place, name in enumerate(names):
            self.tabs.setTabText(place, name)
        self.setAccessibleName(tr("files", "Files"))
        self.zone.retranslate()
        if self._complete:
            for view in (self.folders, self.server_folder, self.preflight, self.transfers):
                view.retranslate()

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
