# SPDX-License-Identifier: MIT
"""The AI use cases: which model, what to answer with, where conversations go."""

import asyncio
import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bldr_desktop.engine.ai.answer import Answerer, Question
from bldr_desktop.engine.ai.prompt import Turn
from bldr_desktop.engine.ai.providers import ModelError, Provider, ProviderSettings, discover
from bldr_desktop.engine.ai.roles import DEFAULT_ROLE, Role, load_roles
from bldr_desktop.engine.ports.ai import AnswerFailed, AnswerSink, SecretStore
from bldr_desktop.engine.ports.conversations import ConversationStore
from bldr_desktop.engine.services.knowledge import Attachments, DocumentKnowledge
from bldr_desktop.protocol.ai import AiModels, AiProviderConfig, AiRequest, AiResult, AiRoles, Message
from bldr_desktop.protocol.base import utc_now
from bldr_desktop.protocol.errors import ErrorCode

_SECRET = "ai_provider"  # noqa: S105 - the name of an entry
_FOUND_SECONDS = 20.0
_TITLE = 60
_HISTORY = 12


@dataclass(slots=True)
class _Known:
    """What was found when models were last asked for."""

    answer: AiModels
    providers: dict[str, ProviderSettings]
    until: float
    kept: str | None = None
    """The setting it was asked with: another process of a cluster may have changed it since."""


class Silent:
    """A sink for callers that wait for the whole answer."""

    def token(self, text: str, thought: bool) -> None:
        """Not shown."""

    def step(self, text: str) -> None:
        """Not shown."""


