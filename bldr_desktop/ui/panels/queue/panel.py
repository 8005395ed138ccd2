# SPDX-License-Identifier: MIT
"""The queue: two live tables, filters, what to do with the chosen jobs, and why one failed."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QTabWidget,
    QVBoxLayout,
)

from bldr_desktop.ui.models.jobs import COLUMNS, FIELDS, MIME, JobRole, JobsModel, active_key, finished_key
from bldr_desktop.ui.panels.queue.failure import FailureView
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, label
from bldr_desktop.ui.widgets.delegates import ProgressDelegate, StateDelegate, dress_table
from bldr_desktop.ui.widgets.search_field import SearchField
from bldr_desktop.ui.widgets.state_view import StateView

ACTIVE, FINISHED = 0, 1
ACTIONS = {
    "cancel": "cancel",
    "retry": "retry",
    "continue": "play",
    "raise": "up",
    "lower": "down",
    "log": "log",
    "download": "download",
    "remove": "delete",
}
_HIDDEN = {ACTIVE: ("duration",), FINISHED: ("left", "progress")}


class JobsTable(QTableView):
    """Rows of 28 px; waiting rows can be dragged to another place in line."""

    opened = Signal(str)
    dropped = Signal(list, str)
    menu_asked = Signal(QPoint)

    def __init__(self, theme: Theme, name: str, model: JobsModel, hidden: tuple[str, ...]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setModel(model)
        dress_table(self)
        self.setItemDelegateForColumn(FIELDS.index("status"), StateDelegate(theme, JobRole.TONE, self))
        self.setItemDelegateForColumn(
            FIELDS.index("progress"), ProgressDelegate(theme, JobRole.PROGRESS, self)
        )
        head = self.horizontalHeader()
        for place, (field, _, width) in enumerate(COLUMNS):
            head.resizeSection(place, width)
            head.setSectionHidden(place, field in hidden)
        head.setSectionResizeMode(FIELDS.index("message"), QHeaderView.ResizeMode.Stretch)
        head.setSectionsMovable(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_asked)
        self.doubleClicked.connect(self._on_opened)

    def chosen(self) -> list[str]:
        """Ids of the chosen rows, top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        model = self.model()
        return [str(model.index(row, 0).data(JobRole.ID)) for row in rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_opened(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A waiting job was dropped on another: the engine decides, the model follows what it says."""
        target = self.indexAt(event.position().toPoint())
        if target.isValid() and event.mimeData().hasFormat(MIME):
            ids = bytes(event.mimeData().data(MIME).data()).decode().split("\n")
            self.dropped.emit(ids, str(target.data(JobRole.ID)))
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

    def _on_opened(self, index: QModelIndex) -> None:
        self.opened.emit(str(index.data(JobRole.ID)))


class QueuePanel(Translated):
    """Puts the parts together; tells what the person wants.

    Signals:
        asked: An action of ``ACTIONS`` for the chosen jobs.
        filtered: Something of the filter row changed.
        view_saved, view_chosen, view_deleted: saved views by name.
    """

    asked = Signal(str)
    filtered = Signal()
    chosen_changed = Signal()
    opened = Signal(str)
    dropped = Signal(list, str)
    menu_asked = Signal(QPoint)
    view_saved = Signal()
    view_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("queue.panel")
        self.models = (JobsModel(active_key, self), JobsModel(finished_key, self))
        names = ("queue.active", "queue.finished")
        self.tables = tuple(
            JobsTable(theme, name, model, _HIDDEN[place])
            for place, (name, model) in enumerate(zip(names, self.models, strict=True))
        )
        self.views = tuple(StateView(theme, table) for table in self.tables)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("queue.tabs")
        self.tabs.setDocumentMode(True)
        for view in self.views:
            self.tabs.addTab(view, "")
        self.search = SearchField(theme, "queue.search")
        self.status = self._combo("queue.statusFilter")
        self.kind = self._combo("queue.typeFilter")
        self.owner = self._combo("queue.ownerFilter")
        self.since = self._combo("queue.dateFilter")
        self.saved = self._combo("queue.savedViews")
        self.save_view = button(theme, "queue.saveView", look="quiet", icon="save")
        self.actions_bar = {name: button(theme, f"queue.{name}", icon=icon) for name, icon in ACTIONS.items()}
        self.summary = label(look="muted")
        self.failure = FailureView(theme)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _combo(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setObjectName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return made

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(Space.S)
        self.search.setMaximumWidth(280)
        filters.addWidget(self.search, 1)
        for combo in (self.status, self.kind, self.owner, self.since):
            filters.addWidget(combo)
        filters.addStretch(1)
        filters.addWidget(self.saved)
        filters.addWidget(self.save_view)
        bar = QHBoxLayout()
        bar.setSpacing(Space.S)
        for made in self.actions_bar.values():
            bar.addWidget(made)
        bar.addStretch(1)
        bar.addWidget(self.summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.M)
        column.addLayout(filters)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.failure)
        column.addLayout(bar)

    def _connect(self) -> None:
        for name, made in self.actions_bar.items():
            made.clicked.connect(lambda _checked=False, name=name: self.asked.emit(name))
        for table in self.tables:
            table.opened.connect(self.opened)
            table.dropped.connect(self.dropped)
            table.menu_asked.connect(self.menu_asked)
            table.selectionModel().selectionChanged.connect(self.chosen_changed)
            table.model().modelReset.connect(self.chosen_changed)
        self.tabs.currentChanged.connect(self.chosen_changed)
        self.search.searched.connect(self.filtered)
        for combo in (self.status, self.kind, self.owner, self.since):
            combo.activated.connect(self.filtered)
        self.saved.activated.connect(lambda place: self.view_chosen.emit(self.saved.itemData(place) or ""))
        self.save_view.clicked.connect(self.view_saved)

    @property
    def table(self) -> JobsTable:
        """The table in front."""
        return self.tables[self.tabs.currentIndex()]

    def offer(self, combo: QComboBox, choices: dict[str, str]) -> None:
        """Set a combo's choices, key to text; what was chosen stays where it is still there."""
        if [combo.itemData(place) for place in range(combo.count())] == list(choices) and all(
            combo.itemText(place) == text for place, text in enumerate(choices.values())
        ):
            return
        chosen = combo.currentData()
        combo.blockSignals(True)
        combo.clear()
        for key, text in choices.items():
            combo.addItem(text, key)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        combo.blockSignals(False)

    def name_tabs(self, *texts: str) -> None:
        """Texts of the tabs; a tab bar lays itself out anew for each, also when it is the same."""
        for place, text in enumerate(texts):
            if self.tabs.tabText(place) != text:
                self.tabs.setTabText(place, text)

    def name_actions(self, words: dict[str, str], able: set[str]) -> None:
        """Texts of the buttons with the number they act on; those that cannot act are not shown."""
        for name, made in self.actions_bar.items():
            made.setText(words[name])
            made.setAccessibleName(words[name])
            made.setVisible(name in able)

    def retranslate(self) -> None:
        """Texts of the panel."""
        self.setAccessibleName(tr("queue", "Queue"))
        self.search.set_hint(tr("queue", "Search jobs"))
        for combo, text in (
            (self.status, tr("queue", "State")),
            (self.kind, tr("queue", "Type")),
            (self.owner, tr("queue", "Owner")),
            (self.since, tr("queue", "Date")),
            (self.saved, tr("queue", "Saved views")),
        ):
            combo.setAccessibleName(text)
            combo.setToolTip(text)
        self.save_view.setText(tr("queue", "Save view"))
        self.save_view.setAccessibleName(tr("queue", "Save view"))
        self.tables[ACTIVE].setAccessibleName(tr("queue", "Active jobs"))
        self.tables[FINISHED].setAccessibleName(tr("queue", "Finished jobs"))
        for table in self.tables:
            table.setToolTip(tr("queue", "Double click a training to open its monitor"))
            head = table.horizontalHeader()
            table.model().headerDataChanged.emit(head.orientation(), 0, len(COLUMNS) - 1)
        self.tabs.setAccessibleName(tr("queue", "Active and finished jobs"))
        self.filtered.emit()
