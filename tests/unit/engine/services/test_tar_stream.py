# SPDX-License-Identifier: MIT
"""Reading a batch: the same files that Python's own tarfile reads; everything else is refused."""

import io
import tarfile

import pytest

from bldr_desktop.engine.services.tar_stream import NotATar, read_tar


def made(files: dict[str, bytes], form: int, pax: dict[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            entry.pax_headers = pax or {}
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


FILES = {
    "a.txt": b"one",
    "empty.txt": b"",
    "а/б/" + "д" * 118 + ".txt": b"x" * 1024,
    "n/" + "long/" * 40 + "name.pdf": b"y" * 513,
    "📐.txt": b"z" * 511,
}


def test_pax_tars_are_read_with_their_headers() -> None:
    entries = list(read_tar(memoryview(made(FILES, tarfile.PAX_FORMAT, {"BLDR.root": "pc:/папка"}))))
    assert {entry.name: entry.data for entry in entries} == FILES
    assert {entry.pax["BLDR.root"] for entry in entries} == {"pc:/папка"}


def test_plain_ustar_is_read_too() -> None:
    files = {"a.txt": b"one", "d" * 90 + "/" + "e" * 90: b"two"}
    entries = list(read_tar(memoryview(made(files, tarfile.USTAR_FORMAT))))
    assert {entry.name: entry.data for entry in entries} == files


@pytest.mark.parametrize("cut", [100, 600, 1500])
def test_a_cut_stream_is_refused_or_gives_less(cut: int) -> None:
    archive = made({"a": b"x" * 400, "b": b"y" * 4000}, tarfile.PAX_FORMAT)
    try:
        entries = list(read_tar(memoryview(archive[:cut])))
    except NotATar:
        return
    assert all(entry.data in {b"x" * 400, b"y" * 4000} for entry in entries)


@pytest.mark.parametrize(
    "archive",
    [
        b"this is no tar at all" * 100,
        b"\xff" * 1024,
        made({"a": b"x"}, tarfile.PAX_FORMAT)[:256] + b"!" * 600,
    ],
)
def test_what_is_no_tar_is_refused(archive: bytes) -> None:
    with pytest.raises(NotATar):
        list(read_tar(memoryview(archive)))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_only_regular_files(kind: bytes) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        entry = tarfile.TarInfo("a")
        entry.type, entry.linkname = kind, "../../etc/passwd"
        archive.addfile(entry)
    with pytest.raises(NotATar, match="regular"):
        list(read_tar(memoryview(buffer.getvalue())))
