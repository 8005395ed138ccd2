# SPDX-License-Identifier: MIT
"""Characters and UTF-16 units."""

from bldr_desktop.ui.qt.textpos import ranges_to_qt, to_qt


def test_equal_below_u_ffff() -> None:
    text = "Бетон — класс"
    assert [to_qt(text, n) for n in range(len(text))] == list(range(len(text)))
    assert ranges_to_qt(text, [(0, 5), (6, 99)]) == [(0, 5), (6, len(text))]


def test_two_units_above() -> None:
    text = "а𝛾б😀в"
    assert [to_qt(text, n) for n in range(6)] == [0, 1, 3, 4, 6, 7]
    start, end = ranges_to_qt(text, [(3, 5)])[0]
    assert text.encode("utf-16-le")[start * 2 : end * 2].decode("utf-16-le") == "😀в"
