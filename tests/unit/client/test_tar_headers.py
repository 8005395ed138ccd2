# SPDX-License-Identifier: MIT
"""What we write as headers, ``tarfile`` and the engine read back."""

import io
import tarfile

import pytest

from bldr_desktop.client import tar_headers
from bldr_desktop.engine.services.tar_stream import read_tar

NAMES = ["a.txt", "x" * 99, "x" * 100, "d/" * 90 + "long.txt", "Том 1/ж.txt", "🙂.md", "=\n=.txt"]
MORE = {"BLDR.sha256": "0" * 64, "BLDR.root": "host:/Проект 7"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [0, 1, 511, 512, 513, 70_000])
def test_read_back(name: str, size: int) -> None:
    data = b"z" * size
    header = tar_headers.entry_header(name, size, MORE)
    archive = (header + data + tar_headers.padding(size)) * 2 + b"\0" * 1024
    ours = list(read_tar(memoryview(archive)))
    assert [(entry.name, entry.data) for entry in ours] == [(name, data)] * 2
    assert all(entry.pax.items() >= MORE.items() for entry in ours)
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as independent:
        members = independent.getmembers()
        assert [(member.name, member.size, member.isreg()) for member in members] == [(name, size, True)] * 2
        assert all(member.pax_headers.items() >= MORE.items() for member in members)


@pytest.mark.parametrize("length", range(80, 110))
def test_length_counts_its_own_digits(length: int) -> None:
    """A record's length counts itself: around 100 it grows by a digit."""
    header = tar_headers.entry_header("a", 0, {"k": "v" * length})
    (entry,) = read_tar(memoryview(header + b"\0" * 1024))
    assert entry.pax["k"] == "v" * length
