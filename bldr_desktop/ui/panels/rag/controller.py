# SPDX-License-Identifier: MIT
"""The RAG panel's controller: joins the tabs, the viewer and the window around them."""

import asyncio
import logging
import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QSplitter

from bldr_desktop.client.api import ApiError
from bldr_desktop.client.frames import Frame
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.events import FrameKind
from bldr_desktop.protocol.rag import ControlQuestion, Passage
from bldr_desktop.services.chat import ChatService
from bldr_desktop.services.control_questions import ControlQuestionsService
from bldr_desktop.services.document_table import DocumentsQuery, DocumentTable
from bldr_desktop.services.documents import DocumentsService
from bldr_desktop.services.events import EventFeed
from bldr_desktop.services.exports import ExportService
from bldr_desktop.services.facets import FacetsService
from bldr_desktop.services.overview import OverviewService
from bldr_desktop.services.pages import PageStore
from bldr_desktop.services.search import SearchService
from bldr_desktop.services.training import TrainingRuns
from bldr_desktop.ui.panels.rag.chat_controller import ChatController
from bldr_desktop.ui.panels.rag.documents_controller import DocumentsController
from bldr_desktop.ui.panels.rag.exports_controller import ExportsController
from bldr_desktop.ui.panels.rag.filters_controller import FiltersController
from bldr_desktop.ui.panels.rag.overview_controller import OverviewController
from bldr_desktop.ui.panels.rag.panel import RagPanel
from bldr_desktop.ui.panels.rag.query_controller import QueryController
from bldr_desktop.ui.panels.rag.question_dialog import QuestionDialog
from bldr_desktop.ui.qt.glue import finished
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.shell import Shell
from bldr_desktop.ui.widgets.viewer.controller import ViewerController
from bldr_desktop.ui.widgets.viewer.target import Target
from bldr_desktop.ui.widgets.viewer.window import ViewerWindow

_log = logging.getLogger(__name__)
_UNSAFE = re.compile(r"[^\w .()\-]+")


@dataclass(frozen=True, slots=True)
class RagServices:
    """What the panel works with."""

    search: SearchService
    documents: DocumentsService
    pages: PageStore
    facets: FacetsService
    table: DocumentTable
    overview: OverviewService
    questions: ControlQuestionsService
    chat: ChatService
    exports: ExportService
    runs: TrainingRuns
    feed: EventFeed

    async def close(self) -> None:
        """Give up what is under way."""
        await asyncio.gather(self.search.close(), self.pages.close(), self.table.close())


