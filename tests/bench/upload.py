# SPDX-License-Identifier: MIT
"""Uploads against their limits: curl, dd, cp and plain multipart in the same run on the same disk.

Rows (performance.md):

* G4 one big file (2 GiB): our transfer service (qasync loop, journal, own process) against
  ``curl -T`` to the same tus endpoint of the same engine (SHA-256 and fsync there), against
  ``dd conv=fsync``, and against plain multipart (httpx to a Starlette form, copied to its place);
* G5 5,000 files of 20 KiB: one by one at 4 parallel and packed, against ``cp -r``, which syncs nothing;
  beside it, for what a durable copy costs, ``cp -r`` with an fsync of each file and of the folder;
* A3 the same 5,000 files a second time: seconds, and bytes of content sent;
* how late the event loop is (p99) and what memory the client takes while sending.

Nothing is deleted between the measurements of small files, and each folder lies in a part of the disk of
its own: ext4 does not use an inode again for minutes after its file was deleted, and looks at each such
inode anew for every file made near it (``recently_deleted``). After one ``rm -r`` of 5,000 files both
``cp -r`` and the engine were measured up to fifteen times slower than before it.

Run: ``python tests/bench/upload.py [--runs 3] [--big-mib 2048] [--files 5000]``
"""

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "helpers"))

import httpx  # noqa: E402
import tus  # noqa: E402
from engine import EngineProcess, running_engine  # noqa: E402

MIB = 1 << 20
SMALL = 20 << 10
CLIENT = HERE.parent / "helpers" / "upload_client.py"


def client(engine: EngineProcess, folder: Path, name: str, paths: list[Path], **more: Any) -> dict[str, Any]:
    """Run our client as a process; everything it said, by event."""
    order = {
        "url": engine.url,
        "token": engine.token(),
        "journal": str(folder / f"{name}.sqlite3"),
        "paths": [str(path) for path in paths],
        **more,
    }
    done = subprocess.run(
        [sys.executable, str(CLIENT), json.dumps(order)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    said = {line["event"]: line for line in map(json.loads, done.stdout.splitlines())}
    if said["done"]["errors"]:
        raise RuntimeError(f"files failed: {said['done']['errors']}")
    return said


def mark(path: Path, number: int) -> None:
    """Make a file another one: the engine must not find its bytes there already."""
    with path.open("r+b") as stream:
        stream.write(f"%PDF-{number:08d} ".encode())


def settle() -> None:
    """Let earlier writes reach the disk, so that they do not fall into the next measurement."""
    os.sync()


def forget_blobs(engine: EngineProcess) -> None:
    """Free the disk of big files that were stored."""
    for blob in (engine.data_dir / "blobs").rglob("*"):
        if blob.is_file() and blob.stat().st_size > 16 * MIB:
            blob.unlink()


def curl(engine: EngineProcess, path: Path) -> float:
    """Seconds of ``curl -T`` to the tus endpoint."""
    size = path.stat().st_size
    with engine.client() as http:
        place = tus.create(http, size, filename=path.name).headers["Location"]
    command = ["curl", "-sS", "-f", "-X", "PATCH", "-T", str(path), "-o", os.devnull]
    for header in (
        f"Authorization: Bearer {engine.token()}",
        "Tus-Resumable: 1.0.0",
        "Upload-Offset: 0",
        "Content-Type: application/offset+octet-stream",
        "Expect:",
    ):
        command += ["-H", header]
    started = time.perf_counter()
    subprocess.run([*command, engine.url + place], check=True)
    return time.perf_counter() - started


def dd(path: Path, target: Path) -> float:
    """Seconds of ``dd conv=fsync``."""
    started = time.perf_counter()
    command = ["dd", f"if={path}", f"of={target}", "bs=1M", "conv=fsync", "status=none"]
    subprocess.run(command, check=True)
    took = time.perf_counter() - started
    target.unlink()
    return took


def plain_multipart(path: Path, folder: Path) -> float:
    """Seconds of the plain way: an httpx form to a Starlette form that is copied to its place."""
    server = subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), "--plain-server", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        with path.open("rb") as stream, httpx.Client(timeout=600) as http:
            started = time.perf_counter()
            http.post(url, files={"file": (path.name, stream)}).raise_for_status()
            return time.perf_counter() - started
    finally:
        server.terminate()
        server.wait()
        (folder / path.name).unlink(missing_ok=True)


def plain_server(folder: Path) -> None:
    """What a tutorial writes."""
    import socket

    import uvicorn
    from fastapi import FastAPI, UploadFile

    app = FastAPI()

    @app.post("/upload-file")
    def upload_file(file: UploadFile) -> dict[str, int]:
        with (folder / (file.filename or "file")).open("wb") as target:
            shutil.copyfileobj(file.file, target)
            target.flush()
            os.fsync(target.fileno())
            return {"size": target.tell()}

    listener = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}/upload-file", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run([listener])


