# SPDX-License-Identifier: MIT
"""Redis, Postgres, Celery and two API processes, all real; R38 to R43 by number."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from cluster import PASSWORD, Cluster, missing, running_cluster
from drawings import write_drawing
from engine import running_engine

from bldr_desktop.common import program

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(missing() is not None, reason=missing() or "-"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    # a visibility timeout shorter than the long runs below: R39 is tried all the time
    with tempfile.TemporaryDirectory(prefix="bldr-watched-") as watched:
        settings = {"BLDR_VISIBILITY_SECONDS": "5", "BLDR_WATCH_FOLDERS": watched}
        with running_cluster(settings=settings) as made:
            made.watched = Path(watched)
            yield made


@pytest.fixture
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """As many text files as the test's parameter says, of their own for each test."""
    return make_folder(tmp_path / "docs", getattr(request, "param", 30), request.node.name)


def make_folder(place: Path, files: int, salt: str) -> Path:
    for parent in (place, *place.parents):
        parent.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        text = "\n".join(
            f"{number}.{n} Требование {salt} {n} к бетону документа {number}, толщина {n} мм."
            for n in range(150)
        )
        (place / f"Документ {number}.txt").write_text(text, encoding="utf-8")
    return place


def chunks_of(cluster: Cluster, job_id: str) -> tuple[int, int]:
    """Files that are done, and how many documents of theirs are in the collection."""
    rows = cluster.client().get(f"/queue/{job_id}/files", params={"limit": 1000}).json()["data"]
    documents = {row["document_id"] for row in rows if row["state"] == "done"}
    return len([row for row in rows if row["state"] == "done"]), len(documents)


def lease_of(cluster: Cluster, job_id: str, files: int = 0) -> psutil.Process | None:
    """The worker process that has this job with so many files done, as the database says by its lease."""
    import psycopg

    address = cluster.environment()["BLDR_DATABASE_URL"].replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        query = "SELECT lease_owner FROM jobs WHERE id = %s AND files_done >= %s"
        row = connection.execute(query, [job_id, files]).fetchone()
    try:
        return psutil.Process(int(row[0].split(":")[-2])) if row and row[0] else None
    except psutil.NoSuchProcess:
        return None


