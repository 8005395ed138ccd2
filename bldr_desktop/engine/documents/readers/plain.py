# SPDX-License-Identifier: MIT
"""Text files: TXT, MD, CSV, XML. Decoded by us."""

import csv
import io
import re
from pathlib import Path

from bldr_desktop.engine.documents import text as decoding
from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.engine.documents.identify import MIME
from bldr_desktop.engine.ports.domain import Extracted, ExtractedPage, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

MAX_TEXT_BYTES = 128 << 20
_MAX_REPLACED = 0.01
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t#]*$", re.M)


def read_bytes(path: Path) -> bytes:
    """The bytes of a text file.

    Raises:
        ReadError: Too large to be one text.
    """
    size = path.stat().st_size
    if size > MAX_TEXT_BYTES:
        raise ReadError(
            ErrorCode.FILE_TOO_LARGE,
            f"The text file has {size >> 20} MB, more than the limit of {MAX_TEXT_BYTES >> 20} MB: split it",
        )
    return path.read_bytes()


def decode(data: bytes, extracted: Extracted, declared: str | None = None) -> str:
    """Decode, noting the encoding and doubts in ``extracted``.

    Raises:
        ReadError: More than 1 % of the characters cannot be read.
    """
    decoded = decoding.decode(data, declared)
    share = decoding.replacement_share(decoded.text)
    if share > _MAX_REPLACED:
        raise ReadError(
            ErrorCode.FILE_UNREADABLE_TEXT,
            f"{share:.0%} of the text cannot be decoded: the encoding is unknown or the file is damaged",
        )
    extracted.encoding = decoded.encoding
    if share:
        extracted.warnings.append(f"{decoded.text.count(chr(0xFFFD))} characters could not be decoded")
    if not decoded.sure:
        extracted.warnings.append(f"The encoding is uncertain; read as {decoded.encoding}")
    return decoded.text


def read(path: Path, kind: str, limits: ParseLimits) -> Extracted:
    """Read TXT, MD or CSV."""
    extracted = Extracted(kind, MIME[kind], "text", [])
    text = decode(read_bytes(path), extracted)
    page = ExtractedPage(1, text)
    if kind == "csv":
        page = csv_page(text) or page
    elif kind == "md":
        page.headings = [(m.start(2), m.end(2), len(m[1])) for m in _HEADING.finditer(text)]
    extracted.pages.append(page)
    return extracted


def csv_page(text: str) -> ExtractedPage | None:
    """A CSV as a sheet; None when it is not a table after all."""
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        return None
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), dialect)]
    except csv.Error:
        return None
    from bldr_desktop.engine.documents.readers.sheet import rows_text

    return ExtractedPage(1, rows_text(rows), rows=rows)


def read_xml(path: Path, limits: ParseLimits) -> Extracted:
    """Read the text and attribute values of any XML, without entities, DTD or network."""
    from bldr_desktop.engine.documents.readers import xml

    data = read_bytes(path)
    declared = _XML_ENCODING.search(data[:400])
    extracted = Extracted("xml", MIME["xml"], "lxml", [])
    text = decode(data, extracted, declared[1].decode() if declared else None)
    extracted.pages.append(ExtractedPage(1, xml.text_of(text, extracted)))
    return extracted
