# SPDX-License-Identifier: MIT
"""The clause tree: numbers at the beginnings of lines that make one rising sequence."""

import bisect
from collections.abc import Sequence

from bldr_desktop.engine.documents.structure.candidates import (
    Appendix,
    Candidate,
    appendix_lines,
    appendix_title,
    captions,
    numbered_lines,
    rising,
    title_at,
)
from bldr_desktop.engine.documents.structure.lines import Layout
from bldr_desktop.engine.ports.designations import ref_key
from bldr_desktop.engine.ports.domain import Clause, ExtractedPage


def find_clauses(pages: Sequence[ExtractedPage], layout: Layout) -> list[Clause]:
    """The clause tree in reading order, each with its parent; positions are on the page it begins."""
    candidates: list[Candidate] = []
    appendices: list[Appendix] = []
    others: list[Clause] = []
    for page in pages:
        if page.rows is not None:
            continue
        candidates.extend(numbered_lines(page, layout))
        appendices.extend(appendix_lines(page, layout))
        others.extend(captions(page, layout))
    appendices = rising(appendices)
    articles = [item for item in candidates if item.word in ("статья", "article")]
    if len(articles) >= 3:
        candidates = articles
    texts = {page.number: page.text for page in pages}
    clauses = _body(candidates, appendices, texts)
    clauses.extend(others)
    clauses.sort(key=lambda clause: (clause.page, clause.char_start))
    _close(clauses, pages)
    _adopt(clauses)
    return clauses


def _body(candidates: list[Candidate], appendices: list[Appendix], texts: dict[int, str]) -> list[Clause]:
    """Main part and each appendix have a sequence of their own."""
    borders = [(item.page, item.start) for item in appendices]
    groups: list[list[Candidate]] = [[] for _ in range(len(appendices) + 1)]
    for item in candidates:
        groups[bisect.bisect_right(borders, (item.page, item.start))].append(item)
    clauses = [_clause(item, texts, None) for item in _chain([c for c in groups[0] if not c.letter])]
    seen = {clause.key for clause in clauses}
    for appendix, group in zip(appendices, groups[1:], strict=True):
        key = ref_key("appendix", appendix.number) if appendix.number else "прил"
        shown = f"Приложение {appendix.number}".strip()
        title = appendix_title(texts[appendix.page], appendix.title_at)
        end = appendix.start + len(shown)
        if key not in seen:
            seen.add(key)
            clauses.append(
                Clause(shown, key, title, 1, appendix.page, appendix.start, end, appendix.page, "appendix")
            )
        lettered = [c for c in group if c.letter]
        chosen = _chain(lettered if lettered else group)
        for item in chosen:
            clause = _clause(item, texts, None if item.letter else key)
            if clause.key not in seen:
                seen.add(clause.key)
                clauses.append(clause)
    return clauses


def _chain(candidates: list[Candidate]) -> list[Candidate]:
    """The heaviest strictly rising subsequence, then without lonely jumps. O(n log n)."""
    if not candidates:
        return []
    ranks = {parts: rank for rank, parts in enumerate(sorted({(c.letter, c.parts) for c in candidates}), 1)}
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)
    previous: list[int] = [-1] * len(candidates)
    for index, item in enumerate(candidates):
        rank = ranks[(item.letter, item.parts)]
        weight, link = _prefix_best(best, rank - 1)
        previous[index] = link
        total = weight + item.weight
        at = rank
        while at < len(best):
            if total > best[at][0]:
                best[at] = (total, index)
            at += at & -at
    index = _prefix_best(best, len(ranks))[1]
    chosen: list[Candidate] = []
    while index >= 0:
        chosen.append(candidates[index])
        index = previous[index]
    chosen.reverse()
    return _without_tail(_without_jumps(chosen))


def _prefix_best(best: list[tuple[float, int]], rank: int) -> tuple[float, int]:
    found = (0.0, -1)
    while rank > 0:
        if best[rank][0] > found[0]:
            found = best[rank]
        rank -= rank & -rank
    return found


def _without_jumps(chosen: list[Candidate]) -> list[Candidate]:
    """Drop what jumps far ahead of its neighbours: numbers out of tables and running text."""
    kept: list[Candidate] = []
    for index, item in enumerate(chosen):
        section = item.parts[0]
        last = kept[-1].parts if kept else (0,)
        company = sum(other.parts[0] == section for other in chosen[index + 1 : index + 4])
        if not item.letter and section > last[0] + 2 and company < 2 and not item.word:
            continue
        if len(item.parts) >= 2 and item.parts[0] == last[0]:
            before = last[1] if len(last) >= 2 else 0
            if item.parts[1] > before + 6 and company < 2:
                continue
        kept.append(item)
    return kept


def _without_tail(chosen: list[Candidate]) -> list[Candidate]:
    """Drop a long run of bare numbers after the last dotted one: rows of a table or a bibliography."""
    dotted = [index for index, item in enumerate(chosen) if len(item.parts) > 1]
    if len(dotted) < 5 or len(chosen) - dotted[-1] <= 5:
        return chosen
    return chosen[: dotted[-1] + 1]


def _clause(item: Candidate, texts: dict[int, str], appendix_key: str | None) -> Clause:
    title = title_at(texts[item.page], item.title_at)
    key = ref_key("clause", item.number)
    if appendix_key:
        key = f"{appendix_key}/{key}"
    level = len(item.parts) + (1 if item.letter or appendix_key else 0)
    is_section = len(item.parts) == 1 and not item.letter
    return Clause(
        item.number, key, title, level, item.page, item.start, item.start, item.page,
        "section" if is_section else "clause",
    )  # fmt: skip


def _close(clauses: list[Clause], pages: Sequence[ExtractedPage]) -> None:
    """Set the ends: a clause goes on to the next of the same or a higher level."""
    if not clauses:
        return
    lengths = {page.number: len(page.text) for page in pages}
    last = pages[-1].number
    open_: list[Clause] = []
    for clause in clauses:
        if clause.kind in ("table", "figure"):
            clause.page_end, clause.char_end = clause.page, _line_end(pages, clause)
            continue
        while open_ and open_[-1].level >= clause.level:
            _end(open_.pop(), clause, lengths)
        open_.append(clause)
    for clause in open_:
        clause.page_end, clause.char_end = last, lengths[last]


def _line_end(pages: Sequence[ExtractedPage], clause: Clause) -> int:
    text = pages[clause.page - pages[0].number].text
    end = text.find("\n", clause.char_start)
    return len(text) if end < 0 else end


def _end(clause: Clause, following: Clause, lengths: dict[int, int]) -> None:
    if following.char_start == 0 and following.page > clause.page:
        clause.page_end = following.page - 1
        clause.char_end = lengths.get(clause.page_end, 0)
    else:
        clause.page_end, clause.char_end = following.page, following.char_start


def _adopt(clauses: list[Clause]) -> None:
    """Set parents: the nearest clause before with a lower level; captions belong to theirs."""
    open_: list[int] = []
    for index, clause in enumerate(clauses):
        if clause.kind in ("table", "figure"):
            clause.parent = open_[-1] if open_ else None
            continue
        while open_ and clauses[open_[-1]].level >= clause.level:
            open_.pop()
        clause.parent = open_[-1] if open_ else None
        open_.append(index)
