# SPDX-License-Identifier: MIT
"""The page that lists services with their state and reasons, and starts and stops those of this computer."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from bldr_desktop.services.local_services import ServiceRow, ServicesState
from bldr_desktop.services.settings import Settings
from bldr_desktop.ui.part_words import part_name, part_words
from bldr_desktop.ui.qt.i18n import mark, tr
from bldr_desktop.ui.settings.rows import SettingsPage
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, hairline, label, set_look

_WORDS = {
    "healthy": mark("services", "runs"),
    "off": mark("services", "not used"),
    "degraded": mark("services", "with limits"),
    "unhealthy": mark("services", "does not answer"),
    "waiting": mark("services", "waits"),
    "starting": mark("services", "starts"),
    "restarting": mark("services", "is started again"),
    "failed": mark("services", "failed"),
    "stopped": mark("services", "stopped"),
}
_LOOKS = {
    "healthy": "ok", "degraded": "warn", "unhealthy": "error", "failed": "error", "starting": "warn",
    "restarting": "warn",
}  # fmt: skip


class ServiceTable(QWidget):
    """Rows of name, state and reason; made anew only when they change."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._rows: tuple[ServiceRow, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnMinimumWidth(0, 150)
        self._grid.setColumnMinimumWidth(1, 130)
        self._grid.setColumnStretch(2, 1)

    def show_rows(self, rows: Sequence[ServiceRow], *, again: bool = False) -> None:
        """Show these."""
        if tuple(rows) == self._rows and not again:
            return
        self._rows = tuple(rows)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for number, row in enumerate(self._rows):
            for column, cell in enumerate(_cells(row)):
                cell.setAlignment(Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(cell, number, column)
        self.setAccessibleName("; ".join(f"{part_name(row.name)}: {_state(row)}" for row in self._rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A grid does not ask wrapped labels how high they are at their width: long reasons would be cut."""
        super().resizeEvent(event)
        for cell in self.findChildren(QLabel):
            if cell.wordWrap():
                cell.setMinimumHeight(max(0, cell.heightForWidth(cell.width())))

    def retranslate(self) -> None:
        """Say all words again."""
        self.show_rows(self._rows, again=True)


class ServicesPage(SettingsPage):
    """Tells ``start_asked(profile)`` and ``stop_asked()``; ``watched(bool)`` while somebody looks."""

    start_asked = Signal(str)
    stop_asked = Signal()
    watched = Signal(bool)

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__(theme, settings, "services", lambda: tr("services", "Services"))
        self._state = ServicesState()
        self.parts = ServiceTable("settings.services.parts")
        self.services = ServiceTable("settings.services.list")
        self._engine_title = self._heading(lambda: tr("services", "The engine you are connected to"))
        self._local_title = self._heading(lambda: tr("services", "Engine for an office, on this computer"))
        self.nothing = label(look="muted", wrap=True)
        self.problem = label(look="error", wrap=True)
        self.problem.setObjectName("settings.services.problem")
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.address = label(wrap=True)
        self.address.setObjectName("settings.services.address")
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.profile = QComboBox()
        self.profile.setObjectName("settings.services.profile")
        self.start = button(theme, "settings.services.start", look="primary", icon="play")
        self.stop = button(theme, "settings.services.stop", icon="stop")
        self.start.clicked.connect(lambda: self.start_asked.emit(str(self.profile.currentData())))
        self.stop.clicked.connect(self.stop_asked)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        for control in (self.profile, self.start, self.stop):
            row.addWidget(control)
        row.addStretch(1)
        parts: tuple[QWidget, ...] = (
            self._engine_title, self.parts, hairline(), self._local_title, self.nothing, self.services,
            self.address, self.problem,
        )  # fmt: skip
        for number, widget in enumerate(parts, 1):
            self.body.insertWidget(number, widget)
        self.body.insertLayout(len(parts) + 1, row)
        self.say(self.start, lambda: tr("services", "Start"))
        self.say(self.stop, lambda: tr("services", "Stop"))
        self.retranslate()

    def _heading(self, says: Callable[[], str]) -> QLabel:
        made = label()
        made.setFont(self.theme.font("strong"))
        self.say(made, says)
        return made

    def show_state(self, state: ServicesState) -> None:
        """Show what is known."""
        self._state = state
        self.parts.show_rows(state.parts)
        self.services.show_rows(state.services)
        self.services.setVisible(bool(state.services))
        self.nothing.setVisible(not state.services)
        self.address.setVisible(state.up)
        self.profile.setEnabled(not state.up and not state.busy)
        self.start.setEnabled(not state.up and not state.busy)
        self.stop.setEnabled(state.up and not state.busy)
        self._say_state()

    def _say_state(self) -> None:
        state = self._state
        self.nothing.setText(
            tr("services", "Being started; this takes some seconds.")
            if state.busy == "starting"
            else tr(
                "services",
                "Nothing runs. Start brings up what the chosen set needs, watches it, and goes on when this "
                "window is closed.",
            )
        )
        self.address.setText(
            tr(
                "services",
                "Address: {url}\nAdd the first person with: {command}",
                url=state.url,
                command=f'bldr-engine user add NAME --role admin --data-dir "{state.folder}"',
            )
        )
        self.problem.setText(state.problem)
        self.problem.setVisible(bool(state.problem))
        set_look(self.problem, "look", "error")

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks."""
        super().showEvent(event)
        self.watched.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.watched.emit(False)

    def retranslate(self) -> None:
        """Say all texts again."""
        super().retranslate()
        chosen = self.profile.currentData()
        self.profile.clear()
        self.profile.addItem(tr("services", "Cluster: Redis, Postgres, Celery"), "cluster")
        self.profile.addItem(tr("services", "One engine with SQLite"), "embedded")
        self.profile.setCurrentIndex(max(0, self.profile.findData(chosen)))
        self.profile.setAccessibleName(tr("services", "What to start"))
        self.parts.retranslate()
        self.services.retranslate()
        self._say_state()


def _state(row: ServiceRow) -> str:
    known = _WORDS.get(row.state)
    return tr("services", known) if known else row.state


def _cells(row: ServiceRow) -> tuple[QLabel, QLabel, QLabel]:
    reason = part_words(row.reason) or (row.address if row.address != row.name else "")
    last = label(reason, look="muted", wrap=True)
    last.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label(part_name(row.name)), label(_state(row), look=_LOOKS.get(row.state, "muted")), last
