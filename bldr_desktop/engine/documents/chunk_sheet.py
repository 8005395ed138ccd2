# SPDX-License-Identifier: MIT
"""Chunks of sheets: rows with their header, sheet and exact cell range."""

import re
from collections.abc import Iterator

from bldr_desktop.engine.ports.domain import Chunk, ExtractedPage

_TARGET = 700
_RECORD, _RECORD_CELLS = 40, 3
"""A row with as many characters and cells is a record: a hit shall lead to this row, not to ten."""
_EACH_ROW = 20_000
"""In sheets with more rows than this even records are put together, for the sake of the index."""
_MAXIMUM_ROW = 4_000
_HEADER_SCAN = 25
_HEADER_CHARACTERS = 400
_NUMBER = re.compile(r"[-+]?[\d\s.,%]+")


def sheet_chunks(page: ExtractedPage, head: str) -> Iterator[Chunk]:
    """Rows of a sheet in order, joined while small; each chunk repeats the header."""
    rows = page.rows or []
    starts = _line_starts(page.text)
    header_at = _header_row(rows)
    header = _line(rows[header_at])[:_HEADER_CHARACTERS] if header_at is not None else ""
    each = len(rows) <= _EACH_ROW
    block: list[int] = []
    size = 0
    for index, row in enumerate(rows):
        if index == header_at:
            # What stands above the header is no row of it: a title, a name of the object.
            if block:
                yield _chunk(page, rows, block, "", head, starts)
            block, size = [], 0
            continue
        line = _line(row)
        alone = each and len(line) >= _RECORD and sum(map(bool, row)) >= _RECORD_CELLS
        if block and (not line or alone or size + len(line) > _TARGET):
            yield _chunk(page, rows, block, _header(header, block, header_at), head, starts)
            block, size = [], 0
        if line:
            block.append(index)
            size += len(line) if not alone else _TARGET
    if block:
        yield _chunk(page, rows, block, _header(header, block, header_at), head, starts)
    elif header_at is not None and sum(any(row) for row in rows) == 1:
        yield _chunk(page, rows, [header_at], "", head, starts)


def _header(header: str, block: list[int], header_at: int | None) -> str:
    return header if header_at is not None and block[0] > header_at else ""


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for match in re.finditer("\n", text):
        starts.append(match.end())
    return starts


def _line(row: list[str]) -> str:
    return " | ".join(" ".join(cell.split()) for cell in row if cell)


def _header_row(rows: list[list[str]]) -> int | None:
    """The first row that names columns: mostly words, about as wide as the rows below it."""
    best: tuple[float, int] | None = None
    for index, row in enumerate(rows[:_HEADER_SCAN]):
        cells = [cell for cell in row if cell]
        if len(cells) < 2:
            continue
        words = sum(not _NUMBER.fullmatch(cell) for cell in cells)
        below = [sum(map(bool, other)) for other in rows[index + 1 : index + 6] if any(other)]
        if not below or words < 0.7 * len(cells):
            continue
        fit = min(1.0, len(cells) / max(1.0, *below))
        score = fit + 0.3 * words / len(cells) - 0.02 * index
        if best is None or score > best[0]:
            best = (score, index)
    return best[1] if best and best[0] > 0.75 else None


def column_name(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_range(rows: list[list[str]], block: list[int]) -> str:
    """The smallest range that holds all filled cells of the rows, «B14:F14»."""
    columns = [column for index in block for column, cell in enumerate(rows[index]) if cell]
    first, last = column_name(min(columns)), column_name(max(columns))
    start, end = f"{first}{block[0] + 1}", f"{last}{block[-1] + 1}"
    return start if start == end else f"{start}:{end}"


def _chunk(
    page: ExtractedPage, rows: list[list[str]], block: list[int], header: str, head: str, starts: list[int]
) -> Chunk:
    lines = [_line(rows[index])[:_MAXIMUM_ROW] for index in block]
    text = "\n".join(filter(None, (header, *lines)))
    context = "\n".join(filter(None, (head, page.label)))
    last = block[-1] + 1
    end = starts[last] - 1 if last < len(starts) else len(page.text)
    return Chunk(
        0, text, context, "sheet", page.number, page.number, starts[min(block[0], len(starts) - 1)], end,
        sheet=page.label, cell_range=cell_range(rows, block),
    )  # fmt: skip
