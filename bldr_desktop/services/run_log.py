# SPDX-License-Identifier: MIT
"""The log of a run that may be long already when it is opened.

Its end is there at once; what stands before is read from the engine meanwhile. Numbers of lines are those of
the whole log from the first moment on, so nothing moves when the rest arrives. Files are opened with the
first line.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bldr_desktop.services.log_lines import LogEntry, Say, word_records
from bldr_desktop.services.log_store import FoundBatch, LogLine, LogStore, save_log

NOT_YET = "…"
"""The text of a line that has not been read yet."""


class RunLog:
    """Two files one after the other: the ``head``, read later, and the tail, from when we began to listen.

    Args:
        before: Lines that the head will have.
    """

    def __init__(self, before: int = 0) -> None:
        self._before = before
        self._head: LogStore | None = None
        self._tail: LogStore | None = None
        self._closed = False
        self.gap: str | None = None

    # -- writing --------------------------------------------------------------------------

    def append(self, entries: Sequence[LogEntry]) -> None:
        """Add lines at the end."""
        if entries and not self._closed:
            if self._tail is None:
                self._tail = LogStore()
            self._tail.append(entries)

    def add_head(self, records: bytes, say: Say | None = None) -> None:
        """Add the next lines of the head, coded ones as ``say`` has them; in any thread, one at a time."""
        if self._closed:
            return
        if self._head is None:
            self._head = LogStore()
        self._head.append_records(word_records(records, say))

    @property
    def in_use(self) -> bool:
        """True when files are open."""
        return self._head is not None or self._tail is not None

    @property
    def whole(self) -> bool:
        """True when the head is all there."""
        return self._head_read >= self._before

    @property
    def _head_read(self) -> int:
        return 0 if self._head is None else min(len(self._head), self._before)

    def close(self) -> None:
        """Close and remove the files."""
        self._closed = True
        for store in (self._head, self._tail):
            if store is not None:
                store.close()

    # -- reading --------------------------------------------------------------------------

    def __len__(self) -> int:
        return self._before + (0 if self._tail is None else len(self._tail))

    @property
    def failed(self) -> str | None:
        """Why lines are not kept any more."""
        stores = (self._head, self._tail)
        return next((store.failed for store in stores if store is not None and store.failed), None)

    @property
    def searchable(self) -> int:
        """Lines that a search goes through now: up to the first that is not there yet."""
        return len(self) if self.whole else self._head_read

    def count(self, level: str = "debug") -> int:
        """Lines of at least this level; all of them, read or not, for the lowest."""
        return self._head_rows(level) + (0 if self._tail is None else self._tail.count(level))

    def _head_rows(self, level: str) -> int:
        if level == "debug":
            return self._before
        return 0 if self._head is None else self._head.count(level)

    def rows(self, first: int, count: int, level: str = "debug", *, limit: int = 4096) -> list[LogLine]:
        """Lines of rows [first, first + count) of the filtered view, texts cut after ``limit`` bytes."""
        head, first = self._head_rows(level), max(0, first)
        found: list[LogLine] = []
        wanted = min(count, max(0, head - first))
        if wanted:
            found = [] if self._head is None else self._head.rows(first, wanted, level, limit=limit)
            found += [_not_yet(number) for number in range(first + len(found), first + wanted)]
        if self._tail is not None and count > wanted:
            rest = self._tail.rows(max(0, first - head), count - wanted, level, limit=limit)
            found += [line._replace(number=line.number + self._before) for line in rest]
        return found

    def row_of(self, number: int, level: str = "debug") -> int:
        """The row of the filtered view at which a line number stands, or the next after it."""
        if number < self._before:
            if level == "debug":
                return max(number, 0)
            return 0 if self._head is None else self._head.row_of(number, level)
        after = 0 if self._tail is None else self._tail.row_of(number - self._before, level)
        return self._head_rows(level) + after

    def lines(self, numbers: Sequence[int], *, limit: int = 4096) -> list[LogLine]:
        """Lines by number, in the order asked for; texts cut after ``limit`` bytes (0: whole)."""
        found: list[LogLine] = []
        head_read = self._head_read
        for number in numbers:
            if self._head is not None and number < head_read:
                found += self._head.lines([number], limit=limit)
            elif number < self._before:
                found.append(_not_yet(number))
            elif self._tail is not None:
                line = self._tail.lines([number - self._before], limit=limit)[0]
                found.append(line._replace(number=number))
        return found

    def search(self, query: str, level: str = "debug", start: int = 0) -> Iterator[FoundBatch]:
        """Find a text from line ``start`` on, as :meth:`LogStore.search`, as far as the log is there."""
        if start < self._before and self._head is not None:
            for batch in self._head.search(query, level, start):
                yield FoundBatch(batch.lines, batch.searched, len(self))
        if not self.whole or self._tail is None:
            return
        for batch in self._tail.search(query, level, max(0, start - self._before)):
            lines = [number + self._before for number in batch.lines]
            yield FoundBatch(lines, batch.searched + self._before, len(self))

    def save(self, target: Path, level: str = "debug") -> int:
        """Write the log as text, as :meth:`LogStore.save`; the number of lines written."""
        return save_log(self, target, level)


def _not_yet(number: int) -> LogLine:
    return LogLine(number, "", "debug", NOT_YET)
