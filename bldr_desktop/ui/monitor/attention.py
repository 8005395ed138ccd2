# SPDX-License-Identifier: MIT
"""Tells somebody who is not looking that a run has ended, and how; shows progress on the taskbar.

What is said is what the engine said: a run with failed files is not *finished* without them being
named. On Linux notifications and launcher progress go over D-Bus; where there is none, the window is
marked in the taskbar and a message at the foot of the window says it.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.services.desktop_notice import post_notice
from bldr_desktop.services.training_state import RunState
from bldr_desktop.ui.monitor import texts
from bldr_desktop.ui.qt.i18n import tr

if TYPE_CHECKING:
    from bldr_desktop.services.training import TrainingRuns

_log = logging.getLogger(__name__)
_LAUNCHER = "application://bldr-desktop.desktop"
_ON_LINUX = frozenset({"xcb", "wayland"})
_STEP = 1.0
"""Percent between two words to the taskbar."""

Say = Callable[[str, str], None]


def end_text(run: RunState) -> tuple[str, str]:
    """Title and sentence for the end of a run."""
    name = texts.run_name(run)
    done = tr("monitor", "{n} of {m} files are searchable", n=run.searchable, m=run.files_total)
    failed = tr("monitor", "%n failed", run.files_failed) if run.files_failed else ""
    facts = ", ".join(part for part in (done if run.files_total else "", failed) if part)
    titles = {
        JobStatus.COMPLETED: tr("monitor", "Training finished: {name}", name=name),
        JobStatus.FAILED: tr("monitor", "Training failed: {name}", name=name),
        JobStatus.CANCELLED: tr("monitor", "Training stopped: {name}", name=name),
        JobStatus.INTERRUPTED: tr("monitor", "Training interrupted: {name}", name=name),
    }
    title = titles[run.status or JobStatus.INTERRUPTED]
    if run.status is JobStatus.FAILED and run.error:
        return title, run.error
    return title, facts or run.message


class Attention(QObject):
    """Watches the runs.

    Args:
        runs: The runs.
        window: The main window, marked when somebody else has the focus.
        say: Where the same is said inside the window: (text, kind).
        enabled: Whether the person wants notifications, asked each time.
    """

    def __init__(
        self,
        runs: "TrainingRuns",
        window: QWidget,
        say: Say,
        enabled: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runs, self._window, self._say, self._enabled = runs, window, say, enabled
        self._scope = TaskScope("attention")
        self._shown: float | None = None
        self._off = [runs.ended.connect(self._on_ended), runs.changed.connect(self._on_changed)]

    def close(self) -> None:
        """Stop, and take progress off the taskbar."""
        for off in self._off:
            off()
        self._scope.cancel()
        self._show_progress(None)

    def _on_ended(self, run: RunState) -> None:
        if run.finished_at is None and run.heard_mono is None:
            return
        title, facts = end_text(run)
        good = run.status is JobStatus.COMPLETED and not run.files_failed
        self._say(f"{title}. {facts}" if facts else title, "ok" if good else "warn")
        if not self._enabled() or QApplication.activeWindow() is not None:
            return
        QApplication.alert(self._window)
        if QGuiApplication.platformName() in _ON_LINUX:
            name = QGuiApplication.applicationDisplayName()
            self._scope.spawn("notice", asyncio.to_thread(post_notice, name, title, facts))

    def _on_changed(self, _keys: frozenset[str]) -> None:
        active = self._runs.active()
        mean = sum(run.progress for run in active) / len(active) if active else None
        if (mean is None) != (self._shown is None) or (
            mean is not None and self._shown is not None and abs(mean - self._shown) >= _STEP
        ):
            self._show_progress(mean)

    def _show_progress(self, percent: float | None) -> None:
        self._shown = percent
        launcher_progress(percent)


def launcher_progress(percent: float | None) -> None:
    """Progress on the launcher's icon (the Unity protocol, which KDE, GNOME's dock and others follow)."""
    bus = _session_bus()
    if bus is None:
        return
    from PySide6.QtDBus import QDBusMessage

    signal = QDBusMessage.createSignal(
        "/com/canonical/unity/launcherentry/1", "com.canonical.Unity.LauncherEntry", "Update"
    )
    values: dict[str, Any] = {
        "progress-visible": percent is not None,
        "progress": (percent or 0.0) / 100.0,
    }
    signal.setArguments([_LAUNCHER, values])
    bus.send(signal)


def _session_bus() -> Any:
    if QGuiApplication.platformName() not in _ON_LINUX:
        return None
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.sessionBus()
    return bus if bus.isConnected() else None
