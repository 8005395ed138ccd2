# SPDX-License-Identifier: MIT
"""Reading a query: which norm, which clause, which code it names, and what it asks in words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bldr_desktop.engine.ports.designations import (
    ClauseRef,
    Designation,
    parse_clause_refs,
    parse_designations,
)

Numbered = Callable[[str], Sequence[Designation]]
QueryKind = Literal["designation", "clause", "code", "term", "question", "words"]

_DEFINITION = re.compile(
    r"^\s*(?:что\s+(?:такое|значит|означает|понима\w+\s+под(?:\s+термином)?)|"
    r"определени[ея]\s+(?:термина|понятия)?|дай(?:те)?\s+определение|термин|"
    r"what\s+(?:is|are)\s+(?:an?\s+|the\s+)?|define|definition\s+of|meaning\s+of)\s*[:«\"]?\s*"
    r"(?P<term>[^?]+?)\s*[»\"?.!]*\s*$",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\?|^\s*(?:как|какой|какая|какие|каков\w*|кто|что|где|когда|почему|зачем|сколько|чем|"
    r"who|what|when|where|why|how|which)\b",
    re.IGNORECASE,
)
_MAX_TERM_WORDS = 6
_TRANSLITERATED = {
    "gost r": "гост р", "gost": "гост", "snip": "снип", "sp": "сп", "sn": "сн", "tsn": "тсн", "rd": "рд",
    "vsn": "всн", "mds": "мдс", "sanpin": "санпин", "sto": "сто", "ost": "ост", "npb": "нпб", "fer": "фер",
    "gesn": "гэсн", "pnst": "пнст",
}  # fmt: skip
_OTHER_LAYOUT = {"ujcn h": "гост р", "ujcn": "гост", "cybg": "снип", "cg": "сп"}
_SPELLED = _TRANSLITERATED | _OTHER_LAYOUT
_FAMILY = re.compile(
    rf"(?<![\w.])(?:(?:{'|'.join(name.replace(' ', chr(92) + 's') for name in _SPELLED)})"
    r"|свод(?:а|у|ом|е)?\s+правил)(?=[\s№-]{0,4}(?:[ivx]{1,4}-)?\d)",
    re.IGNORECASE,
)
"""Names of families in Latin letters, on the other keyboard layout, or in words, before a number."""
_DASH = re.compile("[‐‑‒–—−]")
_NUMBER = re.compile(
    r"(?<![\w.,‐‑‒–—−-])\d{1,6}(?:\.\d{1,7}){0,4}(?:[‐‑‒–—−-](?:(?:19|20)\d\d|\d\d))?(?![\w,‐‑‒–—−-]|\.\d)"
)
"""What may be the number of a norm, with its year or without."""


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """A query as understood. ``words`` is what remains without the names of norms and clauses;
    ``term`` is what a definition is asked of, or the whole of a short query."""

    text: str
    kind: QueryKind
    designations: tuple[Designation, ...]
    refs: tuple[ClauseRef, ...]
    words: str
    term: str | None


def read_query(text: str, numbered: Numbered = lambda _number: ()) -> ReadQuery:
    """Read a query; never fails, at worst everything is words.

    Args:
        text: What was asked.
        numbered: What a number without a family may mean: who asks for «12730.1» or «18105-2010 п. 4.2»
            need not say that it is a ГОСТ.
    """
    spelled = _FAMILY.sub(_in_russian, text)
    designations = tuple(parse_designations(spelled)) or tuple(_by_number(spelled, numbered))
    names = [(item.start, item.end) for item in designations]
    bare = bool(designations) or _is_only_number(spelled)
    refs = tuple(
        ref
        for ref in parse_clause_refs(spelled, bare=bare)
        if not any(start < ref.end and ref.start < end for start, end in names)
    )
    words = _without(spelled, [*names, *((item.start, item.end) for item in refs)])
    asked = _DEFINITION.match(words)
    term = asked["term"].strip() if asked else None
    if term is None and not designations and 0 < len(words.split()) <= _MAX_TERM_WORDS:
        term = words
    return ReadQuery(text, _kind(designations, refs, bool(asked), text), designations, refs, words, term)


def _in_russian(match: re.Match[str]) -> str:
    """The family in Russian letters, as long as what was written, so that positions stay."""
    written = " ".join(match[0].lower().split())
    return _SPELLED.get(written, "сп").rjust(len(match[0]))


def _by_number(text: str, numbered: Numbered) -> list[Designation]:
    """Norms named by their number alone: a compound one anywhere, a plain one when it is all."""
    found: list[Designation] = []
    for match in _NUMBER.finditer(text):
        number = _DASH.sub("-", match[0])
        if number.isdigit() and text.strip() != match[0]:
            continue
        found += [replace(read, start=match.start(), end=match.end()) for read in numbered(number)]
    return found


def _kind(
    designations: tuple[Designation, ...], refs: tuple[ClauseRef, ...], asked: bool, text: str
) -> QueryKind:
    if any(item.is_code for item in designations):
        return "code"
    if refs:
        return "clause"
    if designations:
        return "designation"
    if asked:
        return "term"
    return "question" if _QUESTION.search(text) else "words"


def _is_only_number(text: str) -> bool:
    return re.fullmatch(r"[\s\d.]+", text) is not None


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    out, last = [], 0
    for start, end in sorted(spans):
        out.append(text[last:start] if start >= last else "")
        last = max(last, end)
    return " ".join(" ".join([*out, text[last:]]).split()).strip(" ,;:.-–—")
