# SPDX-License-Identifier: MIT
"""From the first window to a clean exit: loop, container, panels, and the way out."""

import asyncio
import contextlib
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from bldr_desktop.app.crash import CrashMarker
from bldr_desktop.app.errors import Funnel
from bldr_desktop.app.first_window import FirstWindow
from bldr_desktop.app.frame import PID
from bldr_desktop.app.options import Options
from bldr_desktop.common import paths
from bldr_desktop.common.aio import spawn
from bldr_desktop.common.log import setup_logging
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.qt.loop import QtLoop

if TYPE_CHECKING:
    from bldr_desktop.app.container import Container
    from bldr_desktop.app.early import EarlyFiles
    from bldr_desktop.app.single_instance import SingleInstance
    from bldr_desktop.app.tray import Tray
    from bldr_desktop.services.profiles import Profile
    from bldr_desktop.ui.window_controller import WindowController

_log = logging.getLogger(__name__)
CLOSE_WITHIN = 15.0


class Desktop:
    """The running application; what the demo and the tests hold on to.

    ``container`` is there after :meth:`start`. ``ready`` waits until the window can do the main job.
    """

    def __init__(self, first: FirstWindow, options: Options) -> None:
        self.first, self.options = first, options
        self.window = first.window
        self.window_controller: WindowController
        self.container: Container
        self.funnel: Funnel | None = None
        self.built_at = 0.0
        """``time.monotonic()`` when the panel in front stood and the loop was free."""
        self._held: list[Callable[[], object]] = []
        self.marker = CrashMarker(paths.log_dir(options.data_dir))
        self.crashed_before = False
        self.told_version = ""
        """The newer version that the person was told of in this run."""
        self._leaving = asyncio.Event()
        self._built = asyncio.Event()
        self.window.close_asked.connect(self._on_close_asked)
        self._tray: Tray | None = None
        self._single: SingleInstance | None = None

    async def start(self) -> None:
        """Import the rest, build everything, start the engine or go to the server."""
        _leave_httpx_cli_out()
        self.crashed_before = self.marker.begin()
        self.window.remember(PID, str(os.getpid()))
        self.window.rail.load_icons()
        early = await self._show_front()
        from bldr_desktop.app.early import import_rest

        self._join_desktop()
        await import_rest()
        self._open(early=early)
        self._take_held()
        if self.options.paths:
            self.window.add_paths(list(self.options.paths))
        for link in self.options.links:
            self.open_link(link)
        self._say_what_happened()

    async def _show_front(self) -> "EarlyFiles | None":
        """The Files panel at once where it is the one in front: it works before services are there."""
        actions = self.window.actions_by_name
        actions.connect("quit", self.leave)
        actions.connect("settings", lambda: self._held.append(actions.by_name["settings"].trigger))
        if self.options.paths:
            self.window.go("files")
        if self.window.wanted_panel != "files":
            return None
        from bldr_desktop.app.early import EarlyFiles

        early = EarlyFiles(self.window)
        await asyncio.sleep(0)  # it is laid out and painted
        self.built_at = time.monotonic()
        return early

    def _when_open(self, do: Callable[[], object]) -> None:
        """Now, or as soon as there is somebody to do it."""
        if hasattr(self, "container"):
            do()
        else:
            self._held.append(do)

    def _take_held(self) -> None:
        """Do what was asked for while services were imported."""
        held, self._held = self._held, []
        for do in held:
            do()

    def _open(self, profile: "Profile | None" = None, early: "EarlyFiles | None" = None) -> None:
        """A container for one server, and the panel in front; the others follow."""
        from bldr_desktop.app.commands import connect_commands, dress
        from bldr_desktop.app.container import Container

        self.container = Container(self.first, self.options, profile)
        self.container.early_files = early
        dress(self)
        self.container.start()
        self._build_panel("files" if early is not None else self.window.wanted_panel)
        connect_commands(self)
        self.built_at = self.built_at or time.monotonic()
        self.container.scope.spawn("panels", self._build_others())

    async def use_server(self, profile: "Profile") -> None:
        """Work with another server from now on, without a restart.

        Raises:
            OSError: Its CA file cannot be used; the server before stays.
        """
        from bldr_desktop.services.profiles import trust

        trust(profile)
        self.container.profiles.choose(profile.id)
        spawn("desktop.switch", self._switch(profile))  # not by a task of what is closed now

    async def _switch(self, profile: "Profile") -> None:
        self._built.clear()
        await self._close_container()
        self.window.clear_panels()
        self._open(profile)

    def open_link(self, link: str) -> None:
        """Follow a ``bldr://`` link: ``bldr://document/ID?page=3`` or ``bldr://panel/queue``."""
        from bldr_desktop.app.links import read_link

        found = read_link(link)
        if found is None:
            self.window.toast(tr("shell", "This link cannot be opened: {link}", link=link[:200]), kind="warn")
        elif found.document_id:
            self.window.open_document(found.document_id, found.page)
        else:
            self.window.go(found.panel)

    def come_forward(self, paths: "list[str] | None" = None, links: "list[str] | None" = None) -> None:
        """Show the window; a second start hands over what it was given."""
        self.window.showNormal() if self.window.isMinimized() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        if paths:
            self._when_open(partial(self.window.add_paths, paths))
        for link in links or []:
            self._when_open(partial(self.open_link, link))

    def _join_desktop(self) -> None:
        """Listen for later starts; an icon in the tray where there is one and it is wanted."""
        from PySide6.QtGui import QIcon
        from PySide6.QtWidgets import QSystemTrayIcon

        from bldr_desktop.app.single_instance import SingleInstance, name_for

        self.first.application.setWindowIcon(QIcon(str(paths.resource("icons", "bldr-desktop.svg"))))
        self._single = SingleInstance(name_for(paths.data_dir(self.options.data_dir)), self.come_forward)
        if self._closes_to_tray() and QSystemTrayIcon.isSystemTrayAvailable():
            from bldr_desktop.app.tray import Tray

            self._tray = Tray(self.first.application.windowIcon(), self.come_forward, self.leave)
            if self.options.background:
                self.window.hide()

    def _closes_to_tray(self) -> bool:
        return self.first.settings.flag("desktop.close_to_tray")

    def _on_close_asked(self) -> None:
        if self._tray is not None and self._closes_to_tray() and self.window.isVisible():
            self.window.keep_geometry()
            self.window.hide()
        else:
            self.leave()

    def show_trouble(self, summary: str) -> None:
        """Tell the person that something escaped."""
        from bldr_desktop.app.commands import show_trouble

        show_trouble(self, summary)

    def _say_what_happened(self) -> None:
        for note in self.container.settings.notes[:3]:
            self.window.toast(note, kind="warn")
        if self.crashed_before:
            self.window.toast(
                tr("shell", "The application ended unexpectedly last time. Nothing that was sent is lost."),
                self.window.actions_by_name.by_name["diagnostics"].trigger,
                kind="warn",
                action=tr("shell", "Copy diagnostics"),
            )

    async def _build_others(self) -> None:
        """The panels that are not looked at yet, with air between them for the loop."""
        from bldr_desktop.app.panels import FACTORIES

        for name in FACTORIES:
            await asyncio.sleep(0.01)
            if name not in self.window.panels:
                self._build_panel(name)
        # modules and widgets stay to the end: the collector need not walk them while frames come in
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)
        self._built.set()
        if self.options.tour and not self.first.settings.flag("tour.done"):
            await self.container.session.signed_in()
            from bldr_desktop.app.commands import show_tour

            show_tour(self)

    def _build_panel(self, name: str) -> None:
        """Build one panel; should that fail, the others must still work."""
        from bldr_desktop.app.panels import FACTORIES

        try:
            panel = FACTORIES[name](self.container)
        except Exception as error:
            from bldr_desktop.ui.panels.placeholder import Placeholder

            panel = Placeholder(self.container.theme, name, str(error))
            if self.funnel is None:
                raise
            self.funnel.take(error, f"the panel {name} could not be built")
        self.window.set_panel(name, panel)

    async def ready(self, timeout: float = 60.0) -> None:
        """Wait until panels stand and the connection is up.

        Raises:
            TimeoutError: It did not come to that in ``timeout`` seconds; the text says where it hangs.
        """
        from bldr_desktop.services.connection import ConnectionWord

        good = {ConnectionWord.CONNECTED, ConnectionWord.DEGRADED}
        deadline = time.monotonic() + timeout
        await asyncio.wait_for(self._built.wait(), timeout)
        while self.container.connection.state.word not in good:
            if time.monotonic() > deadline:
                raise TimeoutError(f"not ready: {self.container.connection.state}")
            await asyncio.sleep(0.02)

    def find(self, object_name: str) -> QWidget:
        """A widget of the application by its object name.

        Raises:
            LookupError: There is none.
        """
        found = self.window.findChild(QWidget, object_name)
        if found is None:
            for top in self.first.application.topLevelWidgets():
                found = top if top.objectName() == object_name else top.findChild(QWidget, object_name)
                if found is not None:
                    break
        if not isinstance(found, QWidget):
            raise LookupError(object_name)
        return found

    def leave(self) -> None:
        """Ask to end; safe to call twice."""
        self._leaving.set()

    async def left(self) -> None:
        """Wait until somebody asks to end."""
        await self._leaving.wait()

    async def aclose(self) -> None:
        """End everything with a deadline, the window last."""
        await self._close_container()
        self.marker.end()
        self.window.remember(PID, None)
        if self._tray is not None:
            self._tray.close()
        if self._single is not None:
            self._single.close()
        self.window.allow_close()
        self.window.close()
        self.first.theme.forget_icons()

    async def _close_container(self) -> None:
        if not hasattr(self, "container"):
            return
        try:
            await asyncio.wait_for(self.container.aclose(), CLOSE_WITHIN)
        except TimeoutError:
            _log.error("the end took longer than %.0f s", CLOSE_WITHIN)
            if self.container.engine is not None:
                self.container.engine.kill()


