# SPDX-License-Identifier: MIT
"""How far a query and a title say the same."""

import random

import pytest

from bldr_desktop.engine.retrieval.titles import Titles

_TITLES = Titles({"песок": frozenset({1, 2, 3}), "щебень": frozenset({2, 3, 4}), "без": frozenset()})


def test_all_of_a_title_and_nothing_else_is_one() -> None:
    assert _TITLES.asked([1, 2, 3, 3]).score("песок") == pytest.approx(1)
    assert 0 < _TITLES.asked([1, 2, 3, 9]).score("песок") < 1
    assert 0 < _TITLES.asked([1, 2]).score("песок") < 1
    assert _TITLES.asked([9]).score("песок") == 0
    assert _TITLES.asked([]).score("песок") == 0
    assert _TITLES.asked([1]).score("без") == _TITLES.asked([1]).score("нет такого") == 0


def test_alike_titles_are_all_those_that_score_so_much() -> None:
    chance = random.Random(4)
    titles = {str(n): frozenset(chance.choices(range(40), k=chance.randint(1, 6))) for n in range(300)}
    made = Titles(titles)
    for terms in [*titles.values(), *(chance.choices(range(45), k=5) for _ in range(100))]:
        asked = made.asked(list(terms))
        wanted = {name: score for name in titles if (score := asked.score(name)) >= 0.6}
        assert dict(asked.alike(0.6)) == wanted
