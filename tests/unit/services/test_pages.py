# SPDX-License-Identifier: MIT
"""Page images: asked for once, kept on disk up to a limit."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from answering import api_to

from bldr_desktop.client.api import ApiError
from bldr_desktop.services.pages import PageKey, PageStore


class Engine:
    """Draws pages of 1000 bytes; counts what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken = False

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url.raw_path, "ascii"))
        await asyncio.sleep(0.005)
        if self.broken:
            return httpx.Response(422, json={"error": "The file is damaged.", "code": "file_damaged"})
        if request.url.path.endswith("boxes"):
            box = {"x": 1, "y": 2, "width": 3, "height": 4}
            return httpx.Response(
                200, json={"page": 1, "page_width": 595, "page_height": 842, "boxes": [box]}
            )
        return httpx.Response(200, content=b"x" * 1000)


def key(page: int, sha256: str = "ab" * 32) -> PageKey:
    """A page of one document."""
    return PageKey("d", sha256, page, 640)


async def test_one_request_for_many_askers_then_from_disk(tmp_path: Path) -> None:
    engine = Engine()
    store = PageStore(api_to(engine), tmp_path)
    images = await asyncio.gather(*(store.image(key(1), bytes) for _ in range(5)))
    assert images == [b"x" * 1000] * 5 and len(engine.asked) == 1
    await until(lambda: names(tmp_path) == ["1"])
    again = PageStore(api_to(engine), tmp_path)
    assert await again.image(key(1), bytes) == b"x" * 1000
    assert len(engine.asked) == 1
    await again.image(key(1, "cd" * 32), bytes)
    assert len(engine.asked) == 2, "another content is another page"


async def test_the_longest_unused_go_when_there_are_too_many(tmp_path: Path) -> None:
    store = PageStore(api_to(Engine()), tmp_path, limit=3500)
    for number, page in enumerate((1, 2, 3)):
        await store.image(key(page), bytes)
        await until(lambda page=page: len(list(tmp_path.glob("*/*.png"))) == page)
        file = next(tmp_path.glob(f"*/*-{page}-640.png"))
        os.utime(file, (1000 + number, 1000 + number))
    await store.image(key(1), bytes)
    await store.image(key(4), bytes)
    await until(lambda: names(tmp_path) == ["1", "3", "4"])


def names(folder: Path) -> list[str]:
    """The numbers of the pages that are kept."""
    return sorted(path.name.split("-")[1] for path in folder.glob("*/*.png"))


async def until(check: Callable[[], bool]) -> None:
    """Poll with a deadline."""
    for _ in range(500):
        if check():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not come to that")


async def test_failures_reach_all_askers_and_are_not_kept(tmp_path: Path) -> None:
    engine = Engine()
    engine.broken = True
    store = PageStore(api_to(engine), tmp_path)
    for _ in range(2):
        with pytest.raises(ApiError, match="damaged"):
            await store.image(key(1), bytes)
    engine.broken = False
    assert await store.image(key(1), bytes) == b"x" * 1000


async def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    store = PageStore(api_to(Engine()), blocked / "pages")
    assert await store.image(key(1), bytes) == b"x" * 1000


async def test_boxes_are_remembered_until_the_document_changes() -> None:
    engine = Engine()
    store = PageStore(api_to(engine), None)
    for _ in range(3):
        boxes = await store.boxes("d", 1, 10, 20)
    assert boxes.boxes[0].width == 3 and len(engine.asked) == 1
    assert "start=10" in engine.asked[0] and "end=20" in engine.asked[0]
    store.forget("d")
    await store.boxes("d", 1, 10, 20)
    assert len(engine.asked) == 2


async def test_boxes_asked_for_twice_are_one_request_and_late_ones_are_not_kept() -> None:
    engine = Engine()
    store = PageStore(api_to(engine), None)
    both = asyncio.gather(store.boxes("d", 1, 10, 20), store.boxes("d", 1, 10, 20))
    await until(lambda: len(engine.asked) == 1)
    store.forget("d")  # it changed while the answer was on its way
    assert [boxes.page for boxes in await both] == [1, 1]
    assert len(engine.asked) == 1
    await store.boxes("d", 1, 10, 20)
    assert len(engine.asked) == 2, "what was asked before the change is not the truth after it"


async def test_boxes_that_failed_are_asked_for_again() -> None:
    engine = Engine()
    engine.broken = True
    store = PageStore(api_to(engine), None)
    with pytest.raises(ApiError, match="damaged"):
        await store.boxes("d", 1, 10, 20)
    engine.broken = False
    assert (await store.boxes("d", 1, 10, 20)).page == 1


async def test_a_page_asked_for_early_is_not_asked_for_again(tmp_path: Path) -> None:
    engine = Engine()
    store = PageStore(api_to(engine), tmp_path)
    for _ in range(2):
        store.early("d", 1, 640)
    assert await store.image(key(1), bytes) == b"x" * 1000
    assert len(engine.asked) == 1
    await until(lambda: names(tmp_path) == ["1"])
    store.early("d", 1, 640)
    assert await store.image(key(1), bytes) == b"x" * 1000, "from the disk, whatever was asked early"
    engine.broken = True
    store.early("d", 2, 640)
    with pytest.raises(ApiError, match="damaged"):
        await store.image(key(2), bytes)


SHA = "ab" * 32


async def test_boxes_of_a_content_are_on_the_disk_for_the_next_start(tmp_path: Path) -> None:
    engine = Engine()
    store = PageStore(api_to(engine), tmp_path)
    asked = await store.boxes("d", 1, 10, 20)  # before the document is known, as at its opening
    assert await store.boxes("d", 1, 10, 20, SHA) == asked and len(engine.asked) == 1
    await until(lambda: len(list(tmp_path.glob("*/*.json"))) == 1)
    engine.broken = True
    again = PageStore(api_to(engine), tmp_path)
    assert await again.boxes("d", 1, 10, 20, SHA) == asked
    assert await again.kept_boxes("d", 1, 10, 20, "cd" * 32) is None, "another content has other boxes"
    with pytest.raises(ApiError, match="damaged"):
        await again.boxes("d", 1, 10, 20)  # which content it has now is not known: the server must say
    again.forget("d")
    await until(lambda: not list(tmp_path.glob("*/*.json")))


async def test_a_page_seen_before_is_known_by_the_document_alone(tmp_path: Path) -> None:
    store = PageStore(api_to(Engine()), tmp_path)
    await store.image(key(1), bytes)
    again = PageStore(api_to(Engine()), tmp_path)
    await until(lambda: (tmp_path / "documents.json").is_file())
    assert await again.seen("d", 1, 640) == key(1)
    assert await again.seen("d", 1, 704) is None and await again.seen("e", 1, 640) is None
    (tmp_path / "documents.json").write_text("[1", encoding="utf-8")
    assert await PageStore(api_to(Engine()), tmp_path).seen("d", 1, 640) is None


async def test_what_a_server_calls_a_hash_leads_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "pages"
    store = PageStore(api_to(Engine()), folder)
    for name in ("../../../evil", "/etc/evil", ".."):
        await store.image(key(1, name), bytes)
        await store.boxes("d", 1, 0, 5, name)
    await until(lambda: len(list(folder.glob("*/*.png"))) == 3 and len(list(folder.glob("*/*.json"))) == 3)
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
    assert [path.name for path in folder.parent.iterdir()] == ["pages"]
