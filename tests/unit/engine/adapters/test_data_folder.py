# SPDX-License-Identifier: MIT
"""The data folder: key, lock, what cannot be used; and whether work waits in its store."""

import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bldr_desktop.engine.adapters.data_folder import FolderLock, FolderUnusable, prepare, secret_key
from bldr_desktop.engine.adapters.pending import work_is_waiting
from bldr_desktop.engine.adapters.sql.database import sqlite_url
from bldr_desktop.engine.adapters.sql.opening import open_database


def test_one_key_is_made_whoever_comes_first(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key(tmp_path), range(8)))
    assert len(keys) == 1
    assert len(keys.pop()) == 32
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "zz", "abcd"])
def test_a_damaged_key_is_said_not_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret.key").write_text(content)
    with pytest.raises(FolderUnusable, match="secret key"):
        secret_key(tmp_path)
    assert (tmp_path / "secret.key").read_text() == content


def test_a_folder_is_locked_once(tmp_path: Path) -> None:
    with FolderLock(tmp_path), pytest.raises(FolderUnusable, match="already using"), FolderLock(tmp_path):
        pass
    with FolderLock(tmp_path):
        pass


def test_a_folder_below_a_file_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderUnusable, match="--data-dir"):
        prepare(tmp_path / "file" / "data")
    prepare(tmp_path / "deep" / "data")
    assert list((tmp_path / "deep" / "data").iterdir()) == []


def test_work_is_seen_in_the_store(tmp_path: Path) -> None:
    file = tmp_path / "bldr.sqlite3"
    assert work_is_waiting(None, file) is False
    assert work_is_waiting("postgresql://x/y", file) is True
    open_database(sqlite_url(file)).database.close()
    assert work_is_waiting(None, file) is False
    connection = sqlite3.connect(file)
    columns = (
        "id, type, name, status, priority, params, progress, stage, message, created_at, attempt, starts, "
        "files_total, files_done, files_failed, chunks, bytes_total, bytes_done, stage_seconds"
    )
    values = "'a', 'training', '', 'completed', 5, '{}', 0, '', '', '', 1, 0, 0, 0, 0, 0, 0, 0, '{}'"
    connection.execute(f"INSERT INTO jobs ({columns}) VALUES ({values})")
    connection.commit()
    assert work_is_waiting(None, file) is False
    connection.execute("UPDATE jobs SET status = 'running'")
    connection.commit()
    connection.close()
    assert work_is_waiting(None, file) is True
    file.write_bytes(b"this is no database" * 100)
    assert work_is_waiting(None, file) is True
