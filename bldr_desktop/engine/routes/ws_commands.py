# SPDX-License-Identifier: MIT
"""What a client may say on ``/ws``, and how it is answered. Nothing it sends harms anybody else."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from bldr_desktop.engine.events.member import Member, Mode
from bldr_desktop.engine.events.replay import gap_reason
from bldr_desktop.engine.ports import StoreUnavailable
from bldr_desktop.engine.services.container import Engine
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.protocol.base import WireModel, utc_now
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.events import CLOSE_POLICY, FrameType, HelloFrame, ResetFrame, ServerHello

_log = logging.getLogger(__name__)
Say = Callable[[WireModel | dict[str, object]], None]
_BURST_SECONDS = 4.0
_FLOOD_SECONDS = 10.0
_MOST_MUTED = 1000


class Conversation:
    """The commands of one connection, one after the other.

    Args:
        engine: The engine.
        member: The connection.
        say: Writes one frame to it.
    """

    def __init__(self, engine: Engine, member: Member, say: Say) -> None:
        self._engine = engine
        self._member = member
        self._say = say
        self._pace = _Pace(engine.settings.ws_frames_per_second)

    async def take(self, text: str | None) -> None:
        """Answer one frame; None stands for a binary one."""
        await self._member.wire.writable.wait()  # who does not read answers is not read either
        if not await self._keep_pace():
            return
        frame = _decode(text)
        if frame is None:
            self._refuse("A frame is one JSON object as text.")
            return
        kind = frame.get("type")
        if kind is None and isinstance(frame.get("message"), str):
            kind = "message"
        match kind:
            case "hello":
                await self._hello(frame)
            case "ping":
                self._say({"type": FrameType.PONG, "ts": utc_now(), "timestamp": utc_now()})
            case "subscribe" | "unsubscribe":
                self._subscribe(frame, wanted=kind == "subscribe")
            case "message" | "chat":
                await self._chat(frame)
            case _:
                self._refuse(f"The command {str(kind)[:60]!r} is not known.")

    async def _keep_pace(self) -> bool:
        """Wait while the client sends too fast; False when it was closed for that."""
        loop = asyncio.get_running_loop()
        wait, begun = self._pace.next(loop.time())
        if wait <= 0:
            return True
        if begun:
            self._refuse("Too many frames; they are taken more slowly now.", ErrorCode.RATE_LIMITED)
        if self._pace.flooding(loop.time()):
            self._engine.hub.dismiss(self._member, CLOSE_POLICY, "too many frames")
            return False
        await asyncio.sleep(wait)
        return True

    async def _hello(self, frame: dict[str, Any]) -> None:
        member, log = self._member, self._engine.events
        try:
            hello = HelloFrame.model_validate(frame)
        except ValidationError:
            self._refuse("hello needs a number under `since` and a text under `epoch`.")
            return
        if member.mode is Mode.CATCHING_UP:
            self._refuse("A replay is running already.", ErrorCode.CONFLICT)
            return
        fresh = "epoch" in frame and hello.epoch is None and hello.since == 0
        reason = None if fresh else await asyncio.to_thread(gap_reason, log, hello.since, hello.epoch)
        if reason is not None:
            self._greet(recovered=False)
            self._say(ResetFrame(seq=member.cursor, epoch=log.epoch, reason=reason))
            self._engine.hub.go_live(member)
            return
        self._greet(recovered=True)
        if fresh:
            self._engine.hub.go_live(member)
            return
        count = await self._engine.hub.replay(member, hello.since)
        self._say({"type": FrameType.REPLAYED, "seq": member.cursor, "epoch": log.epoch, "count": count})
        self._engine.hub.settle(member)

    def _greet(self, *, recovered: bool) -> None:
        log = self._engine.events
        self._say(ServerHello(seq=self._member.cursor, epoch=log.epoch, ts=utc_now(), recovered=recovered))

    def _subscribe(self, frame: dict[str, Any], *, wanted: bool) -> None:
        """Everything visible is sent without asking; a job can be left out and taken in again."""
        self._engine.hub.go_live(self._member)
        job = frame.get("job_id")
        if isinstance(job, str) and wanted:
            self._member.muted.discard(job)
        elif isinstance(job, str) and len(self._member.muted) < _MOST_MUTED:
            self._member.muted.add(job)
        self._say(
            {
                "type": FrameType.SUBSCRIBED,
                "subscribed": wanted,
                "subscription_type": frame.get("subscription_type") or ("job" if job else "all"),
                "job_id": job if isinstance(job, str) else None,
                "timestamp": utc_now(),
            }
        )

    async def _chat(self, frame: dict[str, Any]) -> None:
        text, reply_to = frame.get("message"), frame.get("id")
        reply_to = reply_to[:64] if isinstance(reply_to, str) else None
        if not isinstance(text, str) or not text.strip():
            self._refuse("A message needs a text under `message`.", reply_to=reply_to)
            return
        self._engine.hub.go_live(self._member)
        try:
            answer = await self._engine.passages.answer(text)
        except EngineError as error:
            self._refuse(error.sentence, error.code, reply_to=reply_to)
        except StoreUnavailable:
            self._refuse("The documents cannot be reached now.", ErrorCode.UNAVAILABLE, reply_to=reply_to)
        else:
            self._say(
                {
                    "type": FrameType.CHAT,
                    "message": answer.text,
                    "passages": [hit.model_dump(mode="json") for hit in answer.passages],
                    "reply_to": reply_to,
                    "timestamp": utc_now(),
                }
            )

    def _refuse(
        self, sentence: str, code: ErrorCode = ErrorCode.BAD_REQUEST, *, reply_to: str | None = None
    ) -> None:
        self._say(
            {
                "type": FrameType.ERROR,
                "error": sentence,
                "detail": sentence,
                "message": sentence,
                "code": code,
                "reply_to": reply_to,
                "timestamp": utc_now(),
            }
        )


def _decode(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return frame if isinstance(frame, dict) else None


class _Pace:
    """A bucket of frames that fills at ``rate`` a second.

    Args:
        rate: Frames a second that are always taken at once.
    """

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._room = rate * _BURST_SECONDS
        self._seen: float | None = None
        self._slowed_at: float | None = None

    def next(self, now: float) -> tuple[float, bool]:
        """Take one frame: seconds to wait before it is answered, and whether slowing begins now."""
        full = self._rate * _BURST_SECONDS
        if self._seen is not None:
            self._room = min(full, self._room + (now - self._seen) * self._rate)
        self._seen = now
        self._room -= 1
        if self._room >= 0:
            if self._room > full / 2:
                self._slowed_at = None
            return 0.0, False
        begun = self._slowed_at is None
        if begun:
            self._slowed_at = now
        return -self._room / self._rate, begun

    def flooding(self, now: float) -> bool:
        """True when it has gone on too fast for too long."""
        return self._slowed_at is not None and now - self._slowed_at > _FLOOD_SECONDS
