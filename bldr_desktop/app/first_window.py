# SPDX-License-Identifier: MIT
"""The window with rail, menus and status line, before services and panels are imported."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from bldr_desktop.app.frame import make_application, open_frame
from bldr_desktop.app.options import Options
from bldr_desktop.common import paths
from bldr_desktop.services.settings import Settings
from bldr_desktop.ui.main_window import MainWindow
from bldr_desktop.ui.qt.garbage import Garbage
from bldr_desktop.ui.qt.i18n import Language
from bldr_desktop.ui.theme.theme import Theme, ThemeChoice


@dataclass(frozen=True)
class FirstWindow:
    """What exists at the first paint."""

    application: QApplication
    settings: Settings
    theme: Theme
    language: Language
    window: MainWindow
    garbage: Garbage

    def close(self) -> None:
        """Let go of the application object, which may serve another window (tests)."""
        self.garbage.close()
        self.theme.close()
        self.language.close()
        self.window.deleteLater()


def open_first_window(options: Options, frame: MainWindow | None = None) -> FirstWindow:
    """Build the window into its frame; the frame is opened here when it is not there yet."""
    config = paths.config_dir(options.data_dir)
    window = frame or open_frame(
        config if options.data_dir else None, options.theme, background=options.background
    )
    assert window is not None  # only where it was told to look for another instance
    application = make_application()
    settings = Settings(config / "settings.toml", policy=policy_file())
    language = Language(application, options.lang or settings.text("appearance.language"))
    theme = Theme(application, ThemeChoice(options.theme or settings.text("appearance.theme")))
    theme.reduced_motion = settings.flag("appearance.reduced_motion")
    window.build(theme)
    return FirstWindow(application, settings, theme, language, window, Garbage(application))


def policy_file() -> Path:
    """Where an administrator fixes settings for all users of the machine."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Bldr Desktop" / "policy.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Bldr Desktop/policy.toml")
    return Path("/etc/bldr-desktop/policy.toml")
