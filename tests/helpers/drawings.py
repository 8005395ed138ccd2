# SPDX-License-Identifier: MIT
"""PDF drawings that are made up: many strokes to look through, few words to keep."""

import functools
import random
import zlib
from pathlib import Path


def write_drawing(place: Path, number: int, pages: int = 8, strokes: int = 50_000) -> None:
    """One file; pages of so many strokes each and a title block of their own."""
    objects = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", _lines(strokes)]
    kids: list[int] = []
    for page in range(1, pages + 1):
        words = "".join(
            f"BT /F1 9 Tf 40 {800 - 14 * row} Td (Drawing {number}.{page}.{row}: axis {row}, "
            f"level {number * 100 + row} mm, concrete B25) Tj ET\n"
            for row in range(12)
        )
        objects.append(_stream(words.encode()))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [4 0 R %d 0 R] "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    references = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (pages, references)
    place.write_bytes(_assemble(objects))


@functools.cache
def _lines(strokes: int) -> bytes:
    chance = random.Random(strokes)
    return _stream(
        "".join(
            f"{chance.randrange(595)} {chance.randrange(842)} m "
            f"{chance.randrange(595)} {chance.randrange(842)} l S\n"
            for _ in range(strokes)
        ).encode()
    )


def _stream(content: bytes) -> bytes:
    data = zlib.compress(content, 1)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(data), data)


def _assemble(objects: list[bytes]) -> bytes:
    data = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(data)
