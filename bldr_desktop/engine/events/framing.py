# SPDX-License-Identifier: MIT
"""A server's WebSocket text frame (RFC 6455 §5.2): never masked, so one encoding serves everybody."""

_FIN_TEXT = 0x81
_SHORT = 125
_MEDIUM = 0xFFFF


def text_frame(payload: bytes) -> bytes:
    """The whole frame around UTF-8 bytes."""
    length = len(payload)
    if length <= _SHORT:
        return bytes((_FIN_TEXT, length)) + payload
    if length <= _MEDIUM:
        return bytes((_FIN_TEXT, 126)) + length.to_bytes(2, "big") + payload
    return bytes((_FIN_TEXT, 127)) + length.to_bytes(8, "big") + payload
