# SPDX-License-Identifier: MIT
"""A real engine whose store holds a finished run with very many events."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from engine import running_engine

JOB_ID = "019a205b-bbd7-726f-b87d-4ec8d800ec54"
EVENTS_A_FILE = 20
FAILS_EACH = 100
_BEGAN = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def frames_of(events: int) -> Iterator[dict[str, Any]]:
    """The frames of a run, without number: of each file 8 of progress, 6 of its state, 6 log lines."""
    files = events // EVENTS_A_FILE
    for n in range(files):
        name = f"СП {n}.13330.2018 Бетонные и железобетонные конструкции.pdf"
        path = f"/home/user/Нормы/{n // 100:03d}/{name}"
        for step in range(EVENTS_A_FILE):
            if step % 10 in {0, 3, 6}:
                yield {"type": "job_log", "level": "info", "text": f"{name}: шаг {step}", "file": path}
            elif step % 10 in {1, 4, 7}:
                yield {"type": "file_update", "file": file_of(n, path, name, done=step == 17)}
            else:
                yield {
                    "type": "training_progress",
                    "stage": "extract",
                    "log": f"{n} of {files} files",
                    "progress": round(100.0 * n / files, 2),
                    "data": "",
                    "status": "processing",
                    "files_total": files,
                    "files_done": n,
                    "files_failed": 0,
                    "chunks": 120 * n,
                    "bytes_total": 1_800_000 * files,
                    "bytes_done": 1_800_000 * n,
                    "current_file": path,
                    "time_left": [10.0, 20.0],
                }


def file_of(n: int, path: str, name: str, *, done: bool) -> dict[str, Any]:
    """The n-th file; each hundredth fails."""
    failed = n % FAILS_EACH == FAILS_EACH - 1
    return {
        "path": path,
        "name": name,
        "size": 1_800_000,
        "state": ("failed" if failed else "done") if done else "active",
        "stage": "done" if done else "extract",
        "chunks": 120 if done and not failed else 0,
        "pages": 14,
        "attempts": 1,
        "stage_seconds": {"extract": 0.2, "index": 0.05},
        "error": "The file is damaged." if done and failed else None,
    }


def merge_key_of(frame: dict[str, Any]) -> str | None:
    """As the engine sets it: by job for progress, by file for files, none for log lines."""
    if frame["type"] == "job_log":
        return None
    return f"file:{frame['file']['path']}" if "file" in frame else f"training:{JOB_ID}"


def fill(database: Path, events: int) -> int:
    """Write the run into an engine's store that nobody has open; the number of its log lines."""
    connection = sqlite3.connect(database)
    epoch = connection.execute("select value from meta where key = 'epoch'").fetchone()[0]
    last = int((connection.execute("select value from meta where key='last_seq'").fetchone() or ("0",))[0])
    rows, lines = [], 0
    ended: list[dict[str, Any]] = []
    for place, frame in enumerate(frames_of(events), start=1):
        if frame["type"] == "file_update" and frame["file"]["stage"] == "done":
            ended.append(frame["file"])
        moment = _BEGAN + timedelta(milliseconds=3 * place)
        ts = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        seq = last + place
        whole = {"seq": seq, "epoch": epoch, "ts": ts, "job_id": JOB_ID, **frame}
        level = frame.get("level")
        lines += level is not None
        rows.append(
            (
                seq,
                ts,
                frame["type"],
                JOB_ID,
                None,
                0,
                merge_key_of(frame),
                0,
                level,
                json.dumps(whole, ensure_ascii=False),
            )
        )
    columns = "seq, ts, type, job_id, owner, public, merge_key, terminal, level, payload"
    connection.executemany(f"insert into events ({columns}) values (?,?,?,?,?,?,?,?,?,?)", rows)
    connection.execute("delete from meta where key = 'last_seq'")
    connection.execute("insert into meta values ('last_seq', ?)", (str(last + len(rows)),))
    files = events // EVENTS_A_FILE
    job = {
        "id": JOB_ID,
        "type": "training",
        "name": "Нормы",
        "status": "completed",
        "priority": 5,
        "params": "{}",
        "progress": 100.0,
        "stage": "verify",
        "message": "",
        "created_at": rows[0][1],
        "started_at": rows[0][1],
        "finished_at": rows[-1][1],
        "attempt": 1,
        "starts": 1,
        "files_total": files,
        "files_done": files - files // FAILS_EACH,
        "files_failed": files // FAILS_EACH,
        "chunks": 120 * (files - files // FAILS_EACH),
        "bytes_total": 1_800_000 * files,
        "bytes_done": 1_800_000 * files,
        "stage_seconds": json.dumps({"extract": 0.2 * files, "index": 0.05 * files}),
    }
    names, marks = ", ".join(job), ", ".join("?" * len(job))
    connection.execute(f"insert into jobs ({names}) values ({marks})", tuple(job.values()))
    words = "path, name, size, state, stage, pages, chunks, attempts, error, stage_seconds"
    columns = f"job_id, ordinal, warnings, {words}"
    rows = []
    for place, file in enumerate(ended):
        values = [file[word] for word in words.split(", ")]
        rows.append((JOB_ID, place, "[]", *values[:-1], json.dumps(values[-1])))
    connection.executemany(f"insert into job_files ({columns}) values (?{',?' * 12})", rows)
    connection.commit()
    connection.close()
    return lines


@contextmanager
def engine_with_long_run(events: int) -> Iterator[tuple[str, str, str, int]]:
    """(address, token, job id, number of log lines) of an engine with such a run."""
    with tempfile.TemporaryDirectory(prefix="bldr-long-run-") as folder:
        data = Path(folder) / "engine"
        with running_engine(data) as engine, engine.client() as client:
            client.get("/queue").raise_for_status()  # the store is made when it is first needed
        lines = fill(data / "bldr.sqlite3", events)
        with running_engine(data) as engine:
            yield engine.url, engine.token(), JOB_ID, lines
