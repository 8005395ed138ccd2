# SPDX-License-Identifier: MIT
"""Rows of sheets as chunks: header, exact range, nothing lost (D4, D11)."""

from bldr_desktop.engine.documents.chunk_sheet import cell_range, column_name, sheet_chunks
from bldr_desktop.engine.documents.readers.sheet import rows_text
from bldr_desktop.engine.ports.domain import ExtractedPage

HEADER = ["", "Наименование работ", "Ед. изм.", "Кол-во", "Цена", "Сумма"]


def _page(rows: list[list[str]]) -> ExtractedPage:
    return ExtractedPage(2, rows_text(rows), label="Лист2", rows=rows)


def test_column_names() -> None:
    assert [column_name(i) for i in (0, 25, 26, 51, 701, 702)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]


def test_cell_range_of_one_row_is_exact() -> None:
    rows = [[]] * 13 + [["", "бетон", "м3", "", "5", "6"]]
    assert cell_range(rows, [13]) == "B14:F14"
    assert cell_range([["x"]], [0]) == "A1"


def test_d11_header_is_repeated_and_every_row_is_there_once() -> None:
    rows = [["Локальная смета"], [], HEADER]
    rows += [
        ["", f"Устройство бетонной подготовки участок {i}", "м3", str(i), "10", str(10 * i)]
        for i in range(60)
    ]
    chunks = list(sheet_chunks(_page(rows), "Смета"))
    assert len(chunks) > 3
    body = [chunk for chunk in chunks if "участок" in chunk.text]
    assert all("Наименование работ | Ед. изм." in chunk.text for chunk in body)
    joined = "\n".join(chunk.text for chunk in chunks)
    for i in range(60):
        assert joined.count(f"участок {i} |") == 1
    assert {chunk.sheet for chunk in chunks} == {"Лист2"}
    assert body[0].cell_range is not None and body[0].cell_range.startswith("B4:F")


def test_long_row_has_a_chunk_of_its_own() -> None:
    rows = [HEADER, ["", "а" * 650, "м3", "1", "2", "3"], ["", "б" * 650, "м3", "1", "2", "3"]]
    chunks = list(sheet_chunks(_page(rows), ""))
    assert [chunk.cell_range for chunk in chunks] == ["B2:F2", "B3:F3"]
    page = _page(rows)
    for chunk in chunks:
        assert page.text[chunk.char_start : chunk.char_end].split("\t")[1] in chunk.text


def test_sheet_with_a_header_only_is_still_findable() -> None:
    rows = [HEADER]
    [chunk] = sheet_chunks(_page(rows), "")
    assert "Наименование работ" in chunk.text
    assert chunk.cell_range == "B1:F1"


def test_d4_a_record_is_a_chunk_with_its_exact_range_and_the_title_has_no_header() -> None:
    rows = [["Локальная смета № 02-01"], HEADER]
    rows += [["", "ФЕР08-02-001-01 Кладка стен из кирпича", "м3", "12", "100", "1200"]] * 3
    rows += [["", "Итого"], ["", "НДС"]]
    chunks = list(sheet_chunks(_page(rows), "Смета"))
    assert [chunk.cell_range for chunk in chunks] == ["A1", "B3:F3", "B4:F4", "B5:F5", "B6:B7"]
    assert chunks[0].text == "Локальная смета № 02-01"
    assert chunks[1].text.startswith("Наименование работ | Ед. изм.")


def test_very_long_sheets_are_put_together() -> None:
    rows = [HEADER] + [["", f"Позиция прейскуранта номер {i}", "шт", "1", "2", "3"] for i in range(20_001)]
    chunks = list(sheet_chunks(_page(rows), ""))
    assert len(chunks) < 3_000
