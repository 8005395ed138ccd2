# SPDX-License-Identifier: MIT
"""Before anything is sent: what was dropped, by kind, with a check box for each kind and file."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from bldr_desktop.services.preflight import Preflight, PreflightProgress, SameName, Verdict
from bldr_desktop.ui.models import preflight_model as pm
from bldr_desktop.ui.models.preflight_model import PreflightModel
from bldr_desktop.ui.panels.file_manager import words
from bldr_desktop.ui.panels.file_manager.delegates import TextDelegate
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.sizes import size
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, label, name_tool
from bldr_desktop.ui.widgets.delegates import StateDelegate, dress_table


class VerdictCard(QFrame):
    """One kind of file: how many, how large, and whether they go."""

    toggled = Signal(bool)

    def __init__(self, theme: Theme, verdict: Verdict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict = verdict
        self.setProperty("look", "card")
        self.setObjectName(f"files.preflight.{verdict.value}")
        self.box = QCheckBox()
        self.box.setObjectName(f"files.preflight.{verdict.value}.check")
        self.box.clicked.connect(self._on_clicked)
        self._name = label()
        self._name.setFont(theme.font("strong"))
        self._count = label()
        self._count.setFont(theme.font("heading"))
        self._size = label(look="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        row.setSpacing(Space.S)
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        top = QHBoxLayout()
        top.setSpacing(Space.S)
        if verdict.can_be_sent:
            top.addWidget(self.box)
        else:
            self.box.hide()
        top.addWidget(self._name, 1)
        column.addLayout(top)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self._count)
        foot.addWidget(self._size, 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)
        row.addLayout(column)

    def show_counts(self, count: int, amount: int, chosen: int) -> None:
        """Show what there is of it."""
        self._name.setText(words.verdict(self.verdict))
        self._count.setText(words.number(count))
        self._size.setText(size(amount) if amount else "")
        self.box.setTristate(0 < chosen < count)
        state = Qt.CheckState.Unchecked
        if chosen:
            state = Qt.CheckState.Checked if chosen == count else Qt.CheckState.PartiallyChecked
        self.box.setCheckState(state)
        self.box.setAccessibleName(words.verdict(self.verdict))
        self.setAccessibleName(f"{words.verdict(self.verdict)}: {count}")
        self.setVisible(count > 0)

    def _on_clicked(self) -> None:
        chosen = self.box.checkState() != Qt.CheckState.Unchecked
        self.toggled.emit(chosen)


class PreflightView(QWidget):
    """The pre-flight summary; tells ``started(same_name, train)`` and ``cancelled``. ``state`` is
    ``looking`` or ``ready``."""

    started = Signal(object, bool)
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("files.preflight")
        self.preflight = Preflight()
        self.model = PreflightModel(words.verdict, words.candidate, size, self)
        self._progress: PreflightProgress | None = None
        self._title = label()
        self._title.setFont(theme.font("heading"))
        self._note = label(look="muted", wrap=True)
        self._bar = QProgressBar()
        self._bar.setObjectName("files.preflight.progress")
        self._bar.setTextVisible(False)
        self.cards = {verdict: VerdictCard(theme, verdict) for verdict in pm.ORDER}
        self.table = QTableView()
        self.table.setObjectName("files.preflight.table")
        self.table.setModel(self.model)
        self.same_name_label = label()
        self.same_name = QComboBox()
        self.same_name.setObjectName("files.preflight.sameName")
        self.train = QCheckBox()
        self.train.setObjectName("files.preflight.train")
        self.train.setChecked(True)
        self.start = button(theme, "files.start", look="primary", icon="upload")
        self.cancel = button(theme, "files.preflight.cancel", look="quiet")
        self._lay_out(theme)
        self._connect()
        self.setProperty("state", "looking")

    def _lay_out(self, theme: Theme) -> None:
        cards = QHBoxLayout()
        cards.setSpacing(Space.S)
        for card in self.cards.values():
            cards.addWidget(card)
        cards.addStretch(1)
        dress_table(self.table, stretch=pm.COLUMN_NAME)
        self.table.setItemDelegateForColumn(pm.COLUMN_VERDICT, StateDelegate(theme, pm.TONE, self.table))
        for place in (pm.COLUMN_SIZE, pm.COLUMN_DETAILS):
            self.table.setItemDelegateForColumn(place, TextDelegate(theme, self.table, pm.TONE))
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(pm.COLUMN_DETAILS, QHeaderView.ResizeMode.Interactive)
        for place, width in ((pm.COLUMN_VERDICT, 140), (pm.COLUMN_SIZE, 96), (pm.COLUMN_DETAILS, 260)):
            self.table.setColumnWidth(place, width)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self.same_name_label)
        foot.addWidget(self.same_name)
        foot.addStretch(1)
        foot.addWidget(self.train)
        foot.addSpacing(Space.S)
        foot.addWidget(self.cancel)
        foot.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._title)
        column.addWidget(self._bar)
        column.addLayout(cards)
        column.addWidget(self._note)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        for verdict, card in self.cards.items():
            card.toggled.connect(lambda chosen, verdict=verdict: self.model.choose(verdict, chosen))
        self.model.choice_changed.connect(self._say_choice)
        self.start.clicked.connect(
            lambda: self.started.emit(SameName(self.same_name.currentData()), self.train.isChecked())
        )
        self.cancel.clicked.connect(self.cancelled)

    # -- what the controller says -----------------------------------------------------------------

    def show_looking(self, progress: PreflightProgress | None = None) -> None:
        """Looking at what was dropped."""
        self._progress = progress or PreflightProgress()
        self.setProperty("state", "looking")
        self.retranslate()

    def show_ready(self, preflight: Preflight) -> None:
        """Looked at: here it is."""
        self.preflight = preflight
        self._progress = None
        self.model.show(preflight)
        self.setProperty("state", "ready")
        self.retranslate()

    def retranslate(self) -> None:
        """All words, for the state it is in."""
        ready = self._progress is None
        for widget in (self.table, self.start, self.train, self._note):
            widget.setVisible(ready)
        self._bar.setVisible(not ready)
        self.train.setText(tr("files", "Make searchable when uploaded"))
        self.train.setToolTip(tr("files", "Train on these files as soon as they are uploaded"))
        self.train.setAccessibleName(self.train.text())
        self.cancel.setText(tr("files", "Cancel"))
        self.cancel.setAccessibleName(self.cancel.text())
        self.table.setAccessibleName(tr("files", "Files to upload"))
        self._say_same_name()
        self.model.retranslate()
        if ready:
            self._say_choice()
        else:
            self._say_progress()

    def _say_same_name(self) -> None:
        chosen = self.same_name.currentData()
        self.same_name.blockSignals(True)
        self.same_name.clear()
        for value, text in (
            (SameName.REPLACE, tr("files", "Replace the old")),
            (SameName.SKIP, tr("files", "Skip")),
            (SameName.KEEP_BOTH, tr("files", "Keep both")),
        ):
            self.same_name.addItem(text, value.value)
        self.same_name.setCurrentIndex(max(self.same_name.findData(chosen), 0))
        self.same_name.blockSignals(False)
        self.same_name_label.setText(tr("files", "Changed files:"))
        name_tool(self.same_name, tr("files", "What to do with files whose content has changed"))
        changed = self._progress is None and self.preflight.count(Verdict.CHANGED)[0] > 0
        self.same_name_label.setVisible(changed)
        self.same_name.setVisible(changed)

    def _say_progress(self) -> None:
        told = self._progress or PreflightProgress()
        for card in self.cards.values():
            card.hide()
        if told.total_bytes is None:
            self._title.setText(tr("files", "Looking: %n file(s) found", told.files))
            self._bar.setRange(0, 1 if self._theme.reduced_motion else 0)
            self._bar.setValue(0)
        else:
            self._title.setText(tr("files", "Comparing %n file(s) with what is known", told.files))
            self._bar.setRange(0, 1000)
            self._bar.setValue(int(1000 * told.bytes / told.total_bytes) if told.total_bytes else 1000)
        self._bar.setAccessibleName(self._title.text())

    def _say_choice(self) -> None:
        chosen = self.preflight.chosen()
        by_verdict = dict.fromkeys(Verdict, 0)
        for item in chosen:
            if item.verdict is not None:
                by_verdict[item.verdict] += 1
        for verdict, card in self.cards.items():
            card.show_counts(*self.preflight.count(verdict), by_verdict[verdict])
        amount = sum(item.size for item in chosen)
        if chosen:
            self._title.setText(tr("files", "%n file(s) to upload, {size}", len(chosen), size=size(amount)))
        elif self.preflight.candidates:
            self._title.setText(tr("files", "Nothing new to upload"))
        else:
            self._title.setText(tr("files", "There are no documents in what was dropped"))
        count = len(chosen)
        self.start.setText(tr("files", "Upload %n file(s)", count) if count else tr("files", "Upload"))
        self.cancel.setText(tr("files", "Cancel") if count else tr("files", "Close"))
        self.cancel.setAccessibleName(self.cancel.text())
        self.start.setAccessibleName(self.start.text())
        self.start.setEnabled(bool(chosen))
        self._note.setText(self._notes())
        self._note.setVisible(bool(self._note.text()))

    def _notes(self) -> str:
        notes = []
        if not self.preflight.checked_with_engine:
            notes.append(
                tr(
                    "files",
                    "The server could not be asked what it has; what is there will not be sent twice.",
                )
            )
        if self.preflight.unreadable_folders:
            notes.append(
                tr("files", "%n folder(s) could not be opened.", len(self.preflight.unreadable_folders))
            )
        if self.preflight.left_out:
            notes.append(tr("files", "Left out: %n hidden or temporary item(s).", self.preflight.left_out))
        return " ".join(notes)
