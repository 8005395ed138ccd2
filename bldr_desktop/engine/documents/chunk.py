# SPDX-License-Identifier: MIT
"""Chunks along the structure: a clause or a few small neighbours, never across a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bldr_desktop.engine.documents.chunk_sheet import sheet_chunks
from bldr_desktop.engine.documents.structure.lines import Layout, layout_of
from bldr_desktop.engine.ports.domain import Chunk, ChunkKind, Clause, Extracted, ExtractedPage, Structure

TARGET = 900
MAXIMUM = 1_300
MINIMUM = 350
_HEADING = 250
_TINY = 60
_NUMBER = 24
"""Characters that a clause's number and the spaces after it may take."""
_PATH_CHARACTERS = 300
_BREAK = re.compile(r"\n[ \t]*\n|(?<=[.;:!?])[ \t]*\n|\n|(?<=[.;!?])[ \t]+(?=[А-ЯЁA-Z«(])")


_Mark = tuple[int, int | None, ChunkKind]


@dataclass(slots=True)
class _Segment:
    """A stretch of one page under one clause (index), [start, end). ``carried``: its clause began before,
    on an earlier page or above a table."""

    start: int
    end: int
    clause: int | None
    kind: ChunkKind
    carried: bool = False


def chunk_document(extracted: Extracted, structure: Structure, layout: Layout | None = None) -> list[Chunk]:
    """Cut a document into chunks in reading order; ``layout`` where it is known already."""
    layout = layout or layout_of(extracted.pages, paged=extracted.paged)
    head = " ".join(filter(None, (structure.designation, structure.title)))
    starts = _starts(structure.clauses)
    terms: dict[int, list[int]] = {}
    for _, number, start in structure.terms:
        terms.setdefault(number, []).append(start)
    chunks: list[Chunk] = []
    current: int | None = None
    for page in extracted.pages:
        if page.rows is not None:
            chunks.extend(sheet_chunks(page, head))
            continue
        here = starts.get(page.number, [])
        marks = _marks(page, here, current, structure.clauses, terms.get(page.number, []))
        for segment in _merge(_segments(page, marks, current, layout), structure.clauses):
            chunks.extend(_chunks_of(page, segment, structure.clauses, head, layout))
        current = next((i for i in reversed(here) if structure.clauses[i].kind != "table"), current)
    for ordinal, chunk in enumerate(chunks):
        chunk.ordinal = ordinal
    if chunks and chunks[0].kind == "text" and structure.designation and chunks[0].page == 1:
        chunks[0].kind = "title"
    return chunks


def _starts(clauses: list[Clause]) -> dict[int, list[int]]:
    """Indices of clauses by the page they begin on; captions do not begin a chunk."""
    starts: dict[int, list[int]] = {}
    for index, clause in enumerate(clauses):
        if clause.kind != "figure":
            starts.setdefault(clause.page, []).append(index)
    return starts


def _marks(
    page: ExtractedPage, here: list[int], current: int | None, clauses: list[Clause], terms: list[int]
) -> list[_Mark]:
    """Where something begins on the page: clauses, tables, definitions."""
    marks: list[_Mark] = [(0, current, "text")]
    for index in here:
        begun = clauses[index]
        if begun.kind == "table":
            marks.append((begun.char_start, begun.parent, "table"))
            continue
        defines = any(begun.char_start < start < begun.char_start + _NUMBER for start in terms)
        marks.append((begun.char_start, index, "definition" if defines else "text"))
    begun_at = [start for start, _, _ in marks]
    for start in terms:
        if not any(at <= start < at + _NUMBER for at in begun_at):
            marks.append((start, None, "definition"))
    for start, end in page.tables:
        marks.append((start, None, "table"))
        marks.append((end, None, "text"))
    return sorted(marks, key=lambda mark: mark[0])


def _segments(page: ExtractedPage, marks: list[_Mark], current: int | None, layout: Layout) -> list[_Segment]:
    """The page cut at its marks; stretches without text of their own are left out."""
    segments: list[_Segment] = []
    owner = current
    for position, (start, clause, kind) in enumerate(marks):
        carried = position == 0 or clause is None
        owner = clause if clause is not None else owner
        end = marks[position + 1][0] if position + 1 < len(marks) else len(page.text)
        if end > start and any(not page.text[a:b].isspace() for a, b in _kept(page, start, end, layout)):
            segments.append(_Segment(start, end, owner, kind, carried))
    return segments


def _merge(segments: list[_Segment], clauses: list[Clause]) -> list[_Segment]:
    """Join headings with what follows, then small neighbours of one section."""
    joined: list[_Segment] = []
    for segment in reversed(segments):
        following = joined[-1] if joined else None
        if following is not None and _is_heading_of(segment, following, clauses):
            following.start = segment.start
        else:
            joined.append(segment)
    merged: list[_Segment] = []
    for segment in reversed(joined):
        last = merged[-1] if merged else None
        if last is not None and _may_join(last, segment, clauses):
            # A scrap at the top of a page (a head, a last word) must not give its clause to what follows.
            if last.clause is None or (last.carried and last.end - last.start < _TINY):
                last.clause, last.carried = segment.clause, segment.carried
            last.end = segment.end
        else:
            merged.append(segment)
    return merged


