# SPDX-License-Identifier: MIT
"""What a walk over a folder finds and leaves out."""

import os
import sys
import threading
from pathlib import Path

import pytest

from bldr_desktop.engine.jobs.training.scan import FolderGone, is_ignored, scan
from bldr_desktop.protocol.base import FileState


def names(root: Path, **options: object) -> list[str]:
    """Paths below the root, as found."""
    found = scan(root, threading.Event(), **options)  # type: ignore[arg-type]
    return [os.path.relpath(file.path, root) for file in found]


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        (".git", True),
        (".DS_Store", False),
        ("~$письмо.docx", False),
        ("Thumbs.db", False),
        ("desktop.ini", False),
        ("x.part", False),
        ("x.txt~", False),
        ("__MACOSX", True),
        ("node_modules", True),
    ],
)
def test_left_out(name: str, folder: bool) -> None:
    assert is_ignored(name, folder=folder)


@pytest.mark.parametrize(("name", "folder"), [("СП 63.pdf", False), ("node_modules", False), ("a.b", True)])
def test_taken(name: str, folder: bool) -> None:
    assert not is_ignored(name, folder=folder)


def test_order_is_stable_and_deep(tmp_path: Path) -> None:
    for place in ("b/c/d/e.txt", "b/a.txt", "z.txt", "a.txt"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("x")
    found = [Path(name).as_posix() for name in names(tmp_path)]
    assert found == ["a.txt", "z.txt", "b/a.txt", "b/c/d/e.txt"]
    assert names(tmp_path, max_files=2) == ["a.txt", "z.txt"]


def test_only_these_endings(tmp_path: Path) -> None:
    (tmp_path / "a.PDF").write_text("x")
    (tmp_path / "b.txt").write_text("x")
    assert names(tmp_path, suffixes={".pdf"}) == ["a.PDF"]


def test_a_single_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("xyz")
    (found,) = scan(tmp_path / "a.txt", threading.Event())
    assert (found.name, found.size) == ("a.txt", 3)


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "loop").symlink_to(tmp_path)
    (tmp_path / "inside" / "link").symlink_to("/etc/hostname")
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FolderGone, match="was not found"):
        scan(tmp_path / "none", threading.Event())


def test_a_walk_stops_when_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    stopping = threading.Event()
    stopping.set()
    assert scan(tmp_path, stopping) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_r35_a_name_that_is_no_utf8_fails_alone(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff.txt", "wb") as stream:  # noqa: PTH123
        stream.write(b"x")
    (tmp_path / "ok.txt").write_text("x")
    states = {file.name: file.state for file in scan(tmp_path, threading.Event())}
    assert states["ok.txt"] is FileState.WAITING
    assert states["\\udcff.txt"] is FileState.FAILED
