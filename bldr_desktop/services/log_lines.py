# SPDX-License-Identifier: MIT
"""Lines of a log in the person's language, put into it before they are kept: what is shown is what is
searched, filtered, copied and saved."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import from_json

from bldr_desktop.protocol.base import utc_now
from bldr_desktop.protocol.logs import CODED, LogCode

LogEntry = tuple[str, str, str, int]
"""(RFC 3339 instant or ``""``, level, text, number or 0)."""
Say = Callable[[str, Mapping[str, Any]], str | None]
"""A coded line in words; None where there are none. Called in any thread."""

_OWN = {
    LogCode.LINES_BEFORE: "The training had begun before; this server does not tell what was before.",
    LogCode.LINES_MISSED: "The connection was away; this server does not tell what was said meanwhile.",
}
_SEPARATOR = CODED.encode()


def line_text(text: str, code: str | None, values: Mapping[str, Any] | None, say: Say | None) -> str:
    """What a line says; the server's own text where there is no better."""
    if code and say is not None:
        return say(code, values or {}) or text
    return text


def own_line(code: LogCode, say: Say | None) -> LogEntry:
    """A line that we say ourselves, as an entry of a log."""
    return (utc_now(), "warning", line_text(_OWN[code], code, {}, say), 0)


def word_records(data: bytes, say: Say | None) -> bytes:
    """Records as they are kept (instant, tab, level letter, tab, text) out of coded ones."""
    if _SEPARATOR not in data:
        return data
    return b"\n".join([_word_record(record, say) for record in data.split(b"\n")])


def _word_record(record: bytes, say: Say | None) -> bytes:
    plain, coded, rest = record.partition(_SEPARATOR)
    if not coded or say is None:
        return plain
    code, _, values = rest.partition(_SEPARATOR)
    try:
        text = say(code.decode(), from_json(values))
    except ValueError:
        text = None
    if text is None:
        return plain
    instant, letter, _ = plain.split(b"\t", 2)
    return b"\t".join((instant, letter, text.replace("\n", "\v").replace("\r", "\v").encode()))
