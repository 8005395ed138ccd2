# SPDX-License-Identifier: MIT
"""uvicorn's WebSocket, with what a hub needs and ASGI does not offer: write without waiting, see
whether the peer takes it, and hang up on one that does not."""

import socket
from collections.abc import Callable

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState
from websockets.http11 import Request

EXTENSION = "bldr.wire"
_HIGH_WATER = 128 << 10
_KERNEL_BYTES = 512 << 10
"""Send buffer of a socket: left to itself the system lets it grow to several MB a client, and a client
that stopped reading is noticed only when that is full."""


class WireProtocol(WebSocketsSansIOProtocol):
    """One connection; hands itself to the application as ``scope["extensions"][EXTENSION]``."""

    resumed: Callable[[], None] | None = None

    def handle_connect(self, event: Request) -> None:
        """Begin the handshake; the application runs in a task, after this returns."""
        super().handle_connect(event)
        scope = getattr(self, "scope", None)
        if scope is not None:
            scope["extensions"][EXTENSION] = self
            self.transport.set_write_buffer_limits(high=_HIGH_WATER)
            self.transport.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_SNDBUF, _KERNEL_BYTES
            )

    def resume_writing(self) -> None:
        """The peer took what was written."""
        super().resume_writing()
        if self.resumed is not None:
            self.resumed()

    def write_frames(self, data: bytes) -> None:
        """Write whole, encoded frames; nothing once the connection is closing."""
        if self.handshake_complete and not self.close_sent and not self.transport.is_closing():
            self.transport.write(data)

    def buffered(self) -> int:
        """Bytes that the operating system has not taken yet."""
        return self.transport.get_write_buffer_size()

    def hang_up(self, code: int, reason: str, grace: float) -> None:
        """Send a close frame, tell the application, drop the connection after ``grace`` seconds."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            self.transport.abort()
            return
        try:
            self.conn.send_close(code, reason)
        except InvalidState:
            self.transport.abort()
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.stop_keepalive()
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(grace, self._drop)

    def keepalive_timeout(self) -> None:
        """No pong came: the peer is gone, and so is what was still to be written to it."""
        super().keepalive_timeout()
        self.transport.abort()

    def _drop(self) -> None:
        self.transport.abort()
