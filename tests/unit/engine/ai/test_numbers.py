# SPDX-License-Identifier: MIT
"""The number guard tells amounts that stand in a passage from those that do not."""

import pytest

from bldr_desktop.engine.ai.numbers import figures, unsupported

PASSAGE = (
    "5.2 Толщина защитного слоя бетона рабочей арматуры должна быть не менее 40 мм при наличии бетонной "
    "подготовки и не менее 70 мм при её отсутствии. Прочность не менее 1,5 МПа, масса 1 250 кг, "
    "температура от 10 до 25 °С, площадь 12,5 м², при минус 15 °С работы прекращают, уклон 2–3 %."
)
TABLE = (
    "Таблица 1 — Температура смеси\nТемпература воздуха, °С | Температура смеси, °С\n"
    "выше 25 | не более 30\nниже 5 | не менее 15"
)

RIGHT = [
    "40 мм", "4 см", "0,04 м", "70 мм", "1,5 МПа", "1500 кПа", "1250 кг", "1 250 кг", "1,25 т", "10 °С",
    "25 °C", "от 10 до 25 °С", "12.5 м2", "12,5 м²", "минус 15 °С", "2 %", "3%", "2–3 %", "70 mm", "40–70 мм",
]  # fmt: skip
WRONG = [
    "45 мм", "40 см", "0,4 м", "7 мм", "15 МПа", "1,5 кПа", "1250 т", "250 кг", "12 °С", "26 °C",
    "от 10 до 30 °С", "12.5 м3", "125 м²", "15 °С", "4 %", "5%", "2–5 %", "71 mm", "40 м", "1,5 %",
]  # fmt: skip


@pytest.mark.parametrize("figure", RIGHT)
def test_a_right_figure_is_not_marked(figure: str) -> None:
    answer = f"Следует принять {figure} по пункту 5.2 [1]."
    assert figures(answer)
    assert unsupported(answer, [PASSAGE]) == []


@pytest.mark.parametrize("figure", WRONG)
def test_a_wrong_figure_is_marked(figure: str) -> None:
    marked = unsupported(f"Следует принять {figure} по пункту 5.2 [1].", [PASSAGE])
    assert marked


def test_a_number_in_a_table_has_the_unit_of_its_header() -> None:
    assert unsupported("Температура смеси не более 30 °С.", [TABLE]) == []
    assert unsupported("Температура смеси не более 31 °С.", [TABLE])
    assert unsupported("Температура смеси не более 30 мм.", [TABLE])


def test_marks_stand_on_the_figure_itself() -> None:
    answer = "Принимают 45 мм и 40 мм."
    (mark,) = unsupported(answer, [PASSAGE])
    assert answer[mark.start : mark.end] == "45 мм"


def test_a_figure_of_the_question_may_be_repeated() -> None:
    assert unsupported("35 мм недостаточно, нужно 40 мм.", [PASSAGE], question="Хватит ли 35 мм?") == []


def test_designations_classes_years_and_prepositions_are_no_figures() -> None:
    text = (
        "СП 63.13330.2018 от 2018 г., п. 5.2, бетон B20 F150, табл. 4 и 5 в плане, 10 а также 15 с прогревом"
    )
    assert figures(text) == []
