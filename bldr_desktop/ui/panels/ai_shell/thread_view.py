# SPDX-License-Identifier: MIT
"""The column of exchanges: follows its end while the person is there, stays put when they read above."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from bldr_desktop.services.ai_state import Exchange, Thread
from bldr_desktop.ui.panels.ai_shell.exchange_view import COLUMN, ExchangeView
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button

AT_ONCE = 30
"""Exchanges that are built; older ones come when they are asked for."""
_NEAR = 48


class ThreadView(QScrollArea):
    """Signals of its exchanges are told as its own."""

    did = Signal(str, str)
    cited = Signal(object)
    link_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("ai.messages")
        self._theme = theme
        self._views: dict[str, ExchangeView] = {}
        self._shown: list[str] = []
        self._most = AT_ONCE
        self._thread = Thread()
        self._models = False
        self._follows = True
        self._moving = False
        self.earlier = button(theme, "ai.earlier", look="quiet", icon="up")
        self.earlier.clicked.connect(self._on_earlier)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.L)
        self._column.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, Space.M, 0)
        row.addStretch(1)
        row.addLayout(self._column, 100)
        row.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)  # setWidget turned it on
        self.viewport().setAutoFillBackground(False)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._on_range)
        bar.valueChanged.connect(self._on_scrolled)
        self.retranslate()

    @property
    def views(self) -> list[ExchangeView]:
        """The exchanges in view, oldest first."""
        return [self._views[key] for key in self._shown]

    def show_thread(self, thread: Thread, *, models: bool) -> None:
        """Show a conversation; exchanges that are shown already are only brought up to date.

        Args:
            thread: The conversation.
            models: Whether there is a choice of models to ask again.
        """
        if thread is not self._thread:
            self._most, self._follows = AT_ONCE, True
        self._thread, self._models = thread, models
        wanted = thread.exchanges[-self._most :]
        keys = [item.key for item in wanted]
        for key in [key for key in self._shown if key not in keys]:
            self._drop(key)
        for place, item in enumerate(wanted):
            if item.key not in self._views:
                self._add(item, place)
            self._show(item)
        self._shown = keys
        hidden = len(thread.exchanges) - len(wanted)
        self.earlier.setVisible(hidden > 0)
        self.earlier.setText(tr("ai", "Show %n earlier question(s)", hidden))
        self.earlier.setAccessibleName(self.earlier.text())

    def show_some(self, keys: frozenset[str]) -> None:
        """Bring these exchanges up to date."""
        for item in self._thread.exchanges[-self._most :]:
            if item.key in keys and item.key in self._views:
                self._show(item)

    def to_end(self) -> None:
        """Go to the end and follow it."""
        self._follows = True
        self._on_range()

    def repaint_all(self) -> None:
        """The colours changed."""
        for view in self._views.values():
            view.repaint_all()

    def _show(self, item: Exchange) -> None:
        view = self._views[item.key]
        view.setProperty("models", self._models)
        view.show_exchange(item, last=item is self._thread.exchanges[-1])

    def _add(self, item: Exchange, place: int) -> None:
        view = ExchangeView(self._theme, item.key)
        view.setMaximumWidth(COLUMN)
        view.did.connect(self.did)
        view.cited.connect(self.cited)
        view.link_chosen.connect(self.link_chosen)
        self._views[item.key] = view
        self._column.insertWidget(place + 1, view)

    def _drop(self, key: str) -> None:
        view = self._views.pop(key)
        self._column.removeWidget(view)
        view.hide()
        view.deleteLater()

    def _on_earlier(self) -> None:
        self._most += AT_ONCE
        self._follows = False
        self.show_thread(self._thread, models=self._models)

    def _on_range(self) -> None:
        if self._follows:
            bar = self.verticalScrollBar()
            self._moving = True
            bar.setValue(bar.maximum())
            self._moving = False

    def _on_scrolled(self, value: int) -> None:
        if not self._moving:
            self._follows = value >= self.verticalScrollBar().maximum() - _NEAR

    def retranslate(self) -> None:
        """Texts; exchanges say theirs again when they are shown next."""
        self.setAccessibleName(tr("ai", "Questions and answers"))
        for view in self._views.values():
            view.retranslate()
        self.show_thread(self._thread, models=self._models)
