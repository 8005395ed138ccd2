# SPDX-License-Identifier: MIT
"""What comes first, over the real store and the index in memory."""

from collections.abc import Iterator

import pytest
from library import Part, Shelf

from bldr_desktop.protocol.base import DocumentState, EditionStatus
from bldr_desktop.protocol.rag import SearchFilters


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    made.add(
        "new.pdf",
        "СП 63.13330.2018",
        "Бетонные и железобетонные конструкции. Основные положения",
        [
            Part("1", "Область применения", 1),
            Part("8.1", "Расчёт по прочности", 3),
            Part("8.1.3", "Для железобетонных элементов расчёт выполняют по предельным усилиям", 3),
            Part("10.3.2", "Толщина защитного слоя бетона не менее 20 мм", 5),
        ],
        category="СП",
    )
    made.add(
        "old.pdf",
        "СП 63.13330.2012",
        "Бетонные и железобетонные конструкции. Основные положения",
        [Part("8.1.3", "Для железобетонных элементов расчёт выполняют как раньше", 9),
         Part("10.3.2", "Толщина защитного слоя бетона не менее 15 мм", 9)],
        category="СП",
    )  # fmt: skip
    made.add(
        "gost.txt",
        "ГОСТ 12730.1-2020",
        "Бетоны. Методы определения плотности",
        ["Плотность бетона определяют по СП 63.13330.2018 испытанием образцов", "Протокол испытаний"],
        kind="txt",
        category="ГОСТ",
        path="/norms/gost/gost.txt",
    )
    made.add("letter.docx", None, "", ["Прошу согласовать кровлю и водосток"], kind="docx", owner="bob")
    yield made
    made.close()


def _names(shelf: Shelf, text: str, filters: SearchFilters | None = None, limit: int = 10) -> list[str]:
    return [hit.brief.name for hit in shelf.search.find(text, limit, filters).hits]


def test_the_newest_edition_comes_first_and_the_old_one_is_marked(shelf: Shelf) -> None:
    hits = shelf.search.find("сп 63.13330", 10).hits
    assert [hit.brief.name for hit in hits[:2]] == ["new.pdf", "old.pdf"]
    assert hits[0].brief.edition_status is EditionStatus.ACTUAL
    assert hits[1].brief.edition_status is EditionStatus.OUTDATED
    assert _names(shelf, "защитный слой")[:2] == ["new.pdf", "old.pdf"]


def test_the_edition_that_was_named_comes_first(shelf: Shelf) -> None:
    only_new = SearchFilters(include_outdated=False)
    assert _names(shelf, "СП 63.13330.2012")[0] == "old.pdf"
    assert _names(shelf, "СП 63.13330.2012", only_new)[0] == "old.pdf"
    assert "old.pdf" not in _names(shelf, "СП 63.13330", only_new)
    assert "old.pdf" not in _names(shelf, "защитный слой", only_new)


def test_a_designation_beats_texts_that_mention_it(shelf: Shelf) -> None:
    assert _names(shelf, "СП 63.13330.2018")[0] == "new.pdf"


@pytest.mark.parametrize("text", ["СП 63 п.8.1.3", "п. 8.1.3 СП 63.13330.2018", "сп63.13330 8.1.3"])
def test_a_clause_is_jumped_to(shelf: Shelf, text: str) -> None:
    found = shelf.search.find(text, 5)
    hit = found.hits[0]
    assert (hit.brief.name, hit.page, hit.clause, hit.why) == ("new.pdf", 3, "8.1.3", "clause")
    assert hit.text.startswith("8.1.3 Для железобетонных")
    assert hit.score > 0.99
    assert found.methods[0] == "clause"


def test_a_missing_clause_gives_its_parent_with_a_lower_score(shelf: Shelf) -> None:
    hit = shelf.search.find("СП 63.13330.2018 п. 8.1.99", 5).hits[0]
    assert (hit.clause, hit.page) == ("8.1", 3)
    assert 0.98 < hit.score < shelf.search.find("СП 63.13330.2018 п. 8.1", 1).hits[0].score


def test_words_beside_a_designation_choose_the_passage(shelf: Shelf) -> None:
    hit = shelf.search.find("СП 63.13330.2018 защитный слой", 5).hits[0]
    assert (hit.brief.name, hit.clause) == ("new.pdf", "10.3.2")


