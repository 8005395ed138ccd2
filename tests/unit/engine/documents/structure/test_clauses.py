# SPDX-License-Identifier: MIT
"""The clause tree against what misleads it: contents, tables, references, units."""

from bldr_desktop.engine.documents.structure import structure_of
from bldr_desktop.engine.ports.domain import Clause, Extracted, ExtractedPage

LONG = "следует выполнять в соответствии с требованиями настоящего свода правил и проектной документации"


def _clauses(*pages: str, paged: bool = True) -> list[Clause]:
    extracted = Extracted(
        "pdf", "", "test", [ExtractedPage(i, t) for i, t in enumerate(pages, 1)], paged=paged
    )
    return structure_of(extracted, "a.pdf").clauses


def _at(clauses: list[Clause], key: str) -> Clause:
    [found] = [clause for clause in clauses if clause.key == key]
    return found


def test_contents_do_not_win_over_the_clause() -> None:
    contents = (
        "Содержание\n1 Область применения .......... 1\n2 Ссылки .......... 2\n3 Термины .......... 2\n"
    )
    clauses = _clauses(
        contents,
        f"1 Область применения\nТекст раздела {LONG}.\n2 Ссылки\n2.1 Работы {LONG}.\n",
        f"3 Термины\n3.1 Бетон {LONG}.\n3.2 Арматуру {LONG}.\n",
    )
    assert (_at(clauses, "1").page, _at(clauses, "3").page, _at(clauses, "3.2").page) == (2, 3, 3)


def test_parents_levels_and_ends() -> None:
    clauses = _clauses(
        f"5 Бетон\n5.1 Класс\n5.1.1 Работы {LONG}.\n5.2 Марку {LONG}.\n", f"6 Арматура\n6.1 Сталь {LONG}.\n"
    )
    leaf, section = _at(clauses, "5.1.1"), _at(clauses, "5")
    assert clauses[leaf.parent or 0].number == "5.1"
    assert (section.level, leaf.level, section.kind) == (1, 3, "section")
    assert leaf.char_end == _at(clauses, "5.2").char_start
    assert (section.page_end, _at(clauses, "6").page) == (1, 2)


def test_a_reference_at_the_beginning_of_a_line_is_no_clause() -> None:
    clauses = _clauses(
        f"4.1 Работы {LONG} по\n8.3 настоящего стандарта {LONG}.\n4.2 Приёмку {LONG}.\n4.3 Контроль {LONG}.\n"
        f"5.1 Бетон {LONG}.\n8.1 Сталь {LONG}.\n8.2 Канат {LONG}.\n8.3 Трос {LONG}.\n"
    )
    assert _at(clauses, "8.3").title.startswith("Трос")


def test_numbers_with_units_and_rows_of_tables_are_no_clauses() -> None:
    clauses = _clauses(
        f"4.1 Высота {LONG} не менее\n12.5 мм от верха.\n4.2 Ширину {LONG}.\nТаблица 1 — Нормы\n"
        "1.1 Песок\n1.2 Щебень\n2.1 Гравий\n"
        f"4.3 Длину {LONG}.\n4.4 Массу {LONG}.\n"
    )
    keys = [clause.key for clause in clauses]
    assert keys == ["4.1", "4.2", "табл.1", "4.3", "4.4"]


def test_foreword_is_not_the_first_section() -> None:
    clauses = _clauses(
        "Предисловие\n1 РАЗРАБОТАН Институтом\n2 ВНЕСЕН Комитетом\n3 УТВЕРЖДЕН Приказом\n",
        f"1 Область применения\nТекст {LONG}.\n2 Ссылки\nТекст {LONG}.\n",
    )
    assert [(clause.key, clause.page) for clause in clauses] == [("1", 2), ("2", 2)]


def test_appendices_have_numbers_of_their_own() -> None:
    clauses = _clauses(
        f"1 Область\n1.1 Работы {LONG}.\n(приложение Б к протоколу)\n",
        f"Приложение А\n(обязательное)\nМетодика расчёта\nА.1 Работы {LONG}.\nА.2 Расчёт {LONG}.\n"
        "Таблица А.1 — Нормы\n",
        "Приложение Б (справочное)\nПримеры\n1 Пример расчёта балки\n",
    )  # fmt: skip
    appendix = _at(clauses, "прил.а")
    assert (appendix.title, appendix.page, appendix.kind) == ("Методика расчёта", 2, "appendix")
    assert clauses[_at(clauses, "а.2").parent or 0].key == "прил.а"
    assert _at(clauses, "табл.а.1").page == 2
    assert _at(clauses, "прил.б").page == 3
    assert _at(clauses, "1").page == 1


def test_flowing_text_with_late_dots_keeps_its_first_sections() -> None:
    form = "Подпись ..............................\n" * 6
    text = "".join(f"{i} Раздел\n{i}.1 Работы {LONG}.\n" for i in range(1, 6))
    clauses = _clauses(f"{text}{'слово ' * 300}\n{form}", paged=False)
    assert [c.key for c in clauses if c.level == 1] == ["1", "2", "3", "4", "5"]


def test_laws_have_articles() -> None:
    text = "".join(
        f"Статья {i}. Предмет регулирования\n1. Закон {LONG}.\n2. Сфера {LONG}.\n" for i in range(1, 6)
    )
    assert [clause.key for clause in _clauses(text)] == ["1", "2", "3", "4", "5"]


def test_a_page_number_above_does_not_hide_a_clause() -> None:
    clauses = _clauses(
        f"5.1 Работы {LONG}.\n5.2 Приёмку {LONG}.\n",
        f"4\n5.3 Контроль {LONG}.\n5.4 Сдачу {LONG}.\nтаблица\n12\n18\n5.5 Хранение {LONG}.\n",
    )
    assert [clause.key for clause in clauses] == ["5.1", "5.2", "5.3", "5.4", "5.5"]
