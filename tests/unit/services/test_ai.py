# SPDX-License-Identifier: MIT
"""Asking: one after the other, waiting for the way, passages where there are no AI tasks."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from answering import api_to

from bldr_desktop.client.api import Api
from bldr_desktop.client.link import Link, LinkState
from bldr_desktop.client.realtime import Realtime
from bldr_desktop.services.ai import AiService
from bldr_desktop.services.ai_state import Phase
from bldr_desktop.services.events import EventFeed


class Server:
    """Answers as wire.md says and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.away = False
        self.status: dict[str, Any] = {}

    async def answer(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(f"{request.method} {request.url.path}")
        if self.away:
            raise httpx.ConnectError("refused")
        if request.url.path == "/ai":
            self.asked.append(json.loads(request.content))
            n = len(self.asked)
            body = {"message": "", "task_id": f"t{n}", "conversation_id": "c", "message_id": f"m{n}"}
            return httpx.Response(200, json=body)
        if request.url.path.startswith("/ai/status/"):
            return httpx.Response(200, json={"task_id": "t1", "status": "processing", **self.status})
        if request.url.path.endswith("/stop"):
            return httpx.Response(200, json={"task_id": "t1", "status": "cancelled", "result": "half"})
        body = {"id": "c", "title": "", "created_at": "", "updated_at": ""}
        return httpx.Response(200, json=body)


def made(answer: Any) -> tuple[AiService, Realtime, Api]:
    api = api_to(answer)
    realtime = Realtime(api)
    return AiService(api, EventFeed(realtime)), realtime, api


async def settle() -> None:
    for _ in range(30):
        await asyncio.sleep(0.002)


async def test_questions_go_one_after_the_other() -> None:
    server = Server()
    service, realtime, _ = made(server.answer)
    first, second = service.ask("one"), service.ask("two")
    await settle()
    assert first and second and [item["prompt"] for item in server.asked] == ["one"]
    assert second.phase is Phase.QUEUED
    realtime.frames.emit(
        [
            {"type": "ai_token", "task_id": "t1", "index": 0, "delta": "An"},
            {"type": "ai_task_update", "task_id": "t1", "status": "completed", "result": "Answer"},
        ]
    )
    await settle()
    assert (first.phase, first.text) == (Phase.DONE, "Answer")
    assert [(item["prompt"], item.get("conversation_id")) for item in server.asked] == [
        ("one", None),
        ("two", "c"),
    ]
    await service.aclose()


async def test_what_cannot_be_sent_waits_for_the_way() -> None:
    server = Server()
    server.away = True
    service, _, _ = made(server.answer)
    item = service.ask("one")
    await settle()
    assert item and item.phase is Phase.QUEUED and server.calls == ["POST /ai"]
    server.away = False
    service.resume()
    await settle()
    assert item.phase is Phase.WAITING
    await service.aclose()


async def test_missed_pieces_are_read_when_the_link_is_back() -> None:
    server = Server()
    service, realtime, _ = made(server.answer)
    item = service.ask("one")
    await settle()
    server.status = {"text_so_far": "so far", "next_index": 5}
    realtime.link_changed.emit(Link(LinkState.CONNECTED))
    await settle()
    realtime.frames.emit([{"type": "ai_token", "task_id": "t1", "index": 5, "delta": ", so good"}])
    assert item and item.text == "so far, so good"
    await service.aclose()


async def test_stop_keeps_what_was_written_and_again_cuts_the_conversation() -> None:
    server = Server()
    service, _, _ = made(server.answer)
    item = service.ask("one")
    await settle()
    assert item
    await service.stop(item.key)
    assert (item.phase, item.text) == (Phase.STOPPED, "half")
    service.again(item.key, "better", "other-model")
    await settle()
    assert "PUT /ai/conversations/c" in server.calls
    assert (server.asked[1]["prompt"], server.asked[1]["model"]) == ("better", "other-model")
    assert [entry.question for entry in service.current.exchanges] == ["better"]
    await service.aclose()


@pytest.mark.parametrize("found", [True, False])
async def test_a_server_without_ai_answers_with_passages(found: bool) -> None:
    hit = {"chunk": "Не менее 40 мм", "score": 1, "meta": {}, "document_id": "d", "document_name": "СП"}

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path != "/query":
            return httpx.Response(404, json={"detail": "Not Found"})
        return httpx.Response(200, json={"results": [hit] if found else [], "ndcg": 0})

    service, _, _ = made(answer)
    item = service.ask("one")
    await settle()
    assert item and item.phase is Phase.DONE and item.result
    assert (item.result.mode, len(item.result.citations)) == ("passages", int(found))
    await service.aclose()
