# SPDX-License-Identifier: MIT
"""An icon in the system's tray, only where there is one and the person wants it."""

from collections.abc import Callable

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from bldr_desktop.ui.qt.i18n import tr


class Tray:
    """Show and quit from the tray.

    Args:
        icon: The application's icon.
        show: Brings the window back.
        leave: Ends the application.
    """

    def __init__(self, icon: QIcon, show: Callable[[], None], leave: Callable[[], None]) -> None:
        self._menu = QMenu()
        self._show = self._menu.addAction("")
        self._quit = self._menu.addAction("")
        self._show.triggered.connect(lambda _checked=False: show())
        self._quit.triggered.connect(lambda _checked=False: leave())
        self._menu.aboutToShow.connect(self.retranslate)
        self.icon = QSystemTrayIcon(icon)
        self.icon.setToolTip("Bldr Desktop")
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(
            lambda reason: show() if reason is QSystemTrayIcon.ActivationReason.Trigger else None
        )
        self.retranslate()
        self.icon.show()

    def retranslate(self) -> None:
        """Texts of the menu."""
        self._show.setText(tr("shell", "Show the window"))
        self._quit.setText(tr("shell", "Quit"))

    def close(self) -> None:
        """Take it away."""
        self.icon.hide()
