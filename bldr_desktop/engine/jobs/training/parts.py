# SPDX-License-Identifier: MIT
"""What training is made of, and a file on its way through it."""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.engine.ports.documents import DocumentStore
from bldr_desktop.engine.ports.domain import Parsed, ParseFailure, ParseLimits
from bldr_desktop.engine.ports.index import VectorIndex
from bldr_desktop.engine.ports.jobs import FileRow
from bldr_desktop.engine.ports.parser import Parser
from bldr_desktop.protocol.base import FileState
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.errors import ErrorCode


@dataclass(slots=True)
class Parts:
    """Ports that training works with. ``attempts``: tries for a file whose reader dies."""

    documents: DocumentStore
    index: VectorIndex
    parser: Parser
    blobs: BlobStore
    limits: ParseLimits = field(default_factory=ParseLimits)
    attempts: int = 3


@dataclass(slots=True)
class Options:
    """How one run differs. ``force`` trains unchanged bytes again; ``again`` takes quarantined ones."""

    force: bool = False
    again: bool = False
    fast: bool = False

    def limits(self, limits: ParseLimits) -> ParseLimits:
        """The limits on a file; *fast* leaves text recognition out."""
        return replace(limits, ocr=False) if self.fast else limits


@dataclass(slots=True)
class Item:
    """A file on its way: what it is, where its bytes are, what became of it."""

    row: FileRow
    path: Path
    document: Document | None = None
    stamp: tuple[int, int] = (0, 0)
    parsed: Parsed | None = None
    failure: ParseFailure | None = None

    def fail(self, code: ErrorCode, sentence: str, details: str = "") -> None:
        """Note why it gave nothing."""
        self.failure = ParseFailure(code, sentence, details)


def stamp_of(path: Path) -> tuple[int, int]:
    """Size and time of change in nanoseconds: tells whether a file changed under our hands.

    Raises:
        OSError: It cannot be looked at.
    """
    found = os.stat(path)  # noqa: PTH116 - a third of the cost of Path.stat, once a file
    return found.st_size, found.st_mtime_ns


def path_key(path: str) -> str:
    """The identity of a file that the engine reads from a disk of its own."""
    return f"disk:{path}"


def final_state(failure: ParseFailure) -> FileState:
    """The state in which a failure leaves a file."""
    if failure.code in (ErrorCode.FILE_EMPTY, ErrorCode.FILE_NO_TEXT, ErrorCode.FILE_NEEDS_OCR):
        return FileState.EMPTY
    if failure.code is ErrorCode.FILE_NOT_FOUND:
        return FileState.NOT_FOUND
    if failure.code is ErrorCode.FILE_QUARANTINED:
        return FileState.QUARANTINED
    return FileState.FAILED
