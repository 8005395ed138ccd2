# SPDX-License-Identifier: MIT
"""Watched folders: a change on disk leads to a new comparison, once things are quiet.

A folder that goes away (unplugged, unmounted, renamed) is looked for every ten seconds and watched
again when it is back.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from bldr_desktop.common.aio import TaskScope

if TYPE_CHECKING:
    from bldr_desktop.services.reconcile import ReconcileService

_log = logging.getLogger(__name__)
QUIET = 2.0
"""Seconds without an event before a folder is compared."""
AT_LATEST = 30.0
"""Seconds after which it is compared although events go on."""
LOOK_AGAIN = 10.0
_POLL = 30.0
_MATTERS = frozenset({"created", "modified", "moved", "deleted", "closed"})


class _Handler(FileSystemEventHandler):
    """Tells the loop that something below a folder changed; runs in watchdog's thread."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        """watchdog's hook."""
        if event.event_type in _MATTERS:
            self._tell()


class _Watch:
    """One folder's watch and the clock of its last events."""

    def __init__(self) -> None:
        self.handle: Any = None
        self.observer: Any = None
        self.identity: tuple[int, int] | None = None
        self.first_event = 0.0
        self.last_event = 0.0


class FolderWatch:
    """Keeps watches in step with the folders that ask for it.

    Args:
        reconcile: Whose folders are watched and compared.
        quiet: See :data:`QUIET`.
        look_again: See :data:`LOOK_AGAIN`.
    """

    def __init__(
        self, reconcile: "ReconcileService", *, quiet: float = QUIET, look_again: float = LOOK_AGAIN
    ) -> None:
        self._reconcile = reconcile
        self._quiet, self._look_again = quiet, look_again
        self._watches: dict[Path, _Watch] = {}
        self._observer: Any = None
        self._polling: Any = None
        self._scope = TaskScope("watch")
        self._off = reconcile.changed.connect(lambda _: self._wake.set())
        self._wake = asyncio.Event()

    def start(self) -> None:
        """Begin; needs a running loop."""
        self._scope.spawn("run", self._run())

    async def close(self) -> None:
        """Let all folders go."""
        self._off()
        await self._scope.close()
        for observer in (self._observer, self._polling):
            if observer is not None:
                observer.stop()
                await asyncio.to_thread(observer.join, 5.0)
        self._watches.clear()

    async def _run(self) -> None:
        while True:
            wanted = {path for path, folder in self._reconcile.folders.items() if folder.watched}
            for path in set(self._watches) - wanted:
                self._unwatch(path)
            for path in wanted:
                await self._keep(path)
            self._check_quiet()
            self._wake.clear()
            busy = any(watch.last_event for watch in self._watches.values())
            try:
                await asyncio.wait_for(self._wake.wait(), self._quiet / 4 if busy else self._look_again)
            except TimeoutError:
                continue

    async def _keep(self, path: Path) -> None:
        """Watch a folder that is there, notice one that went or was exchanged for another."""
        watch = self._watches.get(path)
        identity = await asyncio.to_thread(_identity, path)
        if watch is not None and watch.identity == identity and identity is not None:
            return
        folder = self._reconcile.folders.get(path)
        if watch is not None:
            self._unwatch(path)
        if identity is None:
            if folder is not None and folder.missing_since is None and not folder.checking:
                self._reconcile.check(path)  # finds it missing, and says so
            return
        await asyncio.to_thread(self._watch, path, identity, asyncio.get_running_loop())
        self._reconcile.check(path)

    def _watch(self, path: Path, identity: tuple[int, int], loop: asyncio.AbstractEventLoop) -> None:
        watch = _Watch()
        watch.identity = identity

        def tell() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._on_event, path)

        handler = _Handler(tell)
        try:
            self._observer = self._observer or _started(Observer())
            watch.observer = self._observer
            watch.handle = self._observer.schedule(handler, str(path), recursive=True)
        except OSError as error:
            # The system's number of watches is used up, or the file system has no events.
            _log.info("%s is looked at every %.0f s instead of watched: %s", path, _POLL, error)
            self._polling = self._polling or _started(PollingObserver(timeout=_POLL))
            watch.observer = self._polling
            watch.handle = self._polling.schedule(handler, str(path), recursive=True)
        self._watches[path] = watch

    def _unwatch(self, path: Path) -> None:
        watch = self._watches.pop(path)
        try:
            watch.observer.unschedule(watch.handle)
        except (KeyError, OSError):
            _log.debug("%s was not watched any more", path)

    def _on_event(self, path: Path) -> None:
        watch = self._watches.get(path)
        if watch is None:
            return
        now = time.monotonic()
        if not watch.last_event:
            watch.first_event = now
            self._wake.set()
        watch.last_event = now

    def _check_quiet(self) -> None:
        now = time.monotonic()
        for path, watch in self._watches.items():
            if not watch.last_event:
                continue
            if now - watch.last_event >= self._quiet or now - watch.first_event >= AT_LATEST:
                watch.first_event = watch.last_event = 0.0
                self._reconcile.check(path)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        info = path.stat()
    except OSError:
        return None
    return info.st_dev, info.st_ino


def _started(observer: Any) -> Any:
    observer.daemon = True
    observer.start()
    return observer
