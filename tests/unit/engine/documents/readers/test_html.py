# SPDX-License-Identifier: MIT
"""What a person sees of a page, and nothing else."""

from pathlib import Path

import pytest

from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.engine.documents.readers.html import page_of, read
from bldr_desktop.engine.ports.domain import ParseLimits


def _text(source: str) -> str:
    return page_of(source)[0].text


def test_definition_lists_details_and_captions_are_kept() -> None:
    source = (
        "<dl><dt>бетон</dt><dd>искусственный камень</dd></dl><details><summary>Итог</summary>тело</details>"
        "<figure><img alt='Схема узла'><figcaption>Рис. 1</figcaption></figure>"
    )
    assert _text(source).split("\n") == [
        "бетон",
        "искусственный камень",
        "Итог",
        "тело",
        "Схема узла",
        "Рис. 1",
    ]


def test_scripts_navigation_and_hidden_parts_are_dropped() -> None:
    source = (
        "<nav>Главная</nav><script>var x='скрипт'</script><style>p{}</style><noscript>нет</noscript>"
        "<div style='display: none'>скрыто</div><p hidden>тоже</p><div role=navigation>меню</div><p>видно</p>"
    )
    assert _text(source) == "видно"


def test_tables_have_rows_and_tabs_and_are_marked() -> None:
    page, _ = page_of("<p>до</p><table><tr><th>Класс<th>Rb<tr><td>В25<td>14,5</table><p>после")
    assert page.text == "до\nКласс\tRb\nВ25\t14,5\nпосле"
    [(start, end)] = page.tables
    assert page.text[start:end].strip() == "Класс\tRb\nВ25\t14,5"


def test_layout_tables_flow_and_inner_tables_stay() -> None:
    page, _ = page_of(
        "<table><tr><td>меню</td><td><h1>Заголовок</h1><table><tr><td>a<td>b</table></td></tr></table>"
    )
    assert "Заголовок\na\tb" in page.text
    assert [level for _, _, level in page.headings] == [1]


def test_inline_tags_do_not_break_words_and_spaces_collapse() -> None:
    assert _text("<p>же<b>лезо</b>бетон   и\n сталь <i>С245</i>.</p>") == "железобетон и сталь С245."
    assert _text("м<sup>2</sup> и <code>a</code> <code>b</code>") == "м2 и a b"


def test_title_is_a_hint_and_broken_html_is_read() -> None:
    page, title = page_of("<html><head><title> Смета  №5 </title></head><body><p>раз<p>два<table><tr><td>три")
    assert title == "Смета №5"
    assert page.text.split() == ["раз", "два", "три"]


def test_very_deep_nesting_is_read() -> None:
    assert "глубоко" in _text("<div>" * 3_000 + "глубоко <b>тут</b>" + "</div>" * 3_000)


def test_encodings_that_lie(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes("<meta charset=utf-8><p>Бетонные и железобетонные конструкции".encode("cp1251"))
    extracted = read(path, ParseLimits())
    assert extracted.pages[0].text == "Бетонные и железобетонные конструкции"
    assert extracted.encoding == "cp1251"


def test_no_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><script>x</script></body></html>")
    with pytest.raises(ReadError, match="no text"):
        read(path, ParseLimits())
