# SPDX-License-Identifier: MIT
"""Bytes under their hash, as plain files: ``<root>/ab/<sha256>``, whole or absent."""

import itertools
import os
import re
import shutil
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

from bldr_desktop.engine.adapters.blob_log import BlobLog

_HEX = "0123456789abcdef"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CREATE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


class FileBlobStore:
    """The :class:`~bldr_desktop.engine.ports.blobs.BlobStore` of a local disk.

    Args:
        root: Folder of the blobs, made here with its 256 subfolders. What a power cut left in the log
            is put in its place first.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"
        self._incoming.mkdir(parents=True, exist_ok=True)
        self._folders = {f"{high}{low}": root / f"{high}{low}" for high in _HEX for low in _HEX}
        for folder in self._folders.values():
            folder.mkdir(exist_ok=True)
        self._root_text = os.fspath(root)
        self._numbers = itertools.count()
        self._small_prefix = f"{self._incoming}{os.sep}{uuid.uuid4().hex}-"
        self._log = BlobLog(root / "log")
        self._log.recover(self._place, self._write)

    def path(self, sha256: str) -> Path | None:
        """The file's place, or None when it is not here."""
        place = self._place(sha256)
        return place if place.is_file() else None

    def has(self, sha256: str) -> bool:
        """Whether the bytes are here."""
        return os.path.isfile(self._name(sha256))  # noqa: PTH113 - asked for each small file

    def names(self) -> Iterator[str]:
        """The SHA-256 of each file."""
        for folder in self._folders.values():
            yield from sorted(file.name for file in folder.iterdir() if _SHA256.fullmatch(file.name))

    def incoming(self) -> Path:
        """The folder for bytes on their way in, on the same file system."""
        return self._incoming

    def adopt(self, temporary: Path, sha256: str) -> Path:
        """Move one finished, fsynced file to its place (atomic), then fsync the folder."""
        return self.adopt_many([(temporary, sha256)])[0]

    def adopt_many(self, files: Sequence[tuple[Path, str]]) -> list[Path]:
        """Move finished, fsynced files to their places; each folder is fsynced once."""
        places = []
        for temporary, sha256 in files:
            place = self._place(sha256)
            temporary.replace(place)
            places.append(place)
        for folder in {place.parent for place in places}:
            sync_folder(folder)
        return places

    def put_many(self, small: Sequence[tuple[str, bytes]]) -> None:
        """Store small contents. Durable at return by one fsync of a log for all of them; their own
        files are synced later, by :meth:`settle`."""
        new = [(sha256, data) for sha256, data in small if not self.has(sha256)]
        if new:
            with self._log.append(new):
                for sha256, data in new:
                    self._write(self._name(sha256), data)

    def settle(self, *, only_above: int = 0) -> None:
        """Sync the files of ``put_many`` and empty the log, if it holds more than ``only_above`` bytes."""
        self._log.settle(self._place, only_above=only_above)

    def remove(self, sha256: str) -> None:
        """Delete the bytes; absent is fine."""
        self._log.settle(self._place)  # else a later recovery would bring them back
        self._place(sha256).unlink(missing_ok=True)

    def free_bytes(self) -> int:
        """Free space of the disk."""
        return shutil.disk_usage(self._root).free

    def _write(self, place: Path | str, data: bytes) -> None:
        # Plain system calls: pathlib and buffered files cost more than the write itself.
        temporary = f"{self._small_prefix}{next(self._numbers)}.small"
        handle = os.open(temporary, _CREATE, 0o600)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
        finally:
            os.close(handle)
        os.replace(temporary, place)  # noqa: PTH105

    def _place(self, sha256: str) -> Path:
        return Path(self._name(sha256))

    def _name(self, sha256: str) -> str:
        # A text: making a Path costs more than to ask the disk for it.
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return f"{self._root_text}{os.sep}{sha256[:2]}{os.sep}{sha256}"


def sync_folder(folder: Path) -> None:
    """fsync a folder, so that names in it are durable."""
    if os.name == "nt":  # Windows cannot open a folder for fsync; NTFS journals the rename
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
