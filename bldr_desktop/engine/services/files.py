# SPDX-License-Identifier: MIT
"""Files that come as a form, and folders that lie on the engine's own machine."""

import asyncio
import hashlib
import os
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_multipart.multipart import MultipartParser, parse_options_header

from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.upload_names import identity
from bldr_desktop.engine.services.upload_register import Arrived, UploadRegister
from bldr_desktop.engine.services.upload_writer import PartWriter, disk_error
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.files import FileUploadResponse, ScanAnswer

SUPPORTED = frozenset(
    (
        *("pdf", "docx", "doc", "rtf", "odt", "xlsx", "xls", "ods", "csv", "pptx", "ppt"),
        *("html", "htm", "md", "txt", "xml", "eml", "dxf"),
        *("png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp"),
    )
)
"""File name endings that the engine can read; content decides in the end."""

_RESERVE = 16 << 20
_MOST_SCANNED = 1_000_000


@dataclass(slots=True)
class _Part:
    """The head of the form's present part."""

    name: str = ""
    filename: str | None = None
    field: bytes = b""
    value: bytes = b""


@dataclass(slots=True)
class _Form:
    """What the parser has told since it was last asked: heads and bytes of parts, in order."""

    part: _Part = field(default_factory=_Part)
    pieces: list[bytes] = field(default_factory=list)
    file: _Part | None = None
    files: int = 0
    finished: bool = False


class FormUpload:
    """``POST /upload-file``: the bytes go from the socket to their final disk once, hashed on the way.

    Args:
        blobs: Where bytes are kept.
        register: Records whole files.
        limit_bytes: Largest file.
    """

    def __init__(self, blobs: BlobStore, register: UploadRegister, limit_bytes: int) -> None:
        self._blobs = blobs
        self._register = register
        self.limit_bytes = limit_bytes

    async def receive(
        self, owner: str, content_type: str, length: int | None, chunks: AsyncIterator[bytes]
    ) -> FileUploadResponse:
        """Store the form's field ``file``.

        Args:
            owner: Who sends it.
            content_type: With the boundary.
            length: Content-Length, None for a chunked body.
            chunks: The body.

        Raises:
            EngineError: 400 not such a form, 413 too large, 422 no file in it, 507 the disk is full.
        """
        boundary = _boundary(content_type)
        if length is not None and length > self.limit_bytes + 65536:
            raise self._too_large()
        if length is not None and length > self._blobs.free_bytes() - _RESERVE:
            raise EngineError(507, ErrorCode.DISK_FULL, "The engine's disk has no room for this file.")
        temporary = self._blobs.incoming() / f"form-{uuid.uuid4().hex}"
        digest = hashlib.sha256()
        try:
            writer = PartWriter(temporary, 0, digest, None)
            try:
                form = await self._write(boundary, chunks, writer)
                size = await writer.flush()
            finally:
                await writer.close()
            return await self._record(owner, form, digest.hexdigest(), size, temporary)
        except OSError as error:
            raise disk_error(error) from error
        finally:
            temporary.unlink(missing_ok=True)

    async def _write(self, boundary: bytes, chunks: AsyncIterator[bytes], writer: PartWriter) -> _Part:
        form = _Form()
        parser = MultipartParser(boundary, _callbacks(form))
        written = 0
        async for chunk in chunks:
            try:
                parser.write(chunk)
            except Exception as error:
                raise _bad_form() from error
            for piece in form.pieces:
                written += len(piece)
                if written > self.limit_bytes:
                    raise self._too_large()
                await writer.feed(piece)
            form.pieces.clear()
        if not form.finished:
            raise _bad_form()
        if form.file is None:
            raise EngineError(
                422, ErrorCode.INVALID, "The form has no file.", fields={"file": "a file is needed"}
            )
        return form.file

    async def _record(
        self, owner: str, part: _Part, sha256: str, size: int, temporary: Path
    ) -> FileUploadResponse:
        if size == 0:
            raise EngineError(
                422, ErrorCode.FILE_EMPTY, "The file is empty.", fields={"file": "must not be empty"}
            )
        there = self._blobs.has(sha256)
        who = identity(owner, {"filename": part.filename or "file"})
        document = await self._register.add(Arrived(sha256, size, owner, who, None if there else temporary))
        return FileUploadResponse(
            filename=who.name,
            file_path=f"blobs/{sha256}",
            size=size,
            sha256=sha256,
            document_id=document.id,
            already_there=there,
        )

    def _too_large(self) -> EngineError:
        return EngineError(
            413, ErrorCode.FILE_TOO_LARGE, f"The file is larger than {self.limit_bytes} bytes."
        )


