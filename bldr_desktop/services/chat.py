# SPDX-License-Identifier: MIT
"""Questions over ``/ws``: asked at once when connected, kept in an outbox when not.

A question goes out as ``{"message", "id"}``. Our engine answers ``{"type": "chat", "message",
"passages", "reply_to"}``; field servers answer ``{"message"}`` alone, so an answer without
``reply_to`` belongs to the oldest question that waits. A question that was sent and not answered when the
link went down is sent again: asking twice changes nothing.
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pydantic import ValidationError

from bldr_desktop.client.frames import Frame
from bldr_desktop.client.link import Link, LinkState
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol.ai import Citation
from bldr_desktop.protocol.base import utc_now
from bldr_desktop.protocol.events import FrameKind
from bldr_desktop.services.events import EventFeed

LONGEST = 4000
ANSWER_WITHIN = 60.0


class Delivery(StrEnum):
    """What has become of a question."""

    WAITING = "waiting"
    SENT = "sent"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer; ``error`` is the engine's sentence when it refused."""

    id: str
    question: str
    asked_at: str
    delivery: Delivery = Delivery.WAITING
    answer: str = ""
    passages: tuple[Citation, ...] = ()
    error: str = ""
    sent_mono: float = 0.0


@dataclass(frozen=True, slots=True)
class ChatState:
    """The conversation, oldest first, and how the link stands."""

    exchanges: tuple[Exchange, ...] = ()
    link: Link = field(default_factory=Link)

    @property
    def outbox(self) -> int:
        """Questions not sent yet."""
        return sum(1 for item in self.exchanges if item.delivery is Delivery.WAITING)


class ChatService:
    """One conversation with one engine, for this session of the application."""

    def __init__(self, feed: EventFeed, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.changed: Notice[ChatState] = Notice()
        self._feed, self._clock = feed, clock
        self._scope = TaskScope("chat")
        self._state = ChatState(link=feed.link)
        self._sending = False
        self._off = [
            feed.subscribe((FrameKind.CHAT,), self._on_frames),
            feed.control.connect(self._on_control),
            feed.link_changed.connect(self._on_link),
        ]

    @property
    def state(self) -> ChatState:
        """The state now."""
        return self._state

    def ask(self, question: str) -> None:
        """Ask; it is sent now or as soon as there is a connection."""
        text = question.strip()[:LONGEST]
        if text:
            self._add(Exchange(id=uuid.uuid4().hex, question=text, asked_at=utc_now()))
            self._send_soon()

    def retry(self, exchange_id: str) -> None:
        """Ask a failed question again."""
        self._change(exchange_id, delivery=Delivery.WAITING, error="")
        self._send_soon()

    def clear(self) -> None:
        """Forget the conversation, the outbox too."""
        self._become(replace(self._state, exchanges=()))

    def check_late(self) -> None:
        """Questions without an answer for a minute have failed; call it now and then."""
        for item in self._state.exchanges:
            if item.delivery is Delivery.SENT and self._clock() - item.sent_mono > ANSWER_WITHIN:
                self._change(item.id, delivery=Delivery.FAILED, error="timeout")

    async def close(self) -> None:
        """End."""
        for off in self._off:
            off()
        await self._scope.close()

    def _send_soon(self) -> None:
        if not self._sending and self._feed.link.state is LinkState.CONNECTED:
            self._sending = True
            self._scope.spawn("send", self._send_waiting())

    async def _send_waiting(self) -> None:
        try:
            while item := next((e for e in self._state.exchanges if e.delivery is Delivery.WAITING), None):
                if not await self._feed.send({"message": item.question, "id": item.id}):
                    return
                self._change(item.id, delivery=Delivery.SENT, sent_mono=self._clock())
        finally:
            self._sending = False

    def _on_link(self, link: Link) -> None:
        exchanges = self._state.exchanges
        if link.state is not LinkState.CONNECTED:
            exchanges = tuple(
                replace(item, delivery=Delivery.WAITING) if item.delivery is Delivery.SENT else item
                for item in exchanges
            )
        self._become(ChatState(exchanges, link))
        self._send_soon()

    def _on_frames(self, frames: list[Frame]) -> None:
        for frame in frames:
            item = self._asked(frame)
            text = frame.get("message")
            if item is not None and isinstance(text, str):
                self._change(
                    item.id, delivery=Delivery.ANSWERED, answer=text, passages=_passages(frame), error=""
                )

    def _on_control(self, frame: Frame) -> None:
        """A refusal names the question it refuses; other errors are not ours."""
        if frame.get("type") == "error" and frame.get("reply_to"):
            item = self._asked(frame)
            if item is not None:
                self._change(item.id, delivery=Delivery.FAILED, error=str(frame.get("error") or ""))

    def _asked(self, frame: Frame) -> Exchange | None:
        reply_to = frame.get("reply_to")
        open_ones = [item for item in self._state.exchanges if item.delivery is Delivery.SENT]
        if reply_to is not None:
            return next((item for item in open_ones if item.id == reply_to), None)
        return open_ones[0] if open_ones else None

    def _add(self, item: Exchange) -> None:
        self._become(replace(self._state, exchanges=(*self._state.exchanges, item)))

    def _change(self, exchange_id: str, **changes: object) -> None:
        exchanges = tuple(
            replace(item, **changes) if item.id == exchange_id else item  # type: ignore[arg-type]
            for item in self._state.exchanges
        )
        self._become(replace(self._state, exchanges=exchanges))

    def _become(self, state: ChatState) -> None:
        self._state = state
        self.changed.emit(state)


def _passages(frame: Frame) -> tuple[Citation, ...]:
    found = []
    passages = frame.get("passages")
    for item in passages if isinstance(passages, list) else ():
        try:
            found.append(Citation.model_validate(item))
        except ValidationError:
            continue  # a source that cannot be read is left out; the answer's text is still shown
    return tuple(found)
