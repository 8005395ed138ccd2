# SPDX-License-Identifier: MIT
"""The one WebSocket connection of the application.

It connects, says ``hello`` with the last number it saw, hands decoded frames over in batches, notices
a dead peer, comes back by itself, and says why it was away. It knows nothing of jobs or windows.

Order of events for a listener::

    link_changed(connecting) → link_changed(connected) → resync? → frames* → link_changed(reconnecting) …

``resync`` means: what you hold may be stale, read it again over REST. After a gap that the server
could fill there is none; against servers without numbering there is one after each connect.
"""

import asyncio
import json
import logging
import ssl
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote, urlsplit

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage, InvalidStatus

from bldr_desktop.client.api import ApiError
from bldr_desktop.client.frames import Frame, FrameStats, decode_batch
from bldr_desktop.client.link import Backoff, Link, LinkReason, LinkState
from bldr_desktop.client.realtime_guard import Timing, guard
from bldr_desktop.client.realtime_sequence import Resync, Sequence
from bldr_desktop.client.realtime_socket import MAX_FRAME, BatchConnection
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.auth import ValidateAnswer
from bldr_desktop.protocol.events import CLOSE_POLICY, CLOSE_TRY_AGAIN, HelloFrame

if TYPE_CHECKING:
    from bldr_desktop.client.api import Api

_log = logging.getLogger(__name__)

DRAIN_EVERY = 0.012
"""Seconds that frames may be collected before they are decoded together."""
DRAIN_AT = 384
"""Frames after which they are decoded at once: bounds memory and the length of one step."""
OPEN_TIMEOUT = 8.0
SETTLE = 0.25
"""Seconds to wait for the first word, or a refusal, before an open socket counts as connected."""
STEADY_AFTER = 10.0
"""Seconds a connection must hold before the back-off starts again from the first delay."""


