# SPDX-License-Identifier: MIT
"""Faults R1-R9 of uploads, each by its number, against a real engine process.

Every test that ends with a stored file compares the SHA-256 of the stored bytes with the source's.
"""

import base64
import contextlib
import hashlib
import os
import random
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import tus
from engine import EngineProcess, engine_process, eventually, running_engine
from tusclient.client import TusClient

__all__ = ["engine_process"]
MIB = 1 << 20


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    """One engine for the quick tests; those that kill it start it again."""
    with running_engine(tmp_path_factory.mktemp("faults") / "data") as running:
        yield running


def stored(engine: EngineProcess, sha256: str) -> Path:
    """Where an engine keeps these bytes."""
    return engine.data_dir / "blobs" / sha256[:2] / sha256


def check_stored(engine: EngineProcess, sha256: str) -> None:
    """The bytes are there, whole, and given back."""
    digest = hashlib.sha256(stored(engine, sha256).read_bytes()).hexdigest()
    assert digest == sha256
    listed = engine.client().get("/documents", params={"limit": 500}).json()["data"]
    assert sha256 in {document["sha256"] for document in listed}


def part_size(engine: EngineProcess, path: str) -> int:
    """Bytes of an unfinished upload on disk."""
    part = engine.data_dir / "blobs" / "incoming" / f"{path.rpartition('/')[2]}.part"
    return part.stat().st_size if part.exists() else 0


def send_rest(engine: EngineProcess, path: str, data: bytes) -> None:
    """Resume where the engine stands, to the end."""
    client = engine.client()
    answer = tus.head(client, path)
    assert answer.status_code == 200, answer.text
    offset = int(answer.headers["Upload-Offset"])
    if offset < len(data):
        done = tus.patch(client, path, offset, data[offset:])
        assert done.status_code == 204, done.text


def kill_while_sending(engine: EngineProcess, path: str, data: bytes, at: int) -> None:
    """PATCH from where the engine stands; kill -9 the engine when ``at`` bytes were given."""
    client = engine.client()
    offset = int(tus.head(client, path).headers["Upload-Offset"])
    killed = False

    def each(given: int) -> None:
        nonlocal killed
        if not killed and offset + given >= at:
            killed = True
            os.kill(engine.pid, 9)

    with pytest.raises(httpx.HTTPError):
        tus.patch(
            client,
            path,
            offset,
            tus.pieces(data[offset:], each, 0.0005),
            Content_Length=str(len(data) - offset),
        )
    engine.kill()


def run_r1(engine: EngineProcess, points: int, size: int) -> None:
    """Kill the engine at ``points`` random places of one upload, resume each time."""
    source = engine.data_dir.parent / "source.bin"
    sha256 = tus.make_file(source, size)
    data = source.read_bytes()
    path = tus.create(engine.client(), size, filename="big.pdf").headers["Location"]
    places = sorted(random.Random(7).sample(range(MIB, size - MIB), points))
    for at in places:
        kill_while_sending(engine, path, data, at)
        engine.start()
        offset = int(tus.head(engine.client(), path).headers["Upload-Offset"])
        assert offset <= part_size(engine, path), "the recorded offset is above the bytes on disk"
        assert offset <= size
    send_rest(engine, path, data)
    check_stored(engine, sha256)


def test_r1_engine_killed_mid_chunk(engine: EngineProcess) -> None:
    run_r1(engine, points=1, size=48 * MIB)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_r1_engine_killed_at_20_points(engine_process: EngineProcess) -> None:
    run_r1(engine_process, points=20, size=400 * MIB)


def test_r3_black_holed_link(engine: EngineProcess, tmp_path: Path) -> None:
    """HEAD answers within 2 s while an earlier PATCH hangs; that one is let go; the upload ends."""
    source = tmp_path / "source.bin"
    sha256 = tus.make_file(source, 24 * MIB)
    data = source.read_bytes()
    client = engine.client()
    path = tus.create(client, len(data), filename="cut.pdf", sha256=sha256).headers["Location"]
    with tus.proxy(engine.url) as link, ThreadPoolExecutor(1) as pool:
        slow = httpx.Client(base_url=link.url, headers=client.headers, timeout=10)

        link.slow = 0.001
        stale = pool.submit(tus.patch, slow, path, 0, tus.pieces(data), Content_Length=str(len(data)))
        eventually(lambda: link.up > 7 * MIB)
        link.stall()
        time.sleep(1.0)
        assert not stale.done()
        started = time.monotonic()
        answer = tus.head(client, path)
        assert time.monotonic() - started < 2.0
        offset = int(answer.headers["Upload-Offset"])
        assert 0 < offset < len(data), "what came before the cut is kept"
        done = tus.patch(client, path, offset, data[offset:])
        assert done.status_code == 204, done.text
        link.close()
        with pytest.raises(httpx.HTTPError):
            stale.result()
        slow.close()
    check_stored(engine, sha256)


