# SPDX-License-Identifier: MIT
"""Last steps of files: texts into the store, points into the index, then the word *trained*.

Order matters for kill -9: texts first, index second and flushed, states and events last and in one
transaction. Texts and points are written as files come; only the last step waits for the disk. Whatever
is missing after a crash is done again, under the same ids.
"""

import time
from collections.abc import Sequence

from bldr_desktop.common.words import counted
from bldr_desktop.engine.jobs import frames
from bldr_desktop.engine.jobs.context import JobContext, finish_in_thread
from bldr_desktop.engine.jobs.training.parts import Item, Parts, final_state, stamp_of
from bldr_desktop.engine.jobs.training.tracker import Tracker
from bldr_desktop.engine.ports.events import NewEvent
from bldr_desktop.engine.ports.index import points_of
from bldr_desktop.engine.ports.transactions import Transactions
from bldr_desktop.protocol.base import DocumentState, FileStage, FileState
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.logs import LogCode

_POINTS_AT_ONCE = 2000


class BatchWriter:
    """Writes finished items of one run."""

    def __init__(
        self, context: JobContext, parts: Parts, tracker: Tracker, transactions: Transactions
    ) -> None:
        self._context = context
        self._parts = parts
        self._tracker = tracker
        self._transactions = transactions
        self._taken: list[Item] = []
        self._chunks = 0
        self._seconds = 0.0

    @property
    def taken(self) -> tuple[int, int]:
        """Files and chunks that were taken and are not settled."""
        return len(self._taken), self._chunks

    async def take(self, items: Sequence[Item]) -> None:
        """Write texts and points; neither need survive a crash yet. Cancellation waits for the end."""
        self._tracker.stage(FileStage.INDEX, items[-1].row.file.name)
        self._taken += items
        good = _good(items)
        self._chunks += sum(len(item.parsed.chunks) for item in good if item.parsed)
        if good:
            began = time.monotonic()
            await finish_in_thread(self._write, good)
            self._seconds += time.monotonic() - began

    async def settle(self) -> None:
        """Make what was taken final. Cancellation waits for the step that is under way."""
        batch, spent = self._taken, self._seconds
        self._taken, self._chunks, self._seconds = [], 0, 0.0
        good = _good(batch)
        if good:
            began = time.monotonic()
            if self._context.stopping.is_set():
                return  # the files stay open: nobody was told that they are done
            await finish_in_thread(self._verify, good)
            spent += time.monotonic() - began
        for item in batch:
            _settle(item, spent / max(len(good), 1))
        await self._context.commit(lambda: self._finish(batch))
        for item in batch:
            self._tracker.finished(item.row.file)
            self._tracker.add_seconds(item.row.file.stage_seconds)
        self._tracker.tell()

    def _write(self, good: Sequence[Item]) -> None:
        for item in good:
            if _changed(item):
                item.parsed = None
                item.fail(
                    ErrorCode.FILE_CHANGED, f"{item.row.file.name} was changed while it was being read."
                )
        good = _good(good)
        with self._transactions(durable=False):  # the commit that says *trained* makes it so
            for item in good:
                assert item.parsed is not None
                self._parts.documents.save_parsed(_document(item).id, item.parsed)
        if good:
            self._index(good)

    def _index(self, good: Sequence[Item]) -> None:
        index = self._parts.index
        before = [_document(item).id for item in good if _document(item).chunks]
        if before:
            index.delete_documents(before)
        points = [
            point
            for item in good
            if item.parsed is not None
            for point in points_of(_document(item).id, item.parsed.chunks, weighed=item.parsed.weighed)
        ]
        for start in range(0, len(points), _POINTS_AT_ONCE):
            if self._context.stopping.is_set():
                return
            index.upsert(points[start : start + _POINTS_AT_ONCE])

    def _verify(self, good: Sequence[Item]) -> None:
        """Flush the index and count what it has."""
        index = self._parts.index
        index.flush()
        counts = index.document_counts([_document(item).id for item in good])
        for item in good:
            assert item.parsed is not None
            found, wanted = counts.get(_document(item).id, 0), len(item.parsed.chunks)
            if found != wanted:
                item.fail(
                    ErrorCode.INDEX_UNAVAILABLE,
                    f"The index took {found} of {wanted} chunks of {item.row.file.name}.",
                )

    def _finish(self, batch: Sequence[Item]) -> list[NewEvent]:
        """States, rows and frames, inside the open transaction."""
        job = self._context.job
        trained = self._parts.documents.mark_trained(
            [_document(item).id for item in batch if item.failure is None and item.document]
        )
        by_id = {document.id: document for document in trained}
        told: list[NewEvent] = []
        for item in batch:
            document = by_id.get(item.row.file.document_id or "")
            if item.failure is not None:
                document = self._save_failure(item)
            if document is not None:
                told.append(frames.document_frame(document, job.id))
            told.append(frames.file_frame(job, item.row))
            told.append(_line(job_context=self._context, item=item))
        self._context.store.save_files(job.id, [item.row for item in batch])
        return told

    def _save_failure(self, item: Item) -> Document | None:
        """A document that was searchable before keeps its old text: the bytes are the same."""
        if item.document is None or item.failure is None:
            return None
        if item.document.state is DocumentState.TRAINED and item.parsed is None:
            return None
        return self._parts.documents.save_failure(item.document.id, item.failure)


def _good(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.failure is None and item.parsed is not None]


def _changed(item: Item) -> bool:
    try:
        return stamp_of(item.path) != item.stamp
    except OSError:
        return False  # gone after it was read whole: what was read stays


def _document(item: Item) -> Document:
    assert item.document is not None
    return item.document


def _settle(item: Item, index_seconds: float) -> None:
    """Put the file's row into its final state."""
    file = item.row.file
    if item.failure is not None:
        file.state = final_state(item.failure)
        file.error, file.error_code = item.failure.sentence, item.failure.code
        return
    assert item.parsed is not None
    extracted = item.parsed.extracted
    file.pages, file.chunks = len(extracted.pages), len(item.parsed.chunks)
    file.warnings = extracted.warnings
    file.state, file.stage = (FileState.DONE if file.chunks else FileState.EMPTY), FileStage.DONE
    if not file.chunks:
        file.error, file.error_code = "The file has no text.", ErrorCode.FILE_NO_TEXT
    file.error = None if file.chunks else file.error
    seconds = {name: round(spent, 4) for name, spent in item.parsed.seconds.items()}
    file.stage_seconds = {**seconds, FileStage.INDEX.value: round(index_seconds, 4)}


def _line(job_context: JobContext, item: Item) -> NewEvent:
    file = item.row.file
    if item.failure is not None:
        level: frames.Level = "warning" if file.state is FileState.EMPTY else "error"
        return frames.log_frame(
            job_context.job,
            level,
            f"{file.name}: {item.failure.sentence}",
            file.path,
            LogCode.FILE_FAILED,
            name=file.name,
            reason=item.failure.code,
            sentence=item.failure.sentence,
        )
    spent = sum(file.stage_seconds.values())
    made = f"{counted(file.pages, 'page')}, {counted(file.chunks, 'chunk')}"
    return frames.log_frame(
        job_context.job,
        "info",
        f"{file.name}: {made}, {spent:.2f} s.",
        file.path,
        LogCode.FILE_DONE,
        name=file.name,
        pages=file.pages,
        chunks=file.chunks,
        seconds=round(spent, 2),
    )
