# SPDX-License-Identifier: MIT
import pytest

from bldr_desktop.app.links import Link, read_link


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("bldr://document/abc_1?page=3", Link(document_id="abc_1", page=3)),
        ("bldr://document/abc", Link(document_id="abc")),
        ("bldr://document/abc?page=-1", Link(document_id="abc")),
        ("bldr://panel/ai", Link(panel="ai")),
        ("bldr://panel/settings", None),
        ("bldr://document/../../etc/passwd", None),
        ("bldr://document/" + "a" * 65, None),
        ("bldr://document/", None),
        ("https://document/abc", None),
        ("bldr://[", None),
    ],
)
def test_only_what_is_known_is_opened(text: str, link: Link | None) -> None:
    assert read_link(text) == link
