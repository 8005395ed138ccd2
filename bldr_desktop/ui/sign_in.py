# SPDX-License-Identifier: MIT
"""The sign-in sheet: over the window, in place. What lies below stays as it is and goes on afterwards."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from bldr_desktop.ui.qt.focus import give_back, turn_focus
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.qt.translated import Translated
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, label

_WIDTH = 460


class SignInSheet(Translated):
    """Tells ``submitted(user, password, remember)``, ``put_off`` and ``servers_asked``."""

    submitted = Signal(str, str, bool)
    put_off = Signal()
    servers_asked = Signal()

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("login.dialog")
        self._theme, self._over = theme, over
        self._before: QWidget | None = None
        self.card = QFrame()
        self.card.setProperty("look", "card")
        self.card.setFixedWidth(_WIDTH)
        shadow = QGraphicsDropShadowEffect(self.card)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 70))
        self.card.setGraphicsEffect(shadow)
        self.title = label(wrap=True)
        self.title.setFont(theme.font("title"))
        self.why = label(look="muted", wrap=True)
        self.server = QLineEdit(readOnly=True)
        self.user, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.remember = QCheckBox()
        self.error = label(look="error", wrap=True)
        self.note = label(look="muted", wrap=True)
        self.submit = button(theme, "login.submit", look="primary")
        self.later = button(theme, "login.later", look="quiet")
        self.servers = button(theme, "login.servers", look="link")
        for name in ("server", "user", "password", "remember", "error"):
            getattr(self, name).setObjectName(f"login.{name}")
        self._lay_out()
        self._connect()
        self.retranslate()
        self.hide()
        over.installEventFilter(self)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(Space.S)
        self._labels = {name: label() for name in ("server", "user", "password")}
        for name, words in self._labels.items():
            words.setBuddy(getattr(self, name))
            form.addRow(words, getattr(self, name))
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self.servers)
        foot.addStretch(1)
        foot.addWidget(self.later)
        foot.addWidget(self.submit)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self.title)
        column.addWidget(self.why)
        column.addLayout(form)
        column.addWidget(self.remember)
        column.addWidget(self.note)
        column.addWidget(self.error)
        column.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.addWidget(self.card, 0, Qt.AlignmentFlag.AlignCenter)

    def _connect(self) -> None:
        for field in (self.user, self.password):
            field.returnPressed.connect(self._send)
            field.textChanged.connect(self._on_typed)
        self.submit.clicked.connect(self._send)
        self.later.clicked.connect(lambda: self.put_off.emit())
        self.servers.clicked.connect(lambda: self.servers_asked.emit())

    def _on_typed(self) -> None:
        self.submit.setEnabled(bool(self.user.text().strip() and self.password.text()))
        self.show_error("")

    def _send(self) -> None:
        if self.submit.isEnabled():
            self.submitted.emit(self.user.text().strip(), self.password.text(), self.remember.isChecked())

    def open(self, server: str, user: str, *, again: bool, note: str = "") -> None:
        """Show it for a server; ``again`` when a session was there and is over."""
        self._again = again
        self.server.setText(server)
        if user and not self.user.text():
            self.user.setText(user)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.retranslate()
        if self.isHidden():
            self._before = self._over.window().focusWidget()
            self._place()
            self.show()
            self.raise_()
            (self.password if self.user.text() else self.user).setFocus()
        self._on_typed()

    def close_sheet(self) -> None:
        """Go away and give the focus back to where it was."""
        self.password.clear()
        self.set_busy(False)
        if self.isVisible():
            self.hide()
            give_back(self._before)
        self._before = None

    def set_busy(self, busy: bool) -> None:
        """While the server is asked."""
        for part in (self.user, self.password, self.remember):
            part.setEnabled(not busy)
        self.submit.setEnabled(not busy and bool(self.user.text() and self.password.text()))

    def show_error(self, sentence: str) -> None:
        """Say why it did not work; empty for nothing."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        if sentence:
            self.password.selectAll()
            self.password.setFocus()

    def retranslate(self) -> None:
        """Texts of the sheet."""
        again = getattr(self, "_again", False)
        self.title.setText(tr("shell", "Sign in"))
        self.why.setText(
            tr("shell", "Your session is over. Nothing is lost: everything goes on after you sign in.")
            if again
            else tr("shell", "This server wants to know who you are.")
        )
        names = {
            "server": tr("shell", "Server"),
            "user": tr("shell", "Name"),
            "password": tr("shell", "Password"),
        }
        for name, text in names.items():
            self._labels[name].setText(text)
            getattr(self, name).setAccessibleName(text)
        self.remember.setText(tr("shell", "Stay signed in on this computer"))
        self.remember.setAccessibleName(self.remember.text())
        for part, text in (
            (self.submit, tr("shell", "Sign in")),
            (self.later, tr("shell", "Not now")),
            (self.servers, tr("shell", "Other server…")),
        ):
            part.setText(text)
            part.setAccessibleName(text)
        self.setAccessibleName(tr("shell", "Sign in"))

    def _place(self) -> None:
        self.setGeometry(self._over.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: as large as what it lies over."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt's hook: what lies below the veil is not reached by Tab."""
        parts = (self.user, self.password, self.remember, self.servers, self.later, self.submit)
        return turn_focus(parts, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Escape is *not now*."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_off.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's hook: a veil over the window."""
        veil = self._theme.color("bg")
        veil.setAlpha(190)
        painter = QPainter(self)
        painter.fillRect(self.rect(), veil)
        painter.end()
