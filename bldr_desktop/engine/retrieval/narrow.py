# SPDX-License-Identifier: MIT
"""Which clause of a passage answers: short clauses share a chunk, a citation must name the right one."""

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"(?m)^\s*(\d+(?:\.\d+)+)\.?\s")
_PATH = " › "


def answering_clause(
    text: str, marks: Sequence[tuple[int, int]], clause: str | None, path: str | None
) -> tuple[str | None, str | None]:
    """The clause with the most marked words, and its path.

    Args:
        text: The passage; each clause begins a line with its number.
        marks: [start, end) of the words that match the query.
        clause: The clause on which the passage begins.
        path: Its path, parts joined by « › ».

    Returns:
        ``clause`` and ``path`` as given unless a later clause of the passage has more marked words.
    """
    if clause is None or not marks:
        return clause, path
    starts = [(0, clause)]
    last = _parts(clause)
    for match in _NUMBER.finditer(text):
        parts = _parts(match[1])
        if match[1] != clause and parts and last and parts > last and parts[0] == last[0]:
            starts.append((match.start(), match[1]))
            last = parts
    if len(starts) == 1:
        return clause, path
    ends = [start for start, _ in starts[1:]] + [len(text)]
    best, most = clause, -1
    for (start, number), end in zip(starts, ends, strict=True):
        words = {text[a:b].lower()[:5] for a, b in marks if start <= a < end}
        if len(words) > most:
            best, most = number, len(words)
    if best == clause:
        return clause, path
    parents = (path or "").split(_PATH)[:-1] if path else []
    return best, _PATH.join([*parents, best]) or best


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdigit())
