# SPDX-License-Identifier: MIT
"""OLE compound files: one stream by its name. Only what the oldest Word files need."""

import struct

_END = 0xFFFFFFFC
"""Sector numbers from here up mark ends and free sectors."""


class OleError(ValueError):
    """The container is damaged."""


class OleFile:
    """A compound file in memory.

    Raises:
        OleError: Its tables make no sense.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            shift, mini_shift = struct.unpack_from("<HH", data, 0x1E)
            fat_count, directory = (
                struct.unpack_from("<I", data, 0x2C)[0],
                struct.unpack_from("<I", data, 0x30)[0],
            )
            self._cutoff, mini_fat = struct.unpack_from("<II", data, 0x38)
            first = struct.unpack_from("<109I", data, 0x4C)
        except struct.error as error:
            raise OleError("header cut off") from error
        if shift not in (9, 12) or mini_shift != 6:
            raise OleError("sector size")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        sectors = [sector for sector in first[: min(109, fat_count)] if sector < _END]
        self._fat = self._numbers(b"".join(map(self._sector, sectors)))
        self._mini_fat = self._numbers(self._chain(mini_fat))
        self._entries = self._read_directory(self._chain(directory))
        self._mini = self._chain(self._entries.get("Root Entry", (_END, 0))[0])

    def stream(self, name: str) -> bytes:
        """A stream's bytes; empty when there is none of that name."""
        start, size = self._entries.get(name, (_END, 0))
        if size >= self._cutoff:
            return self._chain(start)[:size]
        pieces = []
        for sector in self._walk(start, self._mini_fat):
            pieces.append(self._mini[sector * self._mini_size : (sector + 1) * self._mini_size])
        return b"".join(pieces)[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._walk(start, self._fat))

    @staticmethod
    def _walk(start: int, table: tuple[int, ...]) -> list[int]:
        seen: list[int] = []
        while start < _END:
            if start >= len(table) or len(seen) > len(table):
                raise OleError("a chain of sectors leads nowhere")
            seen.append(start)
            start = table[start]
        return seen

    @staticmethod
    def _numbers(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    @staticmethod
    def _read_directory(data: bytes) -> dict[str, tuple[int, int]]:
        entries: dict[str, tuple[int, int]] = {}
        for at in range(0, len(data) - 127, 128):
            length = struct.unpack_from("<H", data, at + 64)[0]
            name = data[at : at + max(0, min(64, length) - 2)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", data, at + 116)
            if name:
                entries.setdefault(name, (start, size))
        return entries
