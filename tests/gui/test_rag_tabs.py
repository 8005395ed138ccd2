# SPDX-License-Identifier: MIT
"""Documents, Overview, Chat and exports of the RAG panel on a real engine with 30 real standards."""

import csv
import io
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from docx import Document as Docx
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QToolButton
from rag_window import controller, norms_folder, press, trained_copy, trained_options, type_text
from window import desktop, first_window, until

from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.protocol.rag import ControlQuestion
from bldr_desktop.services.chat import Delivery
from bldr_desktop.services.document_table import DocumentsQuery, DocumentTable
from bldr_desktop.ui.models.control_questions import ControlQuestionsModel
from bldr_desktop.ui.models.documents import COLUMNS
from bldr_desktop.ui.panels.rag.controller import RagController
from bldr_desktop.ui.panels.rag.documents_controller import DocumentsController
from bldr_desktop.ui.panels.rag.documents_view import DocumentsView
from bldr_desktop.ui.widgets.viewer.sheet import cells_of
from bldr_desktop.ui.widgets.viewer.target import Target

__all__ = ["desktop", "first_window", "norms_folder", "trained_copy"]
FIELDS = [column.field for column in COLUMNS]


@pytest.fixture
def desktop_options(trained_copy: Path) -> Options:
    """The application on a collection that is trained already."""
    return Options(data_dir=trained_copy, lang="ru", theme="light")


def show(desktop: Desktop, tab: str) -> RagController:
    """Bring a tab to the front."""
    desktop.window.go("rag")
    rag = controller(desktop)
    rag.panel.tabs.setCurrentWidget(getattr(rag.panel, tab))
    return rag


def cells(rag: RagController, field: str) -> list[object]:
    """A column's raw values, by the role that has the field's name."""
    model = rag.documents.model
    roles = {name.data().decode(): number for number, name in model.roleNames().items()}
    return [model.data(model.index(row, 0), roles[field]) for row in range(model.rowCount())]


async def test_documents_then_overview(
    desktop: Desktop, tmp_path: Path, qtmodeltester: Callable[..., None]
) -> None:
    await documents_sort_search_bulk_and_undo(desktop, tmp_path, qtmodeltester)
    await overview_questions_and_exports(desktop, tmp_path)


async def documents_sort_search_bulk_and_undo(
    desktop: Desktop, tmp_path: Path, qtmodeltester: Callable[..., None]
) -> None:
    rag = show(desktop, "documents")
    view, model = rag.panel.documents, rag.documents.model
    await until(lambda: model.rowCount() == 30 and None not in cells(rag, "name"), 10, "30 rows")
    qtmodeltester.check(model)  # type: ignore[attr-defined]

    await every_column_sorts(rag)
    await columns_are_kept(desktop, rag)

    view.search.setText("пожаротуш")
    await until(lambda: 0 < model.rowCount() < 30, 10, "fewer rows")
    view.search.clear()
    await until(lambda: model.rowCount() == 30 and None not in cells(rag, "name"), 10, "all rows")

    rag.documents.choose_rows(0, 2)
    gone = cells(rag, "name")[:3]
    assert view.bulk["delete"].isVisible() and "3" in view.bulk["delete"].text()
    view.bulk["delete"].click()
    await until(lambda: model.rowCount() == 27, 10, "three are gone")
    assert not view.undo.isHidden()
    facets = await rag.services.facets.refresh()
    assert {item.value: item.count for item in facets.states}["deleted"] == 3
    view.undo.button.click()
    await until(lambda: model.rowCount() == 30, 10, "three are back")
    await until(lambda: set(gone) <= set(cells(rag, "name")), 10, "the same three")
    await back_from_the_bin(rag)

    view.table.setCurrentIndex(model.index(0, 0))
    assert view.details.isVisible() and view.details.document == model.document(0)
    press_open = view.details.open
    press_open.click()
    await until(lambda: rag.viewer.document is not None, 10, "it opens")
    assert rag.panel.tabs.currentWidget() is rag.panel.query

    await check_list_exports(rag, tmp_path)


