# SPDX-License-Identifier: MIT
"""The clause tree: numbers at the beginnings of lines that make one rising sequence."""

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bldr_desktop.engine.documents.structure.lines import Layout
from bldr_desktop.engine.ports.designations import ref_key
from bldr_desktop.engine.ports.domain import Clause, ExtractedPage

_START = re.compile(
    r"^[ \t]*(?:(?P<word>Статья|Раздел|Глава|СТАТЬЯ|РАЗДЕЛ|ГЛАВА|Section|Article|Clause)[ \t]+)?"
    r"(?P<number>(?:[А-ЯA-Z]\.(?=\d))?\d{1,3}(?:\.\d{1,3}){0,5})(?P<dot>\.?)(?P<gap>[ \t]+|[ \t]*\n[ \t]*)"
    r"(?P<next>[^\W_]|[«\"(\[<>])",
    re.M,
)
_APPENDIX = re.compile(
    r"^[ \t]*(?:П ?р ?и ?л ?о ?ж ?е ?н ?и ?е|ПРИЛОЖЕНИЕ|Annex|ANNEX|Appendix|APPENDIX)[ \t]*№?[ \t]*"
    r"(?P<number>[А-ЯA-Z]|\d{1,2})?[ \t]*"
    r"(?:\n|$|\(?(?=(?i:обязат|рекоменд|справоч|информ|normative|informative)))",
    re.M,
)
_TABLE = re.compile(
    r"^[ \t]*(?P<word>Т\s?а\s?б\s?л\s?и\s?ц\s?а|ТАБЛИЦА|Table"
    r"|Р\s?и\s?с\s?у\s?н\s?о\s?к|РИСУНОК|Рис\.|Figure)[ \t]+"
    r"(?:№[ \t]*)?(?P<number>(?:[А-ЯA-Z]\.?)?\d{1,3}(?:\.\d{1,3}){0,3})(?P<after>[^\n]{0,200})",
    re.M,
)
_FOREWORD = re.compile(
    r"(?:РАЗРАБОТ|ВНЕСЕН|ПРИНЯТ|УТВЕРЖД|ВВЕДЕН|ПОДГОТОВЛ|ИСПОЛНИТ|ЗАРЕГИСТР|ВЗАМЕН|ПЕРЕИЗД|ИЗДАНИЕ|СРОК|ПЕРИОДИЧ"
    r"|ССЫЛОЧНЫЕ|Ограничение|РАЗДЕЛЫ|Срок|СОДЕРЖИТ|НАСТОЯЩИЙ|СООТВЕТСТВ|ОГРАНИЧЕН|ПРОВЕРЕН|Введен|ПОСТАНОВЛ|Разработан|Утвержд|Внесен)"
)
_UNIT = re.compile(
    r"(?:мм|см|м|км|кг|г|т|ч|мин|с|шт|л|кПа|МПа|кН|Вт|кВт|°|%|м2|м3|дм|руб|сут|лет|года?|дн)(?:[²³.\s/·),;]|$)"
    r"|(?:Па|Н|В|А|К|Ом|Гц)(?:[.,;)·/]|\s*$)"
)
_ENDED = ".;:!?»)"
_MAX_TITLE = 160


@dataclass(slots=True)
class _Candidate:
    """A number at the beginning of a line."""

    page: int
    start: int
    parts: tuple[int, ...]
    letter: str
    weight: float
    title_at: int
    number: str
    word: str = ""


@dataclass(slots=True)
class _Appendix:
    page: int
    start: int
    number: str
    title_at: int


def find_clauses(pages: Sequence[ExtractedPage], layout: Layout) -> list[Clause]:
    """The clause tree in reading order, each with its parent; positions are on the page it begins."""
    candidates: list[_Candidate] = []
    appendices: list[_Appendix] = []
    others: list[Clause] = []
    for page in pages:
        if page.rows is not None:
            continue
        candidates.extend(_numbers(page, layout))
        appendices.extend(_appendices(page, layout))
        others.extend(_captions(page, layout))
    appendices = _rising(appendices)
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


def _numbers(page: ExtractedPage, layout: Layout) -> Iterator[_Candidate]:
    text = page.text
    tables = page.tables
    for match in _START.finditer(text):
        start = match.start("number")
        if layout.is_skipped(page.number, start) or any(a <= start < b for a, b in tables):
            continue
        weight = _weight(text, match)
        if weight <= 0:
            continue
        number = match["number"]
        letter = number[0] if not number[0].isdigit() else ""
        digits = number[2:] if letter else number
        parts = tuple(int(piece) for piece in digits.split("."))
        word = (match["word"] or "").lower()
        yield _Candidate(page.number, start, parts, letter, weight, match.start("next"), number, word)


def _weight(text: str, match: re.Match[str]) -> float:
    """How much a numbered line looks like the beginning of a clause; 0 for never."""
    number = match["number"]
    if match["word"]:
        return 1.5
    dotted = "." in number
    if any(piece.startswith("0") for piece in number.split(".")) or (not dotted and len(number) > 2):
        return 0.0
    following = text[match.start("next") : match.start("next") + 60]
    first = following[0]
    if first.isdigit() or _UNIT.match(following):
        return 0.0
    if not dotted and _FOREWORD.match(following):
        return 0.0
    line_start = text.rfind("\n", 0, match.start("number"))
    before = text[max(0, line_start - 3) : max(0, line_start)].rstrip()
    after_end = not before or before[-1] in _ENDED
    alone = "\n" in match["gap"]
    weight = 1.0 if first.isupper() or first in '«"(' else 0.55 if after_end else 0.08
    if not dotted:
        weight *= 0.8 if (first.isupper() and not alone) else 0.2
        if not after_end and not match["dot"]:
            weight *= 0.9
    else:
        # Rows of tables and lists are short; clauses run on to the end of the line.
        line_end = text.find("\n", match.start("next"))
        length = (line_end if line_end >= 0 else len(text)) - match.start("next")
        weight *= (0.6 if alone else 1.0) * (1.0 if length >= 55 else 0.5)
    return weight


