# SPDX-License-Identifier: MIT
"""The drawer with one document's whole life."""

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from bldr_desktop.protocol.documents import Document
from bldr_desktop.ui.models.documents import date_text
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.sizes import size
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets import words
from bldr_desktop.ui.widgets.basics import button, label, name_tool, tool_button
from bldr_desktop.ui.widgets.pill import Pill


class Details(QFrame):
    """Name, state, the stages of its life, facts, warnings, and what can be done."""

    open_asked = Signal(str)
    chunks_asked = Signal(str)
    search_asked = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rag.details")
        self.setProperty("look", "card")
        self._document: Document | None = None
        self.title = label(wrap=True)
        self.title.setFont(theme.font("heading"))
        self.subtitle = label(look="muted", wrap=True)
        self.state, self.edition = Pill(theme, "rag.details.state"), Pill(theme, "rag.details.edition")
        self.leave = tool_button(theme, "rag.details.close", "close")
        self.open = button(theme, "rag.details.open", look="primary", icon="book")
        self.only = button(theme, "rag.details.search", icon="search")
        self.reason = label(wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(Space.M)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self.warnings = label(look="warn", wrap=True)
        self._lay_out()
        self.open.clicked.connect(lambda: self._tell(self.open_asked))
        self.only.clicked.connect(lambda: self._tell(self.search_asked))
        self.leave.clicked.connect(self.left)
        self.retranslate()

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(Space.L, Space.M, Space.M, Space.L)
        column.setSpacing(Space.S)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignTop)
        pills = QHBoxLayout()
        pills.addWidget(self.state)
        pills.addWidget(self.edition)
        pills.addStretch(1)
        actions = QHBoxLayout()
        actions.addWidget(self.open)
        actions.addWidget(self.only)
        actions.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.subtitle)
        column.addLayout(pills)
        column.addWidget(self.reason)
        column.addSpacing(Space.XS)
        column.addLayout(actions)
        column.addSpacing(Space.S)
        column.addLayout(self._facts)
        column.addWidget(self.warnings)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(area)
        self.setMinimumWidth(280)

    @property
    def document(self) -> Document | None:
        """Which is shown."""
        return self._document

    def show_document(self, document: Document) -> None:
        """Show a document."""
        self._document = document
        self.title.setText(document.designation or document.name)
        self.subtitle.setText(document.title or "")
        self.subtitle.setVisible(bool(document.title))
        tone = words.STATE_TONE.get(document.state, "neutral")
        self.state.show_state(document.state, words.state(document.state), tone)
        edition = words.edition(document.edition_status)
        self.edition.setVisible(bool(edition))
        if edition:
            status = str(document.edition_status)
            self.edition.show_state(status, edition, words.EDITION_TONE[status])
        self.reason.setText(document.reason or "")
        self.reason.setVisible(bool(document.reason))
        self.warnings.setText("\n".join(document.warnings))
        self.warnings.setVisible(bool(document.warnings))
        self.open.setEnabled(document.pages > 0)
        self.only.setEnabled(document.state == "trained")
        self._fill(self._life(document))

    def _life(self, document: Document) -> list[tuple[str, str]]:
        """The way of the file and its facts, in the order it went."""
        found = tr("rag", "%n time(s)", document.times_found)
        rows = [
            (tr("rag", "File"), document.name),
            (tr("rag", "Folder"), (document.path or "")[: -len(document.name)].rstrip("/\\")),
            (tr("rag", "Added"), date_text(document.added_at, clock=True)),
            (tr("rag", "Size"), size(document.size)),
            (tr("rag", "SHA-256"), f"{document.sha256[:16]}…"),
            (tr("rag", "Type"), words.kind(document.kind) if document.kind else ""),
            (tr("rag", "Read by"), document.reader or ""),
            (tr("rag", "Pages"), words.number(document.pages)),
            (tr("rag", "Characters"), words.number(document.characters)),
            (tr("rag", "Chunks"), words.number(document.chunks)),
            (tr("rag", "Searchable since"), date_text(document.trained_at, clock=True)),
            (tr("rag", "Found"), found),
            (tr("rag", "Category"), document.category or ""),
            (tr("rag", "Issued"), date_text(document.issue_date)),
            (tr("rag", "Replaced by"), document.replaced_by or ""),
            (tr("rag", "Owner"), document.owner or ""),
        ]
        return [(name, value) for name, value in rows if value]

    def _fill(self, rows: list[tuple[str, str]]) -> None:
        while self._facts.count():
            item = self._facts.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, (name, value) in enumerate(rows):
            said: QLabel = label(value, wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.setToolTip(value)
            self._facts.addWidget(label(name, look="muted"), number, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(said, number, 1, Qt.AlignmentFlag.AlignTop)

    def _tell(self, signal: SignalInstance) -> None:
        if self._document is not None:
            signal.emit(self._document.id)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's hook."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Texts."""
        self.open.setText(tr("rag", "Open"))
        self.open.setAccessibleName(self.open.text())
        self.only.setText(tr("rag", "Search in it"))
        self.only.setAccessibleName(self.only.text())
        name_tool(self.leave, tr("rag", "Close the details"))
        if self._document is not None:
            self.show_document(self._document)
