# SPDX-License-Identifier: MIT
"""What filters can choose from."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from fastapi import APIRouter

from bldr_desktop.engine.ports.documents import DocumentBrief, DocumentQuery
from bldr_desktop.engine.routes.deps import CurrentUser, EngineDep, error_answers
from bldr_desktop.engine.services.container import Engine
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import DocumentState
from bldr_desktop.protocol.documents import DocumentFacets, Facet

router = APIRouter(tags=["documents"])
_MOST = 100


@router.get(routes.DOCUMENT_FACETS, responses=error_answers(401, 503), summary="Values to filter by")
async def facets(engine: EngineDep, _user: CurrentUser) -> DocumentFacets:
    """Counted over the documents as they are now; at most 100 values of each."""
    return await asyncio.to_thread(_collect, engine)


def _collect(engine: Engine) -> DocumentFacets:
    totals = engine.documents.totals()
    _, in_bin = engine.documents.find(DocumentQuery(limit=1, state=DocumentState.DELETED))
    briefs = list(engine.search.catalogue().by_id.values())
    return DocumentFacets(
        states=_counted(Counter({**totals.by_state, DocumentState.DELETED.value: in_bin})),
        editions=_counted(Counter(totals.by_edition)),
        categories=_counted(Counter(brief.category for brief in briefs if brief.category)),
        kinds=_counted(Counter(brief.kind for brief in briefs if brief.kind)),
        folders=_counted(_folders(briefs)),
    )


def _folders(briefs: Sequence[DocumentBrief]) -> "Counter[str]":
    """The folder of each document and the folders above it, as far as they tell documents apart."""
    found: Counter[str] = Counter()
    for brief in briefs:
        if brief.path:
            parents = PurePosixPath(brief.path.replace("\\", "/")).parents
            found.update(str(parent) for parent in parents if parent.name)
    return Counter({folder: count for folder, count in found.items() if count < len(briefs)})


def _counted(values: "Counter[str]") -> list[Facet]:
    ranked = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Facet(value=value, count=count) for value, count in ranked[:_MOST] if count]
