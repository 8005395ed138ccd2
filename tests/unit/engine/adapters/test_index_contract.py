# SPDX-License-Identifier: MIT
"""What every index must do, on the one in files and its twin in memory."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flush_writer import lost_after_kills

from bldr_desktop.engine.adapters import qdrant_optimize
from bldr_desktop.engine.adapters.late_index import LateIndex
from bldr_desktop.engine.adapters.memory_index import MemoryIndex
from bldr_desktop.engine.adapters.qdrant_edge import EdgeIndex
from bldr_desktop.engine.adapters.remote_index import IndexServer, RemoteIndex
from bldr_desktop.engine.adapters.weighing import make_weigher
from bldr_desktop.engine.ports.index import (
    IndexBusy,
    IndexFilter,
    IndexPoint,
    IndexUnreadable,
    VectorIndex,
    point_id,
)

_WEIGHER = make_weigher()
# qdrant-client says in its local mode what a server does: payload indexes have no effect there.
pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect:UserWarning")
_TEXTS = {
    "a": ["Арматура должна иметь защитный слой бетона", "Толщина слоя не менее 20 мм"],
    "b": ["Concrete cover protects reinforcement", "Бетонные работы зимой"],
    "c": ["Кровля и водосток", "Сейсмические районы: бетон класса В25"],
}


def _points(texts: dict[str, list[str]] = _TEXTS) -> list[IndexPoint]:
    return [
        IndexPoint(
            point_id(document, ordinal),
            document,
            ordinal,
            text,
            {"kind": "pdf" if document == "a" else "txt"},
        )
        for document, pieces in texts.items()
        for ordinal, text in enumerate(pieces)
    ]


@pytest.fixture(params=["memory", "edge", "late", "remote", "server"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    made: VectorIndex
    if request.param == "memory":
        made = MemoryIndex(_WEIGHER)
    elif request.param == "edge":
        made = EdgeIndex.open(tmp_path, _WEIGHER)
    elif request.param == "remote":
        yield from _remote(tmp_path)
        return
    elif request.param == "server":
        yield from _server()
        return
    else:
        made = LateIndex(lambda: EdgeIndex.open(tmp_path, _WEIGHER))
        made.start()
    yield made
    made.close()


def _remote(folder: Path) -> Iterator[VectorIndex]:
    server = IndexServer(EdgeIndex.open(folder, _WEIGHER), "127.0.0.1", 0, b"k" * 32)
    threading.Thread(target=server.serve, daemon=True).start()
    host, port = server.address
    made = RemoteIndex(host, port, b"k" * 32)
    yield made
    made.close()
    server.close()


def _server() -> Iterator[VectorIndex]:
    """A Qdrant server where BLDR_QDRANT_URL names one, else qdrant-client's own local mode."""
    client = pytest.importorskip("qdrant_client", reason="qdrant-client (extra cluster) is not installed")
    from bldr_desktop.engine.adapters.qdrant_server import QdrantIndex

    url = os.environ.get("BLDR_QDRANT_URL")
    made = QdrantIndex(
        client.QdrantClient(url=url) if url else client.QdrantClient(":memory:"), _WEIGHER, "contract"
    )
    yield made
    made.clear()
    made.close()


def _found(index: VectorIndex, query: str, where: IndexFilter | None = None) -> list[tuple[str, int]]:
    return [(hit.document_id, hit.ordinal) for hit in index.search_text(query, 10, where)]


def test_word_forms_of_both_languages_match(index: VectorIndex) -> None:
    index.upsert(_points())
    assert _found(index, "арматурой")[0] == ("a", 0)
    assert _found(index, "protected reinforcements")[0] == ("b", 0)
    assert set(_found(index, "бетоном")) == {("a", 0), ("b", 1), ("c", 1)}


