# SPDX-License-Identifier: MIT
"""What the AI Shell holds: conversations of exchanges, and how frames change them. Pure, no I/O."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from bldr_desktop.protocol.ai import AiResult, AiStatus, Conversation, Message
from bldr_desktop.protocol.base import utc_now

_MOST_EARLY = 4096


class Phase(StrEnum):
    """How far an exchange is."""

    QUEUED = "queued"
    SENDING = "sending"
    WAITING = "waiting"
    STREAMING = "streaming"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        """True when nothing more comes."""
        return self in {Phase.DONE, Phase.STOPPED, Phase.FAILED}

    @property
    def on_server(self) -> bool:
        """True while the server works on it."""
        return self in {Phase.WAITING, Phase.STREAMING}


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom to ask and how; None leaves it to the server."""

    role: str | None = None
    model: str | None = None
    thinking: bool | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file given with a question. ``state``: ``sending``, ``ready`` or ``failed`` (see ``problem``)."""

    key: str
    name: str
    path: str = ""
    size: int = 0
    sha256: str = ""
    state: str = "sending"
    problem: str = ""
    data: str = ""
    """Base64 of it, for servers that take no uploads with a question."""


@dataclass(slots=True)
class Exchange:
    """A question and its answer. ``revision`` grows with every change, for whoever shows it."""

    question: str
    choice: Choice = field(default_factory=Choice)
    attachments: tuple[Attachment, ...] = ()
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    phase: Phase = Phase.QUEUED
    asked_at: str = field(default_factory=utc_now)
    task_id: str | None = None
    message_id: str | None = None
    position: int | None = None
    text: str = ""
    thoughts: str = ""
    steps: list[str] = field(default_factory=list)
    result: AiResult | None = None
    error: str = ""
    code: str = ""
    stopping: bool = False
    next_index: int = 0
    gap: bool = False
    revision: int = 0
    early: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    """Pieces behind a gap, by index, until what is missing was read."""

    def touched(self) -> None:
        """It changed."""
        self.revision += 1


@dataclass(slots=True)
class Thread:
    """One conversation as this application shows it; ``id`` once the server has given it one."""

    id: str | None = None
    title: str = ""
    exchanges: list[Exchange] = field(default_factory=list)
    loading: bool = False
    error: str = ""

    @property
    def busy(self) -> Exchange | None:
        """The exchange that is being worked on."""
        return next((item for item in self.exchanges if _busy(item)), None)

    @property
    def waiting(self) -> list[Exchange]:
        """Questions that have not been sent yet."""
        return [item for item in self.exchanges if item.phase is Phase.QUEUED]


def _busy(item: Exchange) -> bool:
    return item.phase is Phase.SENDING or item.phase.on_server


def take_token(item: Exchange, frame: Mapping[str, Any]) -> bool:
    """Add a piece in its place; False when pieces before it are missing (``gap`` is set)."""
    index, delta = frame.get("index"), frame.get("delta")
    if item.phase.is_final or not isinstance(index, int) or not isinstance(delta, str):
        return True
    if index < item.next_index:
        return True  # seen already
    if index > item.next_index:
        if len(item.early) < _MOST_EARLY:
            item.early[index] = frame
        item.gap = True
        return False
    _add(item, frame, delta)
    _take_early(item)
    return True


def _add(item: Exchange, frame: Mapping[str, Any], delta: str) -> None:
    if frame.get("thought"):
        item.thoughts += delta
    else:
        item.text += delta
    item.next_index += 1
    item.phase = Phase.STREAMING
    item.touched()


def _take_early(item: Exchange) -> None:
    while (frame := item.early.pop(item.next_index, None)) is not None:
        _add(item, frame, str(frame["delta"]))
    item.gap = bool(item.early)


def take_task(item: Exchange, frame: Mapping[str, Any]) -> None:
    """Apply an ``ai_task_update`` of any server."""
    if item.phase.is_final:
        return
    status = str(frame.get("status") or "")
    if status == "completed":
        text = next((frame[k] for k in ("result", "data", "log") if isinstance(frame.get(k), str)), "")
        finish(item, _result(frame.get("details"), text))
    elif status == "cancelled":
        stop(item, frame.get("result") if isinstance(frame.get("result"), str) else None)
    elif status in {"error", "timeout", "failed"}:
        fail(
            item,
            str(frame.get("error") or frame.get("message") or status),
            str(frame.get("error_code") or ""),
        )
    else:
        _step(item, str(frame.get("message") or frame.get("stage") or ""))


def take_status(item: Exchange, status: AiStatus) -> None:
    """Apply an answer of ``GET /ai/status/{task_id}``: what was missed is made good."""
    if item.phase.is_final:
        return
    if status.status == "completed":
        text = status.result if isinstance(status.result, str) else item.text
        finish(item, status.details or AiResult(text=text))
    elif status.status == "cancelled":
        stop(item, status.result if isinstance(status.result, str) else None)
    elif status.status in {"error", "timeout"}:
        fail(item, status.error or "", status.error_code or "")
    elif status.text_so_far is not None and (status.next_index or 0) >= item.next_index:
        item.text, item.next_index = status.text_so_far, status.next_index or 0
        item.thoughts = status.thoughts_so_far or item.thoughts
        if item.next_index:
            item.phase = Phase.STREAMING
        for index in [number for number in item.early if number < item.next_index]:
            del item.early[index]
        _take_early(item)
        item.touched()


def finish(item: Exchange, result: AiResult) -> None:
    """The checked answer replaces what was streamed."""
    item.result, item.text = result, result.text
    item.thoughts = result.thoughts or item.thoughts
    _end(item, Phase.DONE)


def stop(item: Exchange, text: str | None = None) -> None:
    """Stopped; what was written stays."""
    item.text = text or item.text
    _end(item, Phase.STOPPED)


def fail(item: Exchange, sentence: str, code: str = "") -> None:
    """It did not work; what was written stays."""
    item.error, item.code = sentence, code
    _end(item, Phase.FAILED)


def _end(item: Exchange, phase: Phase) -> None:
    item.phase, item.position, item.stopping, item.gap = phase, None, False, False
    item.early.clear()
    item.touched()


def _step(item: Exchange, text: str) -> None:
    if text and (not item.steps or item.steps[-1] != text):
        item.steps.append(text)
    item.position = None
    item.touched()


def _result(details: Any, text: str) -> AiResult:
    try:
        return AiResult.model_validate(details) if details else AiResult(text=text)
    except ValidationError:
        return AiResult(text=text)


def thread_of(conversation: Conversation) -> Thread:
    """A kept conversation as exchanges; a question without an answer counts as failed."""
    thread = Thread(conversation.id, conversation.title)
    for message in conversation.messages:
        if message.role == "user":
            thread.exchanges.append(
                Exchange(message.text, message_id=message.id, asked_at=message.created_at, phase=Phase.FAILED)
            )
        elif message.role == "assistant":
            if not thread.exchanges or thread.exchanges[-1].result is not None:
                thread.exchanges.append(Exchange("", asked_at=message.created_at, phase=Phase.FAILED))
            _answered(thread.exchanges[-1], message)
    return thread


def _answered(item: Exchange, message: Message) -> None:
    item.result = message.result or AiResult(text=message.text)
    item.text, item.task_id = message.text, message.task_id
    item.thoughts = item.result.thoughts or ""
    stopped = not item.result.supported and item.result.model is None and item.result.mode == "model"
    item.phase = Phase.STOPPED if stopped and message.result is not None else Phase.DONE
