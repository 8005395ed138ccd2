# SPDX-License-Identifier: MIT
"""Training through a real engine: what is done once, cancelled, continued, retried, quarantined."""

import contextlib
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from engine import EngineProcess, eventually, running_engine
from stack import STACK

TOTAL = 90
FINAL = {"completed", "failed", "cancelled", "interrupted"}
WORDS = [
    "бетон",
    "арматура",
    "плита",
    "фундамент",
    "нагрузка",
    "прочность",
    "расчёт",
    "момент",
    "concrete",
    "beam",
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    """One engine with two readers for all tests that leave it as they found it."""
    folder = tmp_path_factory.mktemp("training") / "engine"
    with running_engine(folder, environment={"BLDR_WORKERS": "2"}) as running:
        yield running


@pytest.fixture(scope="module")
def client(engine: EngineProcess) -> httpx.Client:
    """Signed in as the local admin."""
    return engine.client()


def write(folder: Path, name: str, *, words: int = 300, salt: str = "") -> Path:
    """A text file with a content of its own."""
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    text = " ".join(f"{WORDS[(n * 7 + len(name)) % len(WORDS)]} {n}" for n in range(words))
    place.write_text(f"{folder.name} {name} {salt}\n\n{text}\n", encoding="utf-8")
    return place


def train(client: httpx.Client, folder: Path, **more: Any) -> str:
    """Queue a training; its job id."""
    answer = client.post("/train", json={"custom_dir": str(folder), **more})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["job_id"])


def job(client: httpx.Client, job_id: str) -> dict[str, Any]:
    """A job now."""
    found: dict[str, Any] = client.get(f"/queue/{job_id}").json()
    return found


def ended(client: httpx.Client, job_id: str, timeout: float = 60.0) -> dict[str, Any]:
    """A job at its end."""

    def look() -> dict[str, Any] | None:
        now = job(client, job_id)
        return now if now["status"] in FINAL else None

    found: dict[str, Any] = eventually(look, timeout, 0.05)
    return found


def files(client: httpx.Client, job_id: str, **params: Any) -> dict[str, dict[str, Any]]:
    """A run's files by name."""
    answer = client.get(f"/queue/{job_id}/files", params={"limit": 1000, **params}).json()
    return {row["name"]: row for row in answer["data"]}


def test_second_run_does_nothing_and_force_does_all(client: httpx.Client, tmp_path: Path) -> None:
    for number in range(5):
        write(tmp_path, f"sub/deep/{number}.txt")
    first = ended(client, train(client, tmp_path))
    assert (first["status"], first["files_done"]) == ("completed", 5)
    assert first["chunks"] > 0
    second = ended(client, train(client, tmp_path))
    assert {row["state"] for row in files(client, second["id"]).values()} == {"unchanged"}
    assert second["chunks"] == 0
    forced = ended(client, train(client, tmp_path, force=True))
    assert forced["chunks"] == first["chunks"]


