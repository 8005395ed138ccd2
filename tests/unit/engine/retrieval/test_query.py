# SPDX-License-Identifier: MIT
"""What a query is read as."""

import pytest

from bldr_desktop.engine.ports.designations import Designation, parse_designations
from bldr_desktop.engine.retrieval.query import read_query


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("СП 63.13330.2018", "designation"),
        ("гост12730.1", "designation"),
        ("СП 63 п.8.1.3", "clause"),
        ("п. 4.4.7 ГОСТ 32576.3-2021", "clause"),
        ("ФЕР08-02-001-01", "code"),
        ("что такое защитный слой", "term"),
        ("What is the concrete cover?", "term"),
        ("какой толщины защитный слой", "question"),
        ("защитный слой бетона", "words"),
        ("", "words"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert read_query(text).kind == kind


def test_words_are_what_remains_without_names() -> None:
    query = read_query("СП 63.13330.2018, п. 8.1.3: защитный слой")
    assert query.words == "защитный слой"
    assert [item.key for item in query.designations] == ["сп63.13330.2018"]
    assert [item.key for item in query.refs] == ["8.1.3"]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("что такое «защитный слой»?", "защитный слой"),
        ("определение термина бетон", "бетон"),
        ("define workability", "workability"),
        ("защитный слой", "защитный слой"),
        ("много слов в одном запросе не могут быть одним термином", None),
        ("СП 63", None),
    ],
)
def test_term(text: str, term: str | None) -> None:
    assert read_query(text).term == term


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("gost 18105-2010", ["ГОСТ 18105-2010"]),
        ("Gost R 53288 р", ["ГОСТ Р 53288"]),
        ("sp63", ["СП 63"]),
        ("snip II-23-81", ["СНиП II-23-81"]),
        ("ujcn 8736", ["ГОСТ 8736"]),
        ("п. 5.1 свода правил 311", ["СП 311"]),
        ("свод правил для складов", []),
        ("gosta 5", []),
        ("a sp of words", []),
    ],
)
def test_a_family_in_other_letters(text: str, names: list[str]) -> None:
    assert [item.text for item in read_query(text).designations] == names


def test_a_family_in_words_leaves_nothing_behind() -> None:
    query = read_query("пункт 5.1 свода правил 311 нагрузки")
    assert (query.words, [ref.key for ref in query.refs]) == ("нагрузки", ["5.1"])


def _numbered(number: str) -> list[Designation]:
    known = ("12730.1", "18105-2010", "12.3.046-91", "8736")
    return parse_designations(f"ГОСТ {number}") if number in known else []


@pytest.mark.parametrize(
    ("text", "names", "refs"),
    [
        ("12730.1", ["ГОСТ 12730.1"], []),
        ("12730.1 влажность", ["ГОСТ 12730.1"], []),
        ("18105—2010 п. 4.2", ["ГОСТ 18105-2010"], ["4.2"]),
        ("12.3.046-91", ["ГОСТ 12.3.046-91"], []),
        ("8736", ["ГОСТ 8736"], []),
        ("8736 мм", [], []),
        ("5.1", [], ["5.1"]),
    ],
)
def test_a_number_without_a_family(text: str, names: list[str], refs: list[str]) -> None:
    query = read_query(text, _numbered)
    assert [item.text for item in query.designations] == names
    assert [ref.key for ref in query.refs] == refs
