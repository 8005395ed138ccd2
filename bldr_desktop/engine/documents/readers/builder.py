# SPDX-License-Identifier: MIT
"""Lines put together into one page of flowing text, with the places of headings and tables."""

from bldr_desktop.engine.ports.domain import ExtractedPage


class TextBuilder:
    """Collects lines and remembers positions."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._headings: list[tuple[int, int, int]] = []
        self._tables: list[tuple[int, int]] = []
        self.seen: set[str] = set()

    def line(self, text: str, level: int | None = None) -> None:
        """Add a line (it may hold line breaks); ``level`` makes it a heading."""
        text = text.rstrip()
        if text and level is not None:
            self._headings.append((self._length, self._length + len(text), level))
        self._parts.append(text)
        self._length += len(text) + 1

    def table(self, rows: list[list[str]]) -> None:
        """Add a table: rows as lines, cells apart by tabs."""
        start = self._length
        for row in rows:
            if any(row):
                self.line("\t".join(row))
        if self._length > start:
            self._tables.append((start, self._length - 1))

    def once(self, text: str) -> None:
        """Add a line unless the same was added in this way before."""
        if text and text not in self.seen:
            self.seen.add(text)
            self.line(text)

    def page(self, number: int = 1, label: str | None = None) -> ExtractedPage:
        """The page made of it all."""
        text = "\n".join(self._parts).rstrip()
        end = len(text)
        tables = [(start, min(stop, end)) for start, stop in self._tables if start < end]
        return ExtractedPage(number, text, label=label, tables=tables, headings=self._headings)
