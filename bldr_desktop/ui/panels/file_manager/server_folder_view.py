# SPDX-License-Identifier: MIT
"""A folder that the server can see: looked at first, then trained, nothing is sent."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bldr_desktop.protocol.files import ScanAnswer
from bldr_desktop.ui.panels.file_manager import words
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.sizes import size
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import button, label, set_look


class ServerFolderView(QWidget):
    """Path, scan, what was found, train. ``state`` is ``idle``, ``scanning``, ``found`` or ``error``."""

    scan_wanted = Signal(str)
    train_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("files.serverFolder")
        self._answer: ScanAnswer | None = None
        self._title = label()
        self._title.setFont(theme.font("heading"))
        self._text = label(look="muted", wrap=True)
        self.path = QLineEdit()
        self.path.setObjectName("files.serverFolder.path")
        self.scan = button(theme, "files.serverFolder.scan", icon="search")
        self.train = button(theme, "files.serverFolder.train", look="primary", icon="train")
        self._card = QFrame()
        self._card.setProperty("look", "card")
        self._found = label(wrap=True)
        self._found.setFont(theme.font("strong"))
        self._kinds = label(look="muted", wrap=True)
        self._error = label(look="error", wrap=True)
        self._error.setObjectName("files.serverFolder.error")
        self._lay_out()
        self.scan.clicked.connect(self._on_scan)
        self.path.returnPressed.connect(self._on_scan)
        self.path.textChanged.connect(lambda text: self._on_path(text))
        self.train.clicked.connect(self._on_train)
        self.retranslate()
        self._show("idle")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.path, 1)
        row.addWidget(self.scan)
        inner = QVBoxLayout(self._card)
        inner.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        inner.setSpacing(Space.S)
        inner.addWidget(self._found)
        inner.addWidget(self._kinds)
        inner.addWidget(self.train, 0, Qt.AlignmentFlag.AlignLeft)
        box = QWidget()
        box.setMaximumWidth(Size.TEXT_COLUMN + 160)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        for widget in (self._title, self._text):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self._error)
        column.addWidget(self._card)
        column.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, Space.L, 0, 0)
        outer.addWidget(box, 1)
        outer.addStretch(1)

    def _on_scan(self) -> None:
        path = self.path.text().strip()
        if path and self.scan.isEnabled():
            self.scan_wanted.emit(path)

    def _on_train(self) -> None:
        if self._answer is not None:
            self.train_wanted.emit(self._answer.path)

    def _on_path(self, text: str) -> None:
        self.scan.setEnabled(bool(text.strip()))
        if self._answer is not None and text.strip() != self._answer.path:
            self._show("idle")

    def _show(self, state: str) -> None:
        self.setProperty("state", state)
        if state != "found":
            self._answer = None
        self._card.setVisible(state == "found")
        self._error.setVisible(state == "error")
        self.scan.setEnabled(state != "scanning" and bool(self.path.text().strip()))
        self.path.setReadOnly(state == "scanning")  # not disabled: that would throw the focus out
        self.scan.setText(tr("files", "Looking…") if state == "scanning" else tr("files", "Look"))

    def show_scanning(self) -> None:
        """The server is looking."""
        if self.scan.hasFocus():
            self.path.setFocus()
        self._show("scanning")

    def show_found(self, answer: ScanAnswer) -> None:
        """What the server found; the keys are at what comes next."""
        went_on = self.path.hasFocus() and self._answer is None
        self._show("found")
        self._answer = answer
        readable = answer.scanned if answer.supported is None else answer.supported
        amount = size(answer.bytes) if answer.bytes is not None else ""
        found = tr("files", "%n file(s) can be read", readable)
        self._found.setText(f"{found}, {amount}" if amount else found)
        kinds = sorted(answer.by_type.items(), key=lambda pair: -pair[1])[:8]
        parts = [f"{kind.lstrip('.').upper() or '?'} {words.number(count)}" for kind, count in kinds]
        if answer.unsupported:
            parts.append(tr("files", "%n cannot be read and are left out", answer.unsupported))
        self._kinds.setText(" · ".join(parts))
        self.train.setEnabled(readable > 0)
        if went_on and readable > 0:
            self.train.setFocus()

    def show_error(self, sentence: str) -> None:
        """The server said no."""
        self._show("error")
        self._error.setText(sentence)

    def show_path(self, path: str) -> None:
        """Set the field."""
        set_look(self.path, "state", "")
        self.path.setText(path)

    def retranslate(self) -> None:
        """All words."""
        self._title.setText(tr("files", "A folder on the server"))
        self._text.setText(
            tr(
                "files",
                "For documents that lie where the server can see them, such as a network share. "
                "They are read in place; nothing is uploaded, moved or changed.",
            )
        )
        self.path.setPlaceholderText(tr("files", "Path as the server sees it, e.g. /srv/norms"))
        self.path.setAccessibleName(tr("files", "Path of the folder"))
        self.scan.setText(tr("files", "Look"))
        self.train.setText(tr("files", "Train this folder"))
        for made in (self.scan, self.train):
            made.setAccessibleName(made.text())
        if self._answer is not None:
            self.show_found(self._answer)
