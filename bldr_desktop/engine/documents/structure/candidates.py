# SPDX-License-Identifier: MIT
"""Places that may begin something: numbered lines, appendices, captions of tables and figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bldr_desktop.engine.documents.structure.lines import Layout
from bldr_desktop.engine.ports.designations import ref_key
from bldr_desktop.engine.ports.domain import Clause, ExtractedPage

_START = re.compile(
    r"^[ \t]*(?:(?P<word>Статья|Раздел|Глава|СТАТЬЯ|РАЗДЕЛ|ГЛАВА|Section|Article|Clause)[ \t]+)?"
    r"(?P<number>(?:[А-ЯA-Z]\.(?=\d))?\d{1,3}(?:\.\d{1,3}){0,5})(?P<dot>\.?)(?P<gap>[ \t]+|[ \t]*\n[ \t]*)"
    r"(?=(?P<next>[^\W_]|[«\"(\[<>]))",
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
class Candidate:
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
class Appendix:
    page: int
    start: int
    number: str
    title_at: int


def numbered_lines(page: ExtractedPage, layout: Layout) -> Iterator[Candidate]:
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
        yield Candidate(page.number, start, parts, letter, weight, match.start("next"), number, word)


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


def appendix_lines(page: ExtractedPage, layout: Layout) -> Iterator[Appendix]:
    for match in _APPENDIX.finditer(page.text):
        if not layout.is_skipped(page.number, match.start()):
            yield Appendix(page.number, match.start(), match["number"] or "", match.end())


def rising(appendices: list[Appendix]) -> list[Appendix]:
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


def captions(page: ExtractedPage, layout: Layout) -> Iterator[Clause]:
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


def title_at(text: str, start: int) -> str:
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


def appendix_title(text: str, start: int) -> str:
    """The heading under «Приложение А (обязательное)»."""
    kind = _APPENDIX_KIND.match(text, start)
    at = kind.end() if kind else start
    while at < len(text) and text[at].isspace():
        at += 1
    return title_at(text, at)
