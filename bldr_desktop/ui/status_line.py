# SPDX-License-Identifier: MIT
"""The line at the foot: connection pill, engine and worker state, running jobs with one small bar."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QProgressBar, QWidget

from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.qt.translated import Translated
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import label
from bldr_desktop.ui.widgets.pill import Pill


class JobsButton(QAbstractButton):
    """Running jobs: their number and one bar; a click goes to the queue."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusJobs")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._words = label(look="muted")
        self._words.setFont(theme.font("caption"))
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(96)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(Space.S, 0, Space.S, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._words)
        row.addWidget(self._bar)
        self._bar.hide()

    def show_jobs(self, running: int, waiting: int, progress: float | None) -> None:
        """Show counts and the mean progress of the running ones in percent (None: not known)."""
        words = _jobs_words(running, waiting)
        self._words.setText(words)
        self._bar.setVisible(running > 0 and progress is not None)
        if progress is not None:
            self._bar.setValue(round(progress))
        said = words if progress is None else f"{words}, {progress:.0f} %"
        self.setAccessibleName(said)
        self._bar.setAccessibleName(said)
        self.setToolTip(tr("shell", "Go to the queue"))
        self.setProperty("running", running)
        self.setProperty("waiting", waiting)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Qt's hook."""
        return self._row.sizeHint()

    def paintEvent(self, _event: object) -> None:
        """Qt's hook: the parts paint themselves."""


def _jobs_words(running: int, waiting: int) -> str:
    if not running and not waiting:
        return tr("shell", "No jobs running")
    if not waiting:
        return tr("shell", "%n job(s) running", running)
    if not running:
        return tr("shell", "%n job(s) waiting", waiting)
    return tr("shell", "%n job(s) running", running) + " · " + tr("shell", "%n waiting", waiting)


class StatusLine(Translated):
    """Dumb: the window's controller tells it what to say."""

    pill_clicked = Signal()
    jobs_clicked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self.setFixedHeight(Size.STATUS)
        self.pill = Pill(theme, "connectionPill")
        self.pill.clicked.connect(lambda: self.pill_clicked.emit())
        self.detail = label(look="muted")
        self.engine = label(look="muted")
        for words in (self.detail, self.engine):
            words.setFont(theme.font("caption"))
        self.jobs = JobsButton(theme)
        self.jobs.clicked.connect(lambda: self.jobs_clicked.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, 0, Space.S, 0)
        row.setSpacing(Space.M)
        row.addWidget(self.pill)
        row.addWidget(self.detail)
        row.addStretch(1)
        row.addWidget(self.engine)
        row.addWidget(self.jobs)
        self._counts: tuple[int, int, float | None] = (0, 0, None)
        self.show_jobs(0, 0, None)

    def show_jobs(self, running: int, waiting: int, progress: float | None) -> None:
        """Show the jobs' counts and progress."""
        self._counts = (running, waiting, progress)
        self.jobs.show_jobs(running, waiting, progress)

    def show_words(self, target: QLabel, text: str, tip: str = "") -> None:
        """Set ``detail`` or ``engine``."""
        target.setText(text)
        target.setToolTip(tip)

    def retranslate(self) -> None:
        """Say the counts again."""
        self.show_jobs(*self._counts)
