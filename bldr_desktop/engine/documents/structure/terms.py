# SPDX-License-Identifier: MIT
"""Terms and definitions: «3.1.4 арматура гладкая: Арматура …»."""

import re
from collections.abc import Sequence

from bldr_desktop.engine.ports.domain import Clause, ExtractedPage

_TERM = re.compile(
    r"^[ \t]*(?:\d{1,3}(?:\.\d{1,3}){0,4}\.?[ \t]+)?"
    r"(?P<term>[а-яёА-ЯЁ][а-яёА-ЯЁ\- \t,()«»]{2,90}?(?:\n[а-яё][а-яё\- ]{2,60}?)?)"
    r"(?:[ \t]*\((?:[^()\n]{1,40})\))?[ \t]*(?::[ \t\n]+(?=[А-ЯЁа-яё])|[ \t]+[—–-][ \t\n]+(?=[а-яёА-ЯЁ]))",
    re.M,
)
_NOT_A_TERM = re.compile(r"примечани|пример|таблица|рисунок|где|формул|настоящ|приложени|следующ|далее", re.I)
_HEADING = re.compile(r"термин|определени", re.I)


def find_terms(pages: Sequence[ExtractedPage], clauses: list[Clause]) -> list[tuple[str, int, int]]:
    """Defined terms as (term, page, char_start), from the sections that are about terms."""
    found: list[tuple[str, int, int]] = []
    for page, start, end in _regions(pages, clauses):
        for match in _TERM.finditer(page.text, start, end):
            term = " ".join(match["term"].replace("\u00ad", "").split()).strip(" ,")
            if 2 < len(term) <= 100 and not _NOT_A_TERM.search(term):
                found.append((term, page.number, match.start("term")))
    return found


def _regions(pages: Sequence[ExtractedPage], clauses: list[Clause]) -> list[tuple[ExtractedPage, int, int]]:
    """The parts of pages that belong to a section about terms."""
    by_number = {page.number: page for page in pages}
    regions = []
    for clause in clauses:
        if clause.kind != "section" or not _HEADING.search(clause.title):
            continue
        for number in range(clause.page, clause.page_end + 1):
            page = by_number.get(number)
            if page is None:
                continue
            start = clause.char_start if number == clause.page else 0
            end = clause.char_end if number == clause.page_end else len(page.text)
            regions.append((page, start, end))
    return regions
