# SPDX-License-Identifier: MIT
"""DOCX by lxml: text as a person sees it, with automatic numbers, tables, notes and shapes.

kreuzberg's reader loses automatic numbers and the signs < and & (docs/adr/010), which norms live on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bldr_desktop.engine.documents.failure import ReadError, damaged
from bldr_desktop.engine.documents.identify import MIME
from bldr_desktop.engine.documents.readers.builder import TextBuilder
from bldr_desktop.engine.documents.readers.numbering import Numbering
from bldr_desktop.engine.documents.readers.package import (
    Package,
    attribute,
    child,
    core_title,
    drawing_texts,
    local,
)
from bldr_desktop.engine.ports.domain import Extracted, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "sectPr", "tblPr"})
_BLOCKS = frozenset({"p", "tbl", "altChunk"})
_LAYOUT_CELL = 900
"""A cell with more characters than this belongs to a table that only arranges the page."""
_MAX_NESTING = 60
_STYLE_END = b"</w:style>"
_STYLE_HEAD = 200


@dataclass(slots=True)
class _Style:
    based_on: str | None = None
    outline: int | None = None
    number: str | None = None
    level: int = 0


@dataclass(slots=True)
class _Reader:
    package: Package
    main: str
    out: TextBuilder = field(default_factory=TextBuilder)
    numbering: Numbering = field(default_factory=Numbering)
    styles: dict[str, _Style] = field(default_factory=dict)
    relations: dict[str, tuple[str, str]] = field(default_factory=dict)


def read(path: Path, limits: ParseLimits) -> Extracted:
    """Read a Word document.

    Raises:
        ReadError: Damaged, or no text in it.
    """
    with Package(path) as package:
        main = _main_part(package)
        body = package.xml(main)
        if body is None:
            raise damaged("Word document", f"{main} cannot be read")
        reader = _Reader(package, main, relations=package.relations(main))
        _load_styles(reader)
        root = child(body, "body")
        _blocks(reader, root if root is not None else body, 0)
        _appendages(reader)
        extracted = Extracted("docx", MIME["docx"], "lxml", [reader.out.page()])
        extracted.title_hint = core_title(package)
        if package.damaged_parts:
            parts = ", ".join(dict.fromkeys(package.damaged_parts))
            extracted.warnings.append(f"The document is damaged; what could be read was read ({parts})")
        embedded = len(package.names("word/embeddings/"))
        if embedded:
            extracted.warnings.append(f"{embedded} embedded files were left out")
    if not extracted.pages[0].text.strip():
        if package.damaged_parts:
            raise damaged("Word document", ", ".join(package.damaged_parts))
        raise ReadError(ErrorCode.FILE_NO_TEXT, "There is no text in the Word document")
    return extracted


def _main_part(package: Package) -> str:
    for kind, part in package.relations("").values():
        if kind == "officeDocument":
            return part
    return "word/document.xml"


def _load_styles(reader: _Reader) -> None:
    parts = dict(reader.relations.values())
    reader.numbering.load(reader.package.xml(parts.get("numbering", "word/numbering.xml")))
    part = parts.get("styles", "word/styles.xml")
    root = reader.package.parsed(part, _without_table_styles(reader.package.read(part)))
    for element in root if root is not None else ():
        if local(element) != "style":
            continue
        style = _Style()
        based = child(element, "basedOn")
        style.based_on = attribute(based, "val") if based is not None else None
        properties = child(element, "pPr")
        if properties is not None:
            _read_properties(properties, style)
        reader.styles[attribute(element, "styleId") or ""] = style


def _without_table_styles(data: bytes) -> bytes:
    """Styles without those of tables: no paragraph has one, and they are nine tenths of what Word writes."""
    pieces = data.split(_STYLE_END)
    if len(pieces) < 3 or b"<!" in data:
        return data
    kept = [piece for piece in pieces[1:-1] if b'w:type="table"' not in piece[:_STYLE_HEAD]]
    return _STYLE_END.join((pieces[0], *kept, pieces[-1]))


def _read_properties(properties: Any, style: _Style) -> None:
    for item in properties:
        name = local(item)
        if name == "outlineLvl":
            value = attribute(item, "val") or ""
            style.outline = int(value) if value.isdigit() and int(value) < 9 else None
        elif name == "numPr":
            number, level = child(item, "numId"), child(item, "ilvl")
            style.number = attribute(number, "val") if number is not None else style.number
            value = (attribute(level, "val") if level is not None else None) or "0"
            style.level = int(value) if value.isdigit() else 0


def _paragraph_style(reader: _Reader, paragraph: Any) -> _Style:
    """The paragraph's own outline level and list, completed from its styles."""
    own = _Style()
    properties = child(paragraph, "pPr")
    if properties is None:
        return own
    _read_properties(properties, own)
    named = child(properties, "pStyle")
    name = attribute(named, "val") if named is not None else None
    for _ in range(12):
        style = reader.styles.get(name or "")
        if style is None:
            break
        own.outline = style.outline if own.outline is None else own.outline
        if own.number is None and style.number is not None:
            own.number, own.level = style.number, own.level or style.level
        name = style.based_on
    return own


