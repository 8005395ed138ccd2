# SPDX-License-Identifier: MIT
"""Designations and clause references, tidy and sloppy."""

import pytest

from bldr_desktop.engine.ports.designations import (
    clause_key,
    designation_key,
    designation_match,
    fold,
    parse_clause_refs,
    parse_designations,
)


@pytest.mark.parametrize(
    ("text", "key", "base", "shown"),
    [
        ("СП 63.13330.2018", "сп63.13330.2018", "сп63.13330", "СП 63.13330.2018"),
        ("сп 16.13330", "сп16.13330", "сп16.13330", "СП 16.13330"),
        ("гост10180", "гост10180", "гост10180", "ГОСТ 10180"),
        ("ГOCT P 51091-97", "гостр51091-1997", "гостр51091", "ГОСТ Р 51091-97"),
        ("гост р51091", "гостр51091", "гостр51091", "ГОСТ Р 51091"),
        ("ГОСТ 464 -7 9", "гост464-1979", "гост464", "ГОСТ 464-79"),
        ("ГОСТ \n12730.3- \n2020", "гост12730.3-2020", "гост12730.3", "ГОСТ 12730.3-2020"),
        ("ГОСТ\n32756 — \n2014", "гост32756-2014", "гост32756", "ГОСТ 32756-2014"),
        ("СНиП II-23-81*", "снипii-23-1981", "снипii-23", "СНиП II-23-81"),
        ("снип ii-23", "снипii-23", "снипii-23", "СНиП II-23"),
        ("CHиП 2.01.07-85*", "снип2.01.07-1985", "снип2.01.07", "СНиП 2.01.07-85"),
        ("EN 206-1:2000", "en206-1-2000", "en206-1", "EN 206-1:2000"),
        ("ГОСТ ISO 9001-2011", "гостисо9001-2011", "гостисо9001", "ГОСТ ISO 9001-2011"),
        ("СП 52-101-2003", "сп52-101-2003", "сп52-101", "СП 52-101-2003"),
        ("сп 52-101", "сп52-101", "сп52-101", "СП 52-101"),
        ("РД-11-02-2006", "рд11-02-2006", "рд11-02", "РД 11-02-2006"),
        ("фер 08-02-001-01", "фер08-02-001-01", "фер08-02-001-01", "ФЕР08-02-001-01"),
        ("ГЭСНм 08-02-001-01", "гэснм08-02-001-01", "гэснм08-02-001-01", "ГЭСНм08-02-001-01"),
        ("Закон 123-ФЗ", "123-фз", "123-фз", "123-ФЗ"),
    ],
)
def test_designation(text: str, key: str, base: str, shown: str) -> None:
    found = parse_designations(text)[0]
    assert (found.key, found.base_key, found.text) == (key, base, shown)
    assert designation_key(text) == key


@pytest.mark.parametrize("text", ["спецификация 5.1", "дом 12, корпус 3", "отсеки 4", "ГОСТ", "п. 5.3.2"])
def test_no_designation_is_seen_where_there_is_none(text: str) -> None:
    assert parse_designations(text) == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("СП 63 п.8.1.3", ["8.1.3"]),
        ("п. 4.4.7 ГОСТ 32576.3-2021", ["4.4.7"]),
        ("ГОСТ 33138-2014 4.1.9", ["4.1.9"]),
        ("СП 480.1325800.2020 пункт 5.5.3", ["5.5.3"]),
        ("п. 5.3.2, табл. 4", ["5.3.2", "табл.4"]),
        ("приложение Б СП 20", ["прил.б"]),
        ("формула (5.1) сп 63", ["ф.5.1"]),
        ("раздел 8", ["8"]),
        ("ГОСТ 8736-2014", []),
    ],
)
def test_clause_references(text: str, keys: list[str]) -> None:
    assert [ref.key for ref in parse_clause_refs(text)] == keys


@pytest.mark.parametrize(
    ("text", "key"),
    [("8.1.3", "8.1.3"), ("8.1.3.", "8.1.3"), ("А.2", "а.2"), ("A.2", "а.2"), ("Таблица А.4", "табл.а.4"),
     ("Рисунок 1", "рис.1"), ("Приложение А", "прил.а")],
)  # fmt: skip
def test_clause_key(text: str, key: str) -> None:
    assert clause_key(text) == key


def test_match_knows_edition_norm_and_beginning() -> None:
    exact, norm, start = (parse_designations(t)[0] for t in ("СП 63.13330.2018", "сп 63.13330", "сп 63"))
    assert designation_match(exact, "сп63.13330.2018", "сп63.13330") == 3
    assert designation_match(exact, "сп63.13330.2012", "сп63.13330") == 2
    assert designation_match(norm, "сп63.13330.2018", "сп63.13330") == 2
    assert designation_match(start, "сп63.13330.2018", "сп63.13330") == 1
    assert designation_match(start, "сп630.13330.2018", "сп630.13330") == 0


def test_fold_keeps_positions() -> None:
    text = "İстройка ГОСТ — Ёлка"
    assert len(fold(text)) == len(text)
    assert fold("Ёлка—CП") == "елка-сп"
