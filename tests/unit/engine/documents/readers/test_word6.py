# SPDX-License-Identifier: MIT
"""Old Word files out of compound files made here."""

import struct
from pathlib import Path

import pytest

from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.engine.documents.readers import word6
from bldr_desktop.engine.documents.readers.ole import OleError, OleFile

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _compound(name: str, data: bytes) -> bytes:
    """A compound file with one stream of at least 4096 bytes."""
    data = data.ljust(4096, b"\0")
    count = (len(data) + 511) // 512
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HH", header, 0x1E, 9, 6)
    struct.pack_into("<II", header, 0x2C, 1, 1)
    struct.pack_into("<III", header, 0x38, 4096, _END, 0)
    struct.pack_into("<109I", header, 0x4C, 0, *[_FREE] * 108)
    fat = [_FAT, _END, *range(3, 2 + count), _END]
    fat += [_FREE] * (128 - len(fat))

    def entry(title: str, start: int, size: int) -> bytes:
        raw = title.encode("utf-16-le").ljust(64, b"\0")
        return raw + struct.pack("<H", 2 * len(title) + 2) + bytes(50) + struct.pack("<III", start, size, 0)

    directory = (entry("Root Entry", _END, 0) + entry(name, 2, len(data))).ljust(512, b"\0")
    return bytes(header) + struct.pack("<128I", *fat) + directory + data.ljust(count * 512, b"\0")


def _word(text: bytes, flags: int = 0, magic: int = 0xA5DC) -> bytes:
    head = bytearray(0x300)
    struct.pack_into("<H4xH", head, 0, magic, 0x0419)
    struct.pack_into("<H", head, 0x0A, flags)
    struct.pack_into("<II", head, 0x18, 0x300, 0x300 + len(text))
    return _compound("WordDocument", bytes(head) + text)


def test_text_without_field_codes(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    text = "Акт\r\x13 PAGE \x141\x15 лист\x07да\r".encode("cp1251")
    path.write_bytes(_word(text))
    extracted = word6.read(path)
    assert extracted is not None
    assert extracted.pages[0].text == "Акт\n1 лист\tда"


def test_password_other_word_and_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(_word(b"x", flags=0x0100))
    with pytest.raises(ReadError, match="password"):
        word6.read(path)
    path.write_bytes(_word(b"x", magic=0xA5EC))
    assert word6.read(path) is None
    path.write_bytes(path.read_bytes()[:700])
    with pytest.raises(ReadError, match="damaged"):
        word6.read(path)


def test_a_chain_that_loops_is_damage() -> None:
    data = bytearray(_compound("WordDocument", b"x"))
    struct.pack_into("<I", data, 512 + 4 * 3, 2)
    with pytest.raises(OleError):
        OleFile(bytes(data)).stream("WordDocument")


@pytest.mark.devkit
def test_a_real_one(devkit: Path) -> None:
    extracted = word6.read(devkit / "real-dev" / "testWORD6.doc")
    assert extracted is not None
    assert "The quick brown fox jumps over the lazy dog" in extracted.pages[0].text
