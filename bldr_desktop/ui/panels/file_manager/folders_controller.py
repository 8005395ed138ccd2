# SPDX-License-Identifier: MIT
"""Folders and the server folder: what the person asked for, done by the services."""

from pathlib import Path

from bldr_desktop.client.api import ApiError
from bldr_desktop.client.uploads import UploadClient
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.services.reconcile import Difference, ReconcileService
from bldr_desktop.services.transfer_training import TransferTraining
from bldr_desktop.ui.panels.file_manager.folders_view import FoldersView
from bldr_desktop.ui.panels.file_manager.server_folder_view import ServerFolderView
from bldr_desktop.ui.qt.glue import pick_folder, starts
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.shell import Shell


class FoldersController:
    """Owns the coroutines of both tabs; ``aclose`` ends them."""

    def __init__(
        self,
        folders: FoldersView,
        server: ServerFolderView,
        reconcile: ReconcileService,
        training: TransferTraining,
        client: UploadClient,
        shell: Shell,
    ) -> None:
        self._folders, self._server = folders, server
        self._reconcile, self._training, self._client, self._shell = reconcile, training, client, shell
        self._scope = TaskScope("folders")
        self._off = [reconcile.changed.connect(lambda _: self._show())]
        folders.add_wanted.connect(starts(self._scope, "pick", self._pick))
        folders.check_wanted.connect(reconcile.check)
        folders.remove_wanted.connect(self._on_remove)
        folders.watch_wanted.connect(lambda path, on: reconcile.add(path, watched=on))
        folders.act_wanted.connect(self._on_act)
        server.scan_wanted.connect(lambda path: self._scope.spawn("scan", self._scan(path)))
        server.train_wanted.connect(lambda path: self._scope.spawn("train", self._train(path)))
        self._show()

    async def aclose(self) -> None:
        """End what runs for these tabs."""
        for off in self._off:
            off()
        await self._scope.close()

    def look(self) -> None:
        """The tab came to the front: compare what was not compared yet."""
        for path, folder in list(self._reconcile.folders.items()):
            if folder.files is None:
                self._reconcile.check(path)

    def add(self, path: Path) -> None:
        """Take a folder into the list and compare it."""
        self._reconcile.add(path)
        self._reconcile.check(path)

    def _show(self) -> None:
        self._folders.show_folders(self._reconcile.folders)

    async def _pick(self) -> None:
        path = await pick_folder(self._folders, tr("files", "Add folder"))
        if path is not None:
            self.add(path)

    def _on_remove(self, path: Path) -> None:
        folder = self._reconcile.folders.get(path)
        watched = folder.watched if folder else False
        self._reconcile.remove(path)

        def undo() -> None:
            self._reconcile.add(path, watched=watched)
            self._reconcile.check(path)

        self._shell.toast(tr("files", "Off the list: {name}", name=path.name), undo)

    def _on_act(self, path: Path, difference: Difference) -> None:
        folder = self._reconcile.folders.get(path)
        if folder is None:
            return
        files = folder.of(difference)
        if difference in {Difference.NOT_TRAINED, Difference.CHANGED}:
            count = self._reconcile.send(files)
            self._shell.toast(tr("files", "%n file(s) on their way", count))
        else:
            action = self._forget if difference is Difference.GONE else self._retry
            self._scope.spawn("act", action(path, difference))

    async def _retry(self, path: Path, difference: Difference) -> None:
        try:
            job_id = await self._reconcile.retry(self._reconcile.folders[path].of(difference))
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")
            return
        if job_id:
            self._shell.open_monitor(job_id)
        else:
            self._reconcile.check(path)

    async def _forget(self, path: Path, difference: Difference) -> None:
        try:
            done = await self._reconcile.forget(self._reconcile.folders[path].of(difference))
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")
            return
        self._reconcile.check(path)

        def undo() -> None:
            self._scope.spawn("restore", self._restore(path, list(done.done)))

        self._shell.toast(tr("files", "%n document(s) removed from search", len(done.done)), undo)

    async def _restore(self, path: Path, ids: list[str]) -> None:
        try:
            await self._reconcile.documents.bulk("restore", ids)
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")
        self._reconcile.check(path)

    async def _scan(self, path: str) -> None:
        self._server.show_scanning()
        try:
            answer = await self._client.scan(path)
        except ApiError as error:
            self._server.show_error(error.sentence)
            return
        self._server.show_found(answer)

    async def _train(self, path: str) -> None:
        try:
            await self._training.train_folder(path)
        except ApiError as error:
            self._server.show_error(error.sentence)
