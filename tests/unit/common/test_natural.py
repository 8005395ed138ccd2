# SPDX-License-Identifier: MIT
"""Names in a person's order."""

from bldr_desktop.common.natural import natural_key


def test_numbers_by_value_letters_without_case() -> None:
    names = ["Письмо № 10.txt", "письмо № 2.txt", "Письмо № 1.txt", "10 лист.pdf", "9 лист.pdf", "акт.pdf"]
    assert sorted(names, key=natural_key) == [
        "9 лист.pdf",
        "10 лист.pdf",
        "акт.pdf",
        "Письмо № 1.txt",
        "письмо № 2.txt",
        "Письмо № 10.txt",
    ]


def test_any_digits_compare() -> None:
    long = "1" * 5_000
    assert sorted([f"а{long}", "а٣", "а007", "а", "7", ""], key=natural_key)[:2] == ["", "7"]
    assert natural_key("лист 007") == natural_key("ЛИСТ 7")
