# SPDX-License-Identifier: MIT
"""Files on their way out: read in threads, watched for change, packed, paced."""

import asyncio
import hashlib
import io
import os
import stat
import threading
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bldr_desktop.client import tar_headers
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.files import PAX_ROOT, PAX_SHA256

PIECE = 512 << 10
AHEAD = 4
"""Pieces asked for ahead of the one being sent: one slow turn of a thread must not stop the link."""
_SMALL_PIECE = 16 << 10


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was when it was looked at. ``relative`` is below ``root`` with ``/``; both go to
    the engine as text. ``mtime_ns`` and ``size`` tell whether it changed since."""

    path: str
    root: str
    relative: str
    size: int
    mtime_ns: int
    sha256: str

    @property
    def name(self) -> str:
        """The last part of the relative path."""
        return self.relative.rpartition("/")[2]


class SourceFault(Exception):
    """A file that cannot be sent as it is; fails alone.

    Args:
        code: ``FILE_CHANGED``, ``FILE_LOCKED``, ``FILE_NOT_FOUND`` or ``FILE_PATH_TOO_LONG``.
        sentence: English, for logs and details.
    """

    def __init__(self, code: ErrorCode, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def fault_of(error: OSError) -> SourceFault:
    """Why a file could not be opened or read, from the system's own error."""
    if isinstance(error, FileNotFoundError):
        return SourceFault(ErrorCode.FILE_NOT_FOUND, "The file is no longer there.")
    if isinstance(error, PermissionError):
        return SourceFault(ErrorCode.FILE_LOCKED, "The file may not be read: it is locked or not yours.")
    if error.errno == 36 or getattr(error, "winerror", None) == 206:  # ENAMETOOLONG
        return SourceFault(ErrorCode.FILE_PATH_TOO_LONG, "The path is too long for this system.")
    return SourceFault(ErrorCode.FILE_LOCKED, f"The file could not be read: {error.strerror or error}.")


def changed() -> SourceFault:
    """The file is not what it was."""
    return SourceFault(ErrorCode.FILE_CHANGED, "The file was changed while it was being sent.")


def open_unchanged(source: Source) -> BinaryIO:
    """Open a file that is still as it was looked at; call in a thread.

    Raises:
        SourceFault: It cannot be read, or is another one now.
    """
    try:
        stream = Path(source.path).open("rb", buffering=0)  # noqa: SIM115 - closed by the reader
    except OSError as error:
        raise fault_of(error) from error
    if not is_same(stream, source):
        stream.close()
        raise changed()
    return stream


def is_same(stream: BinaryIO, source: Source) -> bool:
    """Whether an open file still has the size and mtime it had when it was looked at."""
    now = os.fstat(stream.fileno())
    return now.st_size == source.size and now.st_mtime_ns == source.mtime_ns


