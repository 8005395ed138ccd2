# SPDX-License-Identifier: MIT
"""One file all the way: identify, extract, structure, chunk. Runs in the child."""

import importlib
import time
from pathlib import Path

from bldr_desktop.engine.documents import text as decoding
from bldr_desktop.engine.documents.chunk import chunk_document
from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.engine.documents.identify import Identity, identify
from bldr_desktop.engine.documents.structure import structure_of
from bldr_desktop.engine.documents.structure.lines import layout_of
from bldr_desktop.engine.ports.domain import Extracted, Parsed, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

_MAX_CHARACTERS = 100_000_000
_OFFICE = frozenset({"docx", "doc", "pptx", "ppt", "rtf", "odt", "odp", "epub", "msg"})
_SAME_KIND = {"htm": "html", "xhtml": "html", "jpg": "image", "jpeg": "image", "png": "image", "tif": "image",
              "tiff": "image", "gif": "image", "bmp": "image", "webp": "image", "markdown": "md",
              "tsv": "csv",
              "xlsm": "xlsx", "xlsb": "xlsx", "docm": "docx", "mht": "html", "mhtml": "html", "xltx": "xlsx",
              "dotx": "docx", "pps": "ppt", "ppsx": "pptx", "log": "txt", "text": "txt"}  # fmt: skip


def warm_up() -> Parsed:
    """Run structure and chunks once on a few words, so that patterns are compiled; what came of it."""
    from bldr_desktop.engine.ports.domain import ExtractedPage

    page = ExtractedPage(1, "СП 1.13130.2020\n1 Область применения\n1.1 Настоящий свод правил")
    extracted = Extracted("txt", "text/plain", "text", [page])
    structure = structure_of(extracted, "warm.txt")
    return Parsed(extracted, structure, chunk_document(extracted, structure))


def load_readers() -> None:
    """Import the readers of the files that folders are full of, with their libraries."""
    for name in ("pdf", "docx", "sheet", "html", "plain", "markdown"):
        importlib.import_module(f"bldr_desktop.engine.documents.readers.{name}")
    for library in ("lxml.etree", "lxml.html", "pypdfium2", "python_calamine"):
        importlib.import_module(library)
    decoding.decode("Свод правил".encode("cp1251"))


def extract_file(path: Path, name: str, limits: ParseLimits) -> tuple[Extracted, dict[str, float]]:
    """Identify and read a file.

    Returns:
        What is in it, and wall seconds by stage.

    Raises:
        ReadError: Why there is nothing.
    """
    began = time.perf_counter()
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise ReadError(
            ErrorCode.FILE_TOO_LARGE,
            f"The file has {size >> 20} MB, more than the limit of {limits.file_bytes >> 20} MB",
        )
    identity = identify(path, name)
    identified = time.perf_counter()
    extracted = _read(path, identity, limits)
    _check(extracted)
    _note_name(extracted, identity)
    extracted.language = decoding.language(_sample(extracted))
    done = time.perf_counter()
    return extracted, {"identify": identified - began, "extract": done - identified}


def parse_file(path: Path, name: str, limits: ParseLimits) -> Parsed:
    """Everything a worker makes of one file.

    Raises:
        ReadError: Why there is nothing.
    """
    extracted, seconds = extract_file(path, name, limits)
    began = time.perf_counter()
    layout = layout_of(extracted.pages, paged=extracted.paged)
    structure = structure_of(extracted, name, layout)
    structured = time.perf_counter()
    chunks = chunk_document(extracted, structure, layout)
    seconds |= {"structure": structured - began, "chunk": time.perf_counter() - structured}
    return Parsed(extracted, structure, chunks, seconds)


def _read(path: Path, identity: Identity, limits: ParseLimits) -> Extracted:
    kind = identity.kind
    if kind == "pdf":
        from bldr_desktop.engine.documents.readers import pdf

        return pdf.read(path, limits)
    if kind in ("xlsx", "xlsb", "xls", "ods"):
        from bldr_desktop.engine.documents.readers import sheet

        return sheet.read(path, kind, limits)
    if kind == "html":
        from bldr_desktop.engine.documents.readers import html

        return html.read(path, limits)
    if kind in ("eml", "mhtml"):
        from bldr_desktop.engine.documents.readers import mail

        return mail.read(path, kind, limits)
    if kind in _OFFICE:
        return _read_office(path, kind, limits)
    return _read_rest(path, identity, limits)


def _read_office(path: Path, kind: str, limits: ParseLimits) -> Extracted:
    if kind == "docx":
        from bldr_desktop.engine.documents.readers import docx

        return docx.read(path, limits)
    if kind == "pptx":
        from bldr_desktop.engine.documents.readers import pptx

        return pptx.read(path, limits)
    if kind in ("odt", "odp"):
        from bldr_desktop.engine.documents.readers import odf

        return odf.read(path, kind, limits)
    from bldr_desktop.engine.documents.readers import office

    return office.read(path, kind, limits)


def _read_rest(path: Path, identity: Identity, limits: ParseLimits) -> Extracted:
    if identity.kind == "image":
        from bldr_desktop.engine.documents.readers import image

        return image.read(path, identity.mime, limits)
    if identity.kind == "dxf":
        from bldr_desktop.engine.documents.readers import dxf

        return dxf.read(path, limits)
    from bldr_desktop.engine.documents.readers import plain

    if identity.kind == "xml":
        return plain.read_xml(path, limits)
    return plain.read(path, identity.kind, limits)


def _check(extracted: Extracted) -> None:
    """No text, or more than can be handled, is a failure with a reason."""
    if extracted.characters > _MAX_CHARACTERS:
        raise ReadError(
            ErrorCode.FILE_TOO_LARGE, f"The document has {extracted.characters:,} characters: too many"
        )
    if not any(not page.text.isspace() and page.text for page in extracted.pages):
        raise ReadError(ErrorCode.FILE_NO_TEXT, "There is no text in the file")
    share = max(decoding.replacement_share(page.text) for page in extracted.pages)
    whole = decoding.replacement_share("".join(page.text for page in extracted.pages)) if share else 0.0
    if whole > 0.01:
        raise ReadError(
            ErrorCode.FILE_UNREADABLE_TEXT,
            f"{whole:.0%} of the text cannot be decoded: fonts or encoding of the file are broken",
        )


def _note_name(extracted: Extracted, identity: Identity) -> None:
    claimed = _SAME_KIND.get(identity.claimed, identity.claimed)
    known = claimed in _OFFICE or claimed in ("pdf", "xlsx", "xls", "ods", "html", "image", "csv", "xml")
    if known and claimed != extracted.kind:
        extracted.warnings.insert(
            0, f"The name says .{identity.claimed}, the content is {extracted.kind.upper()}; read as that"
        )


def _sample(extracted: Extracted) -> str:
    pages = extracted.pages
    step = max(1, len(pages) // 8)
    return "\n".join(page.text[:1_500] for page in pages[::step][:10])