def big(engine: EngineProcess, folder: Path, size: int, runs: int) -> list[dict[str, Any]]:
    """G4."""
    source = folder / "big.pdf"
    tus.make_file(source, size)
    ours: list[dict[str, Any]] = []
    peers: dict[str, list[float]] = {"curl": [], "dd": [], "multipart": []}
    for number in range(runs):
        mark(source, 10 + number)
        settle()
        ours.append(client(engine, folder, f"big{number}", [source]))
        forget_blobs(engine)
        mark(source, 20 + number)
        settle()
        peers["curl"].append(curl(engine, source))
        forget_blobs(engine)
        settle()
        peers["dd"].append(dd(source, folder / "copy"))
        settle()
        if number == 0:
            peers["multipart"].append(plain_multipart(source, folder / "form"))
    source.unlink()
    rate = {name: size / MIB / statistics.median(values) for name, values in peers.items()}
    mine = size / MIB / statistics.median(run["done"]["seconds"] for run in ours)
    memory = max(run["done"]["memory"] for run in ours) / MIB
    late = statistics.median(run["done"]["late_ms"] for run in ours)
    looked = statistics.median(run["looked"]["seconds"] for run in ours)
    return [
        row("G4 big file", mine, "MB/s", rate["curl"], 0.9),
        row("G4 big file vs dd conv=fsync", mine, "MB/s", rate["dd"], None),
        row("G4 big file vs plain multipart", mine, "MB/s", rate["multipart"], 3.0),
        row("G4 client memory above idle", memory, "MB", 16.0, None, most=True),
        row("G4 event loop late p99", late, "ms", 50.0, None, most=True),
        row("hashing before (pre-flight)", looked, "s", None, None),
    ]


