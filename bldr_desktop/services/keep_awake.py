# SPDX-License-Identifier: MIT
"""Keeps the computer from going to sleep while jobs run, with what the system has for it."""

import contextlib
import ctypes
import logging
import shutil
import subprocess
import sys

from bldr_desktop.services.queue import QueueService
from bldr_desktop.services.settings import Settings

_log = logging.getLogger(__name__)
KEY = "desktop.keep_awake"
_WHO = "Bldr Desktop"
_ES_CONTINUOUS, _ES_SYSTEM_REQUIRED = 0x80000000, 0x00000001


def inhibitor() -> list[str] | None:
    """The command that keeps the system awake for as long as it runs (it ends when its stdin closes)."""
    if sys.platform == "darwin":
        return ["caffeinate", "-i", "cat"]
    tool = shutil.which("systemd-inhibit")
    if tool is None:
        return None
    return [tool, "--what=idle:sleep", f"--who={_WHO}", "--why=Training", "--mode=block", "cat"]


class KeepAwake:
    """Holds while the queue has running jobs and the setting is on."""

    def __init__(self, queue: QueueService, settings: Settings, command: list[str] | None = None) -> None:
        self.held = False
        self._queue, self._settings = queue, settings
        self._command = command if command is not None else inhibitor()
        self._child: subprocess.Popen[bytes] | None = None
        self._leave = [
            queue.changed.connect(lambda _ids: self._follow()),
            settings.changed.connect(lambda key: self._follow() if key == KEY else None),
        ]

    def close(self) -> None:
        """Let go, for good."""
        for leave in self._leave:
            leave()
        self._release()

    def _follow(self) -> None:
        wanted = self._settings.flag(KEY) and bool(self._queue.running())
        if wanted and not self.held:
            self._hold()
        elif not wanted and self.held:
            self._release()

    def _hold(self) -> None:
        self.held = True
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED)
            return
        if self._command is None:
            return
        quiet = subprocess.DEVNULL
        try:
            self._child = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)
        except OSError as error:
            _log.info("the system cannot be kept awake: %s", error.strerror)

    def _release(self) -> None:
        self.held = False
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(_ES_CONTINUOUS)
            return
        child, self._child = self._child, None
        if child is None or child.stdin is None:
            return
        with contextlib.suppress(OSError):
            child.stdin.close()
        try:
            child.wait(1.0)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait(1.0)
