# SPDX-License-Identifier: MIT
"""A table of any number of documents of which only the rows that are looked at are fetched."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bldr_desktop.client.api import Api, ApiError
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.documents import Document, DocumentList

PAGE_ROWS = 200
PAGES_KEPT = 60
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class DocumentsQuery:
    """What the table shows; empty means any. ``defines``: only documents that define terms."""

    search: str = ""
    sort: str = "added_at"
    descending: bool = True
    state: str = ""
    category: str = ""
    edition: str = ""
    kind: str = ""
    owner: str = ""
    folder: str = ""
    defines: bool = False

    def params(self, page: int, limit: int) -> dict[str, str | int | None]:
        """As the wire's query."""
        return {
            "page": page,
            "limit": limit,
            "search": self.search or None,
            "sort": self.sort,
            "order": "desc" if self.descending else "asc",
            "state": self.state or None,
            "category": self.category or None,
            "edition": self.edition or None,
            "kind": self.kind or None,
            "owner": self.owner or None,
            "folder": self.folder or None,
            "defines": True if self.defines else None,
        }

    @property
    def narrowed(self) -> bool:
        """True when some documents are left out."""
        return replace(self, sort="added_at", descending=True) != DocumentsQuery()


class DocumentTable:
    """Rows of one :class:`DocumentsQuery`, by index.

    ``want`` is cheap and may be called on every paint: the newest window wins, pages scrolled past
    are not fetched. Pages are numbered from 0 here, from 1 on the wire.
    """

    def __init__(self, api: Api) -> None:
        self.resized: Notice[int] = Notice()
        """The number of rows is another one; all rows may be."""
        self.loaded: Notice[tuple[int, int]] = Notice()
        """Rows [first, last] are there or new."""
        self.failed: Notice[ApiError] = Notice()
        self._api = api
        self._scope = TaskScope("documents")
        self._pages: OrderedDict[int, list[Document]] = OrderedDict()
        self._stale: set[int] = set()
        self._asked: set[int] = set()
        self._where: dict[str, int] = {}
        self._query = DocumentsQuery()
        self._round = 0
        self._total: int | None = None
        self._shown_anew = False
        self._window = (0, 0)

    @property
    def query(self) -> DocumentsQuery:
        """What is shown."""
        return self._query

    @property
    def total(self) -> int | None:
        """Number of rows, None until known."""
        return self._total

    def row(self, index: int) -> Document | None:
        """The document in a row, None when it is not fetched."""
        page, offset = divmod(index, PAGE_ROWS)
        rows = self._pages.get(page)
        return rows[offset] if rows is not None and offset < len(rows) else None

    def index_of(self, document_id: str) -> int | None:
        """The row of a document that is fetched."""
        return self._where.get(document_id)

    def show(self, query: DocumentsQuery) -> None:
        """Show something else, from the top."""
        self._query = query
        self._round += 1
        self._shown_anew = True
        self._pages.clear()
        self._where.clear()
        self._stale.clear()
        self._asked.clear()
        self._window = (0, 0)
        self._fetch(0)

    def refresh(self) -> None:
        """Fetch what is in view again, keeping the old rows until the new are there."""
        self._round += 1
        self._asked.clear()
        self._stale = set(self._pages)
        first, last = self._window
        self.want(first * PAGE_ROWS, (last + 1) * PAGE_ROWS - 1)
        if not self._pages:
            self._fetch(0)

    def want(self, first: int, last: int) -> None:
        """Rows [first, last] are in view."""
        window = (max(first, 0) // PAGE_ROWS, max(last, 0) // PAGE_ROWS)
        self._window = window
        for page in range(window[0], window[1] + 1):
            if (page not in self._pages or page in self._stale) and page not in self._asked:
                self._fetch(page)

    def put(self, document: Document) -> None:
        """A fetched row's document changed."""
        index = self._where.get(document.id)
        if index is None:
            return
        page, offset = divmod(index, PAGE_ROWS)
        if page in self._pages:
            self._pages[page][offset] = document
            self.loaded.emit((index, index))

    async def ids(self, ranges: Iterable[tuple[int, int]]) -> list[str]:
        """Ids of the rows of inclusive ranges, fetching those that are not there.

        Raises:
            ApiError: They cannot be fetched.
        """
        found: list[str] = []
        fetched: dict[int, list[Document]] = {}
        for first, last in ranges:
            for index in range(first, last + 1):
                page, offset = divmod(index, PAGE_ROWS)
                rows = self._pages.get(page) or fetched.get(page)
                if rows is None:
                    rows = fetched[page] = (await self._ask(page)).data
                if offset < len(rows):
                    found.append(rows[offset].id)
        return found

    async def close(self) -> None:
        """Give up what is under way."""
        await self._scope.close()

    def _fetch(self, page: int) -> None:
        if len(self._asked) >= AT_ONCE and page != 0:
            return
        self._asked.add(page)
        self._scope.spawn(f"rows-{page}", self._load(page, self._round))

    async def _load(self, page: int, asked_in: int) -> None:
        try:
            answer = await self._ask(page)
        except ApiError as error:
            if asked_in == self._round:
                self._asked.discard(page)
                self.failed.emit(error)
            return
        except asyncio.CancelledError:
            self._asked.discard(page)
            raise
        if asked_in != self._round:
            return
        self._asked.discard(page)
        self._keep(page, answer.data)
        if answer.pagination.total != self._total or self._shown_anew:
            self._shown_anew = False
            self._total = answer.pagination.total
            self.resized.emit(self._total)
        if answer.data:
            self.loaded.emit((page * PAGE_ROWS, page * PAGE_ROWS + len(answer.data) - 1))
        first, last = self._window
        self.want(first * PAGE_ROWS, (last + 1) * PAGE_ROWS - 1)

    async def _ask(self, page: int) -> DocumentList:
        return await self._api.get(
            routes.DOCUMENTS, DocumentList, params=self._query.params(page + 1, PAGE_ROWS)
        )

    def _keep(self, page: int, rows: list[Document]) -> None:
        for row in self._pages.get(page, ()):
            self._where.pop(row.id, None)
        self._stale.discard(page)
        self._pages[page] = rows
        self._pages.move_to_end(page)
        self._where.update({row.id: page * PAGE_ROWS + offset for offset, row in enumerate(rows)})
        while len(self._pages) > PAGES_KEPT:
            oldest = next(number for number in self._pages if number != page)
            for row in self._pages.pop(oldest):
                self._where.pop(row.id, None)
