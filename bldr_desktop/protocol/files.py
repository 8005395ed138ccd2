# SPDX-License-Identifier: MIT
"""Uploads and folders."""

from typing import Literal

from pydantic import Field

from bldr_desktop.protocol.base import WireModel

TUS_VERSION = "1.0.0"
TUS_EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration"
PAX_SHA256 = "BLDR.sha256"
"""The pax header of each entry of a ``POST /files/batch`` tar stream."""
PAX_ROOT = "BLDR.root"
"""The pax header with the folder that an entry's name is relative to, e.g. ``host:/home/x/norms``."""


class FileUploadResponse(WireModel):
    """Answer of ``POST /upload-file``; ``sha256`` and ``document_id`` are our engine's."""

    filename: str
    file_path: str
    size: int
    status: Literal["processed", "uploaded_only"] = "uploaded_only"
    sha256: str | None = None
    document_id: str | None = None
    already_there: bool = False


class ScanAnswer(WireModel):
    """Answer of ``POST /files-scan``; the lists are our engine's. Sizes are bytes."""

    scanned: int
    copied: int
    path: str
    supported: int | None = None
    unsupported: int | None = None
    bytes: int | None = None
    by_type: dict[str, int] = Field(default_factory=dict)


class HashAnswer(WireModel):
    """What the engine has for one SHA-256 (``HEAD``/``POST /files/by-hash``)."""

    sha256: str
    stored: bool
    document_id: str | None = None
    state: str | None = None
    name: str | None = None
    pages: int = 0
    characters: int = 0
    chunks: int = 0
    times_found: int = 0
    reason: str | None = None
    reason_code: str | None = None


class HashListRequest(WireModel):
    """Body of ``POST /files/by-hash``."""

    sha256: list[str] = Field(max_length=10_000)


class HashListAnswer(WireModel):
    """Answer of ``POST /files/by-hash``, in the order asked."""

    items: list[HashAnswer]


class BatchEntryAnswer(WireModel):
    """What became of one entry of a batch."""

    name: str
    sha256: str
    size: int
    ok: bool
    document_id: str | None = None
    error: str | None = None
    code: str | None = None


class BatchAnswer(WireModel):
    """Answer of ``POST /files/batch``, an entry for each of the tar's, in its order."""

    items: list[BatchEntryAnswer]


class ReconcileItem(WireModel):
    """One file on the person's disk, told to the engine for comparison."""

    path: str
    sha256: str
    size: int = 0


class ReconcileRequest(WireModel):
    """Body of ``POST /files/reconcile``: the files of a folder, by relative path and hash."""

    root: str
    items: list[ReconcileItem] = Field(max_length=100_000)


class ReconcileRow(WireModel):
    """One difference or agreement between folder and engine."""

    path: str
    kind: Literal["trained", "not_trained", "gone", "changed", "failed", "empty", "duplicate"]
    document_id: str | None = None
    reason: str | None = None
    reason_code: str | None = None


class ReconcileAnswer(WireModel):
    """Answer of ``POST /files/reconcile``."""

    rows: list[ReconcileRow]
    counts: dict[str, int]
