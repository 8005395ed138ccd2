# SPDX-License-Identifier: MIT
"""tus 1.0 at ``/files/``, what is there by hash, batches of small files, folder comparison."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from datetime import datetime
from email.utils import format_datetime
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

from bldr_desktop.engine.ports.uploads import Upload
from bldr_desktop.engine.routes.deps import (
    CurrentUser,
    EngineDep,
    bearer,
    current_user,
    error_answers,
    get_engine,
)
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.upload_names import parse_metadata
from bldr_desktop.engine.services.uploads import CHECKSUMS, WHOLE_AT_MOST, Checksum, UploadService, is_sha256
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.files import (
    TUS_EXTENSIONS,
    TUS_VERSION,
    BatchAnswer,
    HashListAnswer,
    HashListRequest,
    ReconcileAnswer,
    ReconcileRequest,
)

T = TypeVar("T")
_BYTES = "application/offset+octet-stream"
_VERSION = {"Tus-Resumable": TUS_VERSION}


class _WholeFirst(APIRoute):
    """Takes a small file that comes whole with its creation before FastAPI solves dependencies for it:
    that costs more than to store it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's hook."""
        usual = super().get_route_handler()
        if self.path != routes.FILES or "POST" not in (self.methods or ()):
            return usual

        async def handle(request: Request) -> Response:
            length = _whole_length(request)
            if length is None:
                return await usual(request)
            engine = await get_engine(request)
            user = await current_user(engine, await bearer(request))
            metadata = parse_metadata(request.headers.get("Upload-Metadata", ""))
            call = engine.uploads.create_whole(user.name, length, metadata, _stream(request))
            return _created(await _tus(call))

        return handle


router = APIRouter(
    tags=["uploads"], responses=error_answers(400, 401, 403, 413, 422, 507), route_class=_WholeFirst
)


async def _uploads(engine: EngineDep) -> UploadService:
    return engine.uploads


Uploads = Annotated[UploadService, Depends(_uploads)]


@router.options(routes.FILES, status_code=204, include_in_schema=False)
@router.options(routes.FILE_UPLOAD, status_code=204, include_in_schema=False)
async def offer(uploads: Uploads) -> Response:
    """What this server's tus can do; needs no sign-in."""
    headers = _VERSION | {
        "Tus-Version": TUS_VERSION,
        "Tus-Extension": TUS_EXTENSIONS,
        "Tus-Max-Size": str(uploads.limit_bytes),
        "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
    }
    return Response(status_code=204, headers=headers)


@router.post(routes.FILES_BATCH)
async def batch(request: Request, user: CurrentUser, uploads: Uploads) -> BatchAnswer:
    """Store many small files: a tar stream, the SHA-256 of each entry in its pax header."""
    return await uploads.batches.receive(user.name, _stream(request))


@router.post(routes.FILES_BY_HASH)
async def by_hash_list(body: HashListRequest, user: CurrentUser, uploads: Uploads) -> HashListAnswer:
    """Which of many contents are there already."""
    for digest in body.sha256:
        _checked(digest)
    return HashListAnswer(items=await asyncio.to_thread(uploads.comparer.by_hash, body.sha256))


@router.head(routes.FILE_BY_HASH)
async def by_hash(sha256: str, user: CurrentUser, uploads: Uploads) -> Response:
    """200 when the bytes are stored, else 404; ``Bldr-Document`` names the document."""
    (answer,) = await asyncio.to_thread(uploads.comparer.by_hash, [_checked(sha256)])
    headers = {"Bldr-Document": answer.document_id} if answer.document_id else {}
    return Response(status_code=200 if answer.stored else 404, headers=headers)


@router.post(routes.FILES_RECONCILE)
async def reconcile(body: ReconcileRequest, user: CurrentUser, uploads: Uploads) -> ReconcileAnswer:
    """Compare a folder's files with what came from it before."""
    for item in body.items:
        if item.sha256:
            _checked(item.sha256)
    return await asyncio.to_thread(uploads.comparer.reconcile, user.name, body)


@router.post(routes.FILES, status_code=201)
async def create(request: Request, user: CurrentUser, uploads: Uploads) -> Response:
    """Make an upload; a body of ``application/offset+octet-stream`` is its first bytes."""
    _check_version(request)
    length = _number(request, "Upload-Length")
    metadata = parse_metadata(request.headers.get("Upload-Metadata", ""))
    upload = await _tus(uploads.create(user.name, length, metadata))
    if request.headers.get("Content-Type") == _BYTES and not upload.finished_at:
        try:
            upload = await _receive(request, uploads, upload.id, user.name, 0)
        except EngineError as error:
            error.headers |= _location(upload)
            raise
    return _created(upload)


