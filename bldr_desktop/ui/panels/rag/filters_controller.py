# SPDX-License-Identifier: MIT
"""Gives the filter chips their values."""

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.protocol.documents import Document, DocumentFacets, Facet
from bldr_desktop.services.facets import FacetsService
from bldr_desktop.services.search import SearchService
from bldr_desktop.ui.panels.rag.filter_bar import FilterBar
from bldr_desktop.ui.widgets import words
from bldr_desktop.ui.widgets.choice_popup import Choice


class FiltersController:
    """Values from the engine's facets; documents by name, those among the hits first."""

    def __init__(self, bar: FilterBar, facets: FacetsService, search: SearchService) -> None:
        self._bar, self._facets, self._search = bar, facets, search
        self._scope = TaskScope("filters")
        bar.popup_asked.connect(self._on_popup_asked)
        bar.searched.connect(self._on_searched)
        self._names: dict[str, str] = {}

    async def close(self) -> None:
        """End."""
        await self._scope.close()

    def _on_popup_asked(self, field: str) -> None:
        if field == "document_ids":
            self._bar.offer(field, self._documents([]))
            self._scope.spawn("documents", self._offer_documents(""))
            return
        self._scope.spawn("facets", self._refresh(field, self._offer(field)))

    def _on_searched(self, field: str, text: str) -> None:
        if field == "document_ids":
            self._scope.spawn("documents", self._offer_documents(text))

    async def _refresh(self, field: str, shown: DocumentFacets) -> None:
        """``shown`` is what the list has: others may have read anew between its opening and now."""
        if await self._facets.refresh() != shown:
            self._offer(field)

    async def _offer_documents(self, text: str) -> None:
        found = await self._facets.named(text)
        if self._bar.popup("document_ids").words.text() == text:
            self._bar.offer("document_ids", self._documents(found))

    def _offer(self, field: str) -> DocumentFacets:
        current = self._facets.current
        values: dict[str, list[Facet]] = {
            "categories": current.categories,
            "kinds": current.kinds,
            "editions": current.editions,
            "folders": current.folders,
        }
        say = {"kinds": words.kind, "editions": words.edition}.get(field, str)
        self._bar.offer(field, [Choice(item.value, say(item.value), item.count) for item in values[field]])
        return current

    def _documents(self, found: list[Document]) -> list[Choice]:
        for hit in self._search.state.hits:
            self._names.setdefault(hit.document_id, hit.designation or hit.document_name)
        choices = {} if found else dict(self._names)
        for document in found:
            name = document.designation or document.name
            choices[document.id] = f"{name}  {document.title}" if document.title else name
        self._names.update(choices)
        chosen = self._bar.filters.document_ids
        named = {value: self._names.get(value, value) for value in chosen}
        return [Choice(value, text) for value, text in {**named, **choices}.items()]