def holder(cluster: Cluster, job_id: str, files: int = 6) -> psutil.Process:
    """Wait until a worker is that far with the job."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = lease_of(cluster, job_id, files)
        if found is not None:
            return found
        time.sleep(0.05)
    raise AssertionError("nobody works on it")


def files_of(cluster: Cluster, job_id: str) -> dict[str, dict[str, Any]]:
    """The files of a job by name."""
    rows = cluster.client().get(f"/queue/{job_id}/files", params={"limit": 100}).json()["data"]
    return {row["name"]: row for row in rows}


def kill_hard_readers(cluster: Cluster, stop: threading.Event) -> None:
    """kill -9 any reader of a worker that computes for more than a second without a rest; none starts so
    long."""
    workers = [psutil.Process(cluster.pid(name)) for name in ("worker-1", "worker-2")]
    idle: dict[int, float] = {}  # processor time of a reader when it last rested for a second
    known: dict[int, tuple[float, float]] = {}  # when that time last changed, and what it was
    while not stop.wait(0.05):
        for worker in workers:
            with contextlib.suppress(psutil.Error):
                for child in worker.children(recursive=True):
                    if "bldr_desktop.engine.documents.child" not in child.cmdline():
                        continue
                    used = sum(child.cpu_times()[:2])
                    before = idle.setdefault(child.pid, used)
                    if child.pid in known and used == known[child.pid][1]:
                        if time.monotonic() - known[child.pid][0] > 1.0:
                            idle[child.pid] = used
                    else:
                        known[child.pid] = (time.monotonic(), used)
                    if used - before > 1.2:
                        child.kill()
                        idle.pop(child.pid)


def test_up_brings_everything_in_order(cluster: Cluster) -> None:
    status = cluster.status()
    assert status["healthy"]
    names = [row["name"] for row in status["services"]]
    assert names[:1] == ["redis"]
    assert {"worker-1", "worker-2", "beat", "engine-1", "engine-2"} <= set(names)


def test_a_run_is_seen_at_the_other_process(cluster: Cluster, folder: Path) -> None:
    from websockets.asyncio.client import connect

    frames: list[dict[str, Any]] = []

    async def follow() -> None:
        address = cluster.urls[1].replace("http", "ws") + "/ws"
        head = {"Authorization": f"Bearer {cluster.token}"}
        async with connect(address, additional_headers=head) as socket:
            await socket.recv()
            job_id = await asyncio.to_thread(cluster.train, folder, 0)
            async for message in socket:
                frame = json.loads(message)
                frames.append(frame)
                if frame.get("type") == "job_completed" and frame["job_id"] == job_id:
                    return

    asyncio.run(asyncio.wait_for(follow(), 60))
    numbers = [
        frame["seq"] for frame in frames if "seq" in frame and frame["type"] != "connection_established"
    ]
    assert numbers == sorted(set(numbers))
    assert any(frame["type"] == "training_progress" for frame in frames)
    answer = cluster.client(1).post("/query", json={"query": "Требование к бетону толщина", "k": 3}).json()
    assert answer["results"]


def test_the_connection_limit_holds_across_processes(cluster: Cluster) -> None:
    from websockets.asyncio.client import connect
    from websockets.exceptions import ConnectionClosed

    async def fill() -> tuple[int, int | None]:
        head = {"Authorization": f"Bearer {cluster.token}"}
        async with contextlib.AsyncExitStack() as stack:
            for number in range(130):
                address = cluster.urls[number % 2].replace("http", "ws") + "/ws"
                socket = await stack.enter_async_context(connect(address, additional_headers=head))
                try:
                    await asyncio.wait_for(socket.recv(), 5)
                except ConnectionClosed as closed:
                    return number, closed.rcvd.code if closed.rcvd else None
        return 130, None

    taken, code = asyncio.run(fill())
    assert taken == 100
    assert code == 1013


@pytest.mark.parametrize("folder", [250], indirect=True)
def test_r38_a_killed_worker_loses_and_doubles_nothing(cluster: Cluster, folder: Path) -> None:
    job_id = cluster.train(folder)
    holder(cluster, job_id).kill()
    job = cluster.until_final(job_id)
    assert job["status"] == "completed", job
    assert chunks_of(cluster, job_id) == (250, 250)


@pytest.mark.parametrize("folder", [600], indirect=True)
def test_r39_longer_than_the_visibility_timeout(cluster: Cluster, folder: Path) -> None:
    job_id = cluster.train(folder)
    job = cluster.until_final(job_id, 300)
    assert job["status"] == "completed"
    assert chunks_of(cluster, job_id) == (600, 600)
    seconds = _seconds(job)
    assert seconds > 6, "the run must outlast the timeout of 5 s to show anything"
    starts = [line["text"] for line in cluster.client().get(f"/queue/{job_id}/log").json()["lines"]]
    assert not [text for text in starts if "Goes on" in text], "a second run began"


def test_r40_a_file_that_kills_every_reader_is_quarantined(cluster: Cluster, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "docs", 3, "poison")
    write_drawing(folder / "a-poison.pdf", 1, pages=100)  # seconds of reading
    stop = threading.Event()
    killer = threading.Thread(target=kill_hard_readers, args=(cluster, stop))
    killer.start()
    try:
        job = cluster.until_final(cluster.train(folder), 90)
    finally:
        stop.set()
        killer.join()
    rows = files_of(cluster, job["id"])
    assert rows["a-poison.pdf"]["state"] == "quarantined"
    assert rows["a-poison.pdf"]["attempts"] == 3
    assert sorted(row["state"] for row in rows.values()) == ["done", "done", "done", "quarantined"]
    assert (job["status"], job["error_code"]) == ("completed", "some_files_failed")
    again = cluster.until_final(cluster.train(folder))
    assert files_of(cluster, again["id"])["a-poison.pdf"]["attempts"] == 0, "it is not read again by itself"


def test_r40_a_job_that_kills_its_worker_each_time_is_given_up(cluster: Cluster, tmp_path: Path) -> None:
    import redis

    folder = make_folder(tmp_path / "docs", 0, "-")
    write_drawing(folder / "a-poison.pdf", 2, pages=200)  # longer than a worker lives here
    job_id = cluster.train(folder)
    killed = 0
    deadline = time.monotonic() + 150
    while cluster.job(job_id)["status"] not in {"completed", "failed", "interrupted"}:
        assert time.monotonic() < deadline, f"killed {killed} times and still tried"
        owner = lease_of(cluster, job_id)
        if owner is not None:
            with contextlib.suppress(psutil.Error):
                owner.kill()
                owner.wait(5)
                killed += 1
        time.sleep(0.05)
    job = cluster.job(job_id)
    assert (job["status"], job["error_code"]) == ("interrupted", "job_crashed")
    assert killed == 10
    connection = redis.Redis.from_url(cluster.environment()["BLDR_REDIS_URL"])
    time.sleep(8)  # two rounds of beat: nobody may take it up again
    assert cluster.job(job_id)["status"] == "interrupted"
    assert lease_of(cluster, job_id) is None
    for queue in connection.scan_iter("bldr*", _type="list"):
        assert not [one for one in connection.lrange(queue, 0, -1) if job_id.encode() in one], "still sent"
    connection.close()


def test_a_worker_that_helps_is_killed(cluster: Cluster, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "docs", 0, "-")
    for number in range(14):
        write_drawing(folder / f"Drawing {number}.pdf", 500 + number)
    job_id = cluster.train(folder)
    owner = holder(cluster, job_id, files=1)
    for name in ("worker-1", "worker-2"):
        family = psutil.Process(cluster.pid(name)).children(recursive=True)
        if owner not in family:
            for process in family:
                with contextlib.suppress(psutil.Error):
                    process.kill()
    job = cluster.until_final(job_id, 90)
    assert job["status"] == "completed", job
    assert chunks_of(cluster, job_id) == (14, 14)
    rows = cluster.client().get("/documents", params={"limit": 200, "search": "Drawing"}).json()["data"]
    assert {row["chunks"] for row in rows if row["name"].startswith("Drawing")} == {8}


@pytest.mark.parametrize("folder", [20], indirect=True)
def test_backup_of_a_running_cluster(cluster: Cluster, folder: Path, tmp_path: Path) -> None:
    """By its data folder alone: the addresses are found. Put back into SQLite and into another Postgres."""
    cluster.until_final(cluster.train(folder))
    wanted = {
        row["sha256"] for row in cluster.client().get("/documents", params={"limit": 200}).json()["data"]
    }
    file = tmp_path / "cluster.tar.gz"
    line = program.command(
        "bldr_desktop.engine.cli", "backup", str(file), "--data-dir", str(cluster.data_dir)
    )
    done = subprocess.run(line, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    back = program.command(
        "bldr_desktop.engine.cli", "restore", str(file), "--data-dir", str(tmp_path / "one")
    )
    done = subprocess.run(back, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    with running_engine(tmp_path / "one") as engine:
        token = engine.sign_in("anna", PASSWORD)
        rows = engine.client(token).get("/documents", params={"limit": 200}).json()["data"]
        assert {row["sha256"] for row in rows} == wanted
    with running_cluster(workers=1, processes=1, restored=file) as second:
        rows = second.client().get("/documents", params={"limit": 200}).json()["data"]
        assert {row["sha256"] for row in rows} == wanted
        second.until_final(second.train(make_folder(tmp_path / "more", 2, "after")))


@pytest.mark.parametrize("folder", [250], indirect=True)
def test_r41_redis_emptied_in_the_middle(cluster: Cluster, folder: Path) -> None:
    import redis

    connection = redis.Redis.from_url(cluster.environment()["BLDR_REDIS_URL"])
    first = cluster.train(folder)
    second = cluster.train(make_folder(folder.parent / "more", 20, "second"))
    third = cluster.train(make_folder(folder.parent / "third", 20, "third"))
    connection.flushall()
    os.kill(cluster.pid("redis"), signal.SIGKILL)
    for job_id in (first, second, third):
        assert cluster.until_final(job_id, 90)["status"] == "completed"
    connection.close()


@pytest.mark.parametrize("folder", [250], indirect=True)
def test_r41_postgres_away_for_20_seconds(cluster: Cluster, folder: Path) -> None:
    job_id = cluster.train(folder)
    holder(cluster, job_id)
    conf = cluster.data_dir / "postgres" / "postgresql.conf"
    aside = conf.with_suffix(".away")
    conf.rename(aside)
    os.kill(cluster.pid("postgres"), signal.SIGQUIT)
    time.sleep(2)
    answer = httpx.get(cluster.urls[0] + "/queue", headers={"Authorization": f"Bearer {cluster.token}"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    time.sleep(18)
    aside.rename(conf)
    job = cluster.until_final(job_id, 120)
    assert job["status"] == "completed", job
    assert chunks_of(cluster, job_id) == (250, 250)


@pytest.mark.parametrize("folder", [250], indirect=True)
def test_r41_the_index_does_not_answer_for_20_seconds(cluster: Cluster, folder: Path) -> None:
    """The index process hangs (a Qdrant server that is down is the same to workers and API)."""
    job_id = cluster.train(folder)
    holder(cluster, job_id)
    hung = psutil.Process(cluster.pid("index"))
    hung.suspend()
    time.sleep(2)
    asked = cluster.client().post("/query", json={"query": "требование к бетону", "k": 3})
    assert asked.status_code == 503, asked.text
    assert asked.headers["Retry-After"]
    assert cluster.client().get("/queue").status_code == 200, "what needs no index goes on"
    time.sleep(18)
    with contextlib.suppress(psutil.NoSuchProcess):
        hung.resume()  # unless it was replaced meanwhile
    job = cluster.until_final(job_id, 120)
    assert job["status"] == "completed", job
    assert chunks_of(cluster, job_id) == (250, 250)
    found = cluster.client().post("/query", json={"query": "требование к бетону", "k": 3})
    assert found.json()["results"]


@pytest.mark.parametrize("folder", [250], indirect=True)
def test_r42_a_worker_told_to_stop_gives_its_job_back(cluster: Cluster, folder: Path) -> None:
    job_id = cluster.train(folder)
    holder(cluster, job_id).parent().send_signal(signal.SIGTERM)  # type: ignore[union-attr]
    job = cluster.until_final(job_id, 90)
    assert job["status"] == "completed"
    assert chunks_of(cluster, job_id) == (250, 250)


def test_r43_two_beats_do_a_chore_once(cluster: Cluster) -> None:
    import redis

    connection = redis.Redis.from_url(cluster.environment()["BLDR_REDIS_URL"])
    environment = {**cluster.environment(), "BLDR_DATA_DIR": str(cluster.data_dir / "second-beat")}
    line = program.command("bldr_desktop.engine.cli.programs", "beat")
    with subprocess.Popen(
        line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as beat:
        try:
            deadline = time.monotonic() + 150
            before = set(connection.scan_iter("bldr:chore:watch folders:*"))
            make_folder(cluster.watched, 3, "watched")
            while len(set(connection.scan_iter("bldr:chore:watch folders:*")) - before) < 4:
                assert time.monotonic() < deadline, "no chore was done"
                time.sleep(1)
        finally:
            beat.terminate()
    counts = [int(connection.get(key) or 0) for key in connection.scan_iter("bldr:chore:*")]
    connection.close()
    assert counts
    assert set(counts) == {1}
    rows = cluster.client().get("/queue", params={"limit": 200}).json()
    watched = [row for row in rows if row["name"] == cluster.watched.name]
    assert len(watched) == 1, "the watched folder is trained once for one change"
    assert cluster.until_final(watched[0]["id"])["files_done"] == 3


@pytest.mark.parametrize("name", ["redis", "postgres", "index", "worker-2", "beat", "engine-2"])
def test_any_killed_child_is_back_within_ten_seconds(cluster: Cluster, name: str) -> None:
    first = cluster.pid(name)
    os.kill(first, signal.SIGKILL)
    killed = time.monotonic()
    while time.monotonic() - killed < 10:
        status = cluster.status()
        row = next(row for row in status["services"] if row["name"] == name)
        if row["state"] == "healthy" and row["pid"] != first:
            return
        time.sleep(0.2)
    raise AssertionError(f"{name} is not back: {row}")


def _seconds(job: dict[str, Any]) -> float:
    from datetime import datetime

    began, ended = (datetime.fromisoformat(job[name]) for name in ("started_at", "finished_at"))
    return (ended - began).total_seconds()
