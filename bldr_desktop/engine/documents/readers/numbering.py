# SPDX-License-Identifier: MIT
"""Automatic numbers of Word: «5.1.2» stands nowhere in the text, it is counted."""

import re
from dataclasses import dataclass, field
from typing import Any

from bldr_desktop.engine.documents.readers.package import attribute, child, local

_RUSSIAN = "абвгдежиклмнпрстуфхцшщэюя"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class Numbering:
    """Definitions of lists and the counters while reading."""

    _abstract: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)
    _starts: dict[tuple[str, int], int] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[str] = field(default_factory=set)

    def load(self, root: Any) -> None:
        """Read numbering.xml."""
        for element in root if root is not None else ():
            name = local(element)
            if name == "abstractNum":
                levels = (item for item in element if local(item) == "lvl")
                self._abstract[attribute(element, "abstractNumId") or ""] = {
                    _number(attribute(level, "ilvl")): _read_level(level) for level in levels
                }
            elif name == "num":
                self._load_list(element)

    def _load_list(self, element: Any) -> None:
        number = attribute(element, "numId") or ""
        target = child(element, "abstractNumId")
        if target is not None:
            self._lists[number] = attribute(target, "val") or ""
        for override in element:
            start = child(override, "startOverride") if local(override) == "lvlOverride" else None
            if start is not None:
                level = _number(attribute(override, "ilvl"))
                self._starts[(number, level)] = _number(attribute(start, "val"), 1)

    def label(self, number: str, level: int) -> str:
        """The next number of a list at a level as printed; empty for bullets and unknown lists."""
        abstract = self._lists.get(number)
        levels = self._abstract.get(abstract or "", {})
        definition = levels.get(level)
        if abstract is None or definition is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if number not in self._started:
            self._started.add(number)
            for (owner, at), start in self._starts.items():
                if owner == number:
                    counts[at] = start - 1
        counts[level] = counts.get(level, definition.start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        if definition.form in ("bullet", "none"):
            return ""
        return self._print(definition, levels, counts)

    def _print(self, definition: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = levels.get(at, _Level())
            return format_number(counts.setdefault(at, shown.start), shown.form)

        return re.sub(r"%([1-9])", one, definition.text).strip()


def _read_level(element: Any) -> _Level:
    level = _Level()
    for item in element:
        value = attribute(item, "val")
        name = local(item)
        if name == "start":
            level.start = _number(value, 1)
        elif name == "numFmt":
            level.form = value or "decimal"
        elif name == "lvlText":
            level.text = value or ""
    return level


def _number(value: str | None, default: int = 0) -> int:
    return int(value) if value is not None and value.lstrip("-").isdigit() and len(value) < 9 else default


def format_number(value: int, form: str) -> str:
    """A number in Word's form: decimal, letters (Latin, Russian) or Roman."""
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("russianLower", "russianUpper"):
        letter = _RUSSIAN[(value - 1) % len(_RUSSIAN)]
        return letter if form == "russianLower" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        roman = ""
        for size, letters in _ROMAN:
            while value >= size:
                roman, value = roman + letters, value - size
        return roman if form == "lowerRoman" else roman.upper()
    return f"{value:02d}" if form == "decimalZero" else str(value)
