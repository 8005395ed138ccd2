# SPDX-License-Identifier: MIT
"""The Overview tab's doings: real numbers, training, control questions."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from bldr_desktop.client.api import ApiError, NotOffered
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.training import TrainRequest
from bldr_desktop.services.control_questions import ControlQuestionsService, ControlState
from bldr_desktop.services.document_table import DocumentsQuery
from bldr_desktop.services.overview import Overview, OverviewService
from bldr_desktop.services.training import TrainingRuns
from bldr_desktop.services.training_state import RunState
from bldr_desktop.ui.models.documents import date_text
from bldr_desktop.ui.models.training_runs import status_word
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.sizes import size
from bldr_desktop.ui.widgets import words

if TYPE_CHECKING:
    from bldr_desktop.ui.panels.rag.overview_view import OverviewView
    from bldr_desktop.ui.shell import Shell

TONE_COLOR = {"ok": "ok", "warn": "warn", "error": "error", "accent": "accent", "neutral": "muted"}


class OverviewController:
    """Reads when shown and after every training; a number never read is shown as "–"."""

    def __init__(
        self,
        view: "OverviewView",
        overview: OverviewService,
        questions: ControlQuestionsService,
        runs: TrainingRuns,
        shell: "Shell",
    ) -> None:
        self.rows_asked: Notice[DocumentsQuery] = Notice()
        self._view, self._overview, self._questions = view, overview, questions
        self._runs, self._shell = runs, shell
        self._scope = TaskScope("overview-tab")
        self._soon = QTimer(view, singleShot=True, interval=500)
        self._soon.timeout.connect(self.refresh)
        self._off = [
            overview.changed.connect(self._show),
            questions.changed.connect(self._show_questions),
            runs.changed.connect(lambda _: self._show_live()),
            runs.ended.connect(lambda _: self.refresh_soon()),
        ]
        self._connect()
        self._show(overview.current)
        self._show_questions(questions.state)
        self._show_live()

    def _connect(self) -> None:
        view = self._view
        queries = {
            "documents": DocumentsQuery(),
            "coverage": DocumentsQuery(state="trained"),
            "chunks": DocumentsQuery(state="trained", sort="chunks"),
            "entities": DocumentsQuery(state="trained", defines=True),
            "index": DocumentsQuery(state="trained", sort="chunks"),
        }
        for name, tile in view.tiles.items():
            tile.clicked.connect(partial(self._ask_rows, queries[name]))
        for name, row in view.states.items():
            row.clicked.connect(partial(self._ask_rows, DocumentsQuery(state=name)))
        for name, row in view.editions.items():
            row.clicked.connect(partial(self._ask_rows, DocumentsQuery(state="trained", edition=name)))
        view.start.clicked.connect(lambda: self._scope.spawn("train", self._start()))
        view.watch.clicked.connect(self._open_monitor)
        view.runs.activated.connect(lambda index: self._open_run(index.row()))
        view.run_questions.clicked.connect(lambda: self._scope.spawn("ask", self._run_questions()))
        view.remove_question.clicked.connect(self._on_remove)
        view.questions.selectionModel().selectionChanged.connect(lambda *_: self._show_removable())

    def shown(self) -> None:
        """The tab came to the front."""
        self.refresh()

    def refresh(self) -> None:
        """Read everything again."""
        self._scope.spawn("read", self._read())

    def refresh_soon(self) -> None:
        """Read again shortly, once for many reasons; a hidden tab reads when it is shown."""
        if self._view.isVisible() and not self._soon.isActive():
            self._soon.start()

    def retranslate(self) -> None:
        """Say the numbers in another language."""
        self._show(self._overview.current)
        self._show_questions(self._questions.state)
        self._show_live()

    async def close(self) -> None:
        """End."""
        self._soon.stop()
        for off in self._off:
            off()
        await self._scope.close()

    async def _read(self) -> None:
        if self._overview.current.metrics is None:
            self._view.state.show_loading()
        await self._overview.refresh()
        try:
            await self._questions.refresh()
        except ApiError:
            self._view.questions_note.setText(tr("rag", "This server keeps no control questions."))

    def _show(self, overview: Overview) -> None:
        if overview.metrics is None and isinstance(overview.error, NotOffered):
            self._view.state.show_not_offered(tr("rag", "The overview"))
            return
        if overview.metrics is None and overview.error is not None:
            error = overview.error
            self._view.state.show_error(error.sentence, details=str(error), retry=self.refresh)
            return
        if overview.error is not None:
            self._view.state.show_partial(overview.error.sentence, tr("rag", "Try again"), self.refresh)
        else:
            self._view.state.show_content()
        self._show_tiles(overview)
        self._show_counts(overview)
        runs = list(overview.runs or ())
        self._view.runs_model.show(runs)
        self._view.fit(self._view.runs)
        self._view.runs.setVisible(bool(runs))
        self._view.runs_note.setVisible(not runs)
        self._view.runs_note.setText(tr("rag", "Nothing was trained yet."))

    def _show_tiles(self, overview: Overview) -> None:
        tiles, metrics = self._view.tiles, overview.metrics
        said = {
            "documents": (words.number(metrics.total_documents) if metrics else "–", tr("rag", "Documents")),
            "coverage": (words.percent(metrics.coverage) if metrics else "–", tr("rag", "Searchable")),
            "chunks": (words.number(metrics.total_chunks) if metrics else "–", tr("rag", "Chunks")),
            "entities": (words.number(metrics.entities) if metrics else "–", tr("rag", "Defined terms")),
            "index": (size(metrics.index_bytes) if metrics else "–", tr("rag", "Index")),
        }
        tips = {
            "coverage": tr("rag", "Documents that can be searched, of all documents"),
            "entities": tr("rag", "Terms that the documents define; a click shows which documents"),
            "index": tr("rag", "Size of the search index on disk"),
        }
        for name, (value, caption) in said.items():
            tiles[name].show_value(value, caption, tips.get(name, ""))

    def _show_counts(self, overview: Overview) -> None:
        counts = {name: overview.state_count(name) for name in self._view.states}
        total = sum(counts.values())
        for name, row in self._view.states.items():
            tone = TONE_COLOR[words.STATE_TONE[name]]
            row.show_count(words.state(name), counts[name], total, words.number(counts[name]), tone)
        editions = overview.editions
        for name, row in self._view.editions.items():
            count = int(getattr(editions, name)) if editions else 0
            tone = TONE_COLOR[words.EDITION_TONE[name]]
            said = words.number(count) if editions else "–"
            row.show_count(words.edition(name), count, editions.total if editions else 0, said, tone)
        self._view.editions_note.setText(
            tr("rag", "A replaced edition is left out of the search until you ask for it.")
        )

    def _show_live(self) -> None:
        run = next(iter(self._runs.active()), None)
        view = self._view
        view.progress.setVisible(run is not None)
        view.watch.setVisible(run is not None)
        view.start.setVisible(run is None)
        if run is None:
            view.live.setText(tr("rag", "Trains what was uploaded and not trained yet."))
            return
        view.live.setText(_live_text(run))
        value = round(run.progress * 10)
        if view.progress.maximum() != 1000:
            view.progress.setRange(0, 1000)
        if view.progress.value() != value:
            view.progress.setValue(value)

    async def _start(self) -> None:
        self._view.start.setEnabled(False)
        try:
            run = await self._runs.start(TrainRequest())
        except ApiError as error:
            self._shell.toast(error.sentence, kind="info" if error.code == "nothing_to_do" else "error")
            return
        finally:
            self._view.start.setEnabled(True)
        self._show_live()
        self._shell.open_monitor(run.job_id)

    def _open_monitor(self) -> None:
        run = next(iter(self._runs.active()), None)
        if run is not None:
            self._shell.open_monitor(run.job_id)

    def _open_run(self, row: int) -> None:
        run = self._view.runs_model.run(row)
        if run is not None:
            self._shell.open_monitor(run.id)

    def _ask_rows(self, query: DocumentsQuery, *_checked: object) -> None:
        self.rows_asked.emit(query)

    def _show_questions(self, state: ControlState) -> None:
        view = self._view
        count = len(state.questions)
        view.questions_model.show(state)
        view.fit(view.questions)
        view.questions.setVisible(count > 0)
        view.run_questions.setVisible(count > 0)
        view.run_questions.setEnabled(not state.running)
        view.curve.setVisible(len(state.curve()) > 0)
        points = [(date_text(moment, clock=True), share) for moment, share in state.curve()]
        last = points[-1][1] if points else 0.0
        view.curve.show_points(
            points, tr("rag", "nDCG over time, last {value}", value=words.decimal(last, 3))
        )
        view.questions_note.setVisible(count == 0)
        view.questions_note.setText(
            tr(
                "rag",
                "None yet. Choose a hit and «Make a control question»: it is asked after every training.",
            )
        )
        view.quality.setText(_quality_text(state))
        self._show_removable()

    def _show_removable(self) -> None:
        chosen = self._view.questions.selectionModel().hasSelection()
        self._view.remove_question.setVisible(chosen)

    async def _run_questions(self) -> None:
        try:
            await self._questions.run()
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")

    def _on_remove(self) -> None:
        rows = {index.row() for index in self._view.questions.selectionModel().selectedRows()}
        ids = [question.id for row in rows if (question := self._view.questions_model.question(row))]
        self._scope.spawn("remove", self._remove([item for item in ids if item]))

    async def _remove(self, ids: list[str]) -> None:
        try:
            for question_id in ids:
                await self._questions.remove(question_id)
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")


def _live_text(run: RunState) -> str:
    status = status_word(run.status or JobStatus.QUEUED)
    if not run.files_total:
        return status
    done = tr(
        "rag",
        "{done} of {total} files",
        done=words.number(run.files_done),
        total=words.number(run.files_total),
    )
    return f"{status} · {done}"


def _quality_text(state: ControlState) -> str:
    last = state.last
    if last is None or not last.results:
        return ""
    good = sum(1 for item in last.results if item.ok)
    parts = [tr("rag", "{good} of {all} found", good=good, all=len(last.results))]
    if last.ndcg is not None:
        parts.append(f"nDCG {words.decimal(last.ndcg, 3)}")
    better, worse = state.turned()
    if better:
        parts.append(tr("rag", "%n found now", len(better)))
    if worse:
        parts.append(tr("rag", "%n lost", len(worse)))
    parts.append(date_text(last.created_at, clock=True))
    return " · ".join(parts)
