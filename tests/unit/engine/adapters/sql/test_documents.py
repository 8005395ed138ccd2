# SPDX-License-Identifier: MIT
"""Documents: identity by content, states, editions, replacement, texts, deletion."""

import pytest

from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.documents import SqlDocumentStore
from bldr_desktop.engine.ports.documents import DocumentQuery, NewDocument
from bldr_desktop.engine.ports.domain import (
    Chunk,
    Clause,
    Extracted,
    ExtractedPage,
    Parsed,
    ParseFailure,
    Structure,
)
from bldr_desktop.protocol.base import DocumentState, EditionStatus
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.errors import ErrorCode


@pytest.fixture
def store(database: Database) -> SqlDocumentStore:
    """An empty collection."""
    return SqlDocumentStore(database)


def new(letter: str, name: str | None = None, **fields: object) -> NewDocument:
    """A file whose hash is one letter 64 times."""
    return NewDocument(letter * 64, name or f"{letter}.pdf", 10, "ann", **fields)  # type: ignore[arg-type]


def parsed(text: str = "text", *, chunks: int = 1, **structure: object) -> Parsed:
    """What a reader made of a file."""
    pieces = [Chunk(n, f"{text} {n}", "context", "text", 1, 1, 0, len(text)) for n in range(chunks)]
    extracted = Extracted("pdf", "application/pdf", "pypdfium2", [ExtractedPage(1, text)], paged=True)
    return Parsed(extracted, Structure(**structure), pieces)  # type: ignore[arg-type]


def norm(year: int, **more: object) -> Parsed:
    """An edition of one norm."""
    return parsed(
        designation=f"СП 63.{year}",
        designation_key=f"сп63.{year}",
        base_key="сп63",
        edition_year=year,
        **more,
    )


def train(store: SqlDocumentStore, document: Document, content: Parsed) -> Document:
    """All of a training's writes."""
    store.save_parsed(document.id, content)
    return store.mark_trained([document.id])[0]


def test_the_same_bytes_are_one_document(store: SqlDocumentStore) -> None:
    first = store.add(new("a", path="/d/a", path_key="k1"))
    second = store.add(new("a", "copy.pdf", path="/d/copy", path_key="k2"))
    assert (second.id, second.name, second.path) == (first.id, "copy.pdf", "/d/copy")
    assert store.find(DocumentQuery())[1] == 1


def test_many_at_once_with_doubles_and_known_ones(store: SqlDocumentStore) -> None:
    known = store.add(new("b"))
    found = store.add_many([new("a"), new("b"), new("a", state=DocumentState.PROCESSING), new("c")])
    assert found[1].id == known.id
    assert found[0].id == found[2].id
    assert len({document.id for document in found}) == 3


def test_trained_means_chunks_that_are_searchable(store: SqlDocumentStore) -> None:
    document = store.add(new("a"))
    store.save_parsed(document.id, parsed(chunks=3))
    assert store.briefs() == []
    between = store.get(document.id)
    assert between is not None
    assert between.state is DocumentState.PROCESSING
    before = store.version()
    (trained,) = store.mark_trained([document.id])
    assert (trained.state, trained.chunks) == (DocumentState.TRAINED, 3)
    assert store.version() > before
    assert [brief.chunk_count for brief in store.briefs()] == [3]


def test_a_document_without_text_is_empty_and_says_so(store: SqlDocumentStore) -> None:
    document = train(store, store.add(new("a")), parsed("", chunks=0))
    assert document.state is DocumentState.EMPTY
    assert document.reason_code == ErrorCode.FILE_NO_TEXT
    scan = store.save_failure(
        store.add(new("b")).id, ParseFailure(ErrorCode.FILE_NEEDS_OCR, "Only images.", kind="pdf")
    )
    assert scan is not None
    assert scan.state is DocumentState.EMPTY
    broken = store.save_failure(store.add(new("c")).id, ParseFailure(ErrorCode.FILE_DAMAGED, "Damaged."))
    assert broken is not None
    assert (broken.state, broken.reason) == (DocumentState.FAILED, "Damaged.")


