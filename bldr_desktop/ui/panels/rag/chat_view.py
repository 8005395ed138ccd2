# SPDX-License-Identifier: MIT
"""The Chat tab: questions and answers with sources, the connection, the outbox."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import button, label
from bldr_desktop.ui.widgets.pill import Pill
from bldr_desktop.ui.widgets.safe_browser import SafeBrowser
from bldr_desktop.ui.widgets.state_view import StateView

LINE_HEIGHT = Size.CONTROL + 12
"""What the style asks for a field of one line: content, padding and border."""


class ChatInput(QPlainTextEdit):
    """Enter sends, Shift and Enter makes a new line; as high as its text, up to five lines."""

    sent = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rag.chatInput")
        self.setProperty("look", "field")
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit()
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        lines = min(max(self.document().lineCount(), 1), 5)
        self.setFixedHeight(max(lines * self.fontMetrics().lineSpacing() + 22, LINE_HEIGHT))


class ChatView(Translated):
    """Puts the parts together."""

    asked = Signal(str)
    link_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.messages = SafeBrowser("rag.chatMessages")
        self.messages.setProperty("look", "bare")
        self.messages.document().setDocumentMargin(Space.L)
        self.input = ChatInput()
        self.send = button(theme, "rag.chatSend", look="primary", icon="send")
        self.link = Pill(theme, "rag.chatConnection")
        self.outbox = label(look="muted")
        self.clear = button(theme, "rag.chatClear", look="quiet", icon="delete")
        self.state = StateView(theme, self.messages)
        self._lay_out()
        self.input.sent.connect(self._on_sent)
        self.send.clicked.connect(self._on_sent)
        self.input.textChanged.connect(self._on_text)
        self.messages.anchorClicked.connect(self._on_anchor)
        self._on_text()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self.link)
        head.addWidget(self.outbox)
        head.addStretch(1)
        head.addWidget(self.clear)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self.input, 1)
        foot.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        self.send.setStyleSheet(
            f"QPushButton {{ min-height: {LINE_HEIGHT - 2}px; }}"
            f"QPushButton:focus {{ min-height: {LINE_HEIGHT - 4}px; }}"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.M, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self.state, 1)
        column.addLayout(foot)

    def _on_sent(self) -> None:
        text = self.input.toPlainText().strip()
        if text:
            self.input.clear()
            self.asked.emit(text)

    def _on_text(self) -> None:
        self.send.setEnabled(bool(self.input.toPlainText().strip()))

    def _on_anchor(self, url: QUrl) -> None:
        self.link_chosen.emit(url.toString())

    def show_messages(self, html: str) -> None:
        """Show the conversation, at its end."""
        self.messages.setHtml(html)
        bar = self.messages.verticalScrollBar()
        bar.setValue(bar.maximum())

    def retranslate(self) -> None:
        """Texts."""
        self.messages.setAccessibleName(tr("rag", "Conversation"))
        hint = tr("rag", "Ask the documents; Enter sends")
        self.input.setPlaceholderText(hint)
        self.input.setAccessibleName(tr("rag", "Question to the documents"))
        self.send.setText(tr("rag", "Ask"))
        self.send.setAccessibleName(self.send.text())
        self.clear.setText(tr("rag", "Clear"))
        self.clear.setAccessibleName(tr("rag", "Clear the conversation"))
