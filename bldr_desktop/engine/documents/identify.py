# SPDX-License-Identifier: MIT
"""What a file is, told from its content; the extension only decides between kinds of plain text."""

import re
from dataclasses import dataclass
from pathlib import Path

from bldr_desktop.engine.documents import archive
from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.protocol.errors import ErrorCode

_HEAD = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "epub": "application/epub+zip",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
    "rtf": "application/rtf",
    "html": "text/html",
    "mhtml": "multipart/related",
    "md": "text/markdown",
    "txt": "text/plain",
    "csv": "text/csv",
    "xml": "application/xml",
    "eml": "message/rfc822",
    "image": "image/*",
    "dxf": "image/vnd.dxf",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Kind, MIME type, and whether the name claimed something else."""

    kind: str
    mime: str
    claimed: str
    """Extension of the name, lower case, without dot."""


_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"AutoCAD Binary DXF", "dxf"),
)
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\xca\xfe\xba\xbe", "a compiled program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive: unpack it first"),
    (b"\x1f\x8b", "a gzip archive: unpack it first"),
    (b"BZh", "a bzip2 archive: unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive: unpack it first"),
    (b"SQLite format 3", "a database"),
    (b"OggS", "sound or video"),
    (b"ID3", "sound"),
    (b"RIFF", "sound or video"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"AT&TF", "a DjVu document: save it as PDF"),
)
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)


def identify(path: Path, name: str) -> Identity:
    """Tell what a file is.

    Args:
        path: Where its bytes are.
        name: What it is called; only its extension is looked at, and last.

    Raises:
        ReadError: Empty, unsupported, encrypted, or an archive over the limits.
    """
    claimed = Path(name).suffix.lower().lstrip(".")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise ReadError(ErrorCode.FILE_EMPTY, "The file is empty (0 bytes)")
    kind = _binary_kind(path, head)
    if kind is None:
        kind = _text_kind(head, claimed)
    mime = kind if kind.startswith("image/") else MIME[kind]
    return Identity("image" if kind.startswith("image/") else kind, mime, claimed)


def _binary_kind(path: Path, head: bytes) -> str | None:
    if re.match(rb"AC(10\d\d|1\.\d|2\.\d\d)", head[:6]) and b"\x00" in head[:32]:
        raise ReadError(
            ErrorCode.FILE_DWG, "DWG drawings cannot be read: save the drawing as DXF or PDF and add that"
        )
    for signature, kind in _SIGNATURES:
        if head.startswith(signature) and not (kind == "image/bmp" and not _is_bitmap(head)):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return archive.zip_kind(path)
    if head.startswith(_OLE):
        return _ole_kind(path)
    for signature, what in _REFUSED:
        if head.startswith(signature) and _looks_binary(head):
            raise ReadError(ErrorCode.FILE_UNSUPPORTED, f"The file is {what}, not a document")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[:64].lstrip().startswith(b"0") and re.match(rb"\s*0\s+SECTION", head):
        return "dxf"
    if re.match(rb"\s*999\s", head) and b"SECTION" in head:
        return "dxf"
    return None


def _is_bitmap(head: bytes) -> bool:
    return len(head) > 26 and head[6:10] == b"\x00\x00\x00\x00" and head[14] in (12, 40, 64, 108, 124)


def _ole_kind(path: Path) -> str:
    """An OLE compound file: the names of its streams stand in its directory as UTF-16."""
    with path.open("rb") as file:
        data = file.read(64 << 20)
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadError(ErrorCode.FILE_PASSWORD, "The document is protected with a password")
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\x00\x00" in data:
            return kind
    raise ReadError(ErrorCode.FILE_UNSUPPORTED, "The file is an old Office container of an unknown kind")


def _looks_binary(head: bytes) -> bool:
    sample = head[:4096]
    control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return control > len(sample) // 50


_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|div|meta|title|p|h[1-6]|br|dl|ul|span)[\s>/]", re.I
)
_PAGE = re.compile(rb"<(?:html|body|meta|script)[\s>/]", re.I)
_MAIL_HEADER = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|message-id|mime-version|x-[\w-]+):", re.I
)


def _text_kind(head: bytes, claimed: str) -> str:
    plain = _without_utf16(head)
    if plain is None:
        raise ReadError(
            ErrorCode.FILE_UNSUPPORTED, "The content is binary data of an unknown kind, not a document"
        )
    start = plain.lstrip()[:4096]
    lowered = start.lower()
    if lowered.startswith(b"<?xml"):
        return "html" if _PAGE.search(start) else "xml"
    if lowered.startswith(b"<") and _HTML.search(start):
        return "html"
    if _is_mail(start):
        return "mhtml" if b"multipart/related" in lowered else "eml"
    if claimed in ("html", "htm", "xhtml", "xls", "doc", "pdf") and _HTML.search(plain[:16_384]):
        return "html"
    if lowered.startswith(b"<") and claimed in ("xml", "gml", "xsd", "xsl", "rss", "svg", "kml"):
        return "xml"
    if claimed in ("md", "markdown"):
        return "md"
    if claimed in ("csv", "tsv"):
        return "csv"
    return "txt"


def _is_mail(start: bytes) -> bool:
    lines = start.splitlines()[:20]
    headers = sum(bool(_MAIL_HEADER.match(line)) for line in lines)
    return bool(lines) and bool(_MAIL_HEADER.match(lines[0])) and headers >= 3


_CONTROL = bytes(byte for byte in range(32) if byte < 9 or 13 < byte != 27)


def _without_utf16(head: bytes) -> bytes | None:
    """The head as bytes of an ASCII-like encoding, or None for binary data."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore").encode()
    pairs = head[: len(head) & ~1]
    for offset, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = pairs[offset::2]
        if len(high) >= 4 and high.count(0) + high.count(4) > 0.9 * len(high):
            return pairs.decode(codec, "ignore").encode()
    control = len(head) - len(head.translate(None, _CONTROL))
    if head.count(b"\x00") or control > len(head) // 50:
        return None
    return head.removeprefix(b"\xef\xbb\xbf")
