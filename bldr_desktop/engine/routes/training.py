# SPDX-License-Identifier: MIT
"""Starting and following training."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query

from bldr_desktop.engine.routes.deps import CurrentUser, EngineDep, error_answers
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.protocol.training import (
    RagStatus,
    RagTrainAnswer,
    RagTrainRequest,
    TrainAnswer,
    TrainingStatus,
    TrainRequest,
)

router = APIRouter(tags=["training"])
_START = error_answers(401, 403, 422, 503)


@router.post(routes.TRAIN, responses=_START, summary="Train a folder, or what was uploaded")
async def train(engine: EngineDep, user: CurrentUser, request: TrainRequest | None = None) -> TrainAnswer:
    """Queues a job and answers at once. ``custom_dir`` is a folder on the engine's machine (role
    admin); without it, the uploaded files that are not trained yet."""
    asked = request or TrainRequest()
    job = await asyncio.to_thread(engine.training.start, asked, user)
    return TrainAnswer(
        status="started",
        message=f"Training of {job.name} is queued.",
        custom_dir=asked.custom_dir,
        fast_mode=asked.fast_mode,
        job_id=job.id,
    )


@router.get(routes.TRAINING_STATUS, responses=error_answers(401, 503), summary="How training stands")
async def status(engine: EngineDep, user: CurrentUser) -> TrainingStatus:
    """The training that runs, else the one that waits, else the last one."""
    return await asyncio.to_thread(engine.training.status, user)


@router.get(routes.TRAINING_RUNS, responses=error_answers(401, 422, 503), summary="Past and present runs")
async def runs(
    engine: EngineDep, user: CurrentUser, limit: Annotated[int, Query(ge=1, le=1000)] = 100
) -> list[Job]:
    """The newest first."""
    return await asyncio.to_thread(engine.training.runs, user, limit)


@router.post(routes.RAG_TRAIN, responses=_START, summary="Train (dialect of the RAG panel)")
async def rag_train(
    engine: EngineDep, user: CurrentUser, request: RagTrainRequest | None = None
) -> RagTrainAnswer:
    """``base_dir`` as ``custom_dir`` of ``/train``. ``estimated_time`` is null: it is not known before
    the files were looked at."""
    job = await asyncio.to_thread(engine.training.start_rag, request or RagTrainRequest(), user)
    return RagTrainAnswer(task_id=job.id, status="started", message=f"Training of {job.name} is queued.")


@router.get(routes.RAG_STATUS, responses=error_answers(401, 503), summary="Training and totals")
async def rag_status(engine: EngineDep, user: CurrentUser) -> RagStatus:
    """Documents and chunks that are searchable now."""
    return await asyncio.to_thread(engine.training.rag_status, user)
