# SPDX-License-Identifier: MIT
"""What is done by the clock: watched folders are trained, control questions asked, backups made.

Each call looks whether something is due and does it; it may come as often as it likes, from an engine's
own upkeep or from Celery beat.
"""

import hashlib
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bldr_desktop.engine.jobs.training.scan import FolderGone, scan
from bldr_desktop.engine.ports.jobs import JobQuery, JobStore, NewJob
from bldr_desktop.engine.services.evaluation import EvaluationService
from bldr_desktop.engine.services.jobs import JobService
from bldr_desktop.protocol.base import JobStatus, JobType

CHORE_SECONDS = {
    "sweep index": 60.0,
    "optimise index": 600.0,
    "prune events": 600.0,
    "purge documents": 3600.0,
    "watch folders": 30.0,
    "control questions": 300.0,
    "back up": 300.0,
    "trim copies": 3600.0,
}
"""Seconds between two looks of each chore."""
_ACTIVE = (JobStatus.QUEUED.value, JobStatus.RUNNING.value, JobStatus.CANCELLING.value)
_NAME = "bldr-%Y%m%d-%H%M%S.tar.gz"
_PATTERN = "bldr-*.tar.gz"
_log = logging.getLogger(__name__)


class WatchedFolders:
    """Trains folders on the engine's machine when something in them has changed.

    Args:
        folders: Absolute paths.
        jobs: The queue.
        store: Asked whether a folder is being trained already.
        memory: A file that remembers what was there when a folder was last trained.
    """

    def __init__(self, folders: Sequence[Path], jobs: JobService, store: JobStore, memory: Path) -> None:
        self._folders = tuple(folders)
        self._jobs = jobs
        self._store = store
        self._memory = memory

    def look(self) -> int:
        """Queue a training for each folder that changed; how many. A folder still being written to is
        taken when two looks in a row saw the same."""
        queued = 0
        known = self._remembered()
        for folder in self._folders:
            key = str(folder)
            try:
                now = fingerprint(folder)
            except FolderGone as gone:
                _log.warning("watched folder: %s", gone)
                continue
            trained, seen = known.get(key, ("", ""))
            known[key] = (trained, now)
            if now in (trained, _EMPTY) or now != seen or self._is_under_way(key):
                continue
            self._jobs.submit(NewJob(JobType.TRAINING, folder.name or key, None, {"folder": key}, priority=4))
            known[key] = (now, now)
            queued += 1
        self._remember(known)
        return queued

    def _is_under_way(self, folder: str) -> bool:
        rows, _ = self._store.find(JobQuery(limit=200, statuses=_ACTIVE, types=(JobType.TRAINING.value,)))
        return any(job.params.get("folder") == folder for job in rows)

    def _remembered(self) -> dict[str, tuple[str, str]]:
        try:
            body = json.loads(self._memory.read_text(encoding="utf-8"))
            return {key: (str(pair[0]), str(pair[1])) for key, pair in body.items()}
        except (OSError, ValueError, AttributeError, LookupError, TypeError):
            return {}

    def _remember(self, known: dict[str, tuple[str, str]]) -> None:
        self._memory.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._memory.with_name(f".{self._memory.name}.{os.getpid()}")
        temporary.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
        temporary.replace(self._memory)


def fingerprint(folder: Path) -> str:
    """A digest of names, sizes and times of everything below a folder.

    Raises:
        FolderGone: It is not there or cannot be read.
    """
    digest = hashlib.sha256()
    for file in scan(folder, threading.Event()):
        try:
            changed = Path(file.path).stat().st_mtime_ns
        except OSError:
            changed = 0
        digest.update(f"{file.path}\0{file.size}\0{changed}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


_EMPTY = hashlib.sha256().hexdigest()


class AskedByTheClock:
    """Asks the control questions when the last time is too long ago.

    Args:
        hours: How long; None never asks.
        jobs: The queue.
        store: Asked whether they are being asked already.
        evaluation: The questions, and when they were asked.
    """

    def __init__(
        self, hours: float | None, jobs: JobService, store: JobStore, evaluation: EvaluationService
    ) -> None:
        self._hours = hours
        self._jobs = jobs
        self._store = store
        self._evaluation = evaluation

    def look(self) -> bool:
        """Queue an evaluation if one is due."""
        if self._hours is None or not self._evaluation.questions():
            return False
        last = self._evaluation.evaluations(1)
        if last:
            age = datetime.now(UTC) - datetime.fromisoformat(last[0].created_at)
            if age.total_seconds() < self._hours * 3600:
                return False
        rows, _ = self._store.find(JobQuery(limit=1, statuses=_ACTIVE, types=(JobType.EVALUATION.value,)))
        if rows:
            return False
        self._jobs.submit(NewJob(JobType.EVALUATION, "Control questions", None, {}, priority=3))
        return True


class Backups:
    """Makes a backup when the newest one is too old, and keeps so many.

    Args:
        folder: Where they lie; None makes none.
        hours: Between two.
        keep: How many stay.
        write: Writes one into a file.
    """

    def __init__(self, folder: Path | None, hours: float, keep: int, write: Callable[[Path], object]) -> None:
        self._folder = folder
        self._hours = hours
        self._keep = keep
        self._write = write

    def look(self) -> Path | None:
        """Make one if it is due; its file."""
        if self._folder is None:
            return None
        self._folder.mkdir(parents=True, exist_ok=True)
        there = sorted(self._folder.glob(_PATTERN))
        if there and time.time() - there[-1].stat().st_mtime < self._hours * 3600:
            return None
        target = self._folder / datetime.now(UTC).strftime(_NAME)
        self._write(target)
        _log.info("backup written: %s", target)
        for old in [*there, target][: -self._keep]:
            old.unlink(missing_ok=True)
        return target