def test_reading_begins_for_all_but_searchable_documents(store: SqlDocumentStore) -> None:
    trained = train(store, store.add(new("a")), parsed())
    broken, fresh = store.add(new("b")), store.add(new("c"))
    store.save_failure(broken.id, ParseFailure(ErrorCode.FILE_DAMAGED, "Damaged."))
    version = store.version()
    begun = {one.id: one for one in store.begin_reading([trained.id, broken.id, fresh.id])}
    assert begun[trained.id].state is DocumentState.TRAINED
    assert begun[broken.id].state is DocumentState.PROCESSING
    assert (begun[broken.id].reason, begun[broken.id].reason_code) == (None, None)
    assert begun[fresh.id].state is DocumentState.PROCESSING
    assert store.version() > version
    assert store.begin_reading([]) == []


def test_a_newer_state_of_a_file_replaces_the_older(store: SqlDocumentStore) -> None:
    old = train(store, store.add(new("a", path="/d/x", path_key="k")), parsed("old"))
    fresh = store.add(new("b", path="/d/x", path_key="k"))
    kept = store.get(old.id)
    assert kept is not None
    assert kept.state is DocumentState.TRAINED, "the old text is found until the new one is"
    train(store, fresh, parsed("new"))
    gone = store.get(old.id)
    assert gone is not None
    assert gone.state is DocumentState.DELETED
    assert store.retired_documents() == [old.id]
    store.forget_retired([old.id])
    assert store.retired_documents() == []


def test_the_newest_edition_is_actual(store: SqlDocumentStore) -> None:
    new_one = train(store, store.add(new("b")), norm(2018))
    assert new_one.edition_status is EditionStatus.ACTUAL
    old = train(store, store.add(new("a")), norm(2012))
    assert old.edition_status is EditionStatus.OUTDATED
    assert old.replaced_by == "СП 63.2018"
    store.delete(new_one.id)
    again = store.get(old.id)
    assert again is not None
    assert (again.edition_status, again.replaced_by) == (EditionStatus.ACTUAL, None)
    store.restore(new_one.id)
    again = store.get(old.id)
    assert again is not None
    assert again.edition_status is EditionStatus.OUTDATED


def test_an_edition_that_comes_into_force_later_is_pending(store: SqlDocumentStore) -> None:
    now = train(store, store.add(new("a")), norm(2018))
    coming = train(store, store.add(new("b")), norm(2099, issue_date="2099-01-01"))
    assert coming.edition_status is EditionStatus.PENDING
    again = store.get(now.id)
    assert again is not None
    assert again.edition_status is EditionStatus.ACTUAL


def test_a_norm_that_another_says_it_replaces_is_outdated(store: SqlDocumentStore) -> None:
    old = train(
        store,
        store.add(new("a")),
        parsed(designation="СНиП 2.01", designation_key="снип2.01", base_key="снип2.01", edition_year=1985),
    )
    assert old.edition_status is EditionStatus.ACTUAL
    train(store, store.add(new("b")), norm(2018, replaces=["снип2.01"]))
    again = store.get(old.id)
    assert again is not None
    assert (again.edition_status, again.replaced_by) == (EditionStatus.OUTDATED, "СП 63.2018")


def test_texts_are_given_back_as_written(store: SqlDocumentStore) -> None:
    content = parsed("Бетон\x00", chunks=2)
    content.structure.clauses = [
        Clause("8.1", "8.1", "Бетон", 1, 1, 0, 5, 1),
        Clause("8.1.1", "8.1.1", "", 2, 1, 2, 3, 1, parent=0),
    ]
    content.structure.terms = [("Ёлка", 1, 3)]
    content.extracted.pages.append(ExtractedPage(2, "", label="Лист1", rows=[["a", "1"]]))
    document = train(store, store.add(new("a")), content)
    assert store.clauses(document.id) == content.structure.clauses
    assert [chunk.text for chunk in store.chunks(document.id)] == ["Бетон\ufffd 0", "Бетон\ufffd 1"]
    assert [chunk.ordinal for chunk in store.chunks(document.id, offset=1, limit=1)] == [1]
    assert set(store.chunks_of([(document.id, 1), (document.id, 9)])) == {(document.id, 1)}
    pages = store.pages(document.id)
    assert [(page.number, page.label, page.rows) for page in pages] == [
        (1, None, None),
        (2, "Лист1", [["a", "1"]]),
    ]
    assert store.pages(document.id, 2) == pages[1:]
    assert [hit.clause.number for hit in store.find_clause([document.id], "8.1.1")] == ["8.1.1"]
    assert store.terms_like("елк", 5) == [("Ёлка", document.id, 1, 3)]
    store.add(new("z"))
    assert [found.id for found in store.find(DocumentQuery(defines=True))[0]] == [document.id]
    assert [key for key, _ in store.all_chunks()] == [document.id]


