# SPDX-License-Identifier: MIT
"""The AI Shell's routes and the field's ways of asking (wire.md, parts 1 and 2)."""

import asyncio
import time
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from bldr_desktop.engine.ports.ai import AnswerFailed
from bldr_desktop.engine.routes.deps import AdminUser, CurrentUser, EngineDep, error_answers
from bldr_desktop.engine.services.ai import Silent
from bldr_desktop.engine.services.conversation_files import docx_of, markdown_of
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.ai import (
    AiAccepted,
    AiModels,
    AiProviderConfig,
    AiRequest,
    AiResult,
    AiRoles,
    AiStatus,
    AiTasks,
    ChatAnswer,
    ChatRequest,
    Conversation,
    Conversations,
    QuestionListAccepted,
    QuestionListRequest,
    SubmitQueryAnswer,
    SubmitQueryRequest,
)
from bldr_desktop.protocol.documents import AnyAnswer
from bldr_desktop.protocol.errors import ErrorCode

router = APIRouter(tags=["ai"])
_MIME = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_FILE: dict[int | str, dict[str, object]] = {
    200: {
        "content": {mime.split(";")[0]: {} for mime in _MIME.values()},
        "description": "The file, as an attachment.",
    }
}


class ConversationChange(BaseModel):
    """Body of ``PUT /ai/conversations/{id}``; absent fields stay. ``truncate_from``: a message's id."""

    title: str | None = Field(default=None, min_length=1, max_length=200)
    pinned: bool | None = None
    truncate_from: str | None = None


@router.post(routes.AI, responses=error_answers(401, 403, 422, 503), summary="Ask; the answer comes over /ws")
async def ask(request: AiRequest, engine: EngineDep, user: CurrentUser) -> AiAccepted:
    """Answers at once with a task's id; the last ``ai_task_update`` carries the answer."""
    return await engine.ai_tasks.submit(request, user)


@router.get(routes.AI_TASKS, responses=error_answers(401), summary="My questions")
def tasks(engine: EngineDep, user: CurrentUser) -> AiTasks:
    """Newest first; an admin sees everybody's."""
    return AiTasks(tasks=engine.ai_tasks.list(user))


@router.get(routes.AI_STATUS, responses=error_answers(401, 404), summary="How a question stands")
def task(task_id: str, engine: EngineDep, user: CurrentUser) -> AiStatus:
    """The same as the frames say, with the text so far."""
    return engine.ai_tasks.get(task_id, user)


@router.post(routes.AI_STOP, responses=error_answers(401, 404, 409), summary="Stop an answer")
def stop(task_id: str, engine: EngineDep, user: CurrentUser) -> AiStatus:
    """Closes the model's stream; what was written stays."""
    return engine.ai_tasks.stop(task_id, user)


@router.get(routes.AI_MODELS, responses=error_answers(401), summary="Models that can be asked")
async def models(engine: EngineDep, _user: CurrentUser, fresh: bool = False) -> AiModels:
    """Of the configured server, else of those found on the engine's machine."""
    return await engine.ai.models(fresh)


@router.get(routes.AI_ROLES, responses=error_answers(401), summary="Roles that can be chosen")
def roles(engine: EngineDep, _user: CurrentUser) -> AiRoles:
    """From the roles file."""
    return engine.ai.roles()


@router.put(routes.AI_PROVIDER, responses=error_answers(401, 403, 422), summary="Connect a model server")
async def configure(config: AiProviderConfig, engine: EngineDep, _user: AdminUser) -> AiModels:
    """Keeps address and key, and answers with its models or what is wrong."""
    await asyncio.to_thread(engine.ai.configure, config)
    return await engine.ai.models(fresh=True)


@router.delete(routes.AI_PROVIDER, responses=error_answers(401, 403), summary="Forget the model server")
async def forget(engine: EngineDep, _user: AdminUser) -> AiModels:
    """Model servers on the engine's machine are looked for again."""
    await asyncio.to_thread(engine.ai.configure, None)
    return await engine.ai.models(fresh=True)


@router.get(routes.AI_PROVIDER, responses=error_answers(401, 403), summary="The connected model server")
def provider(engine: EngineDep, _user: AdminUser) -> AiProviderConfig:
    """Without its key; an empty address when none is configured."""
    kept = engine.ai.provider()
    return AiProviderConfig(
        base_url=kept.base_url if kept else "", model=kept.model or None if kept else None
    )


@router.post(routes.AI_PROVIDER_TEST, responses=error_answers(401, 403, 422), summary="Try a model server")
async def test_provider(config: AiProviderConfig, engine: EngineDep, _user: AdminUser) -> AiModels:
    """Asks it without keeping it; ``reason`` says what is wrong."""
    return await engine.ai.test(config)


@router.get(routes.AI_CONVERSATIONS, responses=error_answers(401), summary="My conversations")
def conversations(
    engine: EngineDep, user: CurrentUser, search: Annotated[str | None, Query(max_length=200)] = None
) -> Conversations:
    """Pinned first, then the newest; without messages."""
    return Conversations(conversations=engine.ai.conversations.find(user.name, search))