def _leave_httpx_cli_out() -> None:
    """Have httpx import without its command line.

    WORKAROUND: https://github.com/encode/httpx/blob/master/httpx/__init__.py - it imports click, rich and
    pygments wherever they are installed: 0.1 to 0.3 s of the start for a program that is not used.
    """
    if "httpx" not in sys.modules:
        sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # an import then fails


def run_desktop(first: FirstWindow, options: Options) -> int:
    """Run the loop until the person leaves; the exit code."""
    setup_logging(
        paths.log_dir(options.data_dir),
        "bldr-desktop",
        console=not getattr(sys, "frozen", False),
        console_level=logging.WARNING,  # a terminal shows answers and troubles, the file has the rest
    )
    loop = QtLoop(first.application)
    asyncio.set_event_loop(loop)
    funnel = Funnel()
    funnel.install(loop)
    try:
        with loop:
            return int(loop.run_until_complete(_run(first, options, funnel)))
    finally:
        funnel.remove()


async def _run(first: FirstWindow, options: Options, funnel: Funnel) -> int:
    desktop = Desktop(first, options)
    desktop.funnel = funnel
    funnel.tell = desktop.show_trouble
    remove_signals = _on_signals(desktop.leave)
    try:
        await desktop.start()
        if options.demo:
            from bldr_desktop.app.demo import run

            return int(await run(desktop))
        await desktop.left()
        return 0
    finally:
        remove_signals()
        await desktop.aclose()


def _on_signals(leave: Callable[[], None]) -> Callable[[], None]:
    """End on SIGTERM and SIGINT. Python runs handlers between bytecodes only, so a timer gives it some."""
    timer = QTimer(interval=200)
    timer.timeout.connect(lambda: None)
    timer.start()
    old: dict[signal.Signals, object] = {}
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(ValueError, OSError):
            old[number] = signal.signal(number, lambda *_args: leave())

    def remove() -> None:
        timer.stop()
        for number, handler in old.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    return remove
