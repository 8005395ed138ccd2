# SPDX-License-Identifier: MIT
"""The training monitor: a window of its own. Closing it stops nothing."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QTabWidget, QVBoxLayout, QWidget

from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.status import StatusData
from bldr_desktop.services.training_state import RunState
from bldr_desktop.ui.monitor import texts
from bldr_desktop.ui.monitor.curves import CurvesTab
from bldr_desktop.ui.monitor.head import Head
from bldr_desktop.ui.monitor.history import HistoryTab
from bldr_desktop.ui.monitor.problems import ProblemsView
from bldr_desktop.ui.monitor.report import ReportView, receipt_text
from bldr_desktop.ui.monitor.stages import StagesView, stage_rows
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.sizes import size
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, label
from bldr_desktop.ui.widgets.log_pane import LogPane
from bldr_desktop.ui.widgets.state_view import Banner, StateView
from bldr_desktop.ui.widgets.text_line import TextLine


class MonitorWindow(Translated):
    """Shows what it is handed and says what the person did.

    Signals:
        shown_changed: It came into sight or left it: flushing is worth it, or not.
        cancel_wanted, continue_wanted, retry_wanted, export_wanted: buttons.
        tab_changed: Another tab was chosen, by its key.
    """

    shown_changed = Signal(bool)
    cancel_wanted = Signal()
    continue_wanted = Signal()
    retry_wanted = Signal()
    export_wanted = Signal()
    tab_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("monitor.window")
        self.resize(1060, 760)
        self.setMinimumSize(760, 520)
        self._theme = theme
        self.head = Head(theme)
        self.stages = StagesView(theme)
        self.stages_title = label(look="muted")
        self.problems = ProblemsView(theme)
        self.log = LogPane(theme, "monitor")
        self.curves = CurvesTab(theme)
        self.report = ReportView(theme)
        self.history = HistoryTab(theme)
        self.engine_title = label(look="muted")
        self.engine_title.hide()
        self.engine = TextLine(theme, "monitor.engine")
        self.engine_more = TextLine(theme, "monitor.engineMore", tone="muted", font="caption")
        self.banner = Banner(theme)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("monitor.tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.retry = button(theme, "monitor.retryFailed", icon="retry")
        self.go_on = button(theme, "monitor.continue", look="primary", icon="play")
        self.cancel = button(theme, "monitor.cancel", look="danger", icon="stop")
        self.export = button(theme, "monitor.export", icon="download")
        self._keys: list[str] = []
        self._problem_count = 0
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        side = QWidget()
        side_column = QVBoxLayout(side)
        side_column.setContentsMargins(0, Space.S, Space.M, 0)
        side_column.setSpacing(Space.XS)
        side_column.addWidget(self.stages_title)
        side_column.addWidget(self.stages, 1)
        side_column.addWidget(self.engine_title)
        side_column.addWidget(self.engine)
        side_column.addWidget(self.engine_more)
        self.add_tab("log", self.log)
        self.add_tab("problems", self.problems)
        self.add_tab("curves", self.curves)
        self.add_tab("report", self.report)
        self.add_tab("history", self.history)
        pages = QWidget()
        pages_column = QVBoxLayout(pages)
        pages_column.setContentsMargins(Space.M, 0, 0, 0)
        pages_column.addWidget(self.tabs)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setObjectName("monitor.splitter")
        body.addWidget(side)
        body.addWidget(pages)
        body.setStretchFactor(0, 0)
        body.setStretchFactor(1, 1)
        body.setSizes([310, 730])
        body.setChildrenCollapsible(False)
        content = QWidget()
        content_column = QVBoxLayout(content)
        content_column.setContentsMargins(0, 0, 0, 0)
        content_column.setSpacing(Space.M)
        card = QFrame()
        card.setProperty("look", "card")
        card_column = QVBoxLayout(card)
        card_column.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        card_column.addWidget(self.head)
        content_column.addWidget(card)
        content_column.addWidget(self.banner)
        content_column.addWidget(body, 1)
        content_column.addLayout(self._foot())
        self.state = StateView(self._theme, content)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.M)
        column.addWidget(self.state)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self.export)
        foot.addStretch(1)
        for widget in (self.retry, self.go_on, self.cancel):
            foot.addWidget(widget)
        return foot

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.cancel_wanted)
        self.go_on.clicked.connect(self.continue_wanted)
        self.retry.clicked.connect(self.retry_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.head.pin_toggled.connect(self.set_pinned)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        close = QShortcut(QKeySequence.StandardKey.Close, self)
        close.activated.connect(self.close)

    def add_tab(self, key: str, widget: QWidget) -> None:
        """Add a tab under a stable key; its title comes from ``retranslate``."""
        self._keys.append(key)
        self.tabs.addTab(widget, "")

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(self._keys.index(key))

    def current_tab(self) -> str:
        """The key of the tab in front."""
        return self._keys[self.tabs.currentIndex()]

    # -- showing --------------------------------------------------------------------------

    def show_run(self, run: RunState, *, offered: bool) -> None:
        """Stages, problems and what can be done now; ``offered``: this server knows jobs."""
        self.stages.rows.show(stage_rows(run))
        problems = run.troubled()
        self.problems.rows.show(problems)
        if len(problems) != self._problem_count:
            self._problem_count = len(problems)
            self._name_tabs()
        retryable = len(run.retryable()) if offered and not run.synthetic else 0
        self.retry.setVisible(retryable > 0)
        self._set(self.retry, tr("monitor", "Retry %n failed", retryable))
        self.cancel.setVisible(run.is_active and offered and not run.synthetic)
        self.cancel.setEnabled(run.status is not None and run.status.value != "cancelling")
        receipt = run.receipt
        can_continue = run.is_final and receipt is not None and receipt.can_continue
        self.go_on.setVisible(can_continue or run.status is JobStatus.INTERRUPTED)
        if receipt is not None:
            self.banner.say("warn", receipt_text(run))
        else:
            self.banner.hide()
        self.export.setEnabled(run.is_final)
        percent = f"{int(run.progress)} % · " if run.is_active else ""
        self.setWindowTitle(f"{percent}{texts.run_name(run)} – {texts.status_text(run)}")

    def show_engine(self, data: StatusData) -> None:
        """What the engine is using now, in one line."""
        parts: list[str] = []
        more: list[str] = []
        if data.cpu_percent is not None:
            parts.append(tr("monitor", "CPU {n} %", n=texts.number(data.cpu_percent)))
        if data.memory_bytes is not None:
            parts.append(size(data.memory_bytes))
        if data.disk_free_bytes is not None:
            more.append(tr("monitor", "{n} free", n=size(data.disk_free_bytes)))
        if data.workers is not None:
            more.append(
                tr("monitor", "{n} of {all} readers busy", n=data.workers_busy or 0, all=data.workers)
            )
        self.engine.set_text(" · ".join(parts))
        self.engine_more.set_text(" · ".join(more))
        self.engine_title.setVisible(bool(parts or more))

    def _set(self, widget: QWidget, text: str) -> None:
        if widget.property("text") != text:
            widget.setProperty("text", text)
            widget.setAccessibleName(text)

    def set_pinned(self, pinned: bool) -> None:
        """Keep the window above the others, or not."""
        if pinned == bool(self.windowFlags() & Qt.WindowType.WindowStaysOnTopHint):
            return
        was_visible = self.isVisible()
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, pinned)
        if was_visible:
            self.show()
        self.head.pin.setChecked(pinned)

    def in_sight(self) -> bool:
        """True while there is somebody to paint for."""
        return self.isVisible() and not self.isMinimized()

    # -- Qt's hooks -----------------------------------------------------------------------

    def _on_tab_changed(self, place: int) -> None:
        self.tab_changed.emit(self._keys[place])

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's hook."""
        super().showEvent(event)
        if self.focusWidget() is None:
            self.log.view.setFocus()
        self.shown_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's hook."""
        super().hideEvent(event)
        self.shown_changed.emit(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's hook: the window goes, the run goes on."""
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's hook: minimised windows are not flushed."""
        if event.type() == QEvent.Type.WindowStateChange:
            self.shown_changed.emit(self.in_sight())
        super().changeEvent(event)

    def _name_tabs(self) -> None:
        problems = tr("monitor", "Problems")
        if self._problem_count:
            problems += f" ({self._problem_count})"
        names = {
            "log": tr("monitor", "Log"),
            "problems": problems,
            "curves": tr("monitor", "Curves"),
            "report": tr("monitor", "Report"),
            "history": tr("monitor", "History"),
        }
        for place, key in enumerate(self._keys):
            self.tabs.setTabText(place, names[key])

    def retranslate(self) -> None:
        """Texts in the person's language."""
        self._name_tabs()
        self.stages_title.setText(tr("monitor", "Where the time goes"))
        self.engine_title.setText(tr("monitor", "Engine"))
        self.stages.retranslate()
        self.problems.retranslate()
        self.report.retranslate()
        self._set(self.cancel, tr("monitor", "Stop"))
        self._set(self.go_on, tr("monitor", "Continue with the rest"))
        self._set(self.export, tr("monitor", "Save report…"))
        self.cancel.setToolTip(tr("monitor", "What is finished stays searchable."))
        self.tabs.setAccessibleName(tr("monitor", "Log, problems, curves, report"))
