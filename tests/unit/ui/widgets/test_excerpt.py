# SPDX-License-Identifier: MIT
"""Which part of a passage a card shows."""

from bldr_desktop.ui.widgets.excerpt import excerpt


def test_short_text_is_shown_whole_on_one_line() -> None:
    text = "Класс бетона\nпо прочности"
    shown, marks = excerpt(text, [(6, 12)])
    assert shown == "Класс бетона по прочности"
    assert [shown[a:b] for a, b in marks] == ["бетона"]


def test_begins_where_the_marked_words_stand_close() -> None:
    text = "слово " * 100 + "прочность бетона на сжатие определяют " + "слово " * 100 + "бетон"
    first = text.index("прочность")
    second = text.index("бетона")
    shown, marks = excerpt(text, [(0, 5), (first, first + 9), (second, second + 6)])
    assert shown.startswith("… ")
    assert [shown[a:b] for a, b in marks] == ["прочность", "бетона"]


def test_begins_with_the_clause_or_sentence_that_answers() -> None:
    text = (
        "5 Материалы\n5.1 Класс бетона по прочности на сжатие принимают не ниже B20, марку не ниже F150.\n"
        "5.2 Толщина защитного слоя бетона рабочей арматуры должна быть не менее 40 мм при подготовке."
    )
    words = ["бетона", "Толщина", "защитного", "слоя", "бетона рабочей"]
    marks = [(text.index(word), text.index(word) + len(word.split()[0])) for word in words]
    shown, _ = excerpt(text, marks)
    assert shown.startswith("… 5.2 Толщина защитного")
    text = text.replace("\n", " ").replace("5.2 ", "")
    marks = [(text.index(word), text.index(word) + len(word.split()[0])) for word in words]
    assert excerpt(text, marks)[0].startswith("… Толщина защитного")


def test_a_marked_phrase_counts_by_its_words() -> None:
    filler = "по прочности на сжатие принимают не ниже марки, " * 3
    text = f"Класс бетона, толщина. {filler}\n5.2 Толщина защитного слоя бетона не менее 40 мм."
    phrase = text.index("Толщина защитного")
    marks = [(6, 12), (14, 21), (phrase, phrase + len("Толщина защитного слоя бетона"))]
    assert excerpt(text, marks)[0].startswith("… 5.2 Толщина защитного")


def test_marks_never_leave_the_excerpt() -> None:
    text = "а" * 2000
    shown, marks = excerpt(text, [(100, 1900)], length=200)
    assert all(0 <= a < b <= len(shown) for a, b in marks)
    assert excerpt("", [(0, 3)]) == ("", [])
