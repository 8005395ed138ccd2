# SPDX-License-Identifier: MIT
"""What was dropped, looked at before anything is sent: new, changed, unchanged, unfit.

Scanning and hashing run in threads; symbolic links are not followed; hidden files and the litter of
systems and editors are left out.
"""

import asyncio
import fnmatch
import logging
import os
import socket
import stat
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bldr_desktop.client.api import ApiError
from bldr_desktop.client.sources import Source, SourceFault, fault_of, hash_file
from bldr_desktop.common.natural import natural_key
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.files import ReconcileItem, ReconcileRow
from bldr_desktop.services.transfer_journal import Journal, KnownHash

if TYPE_CHECKING:
    from bldr_desktop.client.uploads import UploadClient

_log = logging.getLogger(__name__)
IGNORED = (
    ".*", "~$*", "~*.tmp", "*.tmp", "*.part", "*.crdownload", "*.lnk", "*.swp", "*~",
    "Thumbs.db", "desktop.ini", "__MACOSX", "$RECYCLE.BIN", "System Volume Information",
)  # fmt: skip
FILE_TYPES = frozenset(
    f".{kind}"
    for kind in (
        *("pdf", "docx", "doc", "rtf", "odt", "xlsx", "xls", "ods", "csv", "pptx", "ppt"),
        *("html", "htm", "md", "txt", "xml", "eml", "dxf"),
        *("png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp"),
    )
)
"""What is taken for readable when the server does not say."""
_SCAN_BATCH = 256
_RACY_NS = 2_000_000_000


class Verdict(StrEnum):
    """What would become of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    UNSUPPORTED = "unsupported"
    TOO_BIG = "too_big"
    EMPTY = "empty"
    UNREADABLE = "unreadable"

    @property
    def can_be_sent(self) -> bool:
        """Whether a person may choose it at all."""
        return self in {Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED, Verdict.DUPLICATE}

    @property
    def by_default(self) -> bool:
        """Whether it is chosen unless a person says otherwise."""
        return self in {Verdict.NEW, Verdict.CHANGED}


class SameName(StrEnum):
    """What to do with files that the engine knows under the same name with other content."""

    REPLACE = "replace"
    SKIP = "skip"
    KEEP_BOTH = "keep_both"


@dataclass(slots=True)
class Candidate:
    """One file that was dropped. ``relative`` is below ``root``; sizes are bytes."""

    path: str
    root: str
    relative: str
    size: int
    mtime_ns: int
    verdict: Verdict | None = None
    sha256: str = ""
    chosen: bool = False
    document_id: str | None = None
    reason: str | None = None
    code: str | None = None
    known_as: str | None = None
    """The engine's own word for it: ``trained``, ``failed``, ``changed`` … (``ReconcileRow.kind``)."""

    @property
    def source(self) -> Source:
        """The file for sending."""
        return Source(self.path, self.root, self.relative, self.size, self.mtime_ns, self.sha256)


@dataclass(frozen=True, slots=True)
class PreflightProgress:
    """How far looking has come; ``total_bytes`` is known once scanning is over."""

    files: int = 0
    hashed: int = 0
    bytes: int = 0
    total_bytes: int | None = None


@dataclass(slots=True)
class Preflight:
    """Everything that was dropped at once, judged."""

    candidates: list[Candidate] = field(default_factory=list)
    gone: list[ReconcileRow] = field(default_factory=list)
    """What the engine has of a dropped folder and the folder has no more; whole folders only."""
    left_out: int = 0
    unreadable_folders: list[str] = field(default_factory=list)
    checked_with_engine: bool = True
    ask_again: bool = False
    """The engine was not there, or nobody was signed in: worth another look as soon as it answers."""

    def count(self, verdict: Verdict) -> tuple[int, int]:
        """Files and bytes of one verdict."""
        sizes = [item.size for item in self.candidates if item.verdict is verdict]
        return len(sizes), sum(sizes)

    def chosen(self) -> list[Candidate]:
        """What would be sent."""
        return [item for item in self.candidates if item.chosen]

    def choose(self, verdict: Verdict, chosen: bool) -> None:
        """Choose all of a verdict, or none."""
        for item in self.candidates:
            if item.verdict is verdict and verdict.can_be_sent:
                item.chosen = chosen

    def sources(self, same_name: SameName) -> list[Source]:
        """What to send, with the choice for changed files applied."""
        sources = []
        for item in self.chosen():
            if item.verdict is Verdict.CHANGED and same_name is SameName.SKIP:
                continue
            source = item.source
            if item.verdict is Verdict.CHANGED and same_name is SameName.KEEP_BOTH:
                source = _renamed(source)
            sources.append(source)
        return sources


