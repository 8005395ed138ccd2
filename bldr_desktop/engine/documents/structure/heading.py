# SPDX-License-Identifier: MIT
"""Designation, title, dates and editions out of a document's first pages and name."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePath

from bldr_desktop.engine.documents.structure.lines import squeeze_spaced
from bldr_desktop.engine.ports.designations import Designation, fold, leading_designation, parse_designations
from bldr_desktop.engine.ports.domain import Extracted

_HEAD_CHARACTERS = 6_000
_DATE_CHARACTERS = 14_000
_DATE_TEXT = (
    r"(?:(?P<y>(?:19|20)\d\d)\s?[-—–]\s?(?P<m>[01]\d)\s?[-—–]\s?(?P<d>[0-3]\d)"
    r"|(?P<d2>[0-3]?\d)\.(?P<m2>[01]\d)\.(?P<y2>(?:19|20)?\d\d)(?!\d)"
    r"|(?P<d3>[0-3]?\d)\s+(?P<word>января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
    r"\s+(?P<y3>(?:19|20)\d\d))"
)
_DATES = tuple(
    re.compile(words + _DATE_TEXT, re.I)
    for words in (
        r"(?:дата|срок)\s+введения(?:\s+в\s+действие)?[\s:—–-]*(?:с\s+)?",
        r"(?:введен|ввод)\w*\s+в\s+действие[^;]{0,220}?\sс\s+",
        r"(?:введен|ввод)\w*\s+в\s+действие\s[^;]{0,220}?\sот\s+",
        r"(?:утвержден|принят)\w*\s[^;]{0,220}?\sот\s+",
    )
)
_MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
           "ноября", "декабря")  # fmt: skip
_NAMED = re.compile(
    r"[А-ЯA-Z]{2}[А-ЯA-Zа-я]{0,5}(?: [А-ЯA-Z]{1,3}){0,2}[ \n№:-]{0,4}"
    r"[\dIVПШВ][\dА-Я./-]*(?:\s?[-—–:]\s?\d{2,4})?"
)
_REPLACES = re.compile(r"взамен|заменяет|отменяет")
_REPLACED = re.compile(r"заменен\w*\s+на|утратил\w*\s+силу|отменен|вместо\s+него")
_JOINT = re.compile(r"[\s,;:и()*«»-]*(?:на |и на |документа |стандарта |свода правил )?\s*")
_WORDY = re.compile(r"[а-яёА-ЯЁ]{3}|[A-Za-z]{4}")
_NOISE = re.compile(
    r"^(?:группа\b|окс\b|удк\b|мкс\b|окп\b|окст|кгс\b|ипк\b|госстандарт|нпо\b|бз\b|interstate|russian"
    r"|ministry|euro|(?:межгосударственн|государственн|национальн|предварительн)\w*(?: стандарт| совет|$)"
    r"|межгосударственная науч|министерств|федеральн\w+ (?:агент|служб)|российск\w+ федерац|федерации$"
    r"|российской$|советск|свод ?правил|стандарты?$|система нормативных|строительные нормы|нормы и правила$"
    r"|\(?мгс\)?|\(?isc\)?|комитет|по стандартизац|мнткс|по технич\w+ регулир|и жилищно|жилищно-комм"
    r"|по делам граждан|чрезвычайным|стихийных бедств|техническому норм|союза сср|государственный комитет"
    r"|гост\s?р?$|сп$|снип$|документ введен|страница \d|утвержден|приказ|информационные данн"
    r"|информационн\w+ указател|в строительстве \(|р ?ф$|ссср)",
    re.I,
)
_END_OF_TITLE = re.compile(
    r"^(?:издание|предисловие|дата введ|срок введ|москва|содержание|несоблюдение|настоящ|введение$|©|взамен"
    r"|\d\s)",
    re.I,
)
_ONE_LINE = re.compile(
    r"[.\s»\"]{1,4}(?:свод правил\.\s*|государственный стандарт[^.]*\.\s*)?(?P<title>[А-ЯA-Z][^\"»]{8,300})"
)


@dataclass(slots=True)
class Head:
    """What a document says of itself."""

    designation: Designation | None = None
    title: str | None = None
    issue_date: str | None = None
    category: str | None = None
    replaces: list[str] = field(default_factory=list)
    replaced_by: list[str] = field(default_factory=list)
    mentioned: list[str] = field(default_factory=list)


def find_head(extracted: Extracted, name: str) -> Head:
    """Read the head of a document."""
    whole = "\n".join(page.text[:_HEAD_CHARACTERS] for page in extracted.pages[:8])
    first = squeeze_spaced(whole[:_HEAD_CHARACTERS])
    head = Head()
    norms = parse_designations(first)
    head.designation = _own(first, norms, extracted, name)
    head.category = head.designation.family if head.designation else None
    head.title = _title(first, norms, head.designation, extracted, name)
    head.issue_date = _issue_date(whole[:_DATE_CHARACTERS])
    key = head.designation.key if head.designation else None
    folded = fold(first)
    head.replaces = _near(folded, norms, _REPLACES, ("взамен", "меняет"), key)
    head.replaced_by = _near(folded, norms, _REPLACED, ("заменен", "утратил", "отменен", "вместо"), key)
    head.mentioned = _mentioned(extracted, head.designation.base_key if head.designation else None)
    return head


def _own(first: str, norms: list[Designation], extracted: Extracted, name: str) -> Designation | None:
    """The document's own designation: early on the first page, alone on its line, said most often."""
    named = parse_designations(PurePath(name).stem.replace("_", " "))
    scores: Counter[str] = Counter()
    best: dict[str, Designation] = {}
    for norm in norms:
        if norm.is_code or (norm.year is None and not named):
            continue
        line = first[first.rfind("\n", 0, norm.start) + 1 : norm.start].strip()
        score = 3.0 if not line else 0.5
        score += 4.0 * max(0.0, 1.0 - norm.start / 1500)
        scores[norm.key] += score  # type: ignore[assignment]
        best.setdefault(norm.key, norm)
    for norm in named:
        if norm.is_code:
            continue
        match = next((key for key, d in best.items() if d.base_key == norm.base_key), None)
        if match:
            scores[match] += 20
        elif norm.year is not None or not best:
            scores[norm.key] += 5
            best.setdefault(norm.key, norm)
    if not scores:
        return None
    key, score = scores.most_common(1)[0]
    return best[key] if score >= 5 else None


