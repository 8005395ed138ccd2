# SPDX-License-Identifier: MIT
"""PPTX by lxml: a page a slide, with tables, diagrams and notes."""

from pathlib import Path
from typing import Any

from bldr_desktop.engine.documents.failure import ReadError, damaged
from bldr_desktop.engine.documents.identify import MIME
from bldr_desktop.engine.documents.readers.builder import TextBuilder
from bldr_desktop.engine.documents.readers.package import (
    Package,
    attribute,
    core_title,
    drawing_texts,
    local,
)
from bldr_desktop.engine.ports.domain import Extracted, ExtractedPage, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

_MAIN = "ppt/presentation.xml"
_NUMBER_FIELDS = frozenset({"slidenum", "datetime"})


def read(path: Path, limits: ParseLimits) -> Extracted:
    """Read a presentation.

    Raises:
        ReadError: Damaged, or no text in it.
    """
    with Package(path) as package:
        slides = _slides(package)
        if not slides:
            raise damaged("presentation", "no slide can be read")
        pages = [_slide(package, part, number) for number, part in enumerate(slides, start=1)]
        extracted = Extracted("pptx", MIME["pptx"], "lxml", pages, title_hint=core_title(package))
        if package.damaged_parts:
            extracted.warnings.append("The presentation is damaged; what could be read was read")
    if not any(page.text.strip() for page in pages):
        raise ReadError(ErrorCode.FILE_NO_TEXT, "There is no text in the presentation")
    return extracted


def _slides(package: Package) -> list[str]:
    """Slides in the order they are shown."""
    relations = package.relations(_MAIN)
    root = package.xml(_MAIN)
    found = []
    for item in root.iter("{*}sldId") if root is not None else ():
        for key, value in item.attrib.items():
            if key.endswith("}id") and value in relations:
                found.append(relations[value][1])
    return found or package.names("ppt/slides/slide", ".xml")


def _slide(package: Package, part: str, number: int) -> ExtractedPage:
    out = TextBuilder()
    root = package.xml(part)
    if root is not None:
        _shapes(out, root)
    for kind, target in package.relations(part).values():
        if kind not in ("diagramData", "chart", "notesSlide"):
            continue
        other = package.xml(target)
        if other is None:
            continue
        if kind == "notesSlide":
            _notes(out, other)
        else:
            for text in drawing_texts(other):
                out.once(text)
    return out.page(number)


def _shapes(out: TextBuilder, root: Any) -> None:
    for element in root.iter("{*}txBody", "{*}tbl"):
        if local(element) == "tbl":
            rows = [row for row in element if local(row) == "tr"]
            out.table([[_flat(cell) for cell in row if local(cell) == "tc"] for row in rows])
        elif local(element.getparent()) != "tc":
            title = _is_title(element.getparent())
            for paragraph in element.iter("{*}p"):
                text = _line(paragraph)
                if text:
                    out.line(text, 1 if title else None)


def _notes(out: TextBuilder, root: Any) -> None:
    for body in root.iter("{*}txBody"):
        for paragraph in body.iter("{*}p"):
            out.once(_line(paragraph))


def _is_title(shape: Any) -> bool:
    holder = next(iter(shape.iter("{*}ph")), None)
    return holder is not None and (attribute(holder, "type") or "") in ("title", "ctrTitle")


def _line(paragraph: Any) -> str:
    pieces = []
    for item in paragraph.iter("{*}t", "{*}br"):
        field = item.getparent()
        if local(field) == "fld" and (attribute(field, "type") or "").startswith(tuple(_NUMBER_FIELDS)):
            continue
        pieces.append("\n" if local(item) == "br" else item.text or "")
    return "".join(pieces).strip()


def _flat(cell: Any) -> str:
    return " ".join(" ".join(_line(paragraph) for paragraph in cell.iter("{*}p")).split())
