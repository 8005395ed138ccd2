# SPDX-License-Identifier: MIT
"""The update check: off unless wanted, quick to give up, and it sends nothing about anybody."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tiny_server import Request, tiny_server

from bldr_desktop.services.settings import Settings
from bldr_desktop.services.updates import Update, Updates, is_newer, look


@pytest.mark.parametrize(
    ("theirs", "ours", "newer"),
    [
        ("0.2.0", "0.1.0", True),
        ("0.10.0", "0.9.9", True),
        ("v1.0", "0.9", True),
        ("0.1.0", "0.1.0", False),
        ("0.1", "0.1.0", False),
        ("0.0.9", "0.1.0", False),
        ("next", "0.1.0", False),
    ],
)
def test_which_is_later(theirs: str, ours: str, newer: bool) -> None:
    assert is_newer(theirs, ours) is newer


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, {"version": "9.0.1", "page": "https://bldr.example/new"}, "newer"),
        (200, {"version": "0.1.0"}, "current"),
        (200, {"version": "<b>9</b>"}, "answer"),
        (200, {"version": 9}, "answer"),
        (200, [1], "answer"),
        (200, b"<html>sign in to the network</html>", "answer"),
        (200, b" " * 70_000 + b'{"version": "9.0"}', "answer"),
        (404, {}, "answer"),
        (500, b"", "answer"),
    ],
)
async def test_answers_good_and_bad(status: int, body: Any, code: str) -> None:
    with tiny_server(lambda _request: (status, body)) as server:
        assert (await look(server.url + "/latest.json", "0.1.0")).code == code


async def test_links_of_other_kinds_are_dropped() -> None:
    with tiny_server(lambda _request: (200, {"version": "9.0", "page": "file:///etc/passwd"})) as server:
        assert await look(server.url, "0.1.0") == Update("newer", "9.0", "")


async def test_nobody_there_and_no_address() -> None:
    assert (await look("http://127.0.0.1:9/x", "0.1.0")).code == "unreachable"
    assert (await look("file:///etc/passwd", "0.1.0")).code == "address"
    assert (await look("", "0.1.0")).code == "address"


async def asked(server_requests: list[Request]) -> None:
    for _ in range(500):
        if server_requests:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nobody asked")


async def test_off_at_first_then_by_itself_then_off_again(tmp_path: Path) -> None:
    with tiny_server(lambda _request: (200, {"version": "9.0"})) as server:
        settings = Settings(tmp_path / "settings.toml")
        assert settings.value("updates.check") is False and settings.value("updates.url") == ""
        updates = Updates(settings, "0.1.0", first_after=0.05)
        told: list[Update] = []
        updates.changed.connect(told.append)
        updates.start()
        try:
            settings.set("updates.url", server.url + "/latest.json")
            await asyncio.sleep(0.3)
            assert server.requests == [], "an address alone asks nothing"
            settings.set("updates.check", True)
            await asked(server.requests)
            for _ in range(500):
                if told:
                    break
                await asyncio.sleep(0.01)
            assert told[0].code == "newer"
            heads = server.requests[0].headers
            assert "authorization" not in heads and "cookie" not in heads
            settings.set("updates.check", False)
            await asyncio.sleep(0.3)
            assert len(server.requests) == 1
        finally:
            await updates.aclose()


async def test_a_policy_can_turn_it_off_for_everybody(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("version = 2\n[updates]\ncheck = false\n")
    settings = Settings(tmp_path / "settings.toml", policy=policy)
    settings.set("updates.url", "http://127.0.0.1:9/")
    settings.set("updates.check", True)
    updates = Updates(settings, "0.1.0")
    assert not updates.wanted
    await updates.aclose()
