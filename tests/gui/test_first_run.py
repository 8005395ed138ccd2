# SPDX-License-Identifier: MIT
"""The first start's tour, starting with the session, the update check, less motion."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QLineEdit, QWidget
from tiny_server import tiny_server
from window import _running, desktop, desktop_options, drop_files, first_window, until  # noqa: F401

from bldr_desktop.app.first_window import open_first_window
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options, parse
from bldr_desktop.ui.panels.file_manager.preflight_view import PreflightView
from bldr_desktop.ui.settings.controller import SettingsController
from bldr_desktop.ui.tour import PLACES, Tour, cards
from bldr_desktop.ui.widgets.state_view import Message


def settings_of(desktop: Desktop) -> SettingsController:  # noqa: F811
    found = desktop.container.controllers["settings"]
    assert isinstance(found, SettingsController)
    return found


async def test_the_tour_comes_once_by_keyboard_in_both_languages(tmp_path: Path) -> None:
    options = Options(data_dir=tmp_path / "data", lang="en", theme="light", tour=True)
    first = open_first_window(options)
    async with _running(first, options) as app:
        tour = await until(lambda: app.window.findChild(Tour), 60, "the tour is there")
        assert tour.geometry() == app.window.rect()
        english = [title for title, _ in cards()]
        seen = []
        for number, place in enumerate(PLACES):
            assert tour.number == number and app.window.focusWidget() is tour.next
            thing = app.find(place)
            assert tour.spot().contains(thing.mapTo(app.window, thing.rect().center()))
            assert not tour.card.geometry().intersects(tour.spot())
            assert tour.rect().contains(tour.card.geometry())
            seen.append(tour.title.text())
            assert tour.back.isVisible() == (number > 0)
            if number == 2:
                QTest.keyClick(tour, Qt.Key.Key_Left)
                assert tour.title.text() == seen[1]
                QTest.keyClick(tour, Qt.Key.Key_Right)
                app.window.actions_by_name.by_name["language.ru"].trigger()
                await until(lambda: tour.title.text() == cards()[2][0] != seen[2], 5, "in Russian")
                assert tour.rect().contains(tour.card.geometry())
                app.window.actions_by_name.by_name["language.en"].trigger()
                await until(lambda: tour.title.text() == seen[2], 5, "in English again")
            for _ in range(4):  # Tab stays within the card
                QTest.keyClick(app.window.focusWidget(), Qt.Key.Key_Tab)
                assert tour.isAncestorOf(app.window.focusWidget())
            tour.next.setFocus()
            QTest.keyClick(tour.next, Qt.Key.Key_Return)
        assert seen == english
        assert app.container.settings.flag("tour.done")
    first.close()
    again = open_first_window(options)
    async with _running(again, options) as app:
        await app.ready(60)
        await asyncio.sleep(0.2)
        assert app.window.findChild(Tour) is None
        app.window.actions_by_name.by_name["tour"].trigger()
        tour = app.window.findChild(Tour)
        assert tour is not None and tour.isVisible()
        QTest.keyClick(tour, Qt.Key.Key_Escape)
        assert not tour.isVisible()
        await until(lambda: app.window.findChild(Tour) is None, 5, "it is gone")
        app.window.go("files")
        app.window.actions_by_name.by_name["tour"].trigger()
        tour = app.window.findChild(Tour)
        QTest.mouseClick(tour.card, Qt.MouseButton.LeftButton)
        assert tour.isVisible(), "a click on the card is no click beside it"
        drop_files(tour, [tmp_path])
        assert not tour.isVisible(), "who brings files wants to work"
    again.close()


def test_the_tour_does_not_come_where_something_was_asked_for() -> None:
    assert parse([]).tour and parse(["--lang", "ru"]).tour
    assert not parse(["/some/file.pdf"]).tour
    assert not parse(["--demo"]).tour
    assert parse(["--background"]).background and not parse(["--background"]).tour


@pytest.mark.slow
async def test_starting_with_the_session_is_what_the_system_says(
    desktop: Desktop,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    from bldr_desktop.app.commands import dress

    dress(desktop)  # a settings window that knows this folder
    controller = settings_of(desktop)
    controller.open("computer")
    box = desktop.find("settings.desktop.autostart")
    assert isinstance(box, QCheckBox) and not box.isChecked()
    entry = tmp_path / "xdg" / "autostart" / "io.bldr.Desktop.desktop"
    box.click()
    assert "--background" in entry.read_text()
    box.click()
    assert not entry.exists()
    (tmp_path / "xdg" / "autostart").rmdir()
    (tmp_path / "xdg" / "autostart").write_text("in the way")
    box.click()
    assert not box.isChecked(), "it did not work, and does not look as if it had"
    said = [words.text() for words in controller.window.findChildren(QLabel) if words.isVisible()]  # type: ignore[union-attr]
    assert any("does not let us change this" in text for text in said)


@pytest.mark.slow
async def test_update_check_says_what_it_found_and_the_window_never_waits(desktop: Desktop) -> None:  # noqa: F811
    settings = desktop.container.settings
    assert not settings.flag("updates.check") and not settings.text("updates.url")
    with tiny_server(
        lambda _request: (200, {"version": "99.0", "page": "https://bldr.example/new"})
    ) as server:
        controller = settings_of(desktop)
        controller.open("about")
        address, look = desktop.find("settings.updates.url"), desktop.find("settings.about.look")
        assert isinstance(address, QLineEdit) and isinstance(look, QAbstractButton)
        assert not look.isEnabled()
        address.setFocus()
        QTest.keyClicks(address, server.url + "/latest.json")
        QTest.keyClick(address, Qt.Key.Key_Return)
        look.click()
        await until(lambda: server.requests, 10, "it was asked")
        page = desktop.find("settings.about.page")
        await until(page.isVisible, 10, "the way to its page")
        assert "Version 99.0 is there." in desktop.window.toasts.texts()
        assert "authorization" not in server.requests[0].headers
        assert settings.text("updates.url") == server.url + "/latest.json"


@pytest.mark.slow
async def test_with_less_motion_nothing_runs_by_itself(desktop: Desktop) -> None:  # noqa: F811
    theme, settings = desktop.container.theme, desktop.container.settings
    message = Message(theme)
    message.say(("clock", "muted"), "Reading…", busy=True)
    message.show()
    view = PreflightView(theme)
    bar = message._busy
    blink = QApplication.cursorFlashTime()
    assert bar.isVisible() and (bar.minimum(), bar.maximum()) == (0, 0)
    settings.set("appearance.reduced_motion", True)
    assert not bar.isVisible() and message._icon.isVisible(), "live, a clock that stands still"
    assert QApplication.cursorFlashTime() == 0
    assert not QApplication.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)
    view._say_progress()
    assert running_bars(view) == [] and running_bars(desktop.window) == []
    settings.set("appearance.reduced_motion", False)
    assert bar.isVisible() and QApplication.cursorFlashTime() == blink
    message.deleteLater()
    view.deleteLater()


def running_bars(top: QWidget) -> list[str]:
    """Bars on view that move for ever."""
    from PySide6.QtWidgets import QProgressBar

    bars = [bar for bar in top.findChildren(QProgressBar) if bar.isVisibleTo(top)]
    return [bar.objectName() for bar in bars if (bar.minimum(), bar.maximum()) == (0, 0)]
