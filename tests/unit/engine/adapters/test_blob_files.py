# SPDX-License-Identifier: MIT
"""Blobs as files: whole or absent, small ones durable through their log."""

import hashlib
import threading
from pathlib import Path

import pytest

from bldr_desktop.engine.adapters.blob_files import FileBlobStore
from bldr_desktop.engine.adapters.blob_log import BlobLog


def named(data: bytes) -> tuple[str, bytes]:
    return hashlib.sha256(data).hexdigest(), data


def segments(root: Path) -> list[Path]:
    return sorted((root / "log").glob("*.segment"))


def test_adopt_and_remove(tmp_path: Path) -> None:
    store = FileBlobStore(tmp_path)
    sha256, data = named(b"bytes")
    assert store.path(sha256) is None
    temporary = store.incoming() / "x.part"
    temporary.write_bytes(data)
    place = store.adopt(temporary, sha256)
    assert place == store.path(sha256)
    assert place.read_bytes() == data
    assert not temporary.exists()
    store.remove(sha256)
    store.remove(sha256)
    assert store.path(sha256) is None
    assert store.free_bytes() > 0


@pytest.mark.parametrize("name", ["", "../../x", "A" * 64, "a" * 63])
def test_what_is_no_hash_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        FileBlobStore(tmp_path).path(name)


def test_small_contents_are_there_at_once_and_the_log_is_emptied_later(tmp_path: Path) -> None:
    store = FileBlobStore(tmp_path)
    small = [named(f"{number}".encode() * 100) for number in range(20)]
    store.put_many(small)
    store.put_many(small)
    for sha256, data in small:
        place = store.path(sha256)
        assert place is not None and place.read_bytes() == data
    assert len(segments(tmp_path)) == 1
    store.settle(only_above=1 << 20)
    assert len(segments(tmp_path)) == 1, "little is waiting"
    store.settle()
    assert segments(tmp_path) == []
    assert list(store.incoming().iterdir()) == []


def test_what_a_power_cut_took_is_written_again(tmp_path: Path) -> None:
    store = FileBlobStore(tmp_path)
    small = [named(f"content {number}".encode()) for number in range(5)]
    store.put_many(small)
    lost, torn, kept = small[0], small[1], small[2]
    (tmp_path / lost[0][:2] / lost[0]).unlink()
    (tmp_path / torn[0][:2] / torn[0]).write_bytes(b"")
    (segment,) = segments(tmp_path)
    with segment.open("ab") as stream:
        stream.write(f"{'0' * 64} 500\ncut".encode())
    again = FileBlobStore(tmp_path)
    for sha256, data in (lost, torn, kept):
        place = again.path(sha256)
        assert place is not None and place.read_bytes() == data
    assert again.path("0" * 64) is None, "a torn record counts for nothing"
    more = named(b"after")
    again.put_many([more])
    again.settle()
    assert segments(tmp_path) == []
    assert FileBlobStore(tmp_path).path(more[0]) is not None


def test_removed_bytes_do_not_come_back(tmp_path: Path) -> None:
    store = FileBlobStore(tmp_path)
    small = named(b"secret")
    store.put_many([small])
    store.remove(small[0])
    assert FileBlobStore(tmp_path).path(small[0]) is None


def test_settling_waits_for_files_that_are_being_written(tmp_path: Path) -> None:
    """A content whose own file is not there yet keeps its segment; else a power cut now would lose it."""
    log = BlobLog(tmp_path / "log")
    data = b"small"
    sha256 = hashlib.sha256(data).hexdigest()
    place = tmp_path / sha256
    settling = threading.Thread(target=log.settle, args=(lambda name: tmp_path / name,))
    with log.append([(sha256, data)]):
        settling.start()
        settling.join(0.3)
        assert settling.is_alive()
        assert list((tmp_path / "log").glob("*.segment")), "the segment went before the file was there"
        place.write_bytes(data)
    settling.join(10)
    assert not settling.is_alive()
    assert not list((tmp_path / "log").glob("*.segment"))
