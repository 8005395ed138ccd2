# SPDX-License-Identifier: MIT
"""A run opened late: its picture is true at once, and what comes behind it makes it whole."""

import asyncio
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from engine import running_engine
from long_run import JOB_ID, fill, frames_of
from stack import STACK
from watching import watching

from bldr_desktop.engine.adapters.memory_events import MemoryEventLog
from bldr_desktop.engine.adapters.sql.database import sqlite_url
from bldr_desktop.engine.adapters.sql.events import SqlEventLog
from bldr_desktop.engine.adapters.sql.opening import open_database
from bldr_desktop.engine.ports.events import EventLog, NewEvent
from bldr_desktop.services.run_log import NOT_YET

EVENTS = 4000
_own_file = pytest.mark.skipif(STACK == "cluster", reason="writes into the SQLite file of an embedded engine")


@pytest.fixture(params=["memory", "sql"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventLog]:
    """Both implementations, with a run and lines of another job between."""
    database = open_database(sqlite_url(tmp_path / "bldr.sqlite3")).database
    made: EventLog = SqlEventLog(database) if request.param == "sql" else MemoryEventLog()
    for frame in frames_of(800):
        made.append([NewEvent(frame["type"], frame, job_id="j")])
        made.append([NewEvent("job_log", {"type": "job_log", "text": "other"}, job_id="other")])
    yield made
    database.close()


def test_the_end_of_a_log_and_what_stands_before(log: EventLog) -> None:
    lines = [event.seq for event in log.read(0, 10_000, job_id="j", types=["job_log"])]
    tail = [event.seq for event in log.newest_of("j", "job_log", 50)]
    assert tail == lines[-50:]
    assert log.count(job_id="j", types=["job_log"], before=tail[0]) == len(lines) - 50
    head = log.read(0, 10_000, job_id="j", types=["job_log"], before=tail[0])
    assert [event.seq for event in head] == lines[:-50]


def test_a_curve_of_a_long_run_is_spread_evenly_and_has_its_end(log: EventLog) -> None:
    whole = [event.seq for event in log.read(0, 10_000, job_id="j", types=["training_progress"])]
    few = [event.seq for event in log.spread("j", "training_progress", 30)]
    assert 15 <= len(few) <= 30
    assert few == sorted(few)
    assert few[-1] == whole[-1]
    places = [whole.index(seq) for seq in few]
    assert len({b - a for a, b in pairwise(places)}) == 1
    assert [event.seq for event in log.spread("j", "training_progress", 10_000)] == whole


@_own_file
async def test_opened_late_the_picture_is_there_first_and_then_all_of_it(tmp_path: Path) -> None:
    data = tmp_path / "engine"
    with running_engine(data) as engine, engine.client() as client:
        client.get("/queue").raise_for_status()  # the store is made when it is first needed
    lines = await asyncio.to_thread(fill, data / "bldr.sqlite3", EVENTS)
    told = [frame for frame in frames_of(EVENTS) if frame["type"] == "job_log"]
    with running_engine(data) as engine:
        async with watching(engine.url, engine.token(), start=False) as live:
            watch = await live.watches.open(JOB_ID)
            run, log = watch.run, watch.log
            # at once: how it ended, its curves, every file in trouble, all lines counted, the last read
            assert run.is_final
            assert run.files_done + run.files_failed == run.files_total == EVENTS // 20
            assert len(run.troubled()) == EVENTS // 2000
            assert len(watch.curves) > 5
            assert len(log) == log.count() == lines == len(told)
            assert [line.text for line in log.rows(lines - 300, 300)] == [one["text"] for one in told[-300:]]
            assert log.rows(0, 1)[0].text == NOT_YET
            # behind it: the older lines at their numbers, and the files that gave no trouble
            await live.watches.whole(JOB_ID)
            assert watch.log is log
            assert [line.text for line in log.rows(0, lines)] == [one["text"] for one in told]
            assert len(run.files) == run.files_total


@pytest.mark.slow  # a run long enough to be paged
@_own_file
async def test_records_are_the_lines_of_the_log(tmp_path: Path) -> None:
    data = tmp_path / "engine"
    with running_engine(data) as engine, engine.client() as client:
        client.get("/queue").raise_for_status()
    await asyncio.to_thread(fill, data / "bldr.sqlite3", 400)
    with running_engine(data) as engine, engine.client() as client:
        path = f"/queue/{JOB_ID}/log"
        found = client.get(path, params={"limit": 1000}).json()["lines"]
        first = client.get(path, params={"format": "records", "limit": 70})
        after = first.headers["x-last-seq"]
        rest = client.get(path, params={"format": "records", "limit": 1000, "after": after})
        records = (first.text + rest.text).split("\n")[:-1]
        assert [record.split("\t") for record in records] == [
            [line["ts"], line["level"][0].upper(), line["text"]] for line in found
        ]
        until = found[10]["seq"]
        before = client.get(path, params={"before": until}).json()
        assert [line["seq"] for line in before["lines"]] == [line["seq"] for line in found[:10]]
        assert json.loads(client.get("/openapi.json").content)["paths"]["/queue/{job_id}/picture"]
