# SPDX-License-Identifier: MIT
"""Forms of automatic numbers."""

import pytest

from bldr_desktop.engine.documents.readers.numbering import format_number


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [(4, "decimal", "4"), (4, "decimalZero", "04"), (28, "lowerLetter", "bb"), (2, "upperLetter", "B"),
     (9, "lowerRoman", "ix"), (44, "upperRoman", "XLIV"), (3, "russianLower", "в"), (8, "russianUpper", "И"),
     (5, "someNewForm", "5")],
)  # fmt: skip
def test_format_number(value: int, form: str, shown: str) -> None:
    assert format_number(value, form) == shown
