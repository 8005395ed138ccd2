# SPDX-License-Identifier: MIT
"""Spreadsheets: values as shown, all sheets, cells where they stand."""

import datetime
from pathlib import Path

import openpyxl
import pytest

from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.engine.documents.readers.sheet import read, shown
from bldr_desktop.engine.ports.domain import ParseLimits


@pytest.mark.parametrize(
    ("value", "text"),
    [(12.0, "12"), (12.5, "12.5"), (0.1 + 0.2, "0.3"), (True, "TRUE"), (None, ""), (" а ", "а"),
     (datetime.date(2024, 5, 1), "2024-05-01"), (datetime.datetime(2024, 5, 1), "2024-05-01"),
     (datetime.datetime(2024, 5, 1, 12, 30), "2024-05-01 12:30"), (float("inf"), "inf"), (1e20, "1e+20")],
)  # fmt: skip
def test_shown(value: object, text: str) -> None:
    assert shown(value) == text


def test_all_sheets_and_places_are_kept(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Смета"
    first["B14"] = "бетон"
    first["F14"] = 5
    first["B15"] = "=2+3"
    hidden = book.create_sheet("Скрытый")
    hidden["A1"] = "тоже"
    hidden.sheet_state = "hidden"
    path = tmp_path / "a.xlsx"
    book.save(path)
    pages = read(path, "xlsx", ParseLimits()).pages
    assert [page.label for page in pages] == ["Смета", "Скрытый"]
    assert pages[0].rows is not None
    assert pages[0].rows[13] == ["", "бетон", "", "", "", "5"]
    assert pages[0].text.split("\n")[13] == "\tбетон\t\t\t\t5"
    assert "=2+3" not in pages[0].text
    assert pages[1].text == "тоже"


def test_blank_and_broken_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(ReadError, match="blank"):
        read(path, "xlsx", ParseLimits())
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(ReadError, match="damaged"):
        read(path, "xlsx", ParseLimits())
