# SPDX-License-Identifier: MIT
"""``evaluation``: ask the control questions; queued after each training that changed something."""

from collections.abc import Callable

from bldr_desktop.engine.jobs.context import JobContext, finish_in_thread
from bldr_desktop.engine.jobs.kinds import Lane
from bldr_desktop.engine.ports.jobs import JobEnd, Progress
from bldr_desktop.protocol.base import JobStatus, JobType
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.rag import EvaluationAnswer

Evaluate = Callable[[str | None], EvaluationAnswer]
"""(job id of the training it follows) → what came of it."""


class EvaluationKind:
    """Params: ``after``, the training's job id, optional."""

    type = JobType.EVALUATION
    lane: Lane = "light"

    def __init__(self, evaluate: Evaluate) -> None:
        self._evaluate = evaluate

    async def run(self, context: JobContext) -> JobEnd:
        """Ask all, say how it went."""
        context.report(Progress(stage="questions", message="Asking the control questions."))
        answer = await finish_in_thread(self._evaluate, context.job.params.get("after"))
        if answer.questions == 0:
            return JobEnd(
                JobStatus.COMPLETED, "There are no control questions.", error_code=ErrorCode.NOTHING_TO_DO
            )
        for result in answer.results:
            if result.ok != result.was_ok and result.was_ok is not None:
                word = "found again" if result.ok else "no longer found"
                context.log(f"{result.question}: {word}.", "info" if result.ok else "warning")
        right = sum(result.ok for result in answer.results)
        score = "" if answer.ndcg is None else f", nDCG@10 {answer.ndcg:.3f}"
        return JobEnd(JobStatus.COMPLETED, f"{right} of {answer.questions} control questions right{score}.")