def test_a_title_that_is_asked_for_comes_first(shelf: Shelf) -> None:
    assert _names(shelf, "Бетоны. Методы определения плотности")[0] == "gost.txt"


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (SearchFilters(kinds=["txt"]), {"gost.txt"}),
        (SearchFilters(categories=["ГОСТ"]), {"gost.txt"}),
        (SearchFilters(folders=["/norms"]), {"gost.txt"}),
        (SearchFilters(folders=["gost"]), {"gost.txt"}),
        (SearchFilters(editions=[EditionStatus.OUTDATED]), {"old.pdf"}),
        (SearchFilters(kinds=["dxf"]), set()),
    ],
)
def test_filters(shelf: Shelf, filters: SearchFilters, names: set[str]) -> None:
    assert set(_names(shelf, "бетон", filters)) == names


def test_filter_by_document_and_category(shelf: Shelf) -> None:
    ids = [brief.id for brief in shelf.documents.briefs() if brief.name == "letter.docx"]
    assert _names(shelf, "бетон кровля", SearchFilters(document_ids=ids)) == ["letter.docx"]
    found = shelf.search.find("бетон", 10, None, "ГОСТ").hits
    assert {hit.brief.name for hit in found} == {"gost.txt"}


def test_nothing_relevant(shelf: Shelf) -> None:
    assert shelf.search.find("абракадабра незнакомые слова", 5).nothing_relevant
    assert shelf.search.find("", 5).nothing_relevant
    weak = shelf.search.find("протокол заседания правления акционерного общества", 5)
    assert weak.nothing_relevant
    assert not shelf.search.find("толщина защитного слоя бетона", 5).nothing_relevant


def test_deleted_documents_are_gone_at_once_and_do_not_crowd_others_out(shelf: Shelf) -> None:
    for number in range(30):
        shelf.add(f"junk{number}.txt", None, "", ["кровля кровля кровля"] * 10, kind="txt")
    for brief in shelf.documents.briefs():
        if brief.name.startswith("junk"):
            shelf.documents.delete(brief.id)
    shelf.search.forget_catalogue()
    assert _names(shelf, "кровля")[0] == "letter.docx"
    assert not any(name.startswith("junk") for name in _names(shelf, "кровля"))


def test_what_was_trained_a_moment_ago_is_found(shelf: Shelf) -> None:
    shelf.search.find("кровля", 5)
    shelf.add("fresh.txt", None, "", ["совершенно новый текст о гидроизоляции"], kind="txt")
    assert _names(shelf, "гидроизоляция") == ["fresh.txt"]


def test_disabled_documents_are_not_found(shelf: Shelf) -> None:
    (letter,) = [brief.id for brief in shelf.documents.briefs() if brief.name == "letter.docx"]
    shelf.documents.set_state(letter, DocumentState.DISABLED)
    shelf.search.forget_catalogue()
    assert _names(shelf, "кровля водосток") == []


def test_a_chunk_that_left_the_store_is_skipped(shelf: Shelf) -> None:
    (letter,) = [brief.id for brief in shelf.documents.briefs() if brief.name == "letter.docx"]
    from bldr_desktop.engine.ports.index import IndexPoint, point_id

    shelf.index.upsert([IndexPoint(point_id(letter, 99), letter, 99, "кровля водосток")])
    assert [hit.chunk.ordinal for hit in shelf.search.find("кровля водосток", 5).hits] == [0]


def test_a_number_alone_names_a_norm(shelf: Shelf) -> None:
    assert _names(shelf, "12730.1")[0] == "gost.txt"
    hit = shelf.search.find("63.13330.2018 п. 8.1.3", 5).hits[0]
    assert (hit.brief.name, hit.why) == ("new.pdf", "clause")


def test_a_norm_that_is_nowhere_gives_nothing_relevant(shelf: Shelf) -> None:
    assert shelf.search.find("СП 99.13330.2016", 5).nothing_relevant
    assert not shelf.search.find("СП 63.13330.2018", 5).nothing_relevant
    assert not shelf.search.find("СП 99.13330.2016 защитный слой", 5).nothing_relevant


