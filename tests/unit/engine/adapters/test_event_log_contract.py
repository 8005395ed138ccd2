# SPDX-License-Identifier: MIT
"""One contract, both event logs: SQL and the twin in memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bldr_desktop.engine.adapters.memory_events import MemoryEventLog
from bldr_desktop.engine.adapters.sql.database import sqlite_url
from bldr_desktop.engine.adapters.sql.events import SqlEventLog
from bldr_desktop.engine.adapters.sql.opening import open_database
from bldr_desktop.engine.ports.events import Event, EventLog, NewEvent


@pytest.fixture(params=["memory", "sql"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    if request.param == "memory":
        yield MemoryEventLog()
        return
    database = open_database(sqlite_url(tmp_path / "store.sqlite3")).database
    yield SqlEventLog(database)
    database.close()


def line(text: str, **fields: Any) -> NewEvent:
    return NewEvent(**({"type": "job_log", "frame": {"text": text}, "level": "info"} | fields))


def seqs(events: list[Event]) -> list[int]:
    return [event.seq for event in events]


def test_events_are_numbered_stamped_and_told_in_order(log: EventLog) -> None:
    heard: list[int] = []
    leave = log.subscribe(lambda events: heard.extend(seqs(events)))
    first = log.append([line("a"), line("б", job_id="job")])
    leave()
    log.append([line("c")])
    assert seqs(first) == heard == [1, 2]
    assert log.last_seq == 3
    frame = first[1].frame
    assert (frame["seq"], frame["epoch"], frame["job_id"], frame["text"]) == (2, log.epoch, "job", "б")
    assert first[1].payload.decode().count("б") == 1
    assert log.append([]) == []


def test_what_is_read_is_what_was_told(log: EventLog) -> None:
    told = log.append([line("a", merge_key="k", terminal=True, owner="anna", public=True, job_id="j")])
    (read,) = log.read(0, 10)
    assert (read.seq, read.ts, read.owner, read.public) == (1, told[0].ts, "anna", True)
    assert (read.merge_key, read.terminal, read.job_id) == ("k", True, "j")
    assert read.payload == told[0].payload
    assert read.frame == told[0].frame


def test_readers_see_what_they_may(log: EventLog) -> None:
    log.append([line("1", owner="anna"), line("2", owner=None), line("3", owner=None, public=True)])
    assert seqs(log.read(0, 10)) == [1, 2, 3]
    assert seqs(log.read(0, 10, owner="anna", admin=False)) == [1, 3]
    assert seqs(log.read(0, 10, owner="boris", admin=False)) == [3]
    assert seqs(log.read(1, 1)) == [2]


def test_reading_filters(log: EventLog) -> None:
    log.append(
        [
            line("debug text", level="debug", job_id="a"),
            line("Warning Текст", level="warning", job_id="b"),
            NewEvent("job_update", {"status": "running"}, job_id="a"),
        ]
    )
    assert seqs(log.read(0, 10, job_id="a")) == [1, 3]
    assert seqs(log.read(0, 10, types=["job_log"])) == [1, 2]
    assert seqs(log.read(0, 10, level="info")) == [2]
    assert seqs(log.read(0, 10, search="текст")) == [2]
    assert seqs(log.read(0, 10, search="seq")) == []
    assert log.count(types=["job_log"]) == 2


def test_events_that_are_not_durable_are_numbered_and_told_only(log: EventLog) -> None:
    heard: list[int] = []
    log.subscribe(lambda events: heard.extend(seqs(events)))
    log.append([line("kept"), line("told", durable=False), line("kept too")])
    assert heard == [1, 2, 3]
    assert seqs(log.read(0, 10)) == [1, 3]


def test_pruning_moves_the_first_number(log: Any) -> None:
    log.append([line(str(number)) for number in range(10)])
    assert log.first_seq() == 1
    log.prune(4)
    assert log.first_seq() == 7
    assert seqs(log.read(0, 100)) == [7, 8, 9, 10]
    log.prune(100)
    assert log.first_seq() == 7
