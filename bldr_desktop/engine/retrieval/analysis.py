# SPDX-License-Identifier: MIT
"""Text to terms: one analysis for indexing, asking, re-ranking and highlighting.

A term is a 32-bit number: the identity of a word's stem, or the checksum of a number or code. Decimal
numbers and clause numbers stay whole («8.1.3», «12730.1»); codes of letters and digits are folded to
one alphabet («B25» typed in Latin finds «В25»); ё is е.
"""

import re
import zlib
from collections.abc import Callable, Iterable
from itertools import chain

from bldr_desktop.engine.ports.stemming import Stemmer

TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_FOLDED_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|\w+")
"""The same in folded text, where no ``_`` is left: a plain ``\\w`` is found in half the time."""
_LOOK_ALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")
_FOLD = (("ё", "е"), ("_", " "), ("\u00ad", ""), ("\u0301", ""))
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[а-яё]")
_CACHE_LIMIT = 400_000
_LONG_WORD = 60


def fold(text: str) -> str:
    """Lower case, ё as е, ``_`` as a space, soft hyphens and accents of stress taken out (offsets may
    shift)."""
    folded = text.lower()
    for sign, plain in _FOLD:  # three times as fast as str.translate on Cyrillic
        if sign in folded:
            folded = folded.replace(sign, plain)
    return folded


def code_term(code: str) -> int:
    """The term of a number or code that is taken literally."""
    return zlib.crc32(code.encode())


class Analyzer:
    """Terms of texts; words seen are remembered, so a known word costs one dictionary look-up.

    Args:
        stemmer: Word to the identity of its stem.
    """

    def __init__(self, stemmer: Stemmer) -> None:
        self._stemmer = stemmer
        self._known = _Known(self._analyse)

    def of_token(self, token: str) -> tuple[int, ...]:
        """Terms of one folded token: none for a stop word, two for a number with a significant head."""
        return self._known[token]

    def terms(self, text: str) -> list[int]:
        """All terms of a text in order, stop words left out."""
        return list(chain.from_iterable(map(self._known.__getitem__, _FOLDED_TOKEN.findall(fold(text)))))

    def spans(self, text: str) -> list[tuple[int, int, tuple[int, ...]]]:
        """(start, end, terms) of every token of the text as it stands, for highlights."""
        return [
            (match.start(), match.end(), self.of_token(match.group().lower().replace("ё", "е")))
            for match in TOKEN.finditer(text)
        ]

    def is_known_stop(self, text: str) -> bool:
        """True when nothing of the text is searchable."""
        return not self.terms(text)

    def _analyse(self, token: str) -> tuple[int, ...]:
        if len(token) > _LONG_WORD:
            return ()
        if token[0].isdigit() and ("." in token or "," in token):
            return _number(token.replace(",", "."))
        has_digit = not token.isalpha() and any(character.isdigit() for character in token)
        latin = _LATIN.search(token) is not None
        if latin and (has_digit or _CYRILLIC.search(token)):
            token = token.translate(_LOOK_ALIKES)
        if has_digit:
            return (code_term(token),)
        stem = self._stemmer.stem(token)
        return () if stem is None else (stem,)


class _Known(dict[str, tuple[int, ...]]):
    """Terms by token; a token not seen before is analysed on the way."""

    def __init__(self, analyse: Callable[[str], tuple[int, ...]]) -> None:
        super().__init__()
        self._analyse = analyse

    def __missing__(self, token: str) -> tuple[int, ...]:
        if len(self) >= _CACHE_LIMIT:
            self.clear()
        terms = self[token] = self._analyse(token)
        return terms


def _number(number: str) -> tuple[int, ...]:
    head = number.split(".", 1)[0]
    whole = code_term(number)
    return (whole, code_term(head)) if len(head) >= 3 else (whole,)


def unique(terms: Iterable[int]) -> list[int]:
    """Terms once each, in order of first appearance."""
    return list(dict.fromkeys(terms))
