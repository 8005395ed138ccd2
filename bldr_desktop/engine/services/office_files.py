# SPDX-License-Identifier: MIT
"""Tables and texts as files a person opens: CSV, XLSX, DOCX, written by hand without a library.

Text of documents is data: a cell never becomes a formula, and nothing refers to anything outside.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

Cell = str | int | float | None
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"^[=+@\t\r]|^-(?!\d)")
_LONGEST_CELL = 32_000
_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a DOCX: its text and its look, ``heading``, ``source`` or ``body``."""

    text: str
    look: str = "body"


@dataclass(frozen=True, slots=True)
class NotedParagraph:
    """A paragraph of texts, each with the number (from 1) of the footnote that follows it, or None."""

    runs: Sequence[tuple[str, int | None]]
    look: str = "body"


def csv_bytes(rows: Iterable[Sequence[Cell]], *, separator: str = ",") -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read Cyrillic; texts are never formulas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def xlsx_bytes(name: str, rows: Iterable[Sequence[Cell]], widths: Sequence[int]) -> bytes:
    """One sheet; the first row is its heading and stays in sight.

    Args:
        name: The sheet's name.
        rows: Cells; numbers stay numbers.
        widths: Column widths in characters.
    """
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(widths, 1)
    )
    out = io.StringIO()
    out.write(f'{_HEAD}<worksheet xmlns="{_SHEET}"><sheetViews><sheetView workbookViewId="0">')
    out.write('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>')
    out.write(f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>")
    for number, row in enumerate(rows, 1):
        style = ' s="1"' if number == 1 else ""
        out.write(f'<row r="{number}">{"".join(_cell(cell, style) for cell in row)}</row>')
    out.write("</sheetData></worksheet>")
    return _package(
        {
            "[Content_Types].xml": _content_types(
                {
                    "/xl/workbook.xml": "spreadsheetml.sheet.main",
                    "/xl/worksheets/sheet1.xml": "spreadsheetml.worksheet",
                    "/xl/styles.xml": "spreadsheetml.styles",
                }
            ),
            "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": (
                f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
                f'<sheet name="{_text(name[:31])}" sheetId="1" r:id="rId1"/></sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": _relations(
                {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("styles", "styles.xml")}
            ),
            "xl/styles.xml": _XLSX_STYLES,
            "xl/worksheets/sheet1.xml": out.getvalue(),
        }
    )


def docx_bytes(paragraphs: Iterable[Paragraph]) -> bytes:
    """A plain document of paragraphs."""
    body = "".join(_paragraph(item) for item in paragraphs)
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" '
    page += 'w:bottom="1134" w:left="1134" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    return _package(
        {
            "[Content_Types].xml": _content_types({"/word/document.xml": "wordprocessingml.document.main"}),
            "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": (
                f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}{page}</w:body></w:document>'
            ),
        }
    )


def docx_with_notes(paragraphs: Iterable[NotedParagraph], notes: Sequence[str]) -> bytes:
    """A document with real footnotes; ``notes`` in the order of their numbers."""
    body = "".join(_noted(item) for item in paragraphs)
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" '
    page += 'w:bottom="1134" w:left="1134" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for number, (kind, mark) in enumerate(
            (("separator", "separator"), ("continuationSeparator", "continuationSeparator")), -1
        )
    )
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    texts = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r>{raised}<w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="18"/>'
        f'</w:rPr><w:t xml:space="preserve"> {_text(text)}</w:t></w:r></w:p></w:footnote>'
        for number, text in enumerate(notes, 1)
    )
    kinds = {
        "/word/document.xml": "wordprocessingml.document.main",
        "/word/footnotes.xml": "wordprocessingml.footnotes",
    }
    return _package(
        {
            "[Content_Types].xml": _content_types(kinds),
            "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
            "word/_rels/document.xml.rels": _relations({"rId1": ("footnotes", "footnotes.xml")}),
            "word/document.xml": (
                f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}{page}</w:body></w:document>'
            ),
            "word/footnotes.xml": (
                f'{_HEAD}<w:footnotes xmlns:w="{_WORD}">{separators}{texts}</w:footnotes>'
            ),
        }
    )


_XLSX_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_SHEET}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_LOOKS = {
    "heading": ("<w:b/><w:sz w:val='28'/>", "<w:spacing w:before='0' w:after='240'/>"),
    "source": ("<w:b/><w:sz w:val='22'/>", "<w:keepNext/><w:spacing w:before='240' w:after='60'/>"),
    "body": ("<w:sz w:val='22'/>", "<w:spacing w:before='0' w:after='60'/>"),
}


def _paragraph(item: Paragraph) -> str:
    run, block = _LOOKS[item.look]
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in item.text.splitlines() or [""]
    )
    return f"<w:p><w:pPr>{block}</w:pPr><w:r><w:rPr>{run}</w:rPr>{lines}</w:r></w:p>"


def _noted(item: NotedParagraph) -> str:
    run, block = _LOOKS[item.look]
    runs = []
    for text, note in item.runs:
        lines = "<w:br/>".join(
            f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in text.split("\n") if text
        )
        runs.append(f"<w:r><w:rPr>{run}</w:rPr>{lines}</w:r>" if lines else "")
        if note is not None:
            runs.append(
                '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                f'<w:footnoteReference w:id="{note}"/></w:r>'
            )
    return f"<w:p><w:pPr>{block}</w:pPr>{''.join(runs)}</w:p>"


def _cell(cell: Cell, style: str) -> str:
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, str):
        text = _text(cell[:_LONGEST_CELL])
        return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'
    return f"<c{style}><v>{cell}</v></c>"


def _harmless(text: str) -> str:
    """A text that spreadsheets will not take for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _text(text: str) -> str:
    return escape(_CONTROL.sub(" ", text), {'"': "&quot;"})


def _content_types(parts: dict[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="{part}" '
        f'ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{inside}</Relationships>'


def _package(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text.encode("utf-8", errors="replace"))
    return out.getvalue()
