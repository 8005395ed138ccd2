# SPDX-License-Identifier: MIT
"""A file as a form, a folder by its path: the field's two ways in."""

import json
from typing import Any

from fastapi import APIRouter, Request

from bldr_desktop.engine.routes.deps import CurrentUser, EngineDep, error_answers
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.files import scan_folder
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.files import FileUploadResponse, ScanAnswer

router = APIRouter(tags=["files"])
_LONGEST_PATH = 4096
_UPLOAD_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
_PATH_SCHEMA = {
    "schema": {
        "type": "object",
        "required": ["path"],
        "properties": {"path": {"type": "string", "minLength": 1, "maxLength": _LONGEST_PATH}},
        "example": {"path": "/srv/norms"},
    }
}
_SCAN_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": _PATH_SCHEMA, "application/x-www-form-urlencoded": _PATH_SCHEMA},
    }
}


@router.post(
    routes.UPLOAD_FILE,
    responses=error_answers(400, 401, 403, 413, 422, 507),
    openapi_extra=_UPLOAD_FORM,
    summary="Store one file",
)
async def upload_file(request: Request, engine: EngineDep, user: CurrentUser) -> FileUploadResponse:
    """Any size up to the limit; stored under its SHA-256, trained by the next ``/train``."""
    length = request.headers.get("content-length", "")
    return await engine.forms.receive(
        user.name,
        request.headers.get("content-type", ""),
        int(length) if length.isdigit() else None,
        request.stream(),
    )


@router.post(
    routes.FILES_SCAN,
    responses=error_answers(401, 403, 404, 422),
    openapi_extra=_SCAN_BODY,
    summary="What is in a folder of the engine's machine",
)
async def files_scan(request: Request, engine: EngineDep, user: CurrentUser) -> ScanAnswer:
    """``path`` as a form or as JSON. Only for admins: it looks at the server's own disk."""
    path = await _path(request)
    if not user.is_admin:
        raise EngineError(
            403, ErrorCode.FORBIDDEN, "Looking at the engine's own folders needs the role admin."
        )
    return await scan_folder(path)


async def _path(request: Request) -> str:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    value: Any = None
    if kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        async with request.form(max_files=0, max_fields=20) as form:
            value = form.get("path")
    elif kind == "application/json":
        try:
            body = json.loads(await request.body())
        except (ValueError, RecursionError):
            body = None
        value = body.get("path") if isinstance(body, dict) else None
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_PATH or "\0" in value:
        raise EngineError(
            422,
            ErrorCode.INVALID,
            "path: a folder's path is needed, as a form field or as JSON.",
            fields={"path": "a folder's path is needed"},
        )
    return value.strip()