def hash_file(
    path: str, stopped: Callable[[], bool], progress: Callable[[int], None]
) -> tuple[str, int, int]:
    """SHA-256 of a file with the size and mtime it had; call in a thread.

    Args:
        path: Which file.
        stopped: Asked between pieces; True ends it with an empty digest.
        progress: Told of each piece's bytes.

    Raises:
        SourceFault: Unreadable, or changed meanwhile.
    """
    digest = hashlib.sha256()
    try:
        with Path(path).open("rb", buffering=0) as stream:
            before = os.fstat(stream.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise SourceFault(ErrorCode.FILE_UNSUPPORTED, "This is not a regular file.")
            while piece := stream.read(PIECE):
                digest.update(piece)
                progress(len(piece))
                if stopped():
                    return "", 0, 0
            after = os.fstat(stream.fileno())
    except OSError as error:
        raise fault_of(error) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise changed()
    return digest.hexdigest(), after.st_size, after.st_mtime_ns


class RateGate:
    """Paces all uploads together. ``limit`` in bytes a second, None for as fast as can be; live."""

    def __init__(self, limit: int | None = None) -> None:
        self._limit = limit
        self._free_at = 0.0
        self._changed = asyncio.Event()

    @property
    def limit(self) -> int | None:
        """Bytes a second, or None."""
        return self._limit

    def set_limit(self, limit: int | None) -> None:
        """Change the pace; those who wait now wait by the new one."""
        self._limit = limit or None
        self._free_at = 0.0
        self._changed.set()
        self._changed = asyncio.Event()

    @property
    def piece(self) -> int:
        """How many bytes to read at a time: about a tenth of a second's worth."""
        return PIECE if self._limit is None else max(_SMALL_PIECE, min(PIECE, self._limit // 10))

    async def take(self, amount: int) -> None:
        """Wait until ``amount`` more bytes may be sent."""
        while self._limit is not None:
            loop = asyncio.get_running_loop()
            wait = self._free_at - loop.time()
            if wait <= 0:
                self._free_at = max(self._free_at, loop.time()) + amount / self._limit
                return
            try:
                await asyncio.wait_for(self._changed.wait(), wait)
            except TimeoutError:
                continue


async def pieces(
    source: Source,
    start: int,
    end: int,
    gate: RateGate,
    pool: ThreadPoolExecutor,
    on_bytes: Callable[[int], None],
) -> AsyncGenerator[bytes, None]:
    """Bytes [start, end) of a file, some pieces read ahead; at most five pieces are in memory.

    Args:
        source: The file as it was looked at.
        start: First byte.
        end: One past the last byte.
        gate: Pace.
        pool: Threads for reading.
        on_bytes: Told of the amount of each piece when the next is asked for.

    Raises:
        SourceFault: Unreadable, or no longer the same file.
    """
    loop = asyncio.get_running_loop()
    opening = loop.run_in_executor(pool, open_unchanged, source)
    try:
        stream = await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_close_late)
        raise
    reader = _Reader(stream)
    ahead: deque[asyncio.Future[bytes]] = deque()
    asked = start
    try:
        while asked < end or ahead:
            while asked < end and len(ahead) < (AHEAD if gate.limit is None else 1):
                amount = min(gate.piece, end - asked)
                ahead.append(loop.run_in_executor(pool, reader.read, asked, amount))
                asked += amount
            data = await asyncio.shield(ahead[0])
            ahead.popleft()
            await gate.take(len(data))
            yield data
            on_bytes(len(data))
        if not is_same(stream, source):
            raise changed()
    finally:
        # Threads may still be reading: closing now could let them read another file's bytes.
        for future in ahead:
            future.add_done_callback(_seen)
        reader.close()


class _Reader:
    """Reads at offsets from several threads; closed when the last of them is done."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._closed = False

    def read(self, where: int, amount: int) -> bytes:
        """Exactly these bytes.

        Raises:
            SourceFault: They are not there, or cannot be read.
        """
        with self._lock:
            if self._closed:
                return b""
            try:
                self._stream.seek(where)
                data = self._stream.read(amount)
            except OSError as error:
                raise fault_of(error) from error
        if len(data) != amount:
            raise changed()
        return data

    def close(self) -> None:
        """Close now, or when a read that goes on is over; never waits for long: reads are short."""
        with self._lock:
            self._closed = True
            self._stream.close()


def _seen(future: "asyncio.Future[bytes]") -> None:
    if not future.cancelled():
        future.exception()


def _close_late(opening: "asyncio.Future[BinaryIO]") -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()


def pack(sources: Sequence[Source]) -> tuple[bytes, list[Source], list[tuple[Source, SourceFault]]]:
    """Make a tar of small files, each with its SHA-256 and root in pax headers; call in a thread.

    Returns:
        The tar, the files in it in its order, and those that could not be read or have changed.
    """
    buffer = io.BytesIO()
    packed: list[Source] = []
    faults: list[tuple[Source, SourceFault]] = []
    for source in sources:
        try:
            with open_unchanged(source) as stream:
                data = stream.read(source.size + 1)
            if len(data) != source.size or hashlib.sha256(data).hexdigest() != source.sha256:
                raise changed()
        except SourceFault as fault:
            faults.append((source, fault))
            continue
        except OSError as error:
            faults.append((source, fault_of(error)))
            continue
        more = {PAX_SHA256: source.sha256, PAX_ROOT: source.root}
        buffer.write(tar_headers.entry_header(source.relative, source.size, more))
        buffer.write(data)
        buffer.write(tar_headers.padding(len(data)))
        packed.append(source)
    buffer.write(b"\0" * (2 * tar_headers.SIZE))
    return buffer.getvalue(), packed, faults


def file_key(path: Path) -> str:
    """One text for one file of this machine, for caches."""
    return os.path.normcase(os.fspath(path))
