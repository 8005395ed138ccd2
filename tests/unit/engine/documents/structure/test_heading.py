# SPDX-License-Identifier: MIT
"""What documents say of themselves on their first pages."""

import pytest

from bldr_desktop.engine.documents.structure import structure_of
from bldr_desktop.engine.ports.domain import Extracted, ExtractedPage, Structure

GOST = """МЕЖГОСУДАРСТВЕННЫЙ СОВЕТ ПО СТАНДАРТИЗАЦИИ, МЕТРОЛОГИИ И СЕРТИФИКАЦИИ
(МГС)
М Е Ж Г О С У Д А Р С Т В Е Н Н Ы Й
С Т А Н Д А Р Т
ГОСТ
12345.1—
2020
СМЕСИ БЕТОННЫЕ
Методы испытаний
Издание официальное
Москва
"""
FOREWORD = """Предисловие
4 Приказом Федерального агентства от 22 декабря 2020 г. № 1-ст межгосударственный стандарт
ГОСТ 12345.1—2020 введен в действие в качестве национального стандарта с 1 сентября 2021 г.
5 ВЗАМЕН ГОСТ 12345.1—78
"""


def _structure(
    *pages: str, name: str = "scan001.pdf", kind: str = "pdf", hint: str | None = None
) -> Structure:
    extracted = Extracted(kind, "", "test", [ExtractedPage(i, t) for i, t in enumerate(pages, 1)])
    extracted.title_hint = hint
    return structure_of(extracted, name)


def test_title_page_of_a_gost_broken_over_lines() -> None:
    found = _structure(GOST, FOREWORD, "1 Область применения по ГОСТ 10180-2012 и ГОСТ Р 51091-97\n")
    assert (found.designation, found.designation_key) == ("ГОСТ 12345.1-2020", "гост12345.1-2020")
    assert found.base_key == "гост12345.1"
    assert found.title == "СМЕСИ БЕТОННЫЕ Методы испытаний"
    assert (found.edition_year, found.issue_date) == (2020, "2021-09-01")
    assert found.replaces == ["гост12345.1-1978"]
    assert {"гост10180-2012", "гостр51091-1997"} <= set(found.mentioned)
    assert found.category == found.family == "ГОСТ"


def test_replaced_by_is_read() -> None:
    found = _structure("СП 20.13330.2011\nНагрузки и воздействия\nДокумент заменен на СП 20.13330.2016\n")
    assert found.designation == "СП 20.13330.2011"
    assert found.replaced_by == ["сп20.13330.2016"]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Дата введения 1993-01-01", "1993-01-01"),
        ("Дата введения — 2015— 10—01", "2015-10-01"),
        ("Дата введения 01.01.80", "1980-01-01"),
        ("Дата введения\n15 апреля 2020 года", "2020-04-15"),
        ("Федеральным законом от 27 декабря 2002 г. № 184-ФЗ", None),
    ],
)
def test_dates(line: str, date: str | None) -> None:
    assert _structure(f"ГОСТ 464-79\nЗаземления\n{line}\n").issue_date == date


def test_the_name_of_the_file_helps() -> None:
    found = _structure("Приложение к договору\n", name="СП 63.13330.2018 Бетонные конструкции.pdf")
    assert found.designation_key == "сп63.13330.2018"


def test_a_document_that_only_names_norms_is_none() -> None:
    text = "Акт освидетельствования скрытых работ\n" + "Работы выполнены качественно. " * 60
    found = _structure(f"{text}\nсогласно СП 70.13330.2012 и СП 63.13330.2018\n", name="акт.docx")
    assert found.designation is None
    assert found.title == "Акт освидетельствования скрытых работ"
    assert len(found.mentioned) == 2


def test_terms_of_the_section_about_terms() -> None:
    text = (
        "3 Термины и определения\n3.1 бетон тяжёлый: Бетон плотной структуры, имеющий плотность более 2000.\n"
        "3.2 арматура гладкая (стержневая): Арматура без профиля на поверхности стержня, сварная.\n"
        "4 Общие положения\n4.1 Примечание: Работы выполняют в соответствии с проектом производства работ.\n"
    )
    found = _structure(text)
    assert [term for term, _, _ in found.terms] == ["бетон тяжёлый", "арматура гладкая"]
    assert text[found.terms[1][2] :].startswith("арматура гладкая")
