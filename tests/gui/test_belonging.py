# SPDX-License-Identifier: MIT
"""A second start hands over; links; crash marker; diagnostics without secrets; every widget has a name."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
    QTextEdit,
    QWidget,
)
from window import _running, desktop, desktop_options, first_window, until  # noqa: F401

from bldr_desktop.app.first_window import open_first_window
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.ui.settings.controller import SettingsController

ROOT = Path(__file__).resolve().parents[2]
INTERACTIVE = (
    QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView,
)  # fmt: skip


def own(widget: QWidget) -> bool:
    """Not a part that Qt makes inside its own widgets (scroll areas, spin boxes, headers, menus)."""
    name = widget.objectName()
    if name.startswith("qt_") or widget.metaObject().className() in {"QHeaderView", "QTableCornerButton"}:
        return False
    above = widget.parentWidget()
    return not isinstance(above, QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView)


def nameless(top: QWidget) -> set[str]:
    """Interactive widgets on view under ``top`` that a screen reader could not name."""
    shown = [
        child for child in top.findChildren(QWidget) if isinstance(child, INTERACTIVE) and child.isVisible()
    ]
    return {
        f"{child.metaObject().className()} {child.objectName()!r} in {child.parentWidget().objectName()!r}"
        for child in shown
        if own(child) and not child.accessibleName().strip()
    }


async def test_every_interactive_widget_has_an_accessible_name(desktop: Desktop) -> None:  # noqa: F811
    found: set[str] = set()
    for name in ("files", "rag", "queue", "ai"):
        desktop.window.go(name)
        tabs = desktop.window.panels[name].findChildren(QTabWidget)
        for tab in [0] if not tabs else range(tabs[0].count()):
            if tabs:
                tabs[0].setCurrentIndex(tab)
            await asyncio.sleep(0.05)
            found |= nameless(desktop.window)
    controller = desktop.container.controllers["settings"]
    assert isinstance(controller, SettingsController)
    controller.open()
    assert controller.window is not None
    for page in controller.window.pages:
        controller.window.open(page)
        found |= nameless(controller.window)
    assert found == set()


async def test_second_start_hands_over_its_files(desktop: Desktop, tmp_path: Path) -> None:  # noqa: F811
    told: list[list[str]] = []
    desktop.window.paths_added.connect(told.append)
    second = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "bldr_desktop.app.main",
            "--data-dir",
            str(desktop.options.data_dir),
            str(ROOT / "LICENSE"),
        ],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
        text=True,
    )
    await until(lambda: second.poll() is not None, 30, "the second start ends")
    assert second.returncode == 0, second.communicate()[1]
    second.communicate()
    assert told == [[str(ROOT / "LICENSE")]]


@pytest.mark.slow
async def test_a_second_start_comes_forward_but_not_one_in_the_background(desktop: Desktop) -> None:  # noqa: F811
    async def again(*more: str) -> int | None:
        second = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "bldr_desktop.app.main",
                "--data-dir",
                str(desktop.options.data_dir),
                *more,
            ],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        await until(lambda: second.poll() is not None, 30, "the second start ends")
        return second.returncode

    desktop.window.showMinimized()
    assert await again("--background") == 0
    assert desktop.window.isMinimized()
    assert await again() == 0
    assert not desktop.window.isMinimized()


@pytest.mark.slow
async def test_started_in_the_background_it_works_and_is_out_of_the_way(tmp_path: Path) -> None:
    options = Options(data_dir=tmp_path / "data", lang="en", theme="light", background=True)
    first = open_first_window(options)
    async with _running(first, options) as app:
        await app.ready(60)
        assert app.window.isMinimized()
        app.come_forward()
        assert not app.window.isMinimized() and app.window.isVisible()
    first.close()


async def test_links_open_panels_and_documents_only(desktop: Desktop) -> None:  # noqa: F811
    asked: list[tuple[object, ...]] = []
    desktop.window.document_requested.connect(asked.append)
    desktop.open_link("bldr://panel/queue")
    assert desktop.window.current_panel == "queue"
    desktop.open_link("bldr://run/rm?x=1")
    assert "cannot be opened" in desktop.window.toasts.texts()[-1]
    desktop.window.document_requested._listeners[:] = [asked.append]  # the panel would ask the engine for it
    desktop.open_link("bldr://document/abc-1?page=3")
    assert asked == [("abc-1", 3, None, None)]


async def test_diagnostics_hold_no_secret(desktop: Desktop) -> None:  # noqa: F811
    token = desktop.container.session.access_token()
    desktop.window.actions_by_name.by_name["diagnostics"].trigger()
    text = QGuiApplication.clipboard().text()
    assert "connection: connected" in text or "connection: degraded" in text
    assert token and token not in text
    logs = "".join(file.read_text("utf-8", "replace") for file in desktop.container.log_dir.rglob("*"))
    assert token not in logs


async def test_quit_by_sigterm_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    child = subprocess.Popen(
        [sys.executable, "-m", "bldr_desktop.app.main", "--data-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
        text=True,
    )
    marker = folder / "logs" / "running.pid"
    await until(marker.exists, 30, "it runs")
    child.send_signal(signal.SIGTERM)
    await until(lambda: child.poll() is not None, 40, "it ends")
    assert child.returncode == 0, child.communicate()[1]
    child.communicate()
    assert not marker.exists()
