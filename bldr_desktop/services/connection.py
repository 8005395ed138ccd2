# SPDX-License-Identifier: MIT
"""One place for the state of the connection (C3): engine process, REST, WebSocket and session in one word.

``ConnectionService`` folds what the parts say into :class:`Connection` and asks ``GET /status`` every
few seconds; ``fold`` is pure, so every combination can be tried.
"""

import asyncio
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bldr_desktop.client.api import Api, ApiError, NotOffered, Unauthorized, Unreachable
from bldr_desktop.client.engine_process import EngineProcess, EngineState, EngineStatus
from bldr_desktop.client.link import Backoff, Link, LinkState
from bldr_desktop.client.realtime import Realtime
from bldr_desktop.client.session import Session, SessionState
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.status import StatusAnswer, StatusData

ASK_EVERY = 5.0
ASK_WHILE_OPENING = 1.0


class ConnectionWord(StrEnum):
    """The pill's states (ui.md)."""

    CONNECTED = "connected"
    CONNECTING = "connecting"
    RECONNECTING = "reconnecting"
    OFFLINE = "offline"
    UNAUTHORIZED = "unauthorized"
    DEGRADED = "degraded"


_UP = frozenset({ConnectionWord.CONNECTED, ConnectionWord.DEGRADED})


@dataclass(frozen=True, slots=True)
class Connection:
    """The state. ``service``: ``engine``, ``server``, ``events``, ``sign_in`` or a component's name;
    ``reason``: a code (``refused``, ``dns`` …) ; ``sentence``: the same in the server's own words."""

    word: ConnectionWord = ConnectionWord.CONNECTING
    service: str = ""
    reason: str = ""
    sentence: str = ""
    since: datetime = field(default_factory=lambda: datetime.now(UTC))
    next_try: datetime | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What the parts say, the input of :func:`fold`. ``engine`` is None for a server elsewhere."""

    engine: EngineStatus | None = None
    session: SessionState = SessionState.SIGNED_OUT
    link: Link = field(default_factory=Link)
    server: StatusData | None = None
    failure: ApiError | None = None
    next_ask: datetime | None = None
    link_retry: datetime | None = None
    was_connected: bool = False


def fold(parts: Parts) -> Connection:
    """The one word for all parts; the part nearest to the root of the trouble is named."""
    again = ConnectionWord.RECONNECTING if parts.was_connected else ConnectionWord.CONNECTING
    engine = parts.engine
    if engine is not None and engine.state is not EngineState.RUNNING:
        word = {EngineState.GIVEN_UP: ConnectionWord.OFFLINE, EngineState.STOPPED: ConnectionWord.OFFLINE}
        return Connection(
            word.get(engine.state, again), "engine", engine.state, engine.reason, next_try=engine.next_try
        )
    if isinstance(parts.failure, Unreachable):
        word_now = ConnectionWord.RECONNECTING if engine is not None else ConnectionWord.OFFLINE
        failure = parts.failure
        return Connection(word_now, "server", failure.code, failure.sentence, next_try=parts.next_ask)
    if parts.session is not SessionState.SIGNED_IN or isinstance(parts.failure, Unauthorized):
        return Connection(ConnectionWord.UNAUTHORIZED, "sign_in", parts.session)
    if parts.link.state is LinkState.UNAUTHORIZED:
        return Connection(ConnectionWord.UNAUTHORIZED, "sign_in", parts.link.reason)
    if parts.link.state is not LinkState.CONNECTED:
        reason = parts.link.reason
        return Connection(again, "events", reason, parts.link.detail, next_try=parts.link_retry)
    if parts.failure is not None:
        return Connection(ConnectionWord.DEGRADED, "server", parts.failure.code, parts.failure.sentence)
    if parts.server is not None and parts.server.status != "healthy":
        return _degraded(parts.server)
    return Connection(ConnectionWord.CONNECTED)


def _degraded(server: StatusData) -> Connection:
    for name, component in server.details.items():
        if component.state in {"degraded", "unhealthy"}:
            return Connection(ConnectionWord.DEGRADED, name, component.state, component.text)
    return Connection(ConnectionWord.DEGRADED, "server", server.status, "")


class ConnectionService:
    """Watches the parts and tells ``changed`` with the folded state, ``server_changed`` with ``/status``."""

    def __init__(
        self, api: Api, session: Session, realtime: Realtime, engine: EngineProcess | None = None
    ) -> None:
        self.changed: Notice[Connection] = Notice()
        self.server_changed: Notice[StatusData | None] = Notice()
        self.state = Connection()
        self._api, self._session, self._realtime, self._engine = api, session, realtime, engine
        self._parts = Parts(engine=engine.status if engine else None, session=session.state)
        self._scope = TaskScope("connection")
        self._wake = asyncio.Event()
        self._backoff = Backoff(first=1.0, cap=30.0)
        self._leave = [
            session.changed.connect(lambda state: self._take(session=state)),
            realtime.link_changed.connect(self._on_link),
            api.unreachable.connect(self._on_unreachable),
        ]
        self._leave_engine = engine.changed.connect(self._on_engine) if engine is not None else None

    @property
    def server(self) -> StatusData | None:
        """The last answer of ``/status``; None until there is one."""
        return self._parts.server

    def start(self) -> None:
        """Begin to ask; needs a running loop."""
        self._scope.spawn("ask", self._ask_for_ever())

    async def aclose(self) -> None:
        """Stop."""
        for leave in self._leave:
            leave()
        if self._leave_engine is not None:
            self._leave_engine()
        await self._scope.close()

    def try_now(self) -> None:
        """Do not wait for any countdown."""
        if self._engine is not None:
            self._engine.try_now()
        self._realtime.try_now()
        self._wake.set()

    def _on_engine(self, status: EngineStatus) -> None:
        self._take(engine=status)
        if status.state is EngineState.RUNNING:
            self._wake.set()

    def _on_link(self, link: Link) -> None:
        retry = None
        if link.retry_at is not None:
            retry = datetime.now(UTC) + timedelta(seconds=max(link.retry_at - time.monotonic(), 0.0))
        self._take(link=link, link_retry=retry)

    def _on_unreachable(self, failure: Unreachable) -> None:
        if self._parts.failure is None and failure.code != "timeout":
            self._wake.set()  # somebody's call failed: look at once, not in five seconds

    async def _ask_for_ever(self) -> None:
        while True:
            self._wake.clear()
            pause = await self._ask()
            try:
                await asyncio.wait_for(self._wake.wait(), pause)
            except TimeoutError:
                continue
            await asyncio.sleep(0.2)  # a storm of wakes is one question

    async def _ask(self) -> float:
        """Ask once; the seconds until the next time."""
        engine = self._parts.engine
        if engine is not None and engine.state is not EngineState.RUNNING:
            return ASK_EVERY
        if self._session.state is not SessionState.SIGNED_IN:
            return ASK_EVERY
        try:
            answer = await self._api.get(routes.STATUS, StatusAnswer)
        except NotOffered:
            self._take(failure=None)
            return ASK_EVERY
        except ApiError as error:
            pause = self._backoff.next_delay()
            self._take(failure=error, next_ask=datetime.now(UTC) + timedelta(seconds=pause))
            return pause
        self._backoff.reset()
        self._take(server=answer.data, failure=None, next_ask=None)
        self.server_changed.emit(answer.data)
        index = answer.data.details.get("index")
        return ASK_WHILE_OPENING if index is not None and index.state == "degraded" else ASK_EVERY

    def _take(self, **changes: object) -> None:
        self._parts = replace(self._parts, **changes)  # type: ignore[arg-type]
        state = fold(self._parts)
        if state.word in _UP and not self._parts.was_connected:
            self._parts = replace(self._parts, was_connected=True)
        same = replace(state, since=self.state.since)
        if same == self.state:
            return
        self.state = same if state.word is self.state.word else state
        self.changed.emit(self.state)
