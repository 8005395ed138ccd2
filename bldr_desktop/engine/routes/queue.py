# SPDX-License-Identifier: MIT
"""The queue: ``/queue…`` and its tools dialect ``/api/tools/jobs/…``."""

import asyncio
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from fastapi.responses import FileResponse, PlainTextResponse, Response

from bldr_desktop.engine.ports.jobs import JobQuery
from bldr_desktop.engine.routes.deps import CurrentUser, EngineDep, error_answers
from bldr_desktop.engine.services.job_views import tools_jobs
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import FileState, JobStatus
from bldr_desktop.protocol.documents import AnyAnswer, BulkAnswer
from bldr_desktop.protocol.jobs import (
    BulkJobsRequest,
    Job,
    JobAnswer,
    JobEvents,
    JobFiles,
    JobLog,
    JobPicture,
    NewJobRequest,
    PriorityRequest,
    QueueList,
    RetryRequest,
    ToolsJobs,
)

router = APIRouter(tags=["queue"])
JobId = Annotated[str, Path(max_length=64, examples=["019a205b-bbd7-726f-b87d-4ec8d800ec54"])]
Limit = Annotated[int, Query(ge=1, le=1000)]
Page = Annotated[int, Query(ge=1, le=1_000_000)]
Seq = Annotated[int, Query(ge=0, le=1 << 53)]
Level = Literal["debug", "info", "warning", "error"]
Search = Annotated[str | None, Query(max_length=200)]
_ONE = error_answers(401, 404, 422, 503)
_COMMAND = error_answers(401, 404, 409, 422, 503)
_RECENT = 200


@router.get(routes.QUEUE, responses=error_answers(401, 422, 503), summary="Jobs")
async def queue(
    engine: EngineDep,
    user: CurrentUser,
    status: Annotated[list[JobStatus] | None, Query()] = None,
    type: Annotated[list[str] | None, Query(max_length=20)] = None,  # noqa: A002 - the wire's word
    owner: Annotated[str | None, Query(max_length=100)] = None,
    search: Search = None,
    sort: Literal[
        "created_at", "finished_at", "priority", "status", "type", "name", "owner", "progress"
    ] = "created_at",
    order: Literal["asc", "desc"] = "desc",
    page: Page = 1,
    limit: Limit = 200,
    paged: bool = False,
) -> QueueList | list[Job]:
    """The newest first. A bare list, as field clients read it; with ``paged=1`` with its pagination."""
    query = JobQuery(
        page=page,
        limit=limit,
        statuses=[one.value for one in status] if status else None,
        types=type,
        owner=owner,
        search=search,
        sort=sort,
        descending=order == "desc",
    )
    jobs, pagination = await asyncio.to_thread(engine.jobs.page, query, user)
    return QueueList(data=jobs, pagination=pagination) if paged else jobs


@router.post(routes.QUEUE, responses=error_answers(401, 422, 503), summary="Queue an export or an evaluation")
async def submit(request: NewJobRequest, engine: EngineDep, user: CurrentUser) -> JobAnswer:
    """Its result file, if it makes one, is at ``/queue/{id}/result``."""
    made = await asyncio.to_thread(engine.jobs.submit_request, request, user)
    return JobAnswer(success=True, message=f"{made.name} is queued.", job=made)


@router.post(routes.QUEUE_BULK, responses=error_answers(401, 422, 503), summary="A command for many jobs")
async def bulk(request: BulkJobsRequest, engine: EngineDep, user: CurrentUser) -> BulkAnswer:
    """Each job stands for itself: one refusal does not stop the others."""
    return await asyncio.to_thread(engine.jobs.bulk, request, user)


@router.get(routes.JOB, responses=_ONE, summary="One job")
async def job(job_id: JobId, engine: EngineDep, user: CurrentUser) -> Job:
    """As the database has it now."""
    return await asyncio.to_thread(engine.jobs.get, job_id, user)


@router.delete(routes.JOB, responses=_COMMAND, summary="Take an ended job off the list")
async def remove(job_id: JobId, engine: EngineDep, user: CurrentUser) -> AnyAnswer:
    """With its result file; documents stay."""
    await asyncio.to_thread(engine.jobs.remove, job_id, user)
    return AnyAnswer(success=True, message="The job is removed.")


