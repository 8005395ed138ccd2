# SPDX-License-Identifier: MIT
"""A piece of an answer as rich text: nothing is loaded, links are only told, citations lead to sources."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.widgets.safe_browser import SafeBrowser

CITE = "bldr-cite"
_NUMBER = re.compile(r"\[(\d{1,3})\]")
_IMAGE = re.compile(r"(`[^`\n]*`)|!\[")
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure that is in no source: its text, and which of its occurrences in the piece (from 0)."""

    text: str
    nth: int


def harmless(markdown: str) -> str:
    """Images become links: a picture in an answer is shown as its name and asks before it is opened."""
    return _IMAGE.sub(lambda match: match[1] or "[", markdown)


class AnswerText(SafeBrowser):
    """As high as its text. Tells ``cited(number)`` and ``link_chosen(address)``."""

    cited = Signal(int)
    link_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("ai.answer")
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self.setProperty("look", "bare")
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QTextBrowser { background: transparent; }")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self.anchorClicked.connect(self._on_anchor)
        self.setAccessibleName(tr("ai", "Answer"))

    def show_markdown(self, source: str, cited: Collection[int] = (), marks: Sequence[Mark] = ()) -> None:
        """Show a piece; the same one again costs nothing."""
        wanted = (source, tuple(cited), tuple(marks), self._theme.is_dark)
        if wanted == self._shown:
            return
        self._shown = wanted
        document = self.document()
        document.setDefaultFont(self._theme.font("body"))
        document.setMarkdown(harmless(source), _FEATURES)
        self._paint_links()
        if cited:
            self._link_numbers(set(cited))
        for mark in marks:
            self._mark(mark)
        self._fit()

    def sizeHint(self) -> QSize:
        """Qt's hook."""
        return QSize(200, self.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The list around it scrolls."""
        event.ignore()

    def _fit(self) -> None:
        bar = self.horizontalScrollBar()
        more = bar.sizeHint().height() if bar.maximum() > 0 else 0
        height = int(self.document().size().height() + 0.99) + more
        if height != self.height():
            self.setFixedHeight(height)

    def _on_anchor(self, url: QUrl) -> None:
        if url.scheme() == CITE:
            self.cited.emit(int(url.path()) if url.path().isdigit() else 0)
        else:
            self.link_chosen.emit(url.toString())

    def _paint_links(self) -> None:
        """Qt paints links blue and inline code like any text; ours are of the theme."""
        link, code = QTextCharFormat(), QTextCharFormat()
        link.setForeground(self._theme.color("accent"))
        code.setBackground(self._theme.color("raised"))
        block = self.document().begin()
        found: list[tuple[int, int, QTextCharFormat]] = []
        while block.isValid():
            for piece in block:  # type: ignore[attr-defined]  # PySide has __iter__, its stubs not all
                fragment = piece.fragment()
                style = fragment.charFormat()
                if style.isAnchor():
                    found.append((fragment.position(), fragment.length(), link))
                elif style.fontFixedPitch():
                    found.append((fragment.position(), fragment.length(), code))
            block = block.next()
        for position, length, style in found:
            self._merge(position, position + length, style)

    def _link_numbers(self, cited: set[int]) -> None:
        text = self.document().toPlainText()
        for match in _NUMBER.finditer(text):
            cursor = self._at(match.start() + 1)
            number = int(match[1])
            if number in cited and not cursor.charFormat().fontFixedPitch():
                style = QTextCharFormat()
                style.setAnchor(True)
                style.setAnchorHref(f"{CITE}:{number}")
                style.setForeground(self._theme.color("accent"))
                style.setFontWeight(600)
                self._merge(match.start(), match.end(), style)

    def _mark(self, mark: Mark) -> None:
        text, place = self.document().toPlainText(), -1
        for _ in range(mark.nth + 1):
            place = text.find(mark.text, place + 1)
            if place < 0:
                return
        style = QTextCharFormat()
        style.setBackground(self._theme.color("warn_soft"))
        style.setForeground(QColor(self._theme.colors.warn))
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(self._theme.color("warn"))
        style.setToolTip(tr("ai", "Not in the sources"))
        self._merge(place, place + len(mark.text), style)

    def _at(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        return cursor

    def _merge(self, start: int, end: int, style: QTextCharFormat) -> None:
        cursor = self._at(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(style)
