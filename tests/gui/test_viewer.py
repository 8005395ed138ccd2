# SPDX-License-Identifier: MIT
"""The viewer in a person's hands: hits of one document, text beside the page, text files, find, a window."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from rag_window import NO_KEYS, controller, norms_folder, press, trained_copy, trained_options
from window import desktop, first_window, until

from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.protocol.rag import QueryHit, SearchFilters
from bldr_desktop.services.search import default_filters
from bldr_desktop.ui.panels.rag.controller import RagController
from bldr_desktop.ui.widgets import words
from bldr_desktop.ui.widgets.viewer.flow import FlowView
from bldr_desktop.ui.widgets.viewer.sheet import cells_of
from bldr_desktop.ui.widgets.viewer.target import Target

__all__ = ["desktop", "first_window", "norms_folder", "trained_copy"]
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desktop_options(trained_copy: Path) -> Options:
    """The application on a collection that is trained already."""
    return Options(data_dir=trained_copy, lang="ru", theme="light")


async def asked(desktop: Desktop, text: str, **filters: list[str]) -> tuple[RagController, list[QueryHit]]:
    """Ask; the first hit is open when this returns."""
    desktop.window.go("rag")
    rag = controller(desktop)
    wanted = SearchFilters.model_validate({**default_filters().model_dump(), **filters})
    rag.services.search.set_filters(wanted)
    rag.query.ask(text)
    search = rag.services.search
    await until(
        lambda: search.state.settled and search.state.phase == "answered" and search.state.query == text, 20
    )
    await until(lambda: rag.viewer.target == Target.of_hit(search.state.hits[0]), 10, "the first is open")
    await rag.viewer.settled()
    return rag, search.state.hits


def key(widget: QWidget, code: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
    """Press a key in a widget."""
    QApplication.sendEvent(widget, QKeyEvent(QKeyEvent.Type.KeyPress, code, modifiers))


async def test_next_hit_in_this_document(desktop: Desktop) -> None:
    """F3 and the arrows go through this document's hits, around the ends; the list follows."""
    rag, hits = await asked(desktop, "ГОСТ 464-79 заземление", kinds=["pdf"])
    view, bar = rag.panel.query.viewer, rag.panel.query.viewer.move_bar
    mine = [hit for hit in hits if hit.document_id == hits[0].document_id]
    assert len(mine) >= 3, "a document with several hits"
    assert bar.hit_forth.isVisible() and bar.hits.text() == f"1 из {len(mine)}"
    view.focus_document()

    async def at(place: int) -> None:
        hit = mine[place]
        await until(lambda: rag.viewer.target == Target.of_hit(hit), 10, f"hit {place}")
        page = hit.page or 0
        await until(lambda: view.canvas.painted(page) and view.canvas.mark_rects(page), 20, "marked")
        assert bar.hits.text() == f"{place + 1} из {len(mine)}"
        assert rag.query.chosen() == hit, "the list shows which hit is open"

    press(desktop, Qt.Key.Key_F3)
    await at(1)
    bar.hit_forth.click()
    await at(2)
    press(desktop, Qt.Key.Key_F3, SHIFT)
    await at(1)
    press(desktop, Qt.Key.Key_F3, SHIFT)
    await at(0)
    bar.hit_back.click()
    await at(len(mine) - 1)
    press(desktop, Qt.Key.Key_F3)
    await at(0)

    press(desktop, Qt.Key.Key_F3)
    await at(1)
    bar.outline.click()
    await until(lambda: view.outline_model.rowCount() > 3, 10, "the outline")
    view.outline.clicked.emit(view.outline_model.index(0))
    await until(lambda: rag.viewer.target not in [Target.of_hit(hit) for hit in mine], 10, "elsewhere")
    bar.hit_forth.click()
    await at(2)

    press(desktop, Qt.Key.Key_C, CONTROL)
    assert mine[2].designation is not None and mine[2].designation in QGuiApplication.clipboard().text()


