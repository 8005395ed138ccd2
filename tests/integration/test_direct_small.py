# SPDX-License-Identifier: MIT
"""Small files by the short way: kept connections, refusals, changed files, cancelling; a real engine."""

import asyncio
import hashlib
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from engine import EngineProcess, running_engine
from upload_client import FixedToken

from bldr_desktop.client import direct_small
from bldr_desktop.client.api import Api, Unauthorized, Unreachable
from bldr_desktop.client.sources import Source, SourceFault
from bldr_desktop.client.uploads import UploadClient


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    with running_engine(tmp_path_factory.mktemp("direct") / "data") as running:
        yield running


@asynccontextmanager
async def client_of(url: str, token: str) -> AsyncIterator[UploadClient]:
    api = Api(url, FixedToken(token))
    client = UploadClient(api)
    try:
        yield client
    finally:
        client.close()
        await api.aclose()


def source(folder: Path, name: str, content: bytes) -> Source:
    path = folder / name
    path.write_bytes(content)
    found = path.stat()
    digest = hashlib.sha256(content).hexdigest()
    return Source(str(path), "here:/x", name, found.st_size, found.st_mtime_ns, digest)


async def test_many_over_few_connections(engine: EngineProcess, tmp_path: Path) -> None:
    """Each gets its document and its bytes are counted; a kept connection that has died is replaced."""
    sent: list[int] = []
    async with client_of(engine.url, engine.token()) as client:
        files = [source(tmp_path, f"Том {n}.txt", b"%d " % n * 5000) for n in range(20)]
        answers = await asyncio.gather(*(client.create_with(file, sent.append) for file in files))
        assert len({answer.document_id for answer in answers}) == 20
        assert [answer.offset for answer in answers] == [file.size for file in files]
        assert sum(sent) == sum(file.size for file in files)
        posts = client._direct_posts()
        assert 1 <= len(posts._idle) <= 6
        for _, kept in posts._idle:
            kept.shutdown(socket.SHUT_RDWR)  # as a server does with what is idle
        again = await client.create_with(source(tmp_path, "again.txt", b"again" * 99), sent.append)
        assert again.document_id
    with engine.client() as http:
        document = http.get(f"/documents/{answers[0].document_id}").json()
    assert document["sha256"] == files[0].sha256


async def test_refused(engine: EngineProcess, tmp_path: Path) -> None:
    """A refusal is the same error that httpx's way gives."""
    async with client_of(engine.url, "not a token") as client:
        with pytest.raises(Unauthorized):
            await client.create_with(source(tmp_path, "a.txt", b"a" * 999), lambda _: None)


async def test_changed_file_is_not_sent(engine: EngineProcess, tmp_path: Path) -> None:
    """A file that is another one now fails before a byte of it leaves."""
    file = source(tmp_path, "a.txt", b"a" * 999)
    Path(file.path).write_bytes(b"b" * 1000)
    sent: list[int] = []
    async with client_of(engine.url, engine.token()) as client:
        with pytest.raises(SourceFault, match="changed"):
            await client.create_with(file, sent.append)
    assert not sent


async def test_nobody_there(tmp_path: Path) -> None:
    """Refused connections are told as such."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    async with client_of(f"http://127.0.0.1:{port}", "t") as client:
        with pytest.raises(Unreachable) as told:
            await client.create_with(source(tmp_path, "a.txt", b"a" * 999), lambda _: None)
    assert told.value.code == "refused"


async def test_cancelled_while_the_server_is_silent(tmp_path: Path) -> None:
    """Pause takes effect at once, and the thread is free again long before the time limit."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with client_of(url, "t") as client:
            file = source(tmp_path, "a.txt", b"a" * 999)
            task = asyncio.get_running_loop().create_task(client.create_with(file, lambda _: None))
            peer, _ = await asyncio.to_thread(listener.accept)
            assert (await asyncio.to_thread(peer.recv, 1 << 20)).startswith(b"POST /files")
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            began = time.monotonic()
            await asyncio.to_thread(client._pool.shutdown, True)
            assert time.monotonic() - began < direct_small._TIMEOUT / 2
            peer.close()


async def test_a_batch_takes_the_same_way(engine: EngineProcess, tmp_path: Path) -> None:
    """All of 4 MiB arrive over one connection; a refusal that comes before they do is told as what it is."""
    files = [source(tmp_path, f"{n}.txt", b"%d " % n * 7000) for n in range(200)]
    async with client_of(engine.url, "not a token") as client:
        with pytest.raises(Unauthorized):
            await client.send_batch(files)
    async with client_of(engine.url, engine.token()) as client:
        answers, faults = await client.send_batch(files)
        assert len(client._direct_posts()._idle) == 1
    assert not faults
    assert [answer.sha256 for _, answer in answers] == [file.sha256 for file in files]
    assert all(answer.ok and answer.document_id for _, answer in answers)
    place = engine.data_dir / "blobs" / files[9].sha256[:2] / files[9].sha256
    assert place.read_bytes() == Path(files[9].path).read_bytes()
