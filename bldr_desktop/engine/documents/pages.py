# SPDX-License-Identifier: MIT
"""Single pages of PDF and pictures: drawn, measured, read again. Runs in the child."""

import io
from pathlib import Path
from typing import Any

from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.engine.documents.identify import identify
from bldr_desktop.engine.documents.parse import extract_file
from bldr_desktop.engine.documents.png import page_png
from bldr_desktop.engine.ports.domain import ParseLimits
from bldr_desktop.protocol.documents import Box, PageBoxes, PageText
from bldr_desktop.protocol.errors import ErrorCode

_MAX_SIDE = 8192
_HAIR = 0.01
_RGB = 3


def warm_up() -> None:
    """Draw a page once, so that the first one a person opens does not wait for what is set up then."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    try:
        page = document.new_page(72, 72)
        drawn = page.render(scale=1, rev_byteorder=True)
        page_png(bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride)
        page.get_textpage().close()
        page.close()
    finally:
        document.close()
    PageBoxes(page=1, page_width=1, page_height=1, boxes=[Box(x=0, y=0, width=1, height=1)]).model_dump_json()


def render(path: Path, page: int, width: int, limits: ParseLimits) -> bytes:
    """A PNG of a page, ``width`` pixels wide.

    Raises:
        ReadError: No such page, or the file is not drawable.
    """
    kind = identify(path, path.name).kind
    if kind == "image":
        return _picture(path, page, width, limits)
    if kind != "pdf":
        raise ReadError(ErrorCode.NOT_FOUND, f"Pages of {kind.upper()} files cannot be drawn")
    document, loaded = _load(path, page)
    try:
        # A hair less than asked: the library rounds up, and 704 must not become 705 pixels.
        scale = (width - _HAIR) / max(1.0, loaded.get_width())
        scale = min(scale, _MAX_SIDE / max(1.0, loaded.get_height()))
        drawn = loaded.render(scale=scale, rev_byteorder=True)
        if drawn.n_channels != _RGB:
            return _png(drawn.to_pil().convert("RGB"))
        return page_png(bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride)
    finally:
        loaded.close()
        document.close()


def _load(path: Path, number: int) -> tuple[Any, Any]:
    from bldr_desktop.engine.documents.readers import pdf

    document = pdf.open_document(path)
    if not 1 <= number <= len(document):
        count = len(document)
        document.close()
        raise ReadError(ErrorCode.NOT_FOUND, f"There is no page {number}: the document has {count}")
    return document, document[number - 1]


def _png(image: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _picture(path: Path, page: int, width: int, limits: ParseLimits) -> bytes:
    from bldr_desktop.engine.documents.readers.image import check_pixels, open_image

    image = open_image(path, limits)
    if not 1 <= page <= getattr(image, "n_frames", 1):
        raise ReadError(ErrorCode.NOT_FOUND, f"There is no page {page} in the picture")
    image.seek(page - 1)
    check_pixels(image, limits)
    height = max(1, min(_MAX_SIDE, round(image.height * width / max(1, image.width))))
    return _png(image.convert("RGB").resize((width, height)))


def boxes(path: Path, page: int, start: int, end: int) -> PageBoxes:
    """Rectangles of the characters [start, end), one a line of text, from the top left corner.

    Raises:
        ReadError: No such page, or not a PDF.
    """
    if identify(path, path.name).kind != "pdf":
        raise ReadError(ErrorCode.NOT_FOUND, "Only pages of PDF files have places of characters")
    document, loaded = _load(path, page)
    try:
        width, height = loaded.get_size()
        left, _, _, top = loaded.get_bbox()
        textpage = loaded.get_textpage()
        try:
            count = textpage.count_chars()
            first, last = max(0, min(start, count)), max(0, min(end, count))
            rects = _rects(textpage, first, last - first) if last > first else []
        finally:
            textpage.close()
    finally:
        loaded.close()
        document.close()
    found = [Box(x=r[0] - left, y=top - r[3], width=r[2] - r[0], height=r[3] - r[1]) for r in _lines(rects)]
    return PageBoxes(page=page, page_width=width, page_height=height, boxes=found)


def _rects(textpage: Any, start: int, count: int) -> list[tuple[float, float, float, float]]:
    number = textpage.count_rects(start, count)
    return [textpage.get_rect(index) for index in range(number)]


def _lines(
    rects: list[tuple[float, float, float, float]],
) -> list[tuple[float, float, float, float]]:
    """Join neighbouring rectangles (left, bottom, right, top) that stand on one line."""
    joined: list[tuple[float, float, float, float]] = []
    for rect in rects:
        if joined:
            last = joined[-1]
            overlap = min(last[3], rect[3]) - max(last[1], rect[1])
            lower = min(last[3] - last[1], rect[3] - rect[1])
            if overlap > 0.5 * lower and rect[0] - last[2] < 3 * max(lower, 1.0) and rect[0] >= last[0]:
                joined[-1] = (
                    last[0], min(last[1], rect[1]), max(last[2], rect[2]), max(last[3], rect[3]),
                )  # fmt: skip
                continue
        joined.append(rect)
    return joined


def text(path: Path, page: int, limits: ParseLimits) -> PageText:
    """The text of one page or sheet, read again.

    Raises:
        ReadError: No such page, or the file cannot be read.
    """
    if identify(path, path.name).kind == "pdf":
        from bldr_desktop.engine.documents.readers import pdf

        document, loaded = _load(path, page)
        try:
            return PageText(number=page, text=pdf.page_text(loaded))
        finally:
            loaded.close()
            document.close()
    extracted, _ = extract_file(path, path.name, limits)
    found = next((item for item in extracted.pages if item.number == page), None)
    if found is None:
        raise ReadError(ErrorCode.NOT_FOUND, f"There is no page {page}")
    return PageText(number=found.number, label=found.label, text=found.text, rows=found.rows)
