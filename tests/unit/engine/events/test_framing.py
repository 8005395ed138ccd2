# SPDX-License-Identifier: MIT
"""Our frame encoding against the library's decoder."""

import pytest
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.uri import parse_uri

from bldr_desktop.engine.events.framing import text_frame


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, 65536, 200_000])
def test_a_real_client_reads_our_frames(size: int) -> None:
    client = ClientProtocol(parse_uri("ws://localhost/"), max_size=None, state=OPEN)
    payload = "я".encode() * (size // 2) + b"x" * (size % 2)
    client.receive_data(text_frame(payload) + text_frame(b"{}"))
    first, second = client.events_received()
    assert isinstance(first, Frame) and isinstance(second, Frame)
    assert (first.opcode, bytes(first.data), bytes(second.data)) == (Opcode.TEXT, payload, b"{}")