def _is_heading_of(segment: _Segment, following: _Segment, clauses: list[Clause]) -> bool:
    size = segment.end - segment.start
    if segment.clause is None or size > _HEADING or following.end - segment.start > MAXIMUM:
        return False
    index = following.clause
    if index == segment.clause:
        return False
    while index is not None and index != segment.clause:
        index = clauses[index].parent
    return index is not None


def _may_join(last: _Segment, segment: _Segment, clauses: list[Clause]) -> bool:
    size, extra = last.end - last.start, segment.end - segment.start
    if last.kind != segment.kind or size + extra > TARGET:
        return False
    if (size >= MINIMUM and extra >= MINIMUM) or (segment.kind == "definition" and size >= _TINY):
        return False
    return size < _TINY or _section(last.clause, clauses) == _section(segment.clause, clauses)


def _section(index: int | None, clauses: list[Clause]) -> int | None:
    """The outermost clause that a clause stands in."""
    while index is not None and clauses[index].parent is not None:
        index = clauses[index].parent
    return index


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of at most MAXIMUM characters, cut at the best border past the target."""
    while end - start > MAXIMUM:
        border = _border(text, start + MINIMUM, start + MAXIMUM, start + TARGET)
        yield start, border
        start = border
    yield start, end


def _border(text: str, low: int, high: int, wanted: int) -> int:
    """The break between ``low`` and ``high`` nearest to ``wanted``, strong breaks preferred."""
    best, best_cost = high, float("inf")
    for match in _BREAK.finditer(text, low, high):
        ended = text[match.start() - 1] in ".;:!?"
        lines = match[0].count("\n")
        weakness = (0 if lines > 1 else 60 if ended else 250) if lines else 200
        cost = abs(match.end() - wanted) + weakness
        if cost < best_cost:
            best, best_cost = match.end(), cost
    if best_cost == float("inf"):
        space = text.rfind(" ", low, high)
        best = space + 1 if space > 0 else high
    return best


def _chunks_of(
    page: ExtractedPage, segment: _Segment, clauses: list[Clause], head: str, layout: Layout
) -> Iterator[Chunk]:
    """A segment as one or more chunks; what goes on from a table repeats its head."""
    table_head = ""
    for start, end in _cut(page.text, segment.start, segment.end):
        kept = _kept(page, start, end, layout)
        text = clean(" ".join(page.text[a:b] for a, b in kept))
        if not text:
            continue
        clause = clauses[segment.clause] if segment.clause is not None else None
        path = clause_path(clauses, segment.clause)
        if segment.kind == "table":
            body = text
            text = f"{table_head}\n{text}" if table_head else text
            table_head = table_head or _table_head(body)
        yield Chunk(
            0, text, _context(head, path), segment.kind, page.number, page.number,
            *_trim(page.text, kept[0][0], kept[-1][1]),
            clause=clause.number or None if clause else None,
            clause_key=clause.key or None if clause else None,
            clause_path=path or None,
        )  # fmt: skip


def _kept(page: ExtractedPage, start: int, end: int, layout: Layout) -> list[tuple[int, int]]:
    """[start, end) without running heads and contents."""
    kept: list[tuple[int, int]] = []
    position = start
    for skip_start, skip_end in layout.skipped.get(page.number, ()):
        if skip_end <= position or skip_start >= end:
            continue
        if skip_start > position:
            kept.append((position, skip_start))
        position = max(position, skip_end)
    if position < end:
        kept.append((position, end))
    return kept


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def clean(text: str) -> str:
    """Text as a person reads it: broken words and sentences joined, spaces single, no blank lines."""
    lines: list[str] = []
    letters = 0
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if not line:
            continue
        letters = letters + 1 if len(line) == 1 and line.isalpha() else 0
        if letters > 3:
            # A word set vertically, a letter a line, or squeezed columns: nothing that can be read.
            if letters == 4:
                del lines[-3:]
            continue
        if lines and line[0].islower():
            _add_line(lines, line)
        else:
            lines.append(line)
    joined = "\n".join(lines)
    return joined.replace("\u00ad", "") if "\u00ad" in joined else joined


def _add_line(lines: list[str], line: str) -> None:
    """Append a line that begins with a small letter, or join it to the one that it goes on from."""
    last = lines[-1]
    end = last[-1]
    if end == "\u00ad" or (end == "-" and len(last) > 1 and last[-2].islower()):
        lines[-1] = last[:-1] + line
    elif "\t" not in last and (end.islower() or end in ",»)"):
        lines[-1] = f"{last} {line}"
    else:
        lines.append(line)


def _table_head(text: str) -> str:
    """Caption and first line of columns, to be repeated."""
    lines = text.split("\n")
    taken: list[str] = []
    for line in lines[:4]:
        if taken and re.search(r"\d[.,]\d|^\d+$", line):
            break
        taken.append(line)
        if sum(map(len, taken)) > 200 or "\t" in line:
            break
    return "\n".join(taken)[:300]


def clause_path(clauses: list[Clause], index: int | None) -> str:
    """«8 Конструирование › 8.1 Общие требования › 8.1.3»."""
    names: list[str] = []
    leaf = True
    while index is not None:
        clause = clauses[index]
        title = clause.title if clause.kind in ("section", "appendix") or len(clause.title) <= 90 else ""
        names.append(clause.number if leaf and clause.level > 2 else f"{clause.number} {title}".strip()[:120])
        index, leaf = clause.parent, False
    return " › ".join(reversed(names))[:_PATH_CHARACTERS]


def _context(head: str, path: str) -> str:
    return "\n".join(filter(None, (head, path)))
