# SPDX-License-Identifier: MIT
"""Reference cycles with Qt objects in them are collected in the window's thread, and nowhere else.

Python collects in whatever thread happens to allocate: one that reads a keyring, hashes a file or waits for
the disk. A Qt object destroyed there keeps its timers in the window's thread, and the next of them to fire
ends the application with a segmentation fault (seen; ADR 081).
"""

import gc

from PySide6.QtCore import QObject, QTimer

from bldr_desktop.common.garbage import collect_due

BUSY_MS = 50
IDLE_MS = 1_000


class Garbage(QObject):
    """Takes the collector over from Python while it lives; made and closed in the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_automatic = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=IDLE_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    def close(self) -> None:
        """Python's own way again, if it was so before."""
        self._timer.stop()
        if self._was_automatic:
            gc.enable()

    def _on_tick(self) -> None:
        busy = collect_due() or gc.get_count()[0] > gc.get_threshold()[0] // 4
        wanted = BUSY_MS if busy else IDLE_MS
        if self._timer.interval() != wanted:
            self._timer.setInterval(wanted)
