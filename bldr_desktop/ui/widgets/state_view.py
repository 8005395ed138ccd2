# SPDX-License-Identifier: MIT
"""The seven states every panel has: empty, loading, content, partial, offline, not offered, error.

Content stays alive under all of them; *partial* and *offline* put a banner over it.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import button, label, set_look

Action = Callable[[], None]
LOADING_AFTER_MS = 300
LEAST_BUTTON = 160


class Message(QWidget):
    """An icon, a title, a sentence and at most one main button, in the middle of the space."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = ("info", "muted")
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = label(wrap=True)
        self._title.setFont(theme.font("heading"))
        self._text = label(look="muted", wrap=True)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setFixedWidth(200)
        self._busy.setAccessibleName("…")
        self._is_busy = False
        self._action: Action | None = None
        self.button = button(theme, "state.action", look="primary")
        self.copy = button(theme, "state.copy", look="quiet", icon="copy")
        self._action_text = self._details = ""
        self.button.clicked.connect(lambda: self._action() if self._action else None)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))
        self._lay_out()
        theme.changed.connect(self._paint_icon)
        theme.motion_changed.connect(self._show_busy)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.S)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._icon, 0, middle)
        for text in (self._title, self._text):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            text.setMaximumWidth(Size.TEXT_COLUMN)
            text.setMinimumWidth(280)
            text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(text, 20)
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self._busy, 0, middle)
        column.addSpacing(Space.S)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addStretch(1)
        row.addWidget(self.button)
        row.addWidget(self.copy)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)

    def say(
        self,
        icon: tuple[str, str],
        title: str,
        text: str = "",
        *,
        action_text: str = "",
        action: Action | None = None,
        details: str = "",
        busy: bool = False,
    ) -> None:
        """Show this; the button only where there is an action, *copy details* only with details."""
        self._icon_name, self._action, self._details = icon, action, details
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._action_text = action_text
        self.button.setAccessibleName(action_text)
        self._fit_button()
        self.button.setVisible(action is not None)
        self.copy.setText(tr("shell", "Copy details"))
        self.copy.setAccessibleName(self.copy.text())
        self.copy.setVisible(bool(details))
        self._is_busy = busy
        self._busy.setAccessibleName(title)
        self._show_busy()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What the button says may have room now, or none any more."""
        super().resizeEvent(event)
        self._fit_button()

    def _fit_button(self) -> None:
        """A text that is longer than there is room ends in «…»; the whole is the tooltip."""
        room = max(self.width() - 2 * Space.XL - 3 * Space.M, LEAST_BUTTON)
        metrics = self.button.fontMetrics()
        said = metrics.elidedText(self._action_text, Qt.TextElideMode.ElideRight, room)
        self.button.setText(said)
        self.button.setToolTip("" if said == self._action_text else self._action_text)

    def _show_busy(self) -> None:
        """A running bar, or with less motion the icon, which stands still."""
        moves = self._is_busy and not self._theme.reduced_motion
        self._busy.setVisible(moves)
        self._icon.setVisible(not moves)
        self._paint_icon()

    def _paint_icon(self) -> None:
        if self._icon.isHidden():
            return
        name, color = self._icon_name
        size = QSize(Size.ICON_XL, Size.ICON_XL)
        self._icon.setPixmap(self._theme.icon(name, color).pixmap(size))


class Banner(QFrame):
    """A line over the content: a sentence and one button."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("state.banner")
        self.setProperty("look", "banner")
        self._text = label(wrap=True)
        self.button = button(theme, "state.bannerAction", look="link")
        self._action: Action | None = None
        self.button.clicked.connect(lambda: self._action() if self._action else None)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.XS, Space.S, Space.XS)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        self.hide()

    def say(self, tone: str, text: str, action_text: str = "", action: Action | None = None) -> None:
        """Show a sentence in the tone ``warn``, ``error`` or ``accent``."""
        self._action = action
        set_look(self, "tone", tone)
        set_look(self._text, "look", tone)
        self._text.setText(text)
        self.button.setText(action_text)
        self.button.setAccessibleName(action_text)
        self.button.setVisible(action is not None)
        self.show()


class StateView(QWidget):
    """Wraps a panel's content and shows the state it is in; ``state`` is a dynamic property."""

    def __init__(self, theme: Theme, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self.message = Message(theme)
        self.banner = Banner(theme)
        self._stack = QStackedLayout()
        self._loading = QTimer(self, singleShot=True, interval=LOADING_AFTER_MS)
        self._loading.timeout.connect(self._on_loading_is_long)
        self._loading_text = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.banner)
        column.addLayout(self._stack, 1)
        self._stack.addWidget(content)  # after its layout has a parent: else it is a window for a moment
        self._stack.addWidget(self.message)
        self.setProperty("state", "content")

    @property
    def main_button(self) -> QPushButton:
        """The one button of the message."""
        return self.message.button

    def _enter(self, state: str, *, message: bool, banner: bool = False) -> None:
        self._loading.stop()
        self.setProperty("state", state)
        self.banner.setVisible(banner)
        self.content.setEnabled(state != "offline")
        self._stack.setCurrentWidget(self.message if message else self.content)

    def show_content(self) -> None:
        """All is well."""
        self._enter("content", message=False)

    def show_loading(self, text: str = "") -> None:
        """Busy; shown only if it takes longer than 300 ms."""
        self._loading_text = text or tr("shell", "Loading…")
        if self.property("state") != "loading":
            self.setProperty("state", "loading")
            self._loading.start()

    def _on_loading_is_long(self) -> None:
        self.message.say(("clock", "muted"), self._loading_text, busy=True)
        self._enter("loading", message=True)

    def show_empty(
        self,
        title: str,
        text: str = "",
        *,
        icon: str = "empty",
        action_text: str = "",
        action: Action | None = None,
    ) -> None:
        """Nothing here yet: what to do first, with one button."""
        self.message.say((icon, "muted"), title, text, action_text=action_text, action=action)
        self._enter("empty", message=True)

    def show_error(self, sentence: str, *, details: str = "", retry: Action | None = None) -> None:
        """It failed: the sentence, details to copy, retry."""
        self.message.say(
            ("error", "error"), sentence, details=details, action=retry, action_text=tr("shell", "Try again")
        )
        self._enter("error", message=True)

    def show_not_offered(self, what: str) -> None:
        """This server cannot do it; ``what`` is the thing's name."""
        self.message.say(
            ("server", "muted"),
            tr("shell", "Not offered by this server"),
            tr("shell", "{what} needs a server that has it. Everything else works.", what=what),
        )
        self._enter("not_offered", message=True)

    def show_partial(self, text: str, action_text: str = "", action: Action | None = None) -> None:
        """Content is there, some failed: how many, and a way to see them."""
        self.banner.say("warn", text, action_text, action)
        self._enter("partial", message=False, banner=True)

    def show_offline(self, since: datetime | None, try_now: Action | None = None) -> None:
        """No connection: the last known data stay, greyed, and say since when they are old."""
        when = since.astimezone().strftime("%H:%M") if since else ""
        said = (
            tr("shell", "Offline since {time}. This is what was last known.", time=when)
            if when
            else tr("shell", "Offline. This is what was last known.")
        )
        self.banner.say("warn", said, tr("shell", "Try now"), try_now)
        self._enter("offline", message=False, banner=True)
