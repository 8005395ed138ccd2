# SPDX-License-Identifier: MIT
"""The second half of a row's life: training, told by the engine's events, never guessed."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bldr_desktop.client.api import ApiError, Unauthorized
from bldr_desktop.client.frames import Frame
from bldr_desktop.client.uploads import is_transient
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol.events import FrameKind
from bldr_desktop.protocol.jobs import JobFile
from bldr_desktop.protocol.training import TrainRequest
from bldr_desktop.services.transfer_state import (
    Transfer,
    TransferState,
    document_of_frame,
    fold_document,
    fold_file,
)

if TYPE_CHECKING:
    from bldr_desktop.services.events import EventFeed
    from bldr_desktop.services.training import TrainingRuns
    from bldr_desktop.services.training_state import RunState
    from bldr_desktop.services.transfers import TransferService

_log = logging.getLogger(__name__)
_LATER_SECONDS = 2.0


class TransferTraining:
    """Starts training for rows and folds what the engine says of them back into the rows.

    Args:
        transfers: The table.
        runs: Training runs.
        feed: Events.
    """

    def __init__(self, transfers: "TransferService", runs: "TrainingRuns", feed: "EventFeed") -> None:
        self.started: Notice[str] = Notice()
        """A run was started for rows of the table: its job id."""
        self._transfers = transfers
        self._runs = runs
        self._scope = TaskScope("transfer-training")
        self._starting = False
        self._heard: set[str] | None = None
        self._off = [
            runs.files_changed.connect(self._on_files),
            runs.ended.connect(lambda run: self._on_ended(run)),
            feed.subscribe([FrameKind.DOCUMENT], self._on_documents),
            feed.on_stale(self.refresh),
        ]
        transfers.training = self

    async def close(self) -> None:
        """Listen no more."""
        for off in self._off:
            off()
        await self._scope.close()

    def look(self, *, idle: bool) -> None:
        """The queue moved; when it is idle, rows that asked for it are trained."""
        if not idle or self._starting:
            return  # thousands of rows, and this is asked after each request
        rows = [
            row
            for row in self._transfers.rows.values()
            if row.train and row.state is TransferState.UPLOADED and row.job_id is None
        ]
        busy = any(row.train and row.state is TransferState.CHECKING for row in self._transfers.rows.values())
        if rows and not busy:
            self._starting = True
            self._scope.spawn("start", self._start(rows))

    def ready(self) -> list[Transfer]:
        """Rows that are uploaded, not in a run, and not about to be trained by themselves."""
        rows = self._transfers.rows.values()
        waiting = (row for row in rows if row.state is TransferState.UPLOADED and not row.train)
        return [row for row in waiting if not self._is_running(row)]

    def train(self, ids: Iterable[int] | None = None) -> None:
        """Train these rows, or all that are uploaded."""
        chosen = None if ids is None else set(ids)
        rows = [row for row in self.ready() if chosen is None or row.id in chosen]
        if rows and not self._starting:
            self._starting = True
            self._scope.spawn("start", self._start(rows))

    def retry(self, rows: Sequence[Transfer]) -> None:
        """Train failed rows again; their bytes are not sent again."""
        if rows and not self._starting:
            self._starting = True
            self._scope.spawn("retry", self._start(rows))

    async def train_folder(self, folder: str) -> str:
        """Train a folder that the engine sees; the job's id.

        Raises:
            ApiError: The engine said no.
        """
        run = await self._runs.start(TrainRequest(custom_dir=folder))
        self.started.emit(run.job_id)
        return run.job_id

    async def refresh(self) -> None:
        """Read the state of every uploaded row from the engine's database."""
        rows = [row for row in self._transfers.rows.values() if not row.state.is_before_upload]
        rows = [row for row in rows if row.sha256 and row.state is not TransferState.CANCELLED]
        if not rows:
            return
        heard: set[str] = set()
        self._heard = heard
        try:
            known = await self._transfers.client.by_hash(list(dict.fromkeys(row.sha256 for row in rows)))
        except ApiError as error:
            _log.info("states could not be read: %s", error)
            return
        finally:
            self._heard = None
        for row in rows:
            answer = known.get(row.sha256)
            # An event that came while the answer was on its way is newer than the answer.
            if answer is not None and row.sha256 not in heard and not self._failed_before_upload(row):
                fold_document(row, answer)
                self._transfers.touch(row)

    @staticmethod
    def _failed_before_upload(row: Transfer) -> bool:
        return row.state is TransferState.FAILED and row.stage in {"hash", "upload"}

    def _is_running(self, row: Transfer) -> bool:
        run = self._runs.get(row.job_id) if row.job_id else None
        return run is not None and run.is_active

    async def _start(self, rows: Sequence[Transfer]) -> None:
        try:
            digests = list(dict.fromkeys(row.sha256 for row in rows))
            run = await self._runs.start(TrainRequest(sha256=digests))
        except ApiError as error:
            wished = all(row.train for row in rows)
            if wished and (is_transient(error) or isinstance(error, Unauthorized)):
                # A server that is busy or away must not cost the rows their training.
                self._scope.spawn("later", self._look_later(error.retry_after or _LATER_SECONDS))
                return
            for row in rows:
                row.train = False
                self._transfers.touch(row)
            self._transfers.trouble.emit(error)
            return
        finally:
            self._starting = False
        for row in rows:
            row.train, row.job_id = False, run.job_id
            if row.state is TransferState.FAILED:
                row.state, row.error, row.error_code = TransferState.UPLOADED, None, None
            self._transfers.touch(row)
        self.started.emit(run.job_id)
        self._transfers.wake()

    async def _look_later(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._transfers.wake()

    def _on_files(self, told: "tuple[RunState, list[JobFile]]") -> None:
        run, files = told
        for file in files:
            for row in self._rows_of(file.sha256, file.document_id):
                fold_file(row, file, run.job_id)
                self._transfers.touch(row)

    def _on_documents(self, frames: list[Frame]) -> None:
        for frame in frames:
            answer = document_of_frame(frame)
            for row in self._rows_of(answer.sha256, answer.document_id):
                fold_document(row, answer)
                self._transfers.touch(row)

    def _rows_of(self, sha256: str | None, document_id: str | None) -> list[Transfer]:
        rows = self._transfers.rows
        if sha256:
            if self._heard is not None:
                self._heard.add(sha256)
            found = [rows[i] for i in self._transfers.by_hash.get(sha256, ()) if i in rows]
        else:
            found = [row for row in rows.values() if document_id and row.document_id == document_id]
        return [
            row
            for row in found
            if not row.state.is_before_upload and row.state is not TransferState.CANCELLED
        ]

    def _on_ended(self, run: "RunState") -> None:
        if any(row.job_id == run.job_id for row in self._transfers.rows.values()):
            self._scope.spawn("refresh", self.refresh())
