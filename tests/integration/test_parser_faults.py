# SPDX-License-Identifier: MIT
"""Hostile files against the parser pool: each fails alone, with its reason, and the batch goes on.

Numbers R31-R36 and R48 are rows of the table of faults and attacks that Bldr survives.
"""

import asyncio
import contextlib
import csv
import itertools
import os
import signal
import socket
import stat
import sys
import time
import unicodedata
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import hostile
import psutil
import pytest
import pytest_asyncio

from bldr_desktop.common.aio import spawn
from bldr_desktop.engine.documents.pool import ProcessParser
from bldr_desktop.engine.ports.domain import Parsed, ParseFailure, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

DEVKIT = Path(__file__).resolve().parents[3] / "shared" / "data" / "devkit"
QUICK = ParseLimits(wall_seconds=1.0, cpu_seconds=30.0)
SHORT = ParseLimits(wall_seconds=2.5, cpu_seconds=30.0)
NORMAL = ParseLimits(wall_seconds=30.0, cpu_seconds=30.0)


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def parser() -> AsyncIterator[ProcessParser]:
    pool = ProcessParser(1)
    await pool.start()
    yield pool
    await pool.close()


async def _good(parser: ProcessParser, folder: Path) -> None:
    """The pool still reads an ordinary file."""
    path = hostile.text_pdf(folder / "good.pdf", "concrete B25")
    answer = await parser.parse(path, path.name, NORMAL)
    assert isinstance(answer, Parsed)
    assert "concrete B25" in answer.extracted.pages[0].text


def _failure(answer: Parsed | ParseFailure, *codes: ErrorCode) -> ParseFailure:
    assert isinstance(answer, ParseFailure), answer.extracted.pages[0].text[:200]
    assert answer.code in codes, answer
    assert len(answer.sentence) > 15
    return answer


async def test_r31_endless_pdf_ends_at_the_wall_limit_and_the_pool_goes_on(
    parser: ProcessParser, tmp_path: Path
) -> None:
    bomb = hostile.form_bomb(tmp_path / "bomb.pdf")
    await _good(parser, tmp_path)
    began = time.monotonic()
    failure = _failure(await parser.parse(bomb, bomb.name, QUICK), ErrorCode.FILE_TIME_LIMIT)
    assert time.monotonic() - began < QUICK.wall_seconds + 1.0
    assert "1 second" in failure.sentence
    await _good(parser, tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="no CPU limit of processes on Windows")
async def test_r31_endless_pdf_ends_at_the_cpu_limit(parser: ProcessParser, tmp_path: Path) -> None:
    bomb = hostile.form_bomb(tmp_path / "bomb.pdf")
    limits = ParseLimits(wall_seconds=40.0, cpu_seconds=1.0)
    failure = _failure(await parser.parse(bomb, bomb.name, limits), ErrorCode.FILE_TIME_LIMIT)
    assert "processor" in failure.sentence
    await _good(parser, tmp_path)


async def test_r31_a_child_killed_at_work_is_a_reason_and_is_replaced(
    parser: ProcessParser, tmp_path: Path
) -> None:
    bomb = hostile.form_bomb(tmp_path / "bomb.pdf")
    await _good(parser, tmp_path)
    [pid] = parser.pids
    reading = spawn("read", parser.parse(bomb, bomb.name, NORMAL))
    await asyncio.sleep(0.3)
    psutil.Process(pid).kill()
    _failure(await reading, ErrorCode.FILE_CRASHED_READER)
    await _good(parser, tmp_path)
    assert parser.pids != [pid]


async def test_r31_a_child_killed_while_idle_is_not_noticed_by_the_next_file(
    parser: ProcessParser, tmp_path: Path
) -> None:
    await _good(parser, tmp_path)
    [pid] = parser.pids
    psutil.Process(pid).kill()
    await asyncio.sleep(0.2)
    await _good(parser, tmp_path)


async def test_r31_cancelling_kills_the_child(parser: ProcessParser, tmp_path: Path) -> None:
    bomb = hostile.form_bomb(tmp_path / "bomb.pdf")
    await _good(parser, tmp_path)
    [pid] = parser.pids
    reading = spawn("read", parser.parse(bomb, bomb.name, NORMAL))
    await asyncio.sleep(0.3)
    reading.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await reading
    deadline = time.monotonic() + 3
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        await asyncio.sleep(0.02)
    assert not psutil.pid_exists(pid)
    await _good(parser, tmp_path)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's parent watch is Linux's")