def test_what_lies_in_a_folder_is_not_touched_or_followed(client: httpx.Client, tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", "secret.txt")
    folder = tmp_path / "folder"
    kept = write(folder, "a.txt")
    write(folder, ".hidden.txt")
    write(folder, ".git/config.txt")
    write(folder, "~$lock.docx")
    (folder / "link.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    before = (kept.stat().st_mtime_ns, kept.read_bytes(), sorted(folder.rglob("*")))
    run = ended(client, train(client, folder))
    assert list(files(client, run["id"])) == ["a.txt"]
    assert (kept.stat().st_mtime_ns, kept.read_bytes(), sorted(folder.rglob("*"))) == before


def test_the_same_bytes_twice_are_one_document(client: httpx.Client, tmp_path: Path) -> None:
    one = write(tmp_path, "one.txt")
    shutil.copy(one, tmp_path / "two.txt")
    run = ended(client, train(client, tmp_path))
    rows = files(client, run["id"])
    assert rows["one.txt"]["document_id"] == rows["two.txt"]["document_id"]
    again = ended(client, train(client, tmp_path))
    assert {row["state"] for row in files(client, again["id"]).values()} == {"unchanged"}


def test_a_changed_file_replaces_its_older_text(client: httpx.Client, tmp_path: Path) -> None:
    place = write(tmp_path, "norm.txt", salt="старослово")
    ended(client, train(client, tmp_path))
    place.write_text("новослово о бетоне и арматуре\n", encoding="utf-8")
    ended(client, train(client, tmp_path))
    found = client.post("/query", json={"query": "старослово", "k": 5}).json()["results"]
    assert all("старослово" not in hit["chunk"] for hit in found)
    found = client.post("/query", json={"query": "новослово", "k": 5}).json()["results"]
    assert "новослово" in found[0]["chunk"]


def test_some_failures_leave_the_rest_trained(client: httpx.Client, tmp_path: Path) -> None:
    write(tmp_path, "good.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n" + b"\x00rubbish" * 50)
    run = ended(client, train(client, tmp_path))
    rows = files(client, run["id"])
    assert rows["good.txt"]["state"] == "done"
    assert rows["broken.pdf"]["state"] == "failed"
    assert rows["broken.pdf"]["error"]
    assert rows["empty.txt"]["state"] == "empty"
    assert (run["status"], run["error_code"], run["files_failed"]) == ("completed", "some_files_failed", 1)
    again = client.post(f"/queue/{run['id']}/retry", json={"only_failed": True}).json()["job"]
    rerun = ended(client, again["id"])
    assert list(files(client, rerun["id"])) == ["broken.pdf"]
    assert (rerun["attempt"], rerun["retry_of"]) == (2, run["id"])
    assert job(client, run["id"])["retried_by"] == rerun["id"]
    assert (rerun["status"], rerun["error_code"]) == ("failed", "all_files_failed")


def test_retry_runs_with_the_same_parameters(client: httpx.Client, tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    run = ended(client, train(client, tmp_path, fast_mode=True))
    answer = client.post(f"/queue/{run['id']}/retry")
    assert answer.status_code == 200, answer.text
    again = ended(client, answer.json()["job"]["id"])
    assert again["params"] == run["params"]
    assert again["attempt"] == 2


def test_an_empty_folder_is_no_failure(client: httpx.Client, tmp_path: Path) -> None:
    run = ended(client, train(client, tmp_path))
    assert (run["status"], run["error_code"]) == ("completed", "nothing_to_do")


def test_a_missing_folder_is_refused_with_its_field(client: httpx.Client) -> None:
    answer = client.post("/train", json={"custom_dir": "/no/such/folder"})
    assert (answer.status_code, answer.json()["code"]) == (422, "folder_not_found")
    assert answer.json()["fields"] == {"custom_dir": "not found"}


def test_frames_satisfy_every_field_client(client: httpx.Client, tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    run = ended(client, train(client, tmp_path))
    frames = client.get(f"/queue/{run['id']}/events", params={"limit": 1000}).json()["events"]
    seqs = [frame["seq"] for frame in frames]
    assert seqs == sorted(set(seqs))
    progress = [frame for frame in frames if frame["type"] == "training_progress"]
    for frame in progress:
        assert {"stage", "log", "progress", "data", "status"} <= set(frame)
    last = progress[-1]
    assert (last["stage"], last["status"], last["progress"]) == ("complete", "completed", 100.0)
    assert last["log"]
    values = [frame["progress"] for frame in progress]
    assert values == sorted(values)
    assert frames[0]["type"] == "new_job"
    assert [frame["type"] for frame in frames[-2:]] == ["job_update", "job_completed"]
    assert frames[-1]["success"] is True
    states = [frame["file"]["state"] for frame in frames if frame["type"] == "file_update"]
    assert states == ["active", "done"]
    documents = [frame["state"] for frame in frames if frame["type"] == "document_update"]
    assert documents == ["processing", "trained"]


def test_waiting_jobs_say_why_and_can_be_moved(client: httpx.Client, tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path / "long", f"{number}.txt", words=3000)
    write(tmp_path / "b", "b.txt")
    write(tmp_path / "c", "c.txt")
    running = train(client, tmp_path / "long")
    second, third = train(client, tmp_path / "b"), train(client, tmp_path / "c")
    eventually(lambda: job(client, running)["status"] == "running", 5)
    waiting = job(client, second)
    assert (waiting["waiting"]["code"], waiting["waiting"]["behind"]) == ("busy", "long")
    waiting = job(client, third)
    assert (waiting["position"], waiting["waiting"]["code"], waiting["waiting"]["behind"]) == (
        2,
        "position",
        "b",
    )
    answer = client.post(f"/queue/{third}/priority", json={"priority": 9})
    assert answer.json()["job"]["position"] == 1
    assert client.post(f"/queue/{running}/priority", json={"priority": 9}).status_code == 409
    assert client.post(f"/queue/{third}/priority", json={"priority": 10}).status_code == 422
    third_job, second_job = ended(client, third), ended(client, second)
    assert third_job["started_at"] < second_job["started_at"]


def documents_in(client: httpx.Client, state: str) -> int:
    """How many documents are in a state."""
    return int(client.get("/documents", params={"state": state}).json()["pagination"]["total"])


def cancelled(client: httpx.Client, job_id: str) -> tuple[dict[str, Any], float]:
    """Cancel and wait; the job and the seconds it took."""
    began = time.monotonic()
    answer = client.post(f"/queue/{job_id}/cancel")
    assert answer.status_code == 200, answer.text
    return ended(client, job_id, 10), time.monotonic() - began


@pytest.mark.parametrize("moment", ["queued", "scan", "extract", "later"])
def test_r51_cancel_is_quick_keeps_what_is_done_and_continues_with_the_rest(
    client: httpx.Client, tmp_path: Path, moment: str
) -> None:
    words = 10_000 if moment == "later" else 800  # enough to be met in the middle by a fast machine too
    for number in range(TOTAL):
        write(tmp_path, f"{number:03}.txt", words=words)
    run = train(client, tmp_path)
    if moment == "scan":
        eventually(lambda: job(client, run)["status"] != "queued", 5, 0.002)
    elif moment == "extract":
        eventually(lambda: job(client, run)["files_total"], 5, 0.005)
    elif moment == "later":
        eventually(lambda: job(client, run)["files_done"] >= 5, 60, 0.02)
    now, seconds = cancelled(client, run)
    assert now["status"] == "cancelled"
    assert seconds < 5.0
    receipt = now["receipt"]
    assert receipt["asked_at"] <= receipt["stopped_at"]
    assert receipt["can_continue"]
    rows = files(client, run)
    done = [name for name, row in rows.items() if row["state"] == "done"]
    assert receipt["kept"] == len(done)
    assert {row["state"] for row in rows.values()} <= {"done", "cancelled"}
    if moment == "later":
        assert len(done) >= 5
    for name in done[:2]:
        found = client.get(f"/documents/{rows[name]['document_id']}").json()
        assert found["state"] == "trained"
    eventually(lambda: documents_in(client, "processing") == 0, 5)
    answer = client.post(f"/queue/{run}/continue")
    assert answer.status_code == 200, answer.text
    rest = ended(client, answer.json()["job"]["id"])
    assert rest["status"] == "completed"
    if receipt["total"]:
        assert sorted(files(client, rest["id"])) == sorted(set(rows) - set(done))
    assert len([row for row in files(client, rest["id"]).values() if row["state"] == "done"]) == TOTAL - len(
        done
    )
    assert client.post(f"/queue/{run}/cancel").status_code == 409


def test_r51_cancel_while_a_file_is_hashed_or_read(client: httpx.Client, tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as stream:
        for number in range(60):
            stream.write(f"строка {number} ".encode() * 40_000)
    run = train(client, tmp_path)
    eventually(lambda: job(client, run)["status"] == "running", 5, 0.005)
    time.sleep(0.3)
    now, seconds = cancelled(client, run)
    assert now["status"] == "cancelled"
    assert seconds < 5.0


def test_r49_a_folder_that_goes_away_half_way(client: httpx.Client, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    for number in range(400):  # more than a quick machine has read before it is asked
        write(folder, f"{number:03}.txt", words=1500)
    run = train(client, folder)
    eventually(lambda: job(client, run)["files_done"] >= 1, 60, 0.002)
    folder.rename(tmp_path / "moved")
    now = ended(client, run)
    rows = files(client, run)
    states = {row["state"] for row in rows.values()}
    assert states == {"done", "not_found"}
    assert now["status"] == "completed"
    assert now["error_code"] == "some_files_failed"
    for row in rows.values():
        if row["state"] == "not_found":
            assert "not there any more" in row["error"]
    (tmp_path / "moved").rename(folder)
    again = client.post(f"/queue/{run}/retry", json={"only_failed": True}).json()["job"]
    assert ended(client, again["id"])["status"] == "completed"


@pytest.mark.skipif(STACK == "cluster", reason="readers belong to the worker there; test_cluster has R40")
def test_r40_a_file_whose_reader_always_dies_is_quarantined(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    with (folder / "a-poison.txt").open("wb") as stream:
        for number in range(40):
            stream.write(f"1.{number} Отрава {number} ".encode() * 40_000)
    for number in range(3):
        write(folder, f"b{number}.txt")
    with running_engine(tmp_path / "engine") as engine:
        client = engine.client()
        stop = threading.Event()
        killer = threading.Thread(target=kill_hard_workers, args=(engine.pid, stop))
        killer.start()
        try:
            now = ended(client, train(client, folder), 60)
        finally:
            stop.set()
            killer.join()
        rows = files(client, now["id"])
        assert rows["a-poison.txt"]["state"] == "quarantined"
        assert rows["a-poison.txt"]["attempts"] == 3
        assert [rows[f"b{number}.txt"]["state"] for number in range(3)] == ["done"] * 3
        assert (now["status"], now["error_code"]) == ("completed", "some_files_failed")
        log = client.get(f"/queue/{now['id']}/log", params={"level": "warning"}).json()
        assert sum("Attempt" in line["text"] for line in log["lines"]) == 2
        again = ended(client, train(client, folder))
        assert files(client, again["id"])["a-poison.txt"]["state"] == "quarantined"
        assert files(client, again["id"])["a-poison.txt"]["attempts"] == 0, "it is not read again by itself"


def kill_hard_workers(engine: int, stop: threading.Event) -> None:
    """kill -9 any reader process that has worked for 0.3 s at one go; readers of the small files
    never do."""
    began: dict[int, float] = {}
    while not stop.wait(0.02):
        with contextlib.suppress(psutil.Error):
            for child in psutil.Process(engine).children():
                if not any("documents.child" in part for part in child.cmdline()):
                    continue
                spent = child.cpu_times().user
                if child.status() != psutil.STATUS_RUNNING:
                    began[child.pid] = spent
                elif spent - began.setdefault(child.pid, spent) > 0.3 and child.memory_info().rss > 150 << 20:
                    child.kill()


def test_r50_memory_stays_flat_over_many_files(
    client: httpx.Client, engine: EngineProcess, tmp_path: Path
) -> None:
    for number in range(250):
        write(tmp_path, f"{number:04}.txt", words=20)
    process = psutil.Process(engine.pid)
    before = process.memory_info().rss
    now = ended(client, train(client, tmp_path), 100)
    assert now["files_done"] == 250
    assert process.memory_info().rss - before < 60 << 20


def test_a_stopped_engine_goes_on_where_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    for number in range(40):
        write(folder, f"{number:03}.txt", words=1500)
    with running_engine(tmp_path / "engine", environment={"BLDR_WORKERS": "2"}) as engine:
        client = engine.client()
        run = train(client, folder)
        eventually(lambda: job(client, run)["files_done"] >= 5, 60, 0.02)
        engine.stop()
        engine.start()
        client = engine.client()
        now = ended(client, run)
        assert now["status"] == "completed"
        assert now["files_done"] == 40
        attempts = [row["attempts"] for row in files(client, run).values()]
        assert attempts.count(1) >= 30, "files that were finished are not read again"


def test_users_see_and_command_their_own_jobs_only(
    engine: EngineProcess, client: httpx.Client, tmp_path: Path
) -> None:
    write(tmp_path, "a.txt")
    mine = ended(client, train(client, tmp_path))
    engine.add_user("nina", "a long password of nina")
    other = engine.client(engine.sign_in("nina", "a long password of nina"))
    assert other.get("/queue").json() == []
    for method, path in (
        ("GET", f"/queue/{mine['id']}"),
        ("GET", f"/queue/{mine['id']}/log"),
        ("GET", f"/queue/{mine['id']}/files"),
        ("GET", f"/queue/{mine['id']}/events"),
        ("POST", f"/queue/{mine['id']}/cancel"),
        ("POST", f"/queue/{mine['id']}/retry"),
        ("DELETE", f"/queue/{mine['id']}"),
        ("GET", f"/processes/{mine['id']}"),
        ("POST", f"/api/tools/jobs/{mine['id']}/cancel"),
    ):
        assert other.request(method, path).status_code == 404, path
    answer = other.post("/queue/bulk", json={"action": "remove", "ids": [mine["id"]]}).json()
    assert answer["done"] == 0
    assert other.post("/train", json={"custom_dir": str(tmp_path)}).status_code == 403
    own = other.post("/train").json()["job_id"]
    assert ended(other, own)["owner"] == "nina"
    assert own in {row["id"] for row in client.get("/queue").json()}


def test_an_export_ends_in_a_file(client: httpx.Client) -> None:
    for what, kind in (("documents", "text/csv"), ("texts", "application/zip")):
        made = client.post("/queue", json={"type": "export", "params": {"what": what}}).json()["job"]
        now = ended(client, made["id"])
        assert now["has_result"], now
        for path in (f"/queue/{made['id']}/result", f"/api/tools/jobs/{made['id']}/download"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert kind in answer.headers["content-type"]
            assert answer.content
    assert client.delete(f"/queue/{made['id']}").json()["success"]
    assert client.get(f"/queue/{made['id']}").status_code == 404
    assert client.post("/queue", json={"type": "export", "params": {"what": "x"}}).status_code == 422


def test_the_dialects_show_the_same_jobs(client: httpx.Client, tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    run = ended(client, train(client, tmp_path))
    process = client.get(f"/processes/{run['id']}").json()
    assert (process["process_type"], process["status"]) == ("rag_training", "completed")
    assert process["created_at"] <= process["started_at"] <= process["completed_at"] <= time.time() + 1
    listed = client.get("/processes", params={"process_type": "rag_training", "status": "completed"}).json()
    assert run["id"] in {row["process_id"] for row in listed["processes"]}
    assert client.get("/processes", params={"status": "timeout"}).json() == {"processes": []}
    tools = client.get("/api/tools/jobs/completed").json()
    assert run["id"] in {row["job_id"] for row in tools["jobs"]["training"]}
    status = client.get("/api/training/status").json()
    assert (status["job_id"], status["is_training"]) == (run["id"], False)
    assert client.get("/api/rag/status").json()["total_chunks"] > 0
    assert client.get("/api/training/runs", params={"limit": 1}).json()[0]["id"] == run["id"]
    paged = client.get("/queue", params={"paged": 1, "limit": 1, "type": "training"}).json()
    assert paged["pagination"]["limit"] == 1
    assert paged["data"][0]["id"] == run["id"]
    assert client.get("/queue", params={"status": "nonsense"}).status_code == 422
