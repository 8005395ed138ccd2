# SPDX-License-Identifier: MIT
"""First steps of each file: find its bytes, hash them, see whether they are trained already."""

import errno
import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path

from bldr_desktop.common.words import counted
from bldr_desktop.engine.jobs import frames
from bldr_desktop.engine.jobs.training.parts import Item, Options, Parts, path_key, stamp_of
from bldr_desktop.engine.ports.documents import NewDocument
from bldr_desktop.engine.ports.events import NewEvent
from bldr_desktop.engine.ports.jobs import FileRow, JobStore
from bldr_desktop.protocol.base import DocumentState, FileStage, FileState
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.protocol.logs import LogCode

_PIECE = 1 << 20


class Stopped(Exception):
    """The job shall stop; a long read was left."""


def hash_file(path: Path, stopping: threading.Event) -> str:
    """SHA-256 of a file as hex.

    Raises:
        OSError: It cannot be read.
        Stopped: The job shall stop.
    """
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            if stopping.is_set():
                raise Stopped
    return digest.hexdigest()


class Identifier:
    """Hashes files (in a thread) and records them (in the batch's transaction)."""

    def __init__(self, parts: Parts, store: JobStore, options: Options, stopping: threading.Event) -> None:
        self._parts = parts
        self._store = store
        self._options = options
        self._stopping = stopping

    def read(self, row: FileRow) -> Item:
        """Find and hash one file; a file that cannot be read comes back with its failure.

        Raises:
            Stopped: The job shall stop.
        """
        known = row.file.sha256
        stored = self._parts.blobs.path(known) if known else None
        item = Item(row, stored or Path(row.file.path))
        row.file.stage = FileStage.IDENTIFY
        try:
            item.stamp = stamp_of(item.path)
            if stored is None:
                row.file.sha256 = hash_file(item.path, self._stopping)
            row.file.size = item.stamp[0]
        except (OSError, ValueError) as error:
            _note(item, error)
        return item

    def record(self, job: Job, items: Sequence[Item]) -> tuple[list[NewEvent], list[Item]]:
        """Write what was found, inside the open transaction.

        Returns:
            Frames to send, and the items that are to be parsed.
        """
        told: list[NewEvent] = []
        todo: list[Item] = [item for item in items if item.failure is not None]
        found = [item for item in items if item.failure is None]
        fresh = self._find_documents(job, found)
        verdicts = [(item, self._judge(item)) for item in found]
        begun = self._begin_reading([item for item, settled in verdicts if settled is None], fresh)
        for item, settled in verdicts:
            if settled is None:
                item.row.file.state, item.row.file.stage = FileState.ACTIVE, FileStage.EXTRACT
                todo.append(item)
                document = begun.get(item.row.file.document_id or "")
                told += [frames.document_frame(document, job.id)] if document else []
            else:
                told.append(_settled_line(job, item, settled))
            told.append(frames.file_frame(job, item.row))
        self._store.save_files(job.id, [item.row for item in items])
        return told, todo

    def _find_documents(self, job: Job, items: Sequence[Item]) -> set[str]:
        """Give each item its document, made now where the bytes are new; ids of those just made."""
        known = self._parts.documents.by_sha256([item.row.file.sha256 or "" for item in items])
        missing: list[tuple[Item, NewDocument]] = []
        for item in items:
            file = item.row.file
            item.document = known.get(file.sha256 or "")
            stored = self._parts.blobs.path(file.sha256 or "") == item.path
            if item.document is None or (not stored and item.document.path != file.path):
                missing.append((item, _new_document(job, item, stored)))
        made = self._parts.documents.add_many([new for _, new in missing])
        for (item, _), document in zip(missing, made, strict=True):
            item.document = document
        return {document.id for document in made if document.sha256 not in known}

    def _judge(self, item: Item) -> LogCode | None:
        """Settle a file that needs no parsing and say why; None for one that does."""
        file, document = item.row.file, item.document
        assert document is not None
        file.document_id = document.id
        if document.state is DocumentState.DISABLED:
            file.state, file.stage = FileState.SKIPPED, FileStage.IDENTIFY
            return LogCode.FILE_DISABLED
        if document.reason_code == ErrorCode.FILE_QUARANTINED and not self._options.again:
            file.state, file.stage = FileState.QUARANTINED, FileStage.IDENTIFY
            file.error, file.error_code = document.reason, ErrorCode.FILE_QUARANTINED
            return LogCode.FILE_SET_ASIDE
        if document.state is DocumentState.TRAINED and not self._options.force:
            file.state, file.stage = FileState.UNCHANGED, FileStage.DONE
            file.pages, file.chunks = document.pages, document.chunks
            return LogCode.FILE_UNCHANGED
        return None

    def _begin_reading(self, items: Sequence[Item], fresh: set[str]) -> dict[str, Document]:
        """What is new to be told of documents that will be read, by id; a searchable one stays so."""
        documents = {item.document.id: item.document for item in items if item.document is not None}
        begun = {key: document for key, document in documents.items() if key in fresh}
        others = [
            key
            for key, document in documents.items()
            if key not in fresh and document.state is not DocumentState.TRAINED
        ]
        return begun | {one.id: one for one in self._parts.documents.begin_reading(others)}


def _settled_line(job: Job, item: Item, code: LogCode) -> NewEvent:
    """The line of a file that was settled without being read."""
    file = item.row.file
    why = {
        LogCode.FILE_DISABLED: "left out, it is disabled",
        LogCode.FILE_SET_ASIDE: "left out, it made its reader die before",
    }.get(code, f"unchanged, {counted(file.chunks, 'chunk')} searchable")
    text = f"{file.name}: {why}."
    return frames.log_frame(job, "info", text, file.path, code, name=file.name, chunks=file.chunks)


def _new_document(job: Job, item: Item, stored: bool) -> NewDocument:
    file = item.row.file
    return NewDocument(
        sha256=file.sha256 or "",
        name=file.name,
        size=file.size,
        owner=job.owner,
        path=file.path,
        path_key=None if stored else path_key(file.path),
        stored=stored,
        state=DocumentState.PROCESSING,
    )


def _note(item: Item, error: OSError | ValueError) -> None:
    code = error.errno if isinstance(error, OSError) else None
    name = item.row.file.name
    if code in (errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENODEV, errno.EIO, errno.ENXIO):
        item.fail(ErrorCode.FILE_NOT_FOUND, f"{name} is not there any more: moved, renamed or unplugged.")
    elif code == errno.ENAMETOOLONG:
        item.fail(ErrorCode.FILE_PATH_TOO_LONG, f"The path of {name[:80]}… is too long to be opened.")
    elif isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
        item.fail(ErrorCode.FILE_LOCKED, f"{name} cannot be opened: {reason}.", str(error))
    else:
        item.fail(ErrorCode.FILE_NOT_FOUND, f"{name} has a path that cannot be opened.", str(error))
