# SPDX-License-Identifier: MIT
"""The upper part of the monitor: which run, how far, how long, how alive."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bldr_desktop.client.link import Link
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.services.run_view import Alive, Liveness
from bldr_desktop.services.training_state import RunState
from bldr_desktop.ui.monitor import texts
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.sizes import size
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import name_tool, tool_button
from bldr_desktop.ui.widgets.pill import Pill
from bldr_desktop.ui.widgets.progress_bar import FineProgressBar
from bldr_desktop.ui.widgets.text_line import TextLine

FACTS = ("files", "chunks", "size", "elapsed", "left")
_TONES = {JobStatus.COMPLETED: "ok", JobStatus.FAILED: "error", JobStatus.CANCELLED: "warn"}
_ALIVE_TONES = {Liveness.SLOW: "warn", Liveness.SILENT: "error", Liveness.UNKNOWN: "warn"}


class Head(Translated):
    """Shows numbers; knows no service.

    Signals:
        run_chosen: Another run was chosen, by its id.
        pin_toggled: The window should stay on top, or not.
        try_now: Reconnect without waiting.
    """

    run_chosen = Signal(str)
    pin_toggled = Signal(bool)
    try_now = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TextLine(theme, "monitor.title", font="title", elide=Qt.TextElideMode.ElideMiddle)
        self.selector = QComboBox()
        self.selector.setObjectName("monitor.runs")
        self.selector.setMinimumWidth(220)
        self.selector.setMaximumWidth(320)
        self.selector.hide()
        self.status = Pill(theme, "monitor.status")
        self.connection = Pill(theme, "monitor.connection")
        self.pin = tool_button(theme, "monitor.pin", "pin")
        self.pin.setCheckable(True)
        self.progress = FineProgressBar(theme, "monitor.progress")
        self.percent = TextLine(theme, "monitor.percent", font="title", align="right", width=112)
        self.current_file = TextLine(
            theme, "monitor.currentFile", tone="muted", elide=Qt.TextElideMode.ElideMiddle
        )
        self.alive = TextLine(theme, "monitor.alive", tone="muted", align="right")
        self.facts = {name: TextLine(theme, _fact_name(name), font="heading") for name in FACTS}
        self.time_left = self.facts["left"]
        self.titles = {name: TextLine(theme, tone="muted", font="caption") for name in FACTS}
        self._ids: list[str] = []
        self._lay_out()
        self.pin.toggled.connect(self.pin_toggled)
        self.connection.clicked.connect(self.try_now)
        self.selector.activated.connect(lambda place: self.run_chosen.emit(self._ids[place]))
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(Space.S)
        top.addWidget(self.title, 1)
        for widget in (self.selector, self.status, self.connection, self.pin):
            top.addWidget(widget)
        bar = QHBoxLayout()
        bar.setSpacing(Space.M)
        bar.addWidget(self.progress, 1)
        bar.addWidget(self.percent)
        line = QHBoxLayout()
        line.setSpacing(Space.L)
        line.addWidget(self.current_file, 3)
        line.addWidget(self.alive, 2)
        facts = QGridLayout()
        facts.setHorizontalSpacing(Space.XL)
        facts.setVerticalSpacing(0)
        for column, name in enumerate(FACTS):
            facts.addWidget(self.titles[name], 0, column)
            facts.addWidget(self.facts[name], 1, column)
            facts.setColumnStretch(column, {"left": 4, "size": 4, "files": 6}.get(name, 2))
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(Space.S)
        column_box.addLayout(top)
        column_box.addLayout(bar)
        column_box.addLayout(line)
        column_box.addSpacing(Space.XS)
        column_box.addLayout(facts)

    # -- showing --------------------------------------------------------------------------

    def show_run(self, run: RunState, *, elapsed: float | None) -> None:
        """Show the numbers of a run."""
        self.title.set_text(texts.run_name(run))
        state = "unknown" if run.status is None or run.unknown_since else run.status.value
        self.status.show_state(state, texts.status_text(run), texts.status_tone(run), run.error or "")
        tone = _TONES.get(run.status, "accent") if run.status else "muted"
        if run.status is JobStatus.COMPLETED and run.files_failed:
            tone = "warn"
        self.progress.set_progress(run.progress, tone)
        digits = 0 if run.progress >= 100 or run.progress == int(run.progress) else 1
        self.percent.set_text(f"{texts.number(run.progress, digits)} %")
        self.current_file.set_text(_now_text(run))
        self.facts["files"].set_text(_files_text(run), "warn" if run.files_failed else "text")
        self.facts["chunks"].set_text(texts.number(run.chunks))
        self.facts["size"].set_text(_size_text(run))
        self.facts["elapsed"].set_text(texts.duration(elapsed) if elapsed is not None else "–")

    def show_left(self, left: tuple[float, float] | None) -> None:
        """Show how long it will take; None: not known, nothing is shown."""
        self.time_left.set_text(texts.time_left_text(*left) if left else "")
        self.titles["left"].set_text(tr("monitor", "Time left") if left else "")

    def show_alive(self, run: RunState, alive: Alive) -> None:
        """Show the heartbeat in words."""
        self.setProperty("alive", alive.word.value)
        self.alive.set_text(texts.alive_text(run, alive), _ALIVE_TONES.get(alive.word, "muted"))

    def show_link(self, link: Link, now: float, *, polling: bool) -> None:
        """Show the connection; while it is away, how state is got meanwhile."""
        tip = texts.link_reason(link)
        if polling:
            tip += " " + tr("monitor", "Meanwhile the state is asked for every 10 s. Click to try now.")
        self.connection.show_state(
            link.state.value, texts.link_text(link, now), texts.link_tone(link), tip.strip()
        )

    def show_runs(self, runs: list[RunState], chosen: str) -> None:
        """Offer several runs to choose from; one needs no selector."""
        ids = [run.job_id for run in runs]
        labels = [f"{texts.run_name(run)} — {texts.status_text(run)}" for run in runs]
        if ids != self._ids:
            self._ids = ids
            self.selector.clear()
            self.selector.addItems(labels)
        else:
            for place, text in enumerate(labels):
                if self.selector.itemText(place) != text:
                    self.selector.setItemText(place, text)
        if chosen in ids:
            self.selector.setCurrentIndex(ids.index(chosen))
        self.selector.setVisible(len(ids) > 1)

    def retranslate(self) -> None:
        """Texts in the person's language."""
        names = {
            "files": tr("monitor", "Files"),
            "chunks": tr("monitor", "Chunks"),
            "size": tr("monitor", "Read"),
            "elapsed": tr("monitor", "Elapsed"),
            "left": "",
        }
        for name, text in names.items():
            self.titles[name].set_text(text)
        self.progress.setAccessibleName(tr("monitor", "Progress"))
        self.selector.setAccessibleName(tr("monitor", "Which run"))
        name_tool(self.pin, tr("monitor", "Keep on top"))
        for pill, text in (
            (self.status, tr("monitor", "State")),
            (self.connection, tr("monitor", "Connection")),
        ):
            if not pill.text():
                pill.setAccessibleName(text)


def _fact_name(name: str) -> str:
    return "monitor.timeLeft" if name == "left" else f"monitor.{name}"


def _now_text(run: RunState) -> str:
    """Stage and file, or what the run last said."""
    if run.is_final:
        return texts.end_text(run)
    if run.status is JobStatus.QUEUED:
        return ""  # why it waits stands beside it
    stage = texts.stage_text(run.stage)
    if run.current_file:
        name = run.current_file.replace("\\", "/").rsplit("/", 1)[-1]
        return f"{stage} · {name}" if stage else name
    return " · ".join(filter(None, (stage, run.message)))


def _files_text(run: RunState) -> str:
    if not run.files_total:
        return "–"
    said = tr(
        "monitor",
        "{n} of {m}",
        n=texts.number(run.files_done + run.files_failed),
        m=texts.number(run.files_total),
    )
    return said + (", " + tr("monitor", "%n failed", run.files_failed) if run.files_failed else "")


def _size_text(run: RunState) -> str:
    if not run.bytes_total:
        return "–"
    done, total = size(run.bytes_done), size(run.bytes_total)
    return tr("monitor", "{n} of {m}", n=done, m=total)
