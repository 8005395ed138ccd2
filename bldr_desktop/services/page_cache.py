# SPDX-License-Identifier: MIT
"""Files of page images and boxes on disk, up to a limit; and which file each document was last seen as.

Everything here blocks: it is called in threads. What cannot be read or written costs the cache, never
the page.
"""

import json
import logging
import os
import threading
import time
from pathlib import Path

_log = logging.getLogger(__name__)
ROOM = 0.9
"""After a clean-up so much of the limit is used."""
SEEN_KEPT = 500
_SEEN = "documents.json"
_SAME_USE_SECONDS = 60.0


class PageCache:
    """Bytes by name (``ab/…``); the longest unused go first when there are too many.

    Args:
        folder: Where they lie; None keeps nothing.
        limit: Bytes.
    """

    def __init__(self, folder: Path | None, limit: int) -> None:
        self._folder, self._limit = folder, limit
        self._lock = threading.Lock()
        self._size: int | None = None
        self._seen: dict[str, str] | None = None

    def has(self, name: str) -> bool:
        """True when something is kept under a name."""
        return self._folder is not None and (self._folder / name).is_file()

    def read(self, name: str) -> bytes | None:
        """What is kept under a name."""
        if self._folder is None:
            return None
        try:
            return (self._folder / name).read_bytes() or None
        except OSError:
            return None

    def touch(self, name: str) -> None:
        """It was used: files' own times remember that. Not part of reading: it may wait for the disk."""
        if self._folder is None:
            return
        path = self._folder / name
        try:
            if abs(time.time() - path.stat().st_mtime) > _SAME_USE_SECONDS:
                os.utime(path)
        except OSError as error:
            _log.info("the use of a page image cannot be noted: %s", error)

    def write(self, name: str, content: bytes) -> None:
        """Keep something; what was not used longest goes when there is too much."""
        if self._folder is None:
            return
        try:
            _replace(self._folder / name, content)
        except OSError as error:
            _log.info("a page image cannot be kept: %s", error)
            return
        with self._lock:
            self._size = self._total() if self._size is None else self._size + len(content)
            if self._size > self._limit:
                self._size = self._drop_oldest(name)

    def remove(self, name: str) -> None:
        """Keep something no longer."""
        try:
            if self._folder is not None:
                (self._folder / name).unlink(missing_ok=True)
        except OSError as error:
            _log.info("an old page image stays: %s", error)

    def seen_as(self, document_id: str) -> str | None:
        """The SHA-256 that a document had when it was seen last: a hint only, it may have changed."""
        with self._lock:
            return self._seen_documents().get(document_id)

    def saw(self, document_id: str, sha256: str) -> None:
        """A document has this content."""
        with self._lock:
            seen = self._seen_documents()
            if self._folder is None or seen.get(document_id) == sha256:
                return
            seen.pop(document_id, None)
            seen[document_id] = sha256
            while len(seen) > SEEN_KEPT:
                del seen[next(iter(seen))]
            try:
                _replace(self._folder / _SEEN, json.dumps(seen).encode())
            except OSError as error:
                _log.info("the documents that were seen cannot be noted: %s", error)

    def _seen_documents(self) -> dict[str, str]:
        if self._seen is None:
            try:
                read = json.loads(self.read(_SEEN) or b"{}")
            except ValueError:
                read = {}
            pairs = read.items() if isinstance(read, dict) else ()
            self._seen = {key: value for key, value in pairs if isinstance(value, str)}
        return self._seen

    def _total(self) -> int:
        return sum(size for _, _, size in self._scan())

    def _drop_oldest(self, spared: str) -> int:
        """Delete until there is some room again; the bytes that are left."""
        rows = self._scan()
        total = sum(size for _, _, size in rows)
        for _, name, size in rows:
            if total <= self._limit * ROOM:
                break
            if name != spared:
                self.remove(name)
                total -= size
        return total

    def _scan(self) -> list[tuple[float, str, int]]:
        """(time of last use, name, bytes) of all files, the longest unused first."""
        if self._folder is None or not self._folder.is_dir():
            return []
        found = []
        for path in self._folder.glob("*/*"):
            try:
                stat = path.stat()
            except OSError:
                continue
            found.append((stat.st_mtime, path.relative_to(self._folder).as_posix(), stat.st_size))
        return sorted(found)


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{threading.get_ident()}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
