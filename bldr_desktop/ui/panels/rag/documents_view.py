# SPDX-License-Identifier: MIT
"""The Documents tab: search and filters, the table, what to do with the chosen ones, details."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QMenu, QTableView, QVBoxLayout, QWidget

from bldr_desktop.services.document_table import DocumentsQuery
from bldr_desktop.ui.models.documents import COLUMNS, TONE_ROLE, DocumentsModel, heading
from bldr_desktop.ui.panels.rag.details import Details
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets import words
from bldr_desktop.ui.widgets.basics import button, label, name_tool, tool_button
from bldr_desktop.ui.widgets.chips import Chips
from bldr_desktop.ui.widgets.delegates import StateDelegate, dress_table
from bldr_desktop.ui.widgets.search_field import SearchField
from bldr_desktop.ui.widgets.splitter import hairline_splitter
from bldr_desktop.ui.widgets.state_view import Banner, StateView

FIELDS = [column.field for column in COLUMNS]
BULK = {"retrain": "retry", "disable": "eye_off", "enable": "eye", "delete": "delete", "restore": "undo"}


class DocumentsTable(QTableView):
    """Rows of 28 px; tells which rows are in view, which is opened, which keys were pressed."""

    opened = Signal(int)
    delete_asked = Signal()
    rows_in_view = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rag.documents")
        dress_table(self)
        self.setSortingEnabled(False)
        self.setStyleSheet(
            "QAbstractScrollArea::corner { background: transparent; border: 0; }"
            "QHeaderView::section { padding: 0 4px; }"
        )
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._on_head_menu)
        head.setAccessibleName("columns")
        self.columns_menu = QMenu(self)
        self._states = StateDelegate(theme, TONE_ROLE, self)
        for field in ("state", "edition_status"):
            self.setItemDelegateForColumn(FIELDS.index(field), self._states)
        self.activated.connect(lambda index: self.opened.emit(index.row()))
        self.verticalScrollBar().valueChanged.connect(self._tell_view)

    def take_model(self, model: DocumentsModel) -> None:
        """Show a model, its columns as wide as they are meant."""
        self.setModel(model)
        head = self.horizontalHeader()
        for place, column in enumerate(COLUMNS):
            head.resizeSection(place, column.width)
            head.setSectionHidden(place, not column.shown)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.fit_headings()

    def fit_headings(self) -> None:
        """No heading is cut, whatever the language; what the person made wider stays."""
        head = self.horizontalHeader()
        for place in range(head.count()):
            if not head.isSectionHidden(place) and head.sectionSize(place) < head.sectionSizeHint(place):
                head.resizeSection(place, head.sectionSizeHint(place))

    def chosen_ranges(self) -> list[tuple[int, int]]:
        """Chosen rows as inclusive ranges: 50,000 chosen rows are one pair, not a list."""
        selection = self.selectionModel().selection()
        parts = [selection.at(place) for place in range(selection.count())]
        spans = sorted({(part.top(), part.bottom()) for part in parts})
        merged: list[tuple[int, int]] = []
        for top, bottom in spans:
            if merged and top <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(merged[-1][1], bottom))
            else:
                merged.append((top, bottom))
        return merged

    def _tell_view(self) -> None:
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        if first >= 0:
            self.rows_in_view.emit(first, last if last >= 0 else first + 60)

    def resizeEvent(self, event: object) -> None:
        """More rows may be in view."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._tell_view()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete deletes; Enter opens."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _on_head_menu(self, place: QPoint) -> None:
        self.columns_menu.clear()
        head = self.horizontalHeader()
        for number, column in enumerate(COLUMNS):
            action = self.columns_menu.addAction(heading(column.field))
            action.setCheckable(True)
            action.setChecked(not head.isSectionHidden(number))
            action.setEnabled(number != 0)
            action.toggled.connect(partial(self._show_column, number))
        self.columns_menu.popup(head.mapToGlobal(place))

    def _show_column(self, number: int, shown: bool) -> None:
        self.horizontalHeader().setSectionHidden(number, not shown)


