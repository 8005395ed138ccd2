# SPDX-License-Identifier: MIT
"""Messages between the parser pool and its children: length-prefixed, JSON inside, never pickle.

A child that a hostile file has taken over can therefore only send data, not code.
Frame: 1 byte tag, 1 byte flags, 8 bytes length (big endian), body.
"""

import struct
from typing import Final

from pydantic import TypeAdapter

from bldr_desktop.engine.ports.domain import Parsed, ParseFailure, ParseLimits
from bldr_desktop.protocol.documents import PageBoxes, PageText

HEADER: Final = struct.Struct(">cBQ")
MAX_BODY: Final = 768 << 20
READY: Final = b"R"
REQUEST: Final = b"Q"
PARSED: Final = b"P"
FAILED: Final = b"F"
IMAGE: Final = b"I"
BOXES: Final = b"B"
TEXT: Final = b"T"
RECYCLE: Final = 1
"""Flag: the child has grown and asks to be replaced."""

parsed_adapter: TypeAdapter[Parsed] = TypeAdapter(Parsed)
failure_adapter: TypeAdapter[ParseFailure] = TypeAdapter(ParseFailure)
limits_adapter: TypeAdapter[ParseLimits] = TypeAdapter(ParseLimits)

Answer = Parsed | ParseFailure | PageBoxes | PageText | bytes


def decode(tag: bytes, body: bytes) -> Answer:
    """Make the answer of a child out of its frame.

    Raises:
        ValueError: The frame is not what a healthy child sends.
    """
    if tag == PARSED:
        return parsed_adapter.validate_json(body)
    if tag == FAILED:
        return failure_adapter.validate_json(body)
    if tag == BOXES:
        return PageBoxes.model_validate_json(body)
    if tag == TEXT:
        return PageText.model_validate_json(body)
    if tag == IMAGE:
        return body
    raise ValueError(f"unknown frame {tag!r}")


def encode(answer: Answer) -> tuple[bytes, bytes]:
    """Tag and body of an answer."""
    if isinstance(answer, Parsed):
        return PARSED, parsed_adapter.dump_json(answer)
    if isinstance(answer, ParseFailure):
        return FAILED, failure_adapter.dump_json(answer)
    if isinstance(answer, PageBoxes):
        return BOXES, answer.model_dump_json().encode()
    if isinstance(answer, PageText):
        return TEXT, answer.model_dump_json().encode()
    return IMAGE, answer
