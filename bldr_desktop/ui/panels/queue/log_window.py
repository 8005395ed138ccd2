# SPDX-License-Identifier: MIT
"""The log of one job in a window of its own: whole, searched, followed, saved."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout

from bldr_desktop.client.api import ApiError
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.services.log_lines import line_text
from bldr_desktop.services.log_search import LogSearch
from bldr_desktop.services.log_store import LogStore
from bldr_desktop.services.queue import QueueService
from bldr_desktop.ui.log_words import log_words
from bldr_desktop.ui.models.job_words import title_words
from bldr_desktop.ui.qt.glue import Translated, pick_save
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import label
from bldr_desktop.ui.widgets.log_pane import LogPane

_EVERY = 0.5


class JobLogWindow(Translated):
    """Reads the log page by page, then goes on as long as the job runs."""

    def __init__(self, theme: Theme, queue: QueueService, job: Job) -> None:
        super().__init__()
        self.setObjectName("queue.logWindow")
        self.setWindowFlag(Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(900, 560)
        self.closed: Notice[str] = Notice()
        self._queue, self._job = queue, job
        self._store = LogStore()
        self._search = LogSearch(self._store)
        self._scope = TaskScope("job-log")
        self.pane = LogPane(theme, "queue")
        self.pane.show_log(self._store, self._search)
        self.pane.save_wanted.connect(lambda level: self._scope.spawn("save", self._save(level)))
        self.trouble = label(look="error", wrap=True)
        self.trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        column.addWidget(self.trouble)
        column.addWidget(self.pane, 1)
        self.retranslate()
        self._scope.spawn("read", self._read())

    async def aclose(self) -> None:
        """Stop reading."""
        await self._scope.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window goes, the job does not mind."""
        self._scope.cancel()
        self._search.ask("")
        self.pane.show_log(None)
        self._store.close()
        self.closed.emit(self._job.id)
        super().closeEvent(event)

    async def _read(self) -> None:
        after = 0
        while True:
            try:
                found = await self._queue.log_after(self._job.id, after)
            except ApiError as error:
                self.trouble.setText(error.sentence)
                self.trouble.show()
                await asyncio.sleep(4 * _EVERY)
                continue
            self.trouble.hide()
            if found.lines:
                after = found.last_seq
                self._store.append(
                    [
                        (
                            line.ts,
                            line.level,
                            line_text(line.text, line.code, line.values, log_words),
                            line.seq,
                        )
                        for line in found.lines
                    ]
                )
                self.pane.grew()
                continue
            job = self._queue.jobs.get(self._job.id)
            if job is None or job.status.is_final:
                return
            await asyncio.sleep(_EVERY)

    async def _save(self, level: str) -> None:
        target = await pick_save(
            self, tr("queue", "Save the log"), f"{self._job.type}-{self._job.id[:8]}.log"
        )
        if target is not None:
            await asyncio.to_thread(self._write, target, level)

    def _write(self, target: Path, level: str) -> None:
        self._store.save(target, level)

    def retranslate(self) -> None:
        """Texts of the window."""
        self.setWindowTitle(tr("queue", "Log — {job}", job=title_words(self._job)))
