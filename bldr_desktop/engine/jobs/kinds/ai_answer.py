# SPDX-License-Identifier: MIT
"""An AI task as a job: its tokens over the hub as they come, its answer kept before it is called done."""

import asyncio
import contextlib
import re
from dataclasses import dataclass, field
from typing import Any

from bldr_desktop.common.aio import spawn
from bldr_desktop.engine.jobs.context import JobContext
from bldr_desktop.engine.jobs.kinds import Lane
from bldr_desktop.engine.ports.ai import AiWork, AnswerFailed
from bldr_desktop.engine.ports.events import NewEvent
from bldr_desktop.engine.ports.jobs import JobEnd, Progress
from bldr_desktop.protocol.ai import AiResult
from bldr_desktop.protocol.base import JobStatus, JobType, utc_now
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.events import AiTaskFrame, AiTokenFrame, FrameType
from bldr_desktop.protocol.jobs import Job

FLUSH_SECONDS = 0.025
_HEAD = {"seq", "epoch", "ts"}


@dataclass(slots=True)
class Growing:
    """An answer on its way: what a client that missed tokens can read again."""

    owner: str
    text: str = ""
    thoughts: str = ""
    stage: str = ""
    told: str = ""
    """What frames 0 to ``next_index`` - 1 carried of the text: pieces that wait are not in it."""
    told_thoughts: str = ""
    next_index: int = 0
    pending: list[tuple[str, bool]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    """The first piece is here."""

    def token(self, text: str, thought: bool) -> None:
        """A piece came."""
        if thought:
            self.thoughts += text
        else:
            self.text += text
        self.pending.append((text, thought))
        self.begun.set()
        self.news.set()


class _Voice:
    """The sink of one task: pieces into the growing answer, steps into the job's log."""

    def __init__(self, context: JobContext, growing: Growing) -> None:
        self._context = context
        self._growing = growing

    def token(self, text: str, thought: bool) -> None:
        self._growing.token(text, thought)

    def step(self, text: str) -> None:
        self._growing.stage = text
        self._context.log(text)
        self._context.report(Progress(stage=text.partition(":")[0], message=text))
        self._context.emit(task_frame(self._context.job, "processing", text.partition(":")[0], text))
        self._growing.news.set()


class AiAnswerKind:
    """Jobs of type ``ai_task``."""

    type = JobType.AI
    lane: Lane = "light"

    def __init__(self, work: AiWork) -> None:
        self._work = work
        self.growing: dict[str, Growing] = {}

    async def run(self, context: JobContext) -> JobEnd:
        """Answer; a stopped answer keeps what was written so far."""
        job = context.job
        growing = self.growing[job.id] = Growing(job.owner or "")
        teller = spawn(f"tokens-{job.id}", self._tell(context, growing))
        try:
            outcome = await self._work.answer(job.params, job.owner or "", _Voice(context, growing))
            await self._silence(teller, context, growing)
            return await self._finish(context, outcome)
        except asyncio.CancelledError:
            await self._silence(teller, context, growing)
            await self._stopped(context, growing)
            raise
        finally:
            teller.cancel()
            self.growing.pop(job.id, None)

    async def _tell(self, context: JobContext, growing: Growing) -> None:
        """The first piece at once, also when a step was told just before; later ones together."""
        while True:
            await growing.news.wait()
            growing.news.clear()
            waited_for = not growing.begun.is_set()
            context.emit(*token_frames(context.job, growing))
            await context.flush()
            if waited_for:
                with contextlib.suppress(TimeoutError):  # wait_for of 3.11 can lose a cancellation
                    async with asyncio.timeout(FLUSH_SECONDS):
                        await growing.begun.wait()
            else:
                await asyncio.sleep(FLUSH_SECONDS)

    async def _silence(self, teller: "asyncio.Task[None]", context: JobContext, growing: Growing) -> None:
        teller.cancel()
        await asyncio.wait([teller])
        context.emit(*token_frames(context.job, growing))
        await context.flush()

    async def _finish(self, context: JobContext, outcome: AiResult | AnswerFailed) -> JobEnd:
        job = context.job
        if isinstance(outcome, AnswerFailed):
            late = outcome.code == ErrorCode.MODEL_TIMEOUT
            frame = task_frame(
                job,
                "timeout" if late else "error",
                "error",
                outcome.sentence,
                error=outcome.sentence,
                error_code=outcome.code,
            )
            context.emit(frame)
            await context.flush()
            return JobEnd(JobStatus.FAILED, error=outcome.sentence, error_code=outcome.code)

        def keep() -> list[NewEvent]:
            self._work.keep(job.id, job.params, job.owner or "", outcome)
            return [answer_frame(job, outcome)]

        await context.commit(keep)
        return JobEnd(JobStatus.COMPLETED, message=_plain(outcome.text))

    async def _stopped(self, context: JobContext, growing: Growing) -> None:
        job = context.job
        if not context.cancel_asked:
            return  # the engine stops: the job begins anew after its restart
        partial = AiResult(text=growing.text, thoughts=growing.thoughts or None, supported=False)

        def keep() -> list[NewEvent]:
            self._work.keep(job.id, job.params, job.owner or "", partial)
            return [task_frame(job, "cancelled", "stopped", "stopped", result=growing.text)]

        await context.commit(keep)


def _plain(text: str) -> str:
    """The beginning of an answer without its marks, for the queue's list."""
    return " ".join(re.sub(r"[*_`#>\[\]]+", " ", text).split())[:160]


def token_frames(job: Job, growing: Growing) -> list[NewEvent]:
    """One frame for what came since the last, thoughts and answer apart."""
    merged: list[tuple[str, bool]] = []
    for text, thought in growing.pending:
        if merged and merged[-1][1] == thought:
            merged[-1] = (merged[-1][0] + text, thought)
        else:
            merged.append((text, thought))
    growing.pending.clear()
    made = []
    for text, thought in merged:
        frame = AiTokenFrame(task_id=job.id, delta=text, index=growing.next_index, thought=thought)
        growing.next_index += 1
        if thought:
            growing.told_thoughts += text
        else:
            growing.told += text
        made.append(_event(job, frame, durable=False))
    return made


def task_frame(job: Job, status: str, stage: str, message: str, **more: Any) -> NewEvent:
    """Progress or a bad end of an AI task."""
    ended = status != "processing"
    if isinstance(more.get("result"), str):
        more["data"] = more["result"]
    frame = AiTaskFrame(
        task_id=job.id,
        status=status,
        stage=stage,
        progress=100 if ended else 10,
        message=message,
        log=message,
        timestamp=utc_now(),
        **more,
    )
    return _event(job, frame, terminal=ended)


def answer_frame(job: Job, result: AiResult) -> NewEvent:
    """The last frame of a good task, readable by every client."""
    frame = AiTaskFrame(
        task_id=job.id,
        status="completed",
        stage="complete",
        progress=100,
        message="complete",
        log=result.text,
        timestamp=utc_now(),
        result=result.text,
        data=result.text,
        details=result.model_dump(mode="json"),
    )
    return _event(job, frame, terminal=True)


def _event(
    job: Job, frame: AiTaskFrame | AiTokenFrame, *, terminal: bool = False, durable: bool = True
) -> NewEvent:
    kind = FrameType(frame.type)
    body = frame.model_dump(mode="json", exclude=_HEAD)
    return NewEvent(kind, body, job_id=job.id, owner=job.owner, terminal=terminal, durable=durable)
