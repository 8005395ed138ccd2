# SPDX-License-Identifier: MIT
"""PDF: characters that boxes can be asked for, scans that are said to be scans."""

import io
from pathlib import Path

import hostile
import pypdfium2
import pypdfium2.raw as raw
import pytest
from PIL import Image

from bldr_desktop.common.paths import resource
from bldr_desktop.engine.documents import pages
from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.engine.documents.readers import ocr, pdf
from bldr_desktop.engine.ports.domain import ParseLimits
from bldr_desktop.protocol.errors import ErrorCode


def test_text_boxes_and_picture_of_a_page(tmp_path: Path) -> None:
    path = hostile.text_pdf(tmp_path / "a.pdf", "concrete B25")
    page = pdf.read(path, ParseLimits()).pages[0]
    start = page.text.index("B25")
    found = pages.boxes(path, 1, start, start + 3)
    [box] = found.boxes
    assert (found.page_width, found.page_height) == (200.0, 200.0)
    assert 60 < box.x < 100 and 85 < box.y < 101 and 0 < box.height < 15
    image = Image.open(io.BytesIO(pages.render(path, 1, 400, ParseLimits())))
    assert image.size == (400, 400)
    crop = image.convert("L").crop(
        (int(box.x * 2), int(box.y * 2), int((box.x + box.width) * 2), int((box.y + box.height) * 2))
    )
    assert crop.getextrema()[0] < 128
    assert pages.text(path, 1, ParseLimits()).text == page.text


def test_missing_pages_are_said(tmp_path: Path) -> None:
    path = hostile.text_pdf(tmp_path / "a.pdf", "concrete B25")
    with pytest.raises(ReadError, match="no page 2") as caught:
        pages.render(path, 2, 400, ParseLimits())
    assert caught.value.code == ErrorCode.NOT_FOUND


def _scan(path: Path) -> Path:
    Image.new("RGB", (200, 200), "white").save(path, "PDF")
    return path


def test_d12_a_scan_without_ocr_says_so(tmp_path: Path) -> None:
    path = _scan(tmp_path / "scan.pdf")
    with pytest.raises(ReadError) as caught:
        pdf.read(path, ParseLimits(ocr=False))
    assert caught.value.code == ErrorCode.FILE_NEEDS_OCR
    assert "scan" in caught.value.sentence


def test_blank_pages_are_no_scan(tmp_path: Path) -> None:
    path = hostile.pdf(tmp_path / "blank.pdf", [b""])
    with pytest.raises(ReadError) as caught:
        pdf.read(path, ParseLimits())
    assert caught.value.code == ErrorCode.FILE_NO_TEXT


@pytest.mark.skipif(not ocr.available(), reason="Tesseract is not installed")
@pytest.mark.parametrize("words", ["CONCRETE 2025", "Cover of slabs 40 mm"])
def test_d12_a_picture_is_read_by_tesseract(words: str) -> None:
    from PIL import ImageDraw

    image = Image.new("L", (1000, 120), 255)
    ImageDraw.Draw(image).text((20, 30), words, fill=0, font_size=48)
    assert ocr.read_image(image) == words


@pytest.mark.skipif("rus" not in ocr.languages(), reason="Tesseract with Russian is not installed")
def test_d12_a_russian_scan_is_read_by_tesseract() -> None:
    document = pypdfium2.PdfDocument(next(resource("samples").rglob("СП 901*.pdf")))
    scan = document[1].render(scale=200 / 72, grayscale=True).to_pil()
    document.close()
    assert "Толщина защитного слоя" in " ".join(ocr.read_image(scan).split())


@pytest.mark.devkit
def test_page_text_agrees_with_the_character_indices(devkit: Path) -> None:
    """Also where pdfium leaves characters out of its text (hyphens at line ends)."""
    for name in ("n029.pdf", "n013.pdf"):
        document = pypdfium2.PdfDocument(devkit / "norms-dev" / "corpus" / name)
        for page in document:
            textpage = page.get_textpage()
            text = pdf.page_text(page)
            count = textpage.count_chars()
            assert len(text) == count
            for index in range(0, count, 7):
                code = raw.FPDFText_GetUnicode(textpage, index)
                assert code in (ord(text[index]), 0, 2, 0xFFFE, 13), (name, index)
            textpage.close()
            page.close()
        document.close()


@pytest.mark.parametrize("width", [64, 352, 608, 704, 900, 1216, 1408, 4096])
def test_a_page_is_as_wide_as_asked(width: int, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595.2755737304688, 841.8897705078125)
    path = tmp_path / "a4.pdf"
    document.save(path)
    document.close()
    assert Image.open(io.BytesIO(pages.render(path, 1, width, ParseLimits()))).width == width
