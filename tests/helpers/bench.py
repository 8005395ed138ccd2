# SPDX-License-Identifier: MIT
"""What every benchmark prints: a table, then one JSON line."""

import json
import sys
from dataclasses import asdict, dataclass


@dataclass
class Row:
    """One figure. ``limit`` is the peer or bound measured in the same run, ``ratio`` value to limit (or
    limit to value where more is better), ``reach`` what is asked, ``ok`` whether it was reached."""

    name: str
    value: float
    unit: str
    limit: float | None
    ratio: float | None
    reach: str
    ok: bool


def report(bench: str, rows: list[Row]) -> int:
    """Print the table and, as the last line, the JSON object; 0 when all was reached, else 1."""
    width = max(len(row.name) for row in rows)
    for row in rows:
        limit = "" if row.limit is None else f"{row.limit:,.3f}"
        ratio = "" if row.ratio is None else f"{row.ratio:.3f}"
        word = "ok" if row.ok else "MISSED"
        sys.stdout.write(
            f"{row.name:{width}}  {row.value:14,.3f} {row.unit:8} limit {limit:>14}  ratio {ratio:>9}  "
            f"{row.reach:34} {word}\n"
        )
    good = all(row.ok for row in rows)
    plain = [
        {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(row).items()}
        for row in rows
    ]
    sys.stdout.write(json.dumps({"bench": bench, "rows": plain, "ok": good}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return 0 if good else 1
