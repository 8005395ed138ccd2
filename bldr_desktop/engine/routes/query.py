# SPDX-License-Identifier: MIT
"""Asking the documents."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query

from bldr_desktop.engine.routes.deps import CurrentUser, EngineDep, error_answers
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.rag import (
    QueryAnswer,
    QueryRequest,
    RagSearchAnswer,
    RagSearchRequest,
    SuggestAnswer,
)

router = APIRouter(tags=["search"])


@router.post(routes.QUERY, responses=error_answers(401, 422, 503), summary="Find passages")
async def query(request: QueryRequest, engine: EngineDep, _user: CurrentUser) -> QueryAnswer:
    """Reads the query (designation, clause, code, question, words) and returns passages, best first."""
    return await asyncio.to_thread(engine.search.search, request)


@router.post(
    routes.RAG_SEARCH, responses=error_answers(401, 422, 503), summary="Find passages (second shape)"
)
async def rag_search(request: RagSearchRequest, engine: EngineDep, _user: CurrentUser) -> RagSearchAnswer:
    """The same search in the shape of ``/api/rag``."""
    return await asyncio.to_thread(engine.search.rag_search, request)


@router.get(routes.SUGGEST, responses=error_answers(401, 422, 503), summary="Complete a query")
async def suggest(
    engine: EngineDep,
    _user: CurrentUser,
    q: Annotated[str, Query(max_length=400)] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 8,
) -> SuggestAnswer:
    """Designations, titles and defined terms that begin like ``q``."""
    return await asyncio.to_thread(engine.search.suggest, q, limit)
