# SPDX-License-Identifier: MIT
"""A table of which only the rows that are looked at are fetched."""

import asyncio
from dataclasses import replace

import httpx
from answering import api_to

from bldr_desktop.services.document_table import PAGE_ROWS, PAGES_KEPT, DocumentsQuery, DocumentTable


class Engine:
    """So many documents; remembers which pages were asked for."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.pages: list[int] = []
        self.queries: list[dict[str, str]] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        query = dict(request.url.params)
        self.queries.append(query)
        page, limit = int(query["page"]), int(query["limit"])
        self.pages.append(page)
        await asyncio.sleep(0.002)
        rows = [_document(n) for n in range((page - 1) * limit, min(page * limit, self.total))]
        pagination = {"page": page, "limit": limit, "total": self.total, "pages": -(-self.total // limit)}
        return httpx.Response(200, json={"data": rows, "pagination": pagination})


def _document(number: int) -> dict[str, object]:
    return {
        "id": f"d{number}", "name": f"{number}.pdf", "sha256": "0" * 64, "size": number, "state": "trained",
        "added_at": "2026-01-01T00:00:00Z",
    }  # fmt: skip


async def until(check: object) -> None:
    """Poll with a deadline."""
    for _ in range(500):
        if check():  # type: ignore[operator]
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not come to that")


async def test_only_looked_at_rows_are_fetched() -> None:
    engine = Engine(50_000)
    table = DocumentTable(api_to(engine))
    resized: list[int] = []
    table.resized.connect(resized.append)
    table.show(DocumentsQuery())
    await until(lambda: table.total == 50_000)
    assert resized == [50_000] and table.row(0) is not None and table.row(40_000) is None
    table.want(40_000, 40_030)
    await until(lambda: table.row(40_030))
    assert engine.pages == [1, 40_000 // PAGE_ROWS + 1]
    row = table.row(40_000)
    assert row is not None and row.id == "d40000" and table.index_of("d40000") == 40_000
    await table.close()


async def test_pages_scrolled_past_are_not_fetched_and_old_ones_dropped() -> None:
    engine = Engine(PAGE_ROWS * (PAGES_KEPT + 40))
    table = DocumentTable(api_to(engine))
    table.show(DocumentsQuery())
    await until(lambda: table.row(0))
    for page in range(1, 200):
        table.want(page * PAGE_ROWS, page * PAGE_ROWS + 20)
    await until(lambda: not table._asked)
    assert len(engine.pages) < 10, "a flight over 200 pages fetches the last and what was under way"
    for page in range(1, PAGES_KEPT + 20):
        table.want(page * PAGE_ROWS, page * PAGE_ROWS + 20)
        await until(lambda page=page: table.row(page * PAGE_ROWS))
    assert len(table._pages) == PAGES_KEPT
    assert table.index_of("d0") is None
    await table.close()


async def test_another_query_forgets_late_answers() -> None:
    engine = Engine(1000)
    table = DocumentTable(api_to(engine))
    table.show(DocumentsQuery())
    engine.total = 3
    table.show(replace(DocumentsQuery(), search="бетон", state="trained", descending=False))
    await until(lambda: table.total == 3)
    assert engine.queries[-1]["search"] == "бетон"
    assert engine.queries[-1]["order"] == "asc"
    assert table.row(2) is not None and table.row(3) is None
    await table.close()


async def test_refresh_keeps_rows_until_the_new_are_there() -> None:
    engine = Engine(400)
    table = DocumentTable(api_to(engine))
    table.show(DocumentsQuery())
    await until(lambda: table.row(0))
    table.refresh()
    assert table.row(0) is not None
    engine.total = 399
    await until(lambda: table.total == 399)
    await table.close()


async def test_ids_of_rows_that_are_not_fetched() -> None:
    engine = Engine(1000)
    table = DocumentTable(api_to(engine))
    table.show(DocumentsQuery())
    await until(lambda: table.row(0))
    ids = await table.ids([(1, 2), (600, 601), (998, 1005)])
    assert ids == ["d1", "d2", "d600", "d601", "d998", "d999"]
    await table.close()
