# SPDX-License-Identifier: MIT
"""The base of every wire model, and the words that several of them share."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class WireModel(BaseModel):
    """A JSON object on the wire; unknown fields are ignored, so that peers may be newer."""

    model_config = ConfigDict(
        extra="ignore", populate_by_name=True, ser_json_inf_nan="null", defer_build=True
    )


Percent = Annotated[float, Field(ge=0, le=100)]
"""Progress in percent, 0 to 100."""


def utc_now() -> str:
    """The current instant as RFC 3339 in UTC with milliseconds: ``2026-11-22T09:30:00.123Z``."""
    return rfc3339(datetime.now(UTC))


def rfc3339(moment: datetime) -> str:
    """Format an instant as RFC 3339 in UTC; a naive one is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class JobStatus(StrEnum):
    """What a job is doing. The engine's database is the only source of this word."""

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"

    @property
    def is_final(self) -> bool:
        """True once nothing will change any more without a person asking for it."""
        return self in _FINAL


_FINAL = frozenset({JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.INTERRUPTED})


class JobType(StrEnum):
    """The kinds of work the engine knows."""

    TRAINING = "training"
    RETRAIN = "document_retrain"
    AI = "ai_task"
    QUESTION_LIST = "question_list"
    EXPORT = "export"
    EVALUATION = "evaluation"


TRAINING_JOBS = frozenset({JobType.TRAINING, JobType.RETRAIN})
"""The types whose jobs read files."""


class DocumentState(StrEnum):
    """What has become of a document. *trained* means: more than 0 chunks, searchable now."""

    UPLOADED = "uploaded"
    PROCESSING = "processing"
    TRAINED = "trained"
    EMPTY = "empty"
    FAILED = "failed"
    DISABLED = "disabled"
    DELETED = "deleted"


class EditionStatus(StrEnum):
    """Whether a norm is the newest edition known."""

    ACTUAL = "actual"
    OUTDATED = "outdated"
    PENDING = "pending"


class FileStage(StrEnum):
    """The way of one file through training, in order."""

    SCAN = "scan"
    IDENTIFY = "identify"
    EXTRACT = "extract"
    STRUCTURE = "structure"
    CHUNK = "chunk"
    INDEX = "index"
    VERIFY = "verify"
    DONE = "done"


class FileState(StrEnum):
    """The state of one file inside a training run."""

    WAITING = "waiting"
    ACTIVE = "active"
    DONE = "done"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    FAILED = "failed"
    SKIPPED = "skipped"
    NOT_FOUND = "not_found"
    CANCELLED = "cancelled"
    QUARANTINED = "quarantined"
