# SPDX-License-Identifier: MIT
"""Bytes under their hash wherever fsspec reaches (``s3://…``, ``sftp://…``, ``file://…``).

The remote place has everything; the data folder of each machine keeps copies of what was used here.
Readers and page images need a path, so bytes are fetched once and looked at many times.
"""

import contextlib
import hashlib
import logging
import os
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bldr_desktop.engine.adapters.blob_files import FileBlobStore

_SHA256_LENGTH = 64
_FRESH_SECONDS = 3600.0
_PIECE = 1 << 20
_log = logging.getLogger(__name__)


class FsspecBlobStore:
    """Port ``BlobStore`` over a file system of fsspec, with copies on this machine.

    Args:
        url: A folder as fsspec takes it; made when it is not there.
        copies: Where copies lie.
        options: More for the file system (keys, endpoints); environment variables of its library hold too.

    Raises:
        OSError: It cannot be reached, or the library for it is not installed.
    """

    def __init__(self, url: str, copies: FileBlobStore, options: dict[str, Any] | None = None) -> None:
        from fsspec.core import url_to_fs

        self._copies = copies
        with _as_os_error(f"the storage {_without_secret(url)} cannot be used"):
            self._fs, root = url_to_fs(url, **(options or {}))
            self._root = root.rstrip("/")
            self._fs.makedirs(self._root, exist_ok=True)
        protocol = self._fs.protocol
        self._renames = bool({"file", "local"} & {protocol, *protocol})
        """A plain file can be seen half written; objects in a store appear whole."""

    def path(self, sha256: str) -> Path | None:
        """A copy on this machine, fetched now when there was none; None when nobody has the bytes."""
        place = self._copies.path(sha256)
        if place is not None:
            with contextlib.suppress(OSError):
                os.utime(place)  # used now: trimmed late
            return place
        temporary = self._copies.incoming() / f"fetched-{uuid.uuid4().hex}"
        try:
            with _as_os_error(f"{sha256} cannot be fetched"):
                if not self._fs.exists(self._place(sha256)):
                    return None
                self._fs.get_file(self._place(sha256), str(temporary))
            if _digest(temporary) != sha256:
                raise OSError(f"the storage gave other bytes for {sha256}")
            _sync(temporary)
            return self._copies.adopt(temporary, sha256)
        except FileNotFoundError:
            return None
        finally:
            temporary.unlink(missing_ok=True)

    def has(self, sha256: str) -> bool:
        """Whether the bytes are kept; fetches nothing."""
        if self._copies.path(sha256) is not None:
            return True
        with _as_os_error("the storage does not answer"):
            return bool(self._fs.exists(self._place(sha256)))

    def names(self) -> Iterator[str]:
        """The SHA-256 of everything in the storage."""
        with _as_os_error("the storage cannot be listed"):
            self._fs.invalidate_cache()
            found = self._fs.find(self._root)
        yield from sorted(name for name in (one.rpartition("/")[2] for one in found) if _is_hash(name))

    def incoming(self) -> Path:
        """The folder for bytes on their way in, on this machine."""
        return self._copies.incoming()

    def adopt(self, temporary: Path, sha256: str) -> Path:
        """Send a finished file to the storage, then keep it as a copy."""
        return self.adopt_many([(temporary, sha256)])[0]

    def adopt_many(self, files: Sequence[tuple[Path, str]]) -> list[Path]:
        """Like ``adopt`` for many."""
        for temporary, sha256 in files:
            with _as_os_error(f"{sha256} cannot be stored"):
                self._put(sha256, lambda place, file=temporary: self._fs.put_file(str(file), place))
        return self._copies.adopt_many(files)

    def put_many(self, small: Sequence[tuple[str, bytes]]) -> None:
        """Store small contents; in the storage when it returns."""
        for sha256, data in small:
            with _as_os_error(f"{sha256} cannot be stored"):
                self._put(sha256, lambda place, data=data: self._fs.pipe_file(place, data))
        self._copies.put_many(small)

    def settle(self, *, only_above: int = 0) -> None:
        """Tidy up among the copies."""
        self._copies.settle(only_above=only_above)

    def remove(self, sha256: str) -> None:
        """Delete the bytes everywhere; absent is fine."""
        with _as_os_error(f"{sha256} cannot be removed"), contextlib.suppress(FileNotFoundError):
            self._fs.rm_file(self._place(sha256))
        self._copies.remove(sha256)

    def free_bytes(self) -> int:
        """Free space for copies on this machine: what comes in passes through here."""
        return self._copies.free_bytes()

    def trim(self, keep_bytes: int) -> int:
        """Remove the copies unused for longest until they are below a size; those used within the last
        hour stay. How many went."""
        copies = []
        for sha256 in self._copies.names():
            place = self._copies.path(sha256)
            if place is not None:
                stat = place.stat()
                copies.append((stat.st_mtime, stat.st_size, sha256))
        size, gone = sum(copy[1] for copy in copies), 0
        for used, length, sha256 in sorted(copies):
            if size <= keep_bytes or time.time() - used < _FRESH_SECONDS:
                break
            if self._fs.exists(self._place(sha256)):
                self._copies.remove(sha256)
                size, gone = size - length, gone + 1
        return gone

    def _put(self, sha256: str, send: Any) -> None:
        place = self._place(sha256)
        if self._fs.exists(place):
            return
        self._fs.makedirs(place.rpartition("/")[0], exist_ok=True)
        if not self._renames:
            send(place)
            return
        half = f"{place}.{uuid.uuid4().hex}"
        send(half)
        _sync(Path(half))
        self._fs.mv(half, place)

    def _place(self, sha256: str) -> str:
        if not _is_hash(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return f"{self._root}/{sha256[:2]}/{sha256}"


def _is_hash(name: str) -> bool:
    return len(name) == _SHA256_LENGTH and not set(name) - set("0123456789abcdef")


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _sync(file: Path) -> None:
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _without_secret(url: str) -> str:
    head, mark, rest = url.rpartition("@")
    return f"{head.partition('//')[0]}//{rest}" if mark else url


@contextlib.contextmanager
def _as_os_error(what: str) -> Iterator[None]:
    """Each storage's library has errors of its own; the port knows ``OSError``."""
    try:
        yield
    except (OSError, ValueError):
        raise
    except ImportError as error:
        raise OSError(f"{what}: {error}. Install the library that fsspec names for it.") from error
    except Exception as error:
        _log.debug("storage", exc_info=True)
        raise OSError(f"{what}: {type(error).__name__}: {error}") from error
