# SPDX-License-Identifier: MIT
"""The journal: rows, hashes and folders come back; a broken file is set aside."""

import sqlite3
from pathlib import Path

from bldr_desktop.services.transfer_journal import Journal, KnownHash
from bldr_desktop.services.transfer_state import Transfer, TransferState


def make(row_id: int, **values: object) -> Transfer:
    row = Transfer(row_id, f"/x/{row_id} 📐.pdf", "pc:/x", f"а/{row_id} 📐.pdf", 1 << 33, 2**62, "ab" * 32)
    for name, value in values.items():
        setattr(row, name, value)
    return row


async def test_everything_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "journal.sqlite3"
    first = Journal(file)
    await first.open()
    rows = [
        make(
            1, state=TransferState.PAUSED, sent=77, upload_path="/files/u1", train=True, warnings=["a", "б"]
        ),
        make(2, state=TransferState.FAILED, error="why", error_code="file_damaged", attempts=3),
    ]
    await first.save("one", rows)
    await first.save("two", [make(1)])
    await first.remember([("/x/a", KnownHash(5, 6, "cd" * 32))])
    await first.save_folder("one", "/x", True)
    await first.save("one", [make(3)])
    await first.remove("one", [3])
    await first.close()
    again = Journal(file)
    await again.open()
    assert await again.load("one") == rows
    assert [row.id for row in await again.load("two")] == [1]
    assert await again.hashes(["/x/a", "/x/b"]) == {"/x/a": KnownHash(5, 6, "cd" * 32)}
    assert await again.folders("one") == [("/x", True)]
    await again.remove_folder("one", "/x")
    assert await again.folders("one") == []
    await again.close()


async def test_a_broken_file_is_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite3"
    file.write_bytes(b"this is no database, " * 100)
    journal = Journal(file)
    await journal.open()
    assert journal.set_aside is not None
    assert journal.set_aside.read_bytes().startswith(b"this is no database")
    await journal.save("one", [make(1)])
    assert len(await journal.load("one")) == 1
    await journal.close()


async def test_r46_where_nothing_can_be_kept_rows_live_in_memory(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    journal = Journal(blocker / "data" / "journal.sqlite3")
    await journal.open()
    await journal.save("one", [make(1)])
    assert (journal.note, len(await journal.load("one"))) == ("memory", 1)
    await journal.close()
    assert blocker.read_text() == "in the way"


async def test_r46_a_locked_file_is_not_taken_for_a_broken_one(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite3"
    first = Journal(file)
    await first.open()
    await first.save("one", [make(1)])
    await first.close()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    journal = Journal(file)
    await journal.open()
    assert (journal.note, journal.set_aside) == ("memory", None)
    await journal.close()
    other.close()
    again = Journal(file)
    await again.open()
    assert (again.note, len(await again.load("one"))) == ("", 1)
    await again.close()


async def test_thousands_of_hashes_are_found(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.sqlite3")
    await journal.open()
    await journal.remember([(f"/{n}", KnownHash(n, n, f"{n:064x}")) for n in range(2500)])
    found = await journal.hashes([f"/{n}" for n in range(2500)])
    assert len(found) == 2500 and found["/2499"].size == 2499
    await journal.close()