def test_training_again_replaces_the_text(store: SqlDocumentStore) -> None:
    document = train(store, store.add(new("a")), parsed("old", chunks=5))
    train(store, document, parsed("new", chunks=2))
    assert [chunk.text for chunk in store.chunks(document.id)] == ["new 0", "new 1"]


def test_delete_restore_purge(store: SqlDocumentStore) -> None:
    document = train(store, store.add(new("a")), parsed())
    assert store.delete(document.id)
    assert not store.delete(document.id)
    assert store.find(DocumentQuery()) == ([], 0)
    assert store.by_sha256(["a" * 64]) == {}
    back = store.restore(document.id)
    assert back is not None
    assert back.state is DocumentState.TRAINED
    store.delete(document.id)
    assert store.purge("2099") == [], "its points are still in the index"
    store.forget_retired([document.id])
    again = store.restore(document.id)
    assert again is not None
    assert again.state is DocumentState.UPLOADED, "its points are gone: it must be trained again"
    store.delete(document.id)
    assert [one.id for one in store.purge("2099")] == [document.id]
    assert store.get(document.id) is None


def test_deleted_bytes_that_come_again_live_again(store: SqlDocumentStore) -> None:
    document = store.add(new("a"))
    store.delete(document.id)
    again = store.add(new("a"))
    assert (again.id, again.state) == (document.id, DocumentState.UPLOADED)


def test_find_filters_sorts_and_pages(store: SqlDocumentStore) -> None:
    train(store, store.add(new("a", "Бетон.pdf", path="/d/Бетон.pdf")), norm(2018))
    store.add(new("b", "сталь.docx", path="/e/сталь.docx"))
    names = [document.name for document in store.find(DocumentQuery(sort="name", descending=False))[0]]
    assert names == ["Бетон.pdf", "сталь.docx"]
    assert store.find(DocumentQuery(search="БЕТОН сп"))[1] == 1
    assert store.find(DocumentQuery(folder="/e"))[1] == 1
    assert store.find(DocumentQuery(folder="/e/"))[1] == 1
    assert store.find(DocumentQuery(folder="/"))[1] == 2
    store.add(new("c", "балка.docx", path="/e2/балка.docx"))
    assert store.find(DocumentQuery(folder="/e"))[1] == 1, "/e2 is another folder"
    store.delete(store.find(DocumentQuery(folder="/e2"))[0][0].id)
    assert store.find(DocumentQuery(defines=True))[1] == 0
    assert store.find(DocumentQuery(state=DocumentState.UPLOADED))[1] == 1
    assert store.find(DocumentQuery(edition=EditionStatus.ACTUAL))[1] == 1
    assert len(store.find(DocumentQuery(limit=1, page=2))[0]) == 1
    assert store.find(DocumentQuery(sort="no such column"))[1] == 2
    totals = store.totals()
    assert (totals.documents, totals.searchable, totals.chunks) == (2, 1, 1)
    assert totals.by_state == {"trained": 1, "uploaded": 1}


def test_times_found_are_counted(store: SqlDocumentStore) -> None:
    document = store.add(new("a"))
    store.count_found([document.id])
    store.count_found([document.id])
    found = store.get(document.id)
    assert found is not None
    assert found.times_found == 2
