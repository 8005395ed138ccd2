# SPDX-License-Identifier: MIT
"""Reading files on their way out: changes are noticed, the pace is kept, tars can be read by anybody."""

import asyncio
import hashlib
import io
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bldr_desktop.client.sources import PIECE, RateGate, Source, SourceFault, hash_file, pack, pieces
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.files import PAX_ROOT, PAX_SHA256


def source(path: Path, data: bytes) -> Source:
    path.write_bytes(data)
    info = path.stat()
    return Source(
        str(path), "pc:/x", path.name, info.st_size, info.st_mtime_ns, hashlib.sha256(data).hexdigest()
    )


async def read(one: Source, start: int, end: int, gate: RateGate) -> bytes:
    sent: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        data = b"".join([piece async for piece in pieces(one, start, end, gate, pool, sent.append)])
    assert sum(sent) == len(data)
    return data


async def test_a_part_of_a_file(tmp_path: Path) -> None:
    data = bytes(range(256)) * 12_000
    one = source(tmp_path / "a.bin", data)
    assert await read(one, 0, len(data), RateGate()) == data
    assert await read(one, PIECE + 5, len(data) - 3, RateGate()) == data[PIECE + 5 : -3]


async def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    one = source(tmp_path / "a.bin", b"x" * 10)
    (tmp_path / "a.bin").write_bytes(b"y" * 11)
    with pytest.raises(SourceFault) as fault:
        await read(one, 0, 10, RateGate())
    assert fault.value.code is ErrorCode.FILE_CHANGED
    (tmp_path / "a.bin").unlink()
    with pytest.raises(SourceFault) as fault:
        await read(one, 0, 10, RateGate())
    assert fault.value.code is ErrorCode.FILE_NOT_FOUND


async def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    one = source(tmp_path / "a.bin", b"x" * (2 * PIECE))
    with ThreadPoolExecutor(1) as pool, pytest.raises(SourceFault):
        async for _ in pieces(one, 0, one.size, RateGate(), pool, lambda _: None):
            (tmp_path / "a.bin").write_bytes(b"z" * (2 * PIECE))


async def test_the_pace_is_kept_and_changed_live() -> None:
    gate = RateGate(1_000_000)
    loop = asyncio.get_running_loop()
    started = loop.time()
    for _ in range(5):
        await gate.take(100_000)
    assert 0.38 < loop.time() - started < 2.0, "the fifth may go after 0.4 s"
    gate.set_limit(10)
    await gate.take(100)
    waiting = asyncio.gather(gate.take(1), gate.take(1))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    gate.set_limit(None)
    await asyncio.wait_for(waiting, 1.0)
    assert gate.piece == PIECE
    gate.set_limit(200_000)
    assert gate.piece == 20_000


def test_a_packed_request_is_a_plain_tar(tmp_path: Path) -> None:
    names = ["смета 📐.txt", "ж" * 118 + ".txt", "plain.txt"]
    sources = [source(tmp_path / name, name.encode() * 50) for name in names]
    gone = Source(str(tmp_path / "gone"), "pc:/x", "gone", 1, 1, "ab" * 32)
    data, packed, faults = pack([*sources, gone])
    assert packed == sources
    assert [(one.relative, fault.code) for one, fault in faults] == [("gone", ErrorCode.FILE_NOT_FOUND)]
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        members = archive.getmembers()
        assert [member.name for member in members] == names
        for one, member in zip(sources, members, strict=True):
            assert member.pax_headers[PAX_SHA256] == one.sha256
            assert member.pax_headers[PAX_ROOT] == "pc:/x"
            stream = archive.extractfile(member)
            assert stream is not None and stream.read() == Path(one.path).read_bytes()


def test_hashing_can_be_stopped_and_refuses_what_is_no_file(tmp_path: Path) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(b"x" * (3 * PIECE))
    read_bytes: list[int] = []
    digest, size, mtime_ns = hash_file(str(file), lambda: False, read_bytes.append)
    assert digest == hashlib.sha256(b"x" * (3 * PIECE)).hexdigest()
    assert (size, mtime_ns) == (3 * PIECE, file.stat().st_mtime_ns)
    assert sum(read_bytes) == size
    assert hash_file(str(file), lambda: True, lambda _: None) == ("", 0, 0)
    with pytest.raises(SourceFault):
        hash_file(str(tmp_path), lambda: False, lambda _: None)
