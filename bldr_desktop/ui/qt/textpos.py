# SPDX-License-Identifier: MIT
"""Offsets: Python counts characters, Qt counts UTF-16 units. They differ only above U+FFFF."""


def to_qt(text: str, offset: int) -> int:
    """The UTF-16 position of a character offset (clamped to the text)."""
    head = text[: max(offset, 0)]
    return len(head) + sum(character > "\uffff" for character in head)


def ranges_to_qt(text: str, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """[start, end) pairs in UTF-16 positions; the text itself when nothing in it needs two units."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return [(min(start, len(text)), min(end, len(text))) for start, end in ranges]
    return [(to_qt(text, start), to_qt(text, end)) for start, end in ranges]
