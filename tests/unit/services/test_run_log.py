# SPDX-License-Identifier: MIT
"""A log whose end is there before its beginning."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bldr_desktop.services.log_store import LogStore
from bldr_desktop.services.run_log import NOT_YET, RunLog

LEVELS = ("info", "warning", "error", "debug")
LETTERS = {"info": "I", "warning": "W", "error": "E", "debug": "D"}


def entry(n: int) -> tuple[str, str, str, int]:
    """The n-th line."""
    return (f"2026-11-22T09:00:{n % 60:02d}Z", LEVELS[n % 4], f"строка {n}", n + 1)


def record(n: int) -> bytes:
    """The same as a record."""
    ts, level, text, _ = entry(n)
    return f"{ts}\t{LETTERS[level]}\t{text}\n".encode()


def found(log: RunLog, text: str, level: str = "debug", start: int = 0) -> list[int]:
    """Numbers of the lines with a hit."""
    return [number for batch in log.search(text, level, start) for number in batch.lines]


@pytest.fixture
def log() -> Iterator[RunLog]:
    """Lines 0 to 99 are still to be read, 100 to 119 are there."""
    made = RunLog(before=100)
    made.append([entry(n) for n in range(100, 120)])
    yield made
    made.close()


def test_nothing_is_opened_before_the_first_line() -> None:
    made = RunLog()
    assert not made.in_use
    assert len(made) == 0
    assert made.rows(0, 10) == []
    made.append([entry(0)])
    assert made.in_use
    made.close()


def test_numbers_are_those_of_the_whole_log_from_the_first_moment(log: RunLog) -> None:
    assert len(log) == log.count() == 120
    assert not log.whole
    rows = log.rows(98, 4)
    assert [row.number for row in rows] == [98, 99, 100, 101]
    assert [row.text for row in rows] == [NOT_YET, NOT_YET, "строка 100", "строка 101"]
    assert [row.text for row in log.lines([5, 110])] == [NOT_YET, "строка 110"]
    log.add_head(b"".join(record(n) for n in range(60)))
    assert [row.text for row in log.rows(58, 4)] == ["строка 58", "строка 59", NOT_YET, NOT_YET]
    log.add_head(b"".join(record(n) for n in range(60, 100)))
    assert log.whole
    assert [row.text for row in log.rows(0, 200)] == [f"строка {n}" for n in range(120)]
    assert [row.number for row in log.rows(0, 200)] == list(range(120))


def test_filtered_views_join_both_parts(log: RunLog) -> None:
    assert [row.number for row in log.rows(0, 50, "error")] == [n for n in range(100, 120) if n % 4 == 2]
    log.add_head(b"".join(record(n) for n in range(100)))
    errors = [n for n in range(120) if n % 4 == 2]
    assert log.count("error") == len(errors)
    assert [row.number for row in log.rows(20, 10, "error")] == errors[20:30]
    assert [log.row_of(n, "error") for n in (0, 2, 3, 99, 102, 119)] == [0, 0, 1, 25, 25, 30]


def test_a_search_goes_as_far_as_the_log_is_there_and_on_later(log: RunLog) -> None:
    assert log.searchable == 0
    assert found(log, "строка") == []
    log.add_head(b"".join(record(n) for n in range(60)))
    assert log.searchable == 60
    assert found(log, "СТРОКА 5") == [5, *range(50, 60)]
    log.add_head(b"".join(record(n) for n in range(60, 100)))
    assert log.searchable == 120
    assert found(log, "строка 1", start=60) == list(range(100, 120))
    assert found(log, "строка 11") == [11, *range(110, 120)]


def test_saved_whole(log: RunLog, tmp_path: Path) -> None:
    log.add_head(b"".join(record(n) for n in range(100)))
    assert log.save(tmp_path / "out.log") == 120
    text = (tmp_path / "out.log").read_text("utf-8").splitlines()
    assert [line.split("\t")[2] for line in text] == [f"строка {n}" for n in range(120)]


def test_records_are_kept_as_lines_are(tmp_path: Path) -> None:
    one, other = LogStore(tmp_path / "one"), LogStore(tmp_path / "other")
    try:
        one.append(
            [(ts, level, text + "\nзавтра\tсегодня ∑", n) for ts, level, text, n in map(entry, range(5000))]
        )
        whole = b"".join(record(n)[:-1] + "\vзавтра\tсегодня ∑\n".encode() for n in range(5000))
        assert other.append_records(whole) == 5000
        assert one.rows(0, 5000) == other.rows(0, 5000)
        assert [one.count(level) for level in LEVELS] == [other.count(level) for level in LEVELS]
        hits = [[n for batch in store.search("строка 49") for n in batch.lines] for store in (one, other)]
        assert hits[0] == hits[1]
        assert len(hits[0]) == 111
    finally:
        one.close()
        other.close()
    with pytest.raises(ValueError, match="not whole"):
        LogStore(tmp_path / "third").append_records(b"half")
