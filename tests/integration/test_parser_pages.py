# SPDX-License-Identifier: MIT
"""Pages through the pool: drawn, measured, read again; several children at once; recognition of scans."""

import asyncio
import stat
import sys
from pathlib import Path

import hostile
import pytest
from PIL import Image

from bldr_desktop.engine.documents.commands import extract_command
from bldr_desktop.engine.documents.pool import ProcessParser
from bldr_desktop.engine.ports.domain import Parsed, ParseFailure, ParseLimits
from bldr_desktop.protocol.documents import PageBoxes, PageText
from bldr_desktop.protocol.errors import ErrorCode

LIMITS = ParseLimits(wall_seconds=30.0)


async def test_pages_are_drawn_measured_and_read_and_missing_ones_are_said(tmp_path: Path) -> None:
    path = hostile.text_pdf(tmp_path / "a.pdf", "concrete B25")
    text = tmp_path / "a.txt"
    text.write_text("бетон")
    pool = ProcessParser(2)
    try:
        png, boxes, page, missing, flowing = await asyncio.gather(
            pool.render_page(path, 1, 300),
            pool.page_boxes(path, 1, 0, 8),
            pool.page_text(path, 1),
            pool.render_page(path, 9, 300),
            pool.render_page(text, 1, 300),
        )
        assert pool.size == 2 and pool.busy == 0 and len(pool.pids) == 2
    finally:
        await pool.close()
    assert isinstance(png, bytes) and png.startswith(b"\x89PNG")
    assert isinstance(boxes, PageBoxes) and len(boxes.boxes) == 1
    assert isinstance(page, PageText) and page.text.startswith("concrete")
    assert isinstance(missing, ParseFailure) and missing.code == ErrorCode.NOT_FOUND
    assert isinstance(flowing, ParseFailure)
    assert pool.pids == []


_FAKE = """#!/bin/sh
case "$1" in
--list-langs) printf 'List of available languages (2):\\neng\\nrus\\n';;
*) printf 'Akt %s %s\\n' "$3" "$4"; sleep "${FAKE_OCR_SECONDS:-0}";;
esac
"""


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An outside program stood in for by a script with its command line."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "tesseract"
    script.write_text(_FAKE)
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def _scan(path: Path, pages: int) -> Path:
    blank = [Image.new("RGB", (200, 200), "white") for _ in range(pages)]
    blank[0].save(path, "PDF", save_all=True, append_images=blank[1:])
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.usefixtures("tesseract")
async def test_d12_scans_are_recognised_in_russian_and_english(tmp_path: Path) -> None:
    pool = ProcessParser(1)
    try:
        pdf = await pool.parse(_scan(tmp_path / "scan.pdf", 2), "scan.pdf", LIMITS)
        Image.new("L", (50, 50), 255).save(tmp_path / "a.png")
        png = await pool.parse(tmp_path / "a.png", "a.png", LIMITS)
        off = await pool.parse(tmp_path / "a.png", "a.png", ParseLimits(ocr=False))
    finally:
        await pool.close()
    assert isinstance(pdf, Parsed) and isinstance(png, Parsed)
    assert [page.text for page in pdf.extracted.pages] == ["Akt -l rus+eng"] * 2
    assert "text recognition" in pdf.extracted.warnings[-1]
    assert png.extracted.pages[0].text == "Akt -l rus+eng"
    assert isinstance(off, ParseFailure) and off.code == ErrorCode.FILE_NEEDS_OCR


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.usefixtures("tesseract")
async def test_d12_a_long_scan_keeps_what_the_time_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_OCR_SECONDS", "0.5")
    pool = ProcessParser(1)
    try:
        answer = await pool.parse(_scan(tmp_path / "s.pdf", 9), "s.pdf", ParseLimits(wall_seconds=3.0))
    finally:
        await pool.close()
    assert isinstance(answer, Parsed)
    read = [page for page in answer.extracted.pages if page.text]
    assert 1 <= len(read) < 9
    assert "no time" in " ".join(answer.extracted.warnings)


def test_extract_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.pdf"
    page.write_text("<html><body><p>Ведомость объёмов работ</p></body></html>", encoding="utf-8")
    assert extract_command(page) == 0
    captured = capsys.readouterr()
    assert captured.out == "Ведомость объёмов работ\n"
    assert captured.err.startswith("warning: The name says .pdf")
    (tmp_path / "zero.txt").touch()
    assert extract_command(tmp_path / "zero.txt") == 1
    assert "empty" in capsys.readouterr().err
    assert extract_command(tmp_path / "none.txt") == 1