class AiService:
    """Answers AI tasks and knows the models.

    Args:
        knowledge: Makes the documents as an owner may see them.
        attachments: Reads files given with a question.
        conversations: Where messages go.
        secrets: Keeps the provider's key.
        roles_file: An edited ``roles.toml``, if there is one.
        local: Names and addresses of model servers looked for on this machine; None takes the usual.
        silence_seconds: How long a model may be silent before it counts as timed out.
        clock: Seconds that never run backwards.
    """

    def __init__(
        self,
        knowledge: Callable[[str], DocumentKnowledge],
        attachments: Attachments,
        conversations: ConversationStore,
        secrets: SecretStore,
        *,
        roles_file: Path | None = None,
        local: dict[str, str] | None = None,
        silence_seconds: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._knowledge = knowledge
        self._attachments = attachments
        self.conversations = conversations
        self._secrets = secrets
        self._roles = load_roles(roles_file)
        self._local = local
        self._clock = clock
        self._seconds = silence_seconds
        self._known: _Known | None = None

    # ---- models

    @property
    def known(self) -> AiModels | None:
        """What the last look at models found; None before the first. Asks nobody."""
        return self._known.answer if self._known is not None else None

    async def models(self, fresh: bool = False) -> AiModels:
        """Models that can be used now; an answer is kept for 20 s."""
        known, kept = self._known, self._secrets.get(_SECRET)
        if known is None or fresh or self._clock() > known.until or known.kept != kept:
            known = self._known = await self._look()
            known.kept = kept
        return known.answer

    async def _look(self) -> _Known:
        until = self._clock() + _FOUND_SECONDS
        configured = self.provider()
        if configured is not None:
            try:
                models = await Provider(configured).models()
            except ModelError as error:
                return _Known(AiModels(state="unreachable", reason=error.sentence), {}, until)
            default = configured.model or (models[0].id if models else None)
            state = AiModels(state="ready" if models else "none", models=models, default=default)
            return _Known(state, {model.id: configured for model in models}, until)
        found = await discover(self._local)
        models = [model for _, offered in found for model in offered]
        providers = {model.id: settings for settings, offered in reversed(found) for model in offered}
        state = (
            AiModels(state="ready", models=models, default=models[0].id) if models else AiModels(state="none")
        )
        return _Known(state, providers, until)

    def provider(self) -> ProviderSettings | None:
        """The configured model server, None when it is to be found."""
        kept = self._secrets.get(_SECRET)
        if not kept:
            return None
        values = json.loads(kept)
        return ProviderSettings(values["base_url"], values.get("api_key") or "", values.get("model") or "")

    def configure(self, config: AiProviderConfig | None) -> None:
        """Keep a model server; None goes back to finding one. An absent key leaves the kept one."""
        if config is None:
            self._secrets.put(_SECRET, None)
        else:
            before = self.provider()
            key = config.api_key
            if key is None and before is not None and before.base_url == config.base_url:
                key = before.api_key
            values = {
                "base_url": config.base_url.rstrip("/"),
                "api_key": key or "",
                "model": config.model or "",
            }
            self._secrets.put(_SECRET, json.dumps(values))
        self._known = None

    async def test(self, config: AiProviderConfig) -> AiModels:
        """Ask a model server without keeping it; what is wrong is said under ``reason``."""
        kept = self.provider()
        key = config.api_key
        if key is None and kept is not None and kept.base_url == config.base_url.rstrip("/"):
            key = kept.api_key
        settings = ProviderSettings(config.base_url, key or "")
        try:
            models = await Provider(settings).models()
        except ModelError as error:
            return AiModels(state="unreachable", reason=error.sentence)
        return AiModels(state="ready" if models else "none", models=models)

    def roles(self) -> AiRoles:
        """Roles that can be chosen."""
        return AiRoles(roles=[role.wire() for role in self._roles.values()])

    # ---- one task

    async def begin(self, request: AiRequest, owner: str) -> dict[str, Any]:
        """Put the question into its conversation (a new one when none is named); the job's parameters.

        Texts and files are stored, not put into the parameters: those travel in every frame.

        Raises:
            EngineError: 422, an attachment is not base64.
        """
        names: dict[str, str] = {}
        digests = list(request.attachments or [])
        inline = ((request.document_data, request.document_name or "document"), (request.image_data, "image"))
        for data, name in inline:
            if data:
                digest = await self._attachments.keep(data, name)
                digests.append(digest)
                names[digest] = name
        conversation_id, message_id = await asyncio.to_thread(self._ask, request, owner)
        params = request.model_dump(
            include={"model", "role", "thinking", "document_ids", "use_documents"}, exclude_none=True
        )
        return {
            **params,
            "conversation_id": conversation_id,
            "message_id": message_id,
            "attachments": digests,
            "attachment_names": names,
        }

    def _ask(self, request: AiRequest, owner: str) -> tuple[str, str]:
        conversation = None
        if request.conversation_id:
            conversation = self.conversations.get(request.conversation_id, owner)
        if conversation is None:
            title = " ".join(request.prompt.split())[:_TITLE] or "…"
            conversation = self.conversations.create(owner, title)
        message = Message(id=str(uuid.uuid4()), role="user", text=request.prompt, created_at=utc_now())
        self.conversations.add(conversation.id, message)
        return conversation.id, message.id

    async def answer(self, params: dict[str, Any], owner: str, sink: AnswerSink) -> AiResult | AnswerFailed:
        """Port ``AiWork``: the answer to a message of a conversation."""
        question = await self._question(params, owner)
        if question is None:
            return AnswerFailed(ErrorCode.NOT_FOUND, "The question was deleted before it could be answered.")
        return await self.ask(question, owner, sink, params.get("model"))

    async def ask(
        self, question: Question, owner: str, sink: AnswerSink, model: str | None = None
    ) -> AiResult | AnswerFailed:
        """Retrieve, ask the model, check; passages alone where there is no model.

        Args:
            question: What is asked.
            owner: Who asks.
            sink: Told while the answer grows.
            model: A model's id; an unknown one means the default.
        """
        answerer = Answerer(self._knowledge(owner))
        offered = await self.models()
        if offered.state == "unreachable":
            return AnswerFailed(ErrorCode.MODEL_UNREACHABLE, offered.reason or "The model cannot be reached.")
        providers = self._known.providers if self._known is not None else {}
        chosen = model if model in providers else offered.default
        if chosen is None or chosen not in providers:
            return await answerer.passages_only(question, sink)
        try:
            return await answerer.answer(question, Provider(providers[chosen]), chosen, sink)
        except ModelError as error:
            return AnswerFailed(error.code, error.sentence)

    def keep(self, task_id: str, params: dict[str, Any], owner: str, result: AiResult) -> None:
        """Port ``AiWork``: the answer into its conversation."""
        conversation_id = params.get("conversation_id")
        if not conversation_id or self.conversations.get(conversation_id, owner) is None:
            return  # deleted meanwhile
        answer = Message(
            id=str(uuid.uuid4()),
            role="assistant",
            text=result.text,
            created_at=utc_now(),
            task_id=task_id,
            result=result,
        )
        self.conversations.add(conversation_id, answer)

    def question(self, text: str, role: str | None = None, use_documents: bool = True) -> Question:
        """A question that belongs to no conversation."""
        return Question(text, self.role(role), use_documents=use_documents, seconds=self._seconds)

    def role(self, name: str | None) -> Role:
        """A role by its id; the coordinator for an unknown one."""
        return self._roles.get(name or "") or self._roles[DEFAULT_ROLE]

    async def _question(self, params: dict[str, Any], owner: str) -> Question | None:
        said = await asyncio.to_thread(self._said, params, owner)
        if said is None:
            return None
        text, history = said
        attached = await self._attachments.of(
            params.get("attachments", []), params.get("attachment_names", {})
        )
        return Question(
            text,
            self.role(params.get("role")),
            use_documents=bool(params.get("use_documents", True)),
            document_ids=params.get("document_ids"),
            history=history,
            attachments=attached,
            thinking=params.get("thinking"),
            seconds=self._seconds,
        )

    def _said(self, params: dict[str, Any], owner: str) -> tuple[str, list[Turn]] | None:
        """The question's text and what was said before it; None when it was deleted."""
        conversation = self.conversations.get(str(params.get("conversation_id", "")), owner)
        turns: list[Turn] = []
        for message in conversation.messages if conversation else []:
            if message.id == params.get("message_id"):
                return message.text, turns[-_HISTORY:]
            if message.role != "system" and message.text:
                turns.append(Turn("user" if message.role == "user" else "assistant", message.text))
        return None
