# SPDX-License-Identifier: MIT
"""Logs of many runs: few files open, nothing lost of the run in view; time left as the engine says it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bldr_desktop.client.api import Api
from bldr_desktop.client.realtime import Realtime
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.services.events import EventFeed
from bldr_desktop.services.run_watch import LOGS_OPEN, RunWatches
from bldr_desktop.services.training import TrainingRuns

RUNS = 300


def open_files() -> int:
    """Files that this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


class Clock:
    """Time that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Parts:
    """Runs and their watches, never connected."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.api = Api("http://127.0.0.1:9")
        self.realtime = Realtime(self.api)
        self.feed = EventFeed(self.realtime)
        self.runs = TrainingRuns(self.api, self.feed, clock=self.clock)
        self.watches = RunWatches(self.api, self.runs)
        self.seq = 0

    def fold(self, job_id: str, kind: str, **fields: object) -> None:
        """One frame of a run."""
        self.seq += 1
        head = {"type": kind, "seq": self.seq, "job_id": job_id, "ts": "2026-11-22T09:00:00Z"}
        self.runs.fold([{**head, **fields}])

    def begin(self, job_id: str) -> None:
        """A run that is known from its beginning."""
        data = {"id": job_id, "type": "training", "status": "running", "started_at": "2026-11-22T09:00:00Z"}
        self.fold(job_id, "new_job", tool_type="training", data=data)


@pytest_asyncio.fixture
async def parts() -> AsyncIterator[Parts]:
    """Made in a running loop, closed at the end."""
    made = Parts()
    yield made
    await made.watches.aclose()
    await made.runs.aclose()
    await made.feed.aclose()
    await made.realtime.aclose()
    await made.api.aclose()


async def test_thousands_of_runs_keep_few_files_open(parts: Parts) -> None:
    before = open_files()
    parts.begin("seen")
    parts.fold("seen", "job_log", level="info", text="first")
    await parts.watches.open("seen")
    for n in range(RUNS):
        parts.begin(f"run-{n}")
    assert open_files() - before <= 8, "a run without lines opens nothing"
    for n in range(RUNS):
        parts.fold(f"run-{n}", "job_log", level="info", text=f"line of {n}")
    parts.fold("seen", "job_log", level="info", text="second")
    assert open_files() - before <= 6 * (LOGS_OPEN + 1) + 2
    watch = parts.watches.get("seen")
    assert watch is not None
    assert [line.text for line in watch.log.rows(0, 10)] == ["first", "second"]
    old, new = parts.runs.runs["run-0"], parts.runs.runs[f"run-{RUNS - 1}"]
    assert not old.complete, "it is read again when somebody looks"
    assert new.complete


async def test_time_left_is_the_engines_less_the_time_since(parts: Parts) -> None:
    parts.begin("run")
    progress = {"stage": "extract", "log": "x", "progress": 20.0, "status": "processing", "files_total": 10}
    parts.fold("run", "training_progress", **progress, files_done=2, time_left=[30.0, 60.0])
    watch = parts.watches.get("run")
    assert watch is not None
    assert watch.time_left(parts.clock.now) == (30.0, 60.0)
    assert watch.time_left(parts.clock.now + 40.0) == (0.0, 20.0)
    assert watch.time_left(parts.clock.now + 61.0) is None, "it was wrong, and we know no better"
    parts.fold("run", "training_progress", **progress, files_done=2, time_left=None)
    assert watch.time_left(parts.clock.now) is None


async def test_a_stopped_run_leaves_no_file_in_work(parts: Parts) -> None:
    parts.begin("run")
    row = {"path": "/a.pdf", "name": "a.pdf", "stage": "extract", "attempts": 1}
    parts.fold("run", "file_update", file={**row, "state": "active"})
    told: list[str] = []
    parts.runs.files_changed.connect(lambda said: told.extend(one.state.value for one in said[1]))
    data = {"id": "run", "type": "training", "status": "cancelled"}
    parts.fold("run", "job_update", status="cancelled", data=data)
    assert parts.runs.runs["run"].status is JobStatus.CANCELLED
    assert told == ["cancelled"]
