# SPDX-License-Identifier: MIT
"""The Query tab around the hits: what was asked before, chips, nothing relevant, saving the hits."""

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from docx import Document as Docx
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QToolButton
from rag_window import (
    answered,
    controller,
    norms_folder,
    press,
    replace_text,
    trained_copy,
    trained_options,
    type_text,
)
from window import desktop, first_window, until

from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.protocol.documents import DocumentFacets
from bldr_desktop.services.search import default_filters
from bldr_desktop.ui.panels.rag.controller import RagController

__all__ = ["desktop", "first_window", "norms_folder", "trained_copy"]


@pytest.fixture
def desktop_options(trained_copy: Path) -> Options:
    """The application on a collection that is trained already."""
    return Options(data_dir=trained_copy, lang="ru", theme="light")


async def ask(desktop: Desktop, text: str) -> RagController:
    """Type and press Enter."""
    desktop.window.activateWindow()
    desktop.window.go("rag")
    rag = controller(desktop)
    rag.query.focus_box()
    replace_text(desktop, text)
    press(desktop, Qt.Key.Key_Return)
    await until(lambda: answered(desktop, text), 20, f"hits for {text!r}")
    return rag


async def test_what_was_asked_before_and_what_may_be_meant(desktop: Desktop) -> None:
    for text in ("плотность бетона", "защитный слой"):
        rag = await ask(desktop, text)
    box = rag.panel.query.box
    replace_text(desktop, " ")
    press(desktop, Qt.Key.Key_Backspace)
    await until(lambda: rag.panel.query.list.hits.rowCount() == 0, 10, "an empty box")
    await until(box.hasFocus, 10, "the keyboard: the offscreen platform takes it with each popup that closes")
    press(desktop, Qt.Key.Key_Down)
    assert box.popup.isVisible() and box.offered()[:2] == ["защитный слой", "плотность бетона"]
    press(desktop, Qt.Key.Key_Down)
    press(desktop, Qt.Key.Key_Down)
    press(desktop, Qt.Key.Key_Return)
    await until(lambda: answered(desktop, "плотность бетона"), 20, "asked again")
    assert box.text() == "плотность бетона" and rag.services.search.history.items[0] == box.text()

    replace_text(desktop, "гост 33138")
    await until(lambda: any("33138" in text for text in box.offered()), 10, "a designation")
    assert box.popup.isVisible()
    press(desktop, Qt.Key.Key_Down)
    press(desktop, Qt.Key.Key_Return)
    chosen = box.text()
    await until(lambda: answered(desktop, chosen), 20, "the completion is asked")
    assert rag.services.search.state.hits[0].designation == "ГОСТ 33138-2014"


async def test_each_chip_narrows_and_one_click_widens(desktop: Desktop) -> None:
    rag = await ask(desktop, "бетон")
    bar, search = rag.panel.query.filters, rag.services.search
    whole = len(search.state.hits)
    assert not bar.clear.isVisible()
    fields = {"categories": "category", "kinds": "kind", "editions": "edition_status"}
    for field in ("document_ids", *fields):
        chip = bar.findChild(QToolButton, f"rag.filter.{field}")
        chip.click()
        popup = bar.popup(field)
        await until(lambda popup=popup: popup.isVisible() and popup.list.count() > 0, 10, field)
        item = popup.list.item(popup.list.count() - 1)
        value = str(item.data(Qt.ItemDataRole.UserRole))
        rows = min(max(popup.list.count(), 2), 9)
        assert popup.list.viewport().height() >= (rows - 1) * 28, "the values are seen without scrolling"
        item.setCheckState(Qt.CheckState.Checked)
        popup.hide()
        await until(
            lambda field=field, value=value: (
                search.state.phase == "answered" and getattr(search.state.filters, field) == [value]
            ),
            10,
            f"narrowed by {field}",
        )
        assert bar.clear.isVisible() and chip.isChecked()
        found = Counter(
            hit.document_id if field == "document_ids" else str(getattr(hit, fields[field]))
            for hit in search.state.hits
        )
        assert set(found) <= {value}, field
        bar.clear.click()
        await until(
            lambda: search.state.phase == "answered" and search.state.filters == default_filters(), 10
        )
        assert len(search.state.hits) == whole and not chip.isChecked()


