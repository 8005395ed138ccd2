# SPDX-License-Identifier: MIT
"""Text of a document with a passage marked: for DOCX, HTML and text, and beside page images."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from bldr_desktop.ui.qt.textpos import to_qt
from bldr_desktop.ui.theme.theme import Theme

Range = tuple[int, int]


class FlowView(QPlainTextEdit):
    """Plain text, never markup: what stands in a document is shown, not interpreted.

    Offsets are characters of the text (not UTF-16). ``clicked(offset)`` tells where.
    """

    clicked = Signal(int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._source = ""
        self._passages: list[Range] = []
        self._found: list[Range] = []
        self._heads: list[Range] = []
        self._tints: list[Range] = []
        self._brought: int | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(16)
        self.verticalScrollBar().actionTriggered.connect(lambda _: self._let_go())
        theme.changed.connect(self._paint)

    @property
    def source(self) -> str:
        """The text shown."""
        return self._source

    def show_text(self, text: str) -> None:
        """Another text, nothing marked."""
        self._source = text
        self._passages, self._found, self._heads, self._tints = [], [], [], []
        self._brought = None
        self.setExtraSelections([])
        self.setPlainText(text)

    def mark(self, passages: list[Range], *, scroll: bool = True) -> None:
        """Mark passages and bring the first into view."""
        self._passages = passages
        self._paint()
        if passages and scroll:
            self.bring(passages[0][0])

    def mark_found(self, found: list[Range]) -> None:
        """Mark what a search inside the document found."""
        self._found = found
        self._paint()

    def mark_heads(self, heads: list[Range]) -> None:
        """Lines that are headings."""
        self._heads = heads
        self._paint()

    def tint(self, ranges: list[Range]) -> None:
        """Every second chunk has a ground, so that borders are seen."""
        self._tints = ranges
        self._paint()

    def marked_text(self) -> list[str]:
        """The marked passages, as shown."""
        return [self._source[start:end] for start, end in self._passages]

    def bring(self, offset: int) -> None:
        """Scroll so that an offset stands in the upper third; it stays there, however wide the text
        becomes, until somebody scrolls."""
        self._brought = offset
        self._scroll_to(offset)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines are broken anew: what was brought into view is somewhere else now."""
        super().resizeEvent(event)
        if self._brought is not None:
            self._scroll_to(self._brought)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Somebody scrolls."""
        self._let_go()
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys scroll too."""
        self._let_go()
        super().keyPressEvent(event)

    def _let_go(self) -> None:
        self._brought = None

    def _scroll_to(self, offset: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(to_qt(self._source, offset), self.document().characterCount() - 1))
        block = cursor.block()
        line = (
            block.firstLineNumber()
            + block.layout().lineForTextPosition(cursor.positionInBlock()).lineNumber()
        )
        seen = self.viewport().height() // max(self.fontMetrics().lineSpacing(), 1)
        self.verticalScrollBar().setValue(max(line - seen // 4, 0))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell a click that selected nothing."""
        super().mouseReleaseEvent(event)
        cursor = self.cursorForPosition(event.position().toPoint())
        if not self.textCursor().hasSelection():
            self.clicked.emit(min(cursor.position(), len(self._source)))

    def _paint(self) -> None:
        chunk = QTextCharFormat()
        chunk.setBackground(self._theme.color("raised"))
        head = QTextCharFormat()
        head.setFontWeight(QFont.Weight.DemiBold)
        passage = QTextCharFormat()
        passage.setBackground(QColor(self._theme.color("mark")))
        passage.setForeground(self._theme.color("mark_text"))
        found = QTextCharFormat()
        found.setBackground(self._theme.color("accent"))
        found.setForeground(self._theme.color("on_accent"))
        layers = ((chunk, self._tints), (head, self._heads), (passage, self._passages), (found, self._found))
        self.setExtraSelections(
            [self._span(start, end, look) for look, ranges in layers for start, end in ranges]
        )

    def _span(self, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        last = self.document().characterCount() - 1
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(to_qt(self._source, start), last))
        cursor.setPosition(min(to_qt(self._source, end), last), QTextCursor.MoveMode.KeepAnchor)
        made = QTextEdit.ExtraSelection()
        made.cursor, made.format = cursor, look
        return made
