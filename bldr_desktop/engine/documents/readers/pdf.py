# SPDX-License-Identifier: MIT
"""PDF by pypdfium2. Page text has exactly one character for each of pdfium's, so boxes can be asked."""

import ctypes
import re
import time
from pathlib import Path
from typing import Any

from bldr_desktop.engine.documents.failure import ReadError, damaged
from bldr_desktop.engine.documents.readers import ocr
from bldr_desktop.engine.documents.text import repaired
from bldr_desktop.engine.ports.domain import Extracted, ExtractedPage, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

_SAME_LENGTH = (("\ufffe", "\u00ad"), ("\x02", "\u00ad"), ("\r", " "), ("\x00", " "), ("\uffff", " "))
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_PAGES = 50_000
_OCR_SCALE = 300 / 72
_SCAN_CHARACTERS = 16
"""A page with an image and fewer characters than this is taken for a scan."""


def open_document(path: Path) -> Any:
    """Open a PDF.

    Raises:
        ReadError: It needs a password or is damaged.
    """
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                ErrorCode.FILE_PASSWORD, "The PDF is protected with a password", str(error)
            ) from error
        if "security" in str(error).lower():
            raise ReadError(
                ErrorCode.FILE_PASSWORD, "The PDF is encrypted in a way that cannot be opened", str(error)
            ) from error
        raise damaged("PDF", error) from error


def page_text(page: Any) -> str:
    """The text of a page, one character for each character index of pdfium."""
    import pypdfium2.raw as raw

    textpage = raw.FPDFText_LoadPage(page)
    if not textpage:
        return ""
    try:
        count = raw.FPDFText_CountChars(textpage)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        units = raw.FPDFText_GetText(textpage, 0, count, buffer)
        text = _unpaired(
            bytes(memoryview(buffer)[: max(0, units - 1)]).decode("utf-16-le", "surrogatepass"), units - 1
        )
        if len(text) != count:
            text = _aligned(textpage, text, count)
    finally:
        raw.FPDFText_ClosePage(textpage)
    for sign, same in _SAME_LENGTH:
        text = text.replace(sign, same)
    return text if text.isascii() else repaired(text)


def _unpaired(text: str, units: int) -> str:
    """One character for each UTF-16 unit: pdfium counts a character outside of the BMP twice."""
    if len(text) != units:
        text = "".join(char if ord(char) < 0x10000 else f"{char} " for char in text)
    return text if text.isascii() else _SURROGATE.sub(" ", text)


def _aligned(textpage: Any, text: str, count: int) -> str:
    """Put a space where pdfium left a character out of the text, so that indices agree again."""
    import pypdfium2.raw as raw

    missing = count - len(text)
    if not 0 < missing <= 12:
        return "".join(_character(raw.FPDFText_GetUnicode(textpage, index)) for index in range(count))
    low = 0
    for found in range(missing):
        high = count
        while low < high:
            middle = (low + high) // 2
            if raw.FPDFText_GetTextIndexFromCharIndex(textpage, middle) < middle - found:
                high = middle
            else:
                low = middle + 1
        text = f"{text[:low]} {text[low:]}"
        low += 1
    return text


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF else " "


def has_image(page: Any) -> bool:
    """True when a picture stands on the page."""
    import pypdfium2.raw as raw

    return next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def read(path: Path, limits: ParseLimits) -> Extracted:
    """Read all pages.

    Raises:
        ReadError: Password, damaged, or a scan without OCR.
    """
    document = open_document(path)
    try:
        count = len(document)
        if not 0 < count <= _MAX_PAGES:
            raise damaged("PDF", f"{count} pages")
        extracted = Extracted("pdf", "application/pdf", "pypdfium2", [], paged=True)
        scans = _read_pages(document, count, extracted)
        if scans:
            _read_scans(document, scans, extracted, limits)
        if not extracted.warnings and not any(page.text.strip() for page in extracted.pages):
            raise ReadError(ErrorCode.FILE_NO_TEXT, "There is no text in the PDF: its pages are blank")
        extracted.title_hint = _metadata_title(document)
        return extracted
    finally:
        document.close()


def _read_pages(document: Any, count: int, extracted: Extracted) -> list[int]:
    """Read page by page into ``extracted``; the numbers of those that look like scans."""
    import pypdfium2

    scans, broken = [], []
    for number in range(1, count + 1):
        text = ""
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            broken.append(number)
        else:
            try:
                text = page_text(page)
                if len(text.strip()) < _SCAN_CHARACTERS and has_image(page):
                    scans.append(number)
            finally:
                page.close()
        extracted.pages.append(ExtractedPage(number, text))
    if len(broken) == count:
        raise damaged("PDF", "no page can be loaded")
    if broken:
        extracted.warnings.append(f"{len(broken)} of {count} pages are damaged: {_numbers(broken)}")
    return scans


def _read_scans(document: Any, scans: list[int], extracted: Extracted, limits: ParseLimits) -> None:
    """Give scanned pages their text by OCR, or say that they have none."""
    if not (limits.ocr and ocr.available()):
        if not any(page.text.strip() for page in extracted.pages):
            raise ReadError(
                ErrorCode.FILE_NEEDS_OCR, "The PDF is a scan without text: text recognition (OCR) is needed"
            )
        if len(scans) > 0:
            extracted.warnings.append(f"{len(scans)} pages are scans without text: {_numbers(scans)}")
        return
    left = _recognise(document, scans, extracted, limits)
    extracted.reader = "pypdfium2 + Tesseract"
    if left:
        extracted.warnings.append(
            f"There was no time to recognise {len(left)} of {len(scans)} scanned pages: {_numbers(left)}"
        )
    if not any(page.text.strip() for page in extracted.pages):
        raise ReadError(ErrorCode.FILE_NO_TEXT, "Text recognition found no text on the scanned pages")
    done = [number for number in scans if number not in left]
    extracted.warnings.append(f"{len(done)} pages were read by text recognition: {_numbers(done)}")


def _recognise(document: Any, scans: list[int], extracted: Extracted, limits: ParseLimits) -> list[int]:
    """Recognise pages as long as the time limit allows; the numbers of those left over."""
    deadline = time.monotonic() + 0.75 * limits.wall_seconds
    slowest = 0.0
    for position, number in enumerate(scans):
        began = time.monotonic()
        if began + slowest > deadline:
            return scans[position:]
        page = document[number - 1]
        try:
            area = max(1.0, page.get_width() * page.get_height())
            scale = min(_OCR_SCALE, (limits.pixels / area) ** 0.5)
            image = page.render(scale=scale, grayscale=True).to_pil()
        finally:
            page.close()
        extracted.pages[number - 1].text = ocr.read_image(image)
        slowest = max(slowest, time.monotonic() - began)
    return []


def _metadata_title(document: Any) -> str | None:
    title = str(document.get_metadata_value("Title") or "").strip()
    return title or None


def _numbers(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:8]))
    return shown + (" …" if len(numbers) > 8 else "")
