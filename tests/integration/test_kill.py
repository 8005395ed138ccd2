# SPDX-License-Identifier: MIT
"""kill -9 of the engine or of a reader process at random moments of training: nothing is lost.

Rounds come in sessions: a fresh engine trains the 30 standards of the example material and is killed
up to five times on the way (more trainings, forced, follow when it is done too soon). After each
restart the job's status must be true within 5 s; at the end of a session every document is there
exactly once with the chunks of an undisturbed run, the index has exactly their points, and every event
that a client saw is in the log under its number, once.
"""

import contextlib
import random
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest
from engine import EngineProcess, eventually, running_engine
from recorder import Recorder

FINAL = {"completed", "failed", "cancelled", "interrupted"}
WORKERS = {"BLDR_WORKERS": "2"}
TRUE_WITHIN = 5.0


def corpus(devkit: Path) -> Path:
    """The 30 standards."""
    return devkit / "norms-dev" / "corpus"


def train(engine: EngineProcess, folder: Path, *, force: bool = False) -> str:
    """Queue a training; its job id."""
    answer = engine.client().post("/train", json={"custom_dir": str(folder), "force": force})
    answer.raise_for_status()
    return str(answer.json()["job_id"])


def job(engine: EngineProcess, job_id: str) -> dict[str, Any]:
    """A job as the engine says."""
    answer = engine.client().get(f"/queue/{job_id}")
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


def finished(engine: EngineProcess, job_id: str, timeout: float = 90.0) -> dict[str, Any]:
    """Wait for a job's end."""

    def ended() -> dict[str, Any] | None:
        now = job(engine, job_id)
        return now if now["status"] in FINAL else None

    found: dict[str, Any] = eventually(ended, timeout, 0.1)
    return found


def collection(engine: EngineProcess) -> dict[str, tuple[str, int]]:
    """Document name → state and chunks; a name must not come twice."""
    rows = engine.client().get("/documents", params={"limit": 200}).json()["data"]
    names = Counter(row["name"] for row in rows)
    assert max(names.values(), default=1) == 1, f"documents twice: {names.most_common(3)}"
    return {row["name"]: (row["state"], row["chunks"]) for row in rows}


def index_points(engine: EngineProcess, expected: int) -> int:
    """Points in the index as it says itself; the health board looks every 5 s, so at most 15 s."""
    client = engine.client()

    def counted() -> int:
        text = client.get("/status").json()["data"]["details"]["index"]["text"]
        return int(text.split()[0]) if text[:1].isdigit() else -1

    with contextlib.suppress(AssertionError):
        eventually(lambda: counted() == expected, 15)
    return counted()


@pytest.fixture(scope="module")
def undisturbed(devkit: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, int]]:
    """The collection after a training that nobody disturbs."""
    with running_engine(tmp_path_factory.mktemp("calm") / "engine", environment=WORKERS) as engine:
        ended = finished(engine, train(engine, corpus(devkit)))
        assert ended["status"] == "completed", ended
        return collection(engine)


