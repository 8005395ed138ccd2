# SPDX-License-Identifier: MIT
"""Hits and the documents list as files."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from bldr_desktop.engine.routes.deps import CurrentUser, EngineDep, error_answers
from bldr_desktop.engine.routes.documents import Listing
from bldr_desktop.engine.services.export import ExportService
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.rag import ExportHitsRequest

router = APIRouter(tags=["export"])
_MIME = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_FILE: dict[int | str, dict[str, object]] = {
    200: {
        "content": {mime.split(";")[0]: {} for mime in _MIME.values()},
        "description": "The file, as an attachment.",
    }
}


@router.post(
    routes.EXPORT_HITS,
    responses=error_answers(401, 422, 503) | _FILE,
    response_class=Response,
    summary="The hits of a query as CSV or DOCX",
)
async def export_hits(request: ExportHitsRequest, engine: EngineDep, _user: CurrentUser) -> Response:
    """Each with document, edition, clause, page and text."""
    exports = ExportService(engine.documents, engine.search)
    content = await asyncio.to_thread(exports.hits, request)
    return _attachment(content, "hits", request.format)


@router.get(
    routes.EXPORT_DOCUMENTS,
    responses=error_answers(401, 422, 503) | _FILE,
    response_class=Response,
    summary="The documents list as CSV or XLSX",
)
async def export_documents(
    engine: EngineDep,
    _user: CurrentUser,
    query: Listing,
    kind: Annotated[Literal["csv", "xlsx"], Query(alias="format")] = "csv",
    language: Literal["ru", "en"] = "ru",
) -> Response:
    """All rows that the filters leave; ``page`` and ``limit`` do not matter."""
    exports = ExportService(engine.documents, engine.search)
    content = await asyncio.to_thread(exports.documents, query, kind, language)
    return _attachment(content, "documents", kind)


def _attachment(content: bytes, name: str, kind: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{kind}"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=_MIME[kind], headers=headers)
