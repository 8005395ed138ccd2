# SPDX-License-Identifier: MIT
"""Markdown as kreuzberg writes it, turned into plain text with headings and tables marked."""

import html
import re

from bldr_desktop.engine.ports.domain import ExtractedPage

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t#]*$")
_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?$")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_CELL = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?=[^()\s]*[/.#:@])(?:[^()\s]|\([^()\s]*\))*\)")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=\S)(.+?)(?<=[^\s\\])\1(?![\w*])")
_UNDERLINE = re.compile(r"(?<![\w_\\])(_{1,3})(?=\S)(.+?)(?<=[^\s\\])\1(?![\w_])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~$&])")
_TAG = re.compile(r"</?(?:u|b|i|sup|sub|span|br|em|strong|s|del|ins|mark)\s*/?>", re.I)


def page_of(source: str) -> ExtractedPage:
    """One page of plain text; marks go, words stay."""
    parts: list[str] = []
    length = 0
    headings: list[tuple[int, int, int]] = []
    tables: list[tuple[int, int]] = []
    table_start: int | None = None
    for line in source.split("\n"):
        is_row = bool(_ROW.match(line))
        if _RULE.match(line):
            continue
        if is_row and table_start is None:
            table_start = length
        if not is_row and table_start is not None:
            tables.append((table_start, length))
            table_start = None
        heading = None if is_row else _HEADING.match(line)
        shown = _row(line) if is_row else inline(heading[2] if heading else line)
        if heading and shown:
            headings.append((length, length + len(shown), len(heading[1])))
        parts.append(shown)
        length += len(shown) + 1
    if table_start is not None:
        tables.append((table_start, length))
    text = "\n".join(parts).rstrip()
    tables = [(start, min(end, len(text))) for start, end in tables if start < len(text)]
    return ExtractedPage(1, text, tables=tables, headings=headings)


def inline(line: str) -> str:
    """A line without Markdown's marks."""
    if "[" in line:
        line = _LINK.sub(r"\1", line)
    if "*" in line:
        line = _EMPHASIS.sub(r"\2", line)
    if "_" in line:
        line = _UNDERLINE.sub(r"\2", line)
    if "<" in line:
        line = _TAG.sub("", line)
    if "\\" in line:
        line = _ESCAPE.sub(r"\1", line)
    return html.unescape(line) if "&" in line else line


def _row(line: str) -> str:
    cells = _CELL.split(line.strip())[1:-1]
    return "\t".join(" ".join(inline(cell).split()) for cell in cells).rstrip()
