# SPDX-License-Identifier: MIT
"""What a query is read as."""

import pytest

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
