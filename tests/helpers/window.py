# SPDX-License-Identifier: MIT
"""A real window with a real engine behind it, on one qasync loop: what everybody's ``tests/gui`` use.

In a test module::

    from window import desktop, desktop_unready, desktop_options, first_window, until  # all of these

    async def test_drop(desktop):
        table = desktop.find("files.table")            # any widget by its object name
        await until(lambda: table.model().rowCount() == 1, 20, "the row appears")

``desktop`` is ``app.lifecycle.Desktop``, ready (engine started, signed in, connected); at its end the
application is closed as a person would, and the test fails if anything fell into the error funnel
(unless the test took it out: ``desktop.funnel.errors.clear()``) or the engine is still there. Override
the fixture ``desktop_options`` for other arguments (``server=…``, ``lang="ru"``). ``first_window`` alone
is the window before anything is connected.

Never use ``qtbot.wait*`` in a coroutine: other tasks die for good (style.md rule 5).
"""

import asyncio
import gc
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from bldr_desktop.app.demo import drag_enter
from bldr_desktop.app.errors import Funnel
from bldr_desktop.app.first_window import FirstWindow, open_first_window
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options

__all__ = ["desktop", "desktop_options", "desktop_unready", "drop_files", "first_window", "grab", "until"]


async def until(predicate: Callable[[], Any], timeout: float = 10.0, what: str = "") -> Any:
    """Wait until ``predicate()`` is true and give its value; exceptions in it count as *not yet*.

    Raises:
        AssertionError: It did not become true in time; says what was waited for.
    """
    deadline = time.monotonic() + timeout
    trouble: Exception | None = None
    while True:
        await _give_keyboard_back()
        try:
            value = predicate()
            trouble = None
        except Exception as error:
            value, trouble = None, error
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {timeout:g} s: {what or predicate}") from trouble
        await asyncio.sleep(0.01)


def drop_files(target: QWidget, paths: list[Path]) -> bool:
    """Drop files and folders on a widget with real Qt events; True if it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle: QPoint = target.rect().center()
    actions, button, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = drag_enter(middle, data)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(middle), actions, data, button, keys, QEvent.Type.Drop)
    QApplication.sendEvent(target, drop)
    return drop.isAccepted()


def grab(widget: QWidget, name: str) -> Path:
    """Save what a widget looks like under ``$BLDR_SHOTS`` (default /tmp/bldr-shots), to be judged."""
    folder = Path(os.environ.get("BLDR_SHOTS", "/tmp/bldr-shots"))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.png"
    widget.grab().save(str(file))
    return file


@pytest.fixture
def desktop_options(tmp_path: Path) -> Options:
    """Arguments of the application under test; override it in a module for others."""
    return Options(data_dir=tmp_path / "data", lang="en", theme="light")


_shown: list[QWidget] = []
"""The window under test, if there is one."""


async def _give_keyboard_back() -> None:
    """When a popup has closed, as a window manager does; Qt's offscreen platform leaves the keyboard with
    nobody, or with the popup that is hidden now. Never while one is open (it would close), and only done
    when it has arrived: a popup opened meanwhile would close too. Called while waiting: slots and timers
    of a window that ends were seen to crash."""
    for _ in range(5):
        owner = QGuiApplication.focusWindow()
        if (
            not _shown
            or not _shown[0].isVisible()
            or QApplication.activePopupWidget() is not None
            or (owner is not None and owner.isVisible())
        ):
            return
        _shown[0].activateWindow()
        await asyncio.sleep(0.005)


@pytest.fixture
def first_window(desktop_options: Options) -> Iterator[FirstWindow]:
    """The window at its first paint, nothing connected yet."""
    first = open_first_window(desktop_options)
    _shown[:] = [first.window]
    yield first
    _shown.clear()
    first.window.allow_close()
    first.window.close()
    first.close()


@pytest_asyncio.fixture
async def desktop(first_window: FirstWindow, desktop_options: Options) -> AsyncIterator[Desktop]:
    """The whole application, ready."""
    async with _running(first_window, desktop_options) as running:
        await running.ready(60.0)
        yield running


@pytest_asyncio.fixture
async def desktop_unready(first_window: FirstWindow, desktop_options: Options) -> AsyncIterator[Desktop]:
    """The whole application, started; for tests of what is before *connected*."""
    async with _running(first_window, desktop_options) as running:
        yield running


@asynccontextmanager
async def _running(first: FirstWindow, options: Options) -> AsyncIterator[Desktop]:
    funnel = Funnel()
    funnel.install(asyncio.get_running_loop())
    running = Desktop(first, options)
    running.funnel = funnel
    try:
        await running.start()
        yield running
    finally:
        engine = running.container.engine if hasattr(running, "container") else None
        pid = engine.status.pid if engine is not None else None
        await running.aclose()
        gc.unfreeze()  # one process, many applications: what this one left may be collected
        funnel.remove()
    assert not funnel.errors, f"fell into the error funnel: {funnel.errors}"
    if pid is not None:
        await until(lambda: not Path(f"/proc/{pid}").exists(), 10, "the engine is gone")
