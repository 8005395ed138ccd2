# SPDX-License-Identifier: MIT
"""Weights on their way from a reader to the index: the same at the other end, or none at all."""

import base64

import pytest

from bldr_desktop.engine.adapters.weighing import finish, make_weigher
from bldr_desktop.engine.ports import weighed
from bldr_desktop.engine.ports.domain import Chunk, Extracted, ExtractedPage, Parsed, Structure
from bldr_desktop.engine.ports.index import points_of

TEXTS = ("Толщина защитного слоя бетона по 8.1.3", "", "Кровля, кровли и водосток B25")


def chunks() -> list[Chunk]:
    return [Chunk(n, text, "СП 63.13330.2018\n8 Слой", "text", 1, 1, 0, 1) for n, text in enumerate(TEXTS)]


def finished() -> Parsed:
    parsed = Parsed(Extracted("txt", "text/plain", "text", [ExtractedPage(1, "")]), Structure(), chunks())
    finish(parsed)
    return parsed


def test_a_reader_weighs_as_the_index_would() -> None:
    weigher = make_weigher()
    points = points_of("d", chunks(), weighed=finished().weighed)
    for point, own in zip(points, points_of("d", chunks()), strict=True):
        brought, made = weigher.point(point), weigher.point(own)
        assert point.weighed is brought
        assert own.weighed is None
        assert (brought.indices, list(brought.terms)) == (made.indices, list(made.terms))
        assert brought.context_terms == made.context_terms > 0
        assert brought.values == pytest.approx(made.values, rel=1e-6)


def test_weights_of_another_number_of_chunks_or_analysis_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = finished().weighed
    assert weighed.unpack(packed, len(TEXTS)) is not None
    assert weighed.unpack(packed, len(TEXTS) + 1) is None
    assert weighed.unpack(None, len(TEXTS)) is None
    monkeypatch.setattr(weighed, "ANALYSIS", weighed.ANALYSIS + 1)
    assert weighed.unpack(packed, len(TEXTS)) is None
    assert all(point.weighed is None for point in points_of("d", chunks(), weighed=packed))


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_block_that_is_cut_short_is_left(cut: int) -> None:
    data = base64.b64decode(finished().weighed or "")
    for spoilt in (data[:-cut], data + bytes(cut), b""):
        assert weighed.unpack(base64.b64encode(spoilt).decode(), len(TEXTS)) is None
    assert weighed.unpack("no base64 ~", len(TEXTS)) is None


@pytest.mark.parametrize(
    ("indices", "values", "context"),
    [
        ([7, 7], [1.0, 1.0], 0),
        ([7], [float("nan")], 0),
        ([7], [float("inf")], 0),
        ([7], [-1.0], 0),
        ([7], [1.0], 5),
    ],
)
def test_what_the_index_would_stumble_over_is_left(
    indices: list[int], values: list[float], context: int
) -> None:
    terms = weighed.array(weighed.TERM_CODE, [7, 8])
    packed = weighed.pack([weighed.Weighed(indices, values, terms, context)])
    assert weighed.unpack(packed, 1) is None


def test_sound_weights_pass() -> None:
    terms = weighed.array(weighed.TERM_CODE, [7, 8])
    packed = weighed.pack([weighed.Weighed([7, 8], [1.0, 0.5], terms, 1)])
    assert weighed.unpack(packed, 1) == [weighed.Weighed([7, 8], [1.0, 0.5], terms, 1)]
