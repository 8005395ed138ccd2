# SPDX-License-Identifier: MIT
"""The Files panel before anything is behind it: what is dropped and chosen is kept, nothing is lost (G6)."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.ui.main_window import MainWindow
from bldr_desktop.ui.panels.file_manager.panel import FilesPanel
from bldr_desktop.ui.qt.i18n import tr

Paths = Sequence[str | Path]
_WITHOUT_QT = (
    "httpcore",
    "bldr_desktop.client.uploads",
    "bldr_desktop.services.connection",
    "bldr_desktop.services.servers",
    "bldr_desktop.services.queue",
    "bldr_desktop.services.run_watch",
    "bldr_desktop.services.training",
    "bldr_desktop.services.keep_awake",
    "bldr_desktop.services.documents",
    "bldr_desktop.services.preflight",
    "bldr_desktop.services.reconcile",
    "bldr_desktop.services.transfers",
    "bldr_desktop.services.transfer_training",
    "bldr_desktop.services.updates",
    "bldr_desktop.services.watch",
)
_WITH_QT = (
    "bldr_desktop.app.commands",
    "bldr_desktop.app.container",
    "bldr_desktop.ui.monitor.attention",
    "bldr_desktop.ui.panels.file_manager.controller",
    "bldr_desktop.app.panels",
)


class EarlyFiles:
    """The panel with its buttons at work while services are imported; ``hand_over`` ends that.

    Args:
        window: Where the panel is put, and what other starts hand their files to.
    """

    def __init__(self, window: MainWindow) -> None:
        self.panel = FilesPanel(window.theme)
        self._scope = TaskScope("files.early")
        self._kept: list[str | Path] = []
        self._take: Callable[[Paths], object] = self._kept.extend
        self._window_off = window.paths_added.connect(self._on_paths)
        zone = self.panel.zone
        self._wires = (
            (self.panel.paths_dropped, self._on_paths),
            (zone.files_wanted, self._on_files_wanted),
            (zone.folder_wanted, self._on_folder_wanted),
        )
        for signal, slot in self._wires:
            signal.connect(slot)
        window.set_panel("files", self.panel)

    def hand_over(self, take: Callable[[Paths], object]) -> None:
        """Give what came so far to ``take``, and what a dialog that is still open will bring."""
        self._window_off()
        for signal, slot in self._wires:
            signal.disconnect(slot)
        self._take = take
        if self._kept:
            take(self._kept)

    async def aclose(self) -> None:
        """Close a dialog that is still open."""
        await self._scope.close()

    def _on_paths(self, paths: Paths) -> None:
        self._take(paths)

    def _on_files_wanted(self) -> None:
        self._scope.spawn("pick_files", self._pick_files())

    def _on_folder_wanted(self) -> None:
        self._scope.spawn("pick_folder", self._pick_folder())

    async def _pick_files(self) -> None:
        from bldr_desktop.ui.qt.glue import pick_files

        paths = await pick_files(self.panel, tr("files", "Add files"))
        if paths:
            self._take(paths)

    async def _pick_folder(self) -> None:
        from bldr_desktop.ui.qt.glue import pick_folder

        folder = await pick_folder(self.panel, tr("files", "Add folder"))
        if folder is not None:
            self._take([folder])


async def import_rest() -> None:
    """Import what the container and the first panel's controller need, while the loop stays free."""
    if "bldr_desktop.app.panels" in sys.modules:
        return
    await asyncio.to_thread(_import_services)
    for name in _WITH_QT:
        await asyncio.sleep(0)
        import_module(name)
    await asyncio.sleep(0)


def _import_services() -> None:
    for name in _WITHOUT_QT:
        import_module(name)
