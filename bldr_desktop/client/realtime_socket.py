# SPDX-License-Identifier: MIT
"""A websockets connection that hands frames over as bytes, many at a time.

The library parses a frame in some five microseconds and gives it to a queue and a waiting task. Of a
server's frames nearly all are whole, unfragmented text messages of known length: those are cut out of
the read buffer here. Everything else (handshake, control frames, fragments, errors) is the library's,
which is always handed whole frames and so always stands at the border of one.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.frames import Frame as WsFrame
from websockets.frames import Opcode
from websockets.protocol import State

MAX_FRAME = 4 * 1024 * 1024
"""Bytes of the largest message taken; larger ones close the connection with 1009."""

READ_SIZE = 48 * 1024
"""Bytes read at once; some hundred frames, one or two milliseconds of work."""

_WHOLE_TEXT = 0x81
_TEXT_MASK_FREE = 126
_HEAD_END = b"\r\n\r\n"
_HEAD_MOST = 64 * 1024

Sink = Callable[[list[bytes]], None]


class BatchConnection(ClientConnection):
    """Calls ``sink`` with the complete data messages of each read, in the loop's own read callback.

    There is no receive queue: the sink must be quick, and its slowness is felt by the server through
    TCP.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = asyncio.Event()
        """Set when the first data message came."""
        self.heard_at = self.loop.time()
        self.silent = False
        """True when our guard gave it up for dead."""
        self._sink: Sink | None = None
        self._early: list[bytes] = []
        self._parts: list[bytes] = []
        self._tail = b""
        self._plain = False
        """True when the rest of the connection is the library's alone."""

    def start(self, sink: Sink) -> None:
        """Begin to hand over; what came since the handshake is handed over first."""
        self._sink = sink
        early, self._early = self._early, []
        if early:
            sink(early)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Read in small bites, so that a flood cannot keep the window from answering."""
        if hasattr(transport, "max_size"):
            transport.max_size = READ_SIZE
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """The loop read something; any byte proves that the server is there."""
        self.heard_at = self.loop.time()
        if self._plain:
            super().data_received(data)
            return
        if self._tail:
            data = self._tail + data
            self._tail = b""
        if self.protocol.state is State.CONNECTING:
            self._take_head(data)
        else:
            self._take(data)

    def _take_head(self, data: bytes) -> None:
        end = data.find(_HEAD_END)
        if end < 0 and len(data) < _HEAD_MOST:
            self._tail = data
            return
        end = end + len(_HEAD_END) if end >= 0 else len(data)
        super().data_received(data[:end])
        # a refusal has a body, which is the library's to read
        self._plain = self.protocol.state is not State.OPEN
        if len(data) > end:
            self.data_received(data[end:])

    def _take(self, data: bytes) -> None:
        """Cut whole text messages out of what was read; the rest goes the library's way, in order."""
        at, size = 0, len(data)
        messages: list[bytes] = []
        add = messages.append
        while size - at >= 4:
            length = data[at + 1]
            if data[at] == _WHOLE_TEXT and length <= _TEXT_MASK_FREE and not self._parts:
                start = at + 2
                if length == _TEXT_MASK_FREE:
                    length = data[at + 2] << 8 | data[at + 3]
                    start = at + 4
                end = start + length
                if end > size:
                    break
                add(data[start:end])
                at = end
                continue
            end = _frame_end(data, at)
            if end > size and end - at <= MAX_FRAME + 16:
                break
            if messages:
                self._hand_over(messages)
                messages = []
                add = messages.append
            if end > size:
                end, self._plain = size, True  # too big: the library says so and closes
            super().data_received(data[at:end])
            at = end
            if self.protocol.state is not State.OPEN:
                self._plain = True
                if at < size:
                    super().data_received(data[at:])
                return
        if messages:
            self._hand_over(messages)
        self._tail = data[at:]
        if self._tail and len(self._tail) < 4:
            self._take_short()

    def _take_short(self) -> None:
        """A frame of two or three bytes is whole already: an empty ping, close or message."""
        tail = self._tail
        if len(tail) >= 2 and _frame_end(tail, 0) == len(tail):
            self._tail = b""
            super().data_received(tail)

    def eof_received(self) -> None:
        """The server is done: what is left of a frame goes to the library, which judges it."""
        tail, self._tail = self._tail, b""
        if tail:
            super().data_received(tail)
        super().eof_received()

    def process_event(self, event: Any) -> None:
        """Take data frames that the library parsed; leave it the rest."""
        data_frame = isinstance(event, WsFrame) and event.opcode in _DATA
        if not data_frame or self.response is None:
            super().process_event(event)
            return
        self._parts.append(bytes(event.data))
        if event.fin:
            message = b"".join(self._parts)
            self._parts.clear()
            self._hand_over([message])

    def _hand_over(self, messages: list[bytes]) -> None:
        if self._sink is not None:
            self._sink(messages)
        else:
            self._early += messages
            self.first.set()


_DATA = frozenset({Opcode.TEXT, Opcode.BINARY, Opcode.CONT})


def _frame_end(data: bytes, at: int) -> int:
    """Where the frame that begins at ``at`` ends; beyond the data while its head is not all there."""
    length = data[at + 1] & 0x7F
    head = 2 + (4 if data[at + 1] & 0x80 else 0)
    if length == 126:
        head += 2
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        known = len(data) - at >= 4
    elif length == 127:
        head += 8
        length = int.from_bytes(data[at + 2 : at + 10], "big")
        known = len(data) - at >= 10
    else:
        known = True
    return at + head + length if known else len(data) + 1
