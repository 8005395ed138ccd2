# SPDX-License-Identifier: MIT
"""Completions of what is being typed."""

from collections.abc import Iterator

import pytest
from library import Shelf


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    made.add("a.pdf", "СП 63.13330.2018", "Бетонные конструкции", ["слово"])
    made.add("b.pdf", "СП 6.13130.2021", "Электроустановки. Бетонные каналы", ["слово"])
    yield made
    made.close()


def _texts(shelf: Shelf, typed: str, limit: int = 8) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in shelf.search.suggest(typed, limit).items]


def test_designations_by_their_beginning_however_typed(shelf: Shelf) -> None:
    assert ("designation", "СП 63.13330.2018") in _texts(shelf, "сп63")
    assert _texts(shelf, "СП 63.") == [("designation", "СП 63.13330.2018")]


def test_titles_by_the_beginning_of_a_word(shelf: Shelf) -> None:
    assert {kind for kind, _ in _texts(shelf, "бетон")} == {"title"}
    assert len(_texts(shelf, "бетон")) == 2
    assert len(_texts(shelf, "бетон", 1)) == 1


def test_nothing_for_nothing(shelf: Shelf) -> None:
    assert _texts(shelf, " ") == []
