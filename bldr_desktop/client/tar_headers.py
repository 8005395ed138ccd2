# SPDX-License-Identifier: MIT
"""Headers of a tar entry, written the short way: ``tarfile`` takes longer for one than to read its file."""

import struct
from collections.abc import Mapping

_BLOCK = struct.Struct("100s8s8s8s12s12s8s1s100s8s32s32s8s8s155s12x")
_NUMBER = b"0000000\0"
_MODE = b"0000644\0"
_TIME = b"00000000000\0"
_FILE, _EXTENDED = b"0", b"x"
SIZE = _BLOCK.size


def entry_header(name: str, size: int, more: Mapping[str, str]) -> bytes:
    """What stands before a file's bytes: a pax header of its path and ``more``, and its own."""
    path = name.encode("utf-8", "surrogateescape")
    records = [_record(b"path", path)]
    records += [
        _record(key.encode(), value.encode("utf-8", "surrogateescape")) for key, value in more.items()
    ]
    extended = b"".join(records)
    return b"".join(
        (
            _block(b"pax", len(extended), _EXTENDED),
            extended,
            padding(len(extended)),
            _block(path[:100], size, _FILE),
        )
    )


def padding(size: int) -> bytes:
    """What fills the last block of ``size`` bytes."""
    return b"\0" * (-size % SIZE)


def _block(name: bytes, size: int, kind: bytes) -> bytes:
    block = _BLOCK.pack(
        name, _MODE, _NUMBER, _NUMBER, b"%011o\0" % size, _TIME, b" " * 8, kind, b"", b"ustar\x0000",
        b"", b"", _NUMBER, _NUMBER, b"",
    )  # fmt: skip
    return b"%b%06o\0 %b" % (block[:148], sum(block), block[156:])


def _record(key: bytes, value: bytes) -> bytes:
    rest = len(key) + len(value) + 3
    length = rest + len(str(rest))
    length = rest + len(str(length))  # one more digit may have made it longer
    return b"%d %b=%b\n" % (length, key, value)
