# SPDX-License-Identifier: MIT
"""The numbers of the whole collection, read from the engine and never computed here."""

import asyncio
from dataclasses import dataclass, field

from bldr_desktop.client.api import Api, ApiError
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.documents import DocumentFacets
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.protocol.status import MetricsAnswer, NormsSummary
from bldr_desktop.services.facets import FacetsService

RUNS = 30


@dataclass(frozen=True, slots=True)
class Overview:
    """What is known; a part that this server does not give is None."""

    metrics: MetricsAnswer | None = None
    editions: NormsSummary | None = None
    facets: DocumentFacets = field(default_factory=DocumentFacets)
    runs: tuple[Job, ...] | None = None
    error: ApiError | None = None

    def state_count(self, name: str) -> int:
        """How many documents are in a state."""
        return next((item.count for item in self.facets.states if item.value == name), 0)


class OverviewService:
    """Reads all parts at once; one that fails leaves the others."""

    def __init__(self, api: Api, facets: FacetsService) -> None:
        self.changed: Notice[Overview] = Notice()
        self.current = Overview()
        self._api, self._facets = api, facets

    async def refresh(self) -> Overview:
        """Read everything again."""
        metrics, editions, facets, runs = await asyncio.gather(
            self._api.get(routes.METRICS_JSON, MetricsAnswer),
            self._api.get(routes.NORMS_SUMMARY, NormsSummary),
            self._facets.refresh(),
            self._api.get_list(routes.TRAINING_RUNS, Job, params={"limit": RUNS}),
            return_exceptions=True,
        )
        errors = [part for part in (metrics, editions, facets, runs) if isinstance(part, BaseException)]
        for error in errors:
            if not isinstance(error, ApiError):
                raise error
        first = next((error for error in errors if isinstance(error, ApiError)), None)
        self.current = Overview(
            metrics=metrics if isinstance(metrics, MetricsAnswer) else None,
            editions=editions if isinstance(editions, NormsSummary) else None,
            facets=facets if isinstance(facets, DocumentFacets) else DocumentFacets(),
            runs=tuple(runs) if isinstance(runs, list) else None,
            error=first,
        )
        self.changed.emit(self.current)
        return self.current
