# SPDX-License-Identifier: MIT
"""Reading a query: which norm, which clause, which code it names, and what it asks in words."""

import re
from dataclasses import dataclass
from typing import Literal

from bldr_desktop.engine.ports.designations import (
    ClauseRef,
    Designation,
    parse_clause_refs,
    parse_designations,
)

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


def read_query(text: str) -> ReadQuery:
    """Read a query; never fails, at worst everything is words."""
    designations = tuple(parse_designations(text))
    refs = tuple(parse_clause_refs(text, bare=bool(designations) or _is_only_number(text)))
    words = _without(
        text, [*((item.start, item.end) for item in designations), *((item.start, item.end) for item in refs)]
    )
    asked = _DEFINITION.match(words)
    term = asked["term"].strip() if asked else None
    if term is None and not designations and 0 < len(words.split()) <= _MAX_TERM_WORDS:
        term = words
    return ReadQuery(text, _kind(designations, refs, bool(asked), text), designations, refs, words, term)


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
