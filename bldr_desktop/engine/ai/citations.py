# SPDX-License-Identifier: MIT
"""Numbered citations: read them out of an answer, keep those that point somewhere."""

import re
from dataclasses import dataclass

_REFERENCE = re.compile(r"\s?[\[【](\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)[\]】](?!\()")
_RANGE = re.compile(r"(\d{1,3})\s*[–-]\s*(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer whose every citation resolves. ``cited`` holds source numbers (from 1) in order of
    first use, ``removed`` those that pointed nowhere."""

    text: str
    cited: list[int]
    removed: list[int]


def check_citations(answer: str, sources: int) -> Checked:
    """Normalise references to ``[n]`` and take away those outside 1..``sources``.

    Code blocks are left alone: an index like ``a[1]`` is no citation.

    Args:
        answer: Markdown as the model wrote it.
        sources: How many passages it was given.
    """
    cited: list[int] = []
    removed: list[int] = []

    def replace(match: re.Match[str]) -> str:
        good: list[int] = []
        for number in _numbers(match[1]):
            (good if 1 <= number <= sources else removed).append(number)
        cited.extend(number for number in good if number not in cited)
        lead = " " if match[0][:1].isspace() else ""
        return lead + "".join(f"[{number}]" for number in good) if good else ""

    parts = re.split(r"(```.*?```|`[^`\n]*`)", answer, flags=re.DOTALL)
    text = "".join(part if part.startswith("`") else _REFERENCE.sub(replace, part) for part in parts)
    return Checked(text, cited, removed)


def _numbers(inside: str) -> list[int]:
    spans = _RANGE.fullmatch(inside.strip())
    if spans and int(spans[1]) < int(spans[2]) <= int(spans[1]) + 20:
        return list(range(int(spans[1]), int(spans[2]) + 1))
    return [int(number) for number in re.findall(r"\d+", inside)]
