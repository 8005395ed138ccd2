# SPDX-License-Identifier: MIT
"""Finding words inside one document."""

from bldr_desktop.engine.adapters.weighing import make_weigher
from bldr_desktop.engine.retrieval.find import find_in_pages
from bldr_desktop.protocol.documents import PageText

_ANALYZER = make_weigher().analyzer
_PAGES = [
    PageText(number=1, text="Защитный слой бетона.\nЗащитный слой ёмкостей."),
    PageText(number=2, text="О защитном слое сказано ниже."),
]


def _places(words: str, limit: int = 10) -> list[tuple[int, str]]:
    answer = find_in_pages(_ANALYZER, _PAGES, words, limit)
    return [(hit.page, _PAGES[hit.page - 1].text[hit.char_start : hit.char_end]) for hit in answer.hits]


def test_letter_by_letter_first() -> None:
    assert _places("защитный СЛОЙ") == [(1, "Защитный слой"), (1, "Защитный слой")]
    assert _places("емкостей") == [(1, "ёмкостей")]
    assert _places("бетона. защитный") == [(1, "бетона.\nЗащитный")]


def test_then_any_form_then_any_word() -> None:
    assert _places("защитными слоями") == [
        (1, "Защитный слой"), (1, "Защитный слой"), (2, "защитном слое"),
    ]  # fmt: skip
    assert _places("бетон ниже") == [(1, "бетона"), (2, "ниже")]


def test_limit_and_total() -> None:
    answer = find_in_pages(_ANALYZER, _PAGES, "слой", 1)
    assert (len(answer.hits), answer.total) == (1, 2)
    assert answer.hits[0].excerpt.startswith("Защитный слой бетона.")
    assert find_in_pages(_ANALYZER, _PAGES, "  ", 5).total == 0
