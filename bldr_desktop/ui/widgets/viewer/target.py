# SPDX-License-Identifier: MIT
"""What the viewer is asked to show."""

from dataclasses import dataclass, replace

from bldr_desktop.protocol.rag import Passage, QueryHit


@dataclass(frozen=True, slots=True)
class Target:
    """A place in a document. ``start`` and ``end`` count characters of the page's text; when
    ``page_end`` is a later page, ``end`` counts on that one. ``quote`` is the passage's text."""

    document_id: str
    page: int = 1
    start: int | None = None
    end: int | None = None
    page_end: int | None = None
    cell_range: str | None = None
    quote: str = ""
    passage: Passage | None = None

    @classmethod
    def of_hit(cls, hit: QueryHit) -> "Target":
        """The place of a hit."""
        return cls.of_passage(hit, hit.chunk)

    @classmethod
    def of_passage(cls, passage: Passage, quote: str) -> "Target":
        """The place of any passage and its text."""
        return cls(
            document_id=passage.document_id,
            page=passage.page or 1,
            start=passage.char_start,
            end=passage.char_end,
            page_end=passage.page_end,
            cell_range=passage.cell_range,
            quote=quote,
            passage=passage,
        )

    @property
    def has_passage(self) -> bool:
        """True when something is to be marked."""
        return self.start is not None and self.end is not None

    def ranges(self) -> list[tuple[int, int, int]]:
        """(page, start, end) to mark; an end that is not known is as far as the page goes."""
        if self.start is None or self.end is None:
            return []
        if self.page_end is None or self.page_end <= self.page:
            return [(self.page, self.start, self.end)]
        whole = [(page, 0, FAR) for page in range(self.page + 1, self.page_end)]
        return [(self.page, self.start, FAR), *whole, (self.page_end, 0, self.end)]

    def at(self, page: int, start: int, end: int) -> "Target":
        """Another place in the same document."""
        return replace(
            self, page=page, start=start, end=end, page_end=page, cell_range=None, quote="", passage=None
        )


FAR = 10_000_000
"""An offset behind every text."""
