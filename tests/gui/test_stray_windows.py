# SPDX-License-Identifier: MIT
"""Nothing but the window is ever shown while panels and the monitor are built: a widget that is shown
before it has a parent is a window for a moment, closes the popup a person has open and takes the keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from window import desktop_options, desktop_unready, first_window, until

from bldr_desktop.app.frame import make_application
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.ui.main_window import MainWindow

__all__ = ["desktop_options", "desktop_unready", "first_window"]


class Shown(QObject):
    """Classes of the windows that were shown."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.kinds: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.kinds.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture(autouse=True)
def shown() -> Iterator[Shown]:
    """What is shown from before the first paint on."""
    application = make_application()
    shown = Shown(application)
    application.installEventFilter(shown)
    yield shown
    application.removeEventFilter(shown)


async def test_one_window_is_shown_while_all_is_built(shown: Shown, desktop_unready: Desktop) -> None:
    await desktop_unready.ready(60.0)
    monitor = desktop_unready.container.monitor
    await until(lambda: monitor().window is not None, 20, "the monitor is made, out of sight")
    for name in ("rag", "queue", "ai", "files"):
        desktop_unready.window.go(name)
    desktop_unready.window.actions_by_name.by_name["settings"].trigger()
    settings = await until(
        lambda: [w for w in QApplication.topLevelWidgets() if w.objectName() == "settings.window"], 10
    )
    others = [kind for kind in shown.kinds if kind.split()[0] != MainWindow.__name__]
    assert others == [f"{type(settings[0]).__name__} settings.window"]
