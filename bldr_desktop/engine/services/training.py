# SPDX-License-Identifier: MIT
"""Use cases of training: start one, see how it goes, look at past ones."""

import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bldr_desktop.engine.ports.documents import DocumentStore
from bldr_desktop.engine.ports.jobs import JobQuery, NewJob
from bldr_desktop.engine.services.auth import Principal
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.jobs import JobService
from bldr_desktop.protocol.base import TRAINING_JOBS, JobStatus, JobType
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.jobs import UPLOADED_FILES, Job
from bldr_desktop.protocol.training import RagStatus, RagTrainRequest, TrainingStatus, TrainRequest

_ACTIVE = (JobStatus.RUNNING.value, JobStatus.CANCELLING.value, JobStatus.QUEUED.value)


class TrainingService:
    """Training as people ask for it. Methods block; call them through ``asyncio.to_thread``.

    Args:
        jobs: The queue.
        documents: Totals.
        forbidden: Folders that are never read: the engine's own.
    """

    def __init__(self, jobs: JobService, documents: DocumentStore, forbidden: Sequence[Path] = ()) -> None:
        self._jobs = jobs
        self._documents = documents
        self._forbidden = tuple(forbidden)

    def start(self, request: TrainRequest, user: Principal) -> Job:
        """Queue a training of a folder, or of uploaded files.

        Raises:
            EngineError: 403, a folder named by somebody who is no admin; 422, the folder is not there.
        """
        params: dict[str, Any] = {"force": request.force, "fast_mode": request.fast_mode}
        if request.max_files is not None:
            params["max_files"] = request.max_files
        if request.custom_dir:
            folder = self._folder(request.custom_dir, user, "custom_dir")
            return self._submit(folder.name or str(folder), params | {"folder": str(folder)}, user, request)
        if request.document_ids:
            params["document_ids"] = request.document_ids
        elif request.sha256:
            params["sha256"] = [digest.lower() for digest in request.sha256]
        else:
            params["owner"] = None if user.is_admin else user.name
        return self._submit(UPLOADED_FILES, params, user, request)

    def start_rag(self, request: RagTrainRequest, user: Principal) -> Job:
        """The same in the dialect of ``/api/rag/train``; ``doc_types`` are file endings."""
        params: dict[str, Any] = {"force": request.force_retrain}
        if request.max_files is not None:
            params["max_files"] = request.max_files
        if request.doc_types:
            params["suffixes"] = [f".{one.lower().lstrip('.')}" for one in request.doc_types]
        if not request.base_dir:
            params["owner"] = None if user.is_admin else user.name
            return self._submit(UPLOADED_FILES, params, user)
        folder = self._folder(request.base_dir, user, "base_dir")
        return self._submit(folder.name or str(folder), params | {"folder": str(folder)}, user)

    def retrain(self, document_ids: Sequence[str], user: str) -> str | None:
        """Queue documents to be read again; the job's id, None for an empty list."""
        if not document_ids:
            return None
        name = "Documents"
        if len(document_ids) == 1:
            document = self._documents.get(document_ids[0])
            name = document.name if document else name
        params = {"document_ids": list(document_ids), "force": True, "again": True}
        return self._jobs.submit(NewJob(JobType.RETRAIN, name, user, params)).id

    def status(self, user: Principal) -> TrainingStatus:
        """The training that runs, else the one that waits, else the last one."""
        job = self._newest(user)
        if job is None:
            return TrainingStatus(status="idle", is_training=False, message="Nothing was trained yet.")
        return TrainingStatus(
            status=job.status,
            is_training=not job.status.is_final,
            mode="fast" if job.params.get("fast_mode") else "normal",
            progress=job.progress,
            current_stage="complete" if job.status is JobStatus.COMPLETED else job.stage,
            message=job.error or job.message,
            elapsed_seconds=_elapsed(job),
            job_id=job.id,
        )

    def rag_status(self, user: Principal) -> RagStatus:
        """The same with totals of the collection."""
        now, totals = self.status(user), self._documents.totals()
        last, _ = self._find(user, [JobStatus.COMPLETED.value], 1)
        return RagStatus(
            is_training=now.is_training,
            progress=now.progress,
            current_stage=now.current_stage,
            message=now.message,
            total_documents=totals.searchable,
            total_chunks=totals.chunks,
            last_update=last[0].finished_at if last else None,
        )

    def runs(self, user: Principal, limit: int) -> list[Job]:
        """Trainings, the newest first."""
        return self._find(user, None, limit)[0]

    def _newest(self, user: Principal) -> Job | None:
        active, _ = self._find(user, _ACTIVE, 50)
        active.sort(key=lambda job: (job.status is JobStatus.QUEUED, job.created_at))
        if active:
            return active[0]
        last, _ = self._find(user, None, 1)
        return last[0] if last else None

    def _find(self, user: Principal, statuses: Sequence[str] | None, limit: int) -> tuple[list[Job], Any]:
        return self._jobs.page(
            JobQuery(limit=limit, statuses=statuses, types=tuple(kind.value for kind in TRAINING_JOBS)), user
        )

    def _submit(
        self, name: str, params: dict[str, Any], user: Principal, request: TrainRequest | None = None
    ) -> Job:
        priority = request.priority if request else 5
        return self._jobs.submit(NewJob(JobType.TRAINING, name, user.name, params, priority))

    def _folder(self, text: str, user: Principal, field: str) -> Path:
        if not user.is_admin:
            raise EngineError(
                403,
                ErrorCode.FORBIDDEN,
                "Training a folder on the engine's own disk needs the role admin. Upload the files instead.",
            )
        try:
            folder = Path(os.path.normpath(Path(text).expanduser().absolute()))
            found = folder.exists()
        except (OSError, ValueError, RuntimeError):
            folder, found = Path(), False
        if not found:
            sentence = f"The folder {text} was not found on the engine's machine."
            raise EngineError(422, ErrorCode.FOLDER_NOT_FOUND, sentence, fields={field: "not found"})
        if any(folder.is_relative_to(own) for own in self._forbidden):
            sentence = "This folder belongs to the engine itself and cannot be trained."
            raise EngineError(422, ErrorCode.INVALID, sentence, fields={field: "belongs to the engine"})
        return folder


def _elapsed(job: Job) -> float | None:
    if job.started_at is None:
        return None
    end = (
        datetime.fromisoformat(job.finished_at)
        if job.finished_at
        else datetime.fromtimestamp(time.time(), UTC)
    )
    return round(max((end - datetime.fromisoformat(job.started_at)).total_seconds(), 0.0), 3)
