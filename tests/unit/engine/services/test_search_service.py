# SPDX-License-Identifier: MIT
"""The wire's answers, and counting what was found."""

import threading
from collections.abc import Callable, Iterator

import pytest
from library import Part, Shelf

from bldr_desktop.engine.ports.documents import DocumentBrief
from bldr_desktop.protocol.base import DocumentState
from bldr_desktop.protocol.rag import QueryRequest, RagSearchRequest


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    made.add(
        "sp.pdf",
        "СП 63.13330.2018",
        "Бетонные конструкции",
        [Part("8.1.3", "Расчёт. Толщина защитного слоя бетона не менее 20 мм", 3)],
        category="СП",
    )
    yield made
    made.close()


def test_query_answer_has_flat_fields_and_passage_fields(shelf: Shelf) -> None:
    answer = shelf.search.search(QueryRequest(query="толщина слоя", k=4))
    (hit,) = answer.results
    assert hit.chunk[hit.highlights[0][0] : hit.highlights[0][1]] == "Толщина"
    assert hit.tezis.startswith("Толщина защитного слоя")
    assert hit.meta["conf"] == hit.score
    assert (hit.meta["category"], hit.meta["entities"]) == ("СП", ["СП 63.13330.2018"])
    assert (hit.page, hit.page_count, hit.clause, hit.designation) == (3, 3, "8.1.3", "СП 63.13330.2018")
    assert hit.chunk_id == f"{hit.document_id}:0"
    assert 0 <= hit.score <= 1
    assert answer.understood["kind"] == "words"
    assert (answer.total_found, answer.nothing_relevant, answer.ndcg) == (1, False, None)


def test_of_a_norm_and_a_clause_the_number_is_marked(shelf: Shelf) -> None:
    shelf.add("gost.txt", "ГОСТ 5000-2020", "", ["П р и м е ч а н и е — СП 63.13330, СП 16"], kind="txt")
    found = {
        hit.document_name: hit
        for hit in shelf.search.search(QueryRequest(query="СП 63.13330 п.8.1.3")).results
    }
    marked = {name: [hit.chunk[a:b] for a, b in hit.highlights] for name, hit in found.items()}
    assert marked == {"sp.pdf": ["8.1.3"], "gost.txt": ["63.13330"]}


def test_rag_search_answer(shelf: Shelf) -> None:
    answer = shelf.search.rag_search(RagSearchRequest(query="СП 63 п. 8.1.3", k=3, threshold=0.5))
    hit = answer.results[0]
    assert hit.content.startswith("8.1.3 Расчёт")
    assert (hit.section_id, hit.chunk_type) == ("8.1.3", "text")
    assert hit.metadata["doc_type"] == "pdf"
    assert answer.search_method == "clause+bm25"
    assert answer.total_found == len(answer.results)
    bare = shelf.search.rag_search(RagSearchRequest(query="бетон", include_metadata=False))
    assert bare.results[0].metadata == {}
    none = shelf.search.rag_search(RagSearchRequest(query="бетон", doc_types=["docx"]))
    assert none.results == []


def test_times_found_are_counted_in_batches(shelf: Shelf) -> None:
    (brief,) = shelf.documents.briefs()

    def times() -> int:
        document = shelf.documents.get(brief.id)
        assert document is not None
        return document.times_found

    shelf.search.search(QueryRequest(query="защитный слой"))
    shelf.search.search(QueryRequest(query="бетон"))
    shelf.search.search(QueryRequest(query="бетон", preview=True))
    shelf.search.search(QueryRequest(query="ничего такого здесь нет"))
    assert times() == 0
    shelf.search.write_found()
    assert times() == 2
    shelf.search.write_found()
    assert times() == 2


@pytest.mark.parametrize("moment", ["version", "briefs"])
def test_a_search_on_its_way_hides_no_change_from_the_next(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """A document is disabled while another search looks up what there is: the next search knows."""
    (brief,) = shelf.documents.briefs()
    if moment == "version":  # it knows the documents already, and only asks whether they changed
        shelf.search.search(QueryRequest(query="бетон"))
        shelf.search.forget_catalogue()
    asked: Callable[[], object] = getattr(shelf.documents, moment)

    def meanwhile() -> object:
        answer = asked()
        monkeypatch.undo()
        shelf.documents.set_state(brief.id, DocumentState.DISABLED)
        shelf.search.forget_catalogue()
        return answer

    monkeypatch.setattr(shelf.documents, moment, meanwhile)
    shelf.search.search(QueryRequest(query="бетон"))
    assert shelf.search.search(QueryRequest(query="бетон")).results == []


def test_a_search_beside_the_making_of_the_catalogue_does_not_use_the_old_one(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change was answered before either search began: both know it, not only the one that reads."""
    assert shelf.search.search(QueryRequest(query="бетон")).results
    (brief,) = shelf.documents.briefs()
    shelf.documents.set_state(brief.id, DocumentState.DISABLED)
    shelf.search.forget_catalogue()
    read, seen = shelf.documents.briefs, list[int]()
    beside = threading.Thread(
        target=lambda: seen.append(len(shelf.search.search(QueryRequest(query="бетон")).results))
    )

    def briefs() -> list[DocumentBrief]:
        monkeypatch.undo()
        beside.start()
        beside.join(0.3)  # time to answer out of the old one, were that possible
        return read()

    monkeypatch.setattr(shelf.documents, "briefs", briefs)
    assert shelf.search.search(QueryRequest(query="бетон")).results == []
    beside.join(10)
    assert seen == [0]
