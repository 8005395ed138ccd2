# SPDX-License-Identifier: MIT
"""Questions and passages; says plainly that no model is connected."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from bldr_desktop.protocol.rag import QueryHit
from bldr_desktop.services.passages import Turn
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, label
from bldr_desktop.ui.widgets.state_view import Banner, StateView
from bldr_desktop.ui.widgets.words import place

_COLUMN = 820


class QuestionBox(QPlainTextEdit):
    """Some lines of text; Enter sends, Shift+Enter breaks the line."""

    sent = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ai.input")
        self.setProperty("look", "field")
        self.setTabChangesFocus(True)
        self.setFixedHeight(72)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self.sent.emit()
            return
        super().keyPressEvent(event)


class AiPanel(Translated):
    """Tells ``asked(question)`` and ``passage_opened(hit)``; shows turns."""

    asked = Signal(str)
    passage_opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("ai.panel")
        self._theme = theme
        self.title = label()
        self.title.setFont(theme.font("title"))
        self.state = Banner(theme)
        self._turns: list[QWidget] = []
        self._shown: list[Turn] = []
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, Space.M, 0)
        self._column.setSpacing(Space.M)
        self._column.addStretch(1)
        self.messages = QScrollArea()
        self.messages.setObjectName("ai.messages")
        self.messages.setWidgetResizable(True)
        self.messages.setWidget(inner)
        self.view = StateView(theme, self.messages)
        self.input = QuestionBox()
        self.send = button(theme, "ai.send", look="primary", icon="send")
        self.input.sent.connect(self._send)
        self.send.clicked.connect(self._send)
        self.input.textChanged.connect(self._on_typed)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self.input, 1)
        foot.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self.title)
        column.addWidget(self.state)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self._on_typed()
        self.retranslate()

    def _on_typed(self) -> None:
        self.send.setEnabled(bool(self.input.toPlainText().strip()))

    def _send(self) -> None:
        text = self.input.toPlainText().strip()
        if text:
            self.input.clear()
            self.asked.emit(text)

    def show_turns(self, turns: list[Turn]) -> None:
        """Show the turns; only those that differ are built again."""
        for number, turn in enumerate(turns):
            if number < len(self._shown) and self._shown[number] == turn:
                continue
            built = self._built(turn)
            if number < len(self._turns):
                old = self._turns[number]
                self._column.replaceWidget(old, built)
                old.deleteLater()
                self._turns[number] = built
            else:
                self._column.insertWidget(number, built)
                self._turns.append(built)
        self._shown = list(turns)
        QTimer.singleShot(0, self, self._to_end)

    def _to_end(self) -> None:
        bar = self.messages.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _built(self, turn: Turn) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        question = label(turn.question, wrap=True)
        question.setFont(self._theme.font("heading"))
        question.setMaximumWidth(_COLUMN)
        column.addWidget(question)
        column.addWidget(label(_summary(turn), look="error" if turn.error else "muted", wrap=True))
        for number, hit in enumerate(turn.hits, start=1):
            column.addWidget(self._passage(number, hit))
        return box

    def _passage(self, number: int, hit: QueryHit) -> QWidget:
        card = QFrame()
        card.setProperty("look", "card")
        card.setMaximumWidth(_COLUMN)
        column = QVBoxLayout(card)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.M)
        column.setSpacing(Space.XS)
        source = button(self._theme, f"ai.citation.{number}", look="link")
        where = place(hit)
        name = hit.designation or hit.document_name
        source.setText(f"[{number}]  {name}" + (f" · {where}" if where else ""))
        source.setAccessibleName(source.text())
        source.clicked.connect(lambda: self.passage_opened.emit(hit))
        column.addWidget(source, 0, Qt.AlignmentFlag.AlignLeft)
        text = label(" ".join(hit.chunk.split()), wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(text)
        return card

    def retranslate(self) -> None:
        """Texts of the panel; turns are built again."""
        self.setAccessibleName(tr("ai", "AI Shell"))
        self.title.setText(tr("ai", "AI Shell"))
        self.messages.setAccessibleName(tr("ai", "Questions and answers"))
        self.input.setAccessibleName(tr("ai", "Question"))
        self.input.setPlaceholderText(
            tr("ai", "Ask your documents. Enter sends, Shift+Enter breaks the line.")
        )
        self.send.setText(tr("ai", "Ask"))
        self.send.setAccessibleName(tr("ai", "Ask"))
        turns, self._shown = self._shown, []
        self.show_turns(turns)


def _summary(turn: Turn) -> str:
    if turn.busy:
        return tr("ai", "Searching…")
    if turn.error:
        return turn.error
    if turn.nothing:
        return tr("ai", "Not found in your documents.")
    return tr("ai", "%n passage(s) from your documents, word for word", len(turn.hits))
