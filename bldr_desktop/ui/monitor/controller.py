# SPDX-License-Identifier: MIT
"""Between the training runs and their window: what is flushed when, and what buttons do.

The window is made when it is first opened. Nothing is flushed while it is out of sight; coming back it
shows the state as it is now.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from bldr_desktop.client.api import ApiError, NotOffered
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.services.engine_load import EngineLoad
from bldr_desktop.services.log_search import LogSearch
from bldr_desktop.services.run_log import RunLog
from bldr_desktop.services.run_report import past_runs, report_of, save_curves, save_report
from bldr_desktop.services.run_view import Liveness, liveness
from bldr_desktop.services.run_watch import RunWatch, RunWatches
from bldr_desktop.services.training_state import RunState
from bldr_desktop.ui.monitor.saving import SaveFiles, save_picture
from bldr_desktop.ui.monitor.window import MonitorWindow
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme

if TYPE_CHECKING:
    from bldr_desktop.client.api import Api
    from bldr_desktop.protocol.status import StatusData
    from bldr_desktop.services.events import EventFeed
    from bldr_desktop.services.training import TrainingRuns

TICK_MS = 1000


class Teller(Protocol):
    """Where short messages go; the main window's facade."""

    def toast(self, text: str, undo: Callable[[], None] | None = None, *, kind: str = "ok") -> None:
        """Say something at the foot of the window."""
        ...


