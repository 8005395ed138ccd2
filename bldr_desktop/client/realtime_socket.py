# SPDX-License-Identifier: MIT
"""A websockets connection that hands frames over as bytes, without a queue and a task switch each."""

import asyncio
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.frames import Frame as WsFrame
from websockets.frames import Opcode

MAX_FRAME = 4 * 1024 * 1024
"""Bytes of the largest message taken; larger ones close the connection with 1009."""


class BatchConnection(ClientConnection):
    """Calls :attr:`sink` with each complete data message as bytes, in the loop's own read callback.

    Control frames (close, ping, pong) go the library's way. There is no receive queue: the sink must
    be quick, and its slowness is felt by the server through TCP.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sink: Callable[[bytes], None] | None = None
        self.early: list[bytes] = []
        self.first = asyncio.Event()
        """Set when the first data message came."""
        self.heard_at = self.loop.time()
        self.silent = False
        """True when our guard gave it up for dead."""
        self._parts: list[bytes] = []

    def data_received(self, data: bytes) -> None:
        """Any byte proves that the server is there."""
        self.heard_at = self.loop.time()
        super().data_received(data)

    def process_event(self, event: Any) -> None:
        """Take data frames out of the library's hands; leave it the rest."""
        if self.response is None or not isinstance(event, WsFrame):
            super().process_event(event)
            return
        if event.opcode is Opcode.TEXT or event.opcode is Opcode.BINARY or event.opcode is Opcode.CONT:
            self._take(event)
        else:
            super().process_event(event)

    def start(self, sink: Callable[[bytes], None]) -> None:
        """Begin to hand over; what came since the handshake is handed over first."""
        early, self.early = self.early, []
        self.sink = sink
        for message in early:
            sink(message)

    def _take(self, frame: WsFrame) -> None:
        data = bytes(frame.data)
        if not frame.fin:
            self._parts.append(data)
            return
        if self._parts:
            data = b"".join([*self._parts, data])
            self._parts.clear()
        if self.sink is None:
            self.first.set()
            self.early.append(data)
        else:
            self.sink(data)