class DocumentsView(Translated):
    """Puts the parts together."""

    bulk_asked = Signal(str)
    undo_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(theme, "rag.documentsSearch")
        self.search.setMaximumWidth(460)
        self.states = Chips(theme, "rag.documents.states", single=True)
        self.editions = Chips(theme, "rag.documents.editions", single=True)
        self.more = Chips(theme, "rag.documents.more")
        self._rare: dict[str, str] = {}
        self.count = label(look="muted")
        self.columns = tool_button(theme, "rag.documents.columns", "list")
        self.export = tool_button(theme, "rag.documents.export", "download")
        self.export.setPopupMode(self.export.ToolButtonPopupMode.InstantPopup)
        self.export_menu = QMenu(self.export)
        self.export_csv = self.export_menu.addAction("CSV")
        self.export_xlsx = self.export_menu.addAction("XLSX")
        self.export.setMenu(self.export_menu)
        self.table = DocumentsTable(theme)
        self.bulk_bar = QWidget()
        self.chosen = label()
        looks = {
            "retrain": "retry",
            "disable": "eye_off",
            "enable": "eye",
            "delete": "delete",
            "restore": "undo",
        }
        self.bulk = {
            name: button(theme, f"rag.documents.{name}", icon=icon, look="danger" if name == "delete" else "")
            for name, icon in looks.items()
        }
        self.undo = Banner(theme)
        self.details = Details(theme)
        self.state = StateView(theme, self._content())
        self._lay_out()
        self.columns.clicked.connect(
            lambda: self.table._on_head_menu(QPoint(self.table.horizontalHeader().width() - 200, 30))
        )
        self.table.delete_asked.connect(lambda: self.bulk_asked.emit("delete"))
        self.retranslate()

    def _content(self) -> QWidget:
        self.parts = hairline_splitter("rag.documentsParts", self.table, self.details)
        self.parts.setStretchFactor(0, 1)
        self.parts.setSizes([760, 320])
        self.details.hide()
        return self.parts

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(Space.S)
        top.addWidget(self.search, 1)
        top.addWidget(self.more)
        top.addStretch(1)
        for tool in (self.count, self.columns, self.export):
            top.addWidget(tool)
        chips = QHBoxLayout()
        chips.setSpacing(Space.L)
        chips.addWidget(self.states)
        chips.addWidget(self.editions)
        chips.addStretch(1)
        row = QHBoxLayout(self.bulk_bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.chosen)
        for name, action in self.bulk.items():
            action.clicked.connect(partial(self.bulk_asked.emit, name))
            row.addWidget(action)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.M, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(top)
        column.addLayout(chips)
        column.addWidget(self.undo)
        column.addWidget(self.bulk_bar)
        column.addWidget(self.state, 1)
        self.bulk_bar.hide()

    def show_filters(self, query: DocumentsQuery) -> None:
        """What narrows the table, as chips that are on; rare ones are offered only while they are."""
        self._rare = {"state": query.state, "edition": query.edition}
        self._offer()
        self.more.setVisible(query.defines)
        self.states.choose([query.state])
        self.editions.choose([query.edition])
        self.more.choose(["defines"] if query.defines else [])

    def _offer(self) -> None:
        states = {
            "": tr("rag", "All"),
            "trained": tr("rag", "Trained"),
            "failed": tr("rag", "Failed"),
            "empty": tr("rag", "No text"),
            "disabled": tr("rag", "Disabled"),
            "deleted": tr("rag", "Bin"),
        }
        editions = {
            "": tr("rag", "Any edition"),
            "actual": tr("rag", "Current"),
            "outdated": tr("rag", "Replaced"),
        }
        state, edition = self._rare.get("state", ""), self._rare.get("edition", "")
        self.states.offer(states | ({} if state in states else {state: words.state(state)}))
        self.editions.offer(editions | ({} if edition in editions else {edition: words.edition(edition)}))
        self.more.offer({"defines": tr("rag", "Define terms")})

    def show_chosen(self, count: int, *, in_bin: bool) -> None:
        """How many rows a bulk action would take; only actions that fit are offered."""
        self.bulk_bar.setVisible(count > 0)
        self.chosen.setText(tr("rag", "%n chosen", count))
        texts = {
            "retrain": tr("rag", "Retrain %n", count),
            "disable": tr("rag", "Disable %n", count),
            "enable": tr("rag", "Enable %n", count),
            "delete": tr("rag", "Delete %n", count),
            "restore": tr("rag", "Restore %n", count),
        }
        for name, action in self.bulk.items():
            action.setText(texts[name])
            action.setAccessibleName(texts[name])
            action.setVisible((name == "restore") is in_bin)

    def retranslate(self) -> None:
        """Texts."""
        self.search.set_hint(tr("rag", "Name, title, designation or folder"))
        self._offer()
        self.table.setAccessibleName(tr("rag", "Documents"))
        name_tool(self.columns, tr("rag", "Columns"))
        name_tool(self.export, tr("rag", "Export the list"))
        self.table.fit_headings()
