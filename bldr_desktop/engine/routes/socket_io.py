# SPDX-License-Identifier: MIT
"""``/socket.io``: the queue as the specification has it, from the same hub as ``/ws``.

A Socket.IO client is a member of the hub like any other: the same limits, the same visibility, the
same replay. Its wire turns numbered frames into ``task_update`` and ``job_completed``. Commands
``cancel``, ``retry`` and ``priority`` are acknowledged. The library is imported at the first request.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any

from starlette.types import ASGIApp, Receive, Scope, Send

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.engine.events.hub import Refused
from bldr_desktop.engine.events.member import Member
from bldr_desktop.engine.events.replay import gap_reason
from bldr_desktop.engine.ports import StoreUnavailable
from bldr_desktop.engine.services.auth import Principal
from bldr_desktop.engine.services.container import Engine
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.events import FrameType
from bldr_desktop.protocol.jobs import Job, RetryRequest

if TYPE_CHECKING:
    import socketio

_log = logging.getLogger(__name__)
_TOLD = {FrameType.JOB_NEW: "task_update", FrameType.JOB: "task_update", FrameType.JOB_DONE: "job_completed"}
_HIGH_WATER = 256
_LOW_WATER = 32
_PAUSE = 0.05


class SocketIoApp:
    """ASGI application at ``/socket.io``; builds its server when somebody first asks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._app: ASGIApp | None = None
        self._building = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        if self._app is None:
            async with self._building:
                if self._app is None:
                    self._app = await asyncio.to_thread(self._build)
        await self._app(scope, receive, send)

    def _build(self) -> ASGIApp:
        import socketio

        settings = self._engine.settings
        server = socketio.AsyncServer(
            async_mode="asgi",
            cors_allowed_origins=list(settings.allowed_origins),
            max_http_buffer_size=settings.ws_frame_bytes,
            ping_interval=settings.ws_ping_seconds,
            ping_timeout=settings.ws_ping_seconds,
            logger=False,
            engineio_logger=False,
        )
        Talk(self._engine, server).listen()
        application: ASGIApp = socketio.ASGIApp(server, socketio_path=routes.SOCKET_IO.strip("/"))
        return application


class SioWire:
    """The sending half of one Socket.IO client, as the hub wants it."""

    def __init__(self, server: "socketio.AsyncServer", sid: str, scope: TaskScope) -> None:
        self.writable = asyncio.Event()
        self.writable.set()
        self.resumed: Callable[[], None] | None = None
        self._server = server
        self._sid = sid
        self._waiting: list[bytes] = []
        self._bytes = 0
        self._closed = False
        self._news = asyncio.Event()
        self._scope = scope
        scope.spawn(f"sio-{sid}", self._pump())

    def write_frames(self, data: bytes) -> None:
        """Take whole, encoded frames."""
        if not self._closed:
            self._waiting.append(data)
            self._bytes += len(data)
            self._news.set()

    def buffered(self) -> int:
        """Bytes not yet handed to the transport, and packets it has not sent."""
        return self._bytes + self._unsent()

    def hang_up(self, code: int, reason: str, grace: float) -> None:
        """Tell why, then disconnect."""
        self._closed = True
        self._scope.spawn(f"sio-bye-{self._sid}", self._bye(code, reason, grace))

    def close(self) -> None:
        """The client is gone."""
        self._closed = True
        self._news.set()

    async def say(self, event: str, data: Any) -> None:
        """Send one event outside of the numbered order."""
        await self._server.emit(event, data, to=self._sid)

    async def _pump(self) -> None:
        while not self._closed:
            await self._news.wait()
            self._news.clear()
            batch, self._waiting = self._waiting, []
            for data in batch:
                for payload in unframe(data):
                    await self._emit(payload)
                self._bytes -= len(data)
            self.writable.set()
            if self.resumed is not None:
                self.resumed()

    async def _emit(self, payload: bytes) -> None:
        frame = json.loads(payload)
        kind = _TOLD.get(frame.get("type"))
        if kind is not None:
            await self._server.emit(kind, task_of(frame) if kind == "task_update" else frame, to=self._sid)
        elif frame.get("type") in {FrameType.RESET, FrameType.REPLAYED}:
            await self._server.emit(frame["type"], frame, to=self._sid)
        if self._unsent() > _HIGH_WATER:
            self.writable.clear()
            while self._unsent() > _LOW_WATER and not self._closed:  # noqa: ASYNC110
                await asyncio.sleep(_PAUSE)  # the library tells nobody when it has sent

    def _unsent(self) -> int:
        """Packets that wait in the transport."""
        eio_sid = self._server.manager.eio_sid_from_sid(self._sid, "/")
        socket = self._server.eio.sockets.get(eio_sid)
        return int(socket.queue.qsize()) if socket is not None else 0

    async def _bye(self, code: int, reason: str, grace: float) -> None:
        try:
            async with asyncio.timeout(grace):
                await self.say("closing", {"code": code, "reason": reason})
                await self._server.disconnect(self._sid)
        except TimeoutError:
            _log.warning("a Socket.IO client did not take its farewell")