def test_the_index_is_given_the_shorter_list(shelf: Shelf) -> None:
    catalogue = shelf.search.catalogue()
    ids = {brief.name: brief.id for brief in catalogue.by_id.values()}
    only_new = catalogue.allowed(SearchFilters(include_outdated=False), None)
    where = catalogue.where(only_new, ())
    assert where is not None and where.document_ids is None
    assert where.exclude_document_ids == [ids["old.pdf"]]
    where = catalogue.where(catalogue.allowed(SearchFilters(kinds=["txt"]), None), {"gone"})
    assert where is not None and where.document_ids == [ids["gost.txt"]]
    assert where.exclude_document_ids == ["gone"]
    assert catalogue.where(frozenset(ids.values()), ()) is None
    assert catalogue.where(None, ()) is None


@pytest.mark.parametrize(
    "text", ["водсток", "водостог", "водостокк", "вдоосток", "Водстоок кровли", "кровялю"]
)
def test_a_slip_of_the_keyboard_still_finds(shelf: Shelf, text: str) -> None:
    found = shelf.search.find(text, 5)
    assert found.hits[0].brief.name == "letter.docx"
    assert not found.nothing_relevant


@pytest.mark.parametrize("text", ["абракадабра", "жираф", "quantum", "водсток жирафа"])
def test_a_question_about_something_else_stays_one(shelf: Shelf, text: str) -> None:
    found = shelf.search.find(text, 5)
    assert found.nothing_relevant or "spelling" not in found.methods


def test_hits_below_the_score_are_not_pushed_away_by_a_guess(shelf: Shelf) -> None:
    assert not shelf.search.find("водосток кровлю 700 701 702", 5).nothing_relevant
    found = shelf.search.find("водсток кровлю 700 701 702", 5)
    assert found.hits and found.nothing_relevant
    assert "spelling" not in found.methods


def _remarks(shelf: Shelf, text: str, filters: SearchFilters | None = None) -> list[dict[str, str]]:
    return [remark.model_dump(exclude_none=True) for remark in shelf.search.find(text, 5, filters).remarks]


def test_a_norm_that_is_not_there_is_said_and_only_who_names_it_is_shown(shelf: Shelf) -> None:
    shelf.add("cites.txt", None, "", ["8.1.3 Сварку ведут по ГОСТ 14098-2014", "8.1.3 Кладка"], kind="txt")
    assert _remarks(shelf, "ГОСТ 14098") == [{"code": "norm_absent", "norm": "ГОСТ 14098"}]
    found = shelf.search.find("ГОСТ 14098 п. 8.1.3", 5)
    assert not found.nothing_relevant
    assert ["14098" in hit.text for hit in found.hits] == [True]
    strange = shelf.search.find("СП 20 п. 8.1.3", 5)  # others have such a clause, and a 20 in their text
    assert strange.nothing_relevant
    assert [remark.norm for remark in strange.remarks] == ["СП 20"]
    asked = shelf.search.find("СП 20.13330 толщина защитного слоя", 5)
    assert not asked.nothing_relevant and asked.remarks[0].code == "norm_absent"


def test_an_edition_that_is_not_there_is_said(shelf: Shelf) -> None:
    said = [{"code": "edition_absent", "norm": "СП 63.13330.2022", "found": "СП 63.13330.2018"}]
    assert _remarks(shelf, "СП 63.13330.2022 защитный слой") == said
    assert _remarks(shelf, "СП 63.13330.2012") == _remarks(shelf, "СП 63") == _remarks(shelf, "бетон") == []
    only_gost = SearchFilters(categories=["ГОСТ"])
    assert _remarks(shelf, "СП 63", only_gost) == [{"code": "norm_left_out", "norm": "СП 63"}]


def test_a_clause_that_is_not_there_is_said(shelf: Shelf) -> None:
    said = [{"code": "clause_absent", "norm": "СП 63.13330.2018", "clause": "8.1.99", "kind": "clause"}]
    assert _remarks(shelf, "СП 63 п. 8.1.99") == said
    assert _remarks(shelf, "СП 63 п. 8.1.3") == []


def test_what_was_searched_for_in_place_of_a_slip_is_said(shelf: Shelf) -> None:
    assert _remarks(shelf, "гоордпзр") == []
    (said,) = _remarks(shelf, "водостлк")
    assert said == {"code": "spelling", "text": "водосток"}
