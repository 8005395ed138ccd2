# SPDX-License-Identifier: MIT
"""Starting and following training."""

from pydantic import Field

from bldr_desktop.protocol.base import WireModel


class TrainRequest(WireModel):
    """Body of ``POST /train``: a folder the engine sees, else everything uploaded and not trained.

    ``sha256`` limits the run to those uploaded files; ``force`` trains unchanged ones again.
    """

    custom_dir: str | None = None
    fast_mode: bool = False
    sha256: list[str] | None = None
    document_ids: list[str] | None = None
    force: bool = False
    max_files: int | None = Field(default=None, ge=1)
    priority: int = Field(default=5, ge=0, le=9)


class TrainAnswer(WireModel):
    """Answer of ``POST /train``; field servers give no ``job_id``."""

    status: str
    message: str
    custom_dir: str | None = None
    fast_mode: bool = False
    job_id: str | None = None


class TrainingStatus(WireModel):
    """Answer of ``GET /api/training/status``."""

    status: str
    is_training: bool
    mode: str = "normal"
    progress: float = 0
    current_stage: str = ""
    message: str = ""
    elapsed_seconds: float | None = None
    job_id: str | None = None


class RagTrainRequest(WireModel):
    """Body of ``POST /api/rag/train``."""

    base_dir: str | None = None
    max_files: int | None = Field(default=None, ge=1)
    force_retrain: bool = False
    doc_types: list[str] | None = None


class RagTrainAnswer(WireModel):
    """Answer of ``POST /api/rag/train``."""

    task_id: str
    status: str
    message: str
    estimated_time: str | None = None


class RagStatus(WireModel):
    """Answer of ``GET /api/rag/status``."""

    is_training: bool
    progress: float
    current_stage: str
    message: str
    total_documents: int
    total_chunks: int
    last_update: str | None = None
