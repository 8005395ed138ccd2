# SPDX-License-Identifier: MIT
"""Short messages at the foot of the window, with *undo* or another thing to do. They never take the focus."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import button, label, name_tool, tool_button

SHOWN_MS = 5_000
SHOWN_WITH_UNDO_MS = 8_000
SHOWN_WARNING_MS = 15_000
MOST = 3
_ICONS = {"ok": "ok", "warn": "warn", "error": "error", "info": "info"}


class Toast(QFrame):
    """One message. ``undo`` is what its button does, ``action`` the button's word when it is no *undo*."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: str,
        undo: Callable[[], None] | None,
        parent: QWidget,
        action: str = "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setProperty("look", "card")
        self.setProperty("state", kind)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.XS, Space.XS, Space.XS)
        row.setSpacing(Space.S)
        color = {"info": "accent"}.get(kind, kind)
        sign = QLabel()
        sign.setPixmap(theme.icon(_ICONS[kind], color).pixmap(QSize(Size.ICON_L, Size.ICON_L)))
        said = label(text, wrap=True)
        said.setMaximumWidth(420)
        row.addWidget(sign)
        row.addWidget(said, 1)
        self._undo = undo
        if undo is not None:
            again = button(theme, "toast.undo", look="link")
            again.setText(action or tr("shell", "Undo"))
            again.setAccessibleName(again.text())
            again.clicked.connect(self._on_undo)
            row.addWidget(again)
        away = tool_button(theme, "toast.close", "close", self)
        name_tool(away, tr("shell", "Dismiss"))
        away.clicked.connect(self.end)
        row.addWidget(away)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.end)
        self._timer.start(
            SHOWN_WARNING_MS
            if kind == "warn"
            else SHOWN_WITH_UNDO_MS
            if undo or kind == "error"
            else SHOWN_MS
        )

    def _on_undo(self) -> None:
        if self._undo is not None:
            self._undo()
        self.end()

    def end(self) -> None:
        """Go away."""
        self._timer.stop()
        self.hide()
        self.deleteLater()


_BUTTONS = 72
"""Above the row at the foot of a panel, where its main button is: a message never covers it."""


class Toasts(QWidget):
    """The place of all toasts, above the foot of ``parent``; at most three at a time."""

    def __init__(self, theme: Theme, parent: QWidget, *, foot: int = Size.STATUS) -> None:
        super().__init__(parent)
        self._theme, self._foot, self._over = theme, foot, parent
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._shown: list[Toast] = []
        parent.installEventFilter(self)
        self.hide()

    def say(
        self, text: str, undo: Callable[[], None] | None = None, kind: str = "ok", action: str = ""
    ) -> None:
        """Show a message; the oldest leaves when there are too many."""
        while len(self._shown) >= MOST:
            self._shown.pop(0).end()
        toast = Toast(self._theme, text, kind, undo, self, action)
        toast.destroyed.connect(lambda: self._on_gone(toast))
        self._shown.append(toast)
        self._column.addWidget(toast, 0, Qt.AlignmentFlag.AlignRight)
        self.show()
        toast.show()
        self._place()

    def texts(self) -> list[str]:
        """What is being said now, the newest last."""
        return [toast.accessibleName() for toast in self._shown]

    def _on_gone(self, toast: Toast) -> None:
        if not isValid(self):
            return  # the window goes, and its toasts with it
        if toast in self._shown:
            self._shown.remove(toast)
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        if not self._shown:
            self.hide()
            return
        self.adjustSize()
        over = self._over.rect()
        bottom = over.bottom() - self._foot - _BUTTONS
        self.move(over.right() - self.width() - Space.L, bottom - self.height())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: keep the place when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
