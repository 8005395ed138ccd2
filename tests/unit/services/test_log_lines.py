# SPDX-License-Identifier: MIT
"""Coded lines: said in other words where there are some, else the server's own text."""

import json
from collections.abc import Mapping
from typing import Any

from bldr_desktop.engine.ports.events import Event
from bldr_desktop.engine.services.job_picture import log_records
from bldr_desktop.protocol.logs import LogCode
from bldr_desktop.services.log_lines import line_text, own_line, word_records


def say(code: str, values: Mapping[str, Any]) -> str | None:
    return f"Найдено:\n{values['n']}" if code == LogCode.FILES_FOUND else None


def event(seq: int, text: str, **more: Any) -> Event:
    frame = {"type": "job_log", "level": "info", "text": text, "file": None, **more}
    payload = json.dumps(frame).encode()
    return Event(seq, "e", "2026-11-22T09:00:00Z", "job_log", "job", None, False, None, False, payload)


LINES = [
    event(1, "Found 3 files.", code="files_found", values={"n": 3}),
    event(2, "a\tb", level="error"),
    event(3, "odd \x1f text"),
    event(4, "new", code="of_a_newer_server", values={"x": None}),
]


def test_a_line_without_words_keeps_its_text() -> None:
    assert line_text("Found 3 files.", "files_found", {"n": 3}, say) == "Найдено:\n3"
    assert line_text("Found 3 files.", "files_found", {"n": 3}, None) == "Found 3 files."
    assert line_text("new", "of_a_newer_server", None, say) == "new"
    assert line_text("plain", None, None, say) == "plain"
    assert "connection was away" in own_line(LogCode.LINES_MISSED, say)[2]


def test_records_are_worded_as_lines_are() -> None:
    plain, coded = log_records(LINES), log_records(LINES, coded=True)
    texts = [line.split(b"\t", 2)[2].decode() for line in word_records(coded, say).splitlines()]
    assert texts == ["Найдено:\v3", "a\tb", "odd   text", "new"]
    assert word_records(coded, None).decode() == plain.decode().replace("\x1f", " ")
    assert word_records(b"2026\tI\tan older server's text\n", say) == b"2026\tI\tan older server's text\n"
    broken = b"2026\tI\ttext\x1ffiles_found\x1f{broken\n"
    assert word_records(broken, say) == b"2026\tI\ttext\n"
