# SPDX-License-Identifier: MIT
"""One analysis for indexing, asking and highlighting."""

import pytest

from bldr_desktop.engine.adapters.weighing import make_weigher
from bldr_desktop.engine.retrieval.highlights import Highlighter, best_sentence

_WEIGHER = make_weigher()
_TERMS = _WEIGHER.analyzer.terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("арматура", "арматурой"),
        ("испытания", "испытаний"),
        ("ёмкость", "емкостями"),
        ("requirement", "requirements"),
        ("B25", "В25"),  # Latin, Cyrillic
        ("A500C", "А500С"),
        ("3,5", "3.5"),
        ("СП", "сп"),
        ("во\u00adдосток", "водосток"),
        ("бетoн", "бетон"),  # a Latin o inside
    ],
)
def test_same_term(one: str, other: str) -> None:
    assert _TERMS(one) == _TERMS(other) != []


def test_numbers_stay_whole_with_a_significant_head() -> None:
    clause, head = _TERMS("8.1.3")[0], _TERMS("12730.1")
    assert _TERMS("8.1.3") == [clause]
    assert clause not in _TERMS("8 1 3")
    assert set(_TERMS("12730")) < set(head)


def test_stop_words_of_both_languages_are_left_out() -> None:
    assert _TERMS("и в на the of") == []
    assert _TERMS("х" * 100) == []


def test_weights_saturate_and_fall_with_length() -> None:
    def weight(text: str) -> float:
        weighed = _WEIGHER.document(text)
        return weighed.values[weighed.indices.index(_TERMS("бетон")[0])]

    once, often = weight("бетон"), weight("бетон " * 5)
    assert once < often < (_WEIGHER.settings.k1 + 1)
    assert weight("бетон " + "слово " * 300) < once


def test_context_counts_less_than_text() -> None:
    inside = _WEIGHER.document("бетон", "")
    around = _WEIGHER.document("кровля", "бетон")
    term = _TERMS("бетон")[0]
    assert around.values[around.indices.index(term)] < inside.values[inside.indices.index(term)]


def test_highlights_are_words_of_any_form_and_neighbours_join() -> None:
    text = "Защитного слоя бетона нет; бетонный слой есть."
    marks = Highlighter(_WEIGHER.analyzer, _TERMS("защитный слой бетон")).marks(text)
    assert [text[start:end] for start, end in marks] == ["Защитного слоя бетона", "бетонный слой"]
    assert Highlighter(_WEIGHER.analyzer, []).marks(text) == []


def test_best_sentence_has_the_most_marked_words() -> None:
    text = "Первое слово. Защитный слой бетона не менее 20 мм. Третье."
    marks = Highlighter(_WEIGHER.analyzer, _TERMS("защитный слой")).marks(text)
    assert best_sentence(text, marks, 100) == "Защитный слой бетона не менее 20 мм."
    assert best_sentence("слово " * 100, [], 20).endswith("…")