async def every_column_sorts(rag: RagController) -> None:
    """A click on each heading sorts by its raw values, a second one the other way round."""
    head = rag.panel.documents.table.horizontalHeader()
    moved = set()
    for place, column in enumerate(COLUMNS):
        for _ in range(2):
            before = cells(rag, "name")
            head.sectionClicked.emit(place)
            falling = rag.documents.query.descending
            assert rag.documents.query.sort == column.field
            await until(
                lambda column=column, falling=falling: (
                    None not in cells(rag, "name") and _sorted(cells(rag, column.field), falling=falling)
                ),
                10,
                f"sorted by {column.field}",
            )
            if cells(rag, "name") != before:
                moved.add(column.field)
    differing = {column.field for column in COLUMNS if len(set(map(str, cells(rag, column.field)))) > 1}
    assert differing <= moved, f"nothing moved for {differing - moved}"
    assert {"issue_date", "chunks", "pages", "size", "designation", "name", "category"} <= differing


async def columns_are_kept(desktop: Desktop, rag: RagController) -> None:
    """What is hidden, moved or widened is so at the next start."""
    head = rag.panel.documents.table.horizontalHeader()
    owner, language = FIELDS.index("owner"), FIELDS.index("language")
    head.setSectionHidden(owner, True)
    head.setSectionHidden(language, False)
    head.moveSection(head.visualIndex(FIELDS.index("size")), 1)
    head.resizeSection(FIELDS.index("name"), 333)
    rag.documents.keep_columns()
    view, store = DocumentsView(desktop.container.theme), rag._store
    table = DocumentTable(desktop.container.api)
    again = DocumentsController(view, rag.services.documents, table, desktop.container.window, store)
    new = view.table.horizontalHeader()
    assert new.isSectionHidden(owner) and not new.isSectionHidden(language)
    assert new.visualIndex(FIELDS.index("size")) == 1
    assert new.sectionSize(FIELDS.index("name")) == 333
    await again.close()
    await table.close()
    view.deleteLater()


async def back_from_the_bin(rag: RagController) -> None:
    """When the 30 s are over the bin still has it."""
    view, model = rag.panel.documents, rag.documents.model
    rag.documents.choose_rows(4, 4)
    name = cells(rag, "name")[4]
    view.bulk["delete"].click()
    await until(lambda: model.rowCount() == 29, 10, "one is gone")
    rag.documents._undo_ends = time.monotonic()  # the 30 s are over
    await until(lambda: view.undo.isHidden(), 5, "nothing to undo")
    view.states.findChild(QToolButton, "rag.documents.states.deleted").click()
    await until(lambda: cells(rag, "name") == [name], 10, "it is in the bin")
    rag.documents.choose_rows(0, 0)
    assert view.bulk["restore"].isVisible() and not view.bulk["delete"].isVisible()
    view.bulk["restore"].click()
    await until(lambda: model.rowCount() == 0, 10, "the bin is empty")
    assert view.state.property("state") == "empty"
    rag.documents.show_rows(DocumentsQuery())
    await until(lambda: model.rowCount() == 30 and name in cells(rag, "name"), 10, "all are there")


def _sorted(values: Sequence[object], *, falling: bool) -> bool:
    """True when values stand in order, those that are missing last whichever way."""
    there = [value for value in values if value is not None]
    missing_last = values[len(there) :] == [None] * (len(values) - len(there))
    return missing_last and there == sorted(there, key=_plain, reverse=falling)


def _plain(value: object) -> tuple[float, str]:
    return (float(value), "") if isinstance(value, int | float) else (0.0, str(value))


async def check_list_exports(rag: RagController, folder: Path) -> None:
    """The list of documents as CSV and XLSX, read back."""
    assert await rag.exports.save_list("csv", folder / "list.csv")
    rows = list(csv.reader(io.StringIO((folder / "list.csv").read_text("utf-8-sig")), delimiter=";"))
    assert len(rows) == 31 and rows[0][0] == "Обозначение"
    assert await rag.exports.save_list("xlsx", folder / "list.xlsx")
    sheet = openpyxl.load_workbook(folder / "list.xlsx").active
    assert sheet is not None and sheet.max_row == 31
    assert {str(row[2].value) for row in sheet.iter_rows(min_row=2)} == {row[2] for row in rows[1:]}


