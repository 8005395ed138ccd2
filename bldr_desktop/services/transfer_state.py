# SPDX-License-Identifier: MIT
"""One row a file for its whole life, and how events change it. Pure: no I/O, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bldr_desktop.client.sources import Source
from bldr_desktop.protocol.base import DocumentState, FileStage, FileState
from bldr_desktop.protocol.files import HashAnswer
from bldr_desktop.protocol.jobs import JobFile


class TransferState(StrEnum):
    """What a file is doing. From *uploaded* on, only the engine's word changes it."""

    CHECKING = "checking"
    WAITING = "waiting"
    SENDING = "sending"
    PAUSED = "paused"
    UPLOADED = "uploaded"
    TRAINING = "training"
    TRAINED = "trained"
    EMPTY = "empty"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_moving(self) -> bool:
        """True while something happens or will happen by itself."""
        return self in _MOVING

    @property
    def is_before_upload(self) -> bool:
        """True while the engine does not have the whole file."""
        return self in _BEFORE


_MOVING = frozenset(
    {TransferState.CHECKING, TransferState.WAITING, TransferState.SENDING, TransferState.TRAINING}
)
_BEFORE = frozenset(
    {TransferState.CHECKING, TransferState.WAITING, TransferState.SENDING, TransferState.PAUSED}
)
STAGES = ("hash", "upload", "extract", "chunk", "index", "searchable")
"""The way of a file as a person sees it, in order."""
_STAGE_OF = {
    FileStage.SCAN: "extract",
    FileStage.IDENTIFY: "extract",
    FileStage.EXTRACT: "extract",
    FileStage.STRUCTURE: "chunk",
    FileStage.CHUNK: "chunk",
    FileStage.INDEX: "index",
    FileStage.VERIFY: "index",
    FileStage.DONE: "searchable",
}
_FILE_FAILED = frozenset({FileState.FAILED, FileState.QUARANTINED, FileState.NOT_FOUND})


@dataclass(slots=True)
class Transfer:
    """A file and everything known of its way. Sizes are bytes, ``speed`` bytes a second.

    ``error`` is an English sentence, ``error_code`` its stable word; ``stage`` one of :data:`STAGES`,
    the step it is at or failed at. ``train``: train it as soon as it is uploaded.
    """

    id: int
    path: str
    root: str
    relative: str
    size: int
    mtime_ns: int
    sha256: str
    state: TransferState = TransferState.WAITING
    stage: str = "upload"
    sent: int = 0
    speed: float = 0.0
    upload_path: str | None = None
    document_id: str | None = None
    job_id: str | None = None
    train: bool = False
    pages: int = 0
    characters: int = 0
    chunks: int = 0
    times_found: int = 0
    attempts: int = 0
    error: str | None = None
    error_code: str | None = None
    added_at: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.relative.rpartition("/")[2]

    @property
    def source(self) -> Source:
        """The file as it was looked at."""
        return Source(self.path, self.root, self.relative, self.size, self.mtime_ns, self.sha256)

    @property
    def progress(self) -> float:
        """Percent of the stage *upload*; 100 once the engine has it."""
        if not self.state.is_before_upload and self.state is not TransferState.CANCELLED:
            return 100.0 if self.document_id or self.state is not TransferState.FAILED else self._share()
        return self._share()

    def _share(self) -> float:
        return 100.0 * min(self.sent, self.size) / self.size if self.size else 0.0

    def fail(self, code: str, sentence: str) -> None:
        """It stopped here, for this reason."""
        self.state = TransferState.FAILED
        self.error_code, self.error = code, sentence
        self.speed = 0.0

    def uploaded(self, document_id: str | None) -> None:
        """The engine has every byte."""
        self.state = TransferState.UPLOADED
        self.stage = "upload"
        self.sent = self.size
        self.speed = 0.0
        self.document_id = document_id or self.document_id
        self.upload_path = None
        self.error = self.error_code = None


