# SPDX-License-Identifier: MIT
"""``/processes``: the queue in the field's process dialect."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query

from bldr_desktop.engine.ports.jobs import JobQuery
from bldr_desktop.engine.routes.deps import CurrentUser, EngineDep, error_answers
from bldr_desktop.engine.routes.queue import JobId
from bldr_desktop.engine.services.job_views import job_statuses_of, job_types_of, process
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.documents import AnyAnswer
from bldr_desktop.protocol.jobs import Process, ProcessList

router = APIRouter(tags=["processes"])
_RECENT = 500


@router.get(routes.PROCESSES, responses=error_answers(401, 422, 503), summary="Jobs as processes")
async def processes(
    engine: EngineDep,
    user: CurrentUser,
    process_type: Annotated[str | None, Query(max_length=64)] = None,
    status: Annotated[str | None, Query(max_length=32)] = None,
) -> ProcessList:
    """The newest 500. A type or status that no job of ours has gives an empty list."""
    types = job_types_of(process_type) if process_type else None
    statuses = job_statuses_of(status) if status else None
    if types == [] or statuses == []:
        return ProcessList(processes=[])
    query = JobQuery(limit=_RECENT, types=types, statuses=statuses)
    jobs, _ = await asyncio.to_thread(engine.jobs.page, query, user)
    return ProcessList(processes=[process(job) for job in jobs])


@router.get(routes.PROCESS, responses=error_answers(401, 404, 422, 503), summary="One process")
async def one(process_id: JobId, engine: EngineDep, user: CurrentUser) -> Process:
    """A process is a job; the ids are the same."""
    return process(await asyncio.to_thread(engine.jobs.get, process_id, user))


@router.post(
    routes.PROCESS_CANCEL, responses=error_answers(401, 404, 409, 422, 503), summary="Stop a process"
)
async def cancel(process_id: JobId, engine: EngineDep, user: CurrentUser) -> AnyAnswer:
    """The same as ``/queue/{id}/cancel``."""
    await asyncio.to_thread(engine.jobs.cancel, process_id, user)
    return AnyAnswer(success=True, message="The process is being stopped.")
