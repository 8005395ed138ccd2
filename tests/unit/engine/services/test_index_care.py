# SPDX-License-Identifier: MIT
"""The index follows the store."""

from collections.abc import Iterator

import pytest
from library import Shelf

from bldr_desktop.engine.adapters.late_index import LateIndex
from bldr_desktop.engine.services.index_care import IndexCare
from bldr_desktop.protocol.base import DocumentState


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    for number in range(3):
        made.add(f"{number}.txt", None, "", [f"кровля {number}", "водосток"])
    yield made
    made.close()


def test_a_lost_index_is_filled_from_the_store(shelf: Shelf) -> None:
    care = IndexCare(shelf.documents, shelf.index)
    assert care.repair().chunks == 0
    shelf.index.clear()
    done = care.repair()
    assert (done.documents, done.chunks, done.total) == (3, 6, 6)
    assert shelf.index.count() == 6
    assert care.progress is None


def test_only_what_is_short_is_written_again(shelf: Shelf) -> None:
    short = shelf.add("late.txt", None, "", ["кровля", "труба"], in_index=False)
    assert IndexCare(shelf.documents, shelf.index).repair().documents == 1
    assert shelf.index.document_counts([short]) == {short: 2}


def test_sweep_waits_for_an_undo(shelf: Shelf) -> None:
    clock = Clock()
    care = IndexCare(shelf.documents, shelf.index, clock=clock)
    first = shelf.documents.briefs()[0].id
    shelf.documents.delete(first)
    assert care.sweep(keep_seconds=60) == 0
    clock.now = 30
    assert care.sweep(keep_seconds=60) == 0
    assert shelf.index.count() == 6
    clock.now = 61
    assert care.sweep(keep_seconds=60) == 1
    assert shelf.index.count() == 4
    assert care.sweep(keep_seconds=60) == 0


def test_ensure_puts_points_back(shelf: Shelf) -> None:
    care = IndexCare(shelf.documents, shelf.index)
    first = shelf.documents.briefs()[0].id
    assert care.ensure(first) == 0
    shelf.documents.set_state(first, DocumentState.DISABLED)
    care.sweep(keep_seconds=0)
    assert shelf.index.document_counts([first]) == {first: 0}
    assert care.ensure(first) == 2
    assert care.ensure("unknown") == 0


def test_vectors_are_written_once_a_model_was_judged_to_help(shelf: Shelf) -> None:
    late = LateIndex(lambda: shelf.index)
    care = IndexCare(shelf.documents, late)
    assert care.consider_vectors() is False
    late.vectors = lambda points: [[1.0, float(point.ordinal)] for point in points]
    verdicts = [True, False]
    care.judge_vectors = lambda: verdicts.pop(0)
    assert care.consider_vectors() is True
    assert len(shelf.index.search_vector([1.0, 0.0], 10)) == 6
    assert care.consider_vectors() is False
