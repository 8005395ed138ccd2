# SPDX-License-Identifier: MIT
"""The event log: numbers without gaps, order, visibility, rollback, restart."""

import threading
from pathlib import Path

import pytest

from bldr_desktop.engine.adapters.sql.database import Database, sqlite_url
from bldr_desktop.engine.adapters.sql.events import SqlEventLog
from bldr_desktop.engine.adapters.sql.opening import open_database
from bldr_desktop.engine.ports.events import Event, NewEvent


def line(text: str, **fields: object) -> NewEvent:
    """A log line."""
    return NewEvent("job_log", {"type": "job_log", "text": text}, **fields)  # type: ignore[arg-type]


def test_numbers_have_no_gaps_and_listeners_hear_them_in_order(database: Database) -> None:
    log = SqlEventLog(database)
    heard: list[int] = []
    log.subscribe(lambda events: heard.extend(event.seq for event in events))

    def work() -> None:
        for step in range(40):
            log.append([line(f"{step}a"), line(f"{step}b")])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == list(range(1, 321))
    assert [event.seq for event in log.read(0, 1000)] == heard
    assert log.last_seq == 320


def test_a_frame_says_its_number_epoch_and_time(database: Database) -> None:
    log = SqlEventLog(database)
    (event,) = log.append([line("привет", job_id="j", owner="bob")])
    assert event.frame["seq"] == 1
    assert event.frame["epoch"] == log.epoch
    assert event.frame["job_id"] == "j"
    assert event.frame["ts"].endswith("Z")
    assert log.read(0, 10) == [event]


def test_a_rollback_gives_its_numbers_back_and_tells_nobody(database: Database) -> None:
    log = SqlEventLog(database)
    heard: list[Event] = []
    log.subscribe(heard.extend)
    with pytest.raises(ZeroDivisionError), database.transaction():
        log.append([line("lost")])
        raise ZeroDivisionError
    assert heard == []
    assert log.last_seq == 0
    with database.transaction():
        log.append([line("kept")])
        assert heard == [], "told before the commit"
    assert [event.seq for event in heard] == [1]


def test_events_that_are_not_durable_use_numbers_up(database: Database) -> None:
    log = SqlEventLog(database)
    heard: list[int] = []
    log.subscribe(lambda events: heard.extend(event.seq for event in events))
    log.append([line("a"), line("token", durable=False), line("b")])
    assert heard == [1, 2, 3]
    assert [event.seq for event in log.read(0, 10)] == [1, 3]
    assert SqlEventLog(database).last_seq == 3, "a number told is never given again"


def test_a_reader_sees_its_own_and_public_events(database: Database) -> None:
    log = SqlEventLog(database)
    log.append([line("ann", owner="ann"), line("bob", owner="bob"), line("all", public=True), line("admins")])

    def seen(owner: str | None, *, admin: bool = False) -> list[str]:
        return [event.frame["text"] for event in log.read(0, 10, owner=owner, admin=admin)]

    assert seen("ann") == ["ann", "all"]
    assert seen(None) == ["all"]
    assert seen("root", admin=True) == ["ann", "bob", "all", "admins"]


def test_reading_filters(database: Database) -> None:
    log = SqlEventLog(database)
    log.append(
        [
            line("Файл СП прочитан", job_id="a", level="info"),
            line("Файл повреждён", job_id="a", level="error"),
            line("text", job_id="b", level="warning"),
            NewEvent("job_update", {"status": "running"}, job_id="a"),
        ]
    )
    assert [event.seq for event in log.read(0, 10, job_id="a")] == [1, 2, 4]
    assert [event.seq for event in log.read(1, 10, job_id="a", types=["job_log"])] == [2]
    assert [event.seq for event in log.read(0, 10, level="warning")] == [2, 3]
    assert [event.seq for event in log.read(0, 10, search="сп ПРО")] == [1]
    assert log.read(0, 10, search="job_log") == [], "a search looks at texts, not at keys"
    assert log.count(job_id="a", types=["job_log"]) == 2
    assert [event.seq for event in log.read(0, 2)] == [1, 2]


def test_a_search_takes_percent_and_underscore_as_they_are(database: Database) -> None:
    log = SqlEventLog(database)
    log.append([line("100% done"), line("100 done")])
    assert [event.seq for event in log.read(0, 10, search="0%")] == [1]


def test_pruning_keeps_the_newest_and_says_from_where_a_replay_is_whole(database: Database) -> None:
    log = SqlEventLog(database)
    log.append([line(str(number)) for number in range(10)])
    assert log.first_seq() == 1
    assert log.prune(keep=4) == 6
    assert log.first_seq() == 7
    assert [event.seq for event in log.read(0, 10)] == [7, 8, 9, 10]
    assert log.append([line("next")])[0].seq == 11


def test_a_listener_that_left_hears_nothing(database: Database) -> None:
    log = SqlEventLog(database)
    heard: list[Event] = []
    leave = log.subscribe(heard.extend)
    leave()
    log.append([line("a")])
    assert heard == []


def test_numbering_goes_on_after_a_restart(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "store.sqlite3")
    first = open_database(url).database
    log = SqlEventLog(first)
    log.append([line("a")])
    epoch = log.epoch
    first.close()
    second = open_database(url).database
    again = SqlEventLog(second)
    assert again.epoch == epoch
    assert again.append([line("b")])[0].seq == 2
    second.close()


@pytest.mark.slow
def test_replay_of_50000_events_is_whole_ordered_and_quick(database: Database) -> None:
    import time

    log = SqlEventLog(database)
    for start in range(0, 50_000, 10_000):
        log.append([line(f"line {start + step}", job_id="j", owner="ann") for step in range(10_000)])
    began = time.perf_counter()
    seen: list[int] = []
    after = 0
    while page := log.read(after, 2000, owner="ann", admin=False):
        seen += [event.seq for event in page]
        after = page[-1].seq
    spent = time.perf_counter() - began
    assert seen == list(range(1, 50_001))
    assert spent < 2.0, f"replay took {spent:.2f} s"
