# SPDX-License-Identifier: MIT
"""Folders compared with what is trained, by content: what is missing, gone, changed, failed, empty, twice.

The comparison is the pre-flight of the whole folder plus what the engine has of it and the disk
has no more; nothing is sent or changed by looking.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from bldr_desktop.client.sources import Source
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol.training import TrainRequest
from bldr_desktop.services.preflight import Candidate, Preflight, PreflightService, Verdict

if TYPE_CHECKING:
    from bldr_desktop.services.documents import BulkDone, DocumentsService
    from bldr_desktop.services.training import TrainingRuns
    from bldr_desktop.services.transfer_journal import Journal
    from bldr_desktop.services.transfers import TransferService

_log = logging.getLogger(__name__)


class Difference(StrEnum):
    """How a file of a folder stands to what is trained."""

    NOT_TRAINED = "not_trained"
    CHANGED = "changed"
    GONE = "gone"
    FAILED = "failed"
    EMPTY = "empty"
    DUPLICATE = "duplicate"
    TRAINED = "trained"


NEEDS_SOMEBODY = (Difference.NOT_TRAINED, Difference.CHANGED, Difference.GONE, Difference.FAILED)


@dataclass(frozen=True, slots=True)
class FolderFile:
    """One file of a comparison; ``source`` is None for what is gone from disk."""

    relative: str
    difference: Difference
    size: int = 0
    document_id: str | None = None
    reason: str | None = None
    code: str | None = None
    source: Source | None = None


@dataclass(slots=True)
class Folder:
    """A folder a person cares about. ``files`` None: not compared yet; ``missing_since``: the folder
    itself is not there (unplugged, unmounted, renamed)."""

    path: Path
    watched: bool = False
    checking: bool = False
    checked_at: datetime | None = None
    missing_since: datetime | None = None
    files: list[FolderFile] | None = None
    skipped: int = 0
    engine_asked: bool = True

    def of(self, difference: Difference) -> list[FolderFile]:
        """Files that stand so."""
        return [file for file in self.files or () if file.difference is difference]

    def count(self, *differences: Difference) -> int:
        """How many stand in any of these ways."""
        return sum(file.difference in differences for file in self.files or ())

    @property
    def open_differences(self) -> int:
        """How many files somebody should do something about."""
        return self.count(*NEEDS_SOMEBODY)


@dataclass(eq=False)
class ReconcileService:
    """Folders of one server, their comparison, and one action for each difference."""

    looker: PreflightService
    transfers: "TransferService"
    documents: "DocumentsService"
    runs: "TrainingRuns"
    journal: "Journal"
    server: str
    folders: dict[Path, Folder] = field(default_factory=dict)
    changed: Notice[Path] = field(default_factory=Notice)
    """This folder's comparison changed, or it came or went."""
    _scope: TaskScope = field(default_factory=lambda: TaskScope("reconcile"))
    _off: Callable[[], None] = field(default=lambda: None)
    _again: set[Path] = field(default_factory=set)

    async def start(self) -> None:
        """Read the list of folders (the journal must be open)."""
        for path, watched in await self.journal.folders(self.server):
            self.folders.setdefault(Path(path), Folder(Path(path), watched=watched))
            self.changed.emit(Path(path))
        self._off = self.runs.ended.connect(lambda _: self._on_run_ended())

    def _on_run_ended(self) -> None:
        for path, folder in list(self.folders.items()):
            if folder.files is not None:
                self.check(path)

    async def close(self) -> None:
        """Stop looking."""
        self._off()
        await self._scope.close()

    def add(self, path: Path, *, watched: bool | None = None) -> Folder:
        """Take a folder into the list, or change whether it is watched."""
        folder = self.folders.setdefault(path, Folder(path))
        if watched is not None:
            folder.watched = watched
        self._scope.spawn("save", self.journal.save_folder(self.server, str(path), folder.watched))
        self.changed.emit(path)
        return folder

    def remove(self, path: Path) -> None:
        """Take a folder off the list; nothing on disk or on the engine changes."""
        if self.folders.pop(path, None) is not None:
            self._scope.spawn("remove", self.journal.remove_folder(self.server, str(path)))
            self.changed.emit(path)

    def check(self, path: Path) -> None:
        """Compare a folder now; while one comparison runs the next waits for it."""
        folder = self.folders.get(path)
        if folder is None:
            return
        if folder.checking:
            self._again.add(path)
            return
        folder.checking = True
        self.changed.emit(path)
        self._scope.spawn("check", self._check(folder))

    async def _check(self, folder: Folder) -> None:
        try:
            there = await asyncio.to_thread(folder.path.is_dir)
            if not there:
                folder.missing_since = folder.missing_since or datetime.now(UTC)
                return
            result = await self.looker.look([folder.path])
            if not await asyncio.to_thread(folder.path.is_dir):
                # Unplugged half way: an empty listing must not look like "everything was deleted".
                folder.missing_since = datetime.now(UTC)
                return
            folder.missing_since = None
            folder.files, folder.skipped = _files_of(result)
            folder.engine_asked = result.checked_with_engine
            folder.checked_at = datetime.now(UTC)
        finally:
            folder.checking = False
            self.changed.emit(folder.path)
        if folder.path in self._again:
            self._again.discard(folder.path)
            self.check(folder.path)

    # -- one action a difference ------------------------------------------------------------------

    def send(self, files: Iterable[FolderFile]) -> int:
        """Upload and train what is not trained or has changed; how many."""
        sources = [file.source for file in files if file.source is not None]
        if sources:
            self.transfers.add(sources, train=True)
        return len(sources)

    async def retry(self, files: Sequence[FolderFile]) -> str | None:
        """Train failed documents again; the job's id.

        Raises:
            ApiError: The engine said no.
        """
        ids = [file.document_id for file in files if file.document_id]
        if not ids:
            return None
        run = await self.runs.start(TrainRequest(document_ids=ids, force=True))
        return run.job_id

    async def forget(self, files: Sequence[FolderFile]) -> "BulkDone":
        """Delete documents whose files are gone; can be undone with ``documents.bulk("restore", …)``.

        Raises:
            ApiError: The engine said no.
        """
        return await self.documents.bulk("delete", [file.document_id for file in files if file.document_id])


def _files_of(result: Preflight) -> tuple[list[FolderFile], int]:
    files = []
    skipped = 0
    for item in result.candidates:
        difference = _difference(item)
        if difference is None:
            skipped += 1
            continue
        source = item.source if item.sha256 else None
        files.append(
            FolderFile(item.relative, difference, item.size, item.document_id, item.reason, item.code, source)
        )
    files += [FolderFile(row.path, Difference.GONE, 0, row.document_id) for row in result.gone]
    return files, skipped


def _difference(item: Candidate) -> Difference | None:
    if item.verdict is Verdict.EMPTY:
        return Difference.EMPTY
    if item.verdict is Verdict.UNREADABLE:
        return Difference.FAILED
    if item.known_as in set(Difference):
        return Difference(item.known_as)
    return None