@router.get(routes.AI_CONVERSATION, responses=error_answers(401, 404), summary="A conversation")
def conversation(conversation_id: str, engine: EngineDep, user: CurrentUser) -> Conversation:
    """With its messages, oldest first."""
    found = engine.ai.conversations.get(conversation_id, user.name)
    if found is None:
        raise _no_conversation(conversation_id)
    return found


@router.put(routes.AI_CONVERSATION, responses=error_answers(401, 404, 422), summary="Rename, pin, cut off")
def change(
    conversation_id: str, request: ConversationChange, engine: EngineDep, user: CurrentUser
) -> Conversation:
    """Only what is given changes."""
    store = engine.ai.conversations
    if request.truncate_from and not store.truncate(conversation_id, user.name, request.truncate_from):
        raise _no_conversation(conversation_id)
    found = store.update(conversation_id, user.name, request.title, request.pinned)
    if found is None:
        raise _no_conversation(conversation_id)
    return found


@router.delete(routes.AI_CONVERSATION, responses=error_answers(401, 404), summary="Delete a conversation")
def delete(conversation_id: str, engine: EngineDep, user: CurrentUser) -> AnyAnswer:
    """With all its messages."""
    if not engine.ai.conversations.delete(conversation_id, user.name):
        raise _no_conversation(conversation_id)
    return AnyAnswer(success=True, message="The conversation was deleted.")


@router.get(
    routes.AI_CONVERSATION_EXPORT,
    responses=error_answers(401, 404, 422) | _FILE,
    response_class=Response,
    summary="A conversation as Markdown or DOCX with footnotes",
)
def export_conversation(
    conversation_id: str,
    engine: EngineDep,
    user: CurrentUser,
    kind: Annotated[Literal["md", "docx"], Query(alias="format")] = "md",
    language: Literal["ru", "en"] = "ru",
) -> Response:
    """Each source as a footnote: document, edition, clause, page, quote, SHA-256."""
    found = engine.ai.conversations.get(conversation_id, user.name)
    if found is None:
        raise _no_conversation(conversation_id)

    def sha_of(document_id: str) -> str | None:
        document = engine.documents.get(document_id)
        return document.sha256 if document is not None else None

    if kind == "docx":
        content = docx_of(found, language, sha_of)
    else:
        content = markdown_of(found, language, sha_of).encode()
    headers = {
        "Content-Disposition": f'attachment; filename="conversation.{kind}"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=_MIME[kind], headers=headers)


@router.post(
    routes.AI_QUESTION_LIST,
    responses=error_answers(401, 403, 404, 422, 503),
    summary="Answer a list of questions (XLSX) as a job",
)
async def question_list(
    request: QuestionListRequest, engine: EngineDep, user: CurrentUser
) -> QuestionListAccepted:
    """The file is uploaded before; the answers are the job's result."""
    return await engine.question_lists.submit(request, user)


@router.post(
    routes.SUBMIT_QUERY, responses=error_answers(401, 403, 422, 503), summary="Ask and wait (field dialect)"
)
async def submit_query(
    request: SubmitQueryRequest, engine: EngineDep, user: CurrentUser
) -> SubmitQueryAnswer:
    """Every field may be null but the query."""
    question = (request.query or "").strip()
    if not question:
        raise _empty("query")
    result = await _wait_for(engine, question, user.name)
    return SubmitQueryAnswer(
        query=question,
        plan=None,
        results=[citation.model_dump(mode="json") for citation in result.citations],
        execution_results=[],
        final_response=result.text,
        status="success",
    )


@router.post(routes.AI_CHAT, responses=error_answers(401, 403, 422, 503), summary="Chat (field dialect)")
async def chat(request: ChatRequest, engine: EngineDep, user: CurrentUser) -> ChatAnswer:
    """With ``context_search`` off the model answers without the documents, if there is one."""
    began = time.perf_counter()
    if not request.message.strip():
        raise _empty("message")
    context = request.context_search and request.max_context > 0
    if not context and (await engine.ai.models()).state != "ready":
        sentence = "No language model is connected; only passages can be given (context_search)."
        raise EngineError(503, ErrorCode.NO_MODEL, sentence, headers={"Retry-After": "60"})
    result = await _wait_for(engine, request.message, user.name, request.agent_role, context)
    return ChatAnswer(
        response=result.text,
        context_used=[citation.model_dump(mode="json") for citation in result.citations],
        agent_used=request.agent_role or result.mode,
        processing_time=time.perf_counter() - began,
    )


async def _wait_for(
    engine: EngineDep, text: str, owner: str, role: str | None = None, context: bool = True
) -> AiResult:
    outcome = await engine.ai.ask(engine.ai.question(text, role, context), owner, Silent())
    if isinstance(outcome, AnswerFailed):
        raise EngineError(503, outcome.code, outcome.sentence, headers={"Retry-After": "10"})
    return outcome


def _empty(field: str) -> EngineError:
    sentence = f"{field}: a text is needed."
    return EngineError(422, ErrorCode.INVALID, sentence, fields={field: "must not be empty"})


def _no_conversation(conversation_id: str) -> EngineError:
    return EngineError(404, ErrorCode.NOT_FOUND, f"There is no conversation {conversation_id}.")
