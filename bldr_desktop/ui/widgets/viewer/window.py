# SPDX-License-Identifier: MIT
"""A document in a window of its own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout

from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.widgets.viewer.view import ViewerView


class ViewerWindow(Translated):
    """A viewer and nothing else; ``closed`` when the person closed it."""

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("viewer.window")
        self.viewer = ViewerView(theme, "viewer")
        self.viewer.title_bar.window_action.setVisible(False)
        self.viewer.left.connect(self.close)
        self._name = ""
        self.viewer.titled.connect(self._on_titled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.viewer)
        self.resize(860, 1000)
        self.retranslate()

    def done(self) -> None:
        """Go for good."""
        self.hide()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell before going."""
        event.accept()
        self.closed.emit()

    def retranslate(self) -> None:
        """Texts."""
        self.setWindowTitle(self._name or tr("rag", "Document"))

    def _on_titled(self, name: str) -> None:
        """Several such windows are told apart in the task bar."""
        self._name = name
        self.retranslate()
