# SPDX-License-Identifier: MIT
"""Which values documents have, with how many of each: what filters offer."""

from bldr_desktop.client.api import Api, ApiError
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import DocumentState
from bldr_desktop.protocol.documents import Document, DocumentFacets, DocumentList

NAMES_OFFERED = 30


class FacetsService:
    """The values as last read. A server without them leaves the filters empty but working."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.changed: Notice[DocumentFacets] = Notice()
        self.current = DocumentFacets()

    async def refresh(self) -> DocumentFacets:
        """Read them again; what was known stays when that fails."""
        try:
            self.current = await self._api.get(routes.DOCUMENT_FACETS, DocumentFacets)
        except ApiError:
            return self.current
        self.changed.emit(self.current)
        return self.current

    async def named(self, text: str) -> list[Document]:
        """Trained documents whose name, title or designation contains these words."""
        params = {
            "search": text or None,
            "limit": NAMES_OFFERED,
            "state": DocumentState.TRAINED.value,
            "sort": "designation",
            "order": "asc",
        }
        try:
            return (await self._api.get(routes.DOCUMENTS, DocumentList, params=params)).data
        except ApiError:
            return []
