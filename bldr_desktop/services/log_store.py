# SPDX-License-Identifier: MIT
"""A log of any length on disk: a million lines cost a few hundred bytes of memory.

Files of one log, all append-only:

``log``
    one record a line, UTF-8: instant, tab, level letter, tab, text. A line feed inside a text is stored as a
    vertical tab, so that a record is a line.
``log.idx``
    unsigned 64-bit offset of each record.
``log.warn``, ``log.err``, ``log.info``
    unsigned 32-bit numbers of the lines of at least that level: jumping inside a filtered view is one read.
``log.fold``
    the texts in one byte a character, lower case, for searching at memory speed. Characters outside
    Windows-1251 become ``?``; hits of a query that could be mistaken are checked against the text.
"""

import array
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, Protocol

LEVELS = ("debug", "info", "warning", "error")
_LETTER = {"debug": "D", "info": "I", "warning": "W", "warn": "W", "error": "E", "critical": "E"}
_LEVEL = {"D": "debug", "I": "info", "W": "warning", "E": "error"}
_RANK = {"D": 0, "I": 1, "W": 2, "E": 3}
_FILES = ("log.info", "log.warn", "log.err")
_FOLD = bytes(range(256)).decode("cp1251", "replace").lower().encode("cp1251", "replace")
_CHECKPOINT = 2048
_PREFIX = "bldr-log-"
PRUNED = "pruned"
"""The gap of a log whose older lines the engine no longer keeps."""
_STALE_SECONDS = 2 * 86_400.0
_BLOCK = 1 << 20


class LogLine(NamedTuple):
    """A line as shown. ``number`` counts from 0 in the whole log; ``ts`` may be empty."""

    number: int
    ts: str
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class FoundBatch:
    """Line numbers with a hit, ascending, in the part of the log searched so far.

    ``searched`` and ``total`` are line counts, for showing how far the search is.
    """

    lines: Sequence[int]
    searched: int
    total: int


class LogReader(Protocol):
    """What shows or searches a log asks: a :class:`LogStore`, or a run's log that is still being read."""

    @property
    def failed(self) -> str | None:
        """Why lines are not kept any more."""
        ...

    gap: str | None
    """Why older lines could not be read: a sentence, or :data:`PRUNED`."""

    @property
    def searchable(self) -> int:
        """Lines that a search goes through now; fewer than there are while older ones are being read."""
        ...

    def __len__(self) -> int: ...

    def count(self, level: str = "debug") -> int:
        """Rows of at least this level."""
        ...

    def rows(self, first: int, count: int, level: str = "debug", *, limit: int = 4096) -> list[LogLine]:
        """Rows of the filtered view."""
        ...

    def row_of(self, number: int, level: str = "debug") -> int:
        """Where a line stands in the filtered view."""
        ...

    def lines(self, numbers: Sequence[int], *, limit: int = 4096) -> list[LogLine]:
        """Lines by number."""
        ...

    def search(self, query: str, level: str = "debug", start: int = 0) -> Iterator[FoundBatch]:
        """Hits from a line on."""
        ...


def fold(text: str) -> bytes:
    """A text as it is searched: one byte a character, lower case."""
    return text.encode("cp1251", "replace").translate(_FOLD)


