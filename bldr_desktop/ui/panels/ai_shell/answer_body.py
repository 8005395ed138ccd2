# SPDX-License-Identifier: MIT
"""An answer as a column of pieces: what is finished stays, only the growing piece is laid out again."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from bldr_desktop.protocol.ai import NumberMark
from bldr_desktop.ui.panels.ai_shell.answer_text import AnswerText, Mark
from bldr_desktop.ui.panels.ai_shell.segments import Segment, Segments
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, label

_CODE_LINES = 22
_COPIED_MS = 1500


class CodeBlock(QFrame):
    """Code in a fixed font with its language and *copy*; text is appended, never set again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._language = label(look="muted")
        self.copy = button(theme, "ai.code.copy", look="quiet", icon="copy")
        self.copy.clicked.connect(self._on_copy)
        self.text = QPlainTextEdit()
        self.text.setObjectName("ai.code")
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setFont(theme.font("mono"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setStyleSheet("QPlainTextEdit { background: transparent; border: 0; }")
        self._source = ""
        head = QHBoxLayout()
        head.addWidget(self._language, 1)
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.XS, Space.XS, Space.S)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.text)
        self.copy.setText(tr("ai", "Copy"))
        self.copy.setAccessibleName(tr("ai", "Copy code"))
        self.text.setAccessibleName(tr("ai", "Code"))

    def show_code(self, segment: Segment) -> None:
        """Show it; of a text that has grown only the new part is added."""
        source = segment.source.rstrip("\n")
        self._language.setText(segment.language)
        if source == self._source:
            return
        if self._source and source.startswith(self._source):
            cursor = self.text.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            cursor.insertText(source[len(self._source) :])
        else:
            self.text.setPlainText(source)
        self._source = source
        lines = min(max(self.text.blockCount(), 1), _CODE_LINES)
        bar = self.text.horizontalScrollBar().sizeHint().height()
        self.text.setFixedHeight(lines * self.text.fontMetrics().lineSpacing() + bar + Space.S)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._source)
        self.copy.setText(tr("ai", "Copied"))
        QTimer.singleShot(_COPIED_MS, self, lambda: self.copy.setText(tr("ai", "Copy")))


class AnswerBody(QWidget):
    """Shows a markdown text that grows, and later the checked one. Signals as of its pieces."""

    cited = Signal(int)
    link_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._segments = Segments()
        self._text = ""
        self._built: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._last: tuple[str, tuple[int, ...], tuple[NumberMark, ...]] = ("", (), ())

    @property
    def pieces(self) -> int:
        """How many pieces there are."""
        return len(self._built)

    def grow(self, text: str) -> None:
        """Show a text of which more will come."""
        if not text.startswith(self._text):
            self._segments = Segments()
        before = len(self._segments.closed)
        self._text = text
        growing = self._segments.feed(text)
        closed = self._segments.closed
        for place in range(min(before, len(closed)), len(closed)):
            self._show(place, closed[place])
        if growing is not None:
            self._show(len(closed), growing)
        self._cut(len(closed) + (growing is not None))

    def finish(self, text: str, cited: Collection[int] = (), marks: Sequence[NumberMark] = ()) -> None:
        """Show the text as it stays; pieces that are the same as before are left alone."""
        self._last = (text, tuple(cited), tuple(marks))
        whole = Segments()
        whole.feed(text, final=True)
        for place, segment in enumerate(whole.closed):
            self._show(place, segment, cited, _inside(segment, marks, text))
        self._cut(len(whole.closed))
        self._segments, self._text = Segments(), ""

    def repaint_all(self) -> None:
        """The colours changed."""
        if self._last[0]:
            self.finish(*self._last)

    def _show(
        self, place: int, segment: Segment, cited: Collection[int] = (), marks: Sequence[Mark] = ()
    ) -> None:
        wanted = CodeBlock if segment.kind == "code" else AnswerText
        if place < len(self._built) and not isinstance(self._built[place], wanted):
            self._cut(place)
        if place >= len(self._built):
            self._add(wanted(self._theme))
        widget = self._built[place]
        if isinstance(widget, AnswerText):
            widget.show_markdown(segment.source, cited, marks)
        elif isinstance(widget, CodeBlock):
            widget.show_code(segment)

    def _add(self, widget: QWidget) -> None:
        if isinstance(widget, AnswerText):
            widget.cited.connect(self.cited)
            widget.link_chosen.connect(self.link_chosen)
            widget.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._built.append(widget)
        self._column.addWidget(widget)

    def _cut(self, length: int) -> None:
        for widget in self._built[length:]:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        del self._built[length:]


def _inside(segment: Segment, marks: Sequence[NumberMark], text: str) -> list[Mark]:
    """Marks of a piece: the same figure may stand there twice, supported once."""
    end = segment.start + len(segment.source)
    return [
        Mark(mark.text, text.count(mark.text, segment.start, mark.start))
        for mark in marks
        if segment.kind == "text" and segment.start <= mark.start < end
    ]