class RagController:
    """Lives as long as the panel; ``aclose`` ends it.

    Args:
        panel: The view.
        services: What it works with; closed with it.
        shell: The window around.
        store: Where splitters and columns are remembered.
        downloads: Folder for originals that are opened.
    """

    def __init__(
        self, panel: RagPanel, services: RagServices, shell: Shell, store: QSettings, downloads: Path
    ) -> None:
        self.panel, self.services = panel, services
        self._shell, self._store, self._downloads = shell, store, downloads
        self._scope = TaskScope("rag")
        self._windows: list[tuple[ViewerWindow, ViewerController]] = []
        self.viewer = ViewerController(panel.query.viewer, services.documents, services.pages)
        self.query = QueryController(panel.query, services.search, self.viewer, shell)
        self.filters = FiltersController(panel.query.filters, services.facets, services.search)
        self.documents = DocumentsController(
            panel.documents, services.documents, services.table, shell, store
        )
        self.overview = OverviewController(
            panel.overview, services.overview, services.questions, services.runs, shell
        )
        self.chat = ChatController(panel.chat, services.chat, shell)
        self.exports = ExportsController(panel, services.exports, services.search, services.table, shell)
        self._connect()
        self._serve(self.viewer)
        self._off = [
            shell.document_requested.connect(self._on_document_requested),
            shell.shown_panel.connect(self._on_panel_shown),
            services.feed.subscribe((FrameKind.DOCUMENT,), self._on_document_frames),
            services.documents.acted.connect(lambda _: self._on_collection_changed()),
            services.runs.ended.connect(lambda _: self._on_collection_changed()),
        ]
        self._restore()

    def _connect(self) -> None:
        self.documents.open_asked.connect(lambda document_id: self.open_target(Target(document_id)))
        self.documents.search_asked.connect(self._search_in)
        self.overview.rows_asked.connect(self._show_rows)
        self.chat.open_asked.connect(self.open_target)
        self.query.question_asked.connect(lambda asked: self._spawn_question(*asked))
        self.viewer.question_asked.connect(
            lambda target: self._spawn_question(self.services.search.state.query, target)
        )
        self.panel.tabs.currentChanged.connect(lambda _: self._on_tab_shown())
        self.panel.retranslated.connect(self._on_retranslated)

    async def aclose(self) -> None:
        """End: remember the layout, close windows, give up what is under way."""
        self._remember()
        for off in self._off:
            off()
        for window, viewer in self._windows:
            await viewer.close()
            window.done()
        await self.query.close()
        await self.filters.close()
        await self.documents.close()
        await self.overview.close()
        await self.chat.close()
        await self.exports.close()
        await self.viewer.close()
        await self._scope.close()
        await self.services.close()

    def open_target(self, target: Target) -> None:
        """Show a place in the Query tab's viewer."""
        self.panel.tabs.setCurrentWidget(self.panel.query)
        self.viewer.open(target)

    def open_window(self, target: Target) -> ViewerWindow:
        """Show a place in a window of its own."""
        window = ViewerWindow(self._shell.theme)
        viewer = ViewerController(window.viewer, self.services.documents, self.services.pages)
        self._serve(viewer)
        pair = (window, viewer)
        self._windows.append(pair)
        window.closed.connect(lambda: self._scope.spawn("window", self._close_window(pair)))
        viewer.open(target)
        window.show()
        return window

    async def _close_window(self, pair: tuple[ViewerWindow, ViewerController]) -> None:
        if pair in self._windows:
            self._windows.remove(pair)
            await pair[1].close()
            pair[0].done()

    def _serve(self, viewer: ViewerController) -> None:
        viewer.original_asked.connect(lambda document: self._spawn_original(document))
        viewer.window_asked.connect(lambda target: _ignore(self.open_window(target)))

    def _spawn_original(self, document: Document) -> None:
        self._scope.spawn("original", self._open_original(document))

    async def _open_original(self, document: Document) -> None:
        """The file itself where this machine has it, else a copy fetched from the engine."""
        try:
            path = await self._original(document)
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")
            return
        except OSError as error:
            said = tr("rag", "The original cannot be saved: {reason}", reason=error.strerror or str(error))
            self._shell.toast(said, kind="error")
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._shell.toast(
                tr("rag", "No program opens this type. It is here: {path}", path=path), kind="warn"
            )

    async def _original(self, document: Document) -> Path:
        name = _UNSAFE.sub("_", Path(document.name).name).strip(". ") or "document"
        target = self._downloads / document.sha256[:16] / name
        if not await asyncio.to_thread(target.is_file):
            await self.services.documents.save_content(document.id, target)
        return target

    def _on_document_requested(self, place: tuple[str, int | None, int | None, int | None]) -> None:
        document_id, page, start, end = place
        self._shell.go("rag")
        self.open_target(Target(document_id=document_id, page=page or 1, start=start, end=end))

    def _on_panel_shown(self, name: str) -> None:
        if name == "rag":
            self._on_tab_shown()

    def _on_tab_shown(self) -> None:
        tab = self.panel.tabs.currentWidget()
        if tab is self.panel.query:
            self.panel.query.box.setFocus()
        elif tab is self.panel.documents:
            self.documents.shown()
        elif tab is self.panel.overview:
            self.overview.shown()
        else:
            self.chat.shown()

    def _on_retranslated(self) -> None:
        self.query.retranslate()
        self.documents.retranslate()
        self.overview.retranslate()
        self.chat.retranslate()

    def _show_rows(self, query: DocumentsQuery) -> None:
        self.panel.tabs.setCurrentWidget(self.panel.documents)
        self.documents.show_rows(query)

    def _on_document_frames(self, frames: list[Frame]) -> None:
        """Documents changed in the engine: what is shown of them is read again."""
        for document_id in {str(frame.get("document_id")) for frame in frames}:
            for viewer in (self.viewer, *(pair[1] for pair in self._windows)):
                viewer.forget(document_id)
        self.documents.refresh_soon()
        self.overview.refresh_soon()

    def _on_collection_changed(self) -> None:
        """The hits may not be true any more."""
        if self.services.search.state.settled:
            self.services.search.repeat()
        self.overview.refresh_soon()

    def _spawn_question(self, query: str, target: Target) -> None:
        if target.passage is not None:
            self._scope.spawn("question", self._make_question(query, target.passage))

    async def _make_question(self, query: str, passage: Passage) -> None:
        dialog = QuestionDialog(self._shell.theme, query, passage, self.panel)
        made: list[ControlQuestion] = []
        dialog.accepted.connect(lambda: made.append(dialog.question()))
        if await finished(dialog) != QDialog.DialogCode.Accepted or not made:
            return
        try:
            await self.services.questions.add(made[0])
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")
            return
        self._shell.toast(tr("rag", "The question is kept: it is asked after every training"))

    def _search_in(self, document_id: str) -> None:
        """Narrow the search to one document."""
        state = self.services.search.state
        self.services.search.set_filters(state.filters.model_copy(update={"document_ids": [document_id]}))
        self.panel.tabs.setCurrentWidget(self.panel.query)

    def _splitters(self) -> list[QSplitter]:
        return [splitter for splitter in self.panel.findChildren(QSplitter) if splitter.objectName()]

    def _restore(self) -> None:
        for splitter in self._splitters():
            kept = self._store.value(f"splitter/{splitter.objectName()}")
            if isinstance(kept, QByteArray):
                splitter.restoreState(kept)

    def _remember(self) -> None:
        for splitter in self._splitters():
            self._store.setValue(f"splitter/{splitter.objectName()}", splitter.saveState())
        self._store.sync()


def _ignore(_: object) -> None:
    """A slot gives nothing back."""
