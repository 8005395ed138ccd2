# SPDX-License-Identifier: MIT
"""Hostile files, made on the spot: none of them is kept in the repository."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(path: Path, body: str, prolog: str = "", extra: dict[str, bytes] | None = None) -> Path:
    """A DOCX whose body XML is given; ``prolog`` stands before the root (a DOCTYPE)."""
    document = f'<?xml version="1.0"?>{prolog}<w:document {_W}><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS)
        archive.writestr("word/document.xml", document)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return path


def paragraph(text: str) -> str:
    """A paragraph of a DOCX body."""
    return f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def pdf(path: Path, streams: list[bytes], resources: list[bytes] | None = None) -> Path:
    """A PDF of one page whose content is ``streams[0]``; the other streams are forms F1, F2 …"""
    forms = b" ".join(b"/F%d %d 0 R" % (i, 4 + i) for i in range(1, len(streams)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    common = b"<< /Font << /H %d 0 R >> /XObject << %s >> >>" % (4 + len(streams), forms)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources %s >>" % common,
    ]
    for index, stream in enumerate(streams):
        head = (
            b""
            if index == 0
            else b"/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Resources %s " % common
        )
        objects.append(b"<< %s/Length %d >>\nstream\n%s\nendstream" % (head, len(stream), stream))
    objects.append(font)
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    path.write_bytes(out.getvalue())
    return path


def text_pdf(path: Path, text: str) -> Path:
    """A PDF with one line of Latin text."""
    return pdf(path, [b"BT /H 12 Tf 20 100 Td (%s) Tj ET" % text.encode("latin-1")])


def form_bomb(path: Path, depth: int = 9, width: int = 10) -> Path:
    """A tiny PDF whose forms call each other ``width ** depth`` times: finite, but for hours."""
    calls = [b" ".join(b"/F%d Do" % (level + 1) for _ in range(width)) for level in range(depth)]
    return pdf(path, [*calls, b"BT /H 12 Tf 20 100 Td (x) Tj ET"])


def zip_bomb(path: Path, megabytes: int = 300) -> Path:
    """A DOCX with an entry that unpacks to ``megabytes``."""
    return docx(path, paragraph("x"), extra={"word/media/zero.bin": bytes(megabytes << 20)})


def huge_png(path: Path, side: int = 60_000) -> Path:
    """A PNG that declares ``side`` x ``side`` pixels and holds nearly none."""

    def piece(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = piece(b"IHDR", header) + piece(b"IDAT", zlib.compress(b"\0" * 1000)) + piece(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path