class PreflightService:
    """Looks at files; one instance for all drops.

    Args:
        client: Asked what the engine has.
        journal: Remembers hashes of files that did not change.
        threads: Threads that hash.
    """

    def __init__(self, client: "UploadClient", journal: Journal, *, threads: int = 3) -> None:
        self._client = client
        self._journal = journal
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="preflight")
        self.file_types: Collection[str] = FILE_TYPES
        self.ignored: Sequence[str] = IGNORED
        self.limit: int | None = None

    def close(self) -> None:
        """Let the threads end."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def look(
        self, paths: Sequence[Path], progress: Notice[PreflightProgress] | None = None
    ) -> Preflight:
        """Find, judge and compare everything below ``paths``.

        Never raises for files or for an engine that cannot be asked: then nothing is known to be
        unchanged, and sending finds out.
        """
        told = progress or Notice()
        result = await self._scan(paths, told)
        await self._hash(result, told)
        await self._compare(result)
        for item in result.candidates:
            item.chosen = item.verdict is not None and item.verdict.by_default
        return result

    async def _scan(self, paths: Sequence[Path], told: Notice[PreflightProgress]) -> Preflight:
        result = Preflight()
        try:
            offer = await self._client.offer()
            self.limit, self.file_types = offer.limit, offer.file_types or FILE_TYPES
        except ApiError as error:
            _log.info("the server could not be asked for its limits: %s", error)
        loop = asyncio.get_running_loop()
        found = scan(paths, self.ignored, result)
        while True:
            batch = await loop.run_in_executor(self._pool, lambda: list(islice(found, _SCAN_BATCH)))
            if not batch:
                break
            for item in batch:
                self._judge(item)
            result.candidates.extend(batch)
            told.emit(PreflightProgress(files=len(result.candidates)))
        return result

    def _judge(self, item: Candidate) -> None:
        if item.verdict is not None:
            return
        if item.size == 0:
            item.verdict, item.code = Verdict.EMPTY, ErrorCode.FILE_EMPTY
        elif os.path.splitext(item.relative)[1].lower() not in self.file_types:  # noqa: PTH122 - a relative text
            item.verdict, item.code = Verdict.UNSUPPORTED, ErrorCode.FILE_UNSUPPORTED
        elif self.limit is not None and item.size > self.limit:
            item.verdict, item.code = Verdict.TOO_BIG, ErrorCode.FILE_TOO_LARGE

    async def _hash(self, result: Preflight, told: Notice[PreflightProgress]) -> None:
        todo = [item for item in result.candidates if item.verdict is None]
        known = await self._journal.hashes([item.path for item in todo])
        total = sum(item.size for item in todo)
        done = _Done(told, len(result.candidates), total)
        rest = []
        for item in todo:
            before = known.get(item.path)
            if before and (before.size, before.mtime_ns) == (item.size, item.mtime_ns):
                item.sha256 = before.sha256
                done.file(item.size)
            else:
                rest.append(item)
        loop = asyncio.get_running_loop()
        stopped = asyncio.Event()
        try:
            chunks = [rest[start : start + 64] for start in range(0, len(rest), 64)]
            jobs = [loop.run_in_executor(self._pool, _hash_many, chunk, stopped, done) for chunk in chunks]
            for job in jobs:
                await job
                done.tell()
        finally:
            stopped.set()
        fresh = [
            (item.path, KnownHash(item.size, item.mtime_ns, item.sha256))
            for item in rest
            if _is_settled(item)
        ]
        await self._journal.remember(fresh)

    async def _compare(self, result: Preflight) -> None:
        by_root: dict[str, list[Candidate]] = {}
        for item in result.candidates:
            if item.sha256:
                by_root.setdefault(item.root, []).append(item)
        for root, items in by_root.items():
            try:
                request = [ReconcileItem(path=i.relative, sha256=i.sha256, size=i.size) for i in items]
                answer = await self._client.reconcile(root, request)
            except ApiError as error:
                _log.info("the engine could not be asked what it has: %s", error)
                result.checked_with_engine = False
                result.ask_again = error.status in {0, 401, 403}
                for item in items:
                    item.verdict = Verdict.NEW
                continue
            result.gone += [row for row in answer.rows if row.kind == "gone"]
            rows = {row.path: row for row in answer.rows if row.kind != "gone"}
            for item in items:
                _apply(item, rows.get(item.relative))


def _apply(item: Candidate, row: ReconcileRow | None) -> None:
    item.document_id = row.document_id if row else None
    kind = item.known_as = row.kind if row else "not_trained"
    if kind == "trained":
        item.verdict = Verdict.UNCHANGED
    elif kind == "changed":
        item.verdict = Verdict.CHANGED
    elif kind == "duplicate":
        item.verdict, item.reason = Verdict.DUPLICATE, row.reason if row else None
    elif kind in {"failed", "empty"} and row and row.document_id:
        item.verdict, item.reason, item.code = Verdict.UNCHANGED, row.reason, row.reason_code
    else:
        item.verdict = Verdict.NEW


class _Done:
    """Counts hashed bytes from threads; told to the loop by whoever waits there."""

    def __init__(self, told: Notice[PreflightProgress], files: int, total: int) -> None:
        self._told, self._files, self._total = told, files, total
        self._hashed = self._bytes = 0

    def file(self, size: int) -> None:
        """A whole file is done without reading it."""
        self._hashed += 1
        self._bytes += size

    def read(self, amount: int) -> None:
        """Bytes were read (from a thread: a lost update only makes the bar lag)."""
        self._bytes += amount

    def finished(self) -> None:
        """A file was read to its end."""
        self._hashed += 1

    def tell(self) -> None:
        """Tell how far it is."""
        self._told.emit(PreflightProgress(self._files, self._hashed, self._bytes, self._total))


def _hash_many(items: Sequence[Candidate], stopped: asyncio.Event, done: _Done) -> None:
    for item in items:
        if stopped.is_set():
            return
        try:
            item.sha256, item.size, item.mtime_ns = hash_file(item.path, stopped.is_set, done.read)
        except SourceFault as fault:
            item.verdict, item.code, item.reason = Verdict.UNREADABLE, fault.code, fault.sentence
        done.finished()


def _is_settled(item: Candidate) -> bool:
    # A file written within the clock's grain may change again without its mtime changing.
    import time

    return bool(item.sha256) and time.time_ns() - item.mtime_ns > _RACY_NS


def scan(paths: Iterable[Path], ignored: Sequence[str], result: Preflight) -> Iterator[Candidate]:
    """All files below ``paths``, each once; call in threads.

    A folder's files are relative to the folder, a single file to the folder it lies in.
    """
    seen: set[str] = set()
    for path in paths:
        top = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
        try:
            info = os.lstat(top)
        except OSError as error:
            yield _unreadable(str(top), str(top.parent), top.name, error)
            continue
        if stat.S_ISDIR(info.st_mode):
            found: Iterable[Candidate] = _walk(str(top), root_of(top), "", ignored, result)
        elif stat.S_ISREG(info.st_mode):
            found = [_candidate(str(top), root_of(top.parent), top.name, info)]
        else:
            result.left_out += 1
            continue
        for item in found:
            if item.path not in seen:
                seen.add(item.path)
                yield item


def _walk(
    folder: str, root: str, below: str, ignored: Sequence[str], result: Preflight
) -> Iterator[Candidate]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: natural_key(entry.name))
    except OSError as error:
        result.unreadable_folders.append(f"{below or folder}: {error.strerror}")
        return
    for entry in entries:
        if any(fnmatch.fnmatch(entry.name, pattern) for pattern in ignored):
            result.left_out += 1
            continue
        relative = f"{below}/{entry.name}" if below else entry.name
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, root, relative, ignored, result)
            elif entry.is_file(follow_symlinks=False):
                yield _candidate(entry.path, root, relative, entry.stat(follow_symlinks=False))
            else:
                result.left_out += 1
        except OSError as error:
            yield _unreadable(entry.path, root, relative, error)


def _candidate(path: str, root: str, relative: str, info: os.stat_result) -> Candidate:
    return Candidate(path, root, _text(relative), info.st_size, info.st_mtime_ns)


def _unreadable(path: str, root: str, relative: str, error: OSError) -> Candidate:
    fault = fault_of(error)
    return Candidate(
        path, root, _text(relative), 0, 0, Verdict.UNREADABLE, code=fault.code, reason=fault.sentence
    )


def _text(relative: str) -> str:
    """A relative path as text for the wire: NFC, and bytes that are no UTF-8 replaced."""
    return unicodedata.normalize("NFC", os.fsencode(relative).decode("utf-8", "replace"))


def root_of(folder: Path) -> str:
    """The identity of a folder: this machine's name and the whole path."""
    return f"{socket.gethostname()}:{_text(folder.as_posix())}"


def folder_of(root: str) -> str:
    """The path part of :func:`root_of`'s text."""
    return root.partition(":")[2]


def _renamed(source: Source) -> Source:
    stem, dot, suffix = source.relative.rpartition(".")
    mark = f" ({source.sha256[:8]})"
    relative = f"{stem}{mark}{dot}{suffix}" if dot else f"{source.relative}{mark}"
    return Source(source.path, source.root, relative, source.size, source.mtime_ns, source.sha256)
