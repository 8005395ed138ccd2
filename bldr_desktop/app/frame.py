# SPDX-License-Identifier: MIT
"""The very first paint: an empty frame in the right colours, before anything else is imported (G6)."""

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QSettings, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from bldr_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

PID = "running/pid"
"""Key of ``window.ini``: there while an instance runs, or after one that crashed."""
PAINT_WITHIN_MS = 3_000


def make_application() -> QApplication:
    """The ``QApplication``; without a display on Linux it runs offscreen rather than abort."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication(sys.argv[:1])
    application.setApplicationName("bldr-desktop")
    application.setApplicationDisplayName("Bldr Desktop")
    application.setDesktopFileName("bldr-desktop")
    application.setQuitOnLastWindowClosed(False)
    return application


def open_frame(
    folder: "Path | None" = None,
    colors: str | None = None,
    *,
    unless_running: bool = False,
    background: bool = False,
) -> MainWindow | None:
    """Show the window's frame; returns after it was painted once.

    Args:
        folder: Where ``window.ini`` lies; the platform's own place when None.
        colors: ``light`` or ``dark``; when None as last time, at first as the system.
        unless_running: Show nothing (and give None) where another instance seems to run.
        background: Show it minimised, and do not wait for a paint.
    """
    application = make_application()
    store = QSettings(_file(folder), QSettings.Format.IniFormat)
    if unless_running and store.value(PID):
        return None
    if colors is None:
        dark = application.palette().window().color().lightness() < 128
        colors = str(store.value("colors", "dark" if dark else "light"))
    window = MainWindow(store, colors if colors in {"light", "dark"} else "light")
    if background:
        window.showMinimized()
        return window
    painted = QEventLoop()
    window.first_painted.connect(painted.quit)
    QTimer.singleShot(PAINT_WITHIN_MS, painted.quit)  # a hidden desktop never paints
    window.show()
    painted.exec()
    return window


def _file(folder: "Path | None") -> str:
    if folder is not None:
        return str(folder / "window.ini")
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return f"{base}/bldr-desktop/window.ini"
