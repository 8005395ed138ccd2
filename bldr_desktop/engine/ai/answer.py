# SPDX-License-Identifier: MIT
"""From a question to a checked answer: retrieve, ask the model, verify what it says.

Without a model the passages themselves are the answer. A model that can call tools works in at
most ``MAX_STEPS`` steps, each told as a line; one that cannot gets the plain grounded path.
"""

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bldr_desktop.engine.ai.citations import check_citations
from bldr_desktop.engine.ai.numbers import unsupported
from bldr_desktop.engine.ai.prompt import Source, Turn, build_prompt
from bldr_desktop.engine.ai.providers import Delta, ModelError, Provider
from bldr_desktop.engine.ai.roles import Role
from bldr_desktop.engine.ai.tools import Sources, Toolbox
from bldr_desktop.engine.ports.knowledge import Attached, Found, Knowledge, head_of
from bldr_desktop.protocol.ai import AiResult, Citation, NumberMark
from bldr_desktop.protocol.errors import ErrorCode

MAX_STEPS = 6
PASSAGES = 8
_NOTHING = {
    "ru": "В ваших документах об этом ничего не найдено.",
    "en": "Nothing about this was found in your documents.",
}


class Sink(Protocol):
    """Who is told while an answer grows."""

    def token(self, text: str, thought: bool) -> None:
        """A piece of the answer, or of a thought."""
        ...

    def step(self, text: str) -> None:
        """A line of progress."""
        ...


@dataclass(slots=True)
class Question:
    """What was asked, of whom, with what."""

    text: str
    role: Role
    use_documents: bool = True
    document_ids: list[str] | None = None
    history: Sequence[Turn] = ()
    attachments: Sequence[Attached] = ()
    thinking: bool | None = None
    budget: int = 6000
    seconds: float = 300.0

    @property
    def language(self) -> str:
        """``ru`` when any Cyrillic letter is in the question, else ``en``."""
        return "ru" if re.search(r"[А-Яа-яЁё]", self.text) else "en"


@dataclass(slots=True)
class _Written:
    text: list[str] = field(default_factory=list)
    thoughts: list[str] = field(default_factory=list)


class Answerer:
    """Answers one question after another; holds no state between them."""

    def __init__(self, knowledge: Knowledge, max_steps: int = MAX_STEPS) -> None:
        self._knowledge = knowledge
        self._max_steps = max_steps

    async def passages_only(self, question: Question, sink: Sink) -> AiResult:
        """The answer where no model is connected: the passages, cited."""
        found = await self._knowledge.search(question.text, PASSAGES, question.document_ids)
        relevant = [item for item in found if item.relevant]
        text = passages_text(relevant, question.language)
        sink.token(text, False)
        citations = _citations(relevant, range(1, len(relevant) + 1))
        return AiResult(text=text, citations=citations, supported=bool(relevant), mode="passages")

    async def answer(self, question: Question, provider: Provider, model: str, sink: Sink) -> AiResult:
        """Ask the model and check its answer.

        Raises:
            ModelError: The model did not do its part; pieces may have been told already.
        """
        sources = Sources()
        if question.use_documents:
            sink.step("search")
            for item in await self._knowledge.search(question.text, PASSAGES, question.document_ids):
                if item.relevant:
                    sources.add(item)
        written = _Written()
        messages = self._messages(question, sources)
        box = Toolbox(self._knowledge, sources, question.role.tools, sink.step, question.document_ids)
        tools = box.definitions() if question.use_documents else []
        for step in range(self._max_steps + 1):
            offered = tools if step < self._max_steps else []
            calls = await self._one_turn(provider, model, messages, offered, question, written, sink)
            if calls is None:  # the server refuses tools: the plain path
                tools = []
                calls = await self._one_turn(provider, model, messages, [], question, written, sink) or []
            if not calls:
                break
            messages.append(_assistant_calls(calls, "".join(written.text)))
            written.text.clear()
            for call in calls:
                reply = await box.call(call.name, call.arguments)
                messages.append({"role": "tool", "tool_call_id": call.id, "content": reply})
        return check(question, "".join(written.text), sources.found, "".join(written.thoughts), model)

    def _messages(self, question: Question, sources: Sources) -> list[dict[str, Any]]:
        prompt = build_prompt(
            question.text,
            system=question.role.system(question.language),
            language=question.language,
            sources=[Source(head_of(item.passage), item.text) for item in sources.found],
            history=question.history,
            attachments=[Source(item.name, item.text) for item in question.attachments if item.text],
            images=[item.image for item in question.attachments if item.image],
            budget=question.budget,
        )
        del sources.found[prompt.sources :]
        return prompt.messages

    async def _one_turn(
        self,
        provider: Provider,
        model: str,
        messages: list[dict[str, Any]],
        tools: list[dict[str, Any]],
        question: Question,
        written: _Written,
        sink: Sink,
    ) -> list[Any] | None:
        """Stream one reply; its tool calls, or None when the server refused the tools themselves."""
        calls: list[Any] = []
        before = len(written.text)
        stream = provider.stream(
            messages, model=model, tools=tools, thinking=question.thinking, seconds=question.seconds
        )
        try:
            async with contextlib.aclosing(stream) as pieces:
                async for piece in pieces:
                    _take(piece, written, sink)
                    calls += piece.tool_calls
        except ModelError as error:
            if tools and error.code == ErrorCode.MODEL_FAILED and len(written.text) == before:
                return None
            raise
        return calls


def check(
    question: Question, answer: str, found: Sequence[Found], thoughts: str = "", model: str | None = None
) -> AiResult:
    """Verify an answer: citations that resolve, figures that stand in what is cited."""
    checked = check_citations(answer.strip(), len(found))
    cited = [found[number - 1].text for number in checked.cited]
    attached = [item.text for item in question.attachments]
    marks = unsupported(checked.text, [*cited, *attached], question.text) if question.use_documents else []
    return AiResult(
        text=checked.text,
        citations=_citations(found, checked.cited),
        unsupported=[NumberMark(start=mark.start, end=mark.end, text=mark.text) for mark in marks],
        supported=bool(checked.cited),
        thoughts=thoughts or None,
        model=model,
        mode="model",
    )


def passages_text(found: Sequence[Found], language: str) -> str:
    """Passages as a readable answer, numbered as their citations are."""
    if not found:
        return _NOTHING["ru" if language == "ru" else "en"]
    return "\n\n".join(
        f"**{head_of(item.passage)}** [{number}]\n\n> " + item.text.strip().replace("\n", "\n> ")
        for number, item in enumerate(found, 1)
    )


def _take(piece: Delta, written: _Written, sink: Sink) -> None:
    if piece.thought:
        written.thoughts.append(piece.thought)
        sink.token(piece.thought, True)
    if piece.text:
        written.text.append(piece.text)
        sink.token(piece.text, False)


def _citations(found: Sequence[Found], numbers: Sequence[int]) -> list[Citation]:
    return [
        Citation(**found[number - 1].passage.model_dump(), number=number, text=found[number - 1].text)
        for number in numbers
    ]


def _assistant_calls(calls: Sequence[Any], text: str) -> dict[str, Any]:
    rows = [
        {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
        for call in calls
    ]
    return {"role": "assistant", "content": text or None, "tool_calls": rows}
