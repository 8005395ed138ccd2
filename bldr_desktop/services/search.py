# SPDX-License-Identifier: MIT
"""Asking the documents: one question at a time, the newest wins."""

import asyncio
import time
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bldr_desktop.client.api import Api, ApiError
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.rag import (
    QueryAnswer,
    QueryHit,
    QueryRequest,
    SearchFilters,
    SuggestAnswer,
    Suggestion,
)
from bldr_desktop.services.query_history import QueryHistory

HITS = 30
HITS_WHILE_TYPING = 12
"""Enough for the list's first screen; Enter asks for all."""
LONGEST = 4000


class SearchPhase(StrEnum):
    """What the search is doing."""

    IDLE = "idle"
    SEARCHING = "searching"
    ANSWERED = "answered"
    FAILED = "failed"


def default_filters() -> SearchFilters:
    """Everything, but of each norm only the newest edition known."""
    return SearchFilters(include_outdated=False)


@dataclass(frozen=True, slots=True)
class SearchState:
    """The question and what became of it.

    While ``SEARCHING`` the ``answer`` is still the one before, so that nothing flickers. ``seconds``
    is the whole way, request to decoded answer. ``settled`` tells a question that was asked for
    (Enter) from one still being typed.
    """

    phase: SearchPhase = SearchPhase.IDLE
    query: str = ""
    filters: SearchFilters = field(default_factory=default_filters)
    answer: QueryAnswer | None = None
    error: ApiError | None = None
    seconds: float | None = None
    settled: bool = False

    @property
    def hits(self) -> list[QueryHit]:
        """Results of the last answer, best first."""
        return self.answer.results if self.answer else []

    @property
    def filtered(self) -> bool:
        """True when something narrows the search beyond the default."""
        return self.filters != default_filters()


class SearchService:
    """State of the Query tab. ``ask`` returns at once; ``changed`` tells the rest.

    Args:
        api: The server.
        history: Where settled questions go.
    """

    def __init__(self, api: Api, history: QueryHistory) -> None:
        self.changed: Notice[SearchState] = Notice()
        self.history = history
        self._api = api
        self._scope = TaskScope("search")
        self._running: asyncio.Task[None] | None = None
        self._state = SearchState()

    @property
    def state(self) -> SearchState:
        """The state now."""
        return self._state

    def ask(self, query: str, *, settled: bool = True, delay: float = 0.0) -> None:
        """Search; an older question still under way is given up.

        Args:
            query: As typed.
            settled: Asked for by Enter: goes into the history.
            delay: Seconds to wait first, for a key that may be followed by another.
        """
        text = " ".join(query.split())[:LONGEST]
        self._drop()
        if not text:
            self._become(SearchState(filters=self._state.filters))
            return
        if settled:
            self.history.add(text)
        self._become(
            replace(self._state, phase=SearchPhase.SEARCHING, query=text, error=None, settled=settled)
        )
        self._running = self._scope.spawn("query", self._fetch(text, self._state.filters, delay))

    def set_filters(self, filters: SearchFilters) -> None:
        """Narrow or widen, and ask again when there is a question."""
        if filters == self._state.filters:
            return
        self._state = replace(self._state, filters=filters)
        if self._state.query:
            self.ask(self._state.query, settled=self._state.settled)
        else:
            self.changed.emit(self._state)

    def repeat(self) -> None:
        """Ask the same again (F5, after a training)."""
        if self._state.query:
            self.ask(self._state.query, settled=self._state.settled)

    async def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Completions of what is being typed: own questions first, then the engine's designations
        and terms. A server without suggestions gives the former only."""
        own = [Suggestion(text=text, kind="history") for text in self.history.matching(prefix)]
        try:
            answer = await self._api.get(
                routes.SUGGEST, SuggestAnswer, params={"q": prefix.strip(), "limit": limit}
            )
        except ApiError:
            return own
        known = {item.text.casefold() for item in own}
        return [*own, *(item for item in answer.items if item.text.casefold() not in known)][:limit]

    def recent(self, limit: int = 8) -> list[Suggestion]:
        """What was asked last."""
        return [Suggestion(text=text, kind="history") for text in self.history.items[:limit]]

    async def close(self) -> None:
        """Give up what is under way."""
        await self._scope.close()

    async def _fetch(self, text: str, filters: SearchFilters, delay: float) -> None:
        if delay:
            await asyncio.sleep(delay)
        started = time.perf_counter()
        settled = self._state.settled
        count = HITS if settled else HITS_WHILE_TYPING
        request = QueryRequest(query=text, k=count, filters=filters, preview=not settled)
        try:
            answer = await self._api.post(routes.QUERY, QueryAnswer, json=request)
        except ApiError as error:
            self._become(replace(self._state, phase=SearchPhase.FAILED, error=error))
            return
        seconds = time.perf_counter() - started
        self._become(
            replace(self._state, phase=SearchPhase.ANSWERED, answer=answer, seconds=seconds, error=None)
        )

    def _drop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _become(self, state: SearchState) -> None:
        self._state = state
        self.changed.emit(state)
