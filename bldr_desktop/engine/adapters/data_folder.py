# SPDX-License-Identifier: MIT
"""The data folder itself: made, writable, used by one engine at a time, with its secret key."""

import os
import secrets
import sys
from pathlib import Path
from types import TracebackType
from typing import IO

_KEY_BYTES = 32


class FolderUnusable(Exception):
    """The data folder cannot be used; the message is a sentence for a person."""


def prepare(folder: Path) -> None:
    """Make the folder, readable by its owner only, and try that it can be written.

    Raises:
        FolderUnusable: It cannot be made or written.
    """
    probe = folder / f".probe-{secrets.token_hex(4)}"
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, mode=0o700)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise FolderUnusable(
            f"The data folder {folder} cannot be written: {error.strerror or error}. "
            "Choose another one with --data-dir or give yourself the right to write there."
        ) from error


def secret_key(folder: Path) -> bytes:
    """The key that signs tokens; made at the first start, mode 0600, whole or absent.

    Raises:
        FolderUnusable: It cannot be read or written, or is too short to be a key.
    """
    file = folder / "secret.key"
    try:
        if not file.exists():
            _write_key(file)
        key = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise FolderUnusable(f"The secret key {file} cannot be read: {error}") from error
    if len(key) < _KEY_BYTES:
        raise FolderUnusable(f"The secret key {file} is too short. Delete it to get a new one.")
    return key


def _write_key(file: Path) -> None:
    temporary = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(_KEY_BYTES))
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(temporary, file)  # atomic, and never over a key that somebody else made meanwhile
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        temporary.replace(file)
    temporary.unlink(missing_ok=True)


class FolderLock:
    """One engine a data folder. The operating system lets go of it when the process dies."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "engine.lock"
        self._stream: IO[str] | None = None

    def __enter__(self) -> "FolderLock":
        """Take it.

        Raises:
            FolderUnusable: Another engine has it.
        """
        stream = self._file.open("a+", encoding="ascii")
        try:
            _lock(stream)
        except OSError as error:
            stream.close()
            raise FolderUnusable(
                f"Another engine is already using the data folder {self._file.parent}. "
                "Stop it, or choose another folder with --data-dir."
            ) from error
        self._stream = stream
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of it."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None


def _lock(stream: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
