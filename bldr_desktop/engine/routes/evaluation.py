# SPDX-License-Identifier: MIT
"""Control questions and what came of asking them."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query

from bldr_desktop.engine.routes.deps import CurrentUser, EngineDep, error_answers
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.documents import AnyAnswer
from bldr_desktop.protocol.rag import ControlQuestion, EvaluationAnswer

router = APIRouter(tags=["evaluation"])


@router.get(routes.CONTROL_QUESTIONS, responses=error_answers(401, 503), summary="All control questions")
async def questions(engine: EngineDep, _user: CurrentUser) -> list[ControlQuestion]:
    """Oldest first."""
    return await asyncio.to_thread(engine.evaluation.questions)


@router.post(
    routes.CONTROL_QUESTIONS, responses=error_answers(401, 422, 503), summary="Keep a control question"
)
async def save(question: ControlQuestion, engine: EngineDep, _user: CurrentUser) -> ControlQuestion:
    """Adds one, or replaces that with the same ``id``."""
    return await asyncio.to_thread(engine.evaluation.save, question)


@router.post(
    routes.CONTROL_QUESTIONS_RUN, responses=error_answers(401, 503), summary="Ask all control questions now"
)
async def run(engine: EngineDep, _user: CurrentUser) -> EvaluationAnswer:
    """Through the same search that answers people; kept, with what changed since the last run."""
    return await asyncio.to_thread(engine.evaluation.run)


@router.get(routes.EVALUATIONS, responses=error_answers(401, 422, 503), summary="Past evaluations")
async def evaluations(
    engine: EngineDep, _user: CurrentUser, limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> list[EvaluationAnswer]:
    """The newest first."""
    return await asyncio.to_thread(engine.evaluation.evaluations, limit)


@router.put(
    routes.CONTROL_QUESTION, responses=error_answers(401, 404, 422, 503), summary="Change a control question"
)
async def change(
    question_id: str, question: ControlQuestion, engine: EngineDep, _user: CurrentUser
) -> ControlQuestion:
    """Replaces it."""
    return await asyncio.to_thread(engine.evaluation.save, question.model_copy(update={"id": question_id}))


@router.delete(
    routes.CONTROL_QUESTION, responses=error_answers(401, 404, 503), summary="Delete a control question"
)
async def delete(question_id: str, engine: EngineDep, _user: CurrentUser) -> AnyAnswer:
    """For good."""
    await asyncio.to_thread(engine.evaluation.delete, question_id)
    return AnyAnswer(success=True, message="The control question is deleted.")
