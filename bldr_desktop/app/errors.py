# SPDX-License-Identifier: MIT
"""Four error channels, one funnel (style.md rule 2): the log gets all, the person a sentence."""

import asyncio
import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger("bldr_desktop.errors")
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_HARMLESS = (
    # WORKAROUND: https://bugreports.qt.io/browse/QTBUG-84846 - no portal or no such plugin feature offscreen
    "This plugin does not support",
    "Could not register app ID",
)


class Funnel:
    """Takes what escaped anywhere. ``tell(summary)`` is called in the GUI thread, at most once for the
    same kind of error in a session."""

    def __init__(self) -> None:
        self.tell: Callable[[str], None] | None = None
        self.errors: list[BaseException] = []
        """All that was taken, for tests and diagnostics; the last hundred."""
        self._told: set[str] = set()
        self._old_hook: Any = None
        self._old_thread_hook: Any = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def install(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take over the four channels."""
        self._loop = loop
        self._old_hook, sys.excepthook = sys.excepthook, self._on_exception
        self._old_thread_hook, threading.excepthook = threading.excepthook, self._on_thread
        loop.set_exception_handler(self._on_loop)
        qInstallMessageHandler(on_qt_message)

    def remove(self) -> None:
        """Give them back."""
        sys.excepthook = self._old_hook
        threading.excepthook = self._old_thread_hook
        if self._loop is not None and not self._loop.is_closed():
            self._loop.set_exception_handler(None)
        qInstallMessageHandler(None)
        self.tell = None

    def take(self, error: BaseException, where: str) -> None:
        """Log an error whole, and tell the person once."""
        self.errors = [*self.errors[-99:], error]
        _log.error("%s", where, exc_info=(type(error), error, error.__traceback__))
        frames = error.__traceback__
        while frames is not None and frames.tb_next is not None:
            frames = frames.tb_next
        line = frames.tb_lineno if frames else 0
        kind = f"{type(error).__name__}:{frames.tb_frame.f_code.co_filename if frames else ''}:{line}"
        if self.tell is not None and kind not in self._told:
            self._told.add(kind)
            self.tell(f"{type(error).__name__}: {error}")

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            self._old_hook(kind, error, trace)
            return
        self.take(error.with_traceback(trace), "an exception escaped")

    def _on_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is None or issubclass(args.exc_type, SystemExit):
            return
        error = args.exc_value
        where = f"thread {args.thread.name if args.thread else '?'} failed"
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.take, error, where)
        else:
            _log.error("%s", where, exc_info=error)

    def _on_loop(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        message = str(context.get("message", "the event loop reported an error"))
        if isinstance(error, BaseException):
            self.take(error, message)
        else:
            _log.error("%s", message)


def on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Qt's messages go to the log."""
    if any(harmless in message for harmless in _HARMLESS):
        return
    logging.getLogger(f"qt.{context.category or 'default'}").log(
        _QT_LEVELS.get(kind, logging.WARNING), "%s", message
    )
