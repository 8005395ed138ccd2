# SPDX-License-Identifier: MIT
"""Where a query's words stand in a passage, by stem."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from bldr_desktop.engine.retrieval.analysis import TOKEN, Analyzer, fold

_GAP = 2
_SENTENCE = re.compile(r"(?:[^\n.!?]+|[.!?](?!\s))+[.!?]*")


class Highlighter:
    """Marks the words of one query in passages; what a word means is found out once for all of them.

    Args:
        analyzer: Text to terms.
        terms: The query's terms.
    """

    def __init__(self, analyzer: Analyzer, terms: Collection[int]) -> None:
        self._wanted = _Wanted(analyzer, frozenset(terms))

    def marks(self, text: str) -> list[tuple[int, int]]:
        """[start, end) pairs of the query's words in ``text``; neighbours are joined."""
        tokens = TOKEN.findall(text)
        wanted = list(map(self._wanted.__getitem__, tokens))
        marks: list[tuple[int, int]] = []
        if True not in wanted:
            return marks
        end = 0
        for token, is_wanted in zip(tokens, wanted, strict=True):
            start = text.find(token, end)  # half the price of a match object for each word
            end = start + len(token)
            if not is_wanted:
                continue
            if marks and start - marks[-1][1] < _GAP and text[marks[-1][1] : start].isspace():
                marks[-1] = (marks[-1][0], end)
            else:
                marks.append((start, end))
        return marks


class _Wanted(dict[str, bool]):
    """Whether a word as it is written is among the terms."""

    def __init__(self, analyzer: Analyzer, terms: frozenset[int]) -> None:
        super().__init__()
        self._analyzer = analyzer
        self._terms = terms

    def __missing__(self, token: str) -> bool:
        wanted = self[token] = not self._terms.isdisjoint(self._analyzer.of_token(fold(token)))
        return wanted


def best_sentence(text: str, marks: Sequence[tuple[int, int]], limit: int) -> str:
    """The sentence or line of a passage with the most marked words, cut at ``limit`` characters."""
    best, most = "", -1
    starts = [start for start, _ in marks]
    for match in _SENTENCE.finditer(text):
        number = bisect_left(starts, match.end()) - bisect_left(starts, match.start())
        if number > most and match.group().strip():
            best, most = match.group().strip(), number
    if len(best) <= limit:
        return best
    return best[:limit].rsplit(" ", 1)[0] + "…"