def fold_file(row: Transfer, file: JobFile, job_id: str | None) -> None:
    """A training run said something about this file."""
    row.job_id = job_id or row.job_id
    row.document_id = file.document_id or row.document_id
    row.pages = file.pages or row.pages
    row.chunks = file.chunks or row.chunks
    row.warnings = list(file.warnings) or row.warnings
    if file.state in {FileState.WAITING, FileState.ACTIVE}:
        row.state = TransferState.TRAINING
        row.stage = _STAGE_OF[file.stage]
        row.error = row.error_code = None
    elif file.state in {FileState.DONE, FileState.UNCHANGED}:
        row.state = (
            TransferState.TRAINED if row.chunks or file.state is FileState.UNCHANGED else TransferState.EMPTY
        )
        row.stage = "searchable"
        row.error = row.error_code = None
    elif file.state is FileState.EMPTY:
        row.state, row.stage = TransferState.EMPTY, "extract"
        row.error, row.error_code = file.error, file.error_code
    elif file.state in _FILE_FAILED:
        row.stage = _STAGE_OF[file.stage]
        row.fail(file.error_code or "", file.error or "")
    elif file.state in {FileState.CANCELLED, FileState.SKIPPED}:
        row.state, row.stage = TransferState.UPLOADED, "upload"


def fold_document(row: Transfer, known: HashAnswer) -> None:
    """The engine's database says how the document of these bytes stands."""
    row.document_id = known.document_id or row.document_id
    row.pages, row.characters = known.pages or row.pages, known.characters or row.characters
    row.chunks, row.times_found = known.chunks or row.chunks, known.times_found or row.times_found
    if known.state is None or known.state == DocumentState.DELETED:
        if not row.state.is_before_upload and row.state is not TransferState.CANCELLED:
            row.fail("gone", "The document was deleted on the engine.")
        return
    if row.state.is_before_upload:
        return
    state = DocumentState(known.state)
    row.error = row.error_code = None
    if state is DocumentState.TRAINED:
        row.state, row.stage = TransferState.TRAINED, "searchable"
    elif state is DocumentState.EMPTY:
        row.state, row.stage = TransferState.EMPTY, "extract"
        row.error, row.error_code = known.reason, known.reason_code
    elif state is DocumentState.FAILED:
        row.fail(known.reason_code or "", known.reason or "")
        row.stage = row.stage if row.stage != "upload" else "extract"
    elif state is DocumentState.PROCESSING:
        row.state = TransferState.TRAINING
        row.stage = row.stage if row.stage in STAGES[2:5] else "extract"
    elif state is DocumentState.UPLOADED:
        row.state, row.stage = TransferState.UPLOADED, "upload"


def document_of_frame(frame: Mapping[str, Any]) -> HashAnswer:
    """A ``document_update`` frame as the same answer that ``/files/by-hash`` gives."""
    return HashAnswer(
        sha256=str(frame.get("sha256") or ""),
        stored=True,
        document_id=frame.get("document_id"),
        state=frame.get("state"),
        chunks=int(frame.get("chunks") or 0),
        reason=frame.get("reason"),
        reason_code=frame.get("reason_code"),
    )


@dataclass(slots=True)
class Changes:
    """Ids of rows that came, changed or went since the last notice."""

    added: list[int] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)
    removed: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole table in numbers. ``to_send``/``sent`` count bytes of files that are not cancelled."""

    count: int = 0
    by_state: Mapping[TransferState, int] = field(default_factory=dict)
    to_send: int = 0
    sent: int = 0
    speed: float = 0.0
    time_left: tuple[float, float] | None = None

    def of(self, *states: TransferState) -> int:
        """How many rows are in any of the states."""
        return sum(self.by_state.get(state, 0) for state in states)


def totals(rows: Iterable[Transfer], speed: float, time_left: tuple[float, float] | None) -> Totals:
    """Add up all rows."""
    by_state: dict[TransferState, int] = {}
    count = to_send = sent = 0
    for row in rows:
        count += 1
        by_state[row.state] = by_state.get(row.state, 0) + 1
        if row.state is TransferState.CANCELLED or (
            row.state is TransferState.FAILED and row.stage == "upload"
        ):
            continue
        to_send += row.size
        sent += row.sent if row.state.is_before_upload else row.size
    return Totals(count, by_state, to_send, sent, speed, time_left)
