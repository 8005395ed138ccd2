# SPDX-License-Identifier: MIT
"""Zip containers (DOCX, XLSX, ODT …): looked over by their directory before anything is unpacked."""

import itertools
import zipfile
from pathlib import Path

from bldr_desktop.engine.documents.failure import ReadError, damaged
from bldr_desktop.protocol.errors import ErrorCode

MAX_ENTRIES = 20_000
MAX_TOTAL = 1 << 30
MAX_RATIO = 200
_RATIO_FREE = 8 << 20
"""Below this size unpacked, a high ratio is harmless (empty sheets compress a thousandfold)."""
_MAX_DIRECTORY = 16 << 20

_MARKS: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
)
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/epub+zip": "epub",
}


def zip_kind(path: Path) -> str:
    """Tell which kind of document a zip is, after its declared sizes were found bearable.

    Raises:
        ReadError: Damaged, a bomb, encrypted, with unsafe names, or no document.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            check(infos, path.stat().st_size)
            return _kind(archive, infos)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError) as error:
        if isinstance(error, FileNotFoundError | PermissionError):
            raise
        raise damaged("document (a zip container)", error) from error


def check(infos: list[zipfile.ZipInfo], packed_size: int) -> None:
    """Refuse what would unpack to too much, or names a place outside of itself.

    Raises:
        ReadError: With the reason.
    """
    if len(infos) > MAX_ENTRIES:
        raise _bomb(f"it holds {len(infos)} entries")
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL:
        raise _bomb(f"it declares {total >> 20} MB unpacked")
    if total > _RATIO_FREE and total > MAX_RATIO * max(packed_size, 1):
        raise _bomb(f"it unpacks to {total // max(packed_size, 1)} times its size")
    spans = sorted((info.header_offset, info.header_offset + info.compress_size) for info in infos)
    if any(later[0] < earlier[1] for earlier, later in itertools.pairwise(spans)):
        raise _bomb("its entries overlap")
    for info in infos:
        if _is_unsafe(info):
            raise ReadError(ErrorCode.FILE_BOMB, "The archive is refused: it names a place outside of itself")
        if info.flag_bits & 0x1:
            raise ReadError(ErrorCode.FILE_PASSWORD, "The document is protected with a password")


def _is_unsafe(info: zipfile.ZipInfo) -> bool:
    name = info.filename.replace("\\", "/")
    is_link = (info.external_attr >> 16) & 0o170000 == 0o120000
    return is_link or name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"


def _bomb(why: str) -> ReadError:
    return ReadError(ErrorCode.FILE_BOMB, f"The archive is refused: {why}")


def _kind(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> str:
    names = {info.filename.replace("\\", "/").lower() for info in infos}
    for mark, kind in _MARKS:
        if mark in names:
            return kind
    if "mimetype" in names:
        with archive.open("mimetype") as entry:
            mime = entry.read(100).strip()
        encrypted = b"encryption-data" in _small(archive, "META-INF/manifest.xml")
        if encrypted:
            raise ReadError(ErrorCode.FILE_PASSWORD, "The document is protected with a password")
        if mime in _ODF:
            return _ODF[mime]
    if "[content_types].xml" in names:
        found = _by_content_type(archive)
        if found:
            return found
    raise ReadError(ErrorCode.FILE_UNSUPPORTED, "The file is a zip archive, not a document: unpack it first")


def _by_content_type(archive: zipfile.ZipFile) -> str | None:
    types = _small(archive, "[Content_Types].xml")
    for mark, kind in (
        (b"wordprocessingml", "docx"),
        (b"spreadsheetml", "xlsx"),
        (b"presentationml", "pptx"),
    ):
        if mark in types:
            return kind
    return None


def _small(archive: zipfile.ZipFile, name: str, limit: int = 4 << 20) -> bytes:
    """The first bytes of an entry; nothing when it is absent. Never more than ``limit``."""
    try:
        with archive.open(name) as entry:
            return entry.read(limit)
    except KeyError:
        return b""
