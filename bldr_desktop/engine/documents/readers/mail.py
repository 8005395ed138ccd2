# SPDX-License-Identifier: MIT
"""Mail (EML) and web archives (MHTML): headers a person reads, body, names of attachments."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from bldr_desktop.engine.documents import text as decoding
from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.engine.documents.identify import MIME
from bldr_desktop.engine.documents.readers import html, plain
from bldr_desktop.engine.ports.domain import Extracted, ExtractedPage, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

_HEADERS = ("Subject", "From", "To", "Cc", "Date")
_MAX_PARTS = 500


def read(path: Path, kind: str, limits: ParseLimits) -> Extracted:
    """Read a message; attachments are named, not opened.

    Raises:
        ReadError: No text in it.
    """
    message = email.message_from_bytes(plain.read_bytes(path), policy=email.policy.default)
    extracted = Extracted("html" if kind == "mhtml" else kind, MIME[kind], "email", [])
    lines = [f"{name}: {message[name]}" for name in _HEADERS if kind == "eml" and message[name]]
    bodies, attachments = _bodies(message, extracted)
    text = "\n".join([*lines, "", *bodies, *(f"Attachment: {name}" for name in attachments)]).strip()
    if not any(body.strip() for body in bodies) and not lines:
        raise ReadError(ErrorCode.FILE_NO_TEXT, "There is no text in the message")
    extracted.pages.append(ExtractedPage(1, text))
    extracted.title_hint = str(message["Subject"] or "") or None
    return extracted


def body_of(data: bytes) -> str:
    """The text of a web archive's or message's main part."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    return "\n".join(_bodies(message, Extracted("eml", MIME["eml"], "email", []))[0])


def _bodies(message: EmailMessage, extracted: Extracted) -> tuple[list[str], list[str]]:
    """Texts of the message's parts (plain preferred over HTML of the same) and attachments' names."""
    plain_texts: list[str] = []
    html_texts: list[str] = []
    attachments: list[str] = []
    for index, part in enumerate(message.walk()):
        if index >= _MAX_PARTS:
            extracted.warnings.append("The message has too many parts; the rest was left out")
            break
        name = part.get_filename()
        if part.is_multipart():
            continue
        if name or part.get_content_disposition() == "attachment":
            attachments.append(str(name or "?"))
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        charset = part.get_content_charset()
        if part.get_content_type() == "text/plain":
            plain_texts.append(decoding.decode(content, charset).text)
        elif part.get_content_type() == "text/html":
            html_texts.append(html.page_of(decoding.decode(content, charset).text)[0].text)
    best = plain_texts if sum(map(len, plain_texts)) * 3 > sum(map(len, html_texts)) else html_texts
    return best, attachments
