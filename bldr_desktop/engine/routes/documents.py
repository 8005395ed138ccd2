# SPDX-License-Identifier: MIT
"""Documents: the table, one document's text and pages, and what a person does to them."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi import Path as UrlPath
from fastapi.responses import FileResponse

from bldr_desktop.engine.ports.documents import DocumentQuery
from bldr_desktop.engine.routes.deps import CurrentUser, EngineDep, error_answers
from bldr_desktop.engine.services.documents import pagination
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import DocumentState, EditionStatus
from bldr_desktop.protocol.documents import (
    AnyAnswer,
    BulkAnswer,
    BulkDocumentsRequest,
    ChunkList,
    Document,
    DocumentList,
    DocumentText,
    FindAnswer,
    NormsList,
    Outline,
    PageBoxes,
)
from bldr_desktop.protocol.status import MetricsAnswer, NormsSummary

router = APIRouter(tags=["documents"])
_ERRORS = error_answers(401, 404, 422, 503)
_COMMAND_ERRORS = error_answers(401, 403, 404, 409, 422, 503)
_FOUND_PLACES = 500
_PICTURE: dict[int | str, dict[str, object]] = {
    200: {"content": {"image/png": {}}, "description": "The page as PNG."}
}
_FILE: dict[int | str, dict[str, object]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The original file."}
}

PageNumber = Annotated[int, UrlPath(ge=1, le=1_000_000)]
Offset = Annotated[int, Query(ge=0, le=100_000_000)]


def listing(
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    search: Annotated[str | None, Query(max_length=400)] = None,
    sort: Annotated[str, Query(max_length=40)] = "added_at",
    order: Literal["asc", "desc"] = "desc",
    state: DocumentState | None = None,
    category: Annotated[str | None, Query(max_length=100)] = None,
    edition: EditionStatus | None = None,
    kind: Annotated[str | None, Query(max_length=20)] = None,
    owner: Annotated[str | None, Query(max_length=100)] = None,
    folder: Annotated[str | None, Query(max_length=4000)] = None,
    defines: bool = False,
) -> DocumentQuery:
    """The query of a documents table page."""
    return DocumentQuery(
        page, limit, search, sort, order == "desc", state, category, edition, kind, owner, folder, defines
    )


Listing = Annotated[DocumentQuery, Depends(listing)]


@router.get(routes.DOCUMENTS, responses=error_answers(401, 422, 503), summary="A page of all documents")
async def documents(engine: EngineDep, _user: CurrentUser, query: Listing) -> DocumentList:
    """Sorted and filtered; deleted ones only with ``state=deleted``."""
    return await asyncio.to_thread(engine.library.page, query)


@router.get(routes.NORMS_LIST, responses=error_answers(401, 422, 503), summary="Documents as norms")
async def norms_list(
    engine: EngineDep,
    _user: CurrentUser,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    limit: Annotated[int, Query(ge=1, le=1000)] = 20,
    search: Annotated[str | None, Query(max_length=400)] = None,
    category: Annotated[str | None, Query(max_length=100)] = None,
    status: Annotated[str | None, Query(max_length=20)] = None,
    kind: Annotated[str | None, Query(alias="type", max_length=20)] = None,
) -> NormsList:
    """``status`` is an edition status; any other word finds nothing."""
    query = DocumentQuery(page=page, limit=limit, search=search or None, category=category or None)
    query.kind = kind or None
    if status:
        if status not in {word.value for word in EditionStatus}:
            return NormsList(data=[], pagination=pagination(page, limit, 0))
        query.edition = EditionStatus(status)
    return await asyncio.to_thread(engine.library.norms, query)


@router.get(routes.NORMS_SUMMARY, responses=error_answers(401, 503), summary="Editions, counted")
async def norms_summary(engine: EngineDep, _user: CurrentUser) -> NormsSummary:
    """How many norms are of the newest edition, of an old one, undecided."""
    return await asyncio.to_thread(engine.library.norms_summary)


@router.get(routes.METRICS_JSON, responses=error_answers(401, 503), summary="Totals and quality")
async def metrics(engine: EngineDep, _user: CurrentUser) -> MetricsAnswer:
    """``avg_ndcg`` is of the last run of the control questions, null while there are none."""
    size = await asyncio.to_thread(engine.index.size_bytes)
    ndcg = await asyncio.to_thread(engine.evaluation.last_ndcg)
    return await asyncio.to_thread(engine.library.metrics, ndcg, size)


@router.post(routes.DOCUMENTS_BULK, responses=_COMMAND_ERRORS, summary="One action on many documents")
async def bulk(request: BulkDocumentsRequest, engine: EngineDep, user: CurrentUser) -> BulkAnswer:
    """Each document answers for itself."""
    return await engine.library.bulk(request, user.name, user.is_admin)


@router.get(routes.DOCUMENT, responses=_ERRORS, summary="One document")
async def document(document_id: str, engine: EngineDep, _user: CurrentUser) -> Document:
    """Deleted ones too."""
    return await asyncio.to_thread(engine.library.get, document_id)


@router.delete(routes.DOCUMENT, responses=_COMMAND_ERRORS, summary="Delete a document")
async def delete(document_id: str, engine: EngineDep, user: CurrentUser) -> AnyAnswer:
    """Soft: it is found no more from now on and can be restored for a while."""
    gone = await asyncio.to_thread(engine.library.delete, document_id, user.name, user.is_admin)
    return AnyAnswer(success=True, message=f"«{gone.name}» is deleted and can be restored for a while.")


@router.post(routes.DOCUMENT_RESTORE, responses=_COMMAND_ERRORS, summary="Undo a deletion")
async def restore(document_id: str, engine: EngineDep, user: CurrentUser) -> Document:
    """The document as it was before."""
    return await asyncio.to_thread(engine.library.restore, document_id, user.name, user.is_admin)


@router.post(routes.DOCUMENT_RETRAIN, responses=_COMMAND_ERRORS, summary="Read a document again")
async def retrain(document_id: str, engine: EngineDep, user: CurrentUser) -> AnyAnswer:
    """Queues a job; its id is in ``data.job_id``."""
    request = BulkDocumentsRequest(action="retrain", ids=[document_id])
    await asyncio.to_thread(engine.library.get, document_id)
    answer = await engine.library.bulk(request, user.name, user.is_admin)
    error = answer.items[0].error
    if error:
        return AnyAnswer(success=False, message=error)
    return AnyAnswer(success=True, message="Queued.", data={"job_id": answer.job_id})


@router.get(routes.DOCUMENT_CHUNKS, responses=_ERRORS, summary="A document's chunks")
async def chunks(
    document_id: str,
    engine: EngineDep,
    _user: CurrentUser,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> ChunkList:
    """As indexed, in order."""
    return await asyncio.to_thread(engine.library.chunks, document_id, page, limit)


@router.get(routes.DOCUMENT_OUTLINE, responses=_ERRORS, summary="A document's clauses")
async def outline(document_id: str, engine: EngineDep, _user: CurrentUser) -> Outline:
    """The tree of clauses, flat with depths."""
    return await asyncio.to_thread(engine.library.outline, document_id)


@router.get(routes.DOCUMENT_TEXT, responses=_ERRORS, summary="A document's text")
async def text(
    document_id: str,
    engine: EngineDep,
    _user: CurrentUser,
    page: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
) -> DocumentText:
    """Of one page (or sheet), else of all."""
    return await asyncio.to_thread(engine.library.text, document_id, page)


@router.get(routes.DOCUMENT_FIND, responses=_ERRORS, summary="Find words inside a document")
async def find(
    document_id: str,
    engine: EngineDep,
    _user: CurrentUser,
    q: Annotated[str, Query(max_length=400)] = "",
) -> FindAnswer:
    """Letter by letter, else in any form, else any of the words; at most 500 places."""
    return await asyncio.to_thread(engine.library.find, document_id, q, _FOUND_PLACES)


@router.get(
    routes.DOCUMENT_CONTENT,
    responses=error_answers(401, 404, 409, 503) | _FILE,
    response_class=FileResponse,
    summary="The original file",
)
async def content(document_id: str, engine: EngineDep, _user: CurrentUser) -> FileResponse:
    """As an attachment, never to be shown inside a page."""
    found, path = await asyncio.to_thread(engine.library.content, document_id)
    headers = {"X-Content-Type-Options": "nosniff", "ETag": f'"{found.sha256}"'}
    return FileResponse(path, media_type="application/octet-stream", filename=found.name, headers=headers)


@router.get(
    routes.DOCUMENT_PAGE,
    responses=error_answers(401, 404, 409, 422, 503) | _PICTURE,
    response_class=Response,
    summary="A page as an image",
)
async def page_image(
    document_id: str,
    page: PageNumber,
    request: Request,
    engine: EngineDep,
    _user: CurrentUser,
    width: Annotated[int, Query(ge=64, le=4096)] = 900,
) -> Response:
    """PNG, ``width`` pixels wide; may be kept for ever, a changed file is another document."""
    known, place = await asyncio.to_thread(engine.library.page_place, document_id, page)
    tag = f'"{known.sha256[:32]}-{page}-{width}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=31536000, immutable"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    image = await engine.library.page_image(place, page, width)
    return Response(image, media_type="image/png", headers=headers)


@router.get(
    routes.DOCUMENT_BOXES,
    responses=error_answers(401, 404, 409, 422, 503),
    summary="Where characters stand on a page",
)
async def boxes(
    document_id: str,
    page: PageNumber,
    engine: EngineDep,
    _user: CurrentUser,
    start: Offset = 0,
    end: Offset = 0,
) -> PageBoxes:
    """Rectangles of the characters [start, end), in points from the top left corner."""
    return await engine.library.page_boxes(document_id, page, start, end)
