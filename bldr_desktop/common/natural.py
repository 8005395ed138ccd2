# SPDX-License-Identifier: MIT
"""Names in the order a person puts them: № 2 before № 10, capitals like small letters."""

import re

_DIGITS = re.compile(r"\d+")


def natural_key(name: str) -> str:
    """A sort key: texts by their letters, runs of digits by their value (of any length)."""
    return _DIGITS.sub(_by_value, name.casefold())


def _by_value(found: "re.Match[str]") -> str:
    """Digits behind their number, which decides first; before any letter."""
    digits = found[0].lstrip("0")
    return f"\0{chr(len(digits))}{digits}"
