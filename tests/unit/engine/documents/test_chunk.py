# SPDX-License-Identifier: MIT
"""Chunks along the structure."""

from bldr_desktop.engine.documents.chunk import MAXIMUM, chunk_document, clean
from bldr_desktop.engine.documents.structure import structure_of
from bldr_desktop.engine.ports.domain import Chunk, Extracted, ExtractedPage

SENTENCE = "Толщину защитного слоя бетона следует принимать не менее диаметра стержня арматуры. "


def _norm(pages: list[str], tables: list[tuple[int, int]] | None = None) -> tuple[Extracted, list[Chunk]]:
    extracted = Extracted(
        "pdf", "application/pdf", "test", [ExtractedPage(i, t) for i, t in enumerate(pages, 1)], paged=True
    )
    if tables:
        extracted.pages[0].tables = tables
    return extracted, chunk_document(extracted, structure_of(extracted, "a.pdf"))


def _body(number: str, times: int = 8) -> str:
    return f"{number} {SENTENCE * times}\n"


def test_a_chunk_never_crosses_a_page_and_knows_its_clause() -> None:
    pages = [
        "СП 63.13330.2018\nБетонные конструкции\n",
        "8 Конструирование\n8.1 Общие положения\n" + _body("8.1.1") + _body("8.1.2"),
        _body("8.1.3") + "8.2 Армирование\n" + _body("8.2.1"),
    ]
    extracted, chunks = _norm(pages)
    assert all(chunk.page == chunk.page_end for chunk in chunks)
    first = next(chunk for chunk in chunks if chunk.clause == "8.1.3")
    assert first.page == 3
    assert first.context.startswith("СП 63.13330.2018")
    assert "8 Конструирование › 8.1 Общие положения › 8.1.3" in first.context
    for chunk in chunks:
        text = extracted.pages[chunk.page - 1].text
        assert text[chunk.char_start : chunk.char_end].split()[0] == chunk.text.split()[0]


def test_what_follows_a_scrap_at_the_top_of_a_page_keeps_its_own_clause() -> None:
    pages = [
        "СП 63.13330.2018\nБетонные конструкции\n3 Термины\n3.1 Общие слова о терминах\n" + _body("3.2", 3),
        "и арматуры.\n4 Глубина заложения\n" + _body("4.1", 2),
        "5 Материалы\n" + _body("5.1", 2),
    ]
    _, chunks = _norm(pages)
    [chunk] = [chunk for chunk in chunks if "Глубина" in chunk.text]
    assert chunk.clause == "4.1"
    assert "4 Глубина заложения" in (chunk.clause_path or "")


def test_a_head_and_page_numbers_repeated_on_two_pages_are_no_text() -> None:
    pages = [
        "СВОД ПРАВИЛ\nСП 901.1325800.2023\n1 Термины\n" + _body("1.1", 2) + "1",
        "СП 901.1325800.2023\n2 Глубина\n" + _body("2.1", 2) + "2",
    ]
    _, chunks = _norm(pages)
    second = [chunk for chunk in chunks if chunk.page == 2]
    assert [chunk.clause for chunk in second] == ["2.1"]
    assert second[0].text.startswith("2 Глубина") and second[0].text.endswith("арматуры.")
    assert any("СП 901.1325800.2023" in chunk.text for chunk in chunks if chunk.page == 1)


def test_headings_stay_with_the_text_below_them() -> None:
    _, chunks = _norm(["1 Раздел\n1.1 Подраздел\n" + _body("1.1.1") + "2 Второй\n" + _body("2.1")])
    [chunk] = [chunk for chunk in chunks if "Подраздел" in chunk.text]
    assert chunk.text.startswith("1 Раздел") and "1.1.1" in chunk.text
    assert any(chunk.text.startswith("2 Второй") for chunk in chunks)


def test_tiny_clauses_of_one_parent_share_a_chunk() -> None:
    tiny = "".join(
        f"4.1.{i} Сито с сеткой номер {i} по действующему стандарту на сита.\n" for i in range(1, 7)
    )
    _, chunks = _norm(["4 Средства\n4.1 Приборы и материалы для испытаний битума, а именно:\n" + tiny])
    holders = [chunk for chunk in chunks if "4.1.3" in chunk.text]
    assert len(holders) == 1
    assert "4.1.4" in holders[0].text


def test_long_clauses_are_cut_at_sentences() -> None:
    _, chunks = _norm([_body("5.1", 60)])
    assert len(chunks) > 3
    assert all(len(chunk.text) <= MAXIMUM + 20 for chunk in chunks)
    assert all(chunk.text.rstrip().endswith(".") for chunk in chunks)


def test_every_word_is_in_some_chunk_but_contents_and_running_heads() -> None:
    names = ["Область применения", "Ссылки", "Термины", "Бетон", "Арматура", "Расчёт", "Контроль"]
    titles = [f"{i} {name}" for i, name in enumerate(names, 1)]
    contents = "Содержание\n" + "".join(f"{title} ................ {title[0]}\n" for title in titles)
    pages = [f"ГОСТ 1-2020\n{contents}"]
    pages += [f"ГОСТ 1-2020\n{title}\n{_body(f'{title[0]}.1')}\n{title[0]}" for title in titles]
    _, chunks = _norm(pages)
    joined = "\n".join(chunk.text for chunk in chunks)
    assert "....." not in joined
    assert all(joined.count(title) == 1 for title in titles)
    assert joined.count("ГОСТ 1-2020") == 0


def test_d11_a_cut_table_repeats_its_head() -> None:
    rows = "".join(f"Бетон класса В{i}\t{i},5\t{i * 10}\n" for i in range(120))
    text = "Таблица\n" + "Класс бетона\tRb, МПа\tEb, МПа\n" + rows
    start = text.index("Класс")
    _, chunks = _norm([text], [(start, len(text))])
    tables = [chunk for chunk in chunks if chunk.kind == "table"]
    assert len(tables) > 2
    assert all("Rb, МПа" in chunk.text for chunk in tables)


def test_clean_joins_words_and_lines() -> None:
    assert clean("сво\u00ad\nдов правил\nи норм") == "сводов правил и норм"
    assert clean("железо-\nбетон") == "железобетон"
    assert clean("М\nЕ\nЖ\nГ\nО\nС\nУ\nСтандарт") == "Стандарт"
    assert clean("а  б\n\n\nВ") == "а б\nВ"
