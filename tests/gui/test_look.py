# SPDX-License-Identifier: MIT
"""Menus without dead entries, the palette, help; texts 40 % longer are not cut; frame and theme agree."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QToolButton, QWidget
from window import desktop, desktop_options, first_window, until  # noqa: F401

from bldr_desktop.app.first_window import FirstWindow
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.ui.command_palette import CommandPalette
from bldr_desktop.ui.help import HelpWindow
from bldr_desktop.ui.main_window import _FRAME
from bldr_desktop.ui.qt import i18n
from bldr_desktop.ui.theme.tokens import DARK, LIGHT


async def test_no_dead_menu_entries_palette_and_help(desktop: Desktop) -> None:  # noqa: F811
    actions = desktop.window.actions_by_name.by_name
    assert [name for name, action in actions.items() if not action.isEnabled()] == []
    assert [name for name, action in actions.items() if not action.statusTip()] == []
    actions["palette"].trigger()
    palette = desktop.window.findChild(CommandPalette)
    assert palette is not None and palette.isVisible()
    QTest.keyClicks(palette.field, "queue")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desktop.window.current_panel == "queue"
    actions["help"].trigger()
    help_window = desktop.window.findChild(HelpWindow)
    assert help_window is not None and help_window.isVisible()
    assert "Ctrl+K" in {words.text() for words in help_window.findChildren(QLabel)}
    help_window.close()


def cut(top: QWidget) -> set[str]:
    """Buttons and one-line labels on view whose text needs more room than they have."""
    found = set()
    for child in top.findChildren(QWidget):
        if not child.isVisible() or not isinstance(child, QPushButton | QToolButton | QLabel):
            continue
        text = child.text().replace("&", "")
        if not text or (
            isinstance(child, QLabel) and (child.wordWrap() or child.sizePolicy().horizontalStretch())
        ):
            continue
        needs = child.fontMetrics().horizontalAdvance(text)
        if needs > child.width():
            found.add(
                f"{child.objectName() or type(child).__name__}: {text!r} needs {needs}, has {child.width()}"
            )
    return found


async def test_texts_forty_percent_longer_are_not_cut(desktop: Desktop, monkeypatch: object) -> None:  # noqa: F811
    """Every text is stretched where all texts come from: the translator."""
    from PySide6.QtCore import QTranslator

    class Stretched(QTranslator):
        def translate(self, context: str, text: str, comment: str | None = None, n: int = -1) -> str:
            return text.replace("(s)", "s") + "m" * max(len(text) * 2 // 5, 2)

        def isEmpty(self) -> bool:
            return False

    stretched = Stretched(desktop.first.application)
    desktop.first.application.installTranslator(stretched)
    try:
        rail = desktop.window.rail
        await until(lambda: rail.buttons["queue"].text() == "Queuemm", 5, "texts are longer")
        found: set[str] = set()
        for width, height in ((1280, 800), (1024, 640)):
            desktop.window.resize(width, height)
            for name in ("files", "rag", "queue", "ai"):
                desktop.window.go(name)
                await asyncio.sleep(0.1)
                found |= cut(desktop.window)
        settings = desktop.container.controllers["settings"]
        settings.open()  # type: ignore[attr-defined]
        for page in settings.window.pages:  # type: ignore[attr-defined]
            settings.window.open(page)  # type: ignore[attr-defined]
            await asyncio.sleep(0.05)
            found |= cut(settings.window)  # type: ignore[attr-defined]
        wide = [place for place in rail.findChildren(QAbstractButton) if place.sizeHint().width() > 216]
        assert wide == []
    finally:
        desktop.first.application.removeTranslator(stretched)
    assert found == set()


def test_frame_has_the_colours_of_the_theme(first_window: FirstWindow) -> None:  # noqa: F811
    for colors in (LIGHT, DARK):
        assert _FRAME[colors.name] == (colors.bg, colors.surface, colors.line)
    assert first_window.window.painted_at > 0
    assert set(i18n.LANGUAGES) == {"en", "ru"}