def _callbacks(form: _Form) -> Any:
    """The parser's callbacks: heads are collected, bytes of the first part ``file`` are kept."""

    def begin() -> None:
        form.part = _Part()

    def name(data: bytes, start: int, end: int) -> None:
        form.part.field += data[start:end]

    def value(data: bytes, start: int, end: int) -> None:
        form.part.value += data[start:end]
        if len(form.part.value) > 8192:
            raise ValueError("a header of the form is too long")

    def head() -> None:
        if form.part.field.lower() == b"content-disposition":
            _, options = parse_options_header(form.part.value)
            form.part.name = options.get(b"name", b"").decode("utf-8", "replace")
            if b"filename" in options:
                form.part.filename = options[b"filename"].decode("utf-8", "replace")
        form.part.field = form.part.value = b""

    def heads_done() -> None:
        if form.part.filename is not None and form.file is None:
            form.file = form.part

    def data(data: bytes, start: int, end: int) -> None:
        if form.part is form.file:
            form.pieces.append(data[start:end])

    def finished() -> None:
        form.finished = True

    return {
        "on_part_begin": begin,
        "on_header_field": name,
        "on_header_value": value,
        "on_header_end": head,
        "on_headers_finished": heads_done,
        "on_part_data": data,
        "on_end": finished,
    }


def _boundary(content_type: str) -> bytes:
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise EngineError(
            422,
            ErrorCode.INVALID,
            "The file comes as multipart/form-data, in the field `file`.",
            fields={"file": "a multipart form with a file is needed"},
        )
    return boundary


def _bad_form() -> EngineError:
    return EngineError(400, ErrorCode.BAD_REQUEST, "The form is damaged or was cut off.")


async def scan_folder(path: str) -> ScanAnswer:
    """Count what a folder of the engine's machine holds; nothing is copied, changed or trained.

    Raises:
        EngineError: 404 there is no such folder, 422 it is not a folder.
    """
    folder = Path(path).expanduser()
    try:
        if not folder.exists():
            raise EngineError(404, ErrorCode.FOLDER_NOT_FOUND, f"The engine sees no folder {path}.")
        if not folder.is_dir():
            raise EngineError(
                422, ErrorCode.INVALID, f"{path} is not a folder.", fields={"path": "must be a folder"}
            )
        return await asyncio.to_thread(_scan, folder)
    except (OSError, ValueError) as error:
        raise EngineError(
            422, ErrorCode.INVALID, f"{path} cannot be read.", fields={"path": "cannot be read"}
        ) from error


def _scan(folder: Path) -> ScanAnswer:
    by_type: dict[str, int] = {}
    total = supported = 0
    for entry in _files(folder):
        kind = entry.name.rpartition(".")[2].lower() if "." in entry.name else ""
        by_type[kind] = by_type.get(kind, 0) + 1
        supported += kind in SUPPORTED
        total += entry.stat(follow_symlinks=False).st_size
    scanned = sum(by_type.values())
    return ScanAnswer(
        scanned=scanned,
        copied=0,
        path=str(folder),
        supported=supported,
        unsupported=scanned - supported,
        bytes=total,
        by_type=by_type,
    )


def _files(folder: Path) -> Iterator["os.DirEntry[str]"]:
    """Regular files below a folder; links are not followed, unreadable folders are passed over."""
    waiting, seen = [str(folder)], 0
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.is_file(follow_symlinks=False):
                        seen += 1
                        if seen > _MOST_SCANNED:
                            return
                        yield entry
        except OSError:
            continue
