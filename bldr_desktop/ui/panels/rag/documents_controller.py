# SPDX-License-Identifier: MIT
"""The Documents tab's doings: paging, sorting, bulk actions with undo, details."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QItemSelectionModel, QSettings, Qt, QTimer

from bldr_desktop.client.api import ApiError, NotOffered
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.services.document_table import DocumentsQuery, DocumentTable
from bldr_desktop.services.documents import BulkDone, DocumentsService
from bldr_desktop.ui.models.documents import COLUMNS, DocumentsModel
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.widgets import words

if TYPE_CHECKING:
    from bldr_desktop.ui.panels.rag.documents_view import DocumentsView
    from bldr_desktop.ui.shell import Shell

UNDO_SECONDS = 30
COLUMNS_KEY = "documents/columns/4"
INVERSE = {"delete": "restore", "restore": "delete", "disable": "enable", "enable": "disable"}


class DocumentsController:
    """Between the table view, its sparse rows and the commands."""

    def __init__(
        self,
        view: "DocumentsView",
        documents: DocumentsService,
        table: DocumentTable,
        shell: "Shell",
        store: QSettings,
    ) -> None:
        self.open_asked: Notice[str] = Notice()
        self.search_asked: Notice[str] = Notice()
        self._view, self._documents, self._table, self._shell = view, documents, table, shell
        self._store = store
        self._scope = TaskScope("documents-tab")
        self.model = DocumentsModel(table)
        view.table.take_model(self.model)
        self._shown = False
        self._undo: tuple[str, tuple[str, ...]] | None = None
        self._undo_ends = 0.0
        self._countdown = QTimer(view, interval=1000)
        self._countdown.timeout.connect(self._tell_undo)
        self._soon = QTimer(view, singleShot=True, interval=400)
        self._soon.timeout.connect(table.refresh)
        self._off = [table.resized.connect(self._on_resized), table.failed.connect(self._on_failed)]
        self._connect()
        self._restore_columns()

    def _connect(self) -> None:
        view = self._view
        view.search.searched.connect(lambda text: self._narrow(search=text))
        view.states.chosen.connect(lambda keys: self._narrow(state=keys[0] if keys else ""))
        view.editions.chosen.connect(lambda keys: self._narrow(edition=keys[0] if keys else ""))
        view.more.chosen.connect(lambda keys: self._show(replace(self.query, defines="defines" in keys)))
        view.table.rows_in_view.connect(lambda first, last: self._table.want(first, last))
        view.table.horizontalHeader().sectionClicked.connect(self._on_heading_clicked)
        view.table.selectionModel().selectionChanged.connect(lambda *_: self._on_chosen())
        view.table.selectionModel().currentRowChanged.connect(lambda now, _: self._on_current(now.row()))
        view.table.opened.connect(self._on_opened)
        view.bulk_asked.connect(self._on_bulk)
        view.details.open_asked.connect(lambda document_id: self.open_asked.emit(document_id))
        view.details.search_asked.connect(lambda document_id: self.search_asked.emit(document_id))
        view.details.left.connect(view.details.hide)

    @property
    def query(self) -> DocumentsQuery:
        """What the table shows."""
        return self._table.query

    def shown(self) -> None:
        """The tab came to the front: read what may be old."""
        if self._shown:
            self._table.refresh()
        else:
            self._shown = True
            self._view.state.show_loading()
            self._show(DocumentsQuery())

    def show_rows(self, query: DocumentsQuery) -> None:
        """Show other rows, as a number on the overview asks."""
        self._shown = True
        self._view.search.setText(query.search)
        self._show(query)

    def retranslate(self) -> None:
        """Say counts and states in another language."""
        if self._table.total is not None:
            self._on_resized(self._table.total)
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._view.table.viewport().update()
        self._tell_undo()

    def refresh_soon(self) -> None:
        """Something changed in the engine; what is in view is read again, at most every 0.4 s."""
        if self._shown and self._view.isVisible() and not self._soon.isActive():
            self._soon.start()

    async def close(self) -> None:
        """End."""
        self.keep_columns()
        self._soon.stop()
        self._countdown.stop()
        for off in self._off:
            off()
        self.model.detach()
        await self._scope.close()

    def _narrow(self, **changes: str) -> None:
        self._show(replace(self._table.query, **changes))  # type: ignore[arg-type]

    def _show(self, query: DocumentsQuery) -> None:
        self._view.table.clearSelection()
        self._view.table.scrollToTop()
        self._view.show_filters(query)
        self._table.show(query)
        self._show_sort()

    def _show_sort(self) -> None:
        query = self._table.query
        place = next((n for n, column in enumerate(COLUMNS) if column.field == query.sort), -1)
        order = Qt.SortOrder.DescendingOrder if query.descending else Qt.SortOrder.AscendingOrder
        self._view.table.horizontalHeader().setSortIndicator(place, order)

    def _on_heading_clicked(self, place: int) -> None:
        column = COLUMNS[place]
        query = self._table.query
        if not column.sortable:
            self._show_sort()
            return
        descending = not query.descending if query.sort == column.field else column.right
        self._show(replace(query, sort=column.field, descending=descending))

    def _on_resized(self, total: int) -> None:
        self._view.count.setText(
            tr("rag", "%n document(s)", total).replace(str(total), words.number(total), 1)
        )
        if total:
            self._view.state.show_content()
            self._view.table._tell_view()
        elif self._table.query.narrowed:
            self._view.state.show_empty(
                tr("rag", "No document is like that"),
                tr("rag", "Other words or another state may have some."),
                icon="search",
                action_text=tr("rag", "Show all"),
                action=lambda: self.show_rows(DocumentsQuery()),
            )
        else:
            self._view.state.show_empty(
                tr("rag", "No documents yet"),
                tr("rag", "Add files or a folder; they can be searched as soon as they are trained."),
                action_text=tr("rag", "Add documents"),
                action=lambda: self._shell.go("files"),
            )
        self._on_chosen()

    def _on_failed(self, error: ApiError) -> None:
        if isinstance(error, NotOffered):
            self._view.state.show_not_offered(tr("rag", "The list of documents"))
        elif self._table.total:
            self._view.state.show_partial(error.sentence, tr("rag", "Try again"), self._table.refresh)
        else:
            self._view.state.show_error(error.sentence, details=str(error), retry=self._table.refresh)

    def _on_chosen(self) -> None:
        count = sum(last - first + 1 for first, last in self._view.table.chosen_ranges())
        self._view.show_chosen(count, in_bin=self._table.query.state == "deleted")

    def _on_current(self, row: int) -> None:
        document = self.model.document(row)
        if document is not None:
            self._view.details.show_document(document)
            self._view.details.show()

    def _on_opened(self, row: int) -> None:
        document = self.model.document(row)
        if document is not None and document.pages:
            self.open_asked.emit(document.id)

    def _on_bulk(self, action: str) -> None:
        ranges = self._view.table.chosen_ranges()
        if ranges:
            self._scope.spawn(action, self._bulk_rows(action, ranges))

    async def _bulk_rows(self, action: str, ranges: list[tuple[int, int]]) -> None:
        try:
            ids = await self._table.ids(ranges)
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")
            return
        await self.bulk(action, ids)

    async def bulk(self, action: str, ids: Sequence[str]) -> None:
        """Do it, say what became of it, and offer to take it back for 30 s."""
        if not ids:
            return
        try:
            done = await self._documents.bulk(action, ids)
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")
            return
        self._view.table.selectionModel().clear()
        self._table.refresh()
        self._tell(done)

    def _tell(self, done: BulkDone) -> None:
        if done.refused:
            reason = done.refused[0].error or ""
            said = tr("rag", "%n document(s) refused: {reason}", len(done.refused), reason=reason)
            self._shell.toast(said, kind="warn")
        if not done.done:
            return
        if done.action in INVERSE:
            self._undo = (done.action, done.done)
            self._undo_ends = time.monotonic() + UNDO_SECONDS
            self._countdown.start()
            self._tell_undo()
        elif done.job_id is not None:
            self._shell.toast(tr("rag", "%n document(s) will be read again", len(done.done)))
            self._shell.open_monitor(done.job_id)

    def _tell_undo(self) -> None:
        left = round(self._undo_ends - time.monotonic())
        if self._undo is None or left <= 0:
            self._undo = None
            self._countdown.stop()
            self._view.undo.hide()
            return
        action, ids = self._undo
        said = {
            "delete": tr("rag", "%n document(s) in the bin.", len(ids)),
            "restore": tr("rag", "%n document(s) restored.", len(ids)),
            "disable": tr("rag", "%n document(s) disabled: not found any more.", len(ids)),
            "enable": tr("rag", "%n document(s) enabled.", len(ids)),
        }[action]
        self._view.undo.say("accent", said, tr("rag", "Undo ({seconds} s)", seconds=left), self._take_back)

    def _take_back(self) -> None:
        if self._undo is None:
            return
        (action, ids), self._undo = self._undo, None
        self._view.undo.hide()
        self._countdown.stop()
        self._scope.spawn("undo", self._undone(INVERSE[action], ids))

    async def _undone(self, action: str, ids: Sequence[str]) -> None:
        try:
            await self._documents.bulk(action, ids)
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")
            return
        self._table.refresh()
        self._shell.toast(tr("rag", "Taken back"))

    def choose_rows(self, first: int, last: int) -> None:
        """Choose rows, as a click and a shift-click would."""
        selection = self._view.table.selectionModel()
        from PySide6.QtCore import QItemSelection

        part = QItemSelection(self.model.index(first, 0), self.model.index(last, len(COLUMNS) - 1))
        selection.select(part, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keep_columns(self) -> None:
        """Remember which columns are shown, where and how wide."""
        self._store.setValue(COLUMNS_KEY, self._view.table.horizontalHeader().saveState())

    def _restore_columns(self) -> None:
        kept = self._store.value(COLUMNS_KEY)
        if isinstance(kept, QByteArray):
            self._view.table.horizontalHeader().restoreState(kept)
