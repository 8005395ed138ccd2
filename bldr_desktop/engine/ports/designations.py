# SPDX-License-Identifier: MIT
"""Designations of norms and references to their clauses, read out of text however sloppy.

Pure functions, shared by reading documents and by reading queries, so that both come to one key.
All positions are character positions of the text that was given.
"""

import functools
import re
from dataclasses import dataclass
from typing import Literal

RefKind = Literal["clause", "table", "figure", "appendix", "formula"]

_SAME = (
    *zip("aceopxykmthb", "асеорхукмтнв", strict=True),
    *((dash, "-") for dash in "‐‑‒–—―−\u00ad"),
    *((space, " ") for space in "\u00a0\u2007\u202f\u2009"),
    ("ё", "е"),
)


def fold(text: str) -> str:
    """Lower case, Latin look-alikes as Cyrillic, one kind of dash and space, ё as е; same length."""
    folded = text.lower()
    if len(folded) != len(text):
        folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    # A chain of replaces is ten times faster than str.translate on text that is not ASCII.
    for sign, same in _SAME:
        folded = folded.replace(sign, same)
    return folded


_RUSSIAN = {
    "гост р": "ГОСТ Р", "гост": "ГОСТ", "сп": "СП", "снип": "СНиП", "сн": "СН", "тсн": "ТСН", "рд": "РД",
    "всн": "ВСН", "мдс": "МДС", "мгсн": "МГСН", "нпб": "НПБ", "ппб": "ППБ", "санпин": "СанПиН", "сто": "СТО",
    "ост": "ОСТ", "пнст": "ПНСТ", "рсн": "РСН", "осн": "ОСН", "одм": "ОДМ", "одн": "ОДН", "внтп": "ВНТП",
    "онтп": "ОНТП", "нтп": "НТП", "вппб": "ВППБ", "мсн": "МСН",
    "мсп": "МСП", "гн": "ГН", "рмг": "РМГ", "пмг": "ПМГ", "мук": "МУК", "му": "МУ", "мр": "МР", "рдс": "РДС",
    "тр тс": "ТР ТС", "тр еаэс": "ТР ЕАЭС", "дбн": "ДБН", "стб": "СТБ", "ткп": "ТКП",
    "сто нострой": "СТО НОСТРОЙ",
    "сп рк": "СП РК", "сн рк": "СН РК", "пб": "ПБ", "ту": "ТУ",
}  # fmt: skip
_LATIN = {"iso": "ISO", "en": "EN", "iec": "IEC", "din": "DIN", "astm": "ASTM", "en iso": "EN ISO",
          "iso/iec": "ISO/IEC", "din en": "DIN EN", "bs en": "BS EN", "bs": "BS",
          "en iec": "EN IEC"}  # fmt: skip
_INNER = {"исо": "ИСО", "исо/мэк": "ИСО/МЭК", "ен": "ЕН", "мэк": "МЭК", "еврокод": "ЕВРОКОД"} | _LATIN
_CODES = ("фер", "гэсн", "тер", "фссц", "тссц", "фсэм", "фсбц", "енир", "гэснм", "ферм", "гэснп", "ферп",
          "гэснр", "ферр", "терм", "терр", "терп")  # fmt: skip
_CODE_STEMS = tuple({fold(name)[:3] for name in _CODES})
_CODE_NAMES = {fold(name): name for name in _CODES}

_FAMILIES: dict[str, str] = {fold(k): v for k, v in (_RUSSIAN | _LATIN).items()}
_GLUED = {key.replace(" ", ""): name for key, name in _FAMILIES.items()}
_INNER_FOLDED = {fold(k): v for k, v in _INNER.items() if " " not in k}


def _either(names: dict[str, str]) -> str:
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s{0,2}") for name in ordered)


def _at_word_start(names: dict[str, str]) -> str:
    """Alternatives that begin a word, grouped by their first letter.

    Written so that every branch begins with a literal: the search then skips all other letters.
    """
    groups: dict[str, dict[str, str]] = {}
    for name in names:
        groups.setdefault(name[0], {})[name[1:]] = name
    return "|".join(rf"{first}(?<![\w.].)(?:{_either(rest)})" for first, rest in groups.items())


