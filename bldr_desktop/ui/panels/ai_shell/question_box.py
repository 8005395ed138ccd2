# SPDX-License-Identifier: MIT
"""Where a question is written, with the files that go with it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from bldr_desktop.services.ai_state import Attachment
from bldr_desktop.ui.panels.ai_shell.flow import FlowLayout
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.reasons import reason
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import button, name_tool, tool_button

_LINES = 7


def dropped_files(event: QDropEvent) -> list[Path]:
    """Local files of a drop, folders left out."""
    urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
    return [path for url in urls if url.isLocalFile() and (path := Path(url.toLocalFile())).is_file()]


class QuestionText(QPlainTextEdit):
    """Enter sends, Shift+Enter breaks the line, Esc stops, Up in the empty box takes the last question."""

    sent = Signal()
    stopped = Signal()
    last_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ai.input")
        self.setProperty("look", "field")
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # files are taken by the panel
        self.textChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self.sent.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.stopped.emit()
        elif event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.last_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        lines = min(max(self.document().lineCount(), 2), _LINES)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 24)


class QuestionBox(Translated):
    """Tells ``sent(text)``, ``stopped``, ``attach_asked``, ``detached(key)``, ``last_wanted``."""

    sent = Signal(str)
    stopped = Signal()
    attach_asked = Signal()
    detached = Signal(str)
    last_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ready = True
        self.text = QuestionText()
        self.send = button(theme, "ai.send", look="primary", icon="send")
        self.stop = button(theme, "ai.stop", icon="stop")
        self.attach = tool_button(theme, "ai.attach", "attach")
        self.files = QWidget()
        self._flow = FlowLayout(self.files)
        self._lay_out()
        self.text.sent.connect(self._on_sent)
        self.send.clicked.connect(self._on_sent)
        self.text.stopped.connect(self.stopped)
        self.stop.clicked.connect(self.stopped)
        self.attach.clicked.connect(self.attach_asked)
        self.text.last_wanted.connect(self.last_wanted)
        self.text.textChanged.connect(self._on_typed)
        self.stop.hide()
        self.files.hide()
        self._on_typed()
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        bottom = Qt.AlignmentFlag.AlignBottom
        row.addWidget(self.attach, 0, bottom)
        row.addWidget(self.text, 1)
        row.addWidget(self.stop, 0, bottom)
        row.addWidget(self.send, 0, bottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.files)
        column.addLayout(row)

    def show_files(self, items: list[Attachment]) -> None:
        """Show the files of the next question; a click on one takes it away."""
        while self._flow.count():
            old = self._flow.takeAt(0)
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for item in items:
            self._flow.addWidget(self._chip(item))
        self._ready = all(item.state != "sending" for item in items)
        self.files.setVisible(bool(items))
        self._on_typed()

    def _chip(self, item: Attachment) -> QToolButton:
        chip = QToolButton()
        chip.setObjectName(f"ai.file.{item.key}")
        chip.setProperty("look", "chip")
        chip.setProperty("state", item.state)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icon = {"sending": ("upload", "muted"), "failed": ("error", "error")}.get(
            item.state, ("file", "accent")
        )
        chip.setIcon(self._theme.icon(*icon))
        chip.setMaximumHeight(Size.CONTROL)
        said = {
            "sending": tr("ai", "{name} is being sent", name=item.name),
            "failed": f"{item.name}: {reason('', item.problem)}",
        }.get(item.state, item.name)
        chip.setText(said)
        name_tool(chip, tr("ai", "Take away {name}", name=item.name))
        chip.clicked.connect(lambda: self.detached.emit(item.key))
        return chip

    def show_busy(self, busy: bool) -> None:
        """Something is being answered: *stop* is there; further questions are queued."""
        self.stop.setVisible(busy)

    def put(self, text: str) -> None:
        """Put a question into the box, at its end."""
        self.text.setPlainText(text)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.text.setFocus()

    def _on_typed(self) -> None:
        self.send.setEnabled(self._ready and bool(self.text.toPlainText().strip()))

    def _on_sent(self) -> None:
        text = self.text.toPlainText().strip()
        if text and self._ready:
            self.text.clear()
            self.sent.emit(text)

    def retranslate(self) -> None:
        """Texts."""
        self.text.setAccessibleName(tr("ai", "Question"))
        self.text.setPlaceholderText(
            tr(
                "ai",
                "Ask your documents. Enter sends, Shift+Enter breaks the line. Files can be dropped here.",
            )
        )
        self.send.setText(tr("ai", "Ask"))
        self.send.setAccessibleName(tr("ai", "Ask"))
        self.stop.setText(tr("ai", "Stop"))
        self.stop.setAccessibleName(tr("ai", "Stop the answer"))
        self.stop.setToolTip(tr("ai", "Stop the answer (Esc)"))
        name_tool(self.attach, tr("ai", "Attach files"))


class DropTarget(QWidget):
    """Takes files dropped anywhere on it: ``files_dropped(paths)``."""

    files_dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's hook."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Qt's hook."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's hook."""
        paths = dropped_files(event)
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)
