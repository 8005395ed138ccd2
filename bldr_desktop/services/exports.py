# SPDX-License-Identifier: MIT
"""Hits and the documents list as files, made by the engine, saved where the person says."""

import asyncio
from pathlib import Path
from typing import Literal

from bldr_desktop.client.api import Api
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.rag import ExportHitsRequest, SearchFilters
from bldr_desktop.services.document_table import DocumentsQuery

EXPORTED_HITS = 200
Language = Literal["ru", "en"]


class ExportService:
    """Calls raise ``ApiError`` (the engine does not give it) or ``OSError`` (it cannot be written)."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def hits(
        self,
        query: str,
        filters: SearchFilters,
        kind: Literal["csv", "docx"],
        language: Language,
        target: Path,
    ) -> None:
        """The hits of a query with their sources."""
        request = ExportHitsRequest(
            query=query, k=EXPORTED_HITS, filters=filters, format=kind, language=language
        )
        answer = await self._api.request("POST", routes.EXPORT_HITS, json=request)
        await asyncio.to_thread(_write, target, answer.content)

    async def documents(
        self, query: DocumentsQuery, kind: Literal["csv", "xlsx"], language: Language, target: Path
    ) -> None:
        """The documents that the table shows, all of them."""
        params = query.params(1, 1)
        del params["page"], params["limit"]
        params.update(format=kind, language=language)
        content = await self._api.content(routes.EXPORT_DOCUMENTS, params=params)
        await asyncio.to_thread(_write, target, content)


def _write(target: Path, content: bytes) -> None:
    fresh = target.with_name(target.name + ".part")
    fresh.write_bytes(content)
    fresh.replace(target)
