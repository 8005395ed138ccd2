# SPDX-License-Identifier: MIT
"""Error codes the engine gives, and the shape of an error body.

An error body carries the same sentence under ``error`` and ``detail`` (field clients read either)
and, for our own clients, a stable ``code`` from :class:`ErrorCode` with optional ``fields``.
"""

from enum import StrEnum
from typing import Any

from pydantic import Field

from bldr_desktop.protocol.base import WireModel


class ErrorCode(StrEnum):
    """Stable words for what went wrong; each has a cause and a next step in the translations."""

    # requests
    BAD_REQUEST = "bad_request"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    TOO_LARGE = "too_large"
    INVALID = "invalid"
    RATE_LIMITED = "rate_limited"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    HOST_REFUSED = "host_refused"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"
    DISK_FULL = "disk_full"
    CHECKSUM_MISMATCH = "checksum_mismatch"
    OFFSET_MISMATCH = "offset_mismatch"
    UPLOAD_LOCKED = "upload_locked"
    # files
    FILE_EMPTY = "file_empty"
    FILE_UNSUPPORTED = "file_unsupported"
    FILE_DWG = "file_dwg"
    FILE_PASSWORD = "file_password"  # noqa: S105 - an error code
    FILE_DAMAGED = "file_damaged"
    FILE_NO_TEXT = "file_no_text"
    FILE_NEEDS_OCR = "file_needs_ocr"
    FILE_UNREADABLE_TEXT = "file_unreadable_text"
    FILE_LOCKED = "file_locked"
    FILE_NOT_FOUND = "file_not_found"
    FILE_PATH_TOO_LONG = "file_path_too_long"
    FILE_TOO_LARGE = "file_too_large"
    FILE_BOMB = "file_bomb"
    FILE_CRASHED_READER = "file_crashed_reader"
    FILE_TIME_LIMIT = "file_time_limit"
    FILE_MEMORY_LIMIT = "file_memory_limit"
    FILE_QUARANTINED = "file_quarantined"
    FILE_CHANGED = "file_changed"
    # jobs
    FOLDER_NOT_FOUND = "folder_not_found"
    NOTHING_TO_DO = "nothing_to_do"
    SOME_FILES_FAILED = "some_files_failed"
    ALL_FILES_FAILED = "all_files_failed"
    WORKER_LOST = "worker_lost"
    CANCELLED = "cancelled"
    JOB_CRASHED = "job_crashed"
    INDEX_UNAVAILABLE = "index_unavailable"
    # AI
    NO_MODEL = "no_model"
    MODEL_UNREACHABLE = "model_unreachable"
    MODEL_REFUSED_KEY = "model_refused_key"
    MODEL_BUSY = "model_busy"
    MODEL_FAILED = "model_failed"
    MODEL_TIMEOUT = "model_timeout"


class ErrorBody(WireModel):
    """The JSON body of every 4xx and 5xx answer."""

    error: str
    detail: str
    code: ErrorCode = ErrorCode.INTERNAL
    fields: dict[str, str] = Field(default_factory=dict)
    path: str | None = None


def error_text(body: Any, fallback: str) -> str:
    """Read the sentence out of any Bldr v2 error body.

    Field servers put it under ``error``, ``detail`` (text, or FastAPI's list of objects with
    ``msg``) or ``errors`` (list of strings).

    Args:
        body: Decoded JSON of any shape.
        fallback: What to say when nothing readable is in it.
    """
    if not isinstance(body, dict):
        return fallback
    for key in ("error", "detail", "errors", "message"):
        text = _flatten(body.get(key))
        if text:
            return text
    return fallback


def _flatten(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return _flatten(value.get("msg") or value.get("message"))
    if isinstance(value, list):
        return "; ".join(filter(None, (_flatten(item) for item in value)))
    return ""
