# SPDX-License-Identifier: MIT
"""Stands where a panel could not be built, says so and has no dead buttons."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.widgets.state_view import StateView


class Placeholder(Translated):
    """The reason in the place of a panel."""

    def __init__(self, theme: Theme, name: str, reason: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}.panel")
        self._reason = reason
        self._view = StateView(theme, QWidget())
        column = QVBoxLayout(self)
        column.addWidget(self._view)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the person's language."""
        self._view.show_error(
            tr("shell", "This panel could not be opened. The others work."), details=self._reason
        )
