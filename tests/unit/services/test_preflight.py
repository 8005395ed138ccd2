# SPDX-License-Identifier: MIT
"""Finding files: what is taken, what is left out, what names become."""

import os
from pathlib import Path

from bldr_desktop.services.preflight import (
    IGNORED,
    Candidate,
    Preflight,
    SameName,
    Verdict,
    folder_of,
    root_of,
    scan,
)


def found(*paths: Path) -> tuple[list[Candidate], Preflight]:
    result = Preflight()
    return list(scan(paths, IGNORED, result)), result


def test_folders_keep_their_relative_paths(tmp_path: Path) -> None:
    for name in ("a.pdf", "б/в/г/глубоко.txt", ".git/x.pdf", "~$a.docx", "Thumbs.db", "b/.DS_Store", "x.tmp"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "б", target_is_directory=True)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    items, result = found(tmp_path)
    assert [item.relative for item in items] == ["a.pdf", "б/в/г/глубоко.txt"]
    assert {item.root for item in items} == {root_of(tmp_path)}
    assert folder_of(items[0].root) == tmp_path.as_posix()
    assert result.left_out == 7


def test_a_file_dropped_alone_and_with_its_folder_comes_once(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "a.pdf").write_text("x")
    items, _ = found(folder / "a.pdf", folder, folder)
    assert [item.relative for item in items] == ["a.pdf"]


def test_what_is_not_there_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("x")
    items, _ = found(tmp_path / "gone.pdf", tmp_path / "a.pdf", tmp_path / ("x" * 300))
    assert [item.verdict for item in items] == [Verdict.UNREADABLE, None, Verdict.UNREADABLE]
    assert [item.code for item in items] == ["file_not_found", None, "file_path_too_long"]


def test_names_that_are_no_text_become_text(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    Path(os.fsdecode(raw)).write_bytes(b"x")
    (item,), _ = found(tmp_path)
    assert item.relative == "\ufffd\ufffd.txt"
    assert Path(item.path).read_bytes() == b"x"


def test_choices_for_changed_files() -> None:
    def candidate(relative: str, verdict: Verdict) -> Candidate:
        return Candidate("/x/" + relative, "pc:/x", relative, 1, 1, verdict, "ab" * 32, chosen=True)

    result = Preflight(
        [candidate("a.pdf", Verdict.CHANGED), candidate("b", Verdict.CHANGED), candidate("c", Verdict.NEW)]
    )
    assert [s.relative for s in result.sources(SameName.REPLACE)] == ["a.pdf", "b", "c"]
    assert [s.relative for s in result.sources(SameName.SKIP)] == ["c"]
    assert [s.relative for s in result.sources(SameName.KEEP_BOTH)] == [
        "a (abababab).pdf",
        "b (abababab)",
        "c",
    ]
    result.choose(Verdict.CHANGED, False)
    assert [item.relative for item in result.chosen()] == ["c"]
    assert result.count(Verdict.CHANGED) == (2, 2)
