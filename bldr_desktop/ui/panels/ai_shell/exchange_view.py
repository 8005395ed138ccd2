# SPDX-License-Identifier: MIT
"""One question with its answer: steps, thoughts, text, sources, what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bldr_desktop.protocol.ai import AiResult, Citation
from bldr_desktop.services.ai_state import Exchange, Phase
from bldr_desktop.ui.panels.ai_shell import words
from bldr_desktop.ui.panels.ai_shell.answer_body import AnswerBody
from bldr_desktop.ui.panels.ai_shell.flow import FlowLayout
from bldr_desktop.ui.panels.ai_shell.wrap_label import WrapLabel
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, set_look

COLUMN = 820
_THOUGHTS_HEIGHT = 150
_QUOTE = 700


class ExchangeView(QWidget):
    """Tells what the person did: ``did(what, key)`` with ``copy``, ``retry``, ``retry_with``, ``edit``,
    ``unqueue``; ``cited(citation)``; ``link_chosen(address)``. ``state`` is a dynamic property."""

    did = Signal(str, str)
    cited = Signal(object)
    link_chosen = Signal(str)

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__()
        self.setObjectName("ai.exchange")
        self.key = key
        self._theme = theme
        self._revision = -1
        self._citations: dict[int, Citation] = {}
        self._sources: tuple[Citation, ...] = ()
        self._thoughts = ""
        self.question = WrapLabel()
        self.files = WrapLabel("muted")
        self.steps = WrapLabel("muted")
        self.steps.setObjectName("ai.steps")
        self.fold = self._tool("ai.thoughts", "thinking")
        self.thoughts = QPlainTextEdit()
        self.body = AnswerBody(theme)
        self.note = WrapLabel()
        self.note.setObjectName("ai.note")
        self.sources = QWidget()
        self.passages = QWidget()
        self._make_actions()
        self._lay_out()
        self.body.cited.connect(self._on_cited)
        self.body.link_chosen.connect(self.link_chosen)
        self.fold.toggled.connect(self._on_fold)

    def _tool(self, name: str, icon: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName(name)
        made.setProperty("look", "chip")
        made.setCheckable(True)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setIcon(self._theme.icon(icon))
        return made

    def _make_actions(self) -> None:
        icons = {
            "copy": "copy",
            "retry": "retry",
            "retry_with": "replace",
            "edit": "edit",
            "unqueue": "undo",
        }
        self.actions_ = {
            what: button(self._theme, f"ai.{what}", look="quiet", icon=icon) for what, icon in icons.items()
        }
        for what, made in self.actions_.items():
            made.clicked.connect(lambda _checked=False, what=what: self.did.emit(what, self.key))
        self.retranslate()

    def _lay_out(self) -> None:
        bubble = QFrame()
        bubble.setProperty("look", "banner")
        bubble.setProperty("tone", "accent")
        self.question.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QVBoxLayout(bubble)
        inside.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        inside.setSpacing(Space.XS)
        inside.addWidget(self.question)
        inside.addWidget(self.files)
        self.thoughts.setObjectName("ai.thoughtsText")
        self.thoughts.setReadOnly(True)
        self.thoughts.setProperty("look", "field")
        self.thoughts.setFixedHeight(_THOUGHTS_HEIGHT)
        self.thoughts.hide()
        self.steps.setFont(self._theme.font("caption"))
        self._flow = FlowLayout(self.sources)
        self._cards = QVBoxLayout(self.passages)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(Space.S)
        actions = QHBoxLayout()
        actions.setSpacing(0)
        for made in self.actions_.values():
            actions.addWidget(made)
        actions.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.S)
        column.setSpacing(Space.S)
        for part in (bubble, self.steps, self.fold, self.thoughts, self.body, self.passages, self.note):
            column.addWidget(part)
        column.setAlignment(self.fold, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.sources)
        column.addLayout(actions)
        self.setMaximumWidth(COLUMN)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    # -- showing ------------------------------------------------------------------------------

    def show_exchange(self, item: Exchange, *, last: bool) -> None:
        """Show it as it stands."""
        if item.revision != self._revision:
            self._revision = item.revision
            self.setProperty("state", str(item.phase))
            self._show_parts(item)
        self._show_actions(item, last)

    def _show_parts(self, item: Exchange) -> None:
        self.question.say(item.question)
        self.files.say("  ·  ".join(file.name for file in item.attachments))
        said = [tr("ai", "System: {step}", step=words.step(step)) for step in item.steps]
        self.steps.say("\n".join(said) if item.result is None or len(said) > 1 else "")
        self._show_thoughts(item)
        passages = item.result is not None and item.result.mode == "passages"
        if passages and item.result is not None and item.result.citations:
            self.body.finish("")
            self._show_passages(item.result)
        elif item.phase.is_final:
            result = item.result or AiResult(text=item.text)
            self.body.finish(item.text, [c.number for c in result.citations], result.unsupported)
        else:
            self.body.grow(item.text)
        self.body.setVisible(self.body.pieces > 0)
        self._show_note(item)
        self._show_sources(item.result if not passages else None)

    def _show_thoughts(self, item: Exchange) -> None:
        self.fold.setVisible(bool(item.thoughts))
        thinks = item.phase is Phase.STREAMING and not item.text
        self.fold.setText(tr("ai", "Thinking…") if thinks else tr("ai", "Thoughts"))
        self.fold.setAccessibleName(self.fold.text())
        self._thoughts = item.thoughts
        if self.fold.isChecked():
            self._fill_thoughts()

    def _fill_thoughts(self) -> None:
        shown = self.thoughts.toPlainText()
        if self._thoughts.startswith(shown):
            cursor = self.thoughts.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            cursor.insertText(self._thoughts[len(shown) :])
        else:
            self.thoughts.setPlainText(self._thoughts)

    def _on_fold(self, opened: bool) -> None:
        self.thoughts.setVisible(opened)
        if opened:
            self._fill_thoughts()

    def _show_note(self, item: Exchange) -> None:
        tone, said = _note(item)
        set_look(self.note, "look", tone)
        self.note.say(said)

    def _show_sources(self, result: AiResult | None) -> None:
        citations = tuple(result.citations) if result is not None else ()
        if citations == self._sources:
            self.sources.setVisible(bool(citations))
            return
        self._sources = citations
        self._citations = {item.number: item for item in citations}
        _clear(self._flow)
        for item in citations:
            self._flow.addWidget(self._chip(item))
        self.sources.setVisible(bool(citations))

    def _chip(self, citation: Citation) -> QToolButton:
        chip = QToolButton()
        chip.setObjectName(f"ai.citation.{citation.number}")
        chip.setProperty("look", "chip")
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setText(words.source(citation))
        chip.setAccessibleName(tr("ai", "Open source {name}", name=chip.text()))
        chip.setToolTip("\n".join(filter(None, (citation.title, " ".join(citation.text.split())[:_QUOTE]))))
        chip.clicked.connect(lambda: self.cited.emit(citation))
        return chip

    def _show_passages(self, result: AiResult) -> None:
        _clear(self._cards)
        for item in result.citations:
            card = QFrame()
            card.setProperty("look", "card")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(Space.M, Space.S, Space.M, Space.M)
            inside.setSpacing(Space.XS)
            inside.addWidget(self._chip(item), 0, Qt.AlignmentFlag.AlignLeft)
            text = WrapLabel()
            text.say(" ".join(item.text.split()))
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            inside.addWidget(text)
            self._cards.addWidget(card)

    def _show_actions(self, item: Exchange, last: bool) -> None:
        offered = {
            "copy": item.phase.is_final and bool(item.text or item.result),
            "retry": item.phase.is_final and last,
            "retry_with": item.phase.is_final and last and bool(self.property("models")),
            "edit": item.phase.is_final and bool(item.question),
            "unqueue": item.phase is Phase.QUEUED,
        }
        for what, made in self.actions_.items():
            made.setVisible(offered[what])

    def _on_cited(self, number: int) -> None:
        if number in self._citations:
            self.cited.emit(self._citations[number])

    def retranslate(self) -> None:
        """Texts."""
        said = {
            "copy": tr("ai", "Copy"),
            "retry": tr("ai", "Ask again"),
            "retry_with": tr("ai", "With another model"),
            "edit": tr("ai", "Edit"),
            "unqueue": tr("ai", "Take back"),
        }
        tips = {"edit": tr("ai", "Edit the question and ask again; what came after it is replaced")}
        for what, made in self.actions_.items():
            made.setText(said[what])
            made.setAccessibleName(said[what])
            made.setToolTip(tips.get(what, ""))
        self.thoughts.setAccessibleName(tr("ai", "Thoughts"))
        self._revision = -1

    def repaint_all(self) -> None:
        """The colours changed."""
        self.fold.setIcon(self._theme.icon("thinking"))
        self.body.repaint_all()


def _clear(layout: "FlowLayout | QVBoxLayout") -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _note(item: Exchange) -> tuple[str, str]:
    """Tone and words of the line below the answer."""
    result = item.result
    if item.phase is Phase.FAILED:
        if not item.error and not item.code:
            return "muted", tr("ai", "This question has no answer yet.")
        return "error", words.failure(item.code, item.error)
    if item.phase is Phase.STOPPED:
        return "muted", tr("ai", "Stopped. What was written stays; it was not checked against the sources.")
    if item.phase is Phase.QUEUED:
        return "muted", tr("ai", "Waits for its turn.")
    if item.stopping:
        return "muted", tr("ai", "Stopping…")
    if item.phase in {Phase.SENDING, Phase.WAITING} and not item.text:
        if item.position:
            return "muted", tr("ai", "Waits in the engine's queue, place {n}.", n=item.position)
        return "muted", tr("ai", "Working…")
    if result is None or item.phase is not Phase.DONE:
        return "muted", ""
    return _verdict(result)


def _verdict(result: AiResult) -> tuple[str, str]:
    if result.mode == "passages":
        if not result.citations:
            return "muted", tr("ai", "Not found in your documents.")
        return "muted", tr("ai", "%n passage(s) from your documents, word for word", len(result.citations))
    if result.unsupported:
        figures = ", ".join(dict.fromkeys(mark.text for mark in result.unsupported))
        return "warn", tr("ai", "⚠ Not in the sources, check it: {figures}", figures=figures)
    if not result.supported:
        return "warn", tr("ai", "⚠ No source in your documents supports this answer.")
    return "muted", ""