def in_sight(view: FlowView, words: str) -> bool:
    """True when the passage is marked, begins with these words, and its begin is in the view."""
    cursor = QTextCursor(view.document())
    selection = view.extraSelections()[-1]  # held: its cursor lives as long as it
    cursor.setPosition(selection.cursor.selectionStart())
    if not cursor.block().text()[cursor.positionInBlock() :].startswith(words):
        return False
    return view.viewport().rect().contains(view.cursorRect(cursor).center())


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("docx", "ГОСТ Р 53288-2009 требования"),
        ("html", "ГОСТ Р 53280.5-2009 требования"),
        ("txt", "ГОСТ 12730.1-2020 плотность"),
    ],
)
async def test_texts_have_the_passage_marked_and_in_sight(desktop: Desktop, kind: str, text: str) -> None:
    rag, hits = await asked(desktop, text, kinds=[kind])
    far = max(hits, key=lambda hit: (hit.page or 0, hit.char_start or 0))
    rag.viewer.open(Target.of_hit(far))
    await rag.viewer.settled()
    view = rag.panel.query.viewer
    assert view.stack.currentWidget() is view.flow
    marked = " ".join(view.flow.marked_text())
    assert set(far.chunk.split()[:5]) <= set(marked.split()), "what is marked is what was found"
    first = view.flow.marked_text()[0].split("\n")[0][:30]
    await until(lambda: in_sight(view.flow, first), 5, "in sight")
    selection = view.flow.extraSelections()[-1]
    assert selection.format.background().color() == desktop.container.theme.color("mark")

    view.move_bar.text.click()
    await until(lambda: view.page_text.marked_text(), 10, "the text beside")
    assert view.page_text.marked_text()[0][:30] == view.flow.marked_text()[0][:30]
    await until(lambda: in_sight(view.page_text, first), 5, "in sight, however narrow it became")
    desktop.window.resize(desktop.window.width() - 180, desktop.window.height())
    await until(lambda: in_sight(view.page_text, first) and in_sight(view.flow, first), 5, "still")

    view.flow.setFocus()
    view.flow.selectAll()
    press(desktop, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == view.flow.toPlainText(), "a selection goes before"


async def test_text_beside_the_page_follows_it_and_leads_to_chunks(desktop: Desktop) -> None:
    rag, hits = await asked(desktop, "оптимальная влажность", kinds=["pdf"])
    view, canvas = rag.panel.query.viewer, rag.panel.query.viewer.canvas
    page = hits[0].page or 0
    await until(lambda: canvas.painted(page), 20, "the page")
    view.move_bar.text.click()
    await until(lambda: view.page_text.marked_text(), 10, "the text beside")
    first = " ".join(view.page_text.marked_text()[0].split())
    assert " ".join(hits[0].chunk.split())[:30] in first or first[:30] in " ".join(hits[0].chunk.split())
    reader = rag.viewer.reader
    assert reader is not None
    pages = rag.viewer.document.pages if rag.viewer.document else 0
    other = page + 1 if page < pages else page - 1
    canvas.go_to(other)
    wanted = await reader.page(other)
    assert wanted is not None
    await until(lambda: view.page_text.source == wanted.text, 10, "it follows the page")
    chunk = (await reader.chunks_of(other))[0]
    view.page_text.clicked.emit((chunk.char_start or 0) + 1)
    await until(
        lambda: rag.viewer.target is not None and rag.viewer.target.start == chunk.char_start, 10, "chosen"
    )
    await until(lambda: canvas.mark_rects(other), 20, "and marked on the page")


async def test_the_citation_by_mouse_and_by_keyboard_is_the_same(desktop: Desktop) -> None:
    """From the box, from the page and from the viewer's button: the passage and where it stands."""
    rag, hits = await asked(desktop, "оптимальная влажность", kinds=["pdf"])
    view, board = rag.panel.query.viewer, QGuiApplication.clipboard()
    expected = words.citation(hits[0], hits[0].chunk)
    assert " ".join(hits[0].chunk.split()) in expected and f"с. {hits[0].page}" in expected
    rag.query.focus_box()
    rag.panel.query.box.deselect()
    for way in ("box", "button", "page"):
        board.clear()
        if way == "button":
            view.title_bar.copy.click()
        else:
            if way == "page":
                view.focus_document()
            press(desktop, Qt.Key.Key_C, CONTROL)
        assert board.text() == expected, way
    await until(lambda: "Ссылка скопирована" in " ".join(desktop.window.toasts.texts()), 5, "said")


class TestSheet:
    """A hit in a workbook, its cells in the table."""

    @pytest.fixture
    def desktop_options(self, samples: Path, tmp_path: Path) -> Options:
        """The application on the sample documents."""
        return trained_options(samples, tmp_path / "data", lang="ru", theme="light")

    async def test_the_range_is_in_sight_and_its_citation_is_copied(self, desktop: Desktop) -> None:
        rag, hits = await asked(desktop, "ФЕР06-01-001-16 устройство фундаментных плит", kinds=["xlsx"])
        hit = hits[0]
        view, table = rag.panel.query.viewer, rag.panel.query.viewer.sheet
        assert view.stack.currentWidget() is view.sheet_page and hit.cell_range is not None
        marked = cells_of(hit.cell_range)
        assert marked is not None and table.sheet.marked == marked
        cell = table.visualRect(table.sheet.index(marked[0], marked[1]))
        assert table.viewport().rect().contains(cell.center()), "in sight"
        image, scale = table.viewport().grab().toImage(), table.devicePixelRatioF()
        corner = (cell.bottomRight() - QPoint(3, 3)) * scale
        assert image.pixelColor(corner) == desktop.container.theme.color("mark"), "and painted so"

        view.focus_document()
        QGuiApplication.clipboard().clear()
        press(desktop, Qt.Key.Key_C, CONTROL)
        assert QGuiApplication.clipboard().text() == words.citation(hit, hit.chunk)
        assert f"{hit.sheet}!{hit.cell_range}" in words.citation(hit, hit.chunk)


async def test_a_late_answer_does_not_mark_what_was_left(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter, and Enter again before the place of the first one is known: the second one stays marked."""
    rag, _ = await asked(desktop, "оптимальная влажность", kinds=["pdf"])
    view, canvas, late = rag.panel.query.viewer, rag.panel.query.viewer.canvas, asyncio.Event()
    boxes = rag.viewer.pages.boxes

    async def slow(*place: Any) -> Any:
        monkeypatch.undo()  # only the first is slow
        found = await boxes(*place)
        await late.wait()
        return found

    monkeypatch.setattr(rag.viewer.pages, "boxes", slow)
    key(canvas, Qt.Key.Key_F, CONTROL)
    view.find_bar.words.setText("влажность")
    key(view.find_bar.words, Qt.Key.Key_Return)
    await until(lambda: " из " in view.find_bar.count.text(), 10, "found")
    key(view.find_bar.words, Qt.Key.Key_Return)
    second = rag.viewer._asides._found[rag.viewer._asides._at]
    await until(lambda: len(canvas.mark_rects(second.page)) == 1, 10, "the second is marked")
    before = dict(canvas._marks)
    late.set()
    for _ in range(5):
        await asyncio.sleep(0.01)
    assert canvas._marks == before


async def test_window_of_its_own_find_and_zoom_by_keyboard(desktop: Desktop) -> None:
    rag, hits = await asked(desktop, "оптимальная влажность", kinds=["pdf"])
    rag.panel.query.viewer.title_bar.window_action.trigger()
    await until(lambda: rag._windows, 5, "a window")
    window, viewer = rag._windows[0]
    canvas, page = window.viewer.canvas, hits[0].page or 0
    await until(lambda: canvas.painted(page) and canvas.mark_rects(page), 20, "the same place")
    assert window.isWindow() and canvas is not rag.panel.query.viewer.canvas
    assert hits[0].designation is not None and hits[0].designation in window.windowTitle()

    key(canvas, Qt.Key.Key_F, CONTROL)
    find = window.viewer.find_bar
    assert find.isVisible()
    find.words.setText("влажность")
    key(find.words, Qt.Key.Key_Return)
    await until(lambda: " из " in find.count.text(), 10, "found")
    count = int(find.count.text().split()[-1])
    assert count > 1
    here = int(find.count.text().split()[0])
    key(find.words, Qt.Key.Key_Return)
    assert find.count.text() == f"{here % count + 1} из {count}"
    found = viewer._asides._found[here % count]
    await until(lambda: len(canvas.mark_rects(found.page)) == 1, 10, "marked")
    find.words.setText("ыыыъ")
    key(find.words, Qt.Key.Key_Return)
    await until(lambda: find.count.text() == "не найдено", 10, "nothing")
    key(find.words, Qt.Key.Key_Escape)
    assert not find.isVisible()

    wide = canvas.image_width
    key(canvas, Qt.Key.Key_Plus)
    assert canvas.image_width > wide
    await until(lambda: canvas.painted(canvas.page), 20, "sharp")
    key(canvas, Qt.Key.Key_0)
    assert canvas.image_width == wide
    key(canvas, Qt.Key.Key_Escape)
    await until(lambda: not rag._windows, 5, "Esc closes it")