class MonitorController(QObject):
    """Owns the monitor window.

    Args:
        api: The server, for its load and its history.
        runs: The runs.
        watches: Their logs and curves.
        feed: Connection state.
        theme: The theme in force.
        teller: Where short messages go, or None.
    """

    def __init__(
        self,
        api: "Api",
        runs: "TrainingRuns",
        watches: RunWatches,
        feed: "EventFeed",
        theme: Theme,
        teller: Teller | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runs, self._watches, self._feed = runs, watches, feed
        self._theme, self._teller = theme, teller
        self._scope = TaskScope("monitor")
        self.window: MonitorWindow | None = None
        self._job_id: str | None = None
        self._watch: RunWatch | None = None
        self._search: LogSearch | None = None
        self._log: RunLog | None = None
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._load = EngineLoad(api)
        self._api = api
        self._off = [
            runs.changed.connect(self._on_changed),
            watches.changed.connect(self._on_past_read),
            feed.link_changed.connect(lambda _link: self._on_tick()),
            feed.stale.connect(lambda _why: self._on_stale()),
            watches.forgotten.connect(lambda _none: self._on_stale()),
            self._load.changed.connect(self._on_load),
        ]

    # -- opening --------------------------------------------------------------------------

    def prepare(self) -> None:
        """Make the window, out of sight."""
        if self.window is None:
            self._make()

    def open(self, job_id: str | None = None) -> MonitorWindow:
        """Show the window on a run: this one, else the one a person most likely means."""
        window = self.window or self._make()
        run = self._runs.get(job_id) if job_id else self._runs.latest()
        if job_id or run is not None:
            self.choose(job_id or (run.job_id if run else ""))
        else:
            window.state.show_empty(
                tr("monitor", "No training yet"),
                tr("monitor", "Add documents on the File Manager panel and press Train."),
                icon="monitor",
            )
        window.show()
        window.raise_()
        window.activateWindow()
        return window

    def choose(self, job_id: str) -> None:
        """Show another run."""
        if job_id == self._job_id and self._watch is not None:
            self._show()
            return
        self._job_id = job_id
        self._watch = None
        self._scope.spawn("open", self._open(job_id))
        watch = self._watches.get(job_id)
        if watch is not None:
            self._attach(watch)
        elif self.window is not None:
            self.window.state.show_loading()

    async def _open(self, job_id: str) -> None:
        try:
            watch = await self._watches.open(job_id)
        except ApiError as error:
            if self._job_id == job_id and self.window is not None and self._watch is None:
                self.window.state.show_error(
                    error.sentence, details=str(error), retry=lambda: self.choose(job_id)
                )
            return
        if self._job_id == job_id:
            self._attach(watch)

    def _attach(self, watch: RunWatch) -> None:
        window = self.window
        if window is None:
            return
        if self._watch is not watch or self._log is not watch.log:
            self._watch, self._log = watch, watch.log
            self._search = LogSearch(watch.log)
            window.log.show_log(watch.log, self._search)
        window.state.show_content()
        self._show()

    def _make(self) -> MonitorWindow:
        window = self.window = MonitorWindow(self._theme)
        window.shown_changed.connect(self._on_shown)
        window.head.run_chosen.connect(self.choose)
        window.head.try_now.connect(self._feed.try_now)
        window.cancel_wanted.connect(lambda: self._command("cancel"))
        window.continue_wanted.connect(lambda: self._command("continue"))
        window.retry_wanted.connect(lambda: self._command("retry"))
        window.tab_changed.connect(self._on_tab)
        window.history.run_wanted.connect(self.choose)
        self._files = SaveFiles(window, self._scope, self._say)
        window.export_wanted.connect(self._on_export)
        window.log.save_wanted.connect(self._on_save_log)
        window.curves.save_wanted.connect(self._on_save_curves)
        return window

    # -- flushing -------------------------------------------------------------------------

    def _on_changed(self, keys: frozenset[str]) -> None:
        """At most 30 times a second."""
        window = self.window
        if window is None or not window.in_sight():
            return
        if self._job_id is None or self._job_id in keys:
            self._show()
        elif len(self._runs.runs) > 1:
            window.head.show_runs(self._choices(), self._job_id)

    def _show(self) -> None:
        window, watch = self.window, self._watch
        if window is None or watch is None or not window.in_sight():
            return
        run = watch.run
        window.head.show_run(run, elapsed=self.elapsed(run))
        window.show_run(run, offered=self._runs.jobs_offered)
        window.head.show_runs(self._choices(), run.job_id)
        waits = run.status is JobStatus.QUEUED
        window.log.view.set_hint(tr("monitor", "Lines come when the training begins.") if waits else "")
        window.log.grew()
        self._show_alive(window, watch)

    def _show_alive(self, window: MonitorWindow, watch: RunWatch) -> None:
        now, run = time.monotonic(), watch.run
        link = self._feed.link
        alive = liveness(run, link, now)
        heard = alive.word in {Liveness.WORKING, Liveness.SLOW}
        window.head.show_alive(run, alive)
        window.head.show_left(watch.time_left(now) if heard else None)
        window.head.show_link(link, now, polling=self._feed.polling)

    def _on_tick(self) -> None:
        """Once a second: what changes by time alone."""
        window, watch = self.window, self._watch
        if window is None or not window.in_sight():
            return
        if watch is None:
            window.head.show_link(self._feed.link, time.monotonic(), polling=self._feed.polling)
            return
        self._show_alive(window, watch)
        if window.current_tab() == "curves":
            self._show_curves(window, watch)
        if watch.run.is_active:
            window.head.facts["elapsed"].set_text(_elapsed_text(self.elapsed(watch.run)))

    def elapsed(self, run: RunState) -> float | None:
        """Seconds the run took so far, by the engine's clock for its ends and ours in between."""
        return self._runs.elapsed(run)

    def _choices(self) -> list[RunState]:
        runs = [run for run in self._runs.runs.values() if run.is_active or run.job_id == self._job_id]
        return sorted(runs, key=lambda run: run.created_at, reverse=True)

    def _on_shown(self, shown: bool) -> None:
        self._load.watch(shown)
        if shown:
            self._tick.start()
            self._show()
        else:
            self._tick.stop()

    def _on_load(self, data: "StatusData") -> None:
        if self.window is not None and self.window.in_sight():
            self.window.show_engine(data)

    def _on_tab(self, key: str) -> None:
        window, watch = self.window, self._watch
        if window is None:
            return
        if key == "curves" and watch is not None:
            self._show_curves(window, watch)
        elif key == "report" and watch is not None:
            window.report.show_report(watch.run, report_of(watch.run, self.elapsed(watch.run)))
        elif key == "history":
            self._scope.spawn("history", self._read_history(window))

    def _show_curves(self, window: MonitorWindow, watch: RunWatch) -> None:
        now = None if watch.run.is_final else self.elapsed(watch.run)
        window.curves.show_curves(watch.curves, self._load.curves, now)

    async def _read_history(self, window: MonitorWindow) -> None:
        history = window.history
        history.state.show_loading()
        try:
            history.show_runs(await past_runs(self._api))
        except NotOffered:
            history.state.show_not_offered(tr("monitor", "Run history"))
        except ApiError as error:
            history.state.show_error(
                error.sentence, details=str(error), retry=lambda: self._on_tab("history")
            )

    def _on_past_read(self, job_id: str) -> None:
        """Its picture came, or more of what lies behind it."""
        window = self.window
        if job_id == self._job_id and self._watch is not None and window is not None:
            self._attach(self._watch)
            if window.in_sight():
                window.log.reread()

    def _on_stale(self) -> None:
        """After a gap that could not be filled, the run in sight is read again."""
        watch = self._watch
        if watch is not None and not watch.run.complete and not watch.loading:
            self._scope.spawn("open", self._open(watch.run.job_id))

    # -- commands -------------------------------------------------------------------------

    def _command(self, what: str) -> None:
        if self._watch is not None:
            self._scope.spawn(what, self._do(what, self._watch.run))

    async def _do(self, what: str, run: RunState) -> None:
        try:
            if what == "cancel":
                await self._runs.cancel(run.job_id)
                return
            if what == "continue":
                other = await self._runs.continue_(run.job_id)
            else:
                other = await self._runs.retry_failed(run.job_id)
        except ApiError as error:
            self._say(error.sentence)
            return
        if other is not None and other.job_id != run.job_id:
            self.choose(other.job_id)

    def _on_export(self) -> None:
        if self._watch is not None:
            run = self._watch.run
            report = report_of(run, self.elapsed(run))
            self._files.save("report.txt", lambda path: save_report(report, path))

    def _on_save_log(self, level: str) -> None:
        if self._watch is not None:
            self._scope.spawn("save", self._save_log(self._watch.run.job_id, level))

    async def _save_log(self, job_id: str, level: str) -> None:
        """Save it whole: what is still being read is waited for."""
        try:
            log = (await self._watches.whole(job_id)).log
        except ApiError as error:
            self._say(error.sentence)
            return
        self._files.save("training.log", lambda path: log.save(path, level))

    def _on_save_curves(self, kind: str) -> None:
        window, watch = self.window, self._watch
        if window is None or watch is None:
            return
        if kind == "png":
            picture = window.curves.picture()
            self._files.save("curves.png", lambda path: save_picture(picture, path))
        else:
            curves = watch.curves
            self._files.save("curves.csv", lambda path: save_curves(curves, path))

    def _say(self, text: str, kind: str = "warn") -> None:
        if self._teller is not None:
            self._teller.toast(text, kind=kind)
        if self.window is not None and self.window.in_sight():
            self.window.banner.say("warn" if kind == "warn" else "accent", text)

    async def aclose(self) -> None:
        """Close the window and stop."""
        for off in self._off:
            off()
        self._tick.stop()
        await self._load.aclose()
        if self._search is not None:
            await self._search.aclose()
        await self._scope.close()
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None


def _elapsed_text(seconds: float | None) -> str:
    from bldr_desktop.ui.monitor.texts import duration

    return duration(seconds) if seconds is not None else "–"
