# SPDX-License-Identifier: MIT
"""Recent questions."""

from pathlib import Path

from bldr_desktop.services.query_history import LIMIT, QueryHistory


def test_newest_first_without_repeats_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "queries.json"
    history = QueryHistory(file)
    for text in ("влажность", "  СП 63   п. 8.1.3 ", "ВЛАЖНОСТЬ", ""):
        history.add(text)
    assert history.items == ("ВЛАЖНОСТЬ", "СП 63 п. 8.1.3")
    assert QueryHistory(file).items == history.items


def test_only_so_many_are_kept() -> None:
    history = QueryHistory()
    for number in range(LIMIT + 20):
        history.add(f"вопрос {number}")
    assert len(history.items) == LIMIT
    assert history.items[0] == f"вопрос {LIMIT + 19}"


def test_matching_puts_beginnings_first() -> None:
    history = QueryHistory()
    for text in ("бетон тяжёлый", "марка бетона", "кровля"):
        history.add(text)
    assert history.matching("бетон") == ["бетон тяжёлый", "марка бетона"]
    assert history.matching("бетон тяжёлый") == [], "what is in the box already is no suggestion"


def test_a_broken_file_costs_the_history_only(tmp_path: Path) -> None:
    file = tmp_path / "queries.json"
    for content in ("{not json", '{"a": 1}', '["good", 5]'):
        file.write_text(content, encoding="utf-8")
        items = QueryHistory(file).items
    assert items == ("good",)


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    history = QueryHistory(blocked / "queries.json")
    history.add("вопрос")
    assert history.items == ("вопрос",)