@router.head(routes.FILE_UPLOAD)
async def head(upload_id: str, request: Request, user: CurrentUser, uploads: Uploads) -> Response:
    """Where an upload stands; lets go of a request that still writes to it."""
    _check_version(request)
    upload = await _tus(uploads.head(upload_id, user.name))
    headers = _state(upload) | {"Upload-Length": str(upload.length), "Cache-Control": "no-store"}
    return Response(status_code=200, headers=headers)


@router.patch(routes.FILE_UPLOAD, status_code=204)
async def patch(upload_id: str, request: Request, user: CurrentUser, uploads: Uploads) -> Response:
    """Append bytes at ``Upload-Offset``."""
    _check_version(request)
    if request.headers.get("Content-Type") != _BYTES:
        raise _refused(415, ErrorCode.BAD_REQUEST, f"The body must be {_BYTES}.")
    upload = await _receive(request, uploads, upload_id, user.name, _number(request, "Upload-Offset"))
    return Response(status_code=204, headers=_state(upload))


@router.delete(routes.FILE_UPLOAD, status_code=204)
async def terminate(upload_id: str, request: Request, user: CurrentUser, uploads: Uploads) -> Response:
    """Forget an upload."""
    _check_version(request)
    await _tus(uploads.terminate(upload_id, user.name))
    return Response(status_code=204, headers=_VERSION)


@router.post(routes.FILE_UPLOAD, status_code=204)
async def override(upload_id: str, request: Request, user: CurrentUser, uploads: Uploads) -> Response:
    """For clients that can only POST: ``X-HTTP-Method-Override: PATCH`` or ``DELETE``."""
    method = request.headers.get("X-HTTP-Method-Override", "").upper()
    if method == "PATCH":
        return await patch(upload_id, request, user, uploads)
    if method == "DELETE":
        return await terminate(upload_id, request, user, uploads)
    raise _refused(405, ErrorCode.BAD_REQUEST, "POST is not possible here; use PATCH.")


async def _receive(
    request: Request, uploads: UploadService, upload_id: str, owner: str, offset: int
) -> Upload:
    checksum = request.headers.get("Upload-Checksum")
    length = request.headers.get("Content-Length")
    return await _tus(
        uploads.receive(
            upload_id,
            owner,
            offset,
            _stream(request),
            length=int(length) if length and length.isdigit() else None,
            checksum=Checksum.parse(checksum) if checksum else None,
        )
    )


async def _tus(call: Awaitable[T]) -> T:
    try:
        return await call
    except EngineError as error:
        error.headers |= _VERSION
        raise
    except ClientDisconnect:
        # Nobody is there to read an answer; what came of a long upload is kept.
        raise _refused(400, ErrorCode.BAD_REQUEST, "The client went away.") from None


async def _stream(request: Request) -> AsyncIterator[bytes]:
    async for chunk in request.stream():
        if chunk:
            yield chunk


def _whole_length(request: Request) -> int | None:
    """The length of a file that is small, comes whole, and asks for nothing special; else None."""
    headers = request.headers
    length = headers.get("Content-Length", "")
    whole = (
        headers.get("Upload-Length") == length
        and headers.get("Content-Type") == _BYTES
        and headers.get("Tus-Resumable") == TUS_VERSION
        and "Upload-Checksum" not in headers
    )
    number = int(length) if whole and length.isdigit() and len(length) < 9 else 0
    return number if 0 < number <= WHOLE_AT_MOST else None


def _created(upload: Upload) -> Response:
    return Response(status_code=201, headers=_location(upload) | _state(upload))


def _location(upload: Upload) -> dict[str, str]:
    return {"Location": routes.path(routes.FILE_UPLOAD, upload_id=upload.id)}


def _state(upload: Upload) -> dict[str, str]:
    headers = _VERSION | {"Upload-Offset": str(upload.offset)}
    if upload.finished_at is None:
        moment = datetime.fromisoformat(upload.expires_at)
        headers["Upload-Expires"] = format_datetime(moment, usegmt=True)
    else:
        headers["Bldr-SHA256"] = upload.sha256 or ""
        headers["Bldr-Document"] = upload.document_id or ""
    return headers


def _check_version(request: Request) -> None:
    if request.headers.get("Tus-Resumable") != TUS_VERSION:
        error = _refused(
            412, ErrorCode.BAD_REQUEST, "This server speaks tus 1.0.0: send Tus-Resumable: 1.0.0."
        )
        error.headers["Tus-Version"] = TUS_VERSION
        raise error


def _number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise _refused(400, ErrorCode.BAD_REQUEST, f"The header {header} must be a number of bytes.")
    return int(text)


def _checked(digest: str) -> str:
    if not is_sha256(digest):
        raise EngineError(400, ErrorCode.BAD_REQUEST, "Give SHA-256 hashes in lower-case hexadecimal.")
    return digest


def _refused(status: int, code: ErrorCode, sentence: str) -> EngineError:
    return EngineError(status, code, sentence, headers=dict(_VERSION))
