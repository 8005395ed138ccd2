# SPDX-License-Identifier: MIT
"""Pages in a column."""

import pytest

from bldr_desktop.ui.widgets.viewer.column import GAP, MARGIN, SIDES, PageColumn


def column(count: int, width: float = 100.0) -> PageColumn:
    """A column of pages nobody has seen."""
    made = PageColumn()
    made.clear(count)
    made.set_width(width)
    return made


def test_unseen_pages_are_guessed_from_the_first_seen() -> None:
    made = column(3)
    assert made.top(1) == MARGIN and made.height(2) == pytest.approx(100 * SIDES)
    assert made.set_ratio(2, 0.5)
    assert [made.height(page) for page in (1, 2, 3)] == [50.0, 50.0, 50.0]
    assert made.top(3) == MARGIN + 2 * (50 + GAP)
    assert made.total == 2 * MARGIN + 3 * 50 + 2 * GAP
    assert not made.set_ratio(2, 0.5), "the same again changes nothing"


def test_what_is_looked_at_stays_when_a_guess_was_wrong() -> None:
    made = column(100)
    anchor = made.anchor(made.top(50) + 30)
    assert anchor[0] == 50
    for page in range(1, 50):
        made.set_ratio(page, 2.0)
    assert made.offset_of(anchor) == pytest.approx(made.top(50) + 30 / (100 * SIDES) * made.height(50))
    assert made.page_at(made.offset_of(anchor)) == 50


def test_pages_in_an_interval() -> None:
    made = column(5)
    assert list(made.pages_between(0, made.top(2) - GAP)) == [1]
    assert list(made.pages_between(made.top(2) + 1, made.top(4) + 1)) == [2, 3, 4]
    assert list(made.pages_between(-50, 1e9)) == [1, 2, 3, 4, 5]
    assert list(column(0).pages_between(0, 100)) == []


def test_ten_thousand_pages_are_laid_out_at_once() -> None:
    made = column(10_000)
    assert made.page_at(made.top(9_999) + 1) == 9_999
