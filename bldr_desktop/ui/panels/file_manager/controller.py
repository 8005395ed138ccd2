# SPDX-License-Identifier: MIT
"""Between the Files panel and the services: what the person did, what is to be shown."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu

from bldr_desktop.client.api import ApiError
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.services.documents import DocumentsService
from bldr_desktop.services.preflight import PreflightProgress, PreflightService, SameName
from bldr_desktop.services.reconcile import ReconcileService
from bldr_desktop.services.settings import Settings
from bldr_desktop.services.transfer_state import Changes, Totals, TransferState
from bldr_desktop.services.transfer_training import TransferTraining
from bldr_desktop.services.transfers import TransferService
from bldr_desktop.ui.models.transfers_model import TransfersModel
from bldr_desktop.ui.panels.file_manager import words
from bldr_desktop.ui.panels.file_manager.folders_controller import FoldersController
from bldr_desktop.ui.panels.file_manager.panel import FilesPanel
from bldr_desktop.ui.panels.file_manager.table_menu import TableMenu
from bldr_desktop.ui.panels.file_manager.table_view import GROUPS
from bldr_desktop.ui.qt.glue import pick_files, pick_folder, starts
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.shell import Shell
from bldr_desktop.ui.sizes import size

_TOTALS_MS = 250


@dataclass(frozen=True, slots=True)
class FileServices:
    """What the panel works with."""

    transfers: TransferService
    training: TransferTraining
    preflight: PreflightService
    reconcile: ReconcileService
    documents: DocumentsService
    settings: Settings
    cache: Path
    """Folder for documents that are dragged out."""


class FilesController:
    """Owns the panel's coroutines; ``aclose`` ends them.

    Args:
        panel: The view.
        services: What it works with; started and closed by their owner.
        shell: The window around.
    """

    def __init__(self, panel: FilesPanel, services: FileServices, shell: Shell) -> None:
        self.panel = panel
        panel.complete()
        self._transfers, self._training = services.transfers, services.training
        self._reconcile = services.reconcile
        self._looker, self._settings, self._shell = services.preflight, services.settings, shell
        self._scope = TaskScope("files")
        self._looking: asyncio.Task[None] | None = None
        self._paths: list[Path] = []
        self.folders = FoldersController(
            panel.folders,
            panel.server_folder,
            services.reconcile,
            services.training,
            services.transfers.client,
            shell,
        )
        self.menu = TableMenu(
            panel.transfers,
            services.transfers,
            services.training,
            services.documents,
            services.cache,
            shell,
            self._scope,
        )
        self.model = TransfersModel(self._transfers.rows, words.state, words.details, size, panel)
        panel.transfers.set_model(self.model)
        self._totals = QTimer(panel, interval=_TOTALS_MS)
        self._totals.timeout.connect(self._show_totals)
        self._totals.start()
        self._off = [
            self._transfers.changed.connect(self._on_changed),
            self._transfers.trouble.connect(self._on_trouble),
            self._training.started.connect(self._on_training_started),
            self._transfers.client.answered.connect(lambda _: self._on_server_answered()),
            shell.shown_panel.connect(self._on_shown_panel),
            self._settings.changed.connect(self._on_setting),
        ]
        self._connect()
        for key in ("uploads.parallel", "uploads.speed_limit_kib"):
            self._on_setting(key)
        self._on_tab()
        self._show()

    def _connect(self) -> None:
        panel, view = self.panel, self.panel.transfers
        panel.paths_dropped.connect(self.add_paths)
        panel.zone.files_wanted.connect(starts(self._scope, "pick_files", self._pick_files))
        panel.zone.folder_wanted.connect(starts(self._scope, "pick_folder", self._pick_folder))
        panel.preflight.started.connect(self._on_started)
        panel.preflight.cancelled.connect(self._on_cancelled)
        view.pause.clicked.connect(lambda: self._transfers.pause(self._some()))
        view.resume.clicked.connect(lambda: self._transfers.resume(self._some()))
        view.cancel.clicked.connect(lambda: self._transfers.cancel(self._some()))
        view.retry_failed.clicked.connect(lambda: self._transfers.retry())
        view.clear_done.clicked.connect(self._transfers.clear_done)
        view.train.clicked.connect(lambda: self._training.train())
        view.filter_changed.connect(self._on_filter)
        view.options.clicked.connect(self._show_options)
        panel.tabs.currentChanged.connect(lambda _: self._on_tab())

    async def aclose(self) -> None:
        """End what runs for this panel."""
        self._totals.stop()
        for off in self._off:
            off()
        await self.folders.aclose()
        await self._scope.close()

    # -- adding -----------------------------------------------------------------------------------

    def add_paths(self, paths: Sequence[str | Path]) -> None:
        """Look at files and folders; what is looked at already stays in."""
        self.panel.tabs.setCurrentIndex(0)
        fresh = [Path(path) for path in paths]
        self._paths += [path for path in fresh if path not in self._paths]
        if self._looking is not None:
            self._looking.cancel()
        self.panel.preflight.show_looking()
        self._looking = self._scope.spawn("look", self._look(list(self._paths)))
        self._show()

    async def _look(self, paths: list[Path]) -> None:
        progress: Notice[PreflightProgress] = Notice()
        progress.connect(self.panel.preflight.show_looking)
        result = await self._looker.look(paths, progress)
        self._looking = None
        self.panel.preflight.show_ready(result)
        self._show()

    def _on_server_answered(self) -> None:
        """What was looked at while nobody could be asked is compared now."""
        if self._paths and self._looking is None and self.panel.preflight.preflight.ask_again:
            self.add_paths([])

    async def _pick_files(self) -> None:
        paths = await pick_files(self.panel, tr("files", "Add files"))
        if paths:
            self.add_paths(paths)

    async def _pick_folder(self) -> None:
        folder = await pick_folder(self.panel, tr("files", "Add folder"))
        if folder:
            self.add_paths([folder])

    def _on_started(self, same_name: SameName, train: bool) -> None:
        sources = self.panel.preflight.preflight.sources(same_name)
        for folder in (path for path in self._paths if path.is_dir()):
            self._reconcile.add(folder)
        self._paths = []
        self._transfers.add(sources, train=train)
        self._show()

    def _on_cancelled(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._paths = []
        self._show()

    # -- showing ----------------------------------------------------------------------------------

    def _show(self) -> None:
        if self._paths:
            self.panel.show_state("preflight")
        else:
            self.panel.show_state("table" if self._transfers.rows else "empty")

    def _on_changed(self, changes: Changes) -> None:
        self.model.apply(changes)
        if changes.added or changes.removed:
            self._show()

    def _show_totals(self) -> None:
        if not self.panel.isVisible() or self.panel.property("state") != "table":
            return
        totals = self._transfers.totals()
        self.panel.transfers.show_totals(totals, ready=len(self._training.ready()))
        self._show_banner(totals)

    def _show_banner(self, totals: Totals) -> None:
        away = self._transfers.waiting_for_server
        banner = self.panel.banner
        bad = totals.of(TransferState.FAILED, TransferState.EMPTY)
        good = totals.of(TransferState.TRAINED)
        if self._transfers.paused_for:
            text = tr("files", "Paused: {reason}", reason=self._transfers.paused_for)
            banner.say("error", text, tr("files", "Resume"), self._transfers.resume)
        elif away is not None:
            text = tr("files", "The server does not answer. Uploads wait and go on by themselves.")
            banner.say("warn", text, tr("files", "Try now"), self._transfers.try_now)
        elif bad and bad + good + totals.of(TransferState.CANCELLED) == totals.count:
            text = tr("files", "%n file(s) could not be made searchable; the reasons are in the list.", bad)
            banner.say("warn", text, tr("files", "Show"), self._show_failed)
        elif good and good == totals.count:
            text = tr("files", "All done: %n file(s) searchable.", good)
            banner.say("accent", text, tr("files", "Ask a question"), lambda: self._shell.go("rag"))
        else:
            banner.hide()

    def _show_failed(self) -> None:
        self.panel.transfers.choose_filter("failed")

    def _on_filter(self, group: str, text: str) -> None:
        self.model.filter(GROUPS[group], text)

    def _some(self) -> list[int] | None:
        """The selected rows where it is more than one, else all."""
        ids = self.panel.transfers.selected_ids()
        return ids if len(ids) > 1 else None

    def _on_trouble(self, error: ApiError) -> None:
        self._shell.toast(error.sentence, kind="error")

    def _on_training_started(self, job_id: str) -> None:
        self._shell.open_monitor(job_id)

    def _on_shown_panel(self, name: str) -> None:
        if name == "files":
            self._scope.spawn("refresh", self._training.refresh())

    # -- options ----------------------------------------------------------------------------------

    def _on_tab(self) -> None:
        if self.panel.tabs.currentWidget() is self.panel.folders:
            self.folders.look()

    def _on_setting(self, key: str) -> None:
        if key == "uploads.parallel":
            self._transfers.set_parallel(self._settings.number(key))
        elif key == "uploads.speed_limit_kib":
            self._transfers.set_speed_limit(self._settings.number(key) * 1024 or None)

    def _show_options(self) -> None:
        menu = QMenu(self.panel)
        parallel = menu.addMenu(tr("files", "Parallel uploads"))
        for count in (1, 2, 4, 8):
            action = parallel.addAction(str(count))
            action.setCheckable(True)
            action.setChecked(self._settings.number("uploads.parallel") == count)
            action.triggered.connect(partial(self._settings.set, "uploads.parallel", count))
        speed = menu.addMenu(tr("files", "Speed limit"))
        for kib in (0, 256, 1024, 5 * 1024, 20 * 1024):
            text = words.speed(kib * 1024) if kib else tr("files", "None")
            action = speed.addAction(text)
            action.setCheckable(True)
            action.setChecked(self._settings.number("uploads.speed_limit_kib") == kib)
            action.triggered.connect(partial(self._settings.set, "uploads.speed_limit_kib", kib))
        options = self.panel.transfers.options
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(options.mapToGlobal(options.rect().bottomLeft()))