async def test_a_chip_shows_values_that_somebody_else_read_meanwhile(desktop: Desktop) -> None:
    rag = await ask(desktop, "бетон")
    facets, bar = rag.services.facets, rag.panel.query.filters
    full = await facets.refresh()
    facets.current = DocumentFacets()
    bar.findChild(QToolButton, "rag.filter.categories").click()
    assert bar.popup("categories").list.count() == 0
    facets.current = full  # the documents tab has read them, between the click and the chip's own reading
    await until(lambda: bar.popup("categories").list.count() == len(full.categories) > 0, 10, "values")
    bar.popup("categories").hide()


async def test_nothing_relevant_says_so_and_shows_no_page_of_another_question(desktop: Desktop) -> None:
    rag = await ask(desktop, "определение влажности бетона")
    await until(lambda: rag.viewer.document is not None, 10, "a page")
    rag = await ask(desktop, "вращение галактик в созвездии андромеды")
    query = rag.panel.query
    await until(lambda: query.property("state") == "nothing_relevant", 10, "nothing relevant")
    assert query.state.property("state") == "empty" and query.list.hits.rowCount() == 0
    await until(lambda: rag.viewer.document is None, 5, "no page that would pass for an answer")
    action = query.state.findChild(object, "state.action")
    assert action is not None and action.isVisible()  # type: ignore[attr-defined]
    action.click()  # type: ignore[attr-defined]
    assert rag.services.search.state.filters.include_outdated is True
    weak = rag.services.search.state
    await until(lambda: rag.services.search.state.phase == "answered", 10, "asked again")
    if weak.hits:
        press(desktop, Qt.Key.Key_Return)
        await until(lambda: query.list.hits.rowCount() == len(weak.hits), 10, "weak ones on Enter")


async def test_a_long_question_fits_the_button_that_asks_it_again(desktop: Desktop) -> None:
    text = "требования к толщине защитного слоя бетона рабочей арматуры плит"
    rag = await ask(desktop, text)
    replace_text(desktop, " ")
    press(desktop, Qt.Key.Key_Backspace)
    query = rag.panel.query
    await until(lambda: query.list.hits.rowCount() == 0, 10, "the start")
    await until(lambda: query.state.property("state") == "empty", 5, "the start")
    again = next(
        button
        for button in query.state.findChildren(object)
        if getattr(button, "objectName", str)() == "state.action" and button.isVisible()  # type: ignore[attr-defined]
    )
    assert again.text().endswith("…") and again.accessibleName().startswith("Снова: ")  # type: ignore[attr-defined]
    room = again.width() - 2 * 12  # type: ignore[attr-defined]
    assert again.fontMetrics().horizontalAdvance(again.text()) <= room  # type: ignore[attr-defined]
    again.click()  # type: ignore[attr-defined]
    await until(lambda: answered(desktop, text), 20, "the whole question is asked")


@pytest.mark.parametrize("kind", ["csv", "docx"])
async def test_hits_are_saved_where_the_dialog_says(desktop: Desktop, tmp_path: Path, kind: str) -> None:
    rag = await ask(desktop, "определение влажности бетона")
    first = rag.services.search.state.hits[0]
    action = rag.panel.query.export_csv if kind == "csv" else rag.panel.query.export_docx
    action.trigger()
    dialog = await until(_save_dialog, 5, "where to")
    target = tmp_path / f"находки.{kind}"
    dialog.findChild(QLineEdit).setText(str(target))
    dialog.accept()
    await until(target.is_file, 20, "saved")
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(target.read_text("utf-8-sig")), delimiter=";"))
        assert first.chunk in rows[1]
    else:
        texts = [paragraph.text for paragraph in Docx(str(target)).paragraphs]
        assert any(first.chunk.split("\n")[0] in text for text in texts)
    await until(lambda: any(target.name in text for text in desktop.window.toasts.texts()), 5, "said")


