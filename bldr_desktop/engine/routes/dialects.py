# SPDX-License-Identifier: MIT
"""The field's ways of asking (wire.md part 1), answered with passages while no model is connected."""

import time

from fastapi import APIRouter

from bldr_desktop.engine.routes.deps import CurrentUser, EngineDep, error_answers
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.ai import (
    AiAccepted,
    AiModels,
    AiRequest,
    AiStatus,
    AiTasks,
    ChatAnswer,
    ChatRequest,
    SubmitQueryAnswer,
    SubmitQueryRequest,
)
from bldr_desktop.protocol.errors import ErrorCode

router = APIRouter(tags=["ai"])
_AGENT = "passages"


@router.post(routes.AI, responses=error_answers(401, 403, 422, 503), summary="Ask; the answer comes over /ws")
async def ask(request: AiRequest, engine: EngineDep, user: CurrentUser) -> AiAccepted:
    """Answers at once with a task's id; the last ``ai_task_update`` carries the answer."""
    return await engine.ai_tasks.submit(request, user.name)


@router.get(routes.AI_TASKS, responses=error_answers(401), summary="My questions")
async def tasks(engine: EngineDep, user: CurrentUser) -> AiTasks:
    """Newest first; an admin sees everybody's."""
    return AiTasks(tasks=engine.ai_tasks.list(user.name, admin=user.is_admin))


@router.get(routes.AI_STATUS, responses=error_answers(401, 404), summary="How a question stands")
async def task(task_id: str, engine: EngineDep, user: CurrentUser) -> AiStatus:
    """The same as the frames say."""
    return engine.ai_tasks.get(task_id, user.name, admin=user.is_admin)


@router.get(routes.AI_MODELS, responses=error_answers(401), summary="Models that can be asked")
async def models(_user: CurrentUser) -> AiModels:
    """None is connected."""
    return AiModels(state="none", reason="No language model is connected.")


@router.post(
    routes.SUBMIT_QUERY, responses=error_answers(401, 403, 422, 503), summary="Ask and wait (field dialect)"
)
async def submit_query(
    request: SubmitQueryRequest, engine: EngineDep, _user: CurrentUser
) -> SubmitQueryAnswer:
    """Every field may be null but the query."""
    question = (request.query or "").strip()
    if not question:
        raise EngineError(
            422, ErrorCode.INVALID, "query: a question is needed.", fields={"query": "must not be empty"}
        )
    answer = await engine.passages.answer(question)
    return SubmitQueryAnswer(
        query=question,
        plan=None,
        results=[passage.model_dump(mode="json") for passage in answer.passages],
        execution_results=[],
        final_response=answer.text,
        status="success",
    )


@router.post(routes.AI_CHAT, responses=error_answers(401, 403, 422, 503), summary="Chat (field dialect)")
async def chat(request: ChatRequest, engine: EngineDep, _user: CurrentUser) -> ChatAnswer:
    """With ``context_search`` off there is nothing to answer from while no model is connected."""
    began = time.perf_counter()
    if not request.message.strip():
        raise EngineError(
            422, ErrorCode.INVALID, "message: a text is needed.", fields={"message": "must not be empty"}
        )
    if not request.context_search or request.max_context == 0:
        raise EngineError(
            503,
            ErrorCode.NO_MODEL,
            "No language model is connected; only passages can be given (context_search).",
            headers={"Retry-After": "60"},
        )
    answer = await engine.passages.answer(request.message, request.max_context)
    return ChatAnswer(
        response=answer.text,
        context_used=[passage.model_dump(mode="json") for passage in answer.passages],
        agent_used=_AGENT,
        processing_time=time.perf_counter() - began,
    )
