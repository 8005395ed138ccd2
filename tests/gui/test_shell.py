# SPDX-License-Identifier: MIT
"""The window itself: navigation, connection, themes, languages, a killed engine, the way out."""

import os
import signal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window import desktop, desktop_options, first_window, until  # noqa: F401

from bldr_desktop.app.lifecycle import Desktop


async def test_starts_signs_in_and_says_connected(desktop: Desktop) -> None:  # noqa: F811
    pill = desktop.find("connectionPill")
    await until(lambda: pill.property("state") == "connected", 20, "connected")
    assert desktop.container.session.role == "admin"
    assert desktop.container.api.base_url.startswith("http://127.0.0.1:")


async def test_keys_go_to_panels(desktop: Desktop) -> None:  # noqa: F811
    window = desktop.window
    window.activateWindow()
    await until(window.isActiveWindow, 5, "active")
    for key, name in (
        (Qt.Key.Key_2, "rag"),
        (Qt.Key.Key_3, "queue"),
        (Qt.Key.Key_4, "ai"),
        (Qt.Key.Key_1, "files"),
    ):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.current_panel == name
        assert window.stack.currentWidget().objectName() == f"{name}.panel"


async def test_killed_engine_is_started_again(desktop: Desktop) -> None:  # noqa: F811
    engine = desktop.container.engine
    assert engine is not None and engine.status.pid is not None
    pill, old = desktop.find("connectionPill"), engine.status.pid
    os.kill(old, signal.SIGKILL)
    await until(lambda: pill.property("state") == "reconnecting", 5, "the pill says so")
    await until(lambda: pill.property("state") == "connected", 30, "it is connected again")
    assert engine.status.pid != old


async def test_language_and_theme_switch_live(desktop: Desktop) -> None:  # noqa: F811
    window, container = desktop.window, desktop.container
    window.actions_by_name.by_name["language.ru"].trigger()
    await until(lambda: window.rail.buttons["queue"].text() == "Очередь", 5, "the rail speaks Russian")
    window.actions_by_name.by_name["theme.dark"].trigger()
    assert container.theme.is_dark
    assert window.palette().window().color().name() == container.theme.colors.bg
    assert container.settings.text("appearance.language") == "ru"
