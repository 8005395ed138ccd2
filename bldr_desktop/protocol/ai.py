# SPDX-License-Identifier: MIT
"""The AI Shell's words."""

from typing import Any, Literal

from pydantic import Field

from bldr_desktop.protocol.base import WireModel
from bldr_desktop.protocol.rag import Passage


class AiRequest(WireModel):
    """Body of ``POST /ai``; the second half is our engine's. Attachments are base64 (part 1) or the
    SHA-256 of uploaded files (``attachments``)."""

    prompt: str = Field(max_length=200_000)
    model: str | None = None
    image_data: str | None = None
    voice_data: str | None = None
    document_data: str | None = None
    document_name: str | None = None
    role: str | None = None
    conversation_id: str | None = None
    thinking: bool | None = None
    document_ids: list[str] | None = None
    use_documents: bool = True
    attachments: list[str] | None = None


class AiAccepted(WireModel):
    """Answer of ``POST /ai``; the answer itself comes over ``/ws``."""

    status: str = "processing"
    message: str
    task_id: str
    model: str | None = None
    estimated_time: str | None = None
    conversation_id: str | None = None
    position: int | None = None
    message_id: str | None = None


class Citation(Passage):
    """A numbered source of an answer."""

    number: int
    text: str


class NumberMark(WireModel):
    """A figure with a unit in the answer that stands in no cited passage; [start, end) in the answer."""

    start: int
    end: int
    text: str


class AiResult(WireModel):
    """What an AI task ends with."""

    text: str
    citations: list[Citation] = Field(default_factory=list)
    unsupported: list[NumberMark] = Field(default_factory=list)
    supported: bool = True
    thoughts: str | None = None
    model: str | None = None
    mode: Literal["model", "passages"] = "model"


class AiStatus(WireModel):
    """Answer of ``GET /ai/status/{task_id}``."""

    task_id: str
    status: Literal["pending", "processing", "completed", "error", "timeout", "cancelled"]
    stage: str = ""
    progress: float = 0
    created_at: str = ""
    result: Any = None
    error: str | None = None
    error_code: str | None = None
    details: AiResult | None = None
    text_so_far: str | None = None
    thoughts_so_far: str | None = None
    next_index: int | None = None


class AiTasks(WireModel):
    """Answer of ``GET /ai/tasks``."""

    tasks: list[AiStatus]


class AiModel(WireModel):
    """One model a provider offers."""

    id: str
    provider: str
    vision: bool | None = None
    tools: bool | None = None
    thinking: bool | None = None
    context: int | None = None


class AiModels(WireModel):
    """Answer of ``GET /ai/models``. ``state`` is ``none`` when no provider is configured or found."""

    state: Literal["ready", "none", "unreachable"]
    reason: str | None = None
    models: list[AiModel] = Field(default_factory=list)
    default: str | None = None


class AiProviderConfig(WireModel):
    """Body of ``PUT /ai/provider``; the key is write-only and never answered."""

    base_url: str
    api_key: str | None = None
    model: str | None = None


class AiRole(WireModel):
    """A role a person can choose."""

    id: str
    name_ru: str
    name_en: str
    description_ru: str = ""
    description_en: str = ""


class AiRoles(WireModel):
    """Answer of ``GET /ai/roles``."""

    roles: list[AiRole]


class Message(WireModel):
    """One message of a conversation."""

    id: str
    role: Literal["user", "assistant", "system"]
    text: str
    created_at: str
    task_id: str | None = None
    result: AiResult | None = None


class Conversation(WireModel):
    """A conversation, with its messages only where they were asked for."""

    id: str
    title: str
    pinned: bool = False
    created_at: str
    updated_at: str
    messages: list[Message] = Field(default_factory=list)


class Conversations(WireModel):
    """Answer of ``GET /ai/conversations?search=``."""

    conversations: list[Conversation]


class QuestionListRequest(WireModel):
    """Body of ``POST /ai/question-list``: an uploaded XLSX, one question in each row."""

    sha256: str = Field(min_length=64, max_length=64, pattern="^[0-9a-f]{64}$")
    name: str | None = Field(default=None, max_length=255)
    role: str | None = None
    model: str | None = None


class QuestionListAccepted(WireModel):
    """Answer of ``POST /ai/question-list``; the XLSX of answers is the job's result."""

    job_id: str
    questions: int
    message: str


class SubmitQueryRequest(WireModel):
    """Body of ``POST /submit_query``; field clients send nulls."""

    query: str | None = None
    source: str | None = None
    project_id: str | None = None
    user_id: str | None = None


class SubmitQueryAnswer(WireModel):
    """Answer of ``POST /submit_query``."""

    query: str
    plan: Any = None
    results: list[Any] = Field(default_factory=list)
    execution_results: list[Any] = Field(default_factory=list)
    final_response: str = ""
    status: str = "success"


class ChatRequest(WireModel):
    """Body of ``POST /api/ai/chat``."""

    message: str = Field(max_length=200_000)
    context_search: bool = True
    max_context: int = Field(default=3, ge=0, le=50)
    agent_role: str | None = None


class ChatAnswer(WireModel):
    """Answer of ``POST /api/ai/chat``."""

    response: str
    context_used: list[Any] = Field(default_factory=list)
    agent_used: str = ""
    processing_time: float = 0.0
