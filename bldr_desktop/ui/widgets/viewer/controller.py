# SPDX-License-Identifier: MIT
"""Brings a place of a document into the viewer: page image with boxes, sheet, or text."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication

from bldr_desktop.client.api import ApiError
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol.documents import ChunkView, Document
from bldr_desktop.protocol.rag import Passage
from bldr_desktop.services.documents import DocumentsService
from bldr_desktop.services.pages import PageKey, PageStore
from bldr_desktop.ui.widgets import words
from bldr_desktop.ui.widgets.viewer.ahead import Ahead
from bldr_desktop.ui.widgets.viewer.asides import Asides
from bldr_desktop.ui.widgets.viewer.images import Decoded
from bldr_desktop.ui.widgets.viewer.reader import Reader
from bldr_desktop.ui.widgets.viewer.sheets import Sheets
from bldr_desktop.ui.widgets.viewer.target import Target
from bldr_desktop.ui.widgets.viewer.view import ViewerView


@dataclass(frozen=True, slots=True)
class _Open:
    """What is open: a number that grows with every opening tells late answers from wanted ones."""

    number: int
    target: Target
    reader: Reader


class ViewerController:
    """One viewer. ``original_asked`` and the like tell what the panel around it must do."""

    def __init__(self, view: ViewerView, documents: DocumentsService, pages: PageStore) -> None:
        self.view = view
        self.copied: Notice[str] = Notice()
        self.original_asked: Notice[Document] = Notice()
        self.window_asked: Notice[Target] = Notice()
        self.question_asked: Notice[Target] = Notice()
        self.stepped: Notice[Target] = Notice()
        self._documents, self._pages = documents, pages
        self._scope = TaskScope("viewer")
        self._opening: asyncio.Task[None] | None = None
        self._count = 0
        self._open: _Open | None = None
        self._loading: set[asyncio.Task[None]] = set()
        self.images = Decoded()
        self._ahead = Ahead(documents, pages, self.images, self._scope)
        self._siblings: list[Target] = []
        self._at = 0
        self._starts: dict[int, int] = {}
        self.sheets = Sheets(self, self._scope)
        self._asides = Asides(self, self._scope)
        self._connect()

    def _connect(self) -> None:
        view = self.view
        view.canvas.page_wanted.connect(self._on_page_wanted)
        view.canvas.page_shown.connect(self._on_page_shown)
        view.move_bar.page_asked.connect(lambda page: view.canvas.go_to(page))
        view.move_bar.hit_back.clicked.connect(lambda: self.step_hit(-1))
        view.move_bar.hit_forth.clicked.connect(lambda: self.step_hit(1))
        view.copy_asked.connect(self.copy_citation)
        view.hit_stepped.connect(self.step_hit)
        view.title_bar.original.triggered.connect(lambda: self._tell(self.original_asked, document=True))
        view.title_bar.window_action.triggered.connect(lambda: self._tell(self.window_asked))
        view.title_bar.question.triggered.connect(lambda: self._tell(self.question_asked))
        view.outline.clicked.connect(self._on_outline_chosen)
        view.outline.activated.connect(self._on_outline_chosen)

    @property
    def document(self) -> Document | None:
        """What is open."""
        return self._open.reader.document if self._open else None

    @property
    def reader(self) -> Reader | None:
        """Text and chunks of what is open."""
        return self._open.reader if self._open else None

    @property
    def target(self) -> Target | None:
        """The place that was asked for last."""
        return self._open.target if self._open else None

    @property
    def pages(self) -> PageStore:
        """Where images and boxes come from."""
        return self._pages

    @property
    def documents(self) -> DocumentsService:
        """Where texts come from."""
        return self._documents

    def open(self, target: Target, siblings: Sequence[Target] = ()) -> None:
        """Show a place; an older opening is given up. ``siblings`` are this document's other hits."""
        self._count += 1
        if list(siblings) != self._siblings:
            self._siblings, self._at = list(siblings), 0
        if target in self._siblings:
            self._at = self._siblings.index(target)
        if self._opening is not None:
            self._opening.cancel()
        self._ahead.stop()
        self._ahead.start(target, self.view.page_width)
        self._opening = self._scope.spawn("open", self._bring(target, self._count))

    def prepare(self, targets: Sequence[Target]) -> None:
        """Fetch what will probably be opened next, after what is being opened now."""
        self._ahead.prepare(targets, lambda: self.view.page_width, self.settled)

    async def prepared(self) -> None:
        """Wait until nothing is being fetched ahead."""
        await self._ahead.prepared()

    def show_hits(self, siblings: Sequence[Target]) -> None:
        """The hits changed while the document stays."""
        self._siblings = list(siblings)
        self._tell_hits()

    def step_hit(self, step: int) -> None:
        """The next (+1) or former (-1) hit of this document, around the ends."""
        if self._open is None or not self._siblings:
            return
        target = self._siblings[(self._place() + step) % len(self._siblings)]
        self.open(target, self._siblings)
        self.stepped.emit(target)

    def forget(self, document_id: str) -> None:
        """A document changed: read it again when it is shown next; now, when it is shown."""
        self._ahead.forget(document_id)
        if self._open is not None and self._open.reader.document.id == document_id:
            target, self._open = self._open.target, None
            self.open(target, self._siblings)

    def close_document(self) -> None:
        """Nothing is open."""
        self._count += 1
        self._open = None
        self.view.canvas.clear()
        self.view.show_nothing()

    def copy_citation(self) -> None:
        """Selected text, else the citation, to the clipboard."""
        opened = self._open
        if opened is None:
            return
        for text_view in (self.view.flow, self.view.page_text):
            if text_view.hasFocus() and text_view.textCursor().hasSelection():
                text_view.copy()
                return
        text = words.citation(self._passage(opened), opened.target.quote)
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)

    async def close(self) -> None:
        """Give up what is under way."""
        await self._scope.close()

    async def settled(self) -> None:
        """Wait until the last opening is done and its pages are there."""
        if self._opening is not None:
            await asyncio.wait({self._opening})
        while self._loading:
            await asyncio.wait(set(self._loading))

    async def _bring(self, target: Target, number: int) -> None:
        try:
            document = await self._ahead.document(target.document_id)
            same = self._open is not None and self._open.reader.document is document
            reader = self._open.reader if self._open and same else Reader(self._documents, document)
            self._open = _Open(number, target, reader)
            self.view.show_document(document)
            self._tell_hits()
            await self._show(target, reader, same=same)
            self._asides.document_opened(same=same)
        except ApiError as error:
            if number == self._count:
                self._open = None
                self.view.show_nothing(error.sentence, error.path, icon="warn", details=str(error))

    async def _show(self, target: Target, reader: Reader, *, same: bool) -> None:
        document = reader.document
        if document.paged:
            await self._show_pages(target, document, same=same)
            return
        page = await reader.page(target.page)
        if page is not None and page.rows is not None:
            self.sheets.show(target, document, page)
        else:
            await self._show_flow(target, reader, same=same)

    async def _show_pages(self, target: Target, document: Document, *, same: bool) -> None:
        canvas = self.view.canvas
        self.view.show_part(canvas)
        if not same:
            canvas.clear(document.pages)
        canvas.clear_marks()
        canvas.go_to(target.page, None if target.has_passage else 0.0)
        self._on_page_shown(target.page)
        for page, start, end in target.ranges():
            boxes = await self._pages.boxes(document.id, page, start, end, document.sha256)
            canvas.set_marks(page, boxes)

    async def _show_flow(self, target: Target, reader: Reader, *, same: bool) -> None:
        flow = self.view.flow
        if not same or target.page not in self._starts or not flow.source:
            text, self._starts = await reader.joined(target.page)
            flow.show_text(text)
            outline = await reader.outline()
            flow.mark_heads(_heads(text, [(o.page, o.char_start, o.level) for o in outline], self._starts))
        self.view.show_part(flow)
        flow.mark(
            [
                (self._starts.get(page, 0) + start, min(self._starts.get(page, 0) + end, len(flow.source)))
                for page, start, end in target.ranges()
            ]
        )

    def start_of(self, page: int) -> int:
        """Where a page begins in a flowing text."""
        return self._starts.get(page, 0)

    def show_chunk(self, chunk: ChunkView) -> None:
        """Mark a chunk of this document."""
        if self._open is None or chunk.char_start is None or chunk.char_end is None:
            return
        place = self._open.target.at(chunk.page or 1, chunk.char_start, chunk.char_end)
        self.open(place, self._siblings)

    def _on_page_wanted(self, page: int, width: int) -> None:
        if self._open is None:
            return
        document = self._open.reader.document
        key = PageKey(document.id, document.sha256, page, width)
        image = self.images.get(key)
        if image is not None:
            self.view.canvas.set_page(page, image)
        else:
            task = self._scope.spawn(f"page-{page}", self._load_page(key, document))
            self._loading.add(task)
            task.add_done_callback(self._loading.discard)

    async def _load_page(self, key: PageKey, document: Document) -> None:
        try:
            image = await self._ahead.image(key)
        except ApiError as error:
            if self.document is document:
                self.view.canvas.set_fault(key.page, error.sentence)
            return
        if self.document is document and not image.isNull():
            self.view.canvas.set_page(key.page, image)

    def _on_page_shown(self, page: int) -> None:
        document = self.document
        if document is not None and document.paged:
            self.view.move_bar.show_page(page, document.pages)
            self._asides.page_shown(page)

    def _on_outline_chosen(self, index: QModelIndex) -> None:
        entry = self.view.outline_model.entry(index.row())
        if entry is None or self._open is None:
            return
        end = entry.char_start + len(entry.clause) + (len(entry.title) + 1 if entry.title else 0)
        self.open(self._open.target.at(entry.page, entry.char_start, end), self._siblings)

    def _place(self) -> int:
        """Which hit is shown; a look at another place between them does not lose it."""
        return min(self._at, max(len(self._siblings) - 1, 0))

    def _tell_hits(self) -> None:
        self.view.move_bar.show_hits(self._place(), len(self._siblings))

    def _passage(self, opened: _Open) -> Passage:
        if opened.target.passage is not None:
            return opened.target.passage
        document = opened.reader.document
        return Passage(
            document_id=document.id,
            document_name=document.name,
            designation=document.designation,
            title=document.title,
            edition_status=document.edition_status,
            page=(self.view.canvas.page or opened.target.page) if document.paged else None,
            page_count=document.pages,
        )

    def _tell(self, notice: "Notice[Document] | Notice[Target]", *, document: bool = False) -> None:
        if self._open is not None:
            notice.emit(self._open.reader.document if document else self._open.target)  # type: ignore[arg-type]


def _heads(
    text: str, entries: Sequence[tuple[int, int, int]], starts: dict[int, int]
) -> list[tuple[int, int]]:
    """The lines at which clauses of the two upper levels begin."""
    found = []
    for page, start, level in entries:
        if level > 2 or page not in starts:
            continue
        begin = starts[page] + start
        end = text.find("\n", begin)
        found.append((begin, end if end >= 0 else len(text)))
    return found