_ROMAN = r"(?:i{1,3}|iv|vi{0,3}|п|ш|iп|пi)"
_NUMBER = (
    rf"(?:{_ROMAN}\s?[-.]\s?[а-яa-z]?\.?)?"  # СНиП II-23-81, П-М.2-72
    r"(?:[а-яa-z][.-])?"  # ДБН В.2.6, ASTM C150 is taken below
    r"[а-яa-z]?\d+(?:[./-]\d+)*"
)
_DESIGNATION = re.compile(
    rf"(?P<family>{_at_word_start(_FAMILIES)})"
    rf"(?:\s{{0,2}}(?P<inner>{_either(_INNER_FOLDED)})(?=[\s\d-]))?"
    r"(?:\s*(?:№|no?\.?)\s*|\s{0,4}[-:.]?\s{0,3})"
    rf"(?P<number>{_NUMBER})"
    r"(?:(?P<gap>\s{0,3}-\s{0,3}|:)(?P<year>(?:19|20)\d\d|\d\d(?!\d)|\d\s\d(?!\d))(?![.\d]\d))?"
    r"\*?"
)
_CODE = re.compile(
    rf"(?P<family>{_at_word_start(_CODE_NAMES)})"
    r"[\s-]{0,3}(?P<number>\d{2}(?:[.-]\d{1,4}){1,5}[а-я]?)(?!\d)"
)
_LAW = re.compile(r"(?<![\w.])(?P<number>\d{1,4})-\s?(?P<family>фкз|фз)(?!\w)")


@dataclass(frozen=True, slots=True)
class Designation:
    """A norm named in a text. ``key`` «сп63.13330.2018», ``base_key`` «сп63.13330» (no edition);
    ``text`` the tidy printed form; ``year`` four digits or None; ``is_code`` for ФЕР/ГЭСН codes."""

    text: str
    family: str
    number: str
    year: int | None
    key: str
    base_key: str
    start: int
    end: int
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class ClauseRef:
    """A place of a norm named in a text; ``key`` as :func:`clause_key` gives it."""

    kind: RefKind
    number: str
    key: str
    start: int
    end: int


def _full_year(digits: str) -> int:
    value = int(digits.replace(" ", ""))
    if value > 99:
        return value
    return value + (1900 if value >= 27 else 2000)


_DASH_YEAR = re.compile(r"^(?P<rest>.*\d.*)-(?P<year>(?:19|20)\d\d|\d\d)$")
_DOT_YEAR = re.compile(r"^(?P<rest>.*\d.*)[./](?P<year>(?:19[3-9]|20[0-4])\d)$")


_COMPOUND = re.compile(r"\d[.-]\d")
_LONG_YEARS = ("СП", "РД", "МДС", "ТСН", "ТКП")
"""Families whose plain numbers have dashes, so that two digits after one are no year."""


def _split_year(family: str, number: str) -> tuple[str, int | None]:
    """Take the edition year off the end of a number, where the family's habit allows one."""
    dotted = _DOT_YEAR.match(number)
    if dotted and ("." in dotted["rest"] or "-" in dotted["rest"] or "/" in number):
        return dotted["rest"], _full_year(dotted["year"])
    dashed = _DASH_YEAR.match(number)
    if not dashed:
        return number, None
    rest, year = dashed["rest"], dashed["year"]
    if len(year) == 2 and family in _LONG_YEARS and not _COMPOUND.search(rest):
        return number, None
    if len(year) == 2 and family in _LATIN.values():
        return number, None
    return rest, _full_year(year)


_ROMAN_HEAD = re.compile(rf"{_ROMAN}(?=[-.])")


def _roman(number: str) -> str:
    if number[0].isdigit():
        return number
    head = _ROMAN_HEAD.match(number)
    if not head:
        return number
    return head[0].replace("п", "ii").replace("ш", "iii") + number[head.end() :]


