# SPDX-License-Identifier: MIT
"""A log that makes many small files durable with one fsync (docs/adr/060).

Small contents are appended to a segment, which is fsynced once for all that arrive together; their own
files are written without sync. Later each file is synced and the segment dropped. After a power cut
whatever is still in a segment is written again. A segment is a row of records
``<sha256 in hex> <length in decimal>\\n<bytes>``; a torn last record ends it.
"""

import hashlib
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_log = logging.getLogger(__name__)


class BlobLog:
    """Segments in a folder; thread-safe.

    Args:
        folder: Where segments are; made when missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._written = threading.Condition(self._lock)
        self._settling = threading.Lock()
        self._handle: int | None = None
        self._current: Path | None = None
        self._size = 0
        self._names: dict[Path, list[str]] = {}
        self._writing: dict[Path, int] = {}
        self._number = max((int(path.stem) for path in self._segments()), default=0)

    @contextmanager
    def append(self, small: Sequence[tuple[str, bytes]]) -> Iterator[None]:
        """Make contents durable; write their own files inside: their segment is kept until these are there.

        Raises:
            OSError: The disk is full or fails; then nothing of it counts.
        """
        record = b"".join(part for sha256, data in small for part in (_head(sha256, data), data))
        with self._lock:
            if self._handle is None:
                self._begin()
            assert self._handle is not None and self._current is not None
            try:
                _write_all(self._handle, record)
                getattr(os, "fdatasync", os.fsync)(self._handle)
            except OSError:
                # A torn record may stand at the end: nothing may follow it in this segment.
                os.close(self._handle)
                self._handle = None
                raise
            segment = self._current
            self._size += len(record)
            self._names[segment].extend(sha256 for sha256, _ in small)
            self._writing[segment] = self._writing.get(segment, 0) + 1
        try:
            yield
        finally:
            with self._lock:
                self._writing[segment] -= 1
                self._written.notify_all()

    def settle(self, place: Callable[[str], Path], *, only_above: int = 0) -> None:
        """Sync the files of all segments, then drop these; nothing to do below ``only_above`` bytes."""
        with self._settling:
            with self._lock:
                if self._size <= only_above:
                    return
                if self._handle is not None:
                    os.close(self._handle)
                self._handle, self._size = None, 0
                done, self._names = self._names, {}
                while any(self._writing.get(segment) for segment in done):
                    self._written.wait()  # a file that is not there yet would pass for a removed one
                for segment in done:
                    self._writing.pop(segment, None)
            try:
                _sync({place(sha256) for names in done.values() for sha256 in names})
            except OSError:
                with self._lock:
                    self._names = done | self._names
                    self._size += 1
                raise
            for segment in done:
                segment.unlink(missing_ok=True)

    def recover(self, place: Callable[[str], Path], write: Callable[[Path, bytes], None]) -> None:
        """Write again what segments of an earlier life hold and the disk lost."""
        for segment in self._segments():
            names = []
            for sha256, data in _records(segment):
                names.append(sha256)
                target = place(sha256)
                if not target.is_file() or hashlib.sha256(target.read_bytes()).hexdigest() != sha256:
                    _log.warning("%s was lost by a power cut and is restored", sha256)
                    write(target, data)
            self._names[segment] = names
            self._size += segment.stat().st_size

    def _begin(self) -> None:
        self._number += 1
        self._current = self._folder / f"{self._number:012d}.segment"
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        self._handle = os.open(self._current, flags, 0o600)
        self._names[self._current] = []
        if os.name != "nt":
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _segments(self) -> list[Path]:
        return sorted(self._folder.glob("*.segment"))


def _head(sha256: str, data: bytes) -> bytes:
    return f"{sha256} {len(data)}\n".encode("ascii")


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _records(segment: Path) -> Iterator[tuple[str, bytes]]:
    with segment.open("rb") as stream:
        while head := stream.readline(100):
            sha256, _, length = head.decode("ascii", "replace").strip().partition(" ")
            data = stream.read(int(length)) if length.isdigit() else b""
            if hashlib.sha256(data).hexdigest() != sha256:
                _log.info("%s ends with a record that was never whole", segment.name)
                return
            yield sha256, data


def _sync(files: set[Path]) -> None:
    for file in files:
        try:
            handle = os.open(file, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
        except FileNotFoundError:
            continue  # removed since
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    if os.name == "nt":
        return
    for folder in {file.parent for file in files}:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
