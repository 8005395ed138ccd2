# SPDX-License-Identifier: MIT
"""The window before anything heavy is imported: what a person sees first (G6)."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from bldr_desktop.app.options import Options
from bldr_desktop.common import paths
from bldr_desktop.services.settings import Settings
from bldr_desktop.ui.main_window import MainWindow
from bldr_desktop.ui.qt.i18n import Language
from bldr_desktop.ui.theme.theme import Theme, ThemeChoice

PAINT_WITHIN_MS = 3_000


@dataclass(frozen=True)
class FirstWindow:
    """What exists at the first paint."""

    application: QApplication
    settings: Settings
    theme: Theme
    language: Language
    window: MainWindow

    def close(self) -> None:
        """Let go of the application object, which may serve another window (tests)."""
        self.theme.close()
        self.language.close()
        self.window.deleteLater()


def make_application() -> QApplication:
    """The ``QApplication``; without a display on Linux it runs offscreen rather than abort."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("bldr-desktop")
    application.setApplicationDisplayName("Bldr Desktop")
    application.setDesktopFileName("bldr-desktop")
    application.setQuitOnLastWindowClosed(False)
    return application


def open_first_window(options: Options) -> FirstWindow:
    """Build and show the window; returns after it was painted once."""
    application = make_application()
    config = paths.config_dir(options.data_dir)
    settings = Settings(config / "settings.toml", policy=policy_file())
    language = Language(application, options.lang or settings.text("appearance.language"))
    theme = Theme(application, ThemeChoice(options.theme or settings.text("appearance.theme")))
    theme.reduced_motion = settings.flag("appearance.reduced_motion")
    geometry = QSettings(str(config / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, geometry)
    painted = QEventLoop()
    window.first_painted.connect(painted.quit)
    QTimer.singleShot(PAINT_WITHIN_MS, painted.quit)  # a hidden desktop never paints
    window.show()
    painted.exec()
    return FirstWindow(application, settings, theme, language, window)


def policy_file() -> Path:
    """Where an administrator fixes settings for all users of the machine."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Bldr Desktop" / "policy.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Bldr Desktop/policy.toml")
    return Path("/etc/bldr-desktop/policy.toml")
