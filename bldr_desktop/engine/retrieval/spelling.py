# SPDX-License-Identifier: MIT
"""A query that finds nothing, with a mistyped word put right by what the documents say."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from bldr_desktop.engine.retrieval.analysis import Analyzer, fold

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST, _LONGEST = 5, 24
_LETTERS = ("абвгдежзийклмнопрстуфхцчшщъыьэюя", "abcdefghijklmnopqrstuvwxyz")
TermIdf = Callable[[Sequence[int]], Mapping[int, float]]


class Spelling:
    """Puts a word right that occurs in no document and is one slip away from one that does.

    There is no list of words to keep: every slip of a word is made and the index asked which of them
    it knows, in one batch. That takes some 10 ms, so it is done only for what found nothing.

    Args:
        analyzer: Text to terms.
        term_idf: The index's frequencies; terms that occur nowhere are absent.
    """

    def __init__(self, analyzer: Analyzer, term_idf: TermIdf) -> None:
        self._analyzer = analyzer
        self._term_idf = term_idf

    def corrected(self, text: str) -> str | None:
        """The text with its one wrong word put right; None when no word is wrong, several are, or it
        cannot be put right: a question about something else must stay one."""
        words = {match[0]: self._analyzer.terms(match[0]) for match in _WORD.finditer(text)}
        known = self._term_idf([term for terms in words.values() for term in terms])
        wrong = [word for word, terms in words.items() if any(term not in known for term in terms)]
        better = self._nearest(wrong[0]) if len(wrong) == 1 else None
        if better is None:
            return None
        return _WORD.sub(lambda match: better if match[0] == wrong[0] else match[0], text)

    def _nearest(self, word: str) -> str | None:
        """The most frequent word that is one slip away."""
        word = fold(word)
        if not _SHORTEST <= len(word) <= _LONGEST:
            return None
        terms = {other: self._analyzer.of_token(other) for other in _slips(word)}
        known = self._term_idf([term for found in terms.values() for term in found])
        there = [other for other, found in terms.items() if len(found) == 1 and found[0] in known]
        return min(there, key=lambda other: known[terms[other][0]], default=None)


def _slips(word: str) -> Iterator[str]:
    """Words with one letter more, less or another, or two exchanged; the first letter stays."""
    letters = next((these for these in _LETTERS if word[0] in these), "")
    for place in range(1, len(word) + 1):
        before, after = word[:place], word[place:]
        for letter in letters:
            yield before + letter + after
        if after:
            yield before + after[1:]
            for letter in letters:
                yield before + letter + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
