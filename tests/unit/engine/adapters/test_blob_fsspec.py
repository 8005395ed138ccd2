# SPDX-License-Identifier: MIT
"""Blobs wherever fsspec reaches: the port's contract, on files and in fsspec's memory."""

import hashlib
import os
import time
import uuid
from pathlib import Path

import pytest

from bldr_desktop.engine.adapters.blob_files import FileBlobStore
from bldr_desktop.engine.ports.blobs import BlobStore

fsspec = pytest.importorskip("fsspec")
from bldr_desktop.engine.adapters.blob_fsspec import FsspecBlobStore  # noqa: E402


def named(data: bytes) -> tuple[str, bytes]:
    return hashlib.sha256(data).hexdigest(), data


@pytest.fixture(params=["plain", "file", "memory"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(kind: str, tmp_path: Path) -> str:
    return f"file://{tmp_path / 'far'}" if kind == "file" else f"memory://bldr-{uuid.uuid4().hex}"


@pytest.fixture
def store(kind: str, url: str, tmp_path: Path) -> BlobStore:
    copies = FileBlobStore(tmp_path / "near")
    return copies if kind == "plain" else FsspecBlobStore(url, copies)


def test_contract(store: BlobStore) -> None:
    large, small = named(b"large" * 100_000), named(b"small")
    assert store.path(large[0]) is None and not store.has(large[0])
    temporary = store.incoming() / "x.part"
    temporary.write_bytes(large[1])
    place = store.adopt(temporary, large[0])
    assert place.read_bytes() == large[1] and not temporary.exists()
    store.put_many([small, small])
    store.put_many([small])
    store.settle()
    assert store.has(small[0]) and store.path(small[0]).read_bytes() == b"small"  # type: ignore[union-attr]
    assert list(store.names()) == sorted([large[0], small[0]])
    store.remove(small[0])
    store.remove(small[0])
    assert store.path(small[0]) is None and not store.has(small[0])
    assert store.free_bytes() > 0
    with pytest.raises(ValueError, match="SHA-256"):
        store.path("../../etc/passwd")


@pytest.mark.parametrize("kind", ["file", "memory"])
def test_another_machine_fetches_what_it_needs(store: BlobStore, url: str, tmp_path: Path) -> None:
    sha256, data = named(b"from the first machine")
    store.put_many([(sha256, data)])
    second = FsspecBlobStore(url, FileBlobStore(tmp_path / "second"))
    assert second.has(sha256)
    assert not FileBlobStore(tmp_path / "second").has(sha256), "asking fetches nothing"
    place = second.path(sha256)
    assert place is not None and place.read_bytes() == data
    assert place.is_relative_to(tmp_path / "second")


@pytest.mark.parametrize("kind", ["file"])
def test_other_bytes_under_a_name_are_refused(store: BlobStore, url: str, tmp_path: Path) -> None:
    sha256, data = named(b"right")
    store.put_many([(sha256, data)])
    (tmp_path / "far" / sha256[:2] / sha256).write_bytes(b"wrong")
    second = FsspecBlobStore(url, FileBlobStore(tmp_path / "second"))
    with pytest.raises(OSError, match="other bytes"):
        second.path(sha256)
    assert not FileBlobStore(tmp_path / "second").has(sha256)


@pytest.mark.parametrize("kind", ["memory"])
def test_copies_unused_for_long_are_trimmed(store: BlobStore, tmp_path: Path) -> None:
    assert isinstance(store, FsspecBlobStore)
    contents = [named(bytes([number]) * 1000) for number in range(4)]
    store.put_many(contents)
    store.settle()
    near = FileBlobStore(tmp_path / "near")
    for sha256, _ in contents[:3]:
        place = near.path(sha256)
        assert place is not None
        os.utime(place, (time.time() - 7200,) * 2)
    assert store.trim(2500) == 2
    assert sum(near.has(sha256) for sha256, _ in contents) == 2
    assert near.has(contents[3][0]), "used within the hour"
    assert all(store.has(sha256) for sha256, _ in contents)


def test_a_storage_without_its_library_says_so(tmp_path: Path) -> None:
    with pytest.raises((OSError, ValueError), match=r"cannot be used|not known"):
        FsspecBlobStore("nosuchstorage://x", FileBlobStore(tmp_path))
