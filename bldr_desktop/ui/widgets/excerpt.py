# SPDX-License-Identifier: MIT
"""Which part of a passage is shown on its card."""

import re

BEFORE = 70
LENGTH = 520
SHORT = 160
"""Characters that a card shows in any case."""
REACH = 80
"""Characters in which words stand close together."""
_SPACE = re.compile(r"\s")
_BEGINNING = re.compile(r"\n\s*|[.;:!?]\s+(?=[^\W\d_]|«)")
"""A line's or a sentence's; a number that stands before a clause belongs to it."""


def excerpt(
    text: str, highlights: list[tuple[int, int]], length: int = LENGTH
) -> tuple[str, list[tuple[int, int]]]:
    """A stretch of ``text`` around the densest highlighted words, on one line.

    Args:
        text: The passage.
        highlights: [start, end) pairs into it.
        length: Characters wanted.

    Returns:
        The stretch, with "…" where text was left out before it, and the highlights that lie in it,
        as offsets into the stretch.
    """
    start = _start(text, sorted(highlights), length)
    cut = text[start : start + length]
    lead = "… " if start else ""
    flat = _SPACE.sub(" ", cut)
    inside = [
        (a - start + len(lead), min(b, start + len(cut)) - start + len(lead))
        for a, b in sorted(highlights)
        if start <= a < min(start + len(cut), b)
    ]
    return lead + flat, inside


def _start(text: str, highlights: list[tuple[int, int]], length: int) -> int:
    if not highlights or len(text) <= SHORT:
        return 0
    reach = min(length // 2, REACH)
    best, most = highlights[0][0], (0, 0)
    for index, (begin, _) in enumerate(highlights):
        near = [mark for mark in highlights[index:] if mark[0] < begin + reach]
        words = sum(len(text[a:b].split()) for a, b in near)  # one mark may be a whole phrase
        density = (words, begin - near[-1][0])
        if density > most:
            best, most = begin, density
    wished = max(0, best - BEFORE)
    beginnings = [match.end() for match in _BEGINNING.finditer(text, wished, best + 1)]
    if beginnings:
        return beginnings[-1]
    if wished == 0:
        return 0
    space = text.find(" ", wished, best)
    return space + 1 if space >= 0 else best