async def overview_questions_and_exports(desktop: Desktop, tmp_path: Path) -> None:
    desktop.window.go("rag")
    rag = controller(desktop)
    rag.query.ask("определение влажности бетона")
    await until(lambda: rag.query.chosen() is not None, 10, "hits")
    hit = rag.query.chosen()
    assert hit is not None

    rag.panel.query.question_action.trigger()
    dialog = await until(lambda: _dialog("rag.questionDialog"), 5, "the dialog")
    dialog.accept()
    await until(lambda: len(rag.services.questions.state.questions) == 1, 10, "the question is kept")

    show(desktop, "overview")
    view = rag.panel.overview
    await until(lambda: view.tiles["documents"].property("value") == "30", 10, "real numbers")
    metrics = rag.services.overview.current.metrics
    assert metrics is not None and metrics.total_chunks > 500 and metrics.coverage == 1.0
    assert view.states["trained"].count == 30
    assert sum(row.count for row in view.editions.values()) == 30
    assert view.runs_model.rowCount() == 1
    view.run_questions.click()
    model = view.questions_model
    await until(lambda: model.data(model.index(0, 0), ControlQuestionsModel.OK) is True, 20, "found")
    assert view.curve.property("points") == [1.0]

    await numbers_lead_to_their_rows(desktop, rag, spared=hit.document_id)

    assert await rag.exports.save_hits("csv", tmp_path / "hits.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "hits.csv").read_text("utf-8-sig")), delimiter=";"))
    assert rows[1][2] == (hit.designation or hit.document_name) and rows[1][9] == hit.chunk
    assert await rag.exports.save_hits("docx", tmp_path / "hits.docx")
    assert zipfile.is_zipfile(tmp_path / "hits.docx")
    texts = [paragraph.text for paragraph in Docx(str(tmp_path / "hits.docx")).paragraphs]
    assert any(hit.designation and hit.designation in text for text in texts)
    assert any(hit.chunk.split("\n")[0] in text for text in texts)


async def numbers_lead_to_their_rows(desktop: Desktop, rag: RagController, spared: str) -> None:
    """Each number on the overview opens the documents it counts: as many, and of that kind."""
    shown = [document.id for document in map(rag.documents.model.document, range(4)) if document]
    ids = [key for key in shown if key != spared][:3]
    await rag.services.documents.bulk("disable", ids[:1])
    await rag.services.documents.bulk("delete", ids[1:3])
    view, model = rag.panel.overview, rag.documents.model
    await rag.services.overview.refresh()
    await until(lambda: (view.states["deleted"].count, view.states["disabled"].count) == (2, 1), 10)
    counted = {**{f"state {k}": w for k, w in view.states.items()},
               **{f"edition {k}": w for k, w in view.editions.items()}}  # fmt: skip
    for name, row in counted.items():
        show(desktop, "overview")
        row.click()
        assert rag.panel.tabs.currentWidget() is rag.panel.documents
        field = "state" if name.startswith("state") else "edition_status"
        await until(
            lambda row=row: rag.services.table.total == row.count == len(cells(rag, "name")), 10, name
        )
        assert set(map(str, cells(rag, field))) <= {name.split()[1]}, name
    metrics = rag.services.overview.current.metrics
    assert metrics is not None
    expected = {"documents": metrics.total_documents, "coverage": round(metrics.coverage * 28)}
    for name, number in expected.items():
        show(desktop, "overview")
        view.tiles[name].click()
        await until(lambda number=number: model.rowCount() == number, 10, name)
    assert expected == {"documents": 28, "coverage": 27}
    show(desktop, "overview")
    view.tiles["chunks"].click()
    await until(
        lambda: sum(c for c in cells(rag, "chunks") if isinstance(c, int)) == metrics.total_chunks, 10
    )
    show(desktop, "overview")
    view.tiles["entities"].click()
    await until(lambda: 0 < model.rowCount() < 27, 10, "some define terms")
    more = rag.panel.documents.more
    assert more.isVisible() and more.keys() == ["defines"]
    more.findChild(QToolButton).click()
    await until(lambda: model.rowCount() == 27 and not more.isVisible(), 10, "all trained ones again")


async def test_bulk_actions_and_what_control_questions_say_of_them(desktop: Desktop) -> None:
    """Disable and delete take a document out of the search, undo and retrain bring it back; the control
    question notices each time."""
    rag = show(desktop, "query")
    rag.query.ask("ГОСТ 464-79 заземление")
    await until(lambda: rag.query.chosen() is not None, 10, "hits")
    hit = rag.query.chosen()
    assert hit is not None and hit.designation == "ГОСТ 464-79"
    question = ControlQuestion(
        question="ГОСТ 464-79 заземление", document_id=hit.document_id, designation=hit.designation
    )
    await rag.services.questions.add(question)
    await rag.services.questions.run()
    questions = rag.panel.overview.questions_model
    said = lambda column: questions.data(questions.index(0, column))  # noqa: E731
    assert said(2) == "✓ место 1" and said(3) == ""

    show(desktop, "documents")
    view, model = rag.panel.documents, rag.documents.model
    view.search.setText("464-79")
    await until(lambda: model.rowCount() == 1 and model.document(0), 10, "its row")
    for action, state in (("disable", "disabled"), ("delete", "deleted")):
        rag.documents.choose_rows(0, 0)
        view.bulk[action].click()
        await until(lambda: not view.undo.isHidden(), 10, action)
        assert "30" in view.undo.button.text()
        gone = await rag.services.documents.get(hit.document_id)
        assert gone.state == state
        await until(lambda: not in_search(rag), 10, "the table shows it")
        assert hit.document_id not in await found_now(rag)
        await rag.services.questions.run()
        assert said(2).startswith("✗") and said(3) == "перестало находить"
        view.undo.button.click()
        await until(lambda: view.undo.isHidden(), 5, "the offer goes at once")
        await until(lambda: in_search(rag), 10, "and its row says when it is taken back")
        assert hit.document_id in await found_now(rag)
        await rag.services.questions.run()
        assert said(2).startswith("✓") and said(3) == "теперь находит"

    before = (await rag.services.documents.get(hit.document_id)).trained_at
    runs = rag.services.runs.runs
    old = set(runs)
    rag.documents.choose_rows(0, 0)
    view.bulk["retrain"].click()
    job_id = next(iter(await until(lambda: set(runs) - old, 10, "a run")))
    await until(lambda: rag.services.runs.runs[job_id].is_final, 60, "read again")
    assert rag.services.runs.runs[job_id].status == "completed"
    again = await rag.services.documents.get(hit.document_id)
    assert again.state == "trained" and again.trained_at != before
    assert hit.document_id in await found_now(rag)


def in_search(rag: RagController) -> bool:
    """True when the table has one document, and that is trained."""
    row = rag.documents.model.document(0)
    return rag.documents.model.rowCount() == 1 and row is not None and row.state == "trained"


async def found_now(rag: RagController) -> set[str]:
    """Documents among the hits of the question that is asked again now."""
    rag.services.search.repeat()
    await until(lambda: rag.services.search.state.phase == "answered", 20, "asked again")
    return {hit.document_id for hit in rag.services.search.state.hits}


class TestDetails:
    """The drawer: the whole life of a file, its reason and its warnings."""

    @pytest.fixture
    def desktop_options(self, tmp_path: Path) -> Options:
        """The application on a good file, an empty one and a damaged one."""
        folder = tmp_path / "папка"
        folder.mkdir()
        (folder / "хороший.txt").write_text("Бетон класса В25 на объекте Полевая 7.\n" * 5, encoding="utf-8")
        (folder / "битый.pdf").write_bytes(b"%PDF-1.7\nnot a pdf at all")
        return trained_options(folder, tmp_path / "data", lang="ru", theme="light")

    async def test_drawer(self, desktop: Desktop) -> None:
        rag = show(desktop, "documents")
        view, model = rag.panel.documents, rag.documents.model
        await until(lambda: model.rowCount() == 2 and None not in cells(rag, "name"), 10, "two rows")
        rows = {name: row for row, name in enumerate(cells(rag, "name"))}
        view.table.setCurrentIndex(model.index(rows["хороший.txt"], 0))
        details = view.details
        assert details.isVisible() and details.reason.isHidden() and details.open.isEnabled()
        texts = [text.text() for text in details.findChildren(QLabel) if text.isVisible()]
        document = model.document(rows["хороший.txt"])
        assert document is not None and document.sha256[:16] in " ".join(texts)
        assert {"хороший.txt", "В поиске с", "Фрагменты"} <= set(texts)
        view.table.setCurrentIndex(model.index(rows["битый.pdf"], 0))
        assert details.state.property("state") == "failed"
        assert details.reason.isVisible() and len(details.reason.text()) > 10
        assert not details.open.isEnabled() and not details.only.isEnabled()
        details.leave.click()
        assert not details.isVisible()


def _dialog(name: str) -> QDialog | None:
    for widget in QApplication.allWidgets():
        if isinstance(widget, QDialog) and widget.objectName() == name and widget.isVisible():
            return widget
    return None


async def test_chat_answers_with_sources_and_waits_when_offline(desktop: Desktop) -> None:
    rag = show(desktop, "chat")
    chat, view = rag.services.chat, rag.panel.chat
    assert desktop.window.focusWidget() is view.input
    type_text(desktop, "как определяют влажность бетона?")
    press(desktop, Qt.Key.Key_Return)
    await until(lambda: [item.delivery for item in chat.state.exchanges] == [Delivery.ANSWERED], 20, "answer")
    passages = chat.state.exchanges[0].passages
    assert passages and any("влажност" in passage.text.lower() for passage in passages)
    assert passages[0].designation is not None and passages[0].designation in view.messages.toPlainText()

    engine = desktop.container.engine
    assert engine is not None
    engine.restart()
    await until(lambda: view.link.property("state") != "connected", 20, "the link is down")
    type_text(desktop, "плотность бетона")
    press(desktop, Qt.Key.Key_Return)
    assert chat.state.outbox == 1
    await until(lambda: chat.state.exchanges[-1].delivery is Delivery.ANSWERED, 60, "sent when it is back")

    exchange = chat.state.exchanges[0]
    view.link_chosen.emit(f"bldr-source:{exchange.id}:{passages[0].number}")
    await until(lambda: rag.viewer.document is not None, 20, "the source opens")
    assert rag.viewer.document is not None and rag.viewer.document.id == passages[0].document_id


class TestSamples:
    """The samples: a workbook's hit down to its cells, the original, find, outline, chunks, a window."""

    @pytest.fixture
    def desktop_options(self, samples: Path, tmp_path: Path) -> Options:
        """The application on the sample documents."""
        return trained_options(samples, tmp_path / "data", lang="en", theme="dark")

    async def test_viewer(self, desktop: Desktop, samples: Path) -> None:
        await self.cells_are_marked_and_a_window_opens(desktop, samples)
        await self.find_outline_and_chunks(desktop)

    async def cells_are_marked_and_a_window_opens(self, desktop: Desktop, samples: Path) -> None:
        rag = show(desktop, "query")
        rag.query.ask("ФЕР06-01-001-16 устройство фундаментных плит")
        hits = rag.services.search
        await until(lambda: any(hit.kind == "xlsx" for hit in hits.state.hits), 20, "a cell is found")
        hit = next(hit for hit in hits.state.hits if hit.kind == "xlsx" and "ФЕР06-01-001-16" in hit.chunk)
        rag.viewer.open(Target.of_hit(hit))
        await rag.viewer.settled()
        view, sheet = rag.panel.query.viewer, rag.panel.query.viewer.sheet.sheet
        assert view.stack.currentWidget() is view.sheet_page
        assert sheet.marked == cells_of(hit.cell_range)
        marked = [
            sheet.data(sheet.index(row, column))
            for row in range(sheet.rowCount())
            for column in range(sheet.columnCount())
            if sheet.data(sheet.index(row, column), sheet.MARKED)
        ]
        assert "ФЕР06-01-001-16" in marked
        assert hit.sheet == view.sheet_tabs.tabText(view.sheet_tabs.currentIndex())

        document = rag.viewer.document
        assert document is not None
        copy = await rag._original(document)
        assert copy.read_bytes() == next(samples.rglob("*.xlsx")).read_bytes()
        assert copy.suffix == ".xlsx"

        window = rag.open_window(Target.of_hit(hit))
        await until(lambda: window.viewer.stack.currentWidget() is window.viewer.sheet_page, 10, "the window")
        window.close()
        await until(lambda: not rag._windows, 5, "it is gone")

    async def find_outline_and_chunks(self, desktop: Desktop) -> None:
        rag = show(desktop, "query")
        rag.query.ask("СП 901 п. 5.2")
        await until(lambda: rag.viewer.document and rag.viewer.document.kind == "pdf", 20, "the clause jumps")
        hit = rag.query.chosen()
        assert hit is not None and hit.clause == "5.2" and hit.page == 2
        view = rag.panel.query.viewer
        await until(lambda: view.canvas.painted(2) and view.canvas.mark_rects(2), 20, "page 2, marked")

        view.move_bar.outline.click()
        await until(lambda: view.outline_model.rowCount() > 5, 10, "the outline")
        chosen = view.outline_model.entry(view.outline.currentIndex().row())
        assert chosen is not None and chosen.clause == "5.2"

        view.move_bar.text.click()
        await until(lambda: "защитного слоя" in " ".join(view.page_text.marked_text()), 10, "text beside")
        assert len(await rag.viewer.reader.chunks_of(2)) >= 2 if rag.viewer.reader else False

        view.open_find()
        view.find_bar.words.setText("цоколя")
        view.find_bar.words.returnPressed.emit()
        await until(lambda: view.find_bar.count.text() == "1 of 1", 10, "found")
        await until(lambda: len(view.canvas.mark_rects(2)) == 1, 10, "and marked")
        before = view.canvas.image_width
        view.move_bar.larger.click()
        assert view.canvas.image_width > before
        await until(lambda: view.canvas.painted(2), 10, "sharp at the new size")
