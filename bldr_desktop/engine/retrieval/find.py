# SPDX-License-Identifier: MIT
"""Finding words inside one document: as typed, else by stems."""

from collections.abc import Iterable, Iterator

from bldr_desktop.engine.retrieval.analysis import Analyzer
from bldr_desktop.protocol.documents import FindAnswer, FindHit, PageText

_AROUND = 60


def find_in_pages(analyzer: Analyzer, pages: Iterable[PageText], words: str, limit: int) -> FindAnswer:
    """Places of ``words``: letter by letter first; where there are none, one word after the other in
    any of their forms; where there are none of these either, any of the words.

    Args:
        analyzer: Text to terms.
        pages: The pages' texts.
        words: What is looked for.
        limit: Most places given back; ``total`` counts all.
    """
    known = list(pages)
    wanted = " ".join(words.split())
    if not wanted:
        return FindAnswer(hits=[], total=0)
    for places in (
        _literal(known, wanted),
        _phrase(analyzer, known, wanted),
        _any_word(analyzer, known, wanted),
    ):
        found = list(places)
        if found:
            return FindAnswer(hits=[_hit(*place) for place in found[:limit]], total=len(found))
    return FindAnswer(hits=[], total=0)


def _literal(pages: list[PageText], wanted: str) -> Iterator[tuple[PageText, int, int]]:
    needle = _same_length_fold(wanted)
    for page in pages:
        text = _same_length_fold(page.text)
        start = text.find(needle)
        while start >= 0:
            yield page, start, start + len(needle)
            start = text.find(needle, start + len(needle))


def _phrase(analyzer: Analyzer, pages: list[PageText], wanted: str) -> Iterator[tuple[PageText, int, int]]:
    terms = analyzer.terms(wanted)
    if not terms:
        return
    for page in pages:
        spans = [span for span in analyzer.spans(page.text) if span[2]]
        place = 0
        while place + len(terms) <= len(spans):
            if all(term in spans[place + offset][2] for offset, term in enumerate(terms)):
                yield page, spans[place][0], spans[place + len(terms) - 1][1]
                place += len(terms)
            else:
                place += 1


def _any_word(analyzer: Analyzer, pages: list[PageText], wanted: str) -> Iterator[tuple[PageText, int, int]]:
    terms = frozenset(analyzer.terms(wanted))
    for page in pages:
        for start, end, found in analyzer.spans(page.text):
            if not terms.isdisjoint(found):
                yield page, start, end


def _hit(page: PageText, start: int, end: int) -> FindHit:
    before, after = max(0, start - _AROUND), min(len(page.text), end + _AROUND)
    excerpt = " ".join(page.text[before:after].split())
    return FindHit(page=page.number, char_start=start, char_end=end, excerpt=excerpt)


def _same_length_fold(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.replace("ё", "е").translate(_SPACES)


_SPACES = str.maketrans({"\n": " ", "\t": " ", "\r": " ", "\u00a0": " "})