def test_r4_wrong_offset(engine: EngineProcess) -> None:
    client = engine.client()
    path = tus.create(client, 1000, filename="a.pdf").headers["Location"]
    assert tus.patch(client, path, 0, b"x" * 400).status_code == 204
    for wrong in (0, 399, 401, 1000, 10**17):
        answer = tus.patch(client, path, wrong, b"y" * 100)
        assert answer.status_code == 409, wrong
        assert answer.json()["code"] == "offset_mismatch"
    assert tus.head(client, path).headers["Upload-Offset"] == "400"
    assert part_size(engine, path) == 400
    assert tus.patch(client, path, 400, b"z" * 600).status_code == 204
    check_stored(engine, hashlib.sha256(b"x" * 400 + b"z" * 600).hexdigest())


@pytest.mark.parametrize("algorithm", ["sha256", "sha1"])
def test_r5_wrong_checksum(engine: EngineProcess, algorithm: str) -> None:
    client = engine.client()
    data = random.Random(3).randbytes(3 * MIB)
    path = tus.create(client, len(data), filename="a.pdf").headers["Location"]
    first, second = data[: 2 * MIB], data[2 * MIB :]

    def checksum(body: bytes) -> str:
        return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, body).digest()).decode()}"

    assert tus.patch(client, path, 0, first, Upload_Checksum=checksum(first)).status_code == 204
    broken = bytes([second[0] ^ 1]) + second[1:]
    answer = tus.patch(client, path, 2 * MIB, broken, Upload_Checksum=checksum(second))
    assert (answer.status_code, answer.json()["code"]) == (460, "checksum_mismatch")
    assert tus.head(client, path).headers["Upload-Offset"] == str(2 * MIB)
    assert part_size(engine, path) == 2 * MIB
    assert tus.patch(client, path, 2 * MIB, second, Upload_Checksum=checksum(second)).status_code == 204
    check_stored(engine, hashlib.sha256(data).hexdigest())


def test_r5_whole_file_is_not_the_announced_one(engine: EngineProcess) -> None:
    """A file whose bytes do not have the announced SHA-256 is never stored under it (nor at all)."""
    client = engine.client()
    announced = hashlib.sha256(b"a" * 5000).hexdigest()
    path = tus.create(client, 5000, filename="a.pdf", sha256=announced).headers["Location"]
    answer = tus.patch(client, path, 0, b"b" * 5000)
    assert answer.status_code == 460
    assert not stored(engine, announced).exists()
    assert tus.head(client, path).status_code == 404
    listed = client.get("/documents", params={"limit": 500}).json()["data"]
    assert announced not in {document["sha256"] for document in listed}


def test_r7_two_clients_send_the_same_upload(engine: EngineProcess, tmp_path: Path) -> None:
    """One gets 204, the other is refused within 1 s; other calls are answered meanwhile."""
    source = tmp_path / "source.bin"
    sha256 = tus.make_file(source, 24 * MIB)
    data = source.read_bytes()
    first, second = engine.client(), engine.client()
    path = tus.create(first, len(data), filename="a.pdf").headers["Location"]
    begun = threading.Event()

    def each(given: int) -> None:
        if given >= MIB:
            begun.set()

    with ThreadPoolExecutor(1) as pool:
        winner = pool.submit(
            tus.patch, first, path, 0, tus.pieces(data, each, 0.02), Content_Length=str(len(data))
        )
        assert begun.wait(5)
        started = time.monotonic()
        loser = tus.patch(second, path, 0, data[:1000])
        assert time.monotonic() - started < 1.0
        assert loser.status_code in {409, 423}
        started = time.monotonic()
        assert second.get("/health").status_code == 200
        assert time.monotonic() - started < 1.0
        assert winner.result().status_code == 204
    check_stored(engine, sha256)


def test_r8_longer_than_declared(engine: EngineProcess) -> None:
    client = engine.client()
    path = tus.create(client, 1 * MIB, filename="a.pdf").headers["Location"]
    assert tus.patch(client, path, 0, b"x" * 1000).status_code == 204
    answer = tus.patch(client, path, 1000, b"x" * (1 * MIB))
    assert answer.status_code == 413
    assert tus.head(client, path).headers["Upload-Offset"] == "1000" == str(part_size(engine, path))

    def chunked() -> Iterator[bytes]:
        for _ in range(8):
            yield b"y" * (256 << 10)

    answer = tus.patch(client, path, 1000, chunked())
    assert answer.status_code == 413
    offset = int(tus.head(client, path).headers["Upload-Offset"])
    assert offset == part_size(engine, path) <= 1 * MIB
    rest = b"z" * (MIB - offset)
    assert tus.patch(client, path, offset, rest).status_code == 204


