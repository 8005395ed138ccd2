# SPDX-License-Identifier: MIT
"""The transfer services against a real engine process: R2, R6, pause, retry, second runs, other servers."""

import asyncio
import hashlib
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import tus
import uvicorn
from engine import EngineProcess, eventually, running_engine
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from upload_client import FixedToken

from bldr_desktop.client.api import Api
from bldr_desktop.client.uploads import UploadClient
from bldr_desktop.services.preflight import Preflight, PreflightService, SameName, Verdict
from bldr_desktop.services.transfer_journal import Journal
from bldr_desktop.services.transfer_state import Transfer, TransferState
from bldr_desktop.services.transfers import TransferService

MIB = 1 << 20
CLIENT = Path(__file__).resolve().parent.parent / "helpers" / "upload_client.py"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    """One engine; tests use folders of their own."""
    with running_engine(tmp_path_factory.mktemp("transfers") / "data") as running:
        yield running


@dataclass
class Desk:
    """What a desktop has for transfers, without a window."""

    service: TransferService
    looker: PreflightService
    token: FixedToken

    async def look(self, *paths: Path) -> Preflight:
        """Pre-flight."""
        return await self.looker.look(list(paths))

    async def add(self, *paths: Path, same_name: SameName = SameName.REPLACE) -> list[Transfer]:
        """Pre-flight, then send what it chose."""
        result = await self.look(*paths)
        ids = self.service.add(result.sources(same_name), train=False)
        return [self.service.rows[row_id] for row_id in ids]

    def states(self) -> set[str]:
        """States that occur."""
        return {row.state.value for row in self.service.rows.values()}


@asynccontextmanager
async def desk(url: str, token: str, journal: Path) -> AsyncIterator[Desk]:
    """Services that are closed at the end."""
    tokens = FixedToken(token)
    api = Api(url, tokens)
    client = UploadClient(api)
    book = Journal(journal)
    service = TransferService(api, client, book, server="test")
    looker = PreflightService(client, book)
    await service.start()
    try:
        yield Desk(service, looker, tokens)
    finally:
        looker.close()
        await service.close()
        await api.aclose()


async def until(check: Callable[[], Any], timeout: float = 20.0) -> None:
    """Wait for something without blocking the loop."""
    end = asyncio.get_running_loop().time() + timeout
    while not check():
        assert asyncio.get_running_loop().time() < end, f"not within {timeout} s"
        await asyncio.sleep(0.01)


def documents(engine: EngineProcess) -> dict[str, dict[str, Any]]:
    """The engine's documents by hash."""
    data = engine.client().get("/documents", params={"limit": 500}).json()["data"]
    return {document["sha256"]: document for document in data}


def stored_is_whole(engine: EngineProcess, sha256: str) -> bool:
    """The bytes are in their place and have their hash."""
    place = engine.data_dir / "blobs" / sha256[:2] / sha256
    return place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() == sha256


