# SPDX-License-Identifier: MIT
"""A growing markdown text as pieces, of which only the last one still changes. No Qt in here."""

import re
from dataclasses import dataclass

SOFT = 600
"""Characters from which on a piece ends at the next blank line."""
HARD = 1800
"""Characters from which on it ends at the next line, or sentence, that allows it."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)[^`]*$")


@dataclass(frozen=True, slots=True)
class Segment:
    """``kind``: ``text`` (markdown) or ``code`` (without its fence); ``start`` in the whole text."""

    kind: str
    source: str
    start: int
    language: str = ""


class Segments:
    """Feed it the whole text whenever it has grown. What is ``closed`` stays as it is."""

    def __init__(self) -> None:
        self.closed: list[Segment] = []
        self._text_start = 0
        self._at = 0
        self._fence = ""
        self._language = ""
        self._code_start = 0

    def feed(self, text: str, *, final: bool = False) -> Segment | None:
        """Take the text so far.

        Returns:
            The piece that may still grow, None when there is none.
        """
        while True:
            end = text.find("\n", self._at)
            if end < 0 and not (final and self._at < len(text)):
                break
            stop = len(text) if end < 0 else end + 1
            self._line(text, self._at, stop)
            self._at = stop
        self._cut_long_line(text)
        if final:
            self._close(text, len(text))
            return None
        return self._open(text)

    def _open(self, text: str) -> Segment | None:
        if self._fence:
            return Segment("code", text[self._code_start :], self._code_start, self._language)
        source = text[self._text_start :]
        return Segment("text", source, self._text_start) if source.strip() else None

    def _line(self, text: str, start: int, stop: int) -> None:
        line = text[start:stop].rstrip("\n")
        mark = _FENCE.match(line)
        if self._fence:
            if mark and not mark[2] and mark[1].startswith(self._fence):
                self._close(text, start)
                self._fence, self._text_start = "", stop
        elif mark:
            self._close(text, start)
            self._fence, self._language = mark[1], mark[2]
            self._code_start = self._text_start = stop
        elif line[:1].strip() and self._may_end(text, start, line):
            self._close(text, start)
            self._text_start = start

    def _may_end(self, text: str, start: int, line: str) -> bool:
        """Whether a new piece may begin with this line. Tables and the inside of lists stay whole."""
        length = start - self._text_start
        if length < SOFT or line.startswith("|"):
            return False
        after_blank = text[max(start - 2, 0) : start] == "\n\n"
        return after_blank or (length >= HARD and not line.startswith((">", "=", "--")))

    def _cut_long_line(self, text: str) -> None:
        """A paragraph without an end is cut after a sentence, else after a word."""
        while not self._fence and len(text) - self._text_start > HARD * 2:
            line = text.rfind("\n", 0, self._text_start + HARD)
            if max(line, self._text_start) < self._at - 1:
                return  # there are whole lines: they are cut by ``_line``
            window = text[self._text_start : self._text_start + HARD]
            place = max(window.rfind(". "), window.rfind("! "), window.rfind("? ")) + 1
            place = place or window.rfind(" ") or HARD
            self._close(text, self._text_start + place + 1)
            self._text_start += place + 1
            self._at = max(self._at, self._text_start)

    def _close(self, text: str, end: int) -> None:
        if self._fence:
            self.closed.append(
                Segment("code", text[self._code_start : end], self._code_start, self._language)
            )
            self._fence, self._text_start = "", end
            return
        source = text[self._text_start : end]
        if source.strip():
            self.closed.append(Segment("text", source, self._text_start))
        self._text_start = end
