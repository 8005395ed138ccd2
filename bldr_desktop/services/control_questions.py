# SPDX-License-Identifier: MIT
"""Control questions: saved questions with what they should find, and how they did each time."""

from dataclasses import dataclass

from bldr_desktop.client.api import Api
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.documents import AnyAnswer
from bldr_desktop.protocol.rag import ControlQuestion, ControlResult, EvaluationAnswer


@dataclass(frozen=True, slots=True)
class ControlState:
    """All questions and all evaluations, the newest evaluation first."""

    questions: tuple[ControlQuestion, ...] = ()
    evaluations: tuple[EvaluationAnswer, ...] = ()
    running: bool = False

    @property
    def last(self) -> EvaluationAnswer | None:
        """The newest evaluation."""
        return self.evaluations[0] if self.evaluations else None

    def result_of(self, question_id: str | None) -> ControlResult | None:
        """How a question did the last time; None when it was not asked yet."""
        if self.last is None:
            return None
        return next((item for item in self.last.results if item.question_id == question_id), None)

    def curve(self) -> list[tuple[str, float]]:
        """(instant, nDCG) of each evaluation that had questions, oldest first."""
        return [(e.created_at, e.ndcg) for e in reversed(self.evaluations) if e.ndcg is not None]

    def turned(self) -> tuple[list[ControlResult], list[ControlResult]]:
        """Questions that turned good, and that turned bad, since the evaluation before."""
        results = self.last.results if self.last else []
        better = [item for item in results if item.ok and item.was_ok is False]
        worse = [item for item in results if not item.ok and item.was_ok is True]
        return better, worse


class ControlQuestionsService:
    """Calls raise ``ApiError``; ``changed`` tells the state after each that did not."""

    def __init__(self, api: Api) -> None:
        self.changed: Notice[ControlState] = Notice()
        self.state = ControlState()
        self._api = api

    async def refresh(self) -> None:
        """Read questions and evaluations."""
        questions = await self._api.get_list(routes.CONTROL_QUESTIONS, ControlQuestion)
        evaluations = await self._api.get_list(routes.EVALUATIONS, EvaluationAnswer, params={"limit": 100})
        self._become(ControlState(tuple(questions), tuple(evaluations), self.state.running))

    async def add(self, question: ControlQuestion) -> ControlQuestion:
        """Keep a question."""
        kept = await self._api.post(routes.CONTROL_QUESTIONS, ControlQuestion, json=question)
        await self.refresh()
        return kept

    async def remove(self, question_id: str) -> None:
        """Delete a question for good."""
        await self._api.delete(routes.path(routes.CONTROL_QUESTION, question_id=question_id), AnyAnswer)
        await self.refresh()

    async def run(self) -> EvaluationAnswer:
        """Ask all of them now."""
        self._become(ControlState(self.state.questions, self.state.evaluations, running=True))
        try:
            return await self._api.post(routes.CONTROL_QUESTIONS_RUN, EvaluationAnswer)
        finally:
            self.state = ControlState(self.state.questions, self.state.evaluations)
            await self.refresh()

    def _become(self, state: ControlState) -> None:
        self.state = state
        self.changed.emit(state)
