# SPDX-License-Identifier: MIT
"""Names in the order a person puts them: № 2 before № 10, capitals like small letters."""

import re

_DIGITS = re.compile(r"(\d+)")
NaturalKey = list[str | tuple[int, str]]


def natural_key(name: str) -> NaturalKey:
    """A sort key: texts by their letters, runs of digits by their value (of any length)."""
    parts: NaturalKey = list(_DIGITS.split(name.casefold()))
    for place in range(1, len(parts), 2):
        digits = str(parts[place]).lstrip("0")
        parts[place] = (len(digits), digits)
    return parts
