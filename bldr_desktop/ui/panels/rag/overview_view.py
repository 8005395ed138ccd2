# SPDX-License-Identifier: MIT
"""The Overview tab: what the engine says about the whole collection, each number a way to its rows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from bldr_desktop.ui.models.control_questions import ControlQuestionsModel
from bldr_desktop.ui.models.training_runs import TrainingRunsModel
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import button, label
from bldr_desktop.ui.widgets.curve import ShareCurve
from bldr_desktop.ui.widgets.delegates import StateDelegate, dress_table
from bldr_desktop.ui.widgets.state_view import StateView
from bldr_desktop.ui.widgets.tiles import CountRow, StatTile

TILES = ("documents", "coverage", "chunks", "entities", "index")
STATES = ("trained", "processing", "uploaded", "empty", "failed", "disabled", "deleted")
EDITIONS = ("actual", "outdated", "pending")
ROWS = 6
WIDE = 760


class OverviewView(Translated):
    """Tiles, states and editions, training with its history, control questions with their curve."""

    rows_asked = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rag.overview")
        self._theme = theme
        self.tiles = {name: StatTile(theme, f"rag.overview.{name}") for name in TILES}
        self.states = {name: CountRow(theme, f"rag.overview.state.{name}") for name in STATES}
        self.editions = {name: CountRow(theme, f"rag.overview.edition.{name}") for name in EDITIONS}
        self.start = button(theme, "rag.train", look="primary", icon="train")
        self.live = label(look="muted")
        self.progress = QProgressBar()
        self.progress.setObjectName("rag.trainProgress")
        self.watch = button(theme, "rag.trainOpen", look="link")
        self.runs_model, self.runs = TrainingRunsModel(), QTableView()
        self.questions_model, self.questions = ControlQuestionsModel(), QTableView()
        self.curve = ShareCurve(theme, "rag.ndcgCurve")
        self.quality = label(wrap=True)
        self.run_questions = button(theme, "rag.questions.run", icon="play")
        self.remove_question = button(theme, "rag.questions.delete", look="quiet", icon="delete")
        self.questions_note = label(look="muted", wrap=True)
        self._titles = {name: label() for name in ("states", "editions", "training", "questions")}
        for title in self._titles.values():
            title.setFont(theme.font("heading"))
        self._dress()
        self.state = StateView(theme, self._scroll())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.M, 0, 0)
        column.addWidget(self.state)
        self.retranslate()

    def _dress(self) -> None:
        for view, model, stretch, name in (
            (self.runs, self.runs_model, 1, "rag.trainingRuns"),
            (self.questions, self.questions_model, 0, "rag.questions"),
        ):
            view.setModel(model)
            view.setObjectName(name)
            view.setProperty("look", "bare")
            dress_table(view, stretch=stretch)
            self.fit(view)
        self._run_states = StateDelegate(self._theme, TrainingRunsModel.TONE, self.runs)
        self.runs.setItemDelegateForColumn(2, self._run_states)
        self._outcomes = StateDelegate(self._theme, ControlQuestionsModel.TONE, self.questions)
        self.questions.setItemDelegateForColumn(2, self._outcomes)
        for column, width in ((0, 146), (2, 130), (3, 90), (4, 100), (5, 90)):
            self.runs.setColumnWidth(column, width)
        for column, width in ((1, 220), (2, 130), (3, 110)):
            self.questions.setColumnWidth(column, width)

    def fit(self, view: QTableView) -> None:
        """As high as its rows, up to six; more are scrolled."""
        rows = min(max(view.model().rowCount(), 1), ROWS)
        view.setFixedHeight(Size.CONTROL + Size.ROW * rows + 4)

    def _scroll(self) -> QScrollArea:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, Space.S, Space.L)
        grid.setSpacing(Space.M)
        tiles = QHBoxLayout()
        tiles.setSpacing(Space.M)
        for tile in self.tiles.values():
            tiles.addWidget(tile, 1)
        grid.addLayout(tiles, 0, 0, 1, 2)
        grid.addWidget(self._card("states", *self.states.values()), 1, 0)
        grid.addWidget(self._editions_card(), 1, 1)
        grid.addWidget(self._training_card(), 2, 0, 1, 2)
        grid.addWidget(self._questions_card(), 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(4, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        return area

    def _card(self, title: str, *widgets: QWidget) -> QFrame:
        card = QFrame()
        card.setProperty("look", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.XS)
        column.addWidget(self._titles[title])
        column.addSpacing(Space.XS)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        return card

    def _editions_card(self) -> QFrame:
        self.editions_note = label(look="muted", wrap=True)
        self.editions_note.setIndent(Space.S)
        return self._card("editions", *self.editions.values(), self.editions_note)

    def _training_card(self) -> QFrame:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, Space.XS)
        row.setSpacing(Space.M)
        row.addWidget(self.start)
        row.addWidget(self.live)
        row.addWidget(self.progress, 1)
        row.addWidget(self.watch)
        row.addStretch(1)
        self.runs_note = label(look="muted", wrap=True)
        return self._card("training", head, self.runs_note, self.runs)

    def _questions_card(self) -> QFrame:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, Space.XS)
        row.setSpacing(Space.M)
        row.addWidget(self.run_questions)
        row.addWidget(self.quality, 1)
        row.addWidget(self.remove_question)
        return self._card("questions", head, self.questions_note, self.curve, self.questions)

    def retranslate(self) -> None:
        """Texts that do not depend on numbers; the controller says the rest again."""
        self._titles["states"].setText(tr("rag", "Documents by state"))
        self._titles["editions"].setText(tr("rag", "Editions"))
        self._titles["training"].setText(tr("rag", "Training"))
        self._titles["questions"].setText(tr("rag", "Control questions"))
        for widget, text in (
            (self.start, tr("rag", "Start training")),
            (self.watch, tr("rag", "Open the monitor")),
            (self.run_questions, tr("rag", "Ask them now")),
            (self.remove_question, tr("rag", "Delete the chosen")),
        ):
            widget.setText(text)
            widget.setAccessibleName(text)
        self.progress.setAccessibleName(tr("rag", "Progress of the training"))
        self.runs.setAccessibleName(tr("rag", "Training history"))
        self.questions.setAccessibleName(tr("rag", "Control questions"))
        for view in (self.runs, self.questions):
            view.viewport().update()
            view.horizontalHeader().viewport().update()