async def test_r31_children_end_with_their_parent(tmp_path: Path) -> None:
    """Killed parent, child hung in C code that never looks at its stdin."""
    bomb = hostile.form_bomb(tmp_path / "bomb.pdf")
    program = (
        "import asyncio, sys; from pathlib import Path\n"
        "from bldr_desktop.engine.documents.pool import ProcessParser\n"
        "from bldr_desktop.engine.ports.domain import ParseLimits\n"
        "async def main():\n"
        "    pool = ProcessParser(1); await pool.start()\n"
        "    while not pool.pids: await asyncio.sleep(0.02)\n"
        "    sys.stdout.write(f'{pool.pids[0]}\\n'); sys.stdout.flush()\n"
        f"    await pool.parse(Path({str(bomb)!r}), 'bomb.pdf', ParseLimits(wall_seconds=100))\n"
        "asyncio.run(main())\n"
    )
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    deadline = time.monotonic() + 20
    while psutil.Process(pid).cpu_times().user < 1.0 and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    parent.send_signal(signal.SIGKILL)
    await parent.wait()
    deadline = time.monotonic() + 3
    while _runs(pid) and time.monotonic() < deadline:
        await asyncio.sleep(0.02)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def test_r32_zip_bomb_is_refused_before_it_is_read(parser: ProcessParser, tmp_path: Path) -> None:
    bomb = hostile.zip_bomb(tmp_path / "bomb.docx")
    assert bomb.stat().st_size < 1 << 20
    await _good(parser, tmp_path)
    before = psutil.Process(parser.pids[0]).memory_info().rss
    failure = _failure(await parser.parse(bomb, bomb.name, NORMAL), ErrorCode.FILE_BOMB)
    assert "times its size" in failure.sentence
    assert psutil.Process(parser.pids[0]).memory_info().rss - before < 30 << 20


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="address space limits are Linux's")
async def test_r32_a_file_that_needs_too_much_memory_hits_the_limit(
    parser: ProcessParser, tmp_path: Path
) -> None:
    path = tmp_path / "large.txt"
    path.write_text("бетон класса В25 " * 3_000_000)
    limits = ParseLimits(wall_seconds=30.0, memory_bytes=350 << 20)
    _failure(
        await parser.parse(path, path.name, limits),
        ErrorCode.FILE_MEMORY_LIMIT,
        ErrorCode.FILE_CRASHED_READER,
    )
    await _good(parser, tmp_path)


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "C:/evil.txt", "a\\..\\..\\evil"])
async def test_r33_names_outside_of_the_archive_are_refused(
    parser: ProcessParser, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = hostile.docx(folder / "evil.docx", hostile.paragraph("x"), extra={name: b"evil"})
    _failure(await parser.parse(path, path.name, NORMAL), ErrorCode.FILE_BOMB)
    assert [item.name for item in tmp_path.rglob("evil*")] == ["evil.docx"]


async def test_r33_symlink_lying_sizes_many_entries_and_nested_zip_are_refused(
    parser: ProcessParser, tmp_path: Path
) -> None:
    link = hostile.docx(tmp_path / "link.docx", hostile.paragraph("x"))
    info = zipfile.ZipInfo("word/link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(link, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    _failure(await parser.parse(link, link.name, NORMAL), ErrorCode.FILE_BOMB)

    lying = hostile.docx(tmp_path / "lying.docx", hostile.paragraph("слово " * 2_000))
    data = bytearray(lying.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    while b"document.xml" not in data[at : at + 80]:
        at = data.rfind(b"PK\x01\x02", 0, at)
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    lying.write_bytes(data)
    answer = await parser.parse(lying, lying.name, NORMAL)
    if isinstance(answer, Parsed):
        assert answer.extracted.characters <= 20 and answer.extracted.warnings
    else:
        _failure(answer, ErrorCode.FILE_DAMAGED, ErrorCode.FILE_BOMB)

    many = tmp_path / "many.docx"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(25_000):
            archive.writestr(str(number), b"")
    failure = _failure(await parser.parse(many, many.name, NORMAL), ErrorCode.FILE_BOMB)
    assert "25000 entries" in failure.sentence

    nested = tmp_path / "nested.zip"
    with zipfile.ZipFile(nested, "w") as archive:
        archive.write(many, "inner.zip")
    _failure(await parser.parse(nested, nested.name, NORMAL), ErrorCode.FILE_UNSUPPORTED)


async def test_r34_entities_are_neither_expanded_nor_fetched(parser: ProcessParser, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET")
    with socket.socket() as trap:
        trap.bind(("127.0.0.1", 0))
        trap.listen()
        trap.settimeout(0.3)
        address = f"http://127.0.0.1:{trap.getsockname()[1]}/x.dtd"
        prolog = (
            f'<!DOCTYPE d [<!ENTITY f SYSTEM "{secret.as_uri()}"><!ENTITY n SYSTEM "{address}">'
            f'<!ENTITY % p SYSTEM "{address}"> %p;]>'
        )
        body = hostile.paragraph("видно &f; &n;")
        path = hostile.docx(tmp_path / "xxe.docx", body, prolog)
        answer = await parser.parse(path, path.name, NORMAL)
        xml = tmp_path / "xxe.xml"
        xml.write_text(f'<?xml version="1.0"?>{prolog}<d><a>видно &f; &n;</a></d>')
        other = await parser.parse(xml, xml.name, NORMAL)
        with pytest.raises(TimeoutError):
            trap.accept()
    for found in (answer, other):
        assert isinstance(found, Parsed)
        assert "видно" in found.extracted.pages[0].text
        assert "TOPSECRET" not in found.extracted.pages[0].text


async def test_r34_entity_bomb_is_harmless(parser: ProcessParser, tmp_path: Path) -> None:
    names = "abcdefghij"
    entities = '<!ENTITY a "ха-ха-ха-ха-ха-ха-ха-ха-ха-ха">' + "".join(
        f'<!ENTITY {this} "{f"&{before};" * 10}">' for before, this in itertools.pairwise(names)
    )
    path = hostile.docx(tmp_path / "lol.docx", hostile.paragraph("видно &j;"), f"<!DOCTYPE d [{entities}]>")
    answer = await parser.parse(path, path.name, QUICK)
    assert isinstance(answer, Parsed)
    assert answer.extracted.characters < 1_000


@pytest.mark.parametrize(
    "name",
    [
        "../../x",
        "CON",
        "a" * 250 + ".txt",
        "отчет\u202etxt.exe",
        unicodedata.normalize("NFD", "йод.txt"),
        "-rf.txt",
    ],
)
async def test_r35_names_are_labels_only(parser: ProcessParser, tmp_path: Path, name: str) -> None:
    """The name never leads anywhere: what is read is the path that was given."""
    path = tmp_path / "0b5e"
    path.write_text("Бетон тяжёлый класса В25 по прочности.")
    answer = await parser.parse(path, name, NORMAL)
    assert isinstance(answer, Parsed)
    assert answer.extracted.kind == "txt"


async def test_r36_a_program_named_pdf_is_named_a_program(parser: ProcessParser, tmp_path: Path) -> None:
    path = tmp_path / "setup.pdf"
    path.write_bytes(b"MZ" + bytes(range(256)) * 8)
    failure = _failure(await parser.parse(path, path.name, NORMAL), ErrorCode.FILE_UNSUPPORTED)
    assert "program" in failure.sentence


async def test_r36_a_picture_with_too_many_pixels_is_refused(parser: ProcessParser, tmp_path: Path) -> None:
    path = hostile.huge_png(tmp_path / "huge.png")
    failure = _failure(await parser.parse(path, path.name, NORMAL), ErrorCode.FILE_BOMB)
    assert "60000" in failure.sentence


async def test_r48_content_decides_and_reasons_are_named(parser: ProcessParser, tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    page.write_text("<!DOCTYPE html><html><body><p>Ведомость объёмов работ</p></body></html>")
    answer = await parser.parse(page, page.name, NORMAL)
    assert isinstance(answer, Parsed)
    assert answer.extracted.kind == "html"
    assert ".pdf" in answer.extracted.warnings[0]

    zero = tmp_path / "zero.docx"
    zero.touch()
    assert "empty" in _failure(await parser.parse(zero, zero.name, NORMAL), ErrorCode.FILE_EMPTY).sentence

    whole = hostile.docx(tmp_path / "whole.docx", hostile.paragraph("Текст " * 500)).read_bytes()
    half = tmp_path / "half.docx"
    half.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in _failure(await parser.parse(half, half.name, NORMAL), ErrorCode.FILE_DAMAGED).sentence

    gone = tmp_path / "gone.pdf"
    _failure(await parser.parse(gone, gone.name, NORMAL), ErrorCode.FILE_NOT_FOUND)

    dwg = tmp_path / "plan.dwg"
    dwg.write_bytes(b"AC1032" + bytes(100))
    assert "DXF or PDF" in _failure(await parser.parse(dwg, dwg.name, NORMAL), ErrorCode.FILE_DWG).sentence


async def test_r48_passwords_are_named(parser: ProcessParser, tmp_path: Path) -> None:
    office = tmp_path / "secret.xlsx"
    name = "EncryptedPackage".encode("utf-16-le")
    office.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + name + bytes(1000))
    assert "password" in _failure(await parser.parse(office, "a", NORMAL), ErrorCode.FILE_PASSWORD).sentence
    sample = DEVKIT / "bad-dev" / "encrypted" / "user.pdf"
    if sample.exists():
        _failure(await parser.parse(sample, sample.name, NORMAL), ErrorCode.FILE_PASSWORD)


@pytest.mark.devkit
@pytest.mark.skipif(not DEVKIT.exists(), reason="../shared/data/devkit is not here")
async def test_bad_dev_rows_come_out_as_expected(tmp_path: Path) -> None:
    """Every row of the manifest: read, read in part or refused with a reason, as it says."""
    with (DEVKIT / "bad-dev" / "manifest.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    pool = ProcessParser(2)
    try:
        answers = await asyncio.gather(
            *(pool.parse(DEVKIT / "bad-dev" / row["file"], Path(row["file"]).name, SHORT) for row in rows)
        )
    finally:
        await pool.close()
    wrong = []
    for row, answer in zip(rows, answers, strict=True):
        text = answer.extracted.pages[0].text if isinstance(answer, Parsed) else ""
        if row["expect"] == "index" and not (isinstance(answer, Parsed) and answer.chunks):
            wrong.append((row["file"], answer))
        if row["expect"] == "skip" and isinstance(answer, Parsed):
            wrong.append((row["file"], text[:80]))
        if isinstance(answer, ParseFailure) and not answer.sentence:
            wrong.append((row["file"], "no reason"))
        if "root:x:0" in text or text.count("\ufffd") > len(text) / 100:
            wrong.append((row["file"], text[:80]))
    assert not wrong
    assert len(rows) >= 24


async def test_secrets_of_the_environment_do_not_reach_a_child(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BLDR_TEST_API_KEY", "sk-123")
    pool = ProcessParser(1)
    try:
        await _good(pool, tmp_path)
        [pid] = pool.pids
        assert "BLDR_TEST_API_KEY" not in psutil.Process(pid).environ()
        assert os.environ["BLDR_TEST_API_KEY"] == "sk-123"
    finally:
        await pool.close()


_NOTHING_IN_THEM = {
    "Minimal_DXF_AC1006.dxf", "set-no-settings-part.docx", "testEXCEL_95.xls", "testPDF_Version.4.x.pdf",
    "testPDF_no_extract_yes_accessibility_owner_user.pdf",
}  # fmt: skip
"""No text at all, or a password: looked at by hand."""


@pytest.mark.devkit
@pytest.mark.skipif(not DEVKIT.exists(), reason="../shared/data/devkit is not here")
async def test_every_real_file_is_read_or_has_a_reason(parser: ProcessParser) -> None:
    failed = {}
    for path in sorted((DEVKIT / "real-dev").iterdir()):
        if path.suffix == ".csv":
            continue
        answer = await parser.parse(path, path.name, NORMAL)
        if isinstance(answer, ParseFailure):
            failed[path.name] = answer
        else:
            assert answer.chunks and "\ufffd" not in answer.chunks[0].text, path.name
    assert set(failed) == _NOTHING_IN_THEM
    codes = {ErrorCode.FILE_NO_TEXT, ErrorCode.FILE_PASSWORD}
    assert {failure.code for failure in failed.values()} == codes
