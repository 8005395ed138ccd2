# SPDX-License-Identifier: MIT
"""DOCX as Word shows it: numbers, signs, tables, notes."""

from pathlib import Path

import docx as python_docx
import hostile
import pytest

from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.engine.documents.readers import docx
from bldr_desktop.engine.ports.domain import Extracted, ParseLimits

_NUMBERING = """<?xml version="1.0"?>
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="russianLower"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def _read(path: Path) -> Extracted:
    return docx.read(path, ParseLimits())


def _numbered(text: str, level: int) -> str:
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_automatic_numbers_are_counted(tmp_path: Path) -> None:
    levels = [
        ("Бетон", 0),
        ("Классы", 1),
        ("Марки", 1),
        ("лёгкий", 2),
        ("тяжёлый", 2),
        ("Сталь", 0),
        ("Прокат", 1),
    ]
    body = "".join(_numbered(*item) for item in levels)
    path = hostile.docx(tmp_path / "a.docx", body, extra={"word/numbering.xml": _NUMBERING.encode()})
    assert _read(path).pages[0].text.split("\n") == [
        "5 Бетон", "5.1 Классы", "5.2 Марки", "а) лёгкий", "б) тяжёлый", "6 Сталь", "6.1 Прокат",
    ]  # fmt: skip


def test_signs_breaks_headings_tables_and_title(tmp_path: Path) -> None:
    document = python_docx.Document()
    document.core_properties.title = "Проект производства работ"
    document.add_heading("Общие данные", 2)
    document.add_paragraph("при t < 5 °C & ветре > 10 м/с")
    document.add_paragraph("первая").add_run().add_break()
    table = document.add_table(2, 2)
    for cell, text in zip(table.rows[0].cells, ("Марка", "a|b"), strict=True):
        cell.text = text
    table.cell(1, 0).text = "две\nстроки"
    document.sections[0].header.paragraphs[0].text = "Шифр 12-34"
    document.save(str(tmp_path / "a.docx"))
    extracted = _read(tmp_path / "a.docx")
    page = extracted.pages[0]
    assert "при t < 5 °C & ветре > 10 м/с" in page.text
    assert "Марка\ta|b\nдве строки" in page.text
    assert page.text.endswith("Шифр 12-34")
    assert extracted.title_hint == "Проект производства работ"
    [(start, end, level)] = page.headings
    assert (page.text[start:end], level) == ("Общие данные", 2)
    [(start, end)] = page.tables
    assert page.text[start:end].startswith("Марка")


def test_deleted_text_is_gone_and_boxes_stand_once(tmp_path: Path) -> None:
    box = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:txbxContent>{hostile.paragraph('в рамке')}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent>{hostile.paragraph('в рамке')}</w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    deleted = "<w:p><w:del><w:r><w:delText>старое</w:delText></w:r></w:del><w:r><w:t>новое</w:t></w:r></w:p>"
    path = hostile.docx(tmp_path / "a.docx", box + deleted)
    assert _read(path).pages[0].text.split() == ["в", "рамке", "новое"]


def test_cut_xml_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    hostile.docx(path, hostile.paragraph("начало есть") + "<w:p><w:r><w:t>обор")
    extracted = _read(path)
    assert "начало есть" in extracted.pages[0].text
    assert "damaged" in extracted.warnings[0]


def test_nothing_inside_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no text"):
        _read(hostile.docx(tmp_path / "a.docx", "<w:p/>"))