def _title(
    first: str, norms: list[Designation], own: Designation | None, extracted: Extracted, name: str
) -> str | None:
    if own is not None and own.text:
        found = _title_near(first, norms, own)
        if found:
            return found
    if extracted.title_hint and len(extracted.title_hint) > 3:
        return extracted.title_hint[:300]
    page = extracted.pages[0]
    if page.headings:
        start, end, _ = page.headings[0]
        return " ".join(page.text[start:end].split())[:300] or PurePath(name).stem
    line = next((line.strip() for line in page.text.split("\n") if len(line.strip()) > 3), "")
    if extracted.kind in ("xlsx", "xls", "ods", "csv", "xml", "dxf") or not 3 < len(line) <= 160:
        return PurePath(name).stem
    return " ".join(line.split())


def _title_near(first: str, norms: list[Designation], own: Designation) -> str | None:
    """The lines of the title page, or the line of the designation, that are the norm's name."""
    page = first[:2500]
    inline = _ONE_LINE.match(page, own.end) if own.start < 60 else None
    if inline and "\n" not in page[own.end : inline.start("title")]:
        text = re.split(r"\(утв|\(с изм|\n[ \t]*\n[ \t]*\n|\n\d", inline["title"])[0]
        return " ".join(text.split("(СНиП")[0].split())[:300]
    own_starts = [norm.start for norm in norms if norm.base_key == own.base_key]
    before: list[str] = []
    after: list[str] = []
    kept = before
    end = 0
    for raw in page.split("\n"):
        start, end = end, end + len(raw) + 1
        line = " ".join(raw.split())
        if _END_OF_TITLE.match(line) and (before or after):
            break
        if any(start <= at < end for at in own_starts) or _is_part_of(line, own):
            kept = after
            continue
        if len(line) > 3 and not _NOISE.match(line) and _WORDY.search(line):
            kept.append(line)
    lines = after or before
    return " ".join(lines[:8])[:300] or None


def _is_part_of(line: str, own: Designation) -> bool:
    """A piece of a designation that was broken over lines: «12730.1—», «2020»."""
    digits = re.sub(r"[\s—–-]", "", line)
    return digits in (own.number, str(own.year or ""), f"{own.number}{own.year or ''}")


def _issue_date(first: str) -> str | None:
    for pattern in _DATES:
        found = pattern.search(first)
        if found:
            return _iso(found)
    return None


def _iso(match: re.Match[str]) -> str | None:
    year = match["y"] or match["y2"] or match["y3"]
    month = (
        match["m"] or match["m2"] or (str(_MONTHS.index(match["word"].lower()) + 1) if match["word"] else "")
    )
    day = match["d"] or match["d2"] or match["d3"]
    number = int(year)
    if number < 100:
        number += 1900 if number >= 30 else 2000
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return f"{number:04d}-{int(month):02d}-{int(day):02d}"


def _near(
    folded: str, norms: list[Designation], words: re.Pattern[str], marks: tuple[str, ...], own: str | None
) -> list[str]:
    """Keys of the norms named right after certain words."""
    if not any(mark in folded for mark in marks):
        return []
    found: dict[str, None] = {}
    for match in words.finditer(folded):
        position = match.end()
        for norm in norms:
            if norm.start < position:
                continue
            if not _JOINT.fullmatch(folded, position, norm.start):
                break
            position = norm.end
            if not norm.is_code and norm.key != own:
                found.setdefault(norm.key)
    return list(found)


def _mentioned(extracted: Extracted, own: str | None) -> list[str]:
    """Keys of other norms named in the text; only capitals before digits are looked at, for speed."""
    spelled: dict[str, None] = {}
    for page in extracted.pages:
        if page.rows is None:
            for match in _NAMED.finditer(page.text):
                spelled.setdefault(match[0])
        if len(spelled) > 1000:
            break
    found: dict[str, None] = {}
    for text in spelled:
        norm = leading_designation(text)
        if norm is not None and norm.base_key != own:
            found.setdefault(norm.key)
    return list(found)