def start_client(
    engine_url: str, token: str, journal: Path, paths: list[Path], **more: Any
) -> "subprocess.Popen[str]":
    """Our client as a process that says how far it is."""
    order = {
        "url": engine_url,
        "token": token,
        "journal": str(journal),
        "paths": [str(path) for path in paths],
        "progress": True,
        "plain": True,
        **more,
    }
    return subprocess.Popen(
        [sys.executable, str(CLIENT), json.dumps(order)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def read_until(process: "subprocess.Popen[str]", check: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first event that is right."""
    assert process.stdout is not None
    for line in process.stdout:
        said: dict[str, Any] = json.loads(line)
        if check(said):
            return said
    assert process.stderr is not None
    raise AssertionError(process.stderr.read()[-3000:])


def test_r2_client_killed_at_half(engine: EngineProcess, tmp_path: Path) -> None:
    """kill -9 of the client in the middle: the next one goes on from the engine's offset."""
    source = tmp_path / "половина 📐.pdf"
    size = 40 * MIB
    sha256 = tus.make_file(source, size, seed=22)
    journal = tmp_path / "journal.sqlite3"
    with tus.proxy(engine.url) as link:
        token = engine.token()
        first = start_client(link.url, token, journal, [source], limit=30 * MIB)
        read_until(first, lambda said: said["event"] == "progress" and said["sent"] > size // 2)
        first.send_signal(signal.SIGKILL)
        first.communicate()
        sent_first = link.up
        link.up = 0
        second = start_client(link.url, token, journal, [])
        done = read_until(second, lambda said: said["event"] == "done")
        second.communicate(timeout=20)
        assert done["states"] == {"uploaded": 1}
        assert sent_first > size // 2
        assert link.up < size - size // 2 + 8 * MIB, "more than a chunk was sent twice"
        assert sent_first + link.up < size + 9 * MIB
    assert stored_is_whole(engine, sha256)


async def test_r6_source_changed_while_sending(engine: EngineProcess, tmp_path: Path) -> None:
    """A new upload with the new content; the old one is dropped; never a mixed file."""
    source = tmp_path / "folder" / "changing.pdf"
    old = tus.make_file(source, 12 * MIB, seed=61)
    async with desk(engine.url, engine.token(), tmp_path / "j.sqlite3") as own:
        own.service.set_speed_limit(12 * MIB)
        (row,) = await own.add(source.parent)
        await until(lambda: row.state is TransferState.SENDING and row.sent > 3 * MIB)
        new = tus.make_file(source, 9 * MIB, seed=62)
        own.service.set_speed_limit(None)
        await until(lambda: row.state is TransferState.UPLOADED)
        assert row.sha256 == new
    assert stored_is_whole(engine, new)
    assert not (engine.data_dir / "blobs" / old[:2] / old).exists()
    incoming = engine.data_dir / "blobs" / "incoming"
    assert eventually(lambda: not list(incoming.glob("*.part")) or None) is True or not list(
        incoming.iterdir()
    )
    assert old not in documents(engine)


async def test_r6_source_changed_between_sessions(engine: EngineProcess, tmp_path: Path) -> None:
    source = tmp_path / "folder" / "later.pdf"
    old = tus.make_file(source, 10 * MIB, seed=63)
    journal = tmp_path / "j.sqlite3"
    async with desk(engine.url, engine.token(), journal) as own:
        own.service.set_speed_limit(8 * MIB)
        (row,) = await own.add(source.parent)
        await until(lambda: row.sent > 2 * MIB)
    new = tus.make_file(source, 10 * MIB, seed=64)
    async with desk(engine.url, engine.token(), journal) as own:
        (row,) = own.service.rows.values()
        await until(lambda: row.state is TransferState.UPLOADED)
        assert row.sha256 == new
    assert stored_is_whole(engine, new)
    assert old not in documents(engine)


async def test_pause_resume_cancel_and_a_live_speed_limit(engine: EngineProcess, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    hashes = [tus.make_file(folder / f"{number}.pdf", 6 * MIB, seed=70 + number) for number in range(3)]
    async with desk(engine.url, engine.token(), tmp_path / "j.sqlite3") as own:
        service = own.service
        service.set_parallel(1)
        service.set_speed_limit(4 * MIB)
        first, second, third = await own.add(folder)
        await until(lambda: first.sent > MIB)
        service.pause()
        assert own.states() == {"paused"}
        await asyncio.sleep(0.3)
        stood = first.sent
        await asyncio.sleep(0.3)
        assert first.sent == stood < 6 * MIB
        service.cancel([third.id])
        service.set_speed_limit(None)
        service.resume()
        await until(lambda: first.state is second.state is TransferState.UPLOADED)
        assert third.state is TransferState.CANCELLED
        assert service.totals().by_state[TransferState.CANCELLED] == 1
        service.retry([third.id])
        await until(lambda: third.state is TransferState.UPLOADED)
        service.remove([first.id])
        assert first.id not in service.rows
    assert all(stored_is_whole(engine, sha256) for sha256 in hashes)


def nested(folder: Path, count: int, seed: int) -> Path:
    """Small files in three levels, with names that make trouble."""
    for number in range(count):
        long = "д" * 118  # 236 bytes, 240 with the suffix
        names = ["а/б/в/смета №1.txt", "a/emoji 📐🏗.txt", f"{long}.txt", "пробел в конце .txt", "-rf.txt"]
        name = names[number] if number < len(names) else f"n/{number:05d}.txt"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Документ {seed}-{number}. Бетон класса В25, п. 5.3.{number}.\n" * 20, "utf-8")
    return folder


async def test_second_run_sends_nothing(engine: EngineProcess, tmp_path: Path) -> None:
    """Names of all kinds arrive; an unchanged second run sends no content; a changed file goes alone."""
    folder = nested(tmp_path / "папка", 80, seed=8)
    (folder / ".hidden").write_text("x")
    (folder / "~$смета.docx").write_text("x")
    (folder / "пустой.pdf").touch()
    (folder / "программа.exe").write_bytes(b"MZ")
    (folder / "link.txt").symlink_to(folder / "-rf.txt")
    async with desk(engine.url, engine.token(), tmp_path / "j.sqlite3") as own:
        first = await own.look(folder)
        assert first.count(Verdict.NEW)[0] == 80
        assert first.count(Verdict.EMPTY)[0] == first.count(Verdict.UNSUPPORTED)[0] == 1
        assert first.left_out == 3, "hidden, temporary, link"
        own.service.add(first.sources(SameName.REPLACE), train=False)
        await until(lambda: own.states() == {"uploaded"})
        known = documents(engine)
        for item in first.chosen():
            assert known[item.sha256]["path"] == f"папка/{item.relative}"
        job = engine.client().post("/train", json={"sha256": [item.sha256 for item in first.chosen()]}).json()
        await until(
            lambda: engine.client().get(f"/queue/{job['job_id']}").json()["status"] == "completed", timeout=60
        )
        sent = own.service.bytes_sent
        second = await own.look(folder)
        assert second.count(Verdict.UNCHANGED)[0] == 80
        assert second.chosen() == []
        own.service.add([item.source for item in second.candidates if item.sha256], train=False)
        await until(lambda: own.states() == {"trained"})
        assert own.service.bytes_sent == sent, "content was sent again"
        (folder / "-rf.txt").write_text("Совсем другой текст. " * 30)
        third = await own.look(folder)
        (changed,) = third.chosen()
        assert (changed.verdict, changed.relative) == (Verdict.CHANGED, "-rf.txt")
        assert third.sources(SameName.SKIP) == []
        (both,) = third.sources(SameName.KEEP_BOTH)
        assert both.relative == f"-rf ({changed.sha256[:8]}).txt"


async def test_one_file_fails_alone_in_a_packed_request(engine: EngineProcess, tmp_path: Path) -> None:
    folder = nested(tmp_path / "f", 12, seed=9)
    async with desk(engine.url, engine.token(), tmp_path / "j.sqlite3") as own:
        result = await own.look(folder)
        gone, edited = result.candidates[3], result.candidates[5]
        Path(gone.path).unlink()
        Path(edited.path).write_text("Новый текст после проверки. " * 40, "utf-8")
        ids = own.service.add(result.sources(SameName.REPLACE), train=False)
        await until(lambda: own.states() <= {"uploaded", "failed"})
        by_path = {own.service.rows[row_id].path: own.service.rows[row_id] for row_id in ids}
        assert by_path[gone.path].error_code == "file_not_found"
        assert [row.path for row in by_path.values() if row.state is TransferState.FAILED] == [gone.path]
        now = hashlib.sha256(Path(edited.path).read_bytes()).hexdigest()
        assert by_path[edited.path].sha256 == now
        Path(gone.path).write_text("Снова здесь. " * 40, "utf-8")
        own.service.retry()
        await until(lambda: own.states() == {"uploaded"})


async def test_engine_away_and_back(tmp_path: Path) -> None:
    """Uploads wait for the engine and go on by themselves; rows say what they wait for."""
    folder = tmp_path / "folder"
    sha256 = tus.make_file(folder / "a.pdf", 30 * MIB, seed=90)
    with running_engine(tmp_path / "data") as engine, tus.proxy(engine.url) as link:
        async with desk(link.url, engine.token(), tmp_path / "j.sqlite3") as own:
            own.service.set_speed_limit(20 * MIB)
            (row,) = await own.add(folder)
            await until(lambda: row.sent > 6 * MIB)
            engine.kill()
            await until(lambda: own.service.waiting_for_server is not None)
            own.service.set_speed_limit(None)
            await asyncio.to_thread(engine.start)
            link.retarget(engine.url)
            own.token.token = await asyncio.to_thread(engine.token)
            await until(lambda: row.state is TransferState.UPLOADED)
        assert stored_is_whole(engine, sha256)


def field_server(limit: int) -> FastAPI:
    """A Bldr v2 server of the field: multipart only, its own limit, its own error shape."""
    app = FastAPI()
    app.state.received = {}

    @app.post("/upload-file")
    async def upload_file(request: Request) -> JSONResponse:
        async with request.form() as form:
            file: Any = form["file"]
            data = await file.read()
        if len(data) > limit:
            return JSONResponse({"error": f"File too large: at most {limit // 1000} kB."}, 413)
        app.state.received[file.filename] = data
        answer = {"filename": file.filename, "file_path": f"/srv/{file.filename}", "size": len(data)}
        return JSONResponse({**answer, "status": "uploaded_only"})

    return app


async def test_a_server_that_knows_only_multipart(tmp_path: Path) -> None:
    """Streamed from disk; the server's own limit is shown in its own words; others go through."""
    app = field_server(limit=2_000_000)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None))
    serving = asyncio.get_running_loop().create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    folder = tmp_path / "поле"
    tus.make_file(folder / "смета №2.pdf", 1_500_000, seed=1)
    tus.make_file(folder / "big.pdf", 2_500_000, seed=2)
    (folder / "small.txt").write_text("мало")
    try:
        async with desk(f"http://127.0.0.1:{port}", "any", tmp_path / "j.sqlite3") as own:
            rows = await own.add(folder)
            assert len(rows) == 3
            await until(lambda: own.states() <= {"uploaded", "failed"})
            (failed,) = [row for row in rows if row.state is TransferState.FAILED]
            assert failed.name == "big.pdf"
            assert failed.error == "File too large: at most 2000 kB."
        received = app.state.received
        assert set(received) == {"смета №2.pdf", "small.txt"}
        assert received["смета №2.pdf"] == (folder / "смета №2.pdf").read_bytes()
    finally:
        server.should_exit = True
        await serving


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_r50_ten_thousand_files_and_two_gib(tmp_path: Path) -> None:
    """Memory of the client stays within 150 MB above idle, its loop within 100 ms at p99."""
    folder = tmp_path / "many"
    for number in range(10_000):
        path = folder / f"{number // 100:03d}" / f"{number:05d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"Документ {number} ".encode() * 40)
    tus.make_file(tmp_path / "big.pdf", 2048 * MIB)
    with running_engine(tmp_path / "data") as engine:
        process = start_client(
            engine.url, engine.token(), tmp_path / "j.sqlite3", [folder, tmp_path / "big.pdf"]
        )
        done = read_until(process, lambda said: said["event"] == "done")
        process.communicate(timeout=30)
    assert done["states"] == {"uploaded": 10_001}
    assert done["memory"] < 150 * MIB
    assert done["late_ms"] < 100