_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class _Refused(Exception):
    """The server did not want us: token, policy or load."""

    def __init__(self, reason: LinkReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class Realtime:
    """Keeps one connection to ``api``'s server.

    Args:
        api: Whose server, token and address are used; followed when it moves.
        ssl_context: For ``wss`` with a company's own CA.
        proxy: As ``Api`` takes it: None for the system's, empty for none, else its address.
        backoff: Delays between attempts.
        timing: When a silent peer is pinged and given up.
    """

    def __init__(
        self,
        api: "Api",
        *,
        ssl_context: ssl.SSLContext | None = None,
        proxy: str | None = None,
        backoff: Backoff | None = None,
        timing: Timing | None = None,
    ) -> None:
        self.link = Link()
        self.stats = FrameStats()
        self.link_changed: Notice[Link] = Notice()
        self.sequence = Sequence(self.stats)
        self.frames: Notice[list[Frame]] = self.sequence.frames
        """Decoded state frames, in order, without those already seen."""
        self.control: Notice[Frame] = self.sequence.control
        """Greetings, pongs, server errors and notifications."""
        self.resync: Notice[Resync] = self.sequence.resync
        self.control.connect(self._on_control)
        self._api, self._ssl, self._proxy = api, ssl_context, proxy
        self._backoff = backoff or Backoff()
        self._timing = timing or Timing()
        self._scope = TaskScope("realtime")
        self._loop_task: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._hurry = LinkReason.NONE
        self._connection: BatchConnection | None = None
        self._pending: list[bytes] = []
        self._drain_handle: asyncio.TimerHandle | None = None
        self._token_in_query = False
        self._greeted = False
        self._moved = api.moved.connect(lambda _url: self.reconnect(LinkReason.LOST))

    @property
    def epoch(self) -> str | None:
        """Which numbering the server's events have; None when they have none, or before the first word."""
        return self.sequence.epoch

    @property
    def last_seq(self) -> int:
        """The number of the last event seen."""
        return self.sequence.last_seq

    # -- life -----------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to connect and stay connected; needs a running loop. Twice does no harm."""
        if self._loop_task is None:
            self._loop_task = self._scope.spawn("run", self._run())

    async def aclose(self) -> None:
        """Close the connection and stop."""
        self._moved()
        connection = self._connection
        await self._scope.close()
        if connection is not None:
            await connection.close()
        self._cancel_drain()
        self._tell(LinkState.OFFLINE, reason=LinkReason.NOT_STARTED)

    def try_now(self) -> None:
        """Do not wait for the countdown."""
        self._wake.set()

    def reconnect(self, reason: LinkReason = LinkReason.NETWORK_CHANGED) -> None:
        """Drop what may be a dead connection and connect again at once (wake, network change)."""
        self._backoff.reset()
        if self._connection is not None:
            self._hurry = reason
            self._connection.transport.abort()
        self._wake.set()

    def network_changed(self, reason: LinkReason) -> None:
        """As :meth:`reconnect`, but for a server on this machine, which no network leads to."""
        if urlsplit(self._api.base_url).hostname not in _LOOPBACK:
            self.reconnect(reason)

    async def send(self, message: dict[str, Any]) -> bool:
        """Send a client frame; False when there is no connection to send it on."""
        connection = self._connection
        if connection is None or self.link.state is not LinkState.CONNECTED:
            return False
        try:
            await connection.send(json.dumps(message, ensure_ascii=False))
        except ConnectionClosed:
            return False
        return True

    # -- the loop -------------------------------------------------------------------------

    async def _run(self) -> None:
        refused_fresh = False
        while True:
            token = self._api.access_token()
            self._tell(
                LinkState.RECONNECTING if self._greeted or self._backoff.failures else LinkState.CONNECTING,
                reason=self.link.reason if self._backoff.failures else LinkReason.NONE,
                attempt=self._backoff.failures,
            )
            try:
                reason, detail = await self._session(token)
                refused_fresh = False
            except _Refused as refusal:
                reason, detail = refusal.reason, refusal.detail
                if reason is LinkReason.TOKEN and not refused_fresh:
                    refused_fresh = await self._renew(token, detail)
                    if refused_fresh:
                        continue
            except (OSError, InvalidHandshake, TimeoutError) as error:
                reason, detail = _reason_of(error), str(error) or type(error).__name__
            except Exception as error:  # noqa: BLE001 - whatever it was, the connection must come back
                _log.exception("the connection attempt failed in an unknown way")
                reason, detail = LinkReason.LOST, str(error) or type(error).__name__
            await self._wait(reason, detail)

    async def _wait(self, reason: LinkReason, detail: str) -> None:
        """Count down to the next attempt, ended early by ``try_now`` and ``reconnect``."""
        if self._hurry is not LinkReason.NONE:
            reason, delay = self._hurry, 0.05
            self._hurry = LinkReason.NONE
        else:
            delay = self._backoff.next_delay()
        state = LinkState.RECONNECTING
        if reason in {LinkReason.TOKEN, LinkReason.POLICY}:
            state, delay = LinkState.UNAUTHORIZED, max(delay, 10.0)
        self._wake.clear()
        now = self._now()
        self._tell(state, reason=reason, detail=detail, retry_at=now + delay, attempt=self._backoff.failures)
        try:
            await asyncio.wait_for(self._wake.wait(), delay)
        except TimeoutError:
            return

    async def _renew(self, token: str | None, detail: str) -> bool:
        """Get another token; while somebody must sign in, say so and wait. True: try again at once."""
        renewal = self._scope.spawn("renew", self._api.renewed_token(token), on_error=lambda _error: None)
        done, _ = await asyncio.wait({renewal}, timeout=1.0)
        if not done:
            self._tell(LinkState.UNAUTHORIZED, reason=LinkReason.TOKEN, detail=detail)
        try:
            fresh = await renewal
        except ApiError:
            return False
        return fresh is not None and fresh != token

    async def _session(self, token: str | None) -> tuple[LinkReason, str]:
        """One connection from handshake to end; why it ended."""
        connection = await self._open(token)
        self._connection = connection
        started = self._now()
        watcher = self._scope.spawn("guard", guard(connection, self._timing))
        try:
            await self._greet(connection)
            self._backoff_later(connection)
            await connection.wait_closed()
        finally:
            watcher.cancel()
            self._connection = None
            self._drain()
            if self._now() - started > STEADY_AFTER:
                self._backoff.reset()
        return self._why_closed(connection)

    async def _open(self, token: str | None) -> BatchConnection:
        """Handshake: bearer header, or ``?token=`` where a server is known to want only that."""
        try:
            return await self._handshake(token, in_query=self._token_in_query)
        except InvalidStatus as error:
            status = error.response.status_code
            if status not in {401, 403}:
                raise
        if token and self.sequence.epoch is None and not self._token_in_query:
            try:
                connection = await self._handshake(token, in_query=True)
            except InvalidStatus:
                pass
            else:
                self._token_in_query = True
                return connection
        # WORKAROUND: field servers refuse bad token, foreign Origin and the 101st client all with a bare
        # HTTP 403 (wire.md part 1): REST tells which.
        valid = await self._token_is_valid(token)
        reason = LinkReason.TRY_LATER if valid else LinkReason.TOKEN
        raise _Refused(reason, f"HTTP {status} before the handshake")

    async def _handshake(self, token: str | None, *, in_query: bool) -> BatchConnection:
        uri = self._api.ws_url + routes.WS
        headers = {}
        if token and in_query:
            uri += f"?token={quote(token, safe='')}"
        elif token:
            headers["Authorization"] = f"Bearer {token}"
        connection = await connect(
            uri,
            additional_headers=headers,
            create_connection=BatchConnection,
            compression=None,
            max_size=MAX_FRAME,
            open_timeout=OPEN_TIMEOUT,
            ping_interval=None,
            close_timeout=1.0,
            ssl=self._ssl if uri.startswith("wss") else None,
            proxy=_proxy_for(uri, self._proxy),
        )
        if not isinstance(connection, BatchConnection):
            raise TypeError("create_connection was not honoured")
        return connection

    async def _token_is_valid(self, token: str | None) -> bool:
        """Ask over REST, without the client's own renewal, which would wait for a sign-in."""
        headers = {"Authorization": f"Bearer {token}"}
        try:
            answer = await self._api.request("GET", routes.AUTH_VALIDATE, headers=headers, signed=False)
            return ValidateAnswer.model_validate_json(answer.content).valid
        except ApiError as error:
            return error.status == 0 or error.status >= 500  # not known: no reason to ask for a sign-in
        except ValueError:
            return True

    async def _greet(self, connection: BatchConnection) -> None:
        """Say hello, then wait a moment: a refusal after the handshake is not *connected*."""
        numbered = self.sequence.epoch is not None
        hello = HelloFrame(since=self.sequence.last_seq, epoch=self.sequence.epoch)
        await connection.send(hello.model_dump_json())
        closed = self._scope.spawn("closing", connection.wait_closed())
        try:
            heard = self._scope.spawn("first", connection.first.wait())
            await asyncio.wait({closed, heard}, timeout=SETTLE, return_when=asyncio.FIRST_COMPLETED)
            heard.cancel()
            if closed.done():
                return
        finally:
            closed.cancel()
        self._greeted = True
        self._tell(LinkState.CONNECTED, numbered=numbered or None)
        connection.start(self._receive)
        if not numbered:
            self.resync.emit(Resync.FRESH)

    def _why_closed(self, connection: BatchConnection) -> tuple[LinkReason, str]:
        code, text = connection.close_code, connection.close_reason or ""
        detail = f"{code} {text}".strip()
        if code == CLOSE_POLICY:
            raise _Refused(LinkReason.TOKEN, detail)
        if code == CLOSE_TRY_AGAIN:
            return LinkReason.TRY_LATER, detail
        if connection.silent:
            return LinkReason.SILENT, detail
        return (LinkReason.CLOSED if connection.protocol.close_rcvd else LinkReason.LOST), detail

    def _backoff_later(self, connection: BatchConnection) -> None:
        def steady() -> None:
            if self._connection is connection:
                self._backoff.reset()

        asyncio.get_running_loop().call_later(STEADY_AFTER, steady)

    # -- frames ---------------------------------------------------------------------------

    def _receive(self, raws: list[bytes]) -> None:
        pending = self._pending
        pending += raws
        if len(pending) >= DRAIN_AT:
            self._drain()
        elif self._drain_handle is None:
            self._drain_handle = asyncio.get_running_loop().call_later(DRAIN_EVERY, self._drain)

    def _cancel_drain(self) -> None:
        if self._drain_handle is not None:
            self._drain_handle.cancel()
            self._drain_handle = None

    def _drain(self) -> None:
        self._cancel_drain()
        raws, self._pending = self._pending, []
        if raws:
            self.sequence.take(decode_batch(raws, self.stats))

    def _on_control(self, frame: Frame) -> None:
        if self.sequence.epoch and self.link.numbered is not True and self.link.state is LinkState.CONNECTED:
            self.link = replace(self.link, numbered=True)
            self.link_changed.emit(self.link)

    # -- saying it ------------------------------------------------------------------------

    def _now(self) -> float:
        return time.monotonic()

    def _tell(self, state: LinkState, **changes: Any) -> None:
        link = self.link.to(state, self._now(), **changes)
        if link != self.link:
            self.link = link
            self.link_changed.emit(link)


def _reason_of(error: BaseException) -> LinkReason:
    import socket

    if isinstance(error, ssl.SSLError):
        return LinkReason.TLS
    if isinstance(error, socket.gaierror):
        return LinkReason.DNS
    if isinstance(error, TimeoutError):
        return LinkReason.TIMEOUT
    if isinstance(error, InvalidStatus | InvalidMessage):
        return LinkReason.NOT_BLDR
    if isinstance(error, ConnectionRefusedError | OSError):
        return LinkReason.REFUSED
    return LinkReason.LOST


def _proxy_for(uri: str, chosen: str | None) -> str | Literal[True] | None:
    """What ``connect`` takes: an address, True for the system's, None for none; loopback only if asked."""
    if chosen is not None:
        return chosen or None
    host = urlsplit(uri).hostname
    return None if host in _LOOPBACK else True
