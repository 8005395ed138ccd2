# SPDX-License-Identifier: MIT
"""What a person does with documents."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from library import Part, Shelf

from bldr_desktop.engine.adapters.blob_files import FileBlobStore
from bldr_desktop.engine.documents.pool import ProcessParser
from bldr_desktop.engine.ports.documents import DocumentQuery, NewDocument
from bldr_desktop.engine.services.documents import DocumentService
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.index_care import IndexCare
from bldr_desktop.protocol.base import DocumentState
from bldr_desktop.protocol.documents import BulkDocumentsRequest


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    yield made
    made.close()


@pytest.fixture
def library(shelf: Shelf, tmp_path: Path) -> DocumentService:
    care = IndexCare(shelf.documents, shelf.index)
    service = DocumentService(
        shelf.documents, FileBlobStore(tmp_path / "blobs"), ProcessParser(1), shelf.weigher.analyzer, care
    )
    service.changed = shelf.search.forget_catalogue
    return service


def _sp(shelf: Shelf) -> str:
    parts = [Part("8.1", "Расчёт", 1), Part("8.1.3", "Защитный слой", 2)]
    return shelf.add("sp.pdf", "СП 63.13330.2018", "Бетон", parts, category="СП")


def test_reading_one(shelf: Shelf, library: DocumentService) -> None:
    key = _sp(shelf)
    assert library.get(key).designation == "СП 63.13330.2018"
    assert [entry.clause for entry in library.outline(key).entries] == ["8.1", "8.1.3"]
    assert library.text(key, 2).pages[0].text == "8.1.3 Защитный слой"
    assert len(library.text(key, None).pages) == 2
    chunks = library.chunks(key, 2, 1)
    assert [chunk.clause for chunk in chunks.data] == ["8.1.3"]
    assert (chunks.pagination.total, chunks.pagination.pages) == (2, 2)
    assert library.find(key, "защитного слоя", 10).hits[0].page == 2


@pytest.mark.parametrize("what", ["get", "outline", "text", "find", "content"])
def test_unknown_documents_are_404(library: DocumentService, what: str) -> None:
    more = {"text": (None,), "find": ("слово", 5)}.get(what, ())
    with pytest.raises(EngineError) as caught:
        getattr(library, what)("unknown", *more)
    assert caught.value.status == 404


def test_tables_and_totals(shelf: Shelf, library: DocumentService) -> None:
    _sp(shelf)
    shelf.add("old.pdf", "СП 63.13330.2012", "Бетон", ["текст"], category="СП")
    assert library.page(DocumentQuery(search="2012")).pagination.total == 1
    (norm,) = library.norms(DocumentQuery(search="2018")).data
    assert (norm.name, norm.status, norm.description) == ("СП 63.13330.2018", "actual", "Бетон")
    summary = library.norms_summary()
    assert (summary.total, summary.actual, summary.outdated) == (2, 1, 1)
    metrics = library.metrics(None, 123)
    assert (metrics.total_chunks, metrics.total_documents, metrics.coverage) == (3, 2, 1.0)
    assert (metrics.avg_ndcg, metrics.index_bytes) == (None, 123)


def test_delete_and_restore(shelf: Shelf, library: DocumentService) -> None:
    key = _sp(shelf)
    assert library.delete(key, "ann", False).state is DocumentState.DELETED
    assert shelf.search.find("защитный слой", 5).hits == []
    assert library.restore(key, "ann", False).state is DocumentState.TRAINED
    assert len(shelf.search.find("защитный слой", 5).hits) == 1
    with pytest.raises(EngineError) as caught:
        library.restore(key, "ann", False)
    assert caught.value.status == 409


async def test_bulk_answers_for_each(shelf: Shelf, library: DocumentService) -> None:
    mine = _sp(shelf)
    foreign = shelf.add("b.txt", None, "", ["текст"], owner="bob")
    answer = await library.bulk(
        BulkDocumentsRequest(action="disable", ids=[mine, foreign, "unknown", mine]), "ann", False
    )
    assert [(item.id, item.ok) for item in answer.items] == [
        (mine, True),
        (foreign, False),
        ("unknown", False),
    ]
    assert answer.done == 1
    assert shelf.search.find("защитный слой", 5).hits == []


async def test_enabling_brings_swept_points_back(shelf: Shelf, library: DocumentService) -> None:
    key = _sp(shelf)
    await library.bulk(BulkDocumentsRequest(action="disable", ids=[key]), "ann", False)
    IndexCare(shelf.documents, shelf.index).sweep(keep_seconds=0)
    assert shelf.index.count() == 0
    answer = await library.bulk(BulkDocumentsRequest(action="enable", ids=[key]), "root", True)
    assert answer.done == 1
    assert len(shelf.search.find("защитный слой", 5).hits) == 1


async def test_retraining_is_handed_on(shelf: Shelf, library: DocumentService) -> None:
    key = _sp(shelf)
    asked: list[tuple[list[str], str]] = []

    async def retrain(ids: object, user: str) -> str:
        asked.append((list(ids), user))  # type: ignore[call-overload]
        return "job-1"

    request = BulkDocumentsRequest(action="retrain", ids=[key, "unknown"])
    with pytest.raises(EngineError) as caught:
        await library.bulk(request, "ann", False)
    assert caught.value.status == 503
    library.retrain_with = retrain
    answer = await library.bulk(request, "ann", False)
    assert (answer.job_id, answer.done, asked) == ("job-1", 1, [([key], "ann")])


def _on_disk(shelf: Shelf, path: Path, content: bytes) -> str:
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    new = NewDocument(sha256=digest, name=path.name, size=len(content), owner="ann", path=str(path))
    return shelf.documents.add(new).id


def test_content_is_the_file_that_was_read(shelf: Shelf, library: DocumentService, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    key = _on_disk(shelf, path, b"content")
    assert library.content(key)[1].read_bytes() == b"content"
    path.write_bytes(b"changed since")
    with pytest.raises(EngineError) as changed:
        library.content(key)
    assert (changed.value.status, changed.value.code) == (409, "file_changed")
    path.unlink()
    with pytest.raises(EngineError) as gone:
        library.content(key)
    assert (gone.value.status, gone.value.code) == (404, "file_not_found")


async def test_pages_that_cannot_be_drawn(shelf: Shelf, library: DocumentService) -> None:
    key = _sp(shelf)
    with pytest.raises(EngineError) as caught:
        library.page_place(key, 99)
    assert caught.value.status == 404
    letter = shelf.add("l.txt", None, "", ["текст"], kind="txt")
    with pytest.raises(EngineError) as unpaged:
        await library.page_boxes(letter, 1, 0, 5)
    assert unpaged.value.status == 409