def _save_dialog() -> QFileDialog | None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QFileDialog) and widget.isVisible():
            return widget
    return None


async def test_a_clause_now_and_surely_the_edition(desktop: Desktop) -> None:
    """The whole way of somebody in a hurry: type the clause, Enter; which edition it is, is on the screen."""
    desktop.window.go("rag")
    type_text(desktop, "ГОСТ 33138 п.4.1.9")
    press(desktop, Qt.Key.Key_Return)
    rag = controller(desktop)
    await until(lambda: answered(desktop, "ГОСТ 33138 п.4.1.9"), 20, "found")
    hit = rag.query.chosen()
    assert hit is not None and (hit.designation, hit.clause) == ("ГОСТ 33138-2014", "4.1.9")
    view, page = rag.panel.query.viewer, hit.page or 0
    await until(lambda: view.canvas.painted(page) and view.canvas.mark_rects(page), 20, "the page")
    assert view.title_bar.title.accessibleName().startswith("ГОСТ 33138-2014")
    assert view.title_bar.edition.isVisible() and view.title_bar.edition.property("state") == "actual"
    press(desktop, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    citation = QApplication.clipboard().text()
    assert "ГОСТ 33138-2014" in citation and "4.1.9" in citation


async def test_what_was_named_and_is_not_there_is_said(desktop: Desktop) -> None:
    """The clause of another norm must never pass for the one that was asked for."""
    rag = await ask(desktop, "ГОСТ 33138 п.4.1.99")
    query, banner = rag.panel.query, rag.panel.query.state.banner

    def said() -> str:
        return " ".join(text.text() for text in banner.findChildren(QLabel) if text.isVisible())

    assert query.list.hits.rowCount() and said() == "Пункт 4.1.99 в ГОСТ 33138-2014 не найден."
    await ask(desktop, "ГОСТ 33138-2030 подготовка образцов")
    assert said() == "ГОСТ 33138-2030 нет среди ваших документов, есть ГОСТ 33138-2014."
    await ask(desktop, "подготовка образцов")
    assert said() == "" and query.list.hits.rowCount()
    await ask(desktop, "СП 63 п.8.1.3")
    assert query.property("state") == "nothing_relevant" and query.list.hits.rowCount() == 0
    absent = "СП 63 нет среди ваших документов."
    assert any(absent in text.text() for text in query.state.message.findChildren(QLabel))
    assert query.state.main_button.text() == "Добавить документы"
    press(desktop, Qt.Key.Key_Return)
    assert query.list.hits.rowCount() and said() == absent


class TestFolders:
    """Documents in folders of their own: the chip of folders."""

    @pytest.fixture
    def desktop_options(self, samples: Path, tmp_path: Path) -> Options:
        """The application on the sample documents."""
        return trained_options(samples, tmp_path / "data", lang="ru", theme="light")

    async def test_folder_chip(self, desktop: Desktop) -> None:
        rag = await ask(desktop, "бетон")
        bar, search = rag.panel.query.filters, rag.services.search
        bar.findChild(QToolButton, "rag.filter.folders").click()
        popup = bar.popup("folders")
        await until(lambda: popup.list.count() > 1, 10, "folders")
        folders = [str(popup.list.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(2)]
        for row, folder in enumerate(folders):
            popup.list.item(row).setCheckState(Qt.CheckState.Checked)
            await until(lambda folder=folder: folder in search.state.filters.folders, 10, folder)
            await until(lambda: search.state.phase == "answered", 10, "asked again")
            wanted = tuple(search.state.filters.folders)
            for hit in search.state.hits:
                document = await rag.services.documents.get(hit.document_id)
                assert any(part in (document.path or "") for part in wanted), (document.path, wanted)
