# SPDX-License-Identifier: MIT
"""Kinds told from content, whatever the name says."""

import zipfile
from pathlib import Path

import pytest

from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.engine.documents.identify import identify
from bldr_desktop.protocol.errors import ErrorCode

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _kind(folder: Path, name: str, data: bytes) -> str:
    path = folder / "file"
    path.write_bytes(data)
    return identify(path, name).kind


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.docx", b"%PDF-1.7\n...", "pdf"),
        ("a.pdf", b"junk before\n%PDF-1.4\n", "pdf"),
        ("a.pdf", b"{\\rtf1\\ansi text}", "rtf"),
        ("a.pdf", "<html><body>текст</body></html>".encode(), "html"),
        ("a.xls", "<table border=1><tr><td>смета</td></tr></table>".encode("cp1251"), "html"),
        ("a.txt", "\ufeff<!DOCTYPE html><p>x".encode(), "html"),
        ("a.txt", b'<?xml version="1.0"?><root><a/></root>', "xml"),
        ("a.txt", b'<?xml version="1.0"?><!DOCTYPE html><html></html>', "html"),
        ("a.txt", "Обычный текст <не тег>".encode("cp1251"), "txt"),
        ("a.txt", "Обычный текст".encode("utf-16"), "txt"),
        ("a.txt", "Обычный текст без метки порядка".encode("utf-16-le"), "txt"),
        ("a.md", b"# Title", "md"),
        ("a.csv", b"a;b\n1;2\n", "csv"),
        ("a.eml", b"From: a@b\nTo: c@d\nSubject: x\nDate: now\n\nbody", "eml"),
        ("a.txt", b"\x89PNG\r\n\x1a\n....", "image"),
        ("a.pdf", b"\xff\xd8\xff\xe0....", "image"),
        ("a.x", b"  0\nSECTION\n  2\nHEADER\n", "dxf"),
        ("a.doc", OLE + bytes(99) + "WordDocument\0".encode("utf-16-le"), "doc"),
        ("a.doc", OLE + bytes(99) + "Workbook\0".encode("utf-16-le"), "xls"),
    ],
)  # fmt: skip
def test_kind_by_content(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    assert _kind(tmp_path, name, data) == kind


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ({"word/document.xml": b"<x/>"}, "docx"),
        ({"xl/workbook.xml": b"<x/>"}, "xlsx"),
        ({"ppt/presentation.xml": b"<x/>"}, "pptx"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "odt"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "ods"),
    ],
)
def test_kind_of_zip(tmp_path: Path, entries: dict[str, bytes], kind: str) -> None:
    path = tmp_path / "a.pdf"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    assert identify(path, "a.pdf").kind == kind


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", ErrorCode.FILE_EMPTY, "empty"),
        (b"AC1027" + bytes(60), ErrorCode.FILE_DWG, "DXF"),
        (b"\x7fELF" + bytes(60), ErrorCode.FILE_UNSUPPORTED, "program"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(60), ErrorCode.FILE_UNSUPPORTED, "RAR"),
        (bytes(range(256)) * 4, ErrorCode.FILE_UNSUPPORTED, "binary"),
    ],
)
def test_refusals_name_the_reason(tmp_path: Path, data: bytes, code: ErrorCode, word: str) -> None:
    with pytest.raises(ReadError) as caught:
        _kind(tmp_path, "a.pdf", data)
    assert caught.value.code == code
    assert word in caught.value.sentence