def make_small(folder: Path, count: int, seed: int) -> Path:
    """A folder of files whose content nobody has seen."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number:05d}.txt").write_bytes(f"{seed}-{number} ".encode() + os.urandom(SMALL - 16))
    return folder


def cp(source: Path, target: Path) -> tuple[float, float]:
    """Seconds of ``cp -r``, and of it with an fsync of all that it made."""
    started = time.perf_counter()
    subprocess.run(["cp", "-r", str(source), str(target)], check=True)
    took = time.perf_counter() - started
    for path in [*target.iterdir(), target]:
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
    return took, time.perf_counter() - started


def spread(folder: Path) -> None:
    """Ask the file system to put each folder in here into a part of the disk of its own."""
    with contextlib.suppress(OSError):  # not ext4, or not on Linux: it has no such habit
        subprocess.run(["chattr", "+T", str(folder)], check=False, capture_output=True)


def small(engine: EngineProcess, folder: Path, count: int, runs: int) -> list[dict[str, Any]]:
    """G5 and the unchanged second run."""
    singles, packs, copies, synced, late, memory = [], [], [], [], [], []
    again: dict[str, Any] = {}
    for number in range(runs):
        source = make_small(folder / f"one{number}", count, 2 * number)
        settle()
        plain, durable = cp(source, folder / f"copy{number}")
        copies.append(plain)
        synced.append(durable)
        settle()
        one = client(engine, folder, f"one{number}", [source], pack=1)["done"]
        singles.append(one["seconds"])
        source = make_small(folder / f"many{number}", count, 2 * number + 1)
        settle()
        packed = client(engine, folder, f"many{number}", [source])["done"]
        packs.append(packed["seconds"])
        late += [one["late_ms"], packed["late_ms"]]
        memory += [one["memory"], packed["memory"]]
        if number == 0:
            train(engine, count)
            again = client(engine, folder, f"many{number}", [source])
    limit = count / statistics.median(copies)
    durably = count / statistics.median(synced)
    return [
        row("G5 one by one, 4 parallel", count / statistics.median(singles), "files/s", limit, 0.5),
        row("G5 packed", count / statistics.median(packs), "files/s", limit, 0.9),
        row("G5 one by one vs cp -r and fsync", count / statistics.median(singles), "files/s", durably, None),
        row("G5 packed vs cp -r and fsync", count / statistics.median(packs), "files/s", durably, None),
        row("event loop late p99, small files", statistics.median(late), "ms", 50.0, None, most=True),
        row("client memory above idle, small files", max(memory) / MIB, "MB", 150.0, None, most=True),
        row("unchanged second run", again["looked"]["seconds"], "s", 3.0, None, most=True),
        row(
            "unchanged second run, unchanged files",
            again["looked"]["counts"]["unchanged"],
            "files",
            count,
            1.0,
        ),
        row("unchanged second run, content sent", again["done"]["bytes"], "bytes", 0.0, None, most=True),
    ]


def train(engine: EngineProcess, count: int) -> None:
    """Make what was uploaded trained: only then a second run finds it unchanged."""
    with engine.client() as http:
        job = http.post("/train", json={}).raise_for_status().json()["job_id"]
        end = time.monotonic() + 240
        while http.get(f"/queue/{job}").json()["status"] not in {"completed", "failed"}:
            if time.monotonic() > end:
                raise RuntimeError(f"{count} files were not trained in time")
            time.sleep(0.2)


def row(
    name: str, value: float, unit: str, limit: float | None, reach: float | None, *, most: bool = False
) -> dict[str, Any]:
    """One line: ``reach`` is the least part of the limit; ``most`` is for limits not to be passed."""
    ratio = value / limit if limit else None
    ok = True
    if most and limit is not None:
        ok = value <= limit
    elif reach is not None and ratio is not None:
        ok = ratio >= reach
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "limit": limit,
        "ratio": ratio,
        "reach": reach,
        "ok": ok,
    }


def show(rows: list[dict[str, Any]]) -> None:
    """The table."""
    print(f"{'':44}{'value':>12} {'unit':8}{'limit':>10}{'ratio':>8}{'reach':>7}  ok")
    for line in rows:
        numbers = [
            f"{line[key]:.2f}" if isinstance(line[key], int | float) else ""
            for key in ("limit", "ratio", "reach")
        ]
        left = f"{line['name']:44}{line['value']:12.1f} {line['unit']:8}"
        right = f"{numbers[0]:>10}{numbers[1]:>8}{numbers[2]:>7}  {'yes' if line['ok'] else 'NO'}"
        print(left + right)


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--big-mib", type=int, default=2048)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--only", choices=("big", "small"))
    parser.add_argument("--plain-server", type=Path)
    parser.add_argument("--dir", type=Path, help="where to work; the disk of this folder is measured")
    given = parser.parse_args()
    if given.plain_server:
        plain_server(given.plain_server)
        return 0
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(dir=given.dir) as name:
        folder = Path(name)
        spread(folder)
        (folder / "form").mkdir()
        jobs: dict[str, Callable[[EngineProcess], list[dict[str, Any]]]] = {
            "big": lambda engine: big(engine, folder, given.big_mib * MIB, given.runs),
            "small": lambda engine: small(engine, folder, given.files, given.runs),
        }
        with running_engine(folder / "engine") as engine:
            for what, measure in jobs.items():
                if given.only in {None, what}:
                    rows += measure(engine)
    show(rows)
    ok = all(line["ok"] for line in rows)
    print(json.dumps({"bench": "upload", "rows": rows, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
