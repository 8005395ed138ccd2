# SPDX-License-Identifier: MIT
"""Presentations and OpenDocument files."""

import zipfile
from pathlib import Path

from bldr_desktop.engine.documents.readers import odf, pptx
from bldr_desktop.engine.ports.domain import ParseLimits

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _slide(title: str, text: str) -> str:
    def shape(kind: str, words: str) -> str:
        holder = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
        return f"<p:sp>{holder}<p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"

    table = "<a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>В25</a:t></a:r></a:p></a:txBody></a:tc>" * 1
    table += "<a:tc><a:txBody><a:p><a:r><a:t>14,5</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl>"
    return f"<p:sld {_A} {_P}>{shape('title', title)}{shape('body', text)}{table}</p:sld>"


def test_pptx_has_a_page_a_slide_in_the_order_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    ids = f'<p:sldIdLst xmlns:r="{_REL}"><p:sldId r:id="r2"/><p:sldId r:id="r1"/></p:sldIdLst>'
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_REL}/slide" Target="slides/slide{n}.xml"/>' for n in (1, 2)
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ppt/presentation.xml", f"<p:presentation {_P}>{ids}</p:presentation>")
        archive.writestr("ppt/_rels/presentation.xml.rels", f"<Relationships>{relations}</Relationships>")
        archive.writestr("ppt/slides/slide1.xml", _slide("Первый", "раз"))
        archive.writestr("ppt/slides/slide2.xml", _slide("Второй", "два &lt; три"))
    extracted = pptx.read(path, ParseLimits())
    assert [page.number for page in extracted.pages] == [1, 2]
    assert extracted.pages[0].text == "Второй\nдва < три\nВ25\t14,5"
    start, end, level = extracted.pages[1].headings[0]
    assert (extracted.pages[1].text[start:end], level) == ("Первый", 1)


def test_odt_headings_tables_and_spaces(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    content = (
        '<o:document-content xmlns:o="o" xmlns:text="t" xmlns:table="b"><o:body><o:text>'
        '<text:h text:outline-level="2">Общие  данные</text:h>'
        "<text:p>при t &lt; 5<text:s/>°C<text:tab/>и <text:span>ветре</text:span></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>Марка</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="2"><text:p>да</text:p></table:table-cell>'
        "</table:table-row></table:table></o:text></o:body></o:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    page = odf.read(path, "odt", ParseLimits()).pages[0]
    assert page.text == "Общие  данные\nпри t < 5 °C и ветре\nМарка\tда\tда"
    assert page.headings[0][2] == 2
    assert len(page.tables) == 1
