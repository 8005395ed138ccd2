# SPDX-License-Identifier: MIT
"""Texts, tables of text, XML, mail, drawings, Markdown of kreuzberg."""

import random
from pathlib import Path

import ezdxf
import pytest

from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.engine.documents.readers import dxf, mail, markdown, plain
from bldr_desktop.engine.ports.domain import ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

LIMITS = ParseLimits()


def test_csv_is_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Наименование;Кол-во\nБетон В25;12,5\nСталь;3\n".encode("cp1251"))
    page = plain.read(path, "csv", LIMITS).pages[0]
    assert page.rows == [["Наименование", "Кол-во"], ["Бетон В25", "12,5"], ["Сталь", "3"]]


def test_md_headings(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Проект\n\nтекст\n\n## Состав ##\n")
    page = plain.read(path, "md", LIMITS).pages[0]
    assert [(page.text[a:b], level) for a, b, level in page.headings] == [("Проект", 1), ("Состав", 2)]


def test_unreadable_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    good = "Бетонные конструкции зданий. ".encode() * 40
    spoilt = bytearray(good)
    for at in random.Random(1).sample(range(len(spoilt)), 60):
        spoilt[at] = 0xFF
    path.write_bytes(bytes(spoilt))
    with pytest.raises(ReadError) as caught:
        plain.read(path, "txt", LIMITS)
    assert caught.value.code == ErrorCode.FILE_UNREADABLE_TEXT
    assert "%" in caught.value.sentence


def test_a_few_spoilt_characters_are_flagged(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    data = bytearray("Бетонные конструкции зданий. ".encode() * 200)
    data[1000] = 0xFF
    path.write_bytes(bytes(data))
    extracted = plain.read(path, "txt", LIMITS)
    assert "could not be decoded" in extracted.warnings[0]


def test_xml_texts_and_telling_attributes(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(
        b'<?xml version="1.0" encoding="windows-1251"?>'
        + '<s><w Caption="Устройство" Id="7">бетон</w></s>'.encode("cp1251")
    )
    assert plain.read_xml(path, LIMITS).pages[0].text == "Устройство\nбетон"


def test_mail_headers_body_and_names_of_attachments(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: a@example.org\nTo: b@example.org\n"
        b"Subject: =?utf-8?b?0KHQvNC10YLQsA==?=\nDate: now\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="X"\n\n--X\nContent-Type: text/html; charset=utf-8\n\n'
        + "<p>Текст письма</p><script>x</script>\n--X\n".encode()
        + b'Content-Type: application/pdf\nContent-Disposition: attachment; filename="plan.pdf"\n\n'
        + b"%PDF\n--X--\n"
    )
    extracted = mail.read(path, "eml", LIMITS)
    text = extracted.pages[0].text
    assert "Subject: Смета" in text and "Текст письма" in text and "Attachment: plan.pdf" in text
    assert "%PDF" not in text
    assert extracted.title_hint == "Смета"


def test_dxf_texts_and_blocks(tmp_path: Path) -> None:
    drawing = ezdxf.new()
    drawing.modelspace().add_text("План фундаментов")
    drawing.modelspace().add_mtext("Бетон {\\fArial;В25}\\PАрматура А500")
    drawing.blocks.new("STAMP").add_text("Лист 3")
    path = tmp_path / "a.dxf"
    drawing.saveas(path)
    text = dxf.read(path, LIMITS).pages[0].text
    assert "План фундаментов" in text and "Бетон В25 Арматура А500" in text and "Лист 3" in text


def test_markdown_marks_go_and_words_stay() -> None:
    page = markdown.page_of(
        "# Глава\n\n**Жирный** и *курсив* [ссылка](http://x) 2\\*3 a_b_c &#9;да\n\n"
        "| А | Б\\|В |\n| --- | --- |\n| 1 |  |\n"
    )
    assert page.text == "Глава\n\nЖирный и курсив ссылка 2*3 a_b_c \tда\n\nА\tБ|В\n1"
    [(start, end)] = page.tables
    assert page.text[start:end] == "А\tБ|В\n1"