class Session:
    """One engine that is killed again and again."""

    def __init__(self, folder: Path, data: Path, dice: random.Random) -> None:
        self.folder = folder
        self.engine = EngineProcess(data, environment=WORKERS)
        self.recorder = Recorder()
        self.dice = dice
        self.jobs: list[str] = []
        self.slowest = 0.0
        self.started = datetime.now(UTC)
        self.killed: Counter[str] = Counter()

    def run(self, rounds: int) -> None:
        """Train, kill, restart, look; ``rounds`` times."""
        self.engine.start()
        self.recorder.attach(self.engine)
        self.jobs.append(train(self.engine, self.folder))
        for _ in range(rounds):
            if job(self.engine, self.jobs[-1])["status"] in FINAL:
                self.jobs.append(train(self.engine, self.folder, force=True))
            time.sleep(self.dice.uniform(0.02, 1.5))
            if self.dice.random() < 0.3:
                self._kill_reader()
            else:
                self._kill_engine()

    def _kill_reader(self) -> None:
        readers = [
            child
            for child in psutil.Process(self.engine.pid).children(recursive=True)
            if any("documents.child" in part for part in child.cmdline())
        ]
        if readers:
            with contextlib.suppress(psutil.NoSuchProcess):
                self.dice.choice(readers).kill()
            self.killed["reader"] += 1

    def _kill_engine(self) -> None:
        self.engine.kill()
        self.killed["engine"] += 1
        seen = self.recorder.last
        self.started = datetime.now(UTC)
        self.engine.start()
        ready = datetime.now(UTC)
        eventually(self._status_is_true, 30)
        self.slowest = max(self.slowest, self._seconds_until_true(seen, ready))
        assert self.slowest <= TRUE_WITHIN
        self.recorder.attach(self.engine)

    def _status_is_true(self) -> bool:
        """Ended, or held by the engine of now (its heartbeat is younger than the restart)."""
        now = job(self.engine, self.jobs[-1])
        if now["status"] in FINAL:
            return True
        beat = now["heartbeat_at"]
        return now["status"] == "running" and beat is not None and datetime.fromisoformat(beat) > self.started

    def _seconds_until_true(self, seen: int, ready: datetime) -> float:
        """By the engine's own log: from its ready line to the event that says *running* again. (How
        long a request takes on a busy machine is another matter.) 0 when that came before the line."""
        path = f"/queue/{self.jobs[-1]}/events"
        frames = self.engine.client().get(path, params={"after": seen, "limit": 5000}).json()["events"]
        told = [
            datetime.fromisoformat(frame["ts"])
            for frame in frames
            if frame["type"] == "job_update" and frame["status"] == "running"
        ]
        after = [moment for moment in told if moment > self.started]
        return max((after[0] - ready).total_seconds(), 0.0) if after else 0.0

    def check(self, undisturbed: dict[str, tuple[str, int]]) -> None:
        """After the last round: let it finish and compare everything."""
        for job_id in self.jobs:
            ended = finished(self.engine, job_id)
            assert ended["status"] == "completed", ended
            assert ended["files_done"] == len(undisturbed)
        assert collection(self.engine) == undisturbed
        chunks = sum(count for _, count in undisturbed.values())
        assert index_points(self.engine, chunks) == chunks
        self._check_events()

    def _check_events(self) -> None:
        client = self.engine.client()
        kept: dict[int, dict[str, Any]] = {}
        for job_id in self.jobs:
            answer = client.get(f"/queue/{job_id}/events", params={"limit": 50_000}).json()
            for frame in answer["events"]:
                assert frame["seq"] not in kept, "a number twice in the log"
                kept[frame["seq"]] = frame
        last = max(kept)
        eventually(lambda: self.recorder.last >= last, 10)
        self.recorder.detach()
        assert self.recorder.problems == []
        assert len(self.recorder.epochs) == 1
        for seq, frame in self.recorder.frames.items():
            if frame.get("job_id") in self.jobs:
                assert kept.get(seq) == frame, f"event {seq} was acknowledged and is not in the log"
        never_merged = {"job_log", "job_completed", "new_job"}
        missed = [
            seq
            for seq, frame in kept.items()
            if seq not in self.recorder.frames and frame["type"] in never_merged
        ]
        assert missed == []

    def close(self) -> None:
        """Stop the engine."""
        self.recorder.detach()
        if self.engine.alive:
            self.engine.kill()


def run_rounds(
    devkit: Path, tmp_path: Path, undisturbed: dict[str, tuple[str, int]], rounds: int, seed: int
) -> None:
    """One session."""
    session = Session(corpus(devkit), tmp_path / "engine", random.Random(seed))
    try:
        session.run(rounds)
        session.check(undisturbed)
    except BaseException:
        print(session.engine.log()[-4000:])
        raise
    finally:
        session.close()
    print(f"seed {seed}: killed {dict(session.killed)}, statuses true within {session.slowest:.2f} s")


def test_r38_kill_three_rounds(devkit: Path, tmp_path: Path, undisturbed: dict[str, tuple[str, int]]) -> None:
    """The slice of the default suite."""
    run_rounds(devkit, tmp_path, undisturbed, rounds=3, seed=random.randrange(1 << 30))


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("session", range(6))
def test_r38_kill_thirty_rounds(
    devkit: Path, tmp_path: Path, undisturbed: dict[str, tuple[str, int]], session: int
) -> None:
    """Six sessions of five rounds."""
    run_rounds(devkit, tmp_path, undisturbed, rounds=5, seed=random.randrange(1 << 30) + session)