def _appendices(page: ExtractedPage, layout: Layout) -> Iterator[_Appendix]:
    for match in _APPENDIX.finditer(page.text):
        if not layout.is_skipped(page.number, match.start()):
            yield _Appendix(page.number, match.start(), match["number"] or "", match.end())


def _rising(appendices: list[_Appendix]) -> list[_Appendix]:
    """Those that follow each other: А, Б, В or 1, 2, 3; a mention on a line of its own drops out."""
    unnumbered = [item for item in appendices if not item.number]
    items = [item for item in appendices if item.number]
    if not items:
        return unnumbered[-1:]
    lengths = [1] * len(items)
    links = [-1] * len(items)
    for index, item in enumerate(items):
        for before in range(index):
            if _order(items[before].number) < _order(item.number) and lengths[before] >= lengths[index]:
                lengths[index], links[index] = lengths[before] + 1, before
    index = max(range(len(items)), key=lambda at: (lengths[at], at))
    chosen = []
    while index >= 0:
        chosen.append(items[index])
        index = links[index]
    return chosen[::-1]


def _order(number: str) -> tuple[int, int]:
    return (0, int(number)) if number.isdigit() else (1, ord(number))


def _captions(page: ExtractedPage, layout: Layout) -> Iterator[Clause]:
    """Tables and figures by their captions."""
    for match in _TABLE.finditer(page.text):
        if layout.is_skipped(page.number, match.start()):
            continue
        after = match["after"]
        rest = after.lstrip()
        if rest and rest[0] not in "—–-:." and not rest[0].isupper():
            continue
        is_table = match["word"][0] in "ТT"
        kind = "table" if is_table else "figure"
        title = rest.lstrip("—–-:. ").strip()
        number = ("табл. " if is_table else "рис. ") + match["number"]
        key = ref_key("table" if is_table else "figure", match["number"])
        start = match.start("word")
        yield Clause(number, key, title[:_MAX_TITLE], 9, page.number, start, start, page.number,
                     "table" if kind == "table" else "figure")  # fmt: skip


def _body(candidates: list[_Candidate], appendices: list[_Appendix], texts: dict[int, str]) -> list[Clause]:
    """Main part and each appendix have a sequence of their own."""
    borders = [(item.page, item.start) for item in appendices]
    groups: list[list[_Candidate]] = [[] for _ in range(len(appendices) + 1)]
    for item in candidates:
        groups[bisect.bisect_right(borders, (item.page, item.start))].append(item)
    clauses = [_clause(item, texts, None) for item in _chain([c for c in groups[0] if not c.letter])]
    seen = {clause.key for clause in clauses}
    for appendix, group in zip(appendices, groups[1:], strict=True):
        key = ref_key("appendix", appendix.number) if appendix.number else "прил"
        shown = f"Приложение {appendix.number}".strip()
        title = _appendix_title(texts[appendix.page], appendix.title_at)
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


def _chain(candidates: list[_Candidate]) -> list[_Candidate]:
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
    chosen: list[_Candidate] = []
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


def _without_jumps(chosen: list[_Candidate]) -> list[_Candidate]:
    """Drop what jumps far ahead of its neighbours: numbers out of tables and running text."""
    kept: list[_Candidate] = []
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


def _without_tail(chosen: list[_Candidate]) -> list[_Candidate]:
    """Drop a long run of bare numbers after the last dotted one: rows of a table or a bibliography."""
    dotted = [index for index, item in enumerate(chosen) if len(item.parts) > 1]
    if len(dotted) < 5 or len(chosen) - dotted[-1] <= 5:
        return chosen
    return chosen[: dotted[-1] + 1]


def _clause(item: _Candidate, texts: dict[int, str], appendix_key: str | None) -> Clause:
    title = _title(texts[item.page], item.title_at)
    key = ref_key("clause", item.number)
    if appendix_key:
        key = f"{appendix_key}/{key}"
    level = len(item.parts) + (1 if item.letter or appendix_key else 0)
    is_section = len(item.parts) == 1 and not item.letter
    return Clause(
        item.number, key, title, level, item.page, item.start, item.start, item.page,
        "section" if is_section else "clause",
    )  # fmt: skip


def _title(text: str, start: int) -> str:
    """The heading that begins at ``start``: its line, and the next where it plainly goes on."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    line = text[start:end].strip()
    if len(line) < 90 and line and line[-1] not in ".;:" and end < len(text):
        next_end = text.find("\n", end + 1)
        following = text[end + 1 : len(text) if next_end < 0 else next_end].strip()
        if following[:1].islower() or (line.isupper() and following.isupper()):
            line = f"{line} {following}"
    return " ".join(line.replace("\u00ad", "").split())[:_MAX_TITLE]


_APPENDIX_KIND = re.compile(
    r"\s*\(?\s*(?:обязательн|рекоменд|справоч|информ|normative|informative)\w*\s*\)?\s*", re.I
)


def _appendix_title(text: str, start: int) -> str:
    """The heading under «Приложение А (обязательное)»."""
    kind = _APPENDIX_KIND.match(text, start)
    at = kind.end() if kind else start
    while at < len(text) and text[at].isspace():
        at += 1
    return _title(text, at)


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
