# SPDX-License-Identifier: MIT
"""Records real trainings for ``replayed_runs``: random mixes of the example material through a real engine.

    python tests/bench/record_runs.py OUT.jsonl.gz [RUNS]

Kept are progress frames and the end of each file (type, size, stage seconds); names are not.
"""

import gzip
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "helpers"), str(HERE.parent.parent)]

from engine import EngineProcess, running_engine  # noqa: E402

from bldr_desktop.protocol.base import JobStatus  # noqa: E402

DEVKIT = HERE.parent.parent.parent / "shared" / "data" / "devkit"
SOURCES = ("norms-dev", "xquad-ru-dev", "xquad-en-dev", "real-dev")
_PROGRESS = (
    "type", "ts", "stage", "log", "progress", "status", "files_total", "files_done", "files_failed",
    "chunks", "bytes_total", "bytes_done", "time_left",
)  # fmt: skip
_GROWS = {".pdf", ".txt", ".html"}
_FILE = ("size", "state", "stage", "attempts", "stage_seconds")


def mix(folder: Path, rng: random.Random) -> None:
    """A folder of some files of each source, copied."""
    for source in SOURCES:
        files = sorted(file for file in (DEVKIT / source).rglob("*") if file.is_file())
        share = rng.choice((0.0, 0.1, 0.3, 0.6, 1.0)) * (0.4 if source.startswith("xquad") else 1.0)
        copies = rng.randint(4, 12)
        for n, file in enumerate(rng.sample(files, int(share * len(files)))):
            data = file.read_bytes()
            for copy in range(copies if file.suffix in _GROWS else 1):
                # other bytes, the same work: the engine never parses the same bytes twice
                tail = f"\n{folder.name} {copy}\n".encode() if copy or file.suffix in _GROWS else b""
                (folder / f"{source}-{n}-{copy}{file.suffix}").write_bytes(data + tail)


def slim(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What an estimator may look at, without names."""
    kept: list[dict[str, Any]] = []
    numbers: dict[str, int] = {}
    for event in events:
        if event["type"] == "training_progress":
            kept.append({key: event[key] for key in _PROGRESS if key in event} | {"log": ""})
        elif event["type"] == "file_update":
            file = event["file"]
            number = numbers.setdefault(file["path"], len(numbers))
            name = f"{number}{Path(file['path']).suffix}"
            slimmed = {key: file[key] for key in _FILE} | {"path": name, "name": name}
            kept.append({"type": "file_update", "ts": event["ts"], "file": slimmed})
    return kept


def record(engine: EngineProcess, folder: Path) -> list[dict[str, Any]]:
    """Train a folder to its end; its events."""
    with engine.client() as client:
        job_id = client.post("/train", json={"custom_dir": str(folder), "force": True}).json()["job_id"]
        while not JobStatus(client.get(f"/queue/{job_id}").json()["status"]).is_final:
            time.sleep(0.2)
        events: list[dict[str, Any]] = []
        while True:
            after = events[-1]["seq"] if events else 0
            body = client.get(f"/queue/{job_id}/events", params={"after": after, "limit": 5000}).json()
            if not body["events"]:
                return slim(events)
            events += body["events"]


def main() -> None:
    """Record and write."""
    target, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20
    rng = random.Random(20)
    with (
        tempfile.TemporaryDirectory() as work,
        running_engine(Path(work) / "engine", environment={"BLDR_WORKERS": "1"}) as engine,
        gzip.open(target, "wt", encoding="utf-8") as out,
    ):
        for n in range(count):
            folder = Path(work) / f"mix-{n}"
            folder.mkdir()
            while len(list(folder.iterdir())) < 80:
                mix(folder, rng)
            began = time.monotonic()
            events = record(engine, folder)
            out.write(json.dumps(events, ensure_ascii=False) + "\n")
            out.flush()
            sys.stdout.write(f"{n}: {len(events)} events, {time.monotonic() - began:.1f} s\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
