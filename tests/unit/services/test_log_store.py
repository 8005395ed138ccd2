# SPDX-License-Identifier: MIT
"""A log on disk: writing, filtered views, searching, saving."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bldr_desktop.services.log_store import LogStore, sweep

TS = "2026-11-22T09:30:00.000Z"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LogStore]:
    """An empty log."""
    made = LogStore(tmp_path / "log")
    yield made
    made.close()


def fill(store: LogStore, count: int, piece: int = 37) -> None:
    """Lines of which each tenth is a warning and each fiftieth an error."""
    for start in range(0, count, piece):
        store.append(
            [
                (TS, "error" if n % 50 == 0 else "warning" if n % 10 == 0 else "info", f"Строка {n} СП 63", n)
                for n in range(start, min(count, start + piece))
            ]
        )


def hits(store: LogStore, query: str, level: str = "debug", start: int = 0) -> list[int]:
    """All line numbers with a hit."""
    return [line for batch in store.search(query, level, start) for line in batch.lines]


def test_lines_come_back_as_they_were(store: LogStore) -> None:
    texts = ["plain", "Кириллица № 5", "two\nlines\r\nand three", "", "tab\tinside", "emoji 🏗", "x" * 100_000]
    store.append([(TS, "info", text, 0) for text in texts[:3]])
    store.append([("", "error", text, 0) for text in texts[3:]])
    lines = store.lines(range(len(texts)), limit=0)
    assert [line.text for line in lines] == [text.replace("\r\n", "\n") for text in texts]
    assert [line.level for line in lines] == ["info"] * 3 + ["error"] * 4
    assert [line.ts for line in lines] == [TS] * 3 + [""] * 4
    assert len(store.lines([6])[0].text) < 5000  # painted lines are cut


def test_filtered_views(store: LogStore) -> None:
    fill(store, 1000)
    assert [store.count(level) for level in ("debug", "info", "warning", "error")] == [1000, 1000, 100, 20]
    assert [line.number for line in store.rows(3, 3, "error")] == [150, 200, 250]
    assert store.row_of(200, "error") == 4
    assert store.row_of(201, "error") == 5
    assert [line.number for line in store.rows(998, 10)] == [998, 999]
    assert store.rows(2000, 5) == []


def test_search_ignores_case_in_both_alphabets(store: LogStore) -> None:
    fill(store, 5000)
    assert hits(store, "СТРОКА 4321 ") == [4321]
    assert hits(store, "сп 63") == list(range(5000))
    assert hits(store, "нет такого") == []
    assert hits(store, "строка", "error") == list(range(0, 5000, 50))
    assert hits(store, "строка", start=4990) == list(range(4990, 5000))


def test_characters_outside_the_code_page_are_compared_truly(store: LogStore) -> None:
    store.append([(TS, "info", text, 0) for text in ("日本", "中国", "what?", "Édition 中")])
    assert hits(store, "中") == [1, 3]
    assert hits(store, "?") == [2]
    assert hits(store, "édition") == [3]


def test_a_hit_across_a_block_border_is_found(store: LogStore) -> None:
    store.append([(TS, "info", "y" * (1 << 20), 0), (TS, "info", "needle at the border", 0)])
    assert hits(store, "needle at the border") == [1]


def test_saving(store: LogStore, tmp_path: Path) -> None:
    fill(store, 100)
    target = tmp_path / "out.log"
    assert store.save(target, "error") == 2
    assert target.read_text("utf-8").splitlines()[1] == f"{TS}\tERROR\tСтрока 50 СП 63"
    with pytest.raises(OSError, match=r"."):
        store.save(tmp_path / "missing" / "out.log")
    assert not list(tmp_path.glob("*.part"))


def test_a_temporary_log_leaves_nothing_behind() -> None:
    made = LogStore()
    made.append([(TS, "info", "x", 0)])
    folder = made._folder
    made.close()
    assert not folder.exists()
    made.append([(TS, "info", "y", 0)])  # after the end nothing happens


def test_what_a_crash_left_is_swept_after_two_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    kept = LogStore()
    now = time.time()
    assert sweep(now) == 0
    assert sweep(now + 3 * 86_400) == 1
    assert not kept._folder.exists()
    kept.close()