def _build(match: re.Match[str]) -> Designation | None:
    family = _family_name(match["family"])
    inner = match["inner"]
    if inner:
        family = f"{family} {_INNER_FOLDED[inner]}"
    raw = _roman("".join(match["number"].split()))
    number, year = _split_year(family, raw)
    if match["year"] and year is None:
        year = _full_year(match["year"])
    elif match["year"]:
        number, year = raw, _full_year(match["year"])
    if family in _WEAK and "." not in number and "-" not in number and year is None:
        return None
    sep = "." if family == "СП" and "." in number else "-"
    base = family_key(family) + number
    shown = f"{family} {number.upper()}"
    if year is not None:
        ending = match["year"] or raw[len(number) + 1 :] or str(year)
        shown += (sep if not (match["gap"] or "").startswith(":") else ":") + ending.replace(" ", "")
    return Designation(
        text=shown,
        family=family,
        number=number,
        year=year,
        key=base if year is None else f"{base}{sep}{year}",
        base_key=base,
        start=match.start(),
        end=match.end(),
    )


_WEAK = frozenset({"СН", "МР", "МУ", "ГН", "ТУ", "ПБ", "СТО", "BS", "EN", "ОСТ"})


def _family_name(folded: str) -> str:
    return _GLUED["".join(folded.split())]


@functools.cache
def family_key(family: str) -> str:
    """The family's part of a key: «ГОСТ Р» → «гостр», «ГОСТ Р ИСО» → «гострисо», «ISO» → «iso»."""
    glued = re.sub(r"[\s/]", "", family.lower()).replace("ё", "е")
    glued = glued.replace("iso", "исо").replace("iec", "мэк") if glued.startswith("гост") else glued
    return glued.replace("en", "ен") if glued.startswith("гост") else glued


@functools.lru_cache(maxsize=4096)
def leading_designation(text: str) -> Designation | None:
    """The norm whose name ``text`` begins with, or None: faster than looking for all of them."""
    match = _DESIGNATION.match(fold(text))
    return _build(match) if match else None


def parse_designations(text: str) -> list[Designation]:
    """Every norm, price code and law named in a text, in order of appearance, not overlapping."""
    folded = fold(text)
    found: list[Designation] = []
    for match in _DESIGNATION.finditer(folded):
        built = _build(match)
        if built is not None:
            found.append(built)
    taken = [(d.start, d.end) for d in found]
    codes = _CODE.finditer(folded) if any(stem in folded for stem in _CODE_STEMS) else ()
    laws = _LAW.finditer(folded) if "фз" in folded or "фкз" in folded else ()
    for match in (*codes, *laws):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        family = _printed_code(match["family"])
        number = match["number"]
        is_law = match.re is _LAW
        base = (number + "-" + match["family"]) if is_law else match["family"] + number
        shown = f"{number}-{family}" if is_law else f"{family}{number}"
        found.append(
            Designation(shown, family, number, None, base, base, match.start(), match.end(), not is_law)
        )
    return sorted(found, key=lambda d: d.start)


def _printed_code(folded: str) -> str:
    if folded.startswith(("гэсн", "фер", "тер")) and folded not in ("гэсн", "фер", "тер"):
        stem = "гэсн" if folded.startswith("гэсн") else folded[:3]
        return stem.upper() + folded[len(stem) :]
    return folded.upper()


def designation_key(text: str) -> str | None:
    """The key of the first norm named in ``text``, or None."""
    found = parse_designations(text)
    return found[0].key if found else None


def designation_match(query: Designation, key: str, base_key: str) -> int:
    """How well a document is meant by a designation in a query.

    Args:
        query: What was asked for.
        key: The document's ``designation_key``.
        base_key: The document's ``base_key``.

    Returns:
        3 the very edition, 2 the norm (no or another edition year asked), 1 a norm of which the
        query names the beginning («СП 63» for СП 63.13330, «гост 12730» for ГОСТ 12730.1) or the
        same number in the neighbouring family (ГОСТ for ГОСТ Р), 0 another one.
    """
    if query.key == key:
        return 3
    if query.base_key == base_key:
        return 2
    if base_key.startswith((query.base_key + ".", query.base_key + "-")):
        return 1
    if query.family == "ГОСТ" and base_key == f"гостр{query.number}":
        return 1
    return 1 if query.family == "ГОСТ Р" and base_key == f"гост{query.number}" else 0


