# SPDX-License-Identifier: MIT
"""Gives the window's actions what they do."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from bldr_desktop.ui.theme.theme import ThemeChoice

if TYPE_CHECKING:
    from bldr_desktop.app.lifecycle import Desktop


def connect_commands(desktop: "Desktop") -> None:
    """Connect everything that needs the container."""
    container, window = desktop.container, desktop.window
    actions = window.actions_by_name
    for choice in ThemeChoice:
        actions.connect(f"theme.{choice}", partial(choose_theme, desktop, choice))
    for code in ("en", "ru"):
        actions.connect(f"language.{code}", partial(choose_language, desktop, code))
    actions.connect("logs", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(container.log_dir))))
    window.refreshed.connect(lambda name: _refresh(container.controllers.get(name)))
    actions.check("theme", container.theme.choice)
    actions.check("language", container.language.code)


def _refresh(controller: object) -> None:
    """F5: a controller that can read again has ``refresh``."""
    refresh = getattr(controller, "refresh", None)
    if callable(refresh):
        refresh()


def choose_theme(desktop: "Desktop", choice: ThemeChoice) -> None:
    """Other colours, now and next time."""
    desktop.container.settings.set("appearance.theme", str(choice))
    desktop.container.theme.choose(choice)
    desktop.window.actions_by_name.check("theme", choice)


def choose_language(desktop: "Desktop", code: str) -> None:
    """Another language, now and next time."""
    desktop.container.settings.set("appearance.language", code)
    desktop.container.language.choose(code)
    desktop.window.actions_by_name.check("language", code)
    desktop.window_controller.retranslate()
