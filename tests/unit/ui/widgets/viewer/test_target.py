# SPDX-License-Identifier: MIT
"""What is marked where."""

from bldr_desktop.protocol.rag import QueryHit
from bldr_desktop.ui.widgets.viewer.target import FAR, Target


def test_a_passage_on_one_page() -> None:
    hit = QueryHit(
        document_id="d",
        document_name="a.pdf",
        chunk="текст",
        score=1,
        page=4,
        page_end=4,
        char_start=5,
        char_end=9,
    )
    target = Target.of_hit(hit)
    assert target.ranges() == [(4, 5, 9)] and target.quote == "текст"


def test_a_passage_over_pages_marks_all_of_them() -> None:
    target = Target("d", page=4, start=100, end=20, page_end=6)
    assert target.ranges() == [(4, 100, FAR), (5, 0, FAR), (6, 0, 20)]


def test_a_document_without_a_passage_marks_nothing() -> None:
    target = Target("d", page=2)
    assert not target.has_passage and target.ranges() == []
    assert target.at(3, 1, 2).ranges() == [(3, 1, 2)]
