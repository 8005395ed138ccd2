# SPDX-License-Identifier: MIT
"""DOC of Word 6 and 95, which kreuzberg does not know: the text is one run of 8-bit characters."""

import re
import struct
from pathlib import Path

from bldr_desktop.engine.documents import text as decoding
from bldr_desktop.engine.documents.failure import ReadError, damaged
from bldr_desktop.engine.documents.identify import MIME
from bldr_desktop.engine.documents.readers.ole import OleError, OleFile
from bldr_desktop.engine.ports.domain import Extracted, ExtractedPage
from bldr_desktop.protocol.errors import ErrorCode

_MAGIC = (0xA5DC, 0xA5DB)
_FIELD_CODE = re.compile(r"\x13[^\x13\x14\x15]*(?:\x14|(?=\x15))")
_OTHER = re.compile(r"[\x00-\x08\x0e-\x1f]")
_ENCRYPTED, _FAST_SAVED = 0x0100, 0x0004
_RUSSIAN = 0x0419


def read(path: Path) -> Extracted | None:
    """Read a Word 6 or 95 document; None when the file is of another Word.

    Raises:
        ReadError: Damaged, with a password, or without text.
    """
    try:
        stream = OleFile(path.read_bytes()).stream("WordDocument")
        magic, language = struct.unpack_from("<H4xH", stream)
        if magic not in _MAGIC:
            return None
        flags = struct.unpack_from("<H", stream, 0x0A)[0]
        start, end = struct.unpack_from("<II", stream, 0x18)
    except (OleError, struct.error) as error:
        raise damaged("Word document", error) from error
    if flags & _ENCRYPTED:
        raise ReadError(ErrorCode.FILE_PASSWORD, "The Word document is protected with a password")
    extracted = Extracted("doc", MIME["doc"], "own (Word 6)", [])
    if flags & _FAST_SAVED:
        extracted.warnings.append("The document was saved in pieces (fast save); their order may be lost")
    decoded = decoding.decode(stream[start:end], "cp1251" if language == _RUSSIAN else None)
    text = _FIELD_CODE.sub("", decoded.text.replace("\x07", "\t").replace("\x0b", "\n").replace("\x0c", "\n"))
    text = _OTHER.sub("", text).strip()
    if not text:
        raise ReadError(ErrorCode.FILE_NO_TEXT, "There is no text in the Word document")
    extracted.encoding = decoded.encoding
    extracted.pages.append(ExtractedPage(1, text))
    return extracted
