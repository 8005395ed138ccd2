# SPDX-License-Identifier: MIT
"""What stands beside the document: outline, extracted text with its chunks, find in the document."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton

from bldr_desktop.client.api import ApiError
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.protocol.documents import ChunkView, FindHit
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.widgets import words

if TYPE_CHECKING:
    from bldr_desktop.ui.widgets.viewer.controller import ViewerController

BOTH_FROM = 800
"""Pixels of width from which outline and text stand beside a page that can still be read."""


class Asides:
    """Fills them only while they are open."""

    def __init__(self, viewer: "ViewerController", scope: TaskScope) -> None:
        self._viewer, self._view, self._scope = viewer, viewer.view, scope
        self._page = 0
        self._chunks: list[ChunkView] = []
        self._found: list[FindHit] = []
        self._at = 0
        self._turn = 0
        view = self._view
        view.move_bar.outline.toggled.connect(self._on_outline_toggled)
        view.move_bar.text.toggled.connect(self._on_text_toggled)
        view.move_bar.finder.clicked.connect(self._on_find_clicked)
        view.find_bar.asked.connect(lambda text: scope.spawn("find", self._find(text)))
        view.find_bar.stepped.connect(self._step)
        view.find_bar.left.connect(self._leave_find)
        view.page_text.clicked.connect(self._on_text_clicked)
        view.flow.clicked.connect(self._on_flow_clicked)

    def document_opened(self, *, same: bool) -> None:
        """Another place; another document when not ``same``."""
        if not same:
            self._found, self._page = [], 0
            self._turn += 1
            self._view.find_bar.forget()
            self._view.find_bar.hide()
            self._view.move_bar.finder.setChecked(False)
            self._view.outline_model.show([])
        if self._view.side.isVisibleTo(self._view):
            self._scope.spawn("outline", self._fill_outline())
        target = self._viewer.target
        if target is not None:
            self.page_shown(target.page)

    def page_shown(self, page: int) -> None:
        """Another page came to the middle."""
        self._point_outline(page)
        if self._view.beside.isVisibleTo(self._view):
            self._scope.spawn("text", self._fill_text(page))

    def _make_room(self, other: QAbstractButton) -> None:
        """Two asides leave no page between them where there is little room: one goes."""
        if self._view.width() < BOTH_FROM:
            other.setChecked(False)

    def _on_outline_toggled(self, on: bool) -> None:
        if on:
            self._make_room(self._view.move_bar.text)
        self._view.side.setVisible(on)
        if on:
            self._scope.spawn("outline", self._fill_outline())

    def _on_text_toggled(self, on: bool) -> None:
        if on:
            self._make_room(self._view.move_bar.outline)
        self._view.beside.setVisible(on)
        target = self._viewer.target
        if on and target is not None:
            self._page = 0
            self._scope.spawn("text", self._fill_text(self._view.canvas.page or target.page))

    async def _fill_outline(self) -> None:
        reader = self._viewer.reader
        if reader is None:
            return
        entries = await reader.outline()
        if reader is not self._viewer.reader:
            return
        if self._view.outline_model.rowCount() == 0 or not entries:
            self._view.outline_model.show(entries)
        self._view.outline_note.setVisible(not entries)
        self._view.outline_note.setText(tr("rag", "No numbered clauses were found in this document."))
        target = self._viewer.target
        if target is not None:
            self._point_outline(target.page, target.start or 0)

    def _point_outline(self, page: int, offset: int = 10**9) -> None:
        row = self._view.outline_model.row_at(page, offset)
        if row >= 0 and self._view.side.isVisibleTo(self._view):
            self._view.outline.setCurrentIndex(self._view.outline_model.index(row))

    async def _fill_text(self, page: int) -> None:
        reader = self._viewer.reader
        if reader is None or page == self._page:
            return
        self._page = page
        try:
            text, chunks = await reader.page(page), await reader.chunks_of(page)
        except ApiError as error:
            self._view.text_note.setText(error.sentence)
            return
        if reader is not self._viewer.reader or page != self._page:
            return
        self._chunks = chunks
        shown = text.text if text else ""
        self._view.text_note.setText(
            tr("rag", "Page {page}: %n chunk(s)", len(chunks), page=page)
            + " · "
            + tr("rag", "{count} characters", count=words.number(len(shown)))
        )
        self._view.page_text.show_text(shown)
        self._view.page_text.tint([_range(chunk, len(shown)) for chunk in chunks[::2]])
        target = self._viewer.target
        if target is not None:
            self._view.page_text.mark(
                [(start, min(end, len(shown))) for number, start, end in target.ranges() if number == page]
            )

    def _on_text_clicked(self, offset: int) -> None:
        chunk = next((c for c in self._chunks if (c.char_start or 0) <= offset < (c.char_end or 0)), None)
        if chunk is not None:
            self._viewer.show_chunk(chunk)

    def _on_flow_clicked(self, offset: int) -> None:
        """In a flowing text the outline follows the click."""
        self._point_outline(1, offset)

    def _on_find_clicked(self, on: bool) -> None:
        if on:
            self._view.open_find()
        else:
            self._leave_find()

    def _leave_find(self) -> None:
        self._view.close_find()
        self._view.flow.mark_found([])

    async def _find(self, text: str) -> None:
        document = self._viewer.document
        if document is None:
            return
        self._turn = turn = self._turn + 1
        try:
            answer = await self._viewer.documents.find(document.id, text)
        except ApiError as error:
            self._view.find_bar.count.setText(error.sentence)
            return
        if turn != self._turn:
            return  # another text was asked for meanwhile, or another document opened
        self._found = answer.hits
        page = self._view.canvas.page if document.paged else 0
        self._at = next((n for n, hit in enumerate(self._found) if hit.page >= page), 0)
        self._view.find_bar.show_count(self._at, len(self._found))
        await self._show_found()

    def _step(self, step: int) -> None:
        if self._found:
            self._turn += 1
            self._at = (self._at + step) % len(self._found)
            self._view.find_bar.show_count(self._at, len(self._found))
            self._scope.spawn("found", self._show_found())

    async def _show_found(self) -> None:
        document = self._viewer.document
        if document is None or not self._found:
            self._view.flow.mark_found([])
            return
        hit, turn = self._found[self._at], self._turn
        if document.paged:
            try:
                boxes = await self._viewer.pages.boxes(
                    document.id, hit.page, hit.char_start, hit.char_end, document.sha256
                )
            except ApiError as error:
                self._view.find_bar.count.setText(error.sentence)
                return
            if turn != self._turn:
                return  # the next one is shown already
            self._view.canvas.clear_marks()
            self._view.canvas.set_marks(hit.page, boxes)
            self._view.canvas.go_to(hit.page, None)
            return
        start = self._viewer.start_of(hit.page)
        if self._view.stack.currentWidget() is self._view.sheet_page:
            before = sum(1 for other in self._found[: self._at] if other.page == hit.page)
            await self._viewer.sheets.show_cells(hit.page, self._view.find_bar.words.text().strip(), before)
            return
        self._view.flow.mark_found([(start + hit.char_start, start + hit.char_end)])
        self._view.flow.bring(start + hit.char_start)


def _range(chunk: ChunkView, length: int) -> tuple[int, int]:
    start = chunk.char_start or 0
    end = chunk.char_end if chunk.char_end is not None else length
    return start, min(end if end > start else length, length)
