# SPDX-License-Identifier: MIT
"""The viewer's bars: what document this is, how to move in it, what to find in it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import hairline, label, name_tool, tool_button
from bldr_desktop.ui.widgets.pill import Pill


class ElidedLabel(QLabel):
    """Plain text on one line, cut in the middle where it does not fit; the whole is its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def say(self, text: str) -> None:
        """Show a text."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.setText(
            self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 40))
        )


class TitleBar(Translated):
    """Name, edition mark, copy the citation, and a menu of what is rarely wanted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel()
        self.title.setFont(theme.font("strong"))
        self.edition = Pill(theme, "viewer.edition")
        self.edition.hide()
        self.copy = tool_button(theme, "viewer.copy", "copy")
        self.more = tool_button(theme, "viewer.more", "menu")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.more)
        self.menu.setObjectName("viewer.menu")
        self.more.setMenu(self.menu)
        self.original = self.menu.addAction("")
        self.window_action = self.menu.addAction("")
        self.question = self.menu.addAction("")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.XS, Space.XS, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.title, 1)
        row.addWidget(self.edition)
        row.addWidget(self.copy)
        row.addWidget(self.more)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts."""
        name_tool(self.copy, tr("rag", "Copy the citation (Ctrl+C)"))
        name_tool(self.more, tr("rag", "More"))
        self.original.setText(tr("rag", "Open the original"))
        self.window_action.setText(tr("rag", "Open in a window of its own"))
        self.question.setText(tr("rag", "Make a control question"))


class MoveBar(Translated):
    """Outline and text switches, page, zoom, passages of this document, find."""

    page_asked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = 0
        self.outline = tool_button(theme, "viewer.outline", "list")
        self.text = tool_button(theme, "viewer.text", "document")
        for switch in (self.outline, self.text):
            switch.setCheckable(True)
        self.back = tool_button(theme, "viewer.pageBack", "chevron_up")
        self.forth = tool_button(theme, "viewer.pageForth", "chevron_down")
        self.number = QLineEdit()
        self.number.setObjectName("viewer.page")
        self.number.setFixedWidth(52)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.returnPressed.connect(self._on_number)
        self.of = label(look="muted")
        self.smaller = tool_button(theme, "viewer.zoomOut", "zoom_out")
        self.larger = tool_button(theme, "viewer.zoomIn", "zoom_in")
        self.hit_back = tool_button(theme, "viewer.hitBack", "left")
        self.hit_forth = tool_button(theme, "viewer.hitForth", "right")
        self.hits = label(look="muted")
        self.finder = tool_button(theme, "viewer.find", "search")
        self.finder.setCheckable(True)
        self.paging = [self.back, self.number, self.of, self.forth]
        self.zooming = [self.smaller, self.larger]
        self.hitting = [self.hit_back, self.hits, self.hit_forth]
        self._lay_out()
        self.back.clicked.connect(lambda: self.page_asked.emit(self._current() - 1))
        self.forth.clicked.connect(lambda: self.page_asked.emit(self._current() + 1))
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S, 0, Space.XS, Space.XS)
        row.setSpacing(2)
        row.addWidget(self.outline)
        row.addWidget(self.text)
        for group in (self.paging, self.zooming, self.hitting):
            row.addSpacing(Space.M)
            for widget in group:
                row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.finder)

    def show_page(self, page: int, pages: int) -> None:
        """Where we are."""
        self._pages = pages
        if not self.number.hasFocus():
            self.number.setText(str(page))
        self.of.setText(tr("rag", "of {pages}", pages=pages))
        self.back.setEnabled(page > 1)
        self.forth.setEnabled(page < pages)
        self.number.setProperty("page", page)

    def show_hits(self, place: int, count: int) -> None:
        """Which of this document's hits is shown; hidden when there is only one."""
        for widget in self.hitting:
            widget.setVisible(count > 1)
        self.hits.setText(tr("rag", "{place} of {count}", place=place + 1, count=count))

    def _current(self) -> int:
        return int(self.number.property("page") or 1)

    def _on_number(self) -> None:
        text = self.number.text().strip()
        if text.isdigit():
            self.page_asked.emit(min(max(int(text), 1), max(self._pages, 1)))

    def retranslate(self) -> None:
        """Texts."""
        name_tool(self.outline, tr("rag", "Outline"))
        name_tool(self.text, tr("rag", "Extracted text and chunks"))
        name_tool(self.back, tr("rag", "Page before"))
        name_tool(self.forth, tr("rag", "Next page"))
        self.number.setAccessibleName(tr("rag", "Page number"))
        name_tool(self.smaller, tr("rag", "Smaller"))
        name_tool(self.larger, tr("rag", "Larger"))
        name_tool(self.hit_back, tr("rag", "Hit before in this document (Shift+F3)"))
        name_tool(self.hit_forth, tr("rag", "Next hit in this document (F3)"))
        name_tool(self.finder, tr("rag", "Find in this document (Ctrl+F)"))


class FindBar(Translated):
    """Find in the document: the engine looks, we step."""

    asked = Signal(str)
    stepped = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLineEdit()
        self.words.setObjectName("viewer.findText")
        self.words.setClearButtonEnabled(True)
        self.count = label(look="muted")
        self.back = tool_button(theme, "viewer.findBack", "chevron_up")
        self.forth = tool_button(theme, "viewer.findForth", "chevron_down")
        self.close_button = tool_button(theme, "viewer.findClose", "close")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S, 0, Space.XS, Space.XS)
        row.setSpacing(Space.XS)
        row.addWidget(self.words, 1)
        row.addWidget(self.count)
        for widget in (self.back, self.forth, self.close_button):
            row.addWidget(widget)
        self._asked = ""
        self.words.returnPressed.connect(self._on_enter)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.forth.clicked.connect(lambda: self.stepped.emit(1))
        self.close_button.clicked.connect(self.left)
        self.retranslate()

    def show_count(self, place: int, count: int) -> None:
        """Which of how many is shown."""
        none = tr("rag", "not found")
        some = tr("rag", "{place} of {count}", place=place + 1, count=count)
        self.count.setText(some if count else none)

    def forget(self) -> None:
        """Another document."""
        self._asked = ""
        self.count.clear()

    def _on_enter(self) -> None:
        text = self.words.text().strip()
        if text and text == self._asked:
            self.stepped.emit(1)
        elif text:
            self._asked = text
            self.asked.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Texts."""
        self.words.setPlaceholderText(tr("rag", "Find in this document"))
        self.words.setAccessibleName(tr("rag", "Find in this document"))
        name_tool(self.back, tr("rag", "Before"))
        name_tool(self.forth, tr("rag", "Next"))
        name_tool(self.close_button, tr("rag", "Close the search"))


def foot_line() -> QWidget:
    """The line under the bars."""
    made = hairline()
    made.setMinimumWidth(Size.ROW)
    return made
