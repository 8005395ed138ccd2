# SPDX-License-Identifier: MIT
"""Where a query's words stand in a passage, by stem."""

from collections.abc import Collection

from bldr_desktop.engine.retrieval.analysis import Analyzer

_GAP = 2


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