def test_rarer_words_weigh_more_and_scores_fall(index: VectorIndex) -> None:
    index.upsert(_points())
    hits = index.search_text("бетон для сейсмических районов", 10)
    assert (hits[0].document_id, hits[0].ordinal) == ("c", 1)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_terms_come_with_the_hits_context_first(index: VectorIndex) -> None:
    index.upsert([IndexPoint(1, "d", 0, "защитный слой", context="СП 63")])
    (hit,) = index.search_text("слой", 5)
    expected = _WEIGHER.analyzer.terms("СП 63") + _WEIGHER.analyzer.terms("защитный слой")
    assert list(hit.terms) == expected
    assert hit.context_terms == len(_WEIGHER.analyzer.terms("СП 63"))


def test_idf_is_that_of_the_points(index: VectorIndex) -> None:
    index.upsert(_points())
    frequent, rare = _WEIGHER.analyzer.terms("бетон кровля")
    (absent,) = _WEIGHER.analyzer.terms("абракадабра")
    idf = index.term_idf([frequent, rare, absent])
    assert idf[rare] > idf[frequent] > 0
    assert absent not in idf


def test_upsert_replaces_and_delete_takes_all_of_a_document(index: VectorIndex) -> None:
    index.upsert(_points())
    index.upsert([IndexPoint(point_id("a", 0), "a", 0, "Совсем другое")])
    assert index.count() == 6
    assert _found(index, "арматура") == []
    assert _found(index, "другое") == [("a", 0)]
    index.delete_documents(["a", "c", "unknown"])
    assert index.count() == 2
    assert index.document_counts(["a", "b", "c"]) == {"a": 0, "b": 2, "c": 0}


def test_filters(index: VectorIndex) -> None:
    index.upsert(_points())
    assert _found(index, "бетон слой", IndexFilter(document_ids=["c"])) == [("c", 1)]
    assert _found(index, "бетон слой", IndexFilter(document_ids=[])) == []
    assert ("c", 1) not in _found(index, "бетон слой", IndexFilter(exclude_document_ids=["c"]))
    assert set(_found(index, "бетон слой", IndexFilter(must={"kind": ["pdf"]}))) == {("a", 0), ("a", 1)}


def test_nothing_searchable_finds_nothing(index: VectorIndex) -> None:
    index.upsert(_points())
    assert _found(index, "") == []
    assert _found(index, "и в на the of") == []


def test_vectors(index: VectorIndex) -> None:
    assert index.search_vector([1.0, 0.0], 5) == []
    index.upsert([IndexPoint(n, f"d{n}", 0, "слово", vector=[1.0, n / 10]) for n in range(1, 5)])
    assert [hit.document_id for hit in index.search_vector([1.0, 0.1], 2)] == ["d1", "d2"]


def test_clear(index: VectorIndex) -> None:
    index.upsert(_points())
    index.clear()
    assert index.count() == 0
    index.upsert(_points())
    assert index.count() == 6


def test_searches_run_beside_writes(index: VectorIndex) -> None:
    if type(index).__name__ == "QdrantIndex" and not os.environ.get("BLDR_QDRANT_URL"):
        pytest.skip("qdrant-client's local mode is not made for threads; a server is")
    failures: list[BaseException] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                index.search_text("бетон слой", 5)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(30):
        index.upsert([IndexPoint(point_id(f"x{number}", 0), f"x{number}", 0, "бетон и слой")])
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert index.count() == 30


def test_reopening_finds_what_was_flushed(tmp_path: Path) -> None:
    first = EdgeIndex.open(tmp_path, _WEIGHER)
    first.upsert(_points())
    first.upsert([IndexPoint(77, "v", 0, "вектор", vector=[0.5, 0.5])])
    first.close()
    second = EdgeIndex.open(tmp_path, _WEIGHER)
    assert second.count() == 7
    assert second.size_bytes() > 0
    assert [hit.document_id for hit in second.search_vector([1.0, 1.0], 1)] == ["v"]
    second.close()


