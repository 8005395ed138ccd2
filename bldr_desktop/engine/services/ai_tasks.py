# SPDX-License-Identifier: MIT
"""AI tasks over the queue: each is a job, so it waits, runs, stops and is retried like any other."""

import asyncio
from collections.abc import Mapping
from typing import Literal

from bldr_desktop.engine.jobs.kinds.ai_answer import Growing
from bldr_desktop.engine.ports.jobs import JobQuery, NewJob
from bldr_desktop.engine.services.ai import AiService
from bldr_desktop.engine.services.auth import Principal
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.jobs import JobService
from bldr_desktop.protocol.ai import AiAccepted, AiRequest, AiStatus
from bldr_desktop.protocol.base import JobStatus, JobType
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.jobs import Job

_NAME = 80
_PRIORITY = 7
"""Somebody waits for an answer: before trainings, behind what a person raised."""

_Word = Literal["pending", "processing", "completed", "error", "timeout", "cancelled"]
_WORDS: dict[JobStatus, _Word] = {
    JobStatus.QUEUED: "pending",
    JobStatus.RUNNING: "processing",
    JobStatus.CANCELLING: "processing",
    JobStatus.COMPLETED: "completed",
    JobStatus.CANCELLED: "cancelled",
}


class AiTaskService:
    """Questions to the model as jobs.

    Args:
        ai: Conversations and answers.
        jobs: The queue.
        growing: Answers on their way, by task, as the job kind keeps them.
    """

    def __init__(self, ai: AiService, jobs: JobService, growing: Mapping[str, Growing]) -> None:
        self._ai = ai
        self._jobs = jobs
        self._growing = growing

    async def submit(self, request: AiRequest, user: Principal) -> AiAccepted:
        """Queue a question; the answer comes over ``/ws``.

        Raises:
            EngineError: 422, there is no question.
        """
        if not request.prompt.strip():
            raise EngineError(
                422, ErrorCode.INVALID, "The question is empty.", fields={"prompt": "must not be empty"}
            )
        params = await self._ai.begin(request, user.name)
        name = " ".join(request.prompt.split())[:_NAME]
        new = NewJob(JobType.AI, name, user.name, params, _PRIORITY)
        job = await asyncio.to_thread(self._jobs.submit, new)
        return AiAccepted(
            message="The question is being worked on; the answer comes over the WebSocket.",
            task_id=job.id,
            model=request.model,
            conversation_id=params["conversation_id"],
            message_id=params["message_id"],
            position=job.position,
        )

    def get(self, task_id: str, user: Principal) -> AiStatus:
        """How a question stands, with what was written so far.

        Raises:
            EngineError: 404.
        """
        job = self._jobs.get(task_id, user)
        if job.type != JobType.AI:
            raise EngineError(404, ErrorCode.NOT_FOUND, f"There is no AI task {task_id}.")
        return self._status(job)

    def list(self, user: Principal, limit: int = 100) -> "list[AiStatus]":
        """Tasks, newest first."""
        jobs, _ = self._jobs.page(JobQuery(limit=limit, types=[JobType.AI]), user)
        return [self._status(job) for job in jobs]

    def stop(self, task_id: str, user: Principal) -> AiStatus:
        """Stop an answer; what was written stays.

        Raises:
            EngineError: 404; 409 when it has ended.
        """
        self.get(task_id, user)
        self._jobs.cancel(task_id, user)
        return self.get(task_id, user)

    def _status(self, job: Job) -> AiStatus:
        word = _WORDS.get(job.status, "error")
        if job.error_code == ErrorCode.MODEL_TIMEOUT:
            word = "timeout"
        status = AiStatus(
            task_id=job.id,
            status=word,
            stage="complete" if word == "completed" else job.stage or word,
            progress=100 if job.status.is_final else job.progress,
            created_at=job.created_at,
            error=job.error,
            error_code=job.error_code,
        )
        growing = self._growing.get(job.id)
        if growing is not None:
            status.text_so_far, status.thoughts_so_far = growing.told, growing.told_thoughts
            status.next_index = growing.next_index
        kept = self._ai.conversations.by_task(job.id) if job.status.is_final else None
        if kept is not None:
            status.result, status.details = kept.text, kept.result
        return status
