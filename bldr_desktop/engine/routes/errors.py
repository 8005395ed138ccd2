# SPDX-License-Identifier: MIT
"""Every refusal in one shape: the sentence under ``error`` and ``detail``, a code, the fields."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bldr_desktop.engine.ports import StoreUnavailable
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.protocol.errors import ErrorBody, ErrorCode

_log = logging.getLogger(__name__)
_CODES = {
    400: ErrorCode.BAD_REQUEST,
    401: ErrorCode.UNAUTHORIZED,
    403: ErrorCode.FORBIDDEN,
    404: ErrorCode.NOT_FOUND,
    409: ErrorCode.CONFLICT,
    413: ErrorCode.TOO_LARGE,
    422: ErrorCode.INVALID,
    429: ErrorCode.RATE_LIMITED,
    503: ErrorCode.UNAVAILABLE,
}
_RETRY_SECONDS = "5"


def error_response(
    status: int,
    code: ErrorCode,
    sentence: str,
    *,
    fields: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    path: str | None = None,
) -> JSONResponse:
    """An HTTP answer with an error body."""
    body = ErrorBody(error=sentence, detail=sentence, code=code, fields=dict(fields or {}), path=path)
    return JSONResponse(body.model_dump(mode="json"), status, headers=dict(headers or {}))


def install(app: FastAPI) -> None:
    """Give ``app`` the handlers that make every error one of ours."""
    app.add_exception_handler(EngineError, _engine_error)
    app.add_exception_handler(StoreUnavailable, _outage)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _bug)


async def _engine_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, EngineError)
    headers = dict(error.headers)
    if error.status in {429, 503}:
        headers.setdefault("Retry-After", _RETRY_SECONDS)
    return error_response(
        error.status,
        error.code,
        error.sentence,
        fields=error.fields,
        headers=headers,
        path=request.url.path,
    )


async def _outage(request: Request, error: Exception) -> JSONResponse:
    _log.warning("store unavailable: %s", error)
    return error_response(
        503,
        ErrorCode.UNAVAILABLE,
        "The database cannot be reached now; nothing is lost. Try again in a moment.",
        headers={"Retry-After": _RETRY_SECONDS},
        path=request.url.path,
    )


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    path = request.url.path
    sentence = str(error.detail)
    if error.status_code == 404 and sentence == "Not Found":
        sentence = f"This engine has nothing at {path}."
    elif error.status_code == 405:
        sentence = f"{request.method} is not possible at {path}."
    code = _CODES.get(error.status_code, ErrorCode.BAD_REQUEST)
    return error_response(error.status_code, code, sentence, headers=error.headers, path=path)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fields: dict[str, str] = {}
    for item in error.errors():
        fields[_field_name(item)] = str(item.get("msg", "wrong"))
    sentence = "; ".join(f"{name}: {problem}" for name, problem in fields.items()) or "The request is wrong."
    return error_response(422, ErrorCode.INVALID, sentence, fields=fields, path=request.url.path)


def _field_name(item: dict[str, Any]) -> str:
    where, *parts = item.get("loc") or ("body",)
    return ".".join(str(part) for part in parts) or str(where)


async def _bug(request: Request, error: Exception) -> JSONResponse:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return error_response(
        500,
        ErrorCode.INTERNAL,
        "The engine made a mistake; its log has the details.",
        path=request.url.path,
    )
