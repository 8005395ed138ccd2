# SPDX-License-Identifier: MIT
"""The viewer's face: bars over, outline left, page or sheet or text in the middle, chunks right."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QListView,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from bldr_desktop.protocol.documents import Document
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets import words
from bldr_desktop.ui.widgets.basics import label
from bldr_desktop.ui.widgets.search_field import SearchField
from bldr_desktop.ui.widgets.splitter import hairline_splitter
from bldr_desktop.ui.widgets.state_view import Message
from bldr_desktop.ui.widgets.viewer.bars import FindBar, MoveBar, TitleBar, foot_line
from bldr_desktop.ui.widgets.viewer.canvas import PageCanvas
from bldr_desktop.ui.widgets.viewer.flow import FlowView
from bldr_desktop.ui.widgets.viewer.outline import OutlineDelegate, OutlineModel
from bldr_desktop.ui.widgets.viewer.sheet import SheetView


class ViewerView(Translated):
    """Shows what the controller gives it and tells what the person did."""

    copy_asked = Signal()
    hit_stepped = Signal(int)
    titled = Signal(str)
    left = Signal()
    sheet_asked = Signal(int)

    def __init__(self, theme: Theme, name: str = "rag.viewer", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self.title_bar, self.move_bar, self.find_bar = TitleBar(theme), MoveBar(theme), FindBar(theme)
        self.message = Message(theme)
        self.canvas = PageCanvas(theme)
        self.canvas.setObjectName(f"{name}.pages")
        self.sheet = SheetView(theme, f"{name}.sheet")
        self.sheet_tabs = QTabBar()
        self.sheet_tabs.setObjectName(f"{name}.sheets")
        self.sheet_tabs.setExpanding(False)
        self.flow = FlowView(theme, f"{name}.flow")
        self.flow.setFont(theme.font("body"))
        self.side, self.beside = self._outline_side(), self._text_side()
        self.stack = QStackedWidget()
        self.sheet_page = self._sheet_page()
        for page in (self.message, self.canvas, self.sheet_page, self.flow):
            self.stack.addWidget(page)
        self._lay_out()
        self.show_nothing()
        self.retranslate()

    def _outline_side(self) -> QWidget:
        self.outline_model = OutlineModel()
        self.outline_search = SearchField(self._theme, "viewer.outlineSearch")
        self.outline_search.searched.connect(self.outline_model.narrow)
        self.outline = QListView()
        self.outline.setObjectName("viewer.outlineList")
        self.outline.setProperty("look", "bare")
        self.outline.setModel(self.outline_model)
        self._outline_delegate = OutlineDelegate(self._theme)
        self.outline.setItemDelegate(self._outline_delegate)
        self.outline.setUniformItemSizes(True)
        self.outline.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.outline_note = label(look="muted", wrap=True)
        return _column(self.outline_search, self.outline, self.outline_note)

    def _text_side(self) -> QWidget:
        self.text_note = label(look="muted", wrap=True)
        self.page_text = FlowView(self._theme, "viewer.pageText")
        return _column(self.text_note, self.page_text)

    def _sheet_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.sheet_tabs)
        self.sheet_tabs.tabBarClicked.connect(self.sheet_asked)
        return page

    def _lay_out(self) -> None:
        self.parts = hairline_splitter("viewer.parts", self.side, self.stack, self.beside)
        self.parts.setStretchFactor(1, 1)
        self.parts.setSizes([240, 600, 300])
        self.side.setMinimumWidth(180)
        self.beside.setMinimumWidth(200)
        self.side.hide()
        self.beside.hide()
        self.find_bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._line = foot_line()
        for widget in (self.title_bar, self.move_bar, self.find_bar, self._line):
            column.addWidget(widget)
        column.addWidget(self.parts, 1)
        self.title_bar.copy.clicked.connect(self.copy_asked)
        self.move_bar.smaller.clicked.connect(lambda: self.canvas.step_zoom(-1))
        self.move_bar.larger.clicked.connect(lambda: self.canvas.step_zoom(1))

    def show_nothing(self, title: str = "", text: str = "", *, icon: str = "book", details: str = "") -> None:
        """Nothing is open, or it cannot be shown and why."""
        self.message.say(
            (icon, "muted"),
            title or tr("rag", "Nothing open yet"),
            text or tr("rag", "Choose a hit: its page opens here with the passage marked."),
            details=details,
        )
        self.stack.setCurrentWidget(self.message)
        self._bars_visible(False)

    def show_document(self, document: Document) -> None:
        """Name and edition of what is open."""
        name = document.designation or document.name
        self.title_bar.title.say(f"{name} — {document.title}" if document.title else name)
        self.titled.emit(name)
        self._show_mark(document)
        self._outline_delegate.pages_shown = document.pages > 1
        self._bars_visible(True)
        self.setProperty("document_id", document.id)

    def _show_mark(self, document: Document) -> None:
        """Whether it can be trusted: in the bin, failed, replaced by a newer edition."""
        status, text, tip = str(document.edition_status), words.edition(document.edition_status), ""
        tone = words.EDITION_TONE.get(status, "neutral")
        if document.state != "trained":
            status, text = str(document.state), words.state(document.state)
            tone, tip = words.STATE_TONE.get(status, "neutral"), document.reason or ""
        elif document.replaced_by:
            tip = tr("rag", "Replaced by {name}", name=document.replaced_by)
        self.title_bar.edition.setVisible(bool(text))
        self.title_bar.edition.show_state(status, text, tone, tip)

    @property
    def page_width(self) -> int:
        """Width in device pixels that a page will be wanted in, whatever is shown now."""
        if self.stack.currentWidget() is self.canvas:
            return self.canvas.image_width
        bar = self.canvas.verticalScrollBar().sizeHint().width()
        return self.canvas.image_width_in(self.stack.width() - bar)

    def show_part(self, part: QWidget) -> None:
        """Pages, sheet or text; page and zoom buttons only where they do something."""
        self.stack.setCurrentWidget(part)
        for widget in (*self.move_bar.zooming, *self.move_bar.paging):
            widget.setVisible(part is self.canvas)

    def open_find(self) -> None:
        """Ctrl+F."""
        self.move_bar.finder.setChecked(True)
        self.find_bar.show()
        self.find_bar.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_bar.words.selectAll()

    def close_find(self) -> None:
        """Away with the find bar, focus to the document."""
        self.move_bar.finder.setChecked(False)
        self.find_bar.hide()
        self.focus_document()

    def focus_document(self) -> None:
        """Keyboard focus to what is shown."""
        shown: QWidget | None = self.stack.currentWidget()
        target = self.sheet if shown is self.sheet_page else shown
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, find, the next hit in the document, and Esc back to the hits."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.open_find()
        elif event.key() == Qt.Key.Key_F3:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.hit_stepped.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ctrl+F inside the viewer is the viewer's, not the window's."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Find)
        ):
            event.accept()
            return True
        return super().event(event)

    def _bars_visible(self, visible: bool) -> None:
        self.title_bar.setVisible(visible)
        self.move_bar.setVisible(visible)
        self._line.setVisible(visible)
        if not visible:
            self.find_bar.hide()

    def retranslate(self) -> None:
        """Texts."""
        self.canvas.setAccessibleName(tr("rag", "Pages of the document"))
        self.flow.setAccessibleName(tr("rag", "Text of the document"))
        self.sheet.setAccessibleName(tr("rag", "Cells of the sheet"))
        self.sheet_tabs.setAccessibleName(tr("rag", "Sheets"))
        self.outline.setAccessibleName(tr("rag", "Outline"))
        self.outline_search.set_hint(tr("rag", "Clause or words"))
        self.page_text.setAccessibleName(tr("rag", "Extracted text"))


def _column(*widgets: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(Space.S, Space.S, Space.S, 0)
    column.setSpacing(Space.S)
    for widget in widgets:
        column.addWidget(widget, 1 if isinstance(widget, QAbstractScrollArea) else 0)
    made.setMinimumHeight(Size.ROW)
    return made
