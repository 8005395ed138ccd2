# SPDX-License-Identifier: MIT
"""Lines of pages: running heads, tables of contents, spaced-out words."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bldr_desktop.engine.ports.domain import ExtractedPage

_DIGITS = re.compile(r"\d+|\b[ivxIVX]+\b")
# Each begins with a literal, which the search jumps to: an alternation of both is ten times slower.
_DOTS = re.compile(r"\.[ \t]?(?:\.[ \t]?){4,}")
_ELLIPSES = re.compile(r"…{2,}")
_TOC_HEAD = re.compile(
    r"^[ \t]*(?:с\s?о\s?д\s?е\s?р\s?ж\s?а\s?н\s?и\s?е|о\s?г\s?л\s?а\s?в\s?л\s?е\s?н\s?и\s?е|contents)[ \t]*$",
    re.I | re.M,
)
_SPACED = re.compile(r"(?<!\S)(?:[А-ЯЁа-яё] ){3,}[А-ЯЁа-яё](?!\S)")
_EDGE_LINES = 2
_TOC_GAP = 500


@dataclass(slots=True)
class Layout:
    """What of each page is not running text: (start, end) of running heads and contents lines."""

    skipped: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    contents: set[int] = field(default_factory=set)
    """Numbers of pages that are (mostly) a table of contents."""

    def is_skipped(self, page: int, position: int) -> bool:
        """True for a position inside of a running head or a contents line."""
        return any(start <= position < end for start, end in self.skipped.get(page, ()))


def layout_of(pages: Sequence[ExtractedPage], *, paged: bool) -> Layout:
    """Find running heads (paged documents only) and tables of contents."""
    layout = Layout()
    if paged and len(pages) >= 2:
        _find_running_heads(pages, layout)
    _find_contents(pages, layout)
    for spans in layout.skipped.values():
        spans.sort()
    return layout


def _edges(text: str) -> list[tuple[int, int]]:
    """Spans of the first and last few lines that are not blank."""
    found: list[tuple[int, int]] = []
    position = 0
    while len(found) < _EDGE_LINES and position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if text[position:end].strip():
            found.append((position, end))
        position = end + 1
    floor = found[-1][1] if found else 0
    tail: list[tuple[int, int]] = []
    end = len(text)
    while len(tail) < _EDGE_LINES and end > floor:
        start = text.rfind("\n", floor, end) + 1
        start = max(start, floor)
        if text[start:end].strip():
            tail.append((start, end))
        end = start - 1
    return found + tail


def _shape(line: str) -> str:
    return _DIGITS.sub("#", "".join(line.split()))[:60]


def _find_running_heads(pages: Sequence[ExtractedPage], layout: Layout) -> None:
    edges = [
        (page, span, _shape(page.text[span[0] : span[1]])) for page in pages for span in _edges(page.text)
    ]
    counts = Counter(shape for _, _, shape in edges)
    needed = max(min(3, len(pages)), len(pages) * 0.3)
    for page, span, shape in edges:
        if counts[shape] < needed or len(shape) >= 60:
            continue
        if len(pages) < 3 and not _repeats(page, span, shape):
            continue
        layout.skipped.setdefault(page.number, []).append(span)


def _repeats(page: ExtractedPage, span: tuple[int, int], shape: str) -> bool:
    """Two pages prove little: only the second copy of a line goes, and a number that is the page's own."""
    if shape == "#":
        return page.text[span[0] : span[1]].strip() == str(page.number)
    return page.number > 1


def _find_contents(pages: Sequence[ExtractedPage], layout: Layout) -> None:
    """Lines with dot leaders, on a page under the word *contents* or with several of them."""
    inside = False
    for page in pages:
        text = page.text
        leaders = _leaders(text)
        head = _TOC_HEAD.search(text) if leaders else None
        inside = bool(head) or (inside and len(leaders) >= 2)
        if not leaders or not (inside or len(leaders) >= 5):
            continue
        start = head.start() if head and head.start() < leaders[-1] else 0
        run = _run(leaders, start)
        if not run or (len(run) < 3 and not inside):
            continue
        start = start if head or page.number > 1 else text.rfind("\n", 0, run[0]) + 1
        end = text.find("\n", run[-1])
        end = len(text) if end < 0 else end
        if end - start > 0.5 * len(text):
            end = len(text) if len(text) - end < _TOC_GAP and len(pages) > 1 else end
            layout.contents.add(page.number)
        layout.skipped.setdefault(page.number, []).append((start, end))


def _leaders(text: str) -> list[int]:
    """Where dot leaders begin."""
    if not ("....." in text or "…" in text or ". . ." in text):
        return []
    dots = [match.start() for match in _DOTS.finditer(text)]
    ellipses = [match.start() for match in _ELLIPSES.finditer(text)] if "……" in text else []
    return sorted(dots + ellipses) if ellipses else dots


def _run(leaders: list[int], start: int) -> list[int]:
    """The leaders after ``start`` that stand close together."""
    run: list[int] = []
    last = start
    for position in leaders:
        if position < start:
            continue
        if position - last > _TOC_GAP and run:
            break
        if position - last > 3 * _TOC_GAP:
            return []
        run.append(position)
        last = position
    return run


def squeeze_spaced(text: str) -> str:
    """«С Т А Н Д А Р Т» → «СТАНДАРТ»."""
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), text)
