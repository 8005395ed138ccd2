# SPDX-License-Identifier: MIT
"""HTML by lxml: everything a person would see, without navigation and scripts. Nothing is fetched."""

import re
from html import unescape
from pathlib import Path
from typing import Any

from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.engine.documents.identify import MIME
from bldr_desktop.engine.documents.readers import plain
from bldr_desktop.engine.ports.domain import Extracted, ExtractedPage, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

_META = re.compile(rb"<meta[^>]{0,300}charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "object", "embed", "applet", "iframe",
     "select", "datalist", "audio", "video", "canvas", "head", "nav"}
)  # fmt: skip
_BLOCK = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "ul", "ol", "li", "dl", "dt",
     "dd",
     "table", "caption", "thead", "tbody", "tfoot", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote",
     "pre", "form", "fieldset", "legend", "figure", "figcaption", "address", "hr", "br", "details", "summary",
     "center", "title", "body", "html", "dir", "menu"}
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NAVIGATION = frozenset({"navigation", "menubar", "search", "banner"})
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_MAX_DEPTH = 400


def read(path: Path, limits: ParseLimits) -> Extracted:
    """Read an HTML file as flowing text, tables with tabs between cells."""
    return read_data(plain.read_bytes(path))


def read_data(data: bytes, declared: str | None = None) -> Extracted:
    """Read HTML bytes.

    Raises:
        ReadError: No text in it.
    """
    extracted = Extracted("html", MIME["html"], "lxml", [])
    named = _META.search(data[:4096]) or _XML_ENCODING.search(data[:400])
    source = plain.decode(data, extracted, declared or (named[1].decode() if named else None))
    page, title = page_of(source)
    if not page.text.strip():
        raise ReadError(ErrorCode.FILE_NO_TEXT, "There is no text on the HTML page")
    extracted.pages.append(page)
    extracted.title_hint = title
    return extracted


def page_of(source: str) -> tuple[ExtractedPage, str | None]:
    """The visible text of HTML with its headings and tables, and the page's title."""
    from lxml import etree, html

    parser = html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, recover=True, huge_tree=True
    )
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", source, count=1)
    body = re.sub(r"<!DOCTYPE[^>\[]*\[.*?\]\s*>", "", body, count=1, flags=re.S | re.I)
    try:
        root = html.document_fromstring(body or " ", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return ExtractedPage(1, ""), None
    title = root.findtext(".//title")
    writer = _Writer()
    writer.walk(root, 0)
    if not writer.page().text.strip():
        # Nested deeper than libxml2 goes (2048): the words at least.
        return ExtractedPage(1, _stripped(body)), None
    return writer.page(), " ".join(title.split()) if title else None


_INVISIBLE = re.compile(r"<(script|style|noscript|template)\b.*?(?:</\1\s*>|$)", re.S | re.I)


def _stripped(source: str) -> str:
    """HTML without its tags."""
    bare = re.sub(r"<[^<>]*>", " ", _INVISIBLE.sub(" ", source))
    return " ".join(unescape(bare).split())


class _Writer:
    """Collects text with positions while walking the tree."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._at_line_start = True
        self._pending_space = False
        self.headings: list[tuple[int, int, int]] = []
        self.tables: list[tuple[int, int]] = []

    def page(self) -> ExtractedPage:
        text = "".join(self._parts).rstrip()
        end = len(text)
        tables = [(start, min(stop, end)) for start, stop in self.tables if start < end]
        headings = [(start, min(stop, end), level) for start, stop, level in self.headings if start < end]
        return ExtractedPage(1, text, tables=tables, headings=headings)

    def _put(self, piece: str) -> None:
        self._parts.append(piece)
        self._length += len(piece)

    def line(self) -> None:
        """Begin a new line unless at the start of one."""
        self._pending_space = False
        if not self._at_line_start:
            self._put("\n")
            self._at_line_start = True

    def text(self, piece: str | None, *, verbatim: bool = False) -> None:
        """Add text, spaces collapsed as a browser does."""
        if not piece:
            return
        if verbatim:
            self._put(piece)
            self._at_line_start = piece.endswith("\n")
            return
        flat = _SPACES.sub(" ", piece)
        if flat == " ":
            self._pending_space = not self._at_line_start
            return
        if flat[0] == " ":
            self._pending_space = not self._at_line_start
            flat = flat[1:]
        if self._pending_space:
            self._put(" ")
        self._pending_space = flat.endswith(" ")
        self._put(flat.rstrip(" "))
        self._at_line_start = False

    def walk(self, element: Any, depth: int) -> None:
        """Write an element and what is in it; deeper than any real page, only its texts."""
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is None or _is_hidden(element, tag):
            return
        if depth > _MAX_DEPTH:
            self.text(" ".join(element.itertext()))
            return
        if tag == "table":
            self._table(element, depth)
            return
        block = tag in _BLOCK
        if block:
            self.line()
        start = self._length
        self._children(element, depth, verbatim=tag in ("pre", "textarea"))
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() and self._length > start:
            self.headings.append((start, self._length, int(tag[1])))
        if block:
            self.line()
        if tag == "img":
            self.text(element.get("alt"))
        elif tag == "input" and element.get("type", "text") not in ("hidden", "password"):
            self.text(element.get("value"))

    def walk_cell(self, cell: Any) -> None:
        """Write what is in a table cell."""
        self._children(cell, 0)

    def _children(self, element: Any, depth: int, *, verbatim: bool = False) -> None:
        self.text(element.text, verbatim=verbatim)
        for child in element:
            self.walk(child, depth + 1)
            self.text(child.tail, verbatim=verbatim)

    def _table(self, element: Any, depth: int) -> None:
        """Rows as lines, cells apart by tabs; a table for layout only flows like other text."""
        rows = _rows_of(element)
        if not _is_data_table(rows):
            self.line()
            self._children(element, depth)
            self.line()
            return
        self.line()
        start = self._length
        for row in rows:
            cells = [_flat(cell) for cell in row]
            if any(cells):
                self._put("\t".join(cells).rstrip())
                self._at_line_start = False
                self.line()
        if self._length > start:
            self.tables.append((start, self._length))


def _is_hidden(element: Any, tag: str) -> bool:
    if tag in _DROPPED or element.get("hidden") is not None:
        return True
    if element.get("role") in _NAVIGATION and tag != "header":
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


def _rows_of(table: Any) -> list[list[Any]]:
    rows = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is table:
            rows.append([cell for cell in row if cell.tag in ("td", "th")])
    captions = [[child] for child in table if child.tag == "caption"]
    return captions + rows


def _is_data_table(rows: list[list[Any]]) -> bool:
    """Tables nested in cells or with long running text in them are layout."""
    if max((len(row) for row in rows), default=0) < 2:
        return False
    return not any(cell.find(".//table") is not None for row in rows for cell in row)


def _flat(cell: Any) -> str:
    writer = _Writer()
    writer.walk_cell(cell)
    return " ".join(writer.page().text.split())
