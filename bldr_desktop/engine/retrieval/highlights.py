# SPDX-License-Identifier: MIT
"""Where a query's words stand in a passage, by stem."""

import re
from collections.abc import Collection

from bldr_desktop.engine.retrieval.analysis import TOKEN, Analyzer

_GAP = 2
_SENTENCE = re.compile(r"(?:[^\n.!?]|[.!?](?!\s))+[.!?]*")


def highlights(analyzer: Analyzer, text: str, terms: Collection[int]) -> list[tuple[int, int]]:
    """[start, end) pairs of the words of ``text`` that are among ``terms``; neighbours are joined."""
    wanted = frozenset(terms)
    if not wanted:
        return []
    marked: dict[str, bool] = {}
    marks: list[tuple[int, int]] = []
    for match in TOKEN.finditer(text):
        token = match.group()
        known = marked.get(token)
        if known is None:
            found = analyzer.of_token(token.lower().replace("ё", "е"))
            known = marked[token] = not wanted.isdisjoint(found)
        if not known:
            continue
        start, end = match.span()
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
