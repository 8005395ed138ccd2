# SPDX-License-Identifier: MIT
"""Hard crashes: ``faulthandler`` writes where it happened, and the next start knows that it did."""

import contextlib
import faulthandler
import os
from pathlib import Path
from typing import IO

FILE = "crash.log"
MARKER = "running.pid"


class CrashMarker:
    """A file that is there while we run; one that is left over tells of a crash.

    Args:
        folder: The log folder; nothing is kept where it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[str] | None = None

    def begin(self) -> bool:
        """Start to watch. True when the last run did not end as it should."""
        marker = self._folder / MARKER
        crashed = _left_over(marker)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            marker.write_text(str(os.getpid()), "ascii")
            self._file = (self._folder / FILE).open("a", encoding="utf-8")
        except OSError:
            return crashed
        faulthandler.enable(self._file, all_threads=True)
        return crashed

    def end(self) -> None:
        """It ended well."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
        with contextlib.suppress(OSError):  # a folder that could not be made has no marker either
            (self._folder / MARKER).unlink(missing_ok=True)


def _left_over(marker: Path) -> bool:
    try:
        pid = int(marker.read_text("ascii"))
    except (OSError, ValueError):
        return False
    return pid != os.getpid() and not _alive(pid)


def _alive(pid: int) -> bool:
    if os.name == "nt":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
