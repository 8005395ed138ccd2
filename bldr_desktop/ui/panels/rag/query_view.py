# SPDX-License-Identifier: MIT
"""The Query tab: box, chips, hits left, viewer right."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QListView, QMenu, QVBoxLayout, QWidget

from bldr_desktop.ui.models.hits import HitModel
from bldr_desktop.ui.panels.rag.filter_bar import FilterBar
from bldr_desktop.ui.panels.rag.query_box import QueryBox
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, label, name_tool, tool_button
from bldr_desktop.ui.widgets.hit_delegate import HitDelegate
from bldr_desktop.ui.widgets.splitter import hairline_splitter
from bldr_desktop.ui.widgets.state_view import StateView
from bldr_desktop.ui.widgets.viewer.view import ViewerView


class HitList(QListView):
    """Cards of one height; Enter opens, Ctrl+C copies the citation, Esc goes back to the box."""

    opened = Signal(int)
    copy_asked = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rag.results")
        self.setProperty("look", "bare")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.hits = HitModel()
        self.setModel(self.hits)
        self._delegate = HitDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.menu = QMenu(self)
        self.menu.setObjectName("rag.hitMenu")
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def step(self, step: int) -> None:
        """Move the chosen hit, stopping at the ends."""
        count = self.hits.rowCount()
        if count:
            row = min(max(self.currentIndex().row() + step, 0), count - 1)
            self.setCurrentIndex(self.hits.index(row))

    def choose(self, row: int) -> None:
        """Choose a hit."""
        self.setCurrentIndex(self.hits.index(row) if row >= 0 else QModelIndex())

    def refresh(self) -> None:
        """Language changed: paint anew."""
        self._delegate.forget()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, copy and Esc; the rest moves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() == Qt.Key.Key_Escape or (
            event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0
        ):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a hit."""
        if self.indexAt(event.pos()).isValid():
            self.menu.popup(event.globalPos())


class QueryView(Translated):
    """Puts the parts together; the controller does the rest."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QueryBox(theme)
        self.search = button(theme, "rag.search", look="primary")
        self.search.setFixedHeight(self.box.height())
        self.filters = FilterBar(theme)
        self.list = HitList(theme)
        self.copy_action = self.list.menu.addAction("")
        self.question_action = self.list.menu.addAction("")
        self.only_action = self.list.menu.addAction("")
        self.count = label(look="muted")
        self.export = tool_button(theme, "rag.exportHits", "download")
        self.export_menu = QMenu(self.export)
        self.export_csv = self.export_menu.addAction("CSV")
        self.export_docx = self.export_menu.addAction("DOCX")
        self.export.setMenu(self.export_menu)
        self.export.setPopupMode(self.export.ToolButtonPopupMode.InstantPopup)
        self.state = StateView(theme, self._results())
        self.viewer = ViewerView(theme)
        self._lay_out()
        self.retranslate()

    def _results(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.setContentsMargins(2, 0, Space.S, 0)
        head.addWidget(self.count, 1)
        head.addWidget(self.export)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        return made

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(Space.S)
        top.addWidget(self.box, 1)
        top.addWidget(self.search)
        self.state.setMinimumWidth(300)
        self.viewer.setMinimumWidth(320)
        self.parts = hairline_splitter("rag.queryParts", self.state, self.viewer)
        self.parts.setStretchFactor(0, 2)
        self.parts.setStretchFactor(1, 3)
        self.parts.setSizes([430, 620])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.M, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(top)
        column.addWidget(self.filters)
        column.addWidget(self.parts, 1)

    def retranslate(self) -> None:
        """Texts."""
        hint = tr("rag", "Ask, or type a clause: СП 63 п.8.1.3")
        self.box.setPlaceholderText(hint)
        self.box.setAccessibleName(tr("rag", "Question to the documents"))
        self.search.setText(tr("rag", "Search"))
        self.search.setAccessibleName(self.search.text())
        self.list.setAccessibleName(tr("rag", "Hits"))
        name_tool(self.export, tr("rag", "Export the hits"))
        self.copy_action.setText(tr("rag", "Copy the citation"))
        self.question_action.setText(tr("rag", "Make a control question"))
        self.only_action.setText(tr("rag", "Search in this document only"))
        self.list.refresh()
