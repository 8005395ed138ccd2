# SPDX-License-Identifier: MIT
"""Between the queue service and the panel."""

from datetime import UTC, datetime

from bldr_desktop.client.api import NotOffered, Unreachable
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.services.queue import QueueService
from bldr_desktop.ui.panels.queue.panel import QueuePanel
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.shell import Shell


class QueueController:
    """Shows the service's jobs and states."""

    def __init__(self, panel: QueuePanel, queue: QueueService, shell: Shell) -> None:
        self._panel, self._queue, self._shell = panel, queue, shell
        self._scope = TaskScope("queue.panel")
        self._read_at: datetime | None = None
        self._leave = [
            queue.changed.connect(lambda _ids: self._show()),
            shell.shown_panel.connect(self._on_shown),
        ]
        panel.opened.connect(shell.open_monitor)
        self._show()

    async def aclose(self) -> None:
        """Stop."""
        for leave in self._leave:
            leave()
        await self._scope.close()

    def refresh(self) -> None:
        """Read the list again."""
        self._scope.spawn("refresh", self._queue.refresh())

    def _on_shown(self, panel: str) -> None:
        if panel == "queue":
            self._show()

    def _show(self) -> None:
        queue, view = self._queue, self._panel.view
        self._panel.model.follow(queue.jobs.values())
        running, waiting = len(queue.running()), len(queue.waiting())
        self._panel.summary.setText(
            tr("queue", "{running} running · {waiting} waiting", running=running, waiting=waiting)
        )
        if queue.error is None:
            self._read_at = datetime.now(UTC)
        if isinstance(queue.error, NotOffered):
            view.show_not_offered(tr("queue", "The queue"))
        elif isinstance(queue.error, Unreachable):
            view.show_offline(self._read_at, self.refresh)
        elif queue.error is not None:
            view.show_error(queue.error.sentence, details=str(queue.error), retry=self.refresh)
        elif not queue.loaded:
            view.show_loading()
        elif not queue.jobs:
            view.show_empty(
                tr("queue", "No jobs yet"),
                tr("queue", "Add documents: each training appears here with its progress."),
                icon="queue",
                action_text=tr("queue", "Go to the files"),
                action=lambda: self._shell.go("files"),
            )
        else:
            view.show_content()
