# SPDX-License-Identifier: MIT
"""Why a chosen job failed: cause, next step, details to copy."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.ui.models.job_explain import cause_in_own_words, explain
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, label

_BAD = (JobStatus.FAILED, JobStatus.INTERRUPTED)


class FailureView(Translated):
    """Hidden unless the chosen job failed, or was cancelled and left a receipt.

    Signals:
        ask_asked: The person wants the connected model's words about this job.
    """

    ask_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("queue.failure")
        self._job: Job | None = None
        self.frame = QFrame()
        self.frame.setProperty("look", "card")
        self.sentence = label(wrap=True)
        self.sentence.setFont(theme.font("strong"))
        self.cause = label(wrap=True)
        self.next_step = label(look="muted", wrap=True)
        self.copy = button(theme, "queue.copyDetails", look="quiet", icon="copy")
        self.ask = button(theme, "queue.askModel", look="quiet", icon="ai")
        inner = QVBoxLayout(self.frame)
        inner.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        inner.setSpacing(Space.XS)
        inner.addWidget(self.sentence)
        inner.addWidget(self.cause)
        row = QHBoxLayout()
        row.addWidget(self.next_step, 1)
        row.addWidget(self.ask)
        row.addWidget(self.copy)
        inner.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self.copy.clicked.connect(self._on_copy)
        self.ask.clicked.connect(lambda: self.ask_asked.emit(self._job.id) if self._job else None)
        self.ask.hide()
        self.hide()
        self.retranslate()

    def show_job(self, job: Job | None) -> None:
        """Explain this job, or nothing."""
        self._job = job
        receipt = job.receipt if job is not None and job.receipt and job.receipt.total else None
        if job is None or (job.status not in _BAD and receipt is None):
            self.hide()
            return
        if job.status in _BAD:
            cause, step = explain(job.error_code)
            said = cause_in_own_words(job.error_code) or job.error or cause
            self.sentence.setText(said)
            self.cause.setText(cause if said != cause else "")
            self.next_step.setText(step)
        elif receipt is not None:
            self.sentence.setText(
                tr("queue", "Cancelled: {kept} of {total} files are kept and searchable.",
                   kept=receipt.kept, total=receipt.total)
            )  # fmt: skip
            self.cause.setText("")
            self.next_step.setText(
                tr("queue", "«Continue» does only the rest.") if receipt.can_continue else ""
            )
        self.cause.setVisible(bool(self.cause.text()))
        self.copy.setVisible(job.status in _BAD)
        self.show()

    def _on_copy(self) -> None:
        job = self._job
        if job is None:
            return
        lines = [
            f"{job.type} {job.id}", f"status: {job.status}", f"code: {job.error_code}", f"error: {job.error}",
            f"started: {job.started_at}", f"finished: {job.finished_at}", f"attempt: {job.attempt}",
            job.error_details or "",
        ]  # fmt: skip
        QGuiApplication.clipboard().setText("\n".join(lines).strip())

    def retranslate(self) -> None:
        """Texts of the view."""
        self.setAccessibleName(tr("queue", "Why it failed"))
        self.copy.setText(tr("queue", "Copy details"))
        self.copy.setAccessibleName(tr("queue", "Copy details"))
        self.ask.setText(tr("queue", "Ask the model"))
        self.ask.setAccessibleName(tr("queue", "Ask the model"))
        self.show_job(self._job)
