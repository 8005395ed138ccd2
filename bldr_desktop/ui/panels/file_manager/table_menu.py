# SPDX-License-Identifier: MIT
"""What can be done with rows of the transfer table: the context menu, opening, dragging out."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from bldr_desktop.client.api import ApiError
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.services.transfer_state import Transfer, TransferState
from bldr_desktop.services.transfers import TransferService
from bldr_desktop.ui.models import transfers_model as m
from bldr_desktop.ui.panels.file_manager.table_view import TableView
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.reasons import reason
from bldr_desktop.ui.shell import Shell

if TYPE_CHECKING:
    from bldr_desktop.services.documents import DocumentsService
    from bldr_desktop.services.transfer_training import TransferTraining

_STATE = TransferState
_SENDING = frozenset({_STATE.CHECKING, _STATE.WAITING, _STATE.SENDING})


class TableMenu:
    """The menu of the table and the keys that do the same.

    Args:
        view: The table.
        transfers: Its rows.
        training: Trains rows.
        documents: Downloads documents that are dragged out.
        cache: Folder for what is dragged out.
        shell: The window.
        scope: Whose coroutines these are.
    """

    def __init__(
        self,
        view: TableView,
        transfers: TransferService,
        training: "TransferTraining",
        documents: "DocumentsService",
        cache: Path,
        shell: Shell,
        scope: TaskScope,
    ) -> None:
        self._view, self._transfers, self._training = view, transfers, training
        self._documents, self._cache, self._shell, self._scope = documents, cache, shell, scope
        view.table.customContextMenuRequested.connect(self._open_at)
        view.table.doubleClicked.connect(lambda _: self._open())
        view.table.drag_wanted.connect(self._on_drag)
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Delete), self._remove),
            (QKeySequence("Return"), self._open),
            (QKeySequence(QKeySequence.StandardKey.Copy), self._copy_path),
        ):
            shortcut = QShortcut(keys, view.table)
            shortcut.activated.connect(slot)

    def rows(self) -> list[Transfer]:
        """The selected rows."""
        known = self._transfers.rows
        return [known[i] for i in self._view.selected_ids() if i in known]

    def menu(self) -> QMenu:
        """The menu for the selected rows; only what can be done with them is in it."""
        rows = self.rows()
        ids = [row.id for row in rows]
        states = {row.state for row in rows}
        menu = QMenu(self._view)
        menu.setObjectName("files.menu")
        one = rows[0] if len(rows) == 1 else None
        if one is not None and one.document_id and one.chunks:
            self._item(menu, "open", tr("files", "Open document"), self._open)
        if one is not None:
            self._item(menu, "folder", tr("files", "Show in folder"), self._show_in_folder)
        self._item(menu, "path", tr("files", "Copy path"), self._copy_path)
        if any(row.error for row in rows):
            self._item(menu, "reason", tr("files", "Copy reason"), self._copy_reason)
        menu.addSeparator()
        if states & _SENDING:
            self._item(menu, "pause", tr("files", "Pause"), lambda: self._transfers.pause(ids))
        if _STATE.PAUSED in states:
            self._item(menu, "resume", tr("files", "Resume"), lambda: self._transfers.resume(ids))
        if states & {_STATE.FAILED, _STATE.CANCELLED, _STATE.EMPTY}:
            self._item(menu, "retry", tr("files", "Try again"), lambda: self._transfers.retry(ids))
        if _STATE.UPLOADED in states:
            self._item(menu, "train", tr("files", "Make searchable"), lambda: self._training.train(ids))
        if states & (_SENDING | {_STATE.PAUSED}):
            self._item(menu, "cancel", tr("files", "Cancel upload"), lambda: self._transfers.cancel(ids))
        self._item(menu, "remove", tr("files", "Remove from list"), self._remove)
        return menu

    @staticmethod
    def _item(menu: QMenu, name: str, text: str, slot: object) -> None:
        action = menu.addAction(text)
        action.setObjectName(f"files.menu.{name}")
        action.triggered.connect(lambda _=False: slot())  # type: ignore[operator]

    def _open_at(self, point: QPoint) -> None:
        if not self.rows():
            return
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._view.table.viewport().mapToGlobal(point))

    def _open(self) -> None:
        rows = self.rows()
        if len(rows) == 1 and rows[0].document_id and rows[0].chunks:
            self._shell.open_document(rows[0].document_id)

    def _show_in_folder(self) -> None:
        for row in self.rows()[:1]:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(row.path).parent)))

    def _copy_path(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(row.path for row in self.rows()))

    def _copy_reason(self) -> None:
        said = (f"{row.relative}: {reason(row.error_code, row.error)}" for row in self.rows() if row.error)
        QGuiApplication.clipboard().setText("\n".join(said))

    def _remove(self) -> None:
        self._transfers.remove([row.id for row in self.rows()])

    # -- dragging out -----------------------------------------------------------------------------

    def _on_drag(self, rows: Sequence[int]) -> None:
        model = self._view.table.model()
        ids = [model.index(row, 0).data(m.ID) for row in rows]
        transfers = [self._transfers.rows[i] for i in ids if i in self._transfers.rows]
        here = [row.path for row in transfers if Path(row.path).is_file()]
        if len(here) == len(transfers):
            self._view.table.drag_out(here)
        else:
            self._scope.spawn("download", self._download(transfers))

    async def _download(self, rows: Sequence[Transfer]) -> None:
        """Fetch documents whose files are not on this machine; then they can be dragged."""
        folder = self._cache / "dragged"
        folder.mkdir(parents=True, exist_ok=True)
        count = 0
        for row in rows:
            target = folder / row.name
            if row.document_id is None or target.is_file():
                continue
            try:
                await self._documents.save_content(row.document_id, target)
            except ApiError as error:
                self._shell.toast(error.sentence, kind="error")
                with contextlib.suppress(OSError):
                    target.unlink()
                return
            row.path = str(target)
            self._transfers.touch(row)
            count += 1
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            # Still held: go on with the drag, outside of this coroutine (a drag runs its own loop).
            QTimer.singleShot(0, self._view, lambda: self._view.table.drag_out([row.path for row in rows]))
        elif count:
            self._shell.toast(tr("files", "%n document(s) downloaded; drag again to drop them", count))
