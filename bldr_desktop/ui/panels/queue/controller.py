# SPDX-License-Identifier: MIT
"""Between the queue service and the panel."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QPoint, QSettings, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from bldr_desktop.client.api import ApiError, NotOffered, Unreachable
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.protocol.base import TRAINING_JOBS, JobStatus
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.services.queue import Outcome, QueueService
from bldr_desktop.ui.panels.queue.filters import Filters
from bldr_desktop.ui.panels.queue.log_window import JobLogWindow
from bldr_desktop.ui.panels.queue.panel import ACTIONS, ACTIVE, FINISHED, QueuePanel
from bldr_desktop.ui.qt.glue import pick_save
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.shell import Shell

_TICK_MS = 1000


class QueueController:
    """Shows the service's jobs, filtered, and carries out what the person asks.

    Args:
        panel: The view.
        queue: The live list.
        shell: The window around.
        store: Where saved views are kept.
        ask_model: Gives what puts a question into the AI Shell, or None while there is no model to ask.
    """

    def __init__(
        self,
        panel: QueuePanel,
        queue: QueueService,
        shell: Shell,
        store: QSettings,
        ask_model: Callable[[], Callable[[str], None] | None] = lambda: None,
    ) -> None:
        self._panel, self._queue, self._shell = panel, queue, shell
        self._ask_model = ask_model
        self._scope = TaskScope("queue.panel")
        self._filters = Filters(panel, store)
        self._read_at: datetime | None = None
        self._logs: dict[str, JobLogWindow] = {}
        self._pending: set[str] = set()
        self._shown = False
        self._ticks = QTimer(panel, interval=_TICK_MS)
        self._ticks.timeout.connect(self._on_tick)
        self._leave = [
            queue.changed.connect(self._on_changed),
            shell.shown_panel.connect(self._on_shown),
        ]
        panel.opened.connect(self._on_opened)
        panel.asked.connect(self._on_asked)
        panel.chosen_changed.connect(self._show_chosen)
        panel.filtered.connect(self._show_all)
        panel.dropped.connect(self._on_dropped)
        panel.menu_asked.connect(self._on_menu)
        panel.view_saved.connect(self._filters.save)
        panel.view_chosen.connect(self._on_view_chosen)
        panel.failure.ask_asked.connect(self._on_ask_model)
        self._show_all()

    async def aclose(self) -> None:
        """Stop."""
        self._ticks.stop()
        for leave in self._leave:
            leave()
        for window in tuple(self._logs.values()):
            window.close()
        await self._scope.close()

    def refresh(self) -> None:
        """Read the list again."""
        self._scope.spawn("refresh", self._queue.refresh())

    # -- showing ----------------------------------------------------------------------------

    def _on_shown(self, panel: str) -> None:
        self._shown = panel == "queue"
        if self._shown:
            self._ticks.start()
            self._show_changed(self._pending)
        else:
            self._ticks.stop()

    def _on_changed(self, ids: frozenset[str]) -> None:
        self._pending |= ids
        if self._shown or not self._panel.models[ACTIVE].rowCount():
            self._show_changed(self._pending)

    def _show_changed(self, ids: set[str]) -> None:
        """Only what changed goes to the models; what is hidden is caught up when it is shown."""
        changed, self._pending = set(ids), set()
        if "" in changed:
            changed.discard("")
            self._filters.offer(self._queue.jobs.values())
        shown = self._sorted(filter(None, map(self._queue.jobs.get, changed)))
        for model, jobs in zip(self._panel.models, shown, strict=True):
            model.apply(jobs.values(), changed - jobs.keys())
        self._show_states()
        if not changed.isdisjoint(self._panel.table.chosen()):
            self._show_chosen()

    def _show_all(self) -> None:
        jobs = self._queue.jobs
        for model, shown in zip(self._panel.models, self._sorted(jobs.values()), strict=True):
            model.apply(shown.values(), model.ids() - shown.keys())
        self._filters.offer(jobs.values())
        self._show_states()
        self._show_chosen()

    def _sorted(self, jobs: Iterable[Job]) -> tuple[dict[str, Job], dict[str, Job]]:
        """Those that the filters let through, by id: (active, finished)."""
        match = self._filters.matcher()
        both: tuple[dict[str, Job], dict[str, Job]] = ({}, {})
        for job in jobs:
            if match is None or match(job):
                both[FINISHED if job.status.is_final else ACTIVE][job.id] = job
        return both

    def _show_states(self) -> None:
        queue, panel = self._queue, self._panel
        if queue.error is None and queue.loaded:
            self._read_at = datetime.now(UTC)
        running, waiting = queue.counts()
        panel.summary.setText(
            tr("queue", "{running} running · {waiting} waiting", running=running, waiting=waiting)
        )
        ended = len(queue.jobs) - running - waiting
        panel.name_tabs(
            tr("queue", "Active  {n}", n=running + waiting), tr("queue", "Finished  {n}", n=ended)
        )
        for place, view in enumerate(panel.views):
            if isinstance(queue.error, NotOffered):
                view.show_not_offered(tr("queue", "The queue"))
            elif isinstance(queue.error, Unreachable):
                view.show_offline(self._read_at, self.refresh)
            elif queue.error is not None:
                view.show_error(queue.error.sentence, details=str(queue.error), retry=self.refresh)
            elif not queue.loaded:
                view.show_loading()
            elif panel.models[place].rowCount():
                view.show_content()
            else:
                self._show_empty(place)

    def _show_empty(self, place: int) -> None:
        view = self._panel.views[place]
        if self._filters.narrows:
            title = tr("queue", "No job fits the filters")
            view.show_empty(
                title, "", icon="filter", action_text=tr("queue", "Clear filters"), action=self._clear_filters
            )
        elif place == ACTIVE:
            view.show_empty(
                tr("queue", "Nothing to do"),
                tr("queue", "Add documents: each training appears here with its progress."),
                icon="queue",
                action_text=tr("queue", "Go to the files"),
                action=lambda: self._shell.go("files"),
            )
        else:
            view.show_empty(
                tr("queue", "No finished jobs yet"),
                tr("queue", "Jobs that have ended stay here with their log and result."),
                icon="history",
            )

    def _clear_filters(self) -> None:
        self._filters.clear()
        self._show_all()

    def _on_view_chosen(self, name: str) -> None:
        self._filters.take(name)
        self._show_all()

    def _on_tick(self) -> None:
        self._panel.models[ACTIVE].tick()

    # -- the chosen jobs --------------------------------------------------------------------

    def _chosen(self) -> list[Job]:
        jobs = self._queue.jobs
        return [jobs[key] for key in self._panel.table.chosen() if key in jobs]

    def _targets(self, action: str) -> list[Job]:
        """The chosen jobs that an action can act on."""
        return [job for job in self._chosen() if _can(action, job)]

    def _show_chosen(self) -> None:
        able: set[str] = set()
        words: dict[str, str] = {}
        for action in ACTIONS:
            count = len(self._targets(action))
            single = action in {"log", "download", "continue"}
            if count and not (single and count > 1):
                able.add(action)
            words[action] = _label(action, count)
        self._panel.name_actions(words, able)
        chosen = self._chosen()
        failure = self._panel.failure
        failure.ask.setVisible(self._ask_model() is not None)
        failure.show_job(chosen[0] if len(chosen) == 1 else None)

    def _on_asked(self, action: str) -> None:
        jobs = self._targets(action)
        if not jobs:
            return
        if action == "log":
            self._open_log(jobs[0])
        elif action == "download":
            self._scope.spawn("download", self._download(jobs[0]))
        elif action == "continue":
            self._scope.spawn("continue", self._proceed(jobs[0]))
        else:
            self._scope.spawn(action, self._command(action, [job.id for job in jobs]))

    async def _command(self, action: str, ids: list[str]) -> None:
        self._tell(await self._queue.command(action, ids))

    async def _proceed(self, job: Job) -> None:
        self._tell(await self._queue.proceed(job.id))

    def _tell(self, outcome: Outcome) -> None:
        if outcome.refusal:
            self._shell.toast(outcome.refusal, kind="warn")

    def _on_dropped(self, ids: list[str], target: str) -> None:
        """Dropped on another waiting job: its priority, so that it stands next to it."""
        wanted = self._queue.jobs.get(target)
        if wanted is not None:
            for key in ids:
                self._scope.spawn("priority", self._give_priority(key, wanted.priority))

    async def _give_priority(self, job_id: str, priority: int) -> None:
        self._tell(await self._queue.set_priority(job_id, priority))

    def _on_opened(self, job_id: str) -> None:
        job = self._queue.jobs.get(job_id)
        if job is None:
            return
        if job.type in TRAINING_JOBS:
            self._shell.open_monitor(job_id)
        else:
            self._open_log(job)

    def _open_log(self, job: Job) -> None:
        window = self._logs.get(job.id)
        if window is None:
            window = self._logs[job.id] = JobLogWindow(self._shell.theme, self._queue, job)
            window.closed.connect(self._forget_log)
        window.show()
        window.raise_()
        window.activateWindow()

    def _forget_log(self, job_id: str) -> None:
        self._logs.pop(job_id, None)

    async def _download(self, job: Job) -> None:
        try:
            name, content = await self._queue.result(job.id)
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")
            return
        target = await pick_save(self._panel, tr("queue", "Save the result"), name)
        if target is None:
            return
        try:
            Path(target).write_bytes(content)
        except OSError as error:
            self._shell.toast(error.strerror or str(error), kind="error")
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(target.parent)))

    def _on_ask_model(self, job_id: str) -> None:
        job = self._queue.jobs.get(job_id)
        put = self._ask_model()
        if job is not None and put is not None:
            question = tr("queue", "Why did this job fail, and what can I do? {error}", error=job.error or "")
            put(f"{question}\n{job.error_details or ''}".strip())

    def _on_menu(self, place: QPoint) -> None:
        menu = QMenu(self._panel)
        for action in ACTIONS:
            count = len(self._targets(action))
            if count:
                entry = menu.addAction(_label(action, count))
                entry.triggered.connect(lambda _checked=False, action=action: self._on_asked(action))
        if menu.isEmpty():
            return
        menu.popup(self._panel.table.viewport().mapToGlobal(place))


def _can(action: str, job: Job) -> bool:
    waiting, final = job.status is JobStatus.QUEUED, job.status.is_final
    match action:
        case "cancel":
            return waiting or job.status is JobStatus.RUNNING
        case "retry" | "remove":
            return final
        case "continue":
            rest = job.receipt is not None and job.receipt.can_continue
            return final and (rest or job.status is JobStatus.INTERRUPTED)
        case "raise":
            return waiting and job.priority < 9
        case "lower":
            return waiting and job.priority > 0
        case "download":
            return job.has_result
    return True


def _label(action: str, count: int) -> str:
    """What the button says, with how many jobs it will act on when there are several."""
    word = {
        "cancel": tr("queue", "Cancel"),
        "retry": tr("queue", "Retry"),
        "continue": tr("queue", "Continue"),
        "raise": tr("queue", "Raise"),
        "lower": tr("queue", "Lower"),
        "log": tr("queue", "Log"),
        "download": tr("queue", "Download"),
        "remove": tr("queue", "Remove"),
    }[action]
    return f"{word} ({count})" if count > 1 else word
