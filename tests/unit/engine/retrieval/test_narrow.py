# SPDX-License-Identifier: MIT
"""A citation names the clause that answers, not the one its chunk happens to begin with."""

import re

import pytest

from bldr_desktop.engine.retrieval.narrow import answering_clause

TEXT = (
    "5 Материалы\n5.1 Класс бетона по прочности принимают не ниже B20.\n"
    "5.2 Толщина защитного слоя бетона при наличии бетонной подготовки не менее 40 мм.\n5.3 Прочее."
)
PATH = "5 Материалы › 5.1"


def marks(*words: str) -> list[tuple[int, int]]:
    return [match.span() for word in words for match in re.finditer(word, TEXT)]


@pytest.mark.parametrize(
    ("words", "clause", "path"),
    [
        (("Толщина", "защитного", "слоя", "подготовки"), "5.2", "5 Материалы › 5.2"),
        (("Класс", "прочности"), "5.1", PATH),
        (("бетона",), "5.1", PATH),
        (("Прочее",), "5.3", "5 Материалы › 5.3"),
        ((), "5.1", PATH),
    ],
)
def test_the_clause_with_the_most_words(words: tuple[str, ...], clause: str, path: str) -> None:
    assert answering_clause(TEXT, marks(*words), "5.1", PATH) == (clause, path)


def test_numbers_that_are_no_clauses_are_left_alone() -> None:
    text = "5.1 По таблице\n12.5 кг и 40.2 мм слоя бетона"
    found = [match.span() for match in re.finditer("слоя|бетона", text)]
    assert answering_clause(text, found, "5.1", None) == ("5.1", None)
    assert answering_clause(text, found, None, None) == (None, None)