_REF_NUMBER = r"(?P<number>(?:[а-я]\.?)?\d+(?:\.\d+)*(?:[а-я](?![а-я]))?|[а-я](?:\.\d+)+)"
_WORDS: tuple[tuple[RefKind, str], ...] = (
    ("table", r"(?:табл(?:иц[а-я]*)?|таbле|tаblе)\.?"),
    ("figure", r"(?:рис(?:унк[а-я]*|унок)?|черт(?:еж[а-я]*)?|figurе|fig)\.?"),
    ("formula", r"(?:формул[а-я]*|ф-л[а-я])\.?"),
    ("appendix", r"(?:прил(?:ожени[а-я]*)?|аnnех|арреndiх)\.?"),
    (
        "clause",
        r"(?:п\.?\s?п\.?|п(?:ункт[а-я]*)?|подпункт[а-я]*|ст(?:ать[а-я]*)?|разд(?:ел[а-я]*)?|гл(?:ав[а-я]*)?"
        r"|подраздел[а-я]*|сlаusе|sесtiоn|§)\.?",
    ),
)
_REFS = [
    (
        kind,
        re.compile(
            rf"(?<![\wа-я]){words}\s{{0,2}}(?:№|\()?\s?"
            + (_REF_NUMBER if kind != "appendix" else r"(?P<number>[а-я](?![а-я])|\d+)")
            + r"(?![\dа-я])"
        ),
    )
    for kind, words in ((k, fold(w) if k != "clause" else w) for k, w in _WORDS)
]
_BARE = re.compile(r"(?<![\w.,-])(?P<number>\d{1,2}(?:\.\d{1,3}){1,5}|[а-я](?:\.\d{1,3}){1,4})\.?(?![\w,-])")
_PREFIX = {"table": "табл.", "figure": "рис.", "formula": "ф.", "appendix": "прил.", "clause": ""}


@functools.lru_cache(maxsize=8192)
def ref_key(kind: RefKind, number: str) -> str:
    """The lookup key of a numbered place: «8.1.3», «а.2», «табл.4», «рис.1», «прил.а», «ф.5.1»."""
    tidy = fold(number).replace(" ", "").strip(".()")
    tidy = re.sub(r"^([а-я])(?=\d)", r"\1.", tidy)
    return _PREFIX[kind] + tidy


def clause_key(text: str) -> str:
    """The key of one reference as a person writes it: «п. 5.3.2» → «5.3.2», «Таблица А.4» → «табл.а.4»."""
    found = parse_clause_refs(text)
    return found[0].key if found else ref_key("clause", text)


def parse_clause_refs(text: str, *, bare: bool = True) -> list[ClauseRef]:
    """Every clause, table, figure, appendix and formula named in a text, outside of designations.

    Args:
        text: A query or a sentence.
        bare: Also take dotted numbers without a word («СП 63 8.1.3»).
    """
    folded = fold(text)
    for norm in parse_designations(text):
        folded = folded[: norm.start] + "_" * (norm.end - norm.start) + folded[norm.end :]
    found: list[ClauseRef] = []
    for kind, pattern in _REFS:
        for match in pattern.finditer(folded):
            number = match["number"].strip(".")
            found.append(ClauseRef(kind, number, ref_key(kind, number), match.start(), match.end()))
        folded = pattern.sub(lambda m: " " * len(m[0]), folded)
    if bare:
        for match in _BARE.finditer(folded.replace("_", " ")):
            number = match["number"]
            found.append(ClauseRef("clause", number, ref_key("clause", number), match.start(), match.end()))
    return sorted(found, key=lambda ref: ref.start)
