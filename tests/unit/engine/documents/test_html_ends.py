# SPDX-License-Identifier: MIT
"""A table or heading at the very end of a page stays inside its text."""

from pathlib import Path

import pytest

from bldr_desktop.engine.documents.parse import parse_file
from bldr_desktop.engine.ports.domain import Parsed, ParseLimits


@pytest.mark.parametrize(
    "body", ["<p>Текст о бетоне</p><table><tr><td>а</td><td>б</td></tr></table>", "<p>т</p><h2>Конец</h2>"]
)
def test_ranges_end_with_the_text(tmp_path: Path, body: str) -> None:
    place = tmp_path / "page.html"
    place.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    parsed = parse_file(place, place.name, ParseLimits())
    assert isinstance(parsed, Parsed)
    page = parsed.extracted.pages[0]
    ends = [end for _, end in page.tables] + [end for _, end, _ in page.headings]
    assert ends
    assert max(ends) <= len(page.text)
    assert parsed.chunks
