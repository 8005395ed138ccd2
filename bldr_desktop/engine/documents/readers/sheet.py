# SPDX-License-Identifier: MIT
"""Spreadsheets (XLSX, XLSB, XLS, ODS) by python-calamine: values as shown, never formulas."""

import datetime
import math
from pathlib import Path
from typing import Any

from bldr_desktop.engine.documents.failure import ReadError, damaged
from bldr_desktop.engine.documents.identify import MIME
from bldr_desktop.engine.ports.domain import Extracted, ExtractedPage, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

_MAX_CELLS = 20_000_000
_MAX_CELL_TEXT = 32_767


def read(path: Path, kind: str, limits: ParseLimits) -> Extracted:
    """Read all sheets, hidden ones too, each as a page.

    Raises:
        ReadError: Password, damaged, or nothing in it.
    """
    import python_calamine as calamine

    try:
        workbook = calamine.CalamineWorkbook.from_path(str(path))
        names = workbook.sheet_names
    except calamine.PasswordError as error:
        raise ReadError(
            ErrorCode.FILE_PASSWORD, "The spreadsheet is protected with a password", str(error)
        ) from error
    except calamine.CalamineError as error:
        raise damaged("spreadsheet", error) from error
    extracted = Extracted("xlsx" if kind == "xlsb" else kind, MIME[kind], "calamine", [])
    _read_sheets(workbook, names, extracted)
    if not any(page.text for page in extracted.pages):
        raise ReadError(ErrorCode.FILE_NO_TEXT, "There is no text in the spreadsheet: its sheets are blank")
    return extracted


def _read_sheets(workbook: Any, names: list[str], extracted: Extracted) -> None:
    """Read what can be read; sheets that cannot are named in a warning.

    Raises:
        ReadError: None could be read.
    """
    import python_calamine as calamine

    failed = []
    for number, name in enumerate(names, start=1):
        try:
            rows = _rows(workbook.get_sheet_by_name(name))
        except (calamine.CalamineError, ValueError) as error:
            failed.append(f"{name} ({error})")
            rows = []
        extracted.pages.append(ExtractedPage(number, rows_text(rows), label=name, rows=rows))
    if failed and len(failed) == len(names):
        raise damaged("spreadsheet", "; ".join(failed))
    if failed:
        extracted.warnings.append(f"Sheets that could not be read: {'; '.join(failed)[:300]}")


def _rows(sheet: Any) -> list[list[str]]:
    """The sheet's cells from A1; rows and columns before the first used cell are given back as blank."""
    if sheet.height * max(1, sheet.width) > _MAX_CELLS:
        raise ReadError(
            ErrorCode.FILE_TOO_LARGE, f"A sheet has {sheet.height} x {sheet.width} cells, too many to be read"
        )
    rows = [[shown(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
    start = sheet.start or (0, 0)
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    indent = [""] * start[1]
    if start[1]:
        rows = [indent + row if row else row for row in rows]
    return [[] for _ in range(start[0])] + rows if rows else []


def shown(cell: Any) -> str:
    """A value as a person sees it: no «.0» on whole numbers, dates in ISO form, booleans in words."""
    if isinstance(cell, str):
        return cell.strip()[:_MAX_CELL_TEXT]
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        whole = math.isfinite(cell) and cell == int(cell) and abs(cell) < 1e15
        return str(int(cell)) if whole else f"{cell:.15g}"
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ", "minutes")
    return "" if cell is None else str(cell)


def rows_text(rows: list[list[str]]) -> str:
    """Rows as lines, cells apart by tabs, blank rows as blank lines."""
    return "\n".join("\t".join(row) for row in rows)
