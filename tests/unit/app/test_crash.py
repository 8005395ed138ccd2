# SPDX-License-Identifier: MIT
"""R47: a hard crash is known at the next start, with the place in ``crash.log``."""

import os
import subprocess
import sys
from pathlib import Path

from bldr_desktop.app.crash import CrashMarker

CRASH = """
import ctypes, sys
from pathlib import Path
from bldr_desktop.app.crash import CrashMarker
CrashMarker(Path(sys.argv[1])).begin()
ctypes.string_at(0)
"""


def test_a_good_end_leaves_no_mark(tmp_path: Path) -> None:
    marker = CrashMarker(tmp_path / "logs")
    assert marker.begin() is False
    marker.end()
    again = CrashMarker(tmp_path / "logs")
    assert again.begin() is False
    again.end()


def test_segfault_is_written_down_and_known_next_time(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], capture_output=True, timeout=60)
    assert done.returncode != 0
    assert "Segmentation fault" in (tmp_path / "crash.log").read_text() or os.name == "nt"
    marker = CrashMarker(tmp_path)
    assert marker.begin() is True
    marker.end()


def test_folder_that_cannot_be_written_does_not_matter(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    marker = CrashMarker(blocker / "logs")
    assert marker.begin() is False
    marker.end()
