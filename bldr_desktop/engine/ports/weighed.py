# SPDX-License-Identifier: MIT
"""Chunks as the index takes them: terms and weights, and how they travel between processes.

The weights of a document are made where it is read, by many processes at once, and not in the one that
writes the index. They travel as text (base64) beside the chunks, and are used only where they were made by
the same analysis and fit the chunks; else the writer makes its own.
"""

import base64
import math
import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

ANALYSIS = 1
"""Grows when the analysis changes so that older weights no longer fit."""
TERM_CODE = "I" if array("I").itemsize == 4 else "L"
"""The :mod:`array` type of 32-bit terms on this machine."""
_HEAD = struct.Struct("=HI")
_SIZES = 3


@dataclass(frozen=True, slots=True)
class Weighed:
    """A chunk ready for the index: its sparse vector, and its terms in order (the context's first,
    ``context_terms`` of them), of which a very long chunk keeps the beginning."""

    indices: list[int]
    values: list[float]
    terms: "array[int]"
    context_terms: int


def pack(chunks: Sequence[Weighed]) -> str:
    """The weights of a document's chunks as text."""
    sizes, numbers = array(TERM_CODE), array(TERM_CODE)
    values = array("f")
    for chunk in chunks:
        sizes.extend((len(chunk.indices), len(chunk.terms), chunk.context_terms))
        numbers.extend(chunk.indices)
        numbers.extend(chunk.terms)
        values.extend(chunk.values)
    head = _HEAD.pack(ANALYSIS, len(chunks))
    return base64.b64encode(b"".join((head, sizes.tobytes(), values.tobytes(), numbers.tobytes()))).decode()


def unpack(text: str | None, count: int) -> list[Weighed] | None:
    """The weights of ``count`` chunks; None when they do not fit or are of another analysis.

    They may come from a process that a hostile file has taken over: what the index could stumble over is
    not let through.
    """
    if text is None:
        return None
    try:
        data = memoryview(base64.b64decode(text, validate=True))
        version, chunks = _HEAD.unpack_from(data)
        if (version, chunks) != (ANALYSIS, count):
            return None
        found = _split(data[_HEAD.size :], count)
    except (ValueError, struct.error):
        return None
    return found if all(map(_is_sound, found)) else None


def _split(data: memoryview, count: int) -> list[Weighed]:
    """Cut the block into chunks.

    Raises:
        ValueError: It is shorter or longer than its sizes say.
    """
    sizes = _array(TERM_CODE, data[: 4 * _SIZES * count])
    weights = sum(sizes[::_SIZES])
    rest = data[4 * _SIZES * count :]
    if len(sizes) != _SIZES * count or len(rest) != 4 * (2 * weights + sum(sizes[1::_SIZES])):
        raise ValueError("the weights are cut short")
    values, numbers = _array("f", rest[: 4 * weights]), _array(TERM_CODE, rest[4 * weights :])
    found: list[Weighed] = []
    at = value_at = 0
    for place in range(0, len(sizes), _SIZES):
        distinct, kept, around = sizes[place : place + _SIZES]
        middle = at + distinct
        found.append(
            Weighed(
                numbers[at:middle].tolist(),
                values[value_at : value_at + distinct].tolist(),
                numbers[middle : middle + kept],
                around,
            )
        )
        at, value_at = middle + kept, value_at + distinct
    return found


def _array(code: str, data: memoryview) -> "array[Any]":
    made: array[Any] = array(code)
    made.frombytes(data)
    return made


def _is_sound(chunk: Weighed) -> bool:
    """No term twice, weights finite and above zero."""
    values = chunk.values
    return (
        len(set(chunk.indices)) == len(values)
        and chunk.context_terms <= len(chunk.terms)
        and (not values or (min(values) > 0 and math.isfinite(sum(values))))
    )
