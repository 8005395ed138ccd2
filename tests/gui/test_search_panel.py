# SPDX-License-Identifier: MIT
"""The RAG panel's Query tab and viewer on a real engine with 30 real standards, by keyboard."""

import json
import random
import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from rag_window import (
    answered,
    controller,
    norms_folder,
    points_of,
    press,
    replace_text,
    trained_copy,
    trained_options,
    type_text,
)
from window import desktop, first_window, until

from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.protocol.rag import QueryHit
from bldr_desktop.protocol.training import TrainRequest
from bldr_desktop.ui.widgets.viewer.ahead import PAGES_AHEAD
from bldr_desktop.ui.widgets.viewer.canvas import PageCanvas
from bldr_desktop.ui.widgets.viewer.target import Target

__all__ = ["desktop", "first_window", "norms_folder", "trained_copy"]

Wanted = tuple[str, str, str]


@pytest.fixture
def desktop_options(trained_copy: Path) -> Options:
    """The application on a collection that is trained already."""
    return Options(data_dir=trained_copy, lang="ru", theme="light")


def queries(devkit: Path, count: int) -> list[Wanted]:
    """(kind, text, document) of so many queries, all kinds in turn; always the same ones."""
    collection = devkit / "norms-dev"
    right: dict[str, str] = {}
    for line in (collection / "qrels.tsv").read_text().splitlines():
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            right.setdefault(query, document)
    kinds: dict[str, list[Wanted]] = {}
    for line in (collection / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["_id"] in right:
            kinds.setdefault(row["kind"], []).append((row["kind"], row["text"], right[row["_id"]]))
    chooser = random.Random(7)
    for rows in kinds.values():
        chooser.shuffle(rows)
    turns = [rows[n] for n in range(count) for _, rows in sorted(kinds.items()) if n < len(rows)]
    return turns[:count]


async def ask(desktop: Desktop, text: str) -> list[QueryHit]:
    """Type a question over the old one, press Enter, wait for the hits."""
    replace_text(desktop, text)
    press(desktop, Qt.Key.Key_Return)
    await until(lambda: answered(desktop, text), 20, f"hits for {text!r}")
    return controller(desktop).services.search.state.hits


async def run_queries(desktop: Desktop, wanted: list[Wanted]) -> list[str]:
    """Ask each by keyboard, open its first hit with Enter, come back with Esc; those not found."""
    desktop.window.go("rag")
    rag = controller(desktop)
    missed = []
    for kind, text, document in wanted:
        hits = await ask(desktop, text)
        if document not in {Path(hit.document_name).stem for hit in hits[:3]}:
            missed.append(f"{kind}: {text} -> {document}")
        if not hits:
            continue
        assert rag.query.chosen() == hits[0], "the best hit is chosen"
        press(desktop, Qt.Key.Key_Return)
        await until(lambda first=hits[0]: rag.viewer.target == Target.of_hit(first), 10, "it opens")
        assert desktop.window.focusWidget() is not rag.panel.query.box, "the document has the keyboard"
        press(desktop, Qt.Key.Key_Escape)
        assert desktop.window.focusWidget() is rag.panel.query.box
    return missed


async def type_without_enter(desktop: Desktop) -> None:
    """Hits come while typing and do not count as found; no text, no hits."""
    desktop.window.go("rag")
    rag = controller(desktop)
    type_text(desktop, "влажность бетона")
    await until(lambda: rag.panel.query.list.hits.rowCount() > 0, 10, "hits while typing")
    assert rag.services.search.state.settled is False
    before = {hit.document_id for hit in rag.services.search.state.hits}
    assert [(await rag.services.documents.get(item)).times_found for item in before] == [0] * len(before)
    replace_text(desktop, " ")
    press(desktop, Qt.Key.Key_Backspace)
    await until(lambda: rag.panel.query.list.hits.rowCount() == 0, 10, "no question, no hits")


async def test_queries_by_keyboard(desktop: Desktop, devkit: Path) -> None:
    await type_without_enter(desktop)
    wanted = queries(devkit, 8)
    missed = await run_queries(desktop, wanted)
    assert len(missed) <= 1, missed

    rag = controller(desktop)
    hits = await ask(desktop, "ГОСТ 12.3.046-91")
    assert rag.panel.query.list.hits.rowCount() == len(hits) > 2
    press(desktop, Qt.Key.Key_Down)
    press(desktop, Qt.Key.Key_Down)
    press(desktop, Qt.Key.Key_Up)
    assert rag.query.chosen() == hits[1]
    press(desktop, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    citation = QGuiApplication.clipboard().text()
    assert hits[1].designation is not None and hits[1].designation in citation
    assert " ".join(hits[1].chunk.split())[:40] in citation

    replace_text(desktop, "гост 12730")
    box = rag.panel.query.box
    await until(lambda: any("12730" in text for text in box.offered()), 10, "completions")
    press(desktop, Qt.Key.Key_Escape)

    assert await ask(desktop, "вращение галактик в созвездии андромеды") is not None
    await until(lambda: rag.panel.query.property("state") in {"nothing_relevant", "answered"}, 5)


@pytest.mark.slow
async def test_thirty_queries_by_keyboard(desktop: Desktop, devkit: Path) -> None:
    missed = await run_queries(desktop, queries(devkit, 30))
    assert len(missed) <= 3, missed


async def test_clause_jumps_and_boxes_stand_over_the_words(desktop: Desktop, devkit: Path) -> None:
    desktop.window.go("rag")
    rag = controller(desktop)
    canvas = rag.panel.query.viewer.canvas
    checked = 0
    for text in ("ГОСТ 33138-2014 4.1.9", "оптимальная влажность", "п. 4.4.7 ГОСТ 32576.3-2021"):
        hits = await ask(desktop, text)
        hit = next(item for item in hits if item.kind == "pdf")
        if hit is hits[0] and text.startswith("ГОСТ 33138"):
            assert hit.clause == "4.1.9", "a clause that is asked for is the first hit"
        rag.viewer.open(Target.of_hit(hit))
        await rag.viewer.settled()
        page = hit.page or 0
        await until(lambda page=page: canvas.painted(page) and canvas.mark_rects(page), 20, "marks")
        assert canvas.page == page
        shown = (await rag.services.documents.text(hit.document_id, page))[0].text
        passage = shown[hit.char_start : hit.char_end if hit.page_end == page else None]
        assert set(passage.split()[:3]) <= set(hit.chunk.split()), "what is marked is what was found"
        file = devkit / "norms-dev" / "corpus" / hit.document_name
        checked += compare_with_pdf(file, page, passage, canvas)
        seen = QRectF(canvas.viewport().rect())
        in_view = [mark for mark in canvas.mark_rects(page) if seen.contains(mark)]
        assert in_view, "the passage is in view"
        look_at_the_paint(canvas, in_view[0])
    assert checked >= 30, "words compared with the text positions of the PDF"


def look_at_the_paint(canvas: PageCanvas, mark: QRectF) -> None:
    """What is on the screen: dark letters on the marker's colour inside, white paper above the text."""
    shot = canvas.viewport().grab().toImage()
    inside = mark.toRect().intersected(shot.rect())
    colors = [
        shot.pixelColor(x, y)
        for x in range(inside.left(), inside.right())
        for y in range(inside.top(), inside.bottom())
    ]
    marked = [c for c in colors if c.red() > 230 and c.blue() < 180]
    letters = [c for c in colors if c.lightness() < 110]
    assert len(marked) > len(colors) / 3, "the marker is painted"
    assert len(letters) > len(colors) / 100, "and the words can be read through it"


async def test_likely_pages_are_there_before_they_are_opened(desktop: Desktop) -> None:
    """What is probably opened next was fetched: no request is left when it is."""
    desktop.window.go("rag")
    rag, api = controller(desktop), desktop.container.api
    canvas = rag.panel.query.viewer.canvas
    asked: list[str] = []
    leave = api.answered.connect(asked.append)
    for text in ("оптимальная влажность", "класс бетона", "прочность на сжатие", "испытание образцов"):
        hits = await ask(desktop, text)
        first = [
            hit for n, hit in enumerate(hits) if hit.document_id not in {h.document_id for h in hits[:n]}
        ]
        others = [hit for hit in first[1:PAGES_AHEAD] if hit.kind == "pdf"]
        if others:
            break
    other = others[0]
    page = f"/documents/{other.document_id}/pages/{other.page}"
    await until(lambda: page in asked and f"{page}/boxes" in asked, 20, "fetched ahead")
    await rag.viewer.prepared()
    asked.clear()
    row = hits.index(other)
    for _ in range(row):
        press(desktop, Qt.Key.Key_Down)
    press(desktop, Qt.Key.Key_Return)
    await until(lambda: canvas.painted(other.page or 0) and canvas.mark_rects(other.page or 0), 10, "shown")
    leave()
    late = [route for route in asked if route in {page, f"{page}/boxes", f"/documents/{other.document_id}"}]
    assert not late, "nothing is asked for again"


def compare_with_pdf(file: Path, number: int, passage: str, canvas: PageCanvas) -> int:
    """Look the passage up in the PDF itself: marks must cover its words, and no words far from it.

    Returns:
        How many words were compared.
    """
    document = pdfium.PdfDocument(file)
    try:
        page = document[number - 1]
        text = page.get_textpage()
        width, height = page.get_size()
        marks = points_of(canvas, number, width)
        whole = text.get_text_range()
        begin = re.search(r"\s+".join(map(re.escape, passage.split()[:6])), whole)
        assert begin is not None, "the passage stands in the PDF"
        found = [(match.start(), match.group()) for match in re.finditer(r"\S{3,}", whole)]
        inside = [place for place in found if place[0] >= begin.start()]
        inside = inside[: len([word for word in passage.split() if len(word) > 2])]
        compared = 0
        for start, word in found:
            left, bottom, right, top = text.get_charbox(start + len(word) // 2)
            middle = QPointF((left + right) / 2, height - (bottom + top) / 2)
            covered = any(mark.adjusted(-1, -1, 1, 1).contains(middle) for mark in marks)
            if (start, word) in inside:
                assert covered, (word, middle, marks)
                compared += 1
            elif start < begin.start() - 200 or start > begin.start() + 2 * len(passage) + 200:
                assert not covered, (word, middle, marks)
        return compared
    finally:
        document.close()


def write_norm(folder: Path, name: str, year: int, words: str) -> None:
    """A small norm of an edition."""
    (folder / name).write_text(
        f"СП 777.13330.{year}\n\nСВОД ПРАВИЛ\n\nЗаборы временные. Правила проектирования\n\n"
        f"Дата введения {year}-07-01\n\n1 Область применения\n\n"
        f"1.1 Настоящий свод правил распространяется на временные заборы строительных площадок.\n\n"
        f"5 Требования к ограждениям\n\n5.1 {words}\n",
        encoding="utf-8",
    )


class TestChanges:
    """Editions and changed files: what is old is marked or gone."""

    @pytest.fixture
    def norms(self, tmp_path: Path) -> Path:
        """A folder with an old and a new edition of one norm."""
        folder = tmp_path / "нормы"
        folder.mkdir()
        write_norm(folder, "старый.txt", 2011, "Высота временного забора принимается 1,6 метра.")
        write_norm(folder, "новый.txt", 2020, "Высота временного забора принимается 2,0 метра.")
        return folder

    @pytest.fixture
    def desktop_options(self, norms: Path, tmp_path: Path) -> Options:
        """The application on these two."""
        return trained_options(norms, tmp_path / "data", lang="ru", theme="light")

    async def test_old_edition_is_marked_and_changed_file_replaced(
        self, desktop: Desktop, norms: Path
    ) -> None:
        desktop.window.go("rag")
        rag = controller(desktop)
        hits = await ask(desktop, "высота временного забора")
        assert {hit.designation for hit in hits} == {"СП 777.13330.2020"}
        assert {str(hit.edition_status) for hit in hits} == {"actual"}

        rag.panel.query.filters.old.click()
        state = rag.services.search
        await until(lambda: {str(h.edition_status) for h in state.state.hits} == {"actual", "outdated"}, 10)
        old = next(hit for hit in state.state.hits if str(hit.edition_status) == "outdated")
        assert old.designation == "СП 777.13330.2011"
        rag.viewer.open(Target.of_hit(old))
        edition = rag.panel.query.viewer.title_bar.edition
        await until(lambda: edition.isVisible() and edition.property("state") == "outdated", 10)
        flow = rag.panel.query.viewer.flow
        await until(lambda: "1,6 метра" in " ".join(flow.marked_text()), 10, "the passage, marked")
        rag.panel.query.filters.old.click()
        await until(lambda: {str(h.edition_status) for h in state.state.hits} == {"actual"}, 10)

        write_norm(norms, "новый.txt", 2020, "Ограждение площадки выполняется сплошным, не ниже 2,5 метра.")
        run = await rag.services.runs.start(TrainRequest(custom_dir=str(norms)))
        await until(lambda: rag.services.runs.runs[run.job_id].is_final, 60, "trained again")
        assert rag.services.runs.runs[run.job_id].status == "completed"
        for text in (
            "высота временного забора принимается 2,0 метра",
            "ограждение сплошное не ниже 2,5 метра",
        ):
            desktop.window.go("rag")
            rag.query.focus_box()
            hits = await ask(desktop, text)
            assert not any("2,0 метра" in hit.chunk for hit in hits), "the old text is never found again"
        assert any("2,5 метра" in hit.chunk for hit in hits)
        await self.nowhere_else_either(desktop, "2,0 метра")

    async def nowhere_else_either(self, desktop: Desktop, old: str) -> None:
        """Not by its clause, not while typing, not in the document's own text, chunks or finder, not in
        the chat."""
        rag = controller(desktop)
        hits = await ask(desktop, "СП 777.13330.2020 п. 1.1")
        assert hits[0].clause == "1.1" and not any(old in hit.chunk for hit in hits)
        document_id = hits[0].document_id
        replace_text(desktop, "временного забора 2,0 метра")
        search = rag.services.search
        await until(lambda: search.state.phase == "answered" and not search.state.settled, 10, "typed")
        assert not any(old in hit.chunk for hit in search.state.hits)
        documents = rag.services.documents
        texts = [page.text for page in await documents.text(document_id)]
        texts += [chunk.text for chunk in await documents.all_chunks(document_id)]
        assert texts and not any(old in text for text in texts)
        assert not any(old in hit.excerpt for hit in (await documents.find(document_id, old)).hits)
        rag.services.chat.ask("какая высота временного забора?")
        await until(lambda: rag.services.chat.state.exchanges[0].delivery == "answered", 20, "the chat")
        assert not any(old in passage.text for passage in rag.services.chat.state.exchanges[0].passages)
