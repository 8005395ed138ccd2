# SPDX-License-Identifier: MIT
"""The digest of a job's events: the same from the database and its twin, and nothing of use left out."""

from pathlib import Path

import pytest
from long_run import frames_of, merge_key_of

from bldr_desktop.client.frames import Frame, FrameStats, decode_batch
from bldr_desktop.engine.adapters.memory_events import MemoryEventLog
from bldr_desktop.engine.adapters.sql.database import sqlite_url
from bldr_desktop.engine.adapters.sql.events import SqlEventLog
from bldr_desktop.engine.adapters.sql.opening import open_database
from bldr_desktop.engine.ports.events import EventLog, NewEvent
from bldr_desktop.services.training_state import RunState, fold_frames


def filled(log: EventLog) -> EventLog:
    """A log with a run of 40 files, and events of another job between."""
    for frame in frames_of(800):
        log.append([NewEvent(frame["type"], frame, job_id="j", merge_key=merge_key_of(frame))])
        log.append([NewEvent("job_log", {"type": "job_log", "text": "other"}, job_id="other")])
    return log


@pytest.fixture(params=["memory", "sql"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> EventLog:
    """Both implementations."""
    if request.param == "memory":
        return filled(MemoryEventLog())
    return filled(SqlEventLog(open_database(sqlite_url(tmp_path / "bldr.sqlite3")).database))


def whole(log: EventLog) -> list[Frame]:
    """The digest, page by page."""
    frames: list[Frame] = []
    after = 0
    while True:
        raws, last = log.digest("j", after, 300)
        if last == after:
            return frames
        frames += decode_batch(raws, FrameStats())
        after = last


def test_the_picture_is_the_same_as_from_all_events(log: EventLog) -> None:
    all_frames = [event.frame for event in log.read(0, 10_000, job_id="j")]
    digest = whole(log)
    assert len(digest) < len(all_frames)
    assert [frame["seq"] for frame in digest] == sorted(frame["seq"] for frame in digest)
    pictures = []
    for frames in (all_frames, digest):
        run = RunState("j")
        entries, _ = fold_frames(run, frames)
        logged = [entry for entry in entries if "шаг" in entry[2]]
        pictures.append((run.files, run.progress, run.files_done, run.chunks, logged))
    assert pictures[0] == pictures[1]
