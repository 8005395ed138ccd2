# SPDX-License-Identifier: MIT
"""Which files of a folder are to be trained. Looks only: nothing is moved, changed or opened."""

import os
import stat
import threading
from collections.abc import Collection, Iterator
from pathlib import Path

from bldr_desktop.protocol.base import FileStage, FileState
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.jobs import JobFile

_IGNORED_FOLDERS = frozenset({"__macosx", "__pycache__", "node_modules", "$recycle.bin", "lost+found"})
_IGNORED_FILES = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
_IGNORED_ENDINGS = (".tmp", ".part", ".crdownload", ".lock", ".bak~")


class FolderGone(Exception):
    """The folder to be trained is not there or cannot be read; the message is a sentence."""


def is_ignored(name: str, *, folder: bool) -> bool:
    """Hidden entries, office lock files, and what systems leave behind."""
    if name.startswith("~$") or (name.startswith(".") and not name.startswith("..")):
        return True  # two dots hide nothing by any system's habit: a person named it so
    low = name.lower()
    if folder:
        return low in _IGNORED_FOLDERS
    return low in _IGNORED_FILES or low.endswith(_IGNORED_ENDINGS) or low.endswith("~")


def scan(
    root: Path,
    stopping: threading.Event,
    *,
    suffixes: Collection[str] | None = None,
    max_files: int | None = None,
) -> list[JobFile]:
    """Every file below ``root`` in a stable order. Symbolic links are not followed.

    Args:
        root: A folder, or a single file.
        stopping: Ends the walk early.
        suffixes: Only these endings (lower case, with dot); None for all.
        max_files: At most so many.

    Raises:
        FolderGone: ``root`` is not there or cannot be read.
    """
    try:
        mode = root.stat().st_mode
    except (OSError, ValueError) as error:
        raise FolderGone(f"The folder {root} was not found.") from error
    if stat.S_ISREG(mode):
        return [_file(root, root.name, root.stat().st_size)]
    found: list[JobFile] = []
    for path, name, size in _walk(root, stopping):
        if suffixes is not None and os.path.splitext(name)[1].lower() not in suffixes:  # noqa: PTH122
            continue
        found.append(_file(path, name, size))
        if max_files is not None and len(found) >= max_files:
            break
    return found


def _walk(root: Path, stopping: threading.Event) -> Iterator[tuple[Path, str, int]]:
    folders = [root]
    while folders and not stopping.is_set():
        folder = folders.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            if folder == root:
                raise FolderGone(f"The folder {root} cannot be read: {error.strerror}.") from error
            continue
        below = []
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    if not is_ignored(entry.name, folder=True):
                        below.append(Path(entry.path))
                elif entry.is_file(follow_symlinks=False) and not is_ignored(entry.name, folder=False):
                    yield Path(entry.path), entry.name, entry.stat(follow_symlinks=False).st_size
            except OSError:
                continue
        folders.extend(reversed(below))


def _file(path: Path, name: str, size: int) -> JobFile:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return JobFile(
            path=_shown(str(path)),
            name=_shown(name),
            size=size,
            state=FileState.FAILED,
            stage=FileStage.SCAN,
            error="The file's name is not valid UTF-8. Rename it and train the folder again.",
            error_code=ErrorCode.FILE_LOCKED,
        )
    return JobFile(path=str(path), name=name, size=size, state=FileState.WAITING, stage=FileStage.SCAN)


def _shown(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