def _blocks(reader: _Reader, container: Any, depth: int) -> None:
    """Write paragraphs and tables in order, looking through wrappers."""
    for element in container:
        name = local(element)
        if name == "p":
            _paragraph(reader, element, depth)
        elif name == "tbl":
            _table(reader, element, depth)
        elif name == "altChunk":
            _foreign(reader, element)
        elif name not in _SKIPPED and depth < _MAX_NESTING:
            _blocks(reader, element, depth + 1)


def _paragraph(reader: _Reader, paragraph: Any, depth: int) -> None:
    style = _paragraph_style(reader, paragraph)
    text = "".join(_runs(paragraph, 0)).strip()
    label = ""
    if style.number and style.number != "0" and text:
        label = reader.numbering.label(style.number, style.level)
    level = style.outline + 1 if style.outline is not None else None
    reader.out.line(f"{label} {text}".strip() if label else text, level)
    if depth < _MAX_NESTING:
        for box in _boxes(paragraph):
            _blocks(reader, box, depth + 1)


def _runs(element: Any, depth: int) -> Iterator[str]:
    """The visible text inside of a paragraph; text boxes apart."""
    for item in element:
        name = local(item)
        if name == "t":
            yield item.text or ""
        elif name in ("tab", "ptab"):
            yield " "
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name in _SKIPPED or name == "txbxContent":
            continue
        elif depth < _MAX_NESTING:
            yield from _runs(item, depth + 1)


def _boxes(paragraph: Any) -> list[Any]:
    """Text boxes of a paragraph, not those inside of other boxes or of fallbacks for old programs."""
    found = []
    for box in paragraph.iter("{*}txbxContent"):
        above = {local(parent) for parent in _up_to(box, paragraph)}
        if not above & {"Fallback", "txbxContent"}:
            found.append(box)
    return found


def _up_to(element: Any, top: Any) -> Iterator[Any]:
    parent = element.getparent()
    while parent is not None and parent is not top:
        yield parent
        parent = parent.getparent()


def _table(reader: _Reader, table: Any, depth: int) -> None:
    rows = [[_cell(reader, cell) for cell in _cells(row)] for row in _rows(table)]
    widest = max((len(row) for row in rows), default=0)
    longest = max((len(cell) for row in rows for cell in row), default=0)
    if widest < 2 or longest > _LAYOUT_CELL:
        for row in _rows(table):
            for cell in _cells(row):
                _blocks(reader, cell, depth + 1)
        return
    reader.out.table(rows)


def _rows(table: Any) -> Iterator[Any]:
    for item in table:
        if local(item) == "tr":
            yield item
        elif local(item) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _rows(item)


def _cells(row: Any) -> Iterator[Any]:
    for item in row:
        if local(item) == "tc":
            yield item
        elif local(item) in ("sdt", "sdtContent", "customXml"):
            yield from _cells(item)


def _cell(reader: _Reader, cell: Any) -> str:
    """A cell on one line; automatic numbers in it are counted in a layout table only."""
    paragraphs = ("".join(_runs(paragraph, 0)) for paragraph in cell.iter("{*}p"))
    return " ".join(" ".join(paragraphs).split())


def _foreign(reader: _Reader, element: Any) -> None:
    """A piece of HTML, MHTML or text put into the document as it is."""
    from bldr_desktop.engine.documents.readers import html, mail

    _, part = reader.relations.get(attribute(element, "id") or "", ("", ""))
    data = reader.package.read(part)
    if not data:
        return
    if part.endswith((".mht", ".mhtml", ".eml")):
        text = mail.body_of(data)
    elif part.endswith((".html", ".htm", ".xhtml", ".txt")):
        text = html.read_data(data).pages[0].text
    else:
        return
    for line in text.split("\n"):
        reader.out.line(line)


def _appendages(reader: _Reader) -> None:
    """Notes, comments, shapes of diagrams, heads and feet: once each, at the end."""
    kinds = ("footnotes", "endnotes", "comments", "diagramData", "chart", "header", "footer")
    parts = sorted(reader.relations.values(), key=lambda item: (item[0] not in kinds, item[1]))
    for kind, part in parts:
        if kind not in kinds:
            continue
        root = reader.package.xml(part)
        if root is None:
            continue
        if kind in ("diagramData", "chart"):
            for text in drawing_texts(root):
                reader.out.once(text)
            continue
        for paragraph in root.iter("{*}p"):
            reader.out.once("".join(_runs(paragraph, 0)).strip())