class LogStore:
    """An append-only log in a folder of its own.

    One writer; readers may be in other threads (reads never move a file position).

    Args:
        folder: Where the files go; made if needed. None for a temporary folder that goes with ``close``.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._own = folder is None
        self._folder = folder or Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._folder.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        self._log, self._idx, self._fold = (
            os.open(self._folder / name, flags, 0o600) for name in ("log", "log.idx", "log.fold")
        )
        self._levels = [os.open(self._folder / name, flags, 0o600) for name in _FILES]
        self._counts = [0, 0, 0, 0]
        self._size = 0
        self._fold_size = 0
        self._marks: list[int] = []
        """Offset in the folded file of each 2,048th line."""
        self._closed = False
        self._failed: str | None = None
        self.gap: str | None = None

    # -- writing --------------------------------------------------------------------------

    def append(self, entries: Sequence[tuple[str, str, str, int]]) -> None:
        """Add lines: (instant, level, text, number on the wire). A full disk is said in ``failed``, once."""
        if self._closed or self._failed is not None or not entries:
            return
        instants, levels, texts, _ = zip(*entries, strict=True)
        joined = "\n".join(texts)
        if joined.count("\n") != len(texts) - 1 or "\r" in joined:
            texts = tuple(
                text.replace("\r\n", "\v").replace("\n", "\v").replace("\r", "\v") for text in texts
            )
            joined = "\n".join(texts)
        letters = [_LETTER.get(level, "I") for level in levels]
        records = [
            f"{ts}\t{letter}\t{text}\n".encode("utf-8", "replace")
            for ts, letter, text in zip(instants, letters, texts, strict=True)
        ]
        self._keep(records, letters, fold(joined) + b"\n")

    def append_records(self, data: bytes) -> int:
        """Add lines that are records already (as in the file ``log``); how many. For a whole log at once."""
        parts = data.replace(b"\r", b"\v").split(b"\n")
        if parts[-1]:
            raise ValueError("the last record is not whole")
        parts.pop()
        if self._closed or self._failed is not None or not parts:
            return 0
        fields = [part.split(b"\t", 2) for part in parts]
        letters = [field[1].decode("ascii", "replace") for field in fields]
        texts = b"\n".join(field[2] for field in fields).decode("utf-8", "replace")
        self._keep([part + b"\n" for part in parts], letters, fold(texts) + b"\n")
        return len(parts)

    def _keep(self, records: list[bytes], letters: list[str], folded: bytes) -> None:
        try:
            self._write(records, letters, folded)
        except OSError as error:
            self._failed = error.strerror or str(error)

    def _write(self, records: list[bytes], letters: list[str], folded: bytes) -> None:
        start, count = self._counts[0], len(records)
        offsets = array.array("Q", accumulate(map(len, records), initial=self._size))
        end = offsets.pop()
        self._mark(start, count, folded)
        _write_all(self._log, b"".join(records))
        _write_all(self._fold, folded)
        _write_all(self._idx, offsets.tobytes())
        self._size = end  # before the counts: whoever sees a line may read it, in whatever thread
        self._fold_size += len(folded)
        plain_info = letters.count("I") == count
        for rank, descriptor in enumerate(self._levels, start=1):
            numbers: Iterable[int] = range(start, start + count if rank == 1 else start)
            if not plain_info:
                numbers = (start + i for i, letter in enumerate(letters) if _RANK[letter] >= rank)
            kept = array.array("I", numbers)
            if kept:
                _write_all(descriptor, kept.tobytes())
                self._counts[rank] += len(kept)
        self._counts[0] = start + count

    def _mark(self, start: int, count: int, folded: bytes) -> None:
        """Note where each 2,048th line begins in the folded file."""
        due = len(self._marks) * _CHECKPOINT
        while due < start + count:
            at = 0
            for _ in range(due - start):
                at = folded.index(b"\n", at) + 1
            self._marks.append(self._fold_size + at)
            due += _CHECKPOINT

    # -- reading --------------------------------------------------------------------------

    def __len__(self) -> int:
        return self._counts[0]

    def count(self, level: str = "debug") -> int:
        """Lines of at least this level."""
        return self._counts[LEVELS.index(level)]

    @property
    def failed(self) -> str | None:
        """Why lines are not kept any more (a full disk), None while all is well."""
        return self._failed

    @property
    def searchable(self) -> int:
        """Lines that a search goes through now: all."""
        return self._counts[0]

    @property
    def size(self) -> int:
        """Bytes of the log."""
        return self._size

    def numbers(self, first: int, count: int, level: str = "debug") -> Sequence[int]:
        """Line numbers of rows [first, first + count) of the view filtered to at least ``level``."""
        rank = LEVELS.index(level)
        first = max(0, first)
        count = max(0, min(count, self._counts[rank] - first))
        if rank == 0:
            return range(first, first + count)
        numbers = array.array("I")
        numbers.frombytes(os.pread(self._levels[rank - 1], 4 * count, 4 * first) if count else b"")
        return numbers

    def row_of(self, number: int, level: str = "debug") -> int:
        """The row of the filtered view at which a line number stands, or the next after it."""
        low, high = 0, self.count(level)
        if level == "debug":
            return min(max(number, 0), high)
        while low < high:
            middle = (low + high) // 2
            if self.numbers(middle, 1, level)[0] < number:
                low = middle + 1
            else:
                high = middle
        return low

    def rows(self, first: int, count: int, level: str = "debug", *, limit: int = 4096) -> list[LogLine]:
        """Lines of rows [first, first + count) of the filtered view, texts cut after ``limit`` bytes."""
        return self.lines(self.numbers(first, count, level), limit=limit)

    def lines(self, numbers: Sequence[int], *, limit: int = 4096) -> list[LogLine]:
        """Lines by number, in the order asked for; texts cut after ``limit`` bytes (0: whole)."""
        if isinstance(numbers, range) and numbers and numbers.step == 1:
            spans = self._spans(numbers.start, len(numbers))
        else:
            spans = [self._spans(number, 1)[0] for number in numbers]
        return [
            _parse(number, self._read(start, end, limit))
            for number, (start, end) in zip(numbers, spans, strict=True)
        ]

    def _spans(self, first: int, count: int) -> list[tuple[int, int]]:
        offsets = array.array("Q")
        offsets.frombytes(os.pread(self._idx, 8 * (count + 1), 8 * first))
        if len(offsets) <= count:
            offsets.append(self._size)
        return [(offsets[i], offsets[i + 1] - 1) for i in range(count)]

    def _read(self, start: int, end: int, limit: int) -> bytes:
        length = end - start
        return os.pread(self._log, min(length, limit) if limit else length, start)

    # -- searching ------------------------------------------------------------------------

    def search(self, query: str, level: str = "debug", start: int = 0) -> Iterator[FoundBatch]:
        """Find a text, case-insensitively, from line ``start`` on: a batch of hits a megabyte read.

        Runs in any thread; lines appended meanwhile are searched too until the end is reached.
        """
        needle = fold(query.replace("\n", "\v"))
        if not needle:
            return
        doubtful = b"?" in needle
        wanted = query.lower()
        mark = min(start // _CHECKPOINT, len(self._marks) - 1)
        position, line = (self._marks[mark], mark * _CHECKPOINT) if mark > 0 else (0, 0)
        tail = b""
        while position < self._fold_size:
            block = tail + os.pread(self._fold, min(_BLOCK, self._fold_size - position), position)
            position += len(block) - len(tail)
            whole = block.rfind(b"\n") + 1
            tail = block[whole:]
            found, passed = _hits(block[:whole], needle, line)
            line += passed
            if found and found[0] < start:
                found = [n for n in found if n >= start]
            if doubtful:
                found = [n for n in found if wanted in self.lines([n], limit=0)[0].text.lower()]
            if level != "debug":
                floor = LEVELS.index(level)
                found = [n for n in found if LEVELS.index(self.lines([n])[0].level) >= floor]
            yield FoundBatch(found, line, self._counts[0])

    # -- keeping --------------------------------------------------------------------------

    def save(self, target: Path, level: str = "debug") -> int:
        """Write the log as text (instant, level, text); the number of lines written.

        Raises:
            OSError: It could not be written; no half file is left.
        """
        return save_log(self, target, level)

    def close(self) -> None:
        """Close the files; a temporary folder is removed."""
        if self._closed:
            return
        self._closed = True
        for descriptor in (self._log, self._idx, self._fold, *self._levels):
            os.close(descriptor)
        if self._own:
            shutil.rmtree(self._folder, ignore_errors=True)


def save_log(log: LogReader, target: Path, level: str = "debug") -> int:
    """Write a log as text (instant, level, text); the number of lines written.

    Raises:
        OSError: It could not be written; no half file is left.
    """
    part = target.with_name(target.name + ".part")
    total = log.count(level)
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            for first in range(0, total, 4096):
                out.writelines(plain(line) for line in log.rows(first, 4096, level, limit=0))
        part.replace(target)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return total


def sweep(now: float) -> int:
    """Remove temporary logs that a crash left behind two days ago or earlier; how many.

    Args:
        now: Unix seconds.
    """
    gone = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            newest = max((file.stat().st_mtime for file in folder.iterdir()), default=folder.stat().st_mtime)
            if now - newest > _STALE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
                gone += 1
    return gone


def plain(line: LogLine) -> str:
    """A line as it is copied and saved."""
    return f"{line.ts}\t{line.level.upper()}\t{line.text}\n"


def join(lines: Iterable[LogLine]) -> str:
    """Several lines as one text for the clipboard."""
    return "".join(plain(line) for line in lines)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _parse(number: int, raw: bytes) -> LogLine:
    ts, _, rest = raw.decode("utf-8", "replace").partition("\t")
    letter, _, text = rest.partition("\t")
    return LogLine(number, ts, _LEVEL.get(letter, "info"), text.replace("\v", "\n"))


def _hits(block: bytes, needle: bytes, line: int) -> tuple[list[int], int]:
    """Line numbers of a block of whole lines that contain the needle, and how many lines it has."""
    found: list[int] = []
    at = passed = 0
    total = block.count(b"\n")
    while (hit := block.find(needle, at)) >= 0:
        passed += block.count(b"\n", at, hit)
        end = block.find(b"\n", hit)
        found.append(line + passed)
        passed += 1
        at = end + 1
    return found, total
