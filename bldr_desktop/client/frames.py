# SPDX-License-Identifier: MIT
"""Decoding frames in batches: one call of the parser for hundreds of frames."""

from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

Frame = dict[str, Any]


@dataclass(slots=True)
class FrameStats:
    """What came over a connection, for diagnostics."""

    received: int = 0
    not_json: int = 0
    not_object: int = 0
    duplicates: int = 0
    bytes: int = 0


def decode_batch(raws: list[bytes], stats: FrameStats) -> list[Frame]:
    """Decode raw frames to dicts in their order; what is no JSON object is counted and left out.

    The frames are joined to one JSON array, which is parsed at once. Should that fail (field servers
    echo plain text) or give another number of items, each frame is parsed by itself.
    """
    stats.received += len(raws)
    decoded: list[Any] | None
    try:
        decoded = from_json(b"[" + b",".join(raws) + b"]")
    except ValueError:
        decoded = None
    if decoded is None or len(decoded) != len(raws):
        decoded = _one_by_one(raws, stats)
    for item in decoded:
        if type(item) is not dict:
            stats.not_object += sum(type(item) is not dict for item in decoded)
            return [item for item in decoded if type(item) is dict]
    return decoded


def _one_by_one(raws: list[bytes], stats: FrameStats) -> list[Any]:
    decoded = []
    for raw in raws:
        try:
            decoded.append(from_json(raw))
        except ValueError:
            stats.not_json += 1
    return decoded
