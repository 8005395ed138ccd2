# SPDX-License-Identifier: MIT
"""Where a query's words stand in a passage, by stem."""

import re
from collections.abc import Collection

from bldr_desktop.engine.retrieval.analysis import Analyzer

_GAP = 2
_SENTENCE = re.compile(r"(?:[^\n.!?]|[.!?](?!\s))+[.!?]*")


def highlights(analyzer: Analyzer, text: str, terms: Collection[int]) -> list[tuple[int, int]]:
    """[start, end) pairs of the words of ``text`` that are among ``terms``; neighbours are joined."""
    wanted = frozenset(terms)
    marks: list[tuple[int, int]] = []
    for start, end, found in analyzer.spans(text):
        if wanted.isdisjoint(found):
            continue
        if marks and start - marks[-1][1] < _GAP and text[marks[-1][1] : start].isspace():
            marks[-1] = (marks[-1][0], end)
        else:
            marks.append((start, end))
    return marks


def best_sentence(text: str, marks: Collection[tuple[int, int]], limit: int) -> str:
    """The sentence or line of a passage with the most marked words, cut at ``limit`` characters."""
    best, most = "", -1
    for match in _SENTENCE.finditer(text):
        number = sum(1 for start, _ in marks if match.start() <= start < match.end())
        if number > most and match.group().strip():
            best, most = match.group().strip(), number
    if len(best) <= limit:
        return best
    return best[:limit].rsplit(" ", 1)[0] + "…"
