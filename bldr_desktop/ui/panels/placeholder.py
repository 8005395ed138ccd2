# SPDX-License-Identifier: MIT
"""A panel that is not there yet says so, and has no buttons."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.widgets.state_view import StateView


class Placeholder(Translated):
    """Stands where a panel will be."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}.panel")
        self._name = name
        self._view = StateView(theme, QWidget())
        column = QVBoxLayout(self)
        column.addWidget(self._view)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the person's language."""
        self._view.show_empty(
            tr("shell", "Not in this version yet"),
            tr("shell", "This panel is being built. The other panels work."),
            icon=self._name,
        )
