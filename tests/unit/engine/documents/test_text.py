# SPDX-License-Identifier: MIT
"""Encodings of real and short texts."""

import pytest

from bldr_desktop.engine.documents.text import decode, language, repaired, replacement_share, russian_score

LONG = (
    "Настоящий свод правил распространяется на проектирование бетонных и железобетонных конструкций "
    "зданий и сооружений различного назначения, эксплуатируемых в климатических условиях России."
)
SHORT = "Смета № 5"
ENGLISH = "This code of practice applies to the design of concrete structures — façade and naïve included."


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "cp866", "iso8859-5", "utf-8", "utf-8-sig", "utf-16"])
def test_russian_text_in_every_encoding(codec: str) -> None:
    decoded = decode(LONG.encode(codec))
    assert decoded.text == LONG


@pytest.mark.parametrize("codec", ["cp1251", "cp866"])
def test_upper_case_headings(codec: str) -> None:
    text = "ВЕДОМОСТЬ ОБЪЁМОВ РАБОТ\nУСТРОЙСТВО ФУНДАМЕНТОВ\n" * 2
    assert decode(text.encode(codec)).text == text


def test_a_wrong_claim_is_not_believed() -> None:
    assert decode(LONG.encode("cp1251"), "utf-8").text == LONG
    assert decode(LONG.encode("utf-8"), "windows-1251").text == LONG


def test_a_claim_decides_where_letters_cannot() -> None:
    assert decode("naïve façade".encode("latin-1"), "iso-8859-1").text == "naïve façade"


def test_short_text_and_utf16_without_mark() -> None:
    assert decode(SHORT.encode("cp1251")).text == SHORT
    assert decode(LONG.encode("utf-16-le")).text == LONG
    assert decode(ENGLISH.encode("utf-16-be")).text == ENGLISH


def test_utf8_cut_inside_of_a_letter_stays_utf8() -> None:
    decoded = decode(LONG.encode()[:-1])
    assert decoded.encoding == "utf-8"
    assert decoded.text[:-1] == LONG[: len(decoded.text) - 1]


def test_line_ends_become_one_kind() -> None:
    assert decode(b"a\r\nb\rc\n").text == "a\nb\nc\n"


def test_russian_score_knows_right_from_wrong() -> None:
    right = russian_score(LONG)
    wrong = russian_score(LONG.encode("cp1251").decode("koi8-r"))
    assert right > 0.8
    assert wrong < 0.7 * right
    assert russian_score("plain") == 0.0


def test_language_and_share() -> None:
    assert language(LONG) == "ru"
    assert language(ENGLISH) == "en"
    assert language("12 345") is None
    assert replacement_share("ab\ufffd ") == pytest.approx(1 / 3)


def test_russian_taken_for_western_is_repaired_and_french_is_left() -> None:
    spoilt = LONG.encode("cp1251").decode("latin-1")
    assert repaired(spoilt) == LONG
    french = "Les bétons précontraints doivent être protégés à l'été, là où ça gèle près des côtes. " * 3
    assert repaired(french) == french
