# SPDX-License-Identifier: MIT
"""OpenDocument text and presentations by lxml."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bldr_desktop.engine.documents.failure import ReadError, damaged
from bldr_desktop.engine.documents.identify import MIME
from bldr_desktop.engine.documents.readers.builder import TextBuilder
from bldr_desktop.engine.documents.readers.package import Package, attribute, child, local
from bldr_desktop.engine.ports.domain import Extracted, ExtractedPage, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

_SKIPPED = frozenset({"tracked-changes", "sequence-decls", "annotation-end", "forms", "bookmark-ref"})
_MAX_NESTING = 60
_MAX_REPEATED = 50


def read(path: Path, kind: str, limits: ParseLimits) -> Extracted:
    """Read ODT (one flowing page) or ODP (a page a slide).

    Raises:
        ReadError: Damaged, or no text in it.
    """
    with Package(path) as package:
        root = package.xml("content.xml")
        body = child(root, "body") if root is not None else None
        if body is None:
            raise damaged("OpenDocument file", "content.xml cannot be read")
        extracted = Extracted(kind, MIME[kind], "lxml", _pages(body, kind))
        if package.damaged_parts:
            extracted.warnings.append("The document is damaged; what could be read was read")
    if not any(page.text.strip() for page in extracted.pages):
        raise ReadError(ErrorCode.FILE_NO_TEXT, "There is no text in the OpenDocument file")
    return extracted


def _pages(body: Any, kind: str) -> list[ExtractedPage]:
    slides = list(body.iter("{*}page")) if kind == "odp" else []
    pages = []
    for number, root in enumerate(slides or [body], start=1):
        out = TextBuilder()
        _blocks(out, root, 0)
        pages.append(out.page(number))
    return pages


def _blocks(out: TextBuilder, container: Any, depth: int) -> None:
    for element in container:
        name = local(element)
        if name in ("p", "h"):
            level = attribute(element, "outline-level") if name == "h" else None
            text = "".join(_inline(element, 0)).strip()
            out.line(text, int(level) if level and level.isdigit() else None)
            for box in element.iter("{*}text-box"):
                _blocks(out, box, depth + 1)
        elif name == "table":
            _table(out, element)
        elif name not in _SKIPPED and depth < _MAX_NESTING:
            _blocks(out, element, depth + 1)


def _inline(element: Any, depth: int) -> Iterator[str]:
    yield element.text or ""
    for item in element:
        name = local(item)
        if name == "s" or name == "tab":
            yield " "
        elif name == "line-break":
            yield "\n"
        elif name not in _SKIPPED and name not in ("text-box", "desc", "title") and depth < _MAX_NESTING:
            yield from _inline(item, depth + 1)
        yield item.tail or ""


def _table(out: TextBuilder, table: Any) -> None:
    rows = []
    for row in table.iter("{*}table-row"):
        cells: list[str] = []
        for cell in row:
            if local(cell) not in ("table-cell", "covered-table-cell"):
                continue
            paragraphs = ("".join(_inline(paragraph, 0)) for paragraph in cell.iter("{*}p", "{*}h"))
            text = " ".join(" ".join(paragraphs).split())
            repeated = attribute(cell, "number-columns-repeated") or "1"
            times = int(repeated) if repeated.isdigit() and text else 1
            cells.extend([text] * min(times, _MAX_REPEATED))
        rows.append(cells)
    out.table(rows)
