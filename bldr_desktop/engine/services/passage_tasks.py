# SPDX-License-Identifier: MIT
"""``/ai`` without a model: a task that ends with passages, told over ``/ws`` like any other."""

import asyncio
import logging
import uuid
from collections import OrderedDict

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.engine.ports import StoreUnavailable
from bldr_desktop.engine.ports.events import EventLog, NewEvent
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.passages import PassageService
from bldr_desktop.protocol.ai import AiAccepted, AiRequest, AiResult, AiStatus
from bldr_desktop.protocol.base import utc_now
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.events import AiTaskFrame, FrameType

_log = logging.getLogger(__name__)
_KEPT = 1000
_NUMBERED = {"seq", "epoch", "ts"}


class PassageTasks:
    """The last thousand questions and what came of them, each seen by its owner only.

    Args:
        passages: Answers questions.
        events: Told of every answer.
    """

    def __init__(self, passages: PassageService, events: EventLog) -> None:
        self._passages = passages
        self._events = events
        self._tasks: OrderedDict[str, tuple[str, AiStatus]] = OrderedDict()
        self._scope = TaskScope("passages")

    async def submit(self, request: AiRequest, owner: str) -> AiAccepted:
        """Take a question; the answer comes as an ``ai_task_update``.

        Raises:
            EngineError: 422, there is no question.
        """
        if not request.prompt.strip():
            raise EngineError(
                422, ErrorCode.INVALID, "The question is empty.", fields={"prompt": "must not be empty"}
            )
        task_id = uuid.uuid4().hex
        status = AiStatus(task_id=task_id, status="processing", stage="search", created_at=utc_now())
        self._keep(owner, status)
        self._scope.spawn(task_id, self._work(task_id, request, owner))
        return AiAccepted(
            task_id=task_id,
            message="No language model is connected; the answer will be passages of the documents.",
            model=None,
            conversation_id=request.conversation_id,
        )

    def get(self, task_id: str, owner: str, *, admin: bool) -> AiStatus:
        """How a task stands.

        Raises:
            EngineError: 404, there is none of that owner.
        """
        kept = self._tasks.get(task_id)
        if kept is None or not (admin or kept[0] == owner):
            raise EngineError(404, ErrorCode.NOT_FOUND, f"There is no AI task {task_id}.")
        return kept[1]

    def list(self, owner: str, *, admin: bool) -> "list[AiStatus]":
        """Tasks, newest first."""
        return [status for who, status in reversed(self._tasks.values()) if admin or who == owner]

    async def close(self) -> None:
        """End what is running."""
        await self._scope.close()

    async def _work(self, task_id: str, request: AiRequest, owner: str) -> None:
        status = AiStatus(task_id=task_id, status="completed", stage="complete", progress=100)
        try:
            answer = await self._passages.answer(request.prompt, document_ids=request.document_ids)
            status.result = answer.text
            status.details = AiResult(
                text=answer.text,
                citations=answer.passages,
                supported=bool(answer.passages),
                mode="passages",
            )
        except EngineError as error:
            status.status, status.stage, status.error = "error", "error", error.sentence
        except StoreUnavailable:
            status.status, status.stage = "error", "error"
            status.error = "The documents cannot be reached now. Ask again in a moment."
        status.created_at = self._tasks[task_id][1].created_at if task_id in self._tasks else utc_now()
        self._keep(owner, status)
        await self._tell(status, owner)

    async def _tell(self, status: AiStatus, owner: str) -> None:
        said = status.result or status.error or ""
        frame = AiTaskFrame(
            job_id=status.task_id,
            task_id=status.task_id,
            status=status.status,
            stage=status.stage,
            progress=status.progress,
            message=status.error or "answered with passages",
            timestamp=utc_now(),
            log=said,
            result=status.result,
            data=status.result,
            error=status.error,
            details=status.details.model_dump(mode="json") if status.details else None,
        )
        event = NewEvent(
            type=FrameType.AI_TASK,
            frame=frame.model_dump(mode="json", exclude=_NUMBERED, exclude_none=True),
            job_id=status.task_id,
            owner=owner,
            terminal=True,
        )
        try:
            await asyncio.to_thread(self._events.append, [event])
        except StoreUnavailable as error:
            _log.warning("an answer could not be told: %s", error)

    def _keep(self, owner: str, status: AiStatus) -> None:
        self._tasks[status.task_id] = (owner, status)
        while len(self._tasks) > _KEPT:
            self._tasks.popitem(last=False)
