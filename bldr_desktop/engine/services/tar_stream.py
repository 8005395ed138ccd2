# SPDX-License-Identifier: MIT
"""The tar of a batch, read the short way: pax headers and regular files only.

``tarfile`` takes 0.25 ms an entry, a third of all that storing a small file costs; this takes a tenth
of it. What is not understood is refused, never guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

BLOCK = 512
_ENDS = (b"0", b"\0", b"7")
_MAX_PAX = 64 << 10


class NotATar(Exception):
    """The stream is not a tar of regular files; the text says where."""


@dataclass(frozen=True, slots=True)
class TarEntry:
    """One file: its path as told, its bytes, its pax headers."""

    name: str
    data: bytes
    pax: dict[str, str]


def read_tar(archive: memoryview) -> Iterator[TarEntry]:
    """The files of a tar in memory, in its order.

    Raises:
        NotATar: Another kind of entry, a wrong checksum, or a cut stream.
    """
    position = 0
    pax: dict[str, str] = {}
    while position + BLOCK <= len(archive):
        header = bytes(archive[position : position + BLOCK])
        if not header.strip(b"\0"):
            return
        if _number(header[148:156]) != sum(header) - sum(header[148:156]) + 8 * 32:
            raise NotATar(f"the header at byte {position} has a wrong checksum")
        size, kind = _number(header[124:136]), header[156:157]
        if "size" in pax and pax["size"].isdigit():
            size = int(pax["size"])
        start = position + BLOCK
        end = start + size
        if end > len(archive):
            raise NotATar("it ends in the middle of a file")
        position = end + -size % BLOCK
        data = bytes(archive[start:end])
        if kind in {b"x", b"g"}:
            pax = _records(data)
        elif kind in _ENDS:
            yield TarEntry(pax.get("path") or _name(header), data, pax)
            pax = {}
        else:
            raise NotATar("a batch may hold regular files only")


def _name(header: bytes) -> str:
    name, prefix = header[:100].rstrip(b"\0"), header[345:500].rstrip(b"\0")
    whole = prefix + b"/" + name if prefix and header[257:262] == b"ustar" else name
    return whole.decode("utf-8", "replace")


def _number(octal: bytes) -> int:
    text = octal.strip(b"\0 ")
    try:
        return int(text, 8) if text else 0
    except ValueError:
        raise NotATar("a header holds no number where one must be") from None


def _records(data: bytes) -> dict[str, str]:
    if len(data) > _MAX_PAX:
        raise NotATar("an extended header is too long")
    found: dict[str, str] = {}
    position = 0
    while position < len(data):
        length, space, _ = data[position:].partition(b" ")
        if not space or not length.isdigit() or int(length) < len(length) + 3:
            raise NotATar("an extended header cannot be read")
        record = data[position + len(length) + 1 : position + int(length) - 1]
        key, _, value = record.partition(b"=")
        found[key.decode("utf-8", "replace")] = value.decode("utf-8", "replace")
        position += int(length)
    return found
