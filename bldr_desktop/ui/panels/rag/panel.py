# SPDX-License-Identifier: MIT
"""The RAG panel: Query, Documents, Overview, Chat."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from bldr_desktop.ui.panels.rag.chat_view import ChatView
from bldr_desktop.ui.panels.rag.documents_view import DocumentsView
from bldr_desktop.ui.panels.rag.overview_view import OverviewView
from bldr_desktop.ui.panels.rag.query_view import QueryView
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space


class RagPanel(Translated):
    """Four tabs. ``retranslated``: what controllers said must be said in another language."""

    retranslated = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rag.panel")
        self.query = QueryView(theme)
        self.documents = DocumentsView(theme)
        self.overview = OverviewView(theme)
        self.chat = ChatView(theme)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("rag.tabs")
        self.tabs.setDocumentMode(True)
        for tab in (self.query, self.documents, self.overview, self.chat):
            self.tabs.addTab(tab, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        column.addWidget(self.tabs)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts."""
        self.tabs.setAccessibleName(tr("rag", "Search and documents"))
        names = {
            self.query: tr("rag", "Query"),
            self.documents: tr("rag", "Documents"),
            self.overview: tr("rag", "Overview"),
            self.chat: tr("rag", "Chat"),
        }
        for tab, name in names.items():
            self.tabs.setTabText(self.tabs.indexOf(tab), name)
        self.retranslated.emit()