@router.get(
    routes.JOB_LOG,
    responses={**_ONE, 200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
    summary="Lines of a job's log",
    response_model=JobLog,
)
async def log(
    job_id: JobId,
    engine: EngineDep,
    user: CurrentUser,
    after: Seq = 0,
    before: Annotated[int | None, Query(ge=1, le=1 << 53)] = None,
    level: Level | None = None,
    search: Search = None,
    limit: Annotated[int, Query(ge=1, le=50_000)] = 1000,
    format: Literal["json", "text", "records"] = "json",  # noqa: A002 - the wire's word
    coded: bool = False,
) -> JobLog | Response:
    """Lines after a number, oldest first; ``level`` is the lowest shown. ``format=text`` for saving;
    ``format=records`` for copying a whole log: all levels, the number to go on from in ``X-Last-Seq``,
    with ``coded=1`` also what each line says for other languages."""
    if format == "records":
        body, last = await asyncio.to_thread(
            partial(engine.jobs.log_records, job_id, user, after, before, limit, coded=coded)
        )
        return PlainTextResponse(body, headers={"X-Last-Seq": str(last)})
    found = await asyncio.to_thread(
        engine.jobs.log, job_id, user, after=after, before=before, limit=limit, level=level, search=search
    )
    if format == "json":
        return found
    text = "".join(f"{line.ts} {line.level:7} {line.text}\n" for line in found.lines)
    return PlainTextResponse(text)


@router.get(routes.JOB_FILES, responses=_ONE, summary="Files of a training")
async def files(
    job_id: JobId,
    engine: EngineDep,
    user: CurrentUser,
    state: Annotated[list[FileState] | None, Query()] = None,
    search: Search = None,
    page: Page = 1,
    limit: Limit = 100,
) -> JobFiles:
    """In the order of the run."""
    return await asyncio.to_thread(
        engine.jobs.files, job_id, user, states=state, search=search, page=page, limit=limit
    )


@router.get(routes.JOB_EVENTS, responses=_ONE, response_model=JobEvents, summary="Frames of a job")
async def events(
    job_id: JobId,
    engine: EngineDep,
    user: CurrentUser,
    after: Seq = 0,
    limit: Annotated[int, Query(ge=1, le=50_000)] = 1000,
) -> Response:
    """Exactly what went over ``/ws``, in order. ``last_seq`` is where to go on."""
    body = await asyncio.to_thread(engine.jobs.events, job_id, user, after, limit)
    return Response(body, media_type="application/json")


@router.get(routes.JOB_PICTURE, responses=_ONE, summary="All that a monitor shows of a job")
async def picture(job_id: JobId, engine: EngineDep, user: CurrentUser) -> JobPicture:
    """The job, its curves, the files in trouble and the end of its log, whatever the run's length."""
    return await asyncio.to_thread(engine.jobs.picture, job_id, user)


@router.post(routes.JOB_CANCEL, responses=_COMMAND, summary="Stop a job")
async def cancel(job_id: JobId, engine: EngineDep, user: CurrentUser) -> JobAnswer:
    """Ended within 5 s; finished files stay searchable. The receipt is in the job."""
    return _answer(await asyncio.to_thread(engine.jobs.cancel, job_id, user))


@router.post(routes.JOB_RETRY, responses=_COMMAND, summary="Run a job again")
async def retry(
    job_id: JobId, engine: EngineDep, user: CurrentUser, request: RetryRequest | None = None
) -> JobAnswer:
    """With the same parameters, as a new attempt; or its failed files only, also while it runs."""
    made = await asyncio.to_thread(engine.jobs.retry, job_id, user, request or RetryRequest())
    return JobAnswer(success=True, message=f"Attempt {made.attempt} is queued.", job=made)


@router.post(routes.JOB_CONTINUE, responses=_COMMAND, summary="Do the rest of a job")
async def proceed(job_id: JobId, engine: EngineDep, user: CurrentUser) -> JobAnswer:
    """What was finished is not done again."""
    made = await asyncio.to_thread(engine.jobs.proceed, job_id, user)
    return JobAnswer(success=True, message="The rest is queued.", job=made)


@router.post(routes.JOB_PRIORITY, responses=_COMMAND, summary="Move a waiting job")
async def priority(
    job_id: JobId, request: PriorityRequest, engine: EngineDep, user: CurrentUser
) -> JobAnswer:
    """9 goes first."""
    moved = await asyncio.to_thread(engine.jobs.set_priority, job_id, user, request.priority)
    return JobAnswer(success=True, message=f"Priority {moved.priority}.", job=moved)


@router.get(routes.JOB_RESULT, responses=_ONE, summary="A job's result file", response_class=FileResponse)
async def result(job_id: JobId, engine: EngineDep, user: CurrentUser) -> FileResponse:
    """As a download."""
    path, name = await asyncio.to_thread(engine.jobs.result, job_id, user)
    return FileResponse(path, filename=name)


@router.get(routes.TOOLS_JOBS_ACTIVE, responses=error_answers(401, 503), summary="Active jobs by type")
async def tools_active(engine: EngineDep, user: CurrentUser) -> ToolsJobs:
    """The tools dialect of the queue."""
    statuses = [one.value for one in JobStatus if not one.is_final]
    jobs, _ = await asyncio.to_thread(engine.jobs.page, JobQuery(limit=_RECENT, statuses=statuses), user)
    return tools_jobs(jobs)


@router.get(routes.TOOLS_JOBS_COMPLETED, responses=error_answers(401, 503), summary="Ended jobs by type")
async def tools_completed(engine: EngineDep, user: CurrentUser) -> ToolsJobs:
    """The newest 200, whatever their end."""
    statuses = [one.value for one in JobStatus if one.is_final]
    jobs, _ = await asyncio.to_thread(engine.jobs.page, JobQuery(limit=_RECENT, statuses=statuses), user)
    return tools_jobs(jobs)


@router.post(routes.TOOLS_JOB_CANCEL, responses=_COMMAND, summary="Stop a job (tools dialect)")
async def tools_cancel(job_id: JobId, engine: EngineDep, user: CurrentUser) -> AnyAnswer:
    """The same as ``/queue/{id}/cancel``."""
    answer = _answer(await asyncio.to_thread(engine.jobs.cancel, job_id, user))
    return AnyAnswer(success=True, message=answer.message)


@router.get(
    routes.TOOLS_JOB_DOWNLOAD,
    responses=_ONE,
    summary="A job's result file (tools dialect)",
    response_class=FileResponse,
)
async def tools_download(job_id: JobId, engine: EngineDep, user: CurrentUser) -> FileResponse:
    """The same as ``/queue/{id}/result``."""
    return await result(job_id, engine, user)


def _answer(stopped: Job) -> JobAnswer:
    done = stopped.status is JobStatus.CANCELLED
    return JobAnswer(success=True, message="Cancelled." if done else "The job is being stopped.", job=stopped)