def can_mount(folder: Path, size: str) -> bool:
    """Mount a small file system, where this process may."""
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.which("mount") is None or os.name != "posix" or os.geteuid() != 0:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 136 MiB (an open index takes 36 of them); skipped where none can be mounted."""
    folder = tmp_path / "disk"
    if not can_mount(folder, "136m"):
        pytest.skip("no small file system can be mounted here (needs root)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


def test_r9_disk_full_in_the_middle(small_disk: Path) -> None:
    """507, the upload is kept, and goes on once there is room; nothing was announced as stored."""
    with running_engine(small_disk / "data") as engine:
        client = engine.client()
        data = random.Random(9).randbytes(48 * MIB)
        path = tus.create(client, len(data), filename="a.pdf").headers["Location"]
        filler = small_disk / "filler"

        def each(given: int) -> None:
            if given == 8 * MIB:
                free = shutil.disk_usage(small_disk).free
                filler.write_bytes(b"\0" * (free - 12 * MIB))

        answer = tus.patch(client, path, 0, tus.pieces(data, each, 0.002), Content_Length=str(len(data)))
        assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
        assert not stored(engine, hashlib.sha256(data).hexdigest()).exists()
        too_much = tus.create(client, 60 * MIB, filename="b.pdf")
        assert too_much.status_code == 507
        filler.unlink()
        send_rest(engine, path, data)
        check_stored(engine, hashlib.sha256(data).hexdigest())


def run_r9_rename(engine: EngineProcess, rounds: int) -> None:
    """Kill the engine around the last step: the destination is whole or absent, never in between."""
    for number in range(rounds):
        source = engine.data_dir.parent / f"{number}.bin"
        sha256 = tus.make_file(source, 3 * MIB, seed=number)
        data = source.read_bytes()
        client = engine.client()
        path = tus.create(client, len(data), filename=f"{number}.pdf", sha256=sha256).headers["Location"]
        assert tus.patch(client, path, 0, data[: 2 * MIB]).status_code == 204
        killer = threading.Timer(random.Random(number).uniform(0.0, 0.012), os.kill, (engine.pid, 9))
        killer.start()
        with contextlib.suppress(httpx.HTTPError):
            tus.patch(client, path, 2 * MIB, data[2 * MIB :])
        killer.join()
        engine.kill()
        place = stored(engine, sha256)
        assert not place.exists() or hashlib.sha256(place.read_bytes()).hexdigest() == sha256
        engine.start()
        send_rest(engine, path, data)
        check_stored(engine, sha256)


def test_r9_killed_at_the_final_rename(engine: EngineProcess) -> None:
    run_r9_rename(engine, 1)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_r9_killed_at_the_final_rename_many_times(engine_process: EngineProcess) -> None:
    run_r9_rename(engine_process, 25)


def test_an_independent_client_uploads_and_resumes(engine: EngineProcess, tmp_path: Path) -> None:
    """tuspy: metadata, chunks, checksums (SHA-1), an interruption, resume by URL."""
    source = tmp_path / "независимый.pdf"
    sha256 = tus.make_file(source, 5 * MIB + 17)
    client = TusClient(f"{engine.url}/files/", headers={"Authorization": f"Bearer {engine.token()}"})
    told = {"filename": source.name}
    with source.open("rb") as stream:
        first = client.uploader(file_stream=stream, chunk_size=MIB, metadata=told, upload_checksum=True)
        first.upload(stop_at=2 * MIB)
    assert first.offset == 2 * MIB
    assert first.url is not None
    with source.open("rb") as stream:
        again = client.uploader(file_stream=stream, url=first.url, chunk_size=MIB, upload_checksum=True)
        assert again.offset == 2 * MIB
        again.upload()
    check_stored(engine, sha256)
    listed = engine.client().get("/documents", params={"limit": 500}).json()["data"]
    assert source.name in {document["name"] for document in listed}
    with source.open("rb") as stream:
        client.uploader(file_stream=stream, metadata={"filename": "second.pdf"}).upload()
    check_stored(engine, sha256)


def test_what_the_server_can_do_needs_no_sign_in(engine: EngineProcess) -> None:
    answer = httpx.options(f"{engine.url}/files/")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    extensions = set(answer.headers["Tus-Extension"].split(","))
    assert {"creation", "creation-with-upload", "checksum", "termination", "expiration"} <= extensions
    assert "sha256" in answer.headers["Tus-Checksum-Algorithm"].split(",")
    assert httpx.post(f"{engine.url}/files/", headers=tus.VERSION).status_code == 401


def test_terminated_uploads_leave_nothing(engine: EngineProcess) -> None:
    client = engine.client()
    path = tus.create(client, 5000, filename="a.pdf").headers["Location"]
    assert tus.patch(client, path, 0, b"x" * 1000).status_code == 204
    assert "Upload-Expires" in tus.head(client, path).headers
    assert client.delete(path, headers=tus.VERSION).status_code == 204
    assert tus.head(client, path).status_code == 404
    assert part_size(engine, path) == 0
    assert client.request("HEAD", path).status_code in {404, 412}


def test_another_users_upload_is_not_there(engine: EngineProcess) -> None:
    engine.add_user("anna", "correct horse battery")
    path = tus.create(engine.client(), 5000, filename="a.pdf").headers["Location"]
    other = engine.client(engine.sign_in("anna", "correct horse battery"))
    assert tus.head(other, path).status_code == 404
    assert tus.patch(other, path, 0, b"x").status_code == 404
    assert other.delete(path, headers=tus.VERSION).status_code == 404
