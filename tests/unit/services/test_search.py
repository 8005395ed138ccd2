# SPDX-License-Identifier: MIT
"""One question at a time, the newest wins."""

import asyncio
import json

import httpx
from answering import api_to

from bldr_desktop.protocol import routes
from bldr_desktop.protocol.rag import SearchFilters
from bldr_desktop.services.query_history import QueryHistory
from bldr_desktop.services.search import SearchPhase, SearchService, SearchState, default_filters


class Engine:
    """Answers a query with one hit whose text is the query, as late as told."""

    def __init__(self) -> None:
        self.asked: list[dict[str, object]] = []
        self.late: dict[str, float] = {}
        self.broken = False

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == routes.SUGGEST:
            return httpx.Response(200, json={"items": [{"text": "СП 63.13330.2018", "kind": "designation"}]})
        body = json.loads(request.content)
        self.asked.append(body)
        await asyncio.sleep(self.late.get(body["query"], 0))
        if self.broken:
            return httpx.Response(503, json={"error": "The index is being opened.", "code": "unavailable"})
        hit = {"document_id": "1", "document_name": "a.pdf", "chunk": body["query"], "score": 0.9}
        return httpx.Response(200, json={"results": [hit]})


async def settle(search: SearchService) -> SearchState:
    """Wait until nothing is under way."""
    for _ in range(500):
        if search.state.phase is not SearchPhase.SEARCHING:
            return search.state
        await asyncio.sleep(0.005)
    raise AssertionError("the search did not end")


async def test_the_newest_question_wins() -> None:
    engine = Engine()
    engine.late["первый"] = 0.2
    search = SearchService(api_to(engine), QueryHistory())
    search.ask("первый")
    await asyncio.sleep(0.02)
    search.ask("второй")
    state = await settle(search)
    await asyncio.sleep(0.25)
    assert search.state is state
    assert [hit.chunk for hit in state.hits] == ["второй"]
    await search.close()


async def test_a_key_that_is_followed_by_another_asks_nothing() -> None:
    engine = Engine()
    search = SearchService(api_to(engine), QueryHistory())
    for text in ("б", "бе", "бет"):
        search.ask(text, settled=False, delay=0.03)
    await settle(search)
    assert [body["query"] for body in engine.asked] == ["бет"]
    assert engine.asked[0]["preview"] is True
    assert search.history.items == ()
    await search.close()


async def test_the_answer_before_stays_while_searching_and_failure_is_said() -> None:
    engine = Engine()
    search = SearchService(api_to(engine), QueryHistory())
    search.ask("один")
    await settle(search)
    engine.late["два"] = 0.05
    search.ask("два")
    assert search.state.phase is SearchPhase.SEARCHING
    assert [hit.chunk for hit in search.state.hits] == ["один"]
    await settle(search)
    engine.broken = True
    search.repeat()
    state = await settle(search)
    assert state.phase is SearchPhase.FAILED
    assert state.error is not None and state.error.sentence == "The index is being opened."
    await search.close()


async def test_filters_ask_again_and_default_leaves_out_old_editions() -> None:
    engine = Engine()
    search = SearchService(api_to(engine), QueryHistory())
    search.ask("вопрос")
    await settle(search)
    assert search.state.filtered is False
    search.set_filters(default_filters().model_copy(update={"kinds": ["pdf"], "include_outdated": True}))
    state = await settle(search)
    filters = [SearchFilters.model_validate(body["filters"]) for body in engine.asked]
    assert [item.include_outdated for item in filters] == [False, True]
    assert filters[1].kinds == ["pdf"] and state.filtered
    await search.close()


async def test_suggestions_begin_with_own_questions() -> None:
    history = QueryHistory()
    history.add("СП 63 п. 8.1.3")
    search = SearchService(api_to(Engine()), history)
    assert [item.kind for item in await search.suggest("СП 63")] == ["history", "designation"]
    await search.close()


async def test_no_text_is_no_question() -> None:
    search = SearchService(api_to(Engine()), QueryHistory())
    search.ask("вопрос")
    await settle(search)
    search.ask("   ")
    assert search.state == SearchState()
    await search.close()