def test_a_second_opener_is_told_that_it_is_busy(tmp_path: Path) -> None:
    first = EdgeIndex.open(tmp_path, _WEIGHER)
    with pytest.raises(IndexBusy):
        EdgeIndex.open(tmp_path, _WEIGHER)
    first.close()


@pytest.mark.parametrize("damage", ["config", "format", "segment"])
def test_an_unreadable_index_is_set_aside_and_made_anew(tmp_path: Path, damage: str) -> None:
    first = EdgeIndex.open(tmp_path, _WEIGHER)
    first.upsert(_points())
    first.close()
    if damage == "config":
        (tmp_path / "shard" / "edge_config.json").write_bytes(b"\0garbage")
    elif damage == "format":
        (tmp_path / "format.json").write_text('{"format": 0}')
    else:
        for path in (tmp_path / "shard" / "segments").rglob("segment.json"):
            path.write_bytes(b"")
    with pytest.raises(IndexUnreadable) as caught:
        EdgeIndex.open(tmp_path, _WEIGHER)
    assert caught.value.set_aside is not None
    assert caught.value.set_aside.is_dir()
    fresh = EdgeIndex.open(tmp_path, _WEIGHER)
    assert fresh.count() == 0
    fresh.close()


def test_late_index_says_that_it_was_made_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    EdgeIndex.open(tmp_path, _WEIGHER).close()
    (tmp_path / "shard" / "edge_config.json").write_bytes(b"{")
    late = LateIndex(lambda: EdgeIndex.open(tmp_path, _WEIGHER))
    assert late.count() == 0
    assert late.set_aside is not None
    assert "set aside" in caplog.text
    late.close()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX; Windows has its own round in the bench")
@pytest.mark.parametrize("rounds", [2, pytest.param(12, marks=pytest.mark.slow)])
def test_what_was_flushed_survives_kill_9(tmp_path: Path, rounds: int) -> None:
    acknowledged, lost = lost_after_kills(tmp_path, rounds)
    assert acknowledged >= rounds
    assert lost == 0


def test_optimising_loses_nothing_that_is_written_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = EdgeIndex.open(tmp_path, _WEIGHER)
    assert index.optimize_if_worth_it() is False
    index.upsert([IndexPoint(n, f"d{n}", 0, f"бетон номер{n}", vector=[1.0, n / 100]) for n in range(1, 101)])
    assert index.optimize_if_worth_it() is False
    monkeypatch.setattr(qdrant_optimize, "WORTH_FROM_POINTS", 50)
    really = qdrant_optimize.run_child

    def run_and_write(folder: Path) -> bool:
        index.upsert([IndexPoint(500, "new", 0, "бетон совсем новый", vector=[0.0, 1.0])])
        index.delete_documents(["d1"])
        return really(folder)

    monkeypatch.setattr(qdrant_optimize, "run_child", run_and_write)
    assert index.optimize_if_worth_it() is True
    assert index.count() == 100
    assert _found(index, "новый") == [("new", 0)]
    assert index.document_counts(["d1", "d2"]) == {"d1": 0, "d2": 1}
    index.close()
    again = EdgeIndex.open(tmp_path, _WEIGHER)
    assert again.count() == 100
    assert sorted(path.name for path in tmp_path.iterdir()) == ["format.json", "shard"]
    again.close()


def test_an_optimiser_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = EdgeIndex.open(tmp_path, _WEIGHER)
    index.upsert([IndexPoint(n, f"d{n}", 0, "бетон", vector=[1.0, 0.5]) for n in range(60)])
    monkeypatch.setattr(qdrant_optimize, "WORTH_FROM_POINTS", 50)
    monkeypatch.setattr(qdrant_optimize, "run_child", lambda folder: False)
    assert index.optimize_if_worth_it() is False
    index.upsert([IndexPoint(99, "late", 0, "кровля")])
    assert index.count() == 61
    index.close()