class Talk:
    """What Socket.IO clients say, and how it is answered."""

    def __init__(self, engine: Engine, server: "socketio.AsyncServer") -> None:
        self._engine = engine
        self._server = server
        self._members: dict[str, tuple[Member, Principal, SioWire]] = {}
        self._scope = TaskScope("socket.io")

    def listen(self) -> None:
        """Register the handlers."""
        on = self._server.on
        on("connect", self._connect)
        on("disconnect", self._disconnect)
        on("hello", self._hello)
        for name, action in (("cancel", self._cancel), ("retry", self._retry), ("priority", self._priority)):
            on(name, self._command(action))

    async def _connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        from socketio.exceptions import ConnectionRefusedError as Refusal

        hub = self._engine.hub
        try:
            hub.arrive()
        except Refused as refusal:
            raise Refusal(str(refusal)) from refusal
        try:
            user = await self._engine.auth.verify(_token(environ, auth))
            wire = SioWire(self._server, sid, self._scope)
            member = hub.join(
                wire, user.name, admin=user.is_admin, session=user.session, expires=user.expires
            )
        except EngineError as error:
            raise Refusal("sign-in needed") from error
        except Refused as refusal:
            raise Refusal(str(refusal)) from refusal
        finally:
            hub.depart()
        self._members[sid] = (member, user, wire)
        given = auth if isinstance(auth, dict) else {}
        self._scope.spawn(f"begin-{sid}", self._begin(member, wire, given))

    async def _disconnect(self, sid: str, *_reason: Any) -> None:
        known = self._members.pop(sid, None)
        if known is not None:
            known[2].close()
            self._engine.hub.leave(known[0])

    async def _hello(self, sid: str, data: Any = None, *_more: Any) -> dict[str, Any]:
        known = self._members.get(sid)
        if known is None or not isinstance(data, dict):
            return {"success": False, "message": "hello needs since and epoch"}
        return await self._begin(known[0], known[2], data)

    async def _begin(self, member: Member, wire: SioWire, given: dict[str, Any]) -> dict[str, Any]:
        """Replay what was missed, like ``/ws``: whole, or a ``reset``."""
        log, hub = self._engine.events, self._engine.hub
        since, epoch = given.get("since"), given.get("epoch")
        head = {"seq": member.cursor, "epoch": log.epoch}
        if not isinstance(since, int):
            hub.go_live(member)
            return {"success": True, **head}
        reason = await asyncio.to_thread(gap_reason, log, since, epoch if isinstance(epoch, str) else None)
        if reason is not None:
            await wire.say("reset", {**head, "reason": reason})
            hub.go_live(member)
            return {"success": True, "recovered": False, **head}
        count = await hub.replay(member, since)
        hub.settle(member)
        return {"success": True, "recovered": True, "count": count, "seq": member.cursor, "epoch": log.epoch}

    def _command(
        self, action: Callable[[dict[str, Any], Principal], Job]
    ) -> Callable[..., Awaitable[dict[str, Any]]]:
        async def handle(sid: str, data: Any = None, *_more: Any) -> dict[str, Any]:
            known = self._members.get(sid)
            if known is None:
                return {"success": False, "message": "not connected"}
            given = data if isinstance(data, dict) else {"id": data}
            try:
                user = known[1]
                job = await asyncio.to_thread(action, given, user)
            except EngineError as error:
                return {"success": False, "message": error.sentence, "code": error.code.value}
            except (StoreUnavailable, TypeError, ValueError) as error:
                _log.warning("a Socket.IO command failed: %s", error)
                return {"success": False, "message": "The command could not be carried out."}
            return {"success": True, "message": job.message, "job": job.model_dump(mode="json")}

        return handle

    def _cancel(self, given: dict[str, Any], user: Principal) -> Job:
        return self._engine.jobs.cancel(str(given.get("id")), user)

    def _retry(self, given: dict[str, Any], user: Principal) -> Job:
        request = RetryRequest(only_failed=bool(given.get("only_failed", False)))
        return self._engine.jobs.retry(str(given.get("id")), user, request)

    def _priority(self, given: dict[str, Any], user: Principal) -> Job:
        priority = int(given.get("priority", 5))
        if not 0 <= priority <= 9:
            raise ValueError("priority is 0 to 9")
        return self._engine.jobs.set_priority(str(given.get("id")), user, priority)


def task_of(frame: dict[str, Any]) -> dict[str, Any]:
    """The flat ``task_update`` of the specification, our numbers beside it."""
    job = frame.get("data")
    if not isinstance(job, dict):
        job = {"id": frame.get("job_id"), "status": frame.get("status"), "progress": frame.get("progress")}
    return {**job, "seq": frame.get("seq"), "epoch": frame.get("epoch"), "ts": frame.get("ts")}


def unframe(data: bytes) -> Iterator[bytes]:
    """Payloads of concatenated unmasked text frames (see ``events.framing``)."""
    place = 0
    while place < len(data):
        length = data[place + 1]
        place += 2
        if length == 126:
            length = int.from_bytes(data[place : place + 2], "big")
            place += 2
        elif length == 127:
            length = int.from_bytes(data[place : place + 8], "big")
            place += 8
        yield data[place : place + length]
        place += length


def _token(environ: dict[str, Any], auth: Any) -> str:
    if isinstance(auth, dict) and isinstance(auth.get("token"), str):
        return str(auth["token"])
    scheme, _, value = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""
