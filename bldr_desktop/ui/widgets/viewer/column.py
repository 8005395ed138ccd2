# SPDX-License-Identifier: MIT
"""Where pages stand in a column, before all of them have been seen. No Qt: heights and offsets only."""

from bisect import bisect_right
from itertools import accumulate

MARGIN = 16
GAP = 12
SIDES = 2**0.5

Anchor = tuple[int, float]
"""(page, share of its height that is above the top of the view)."""


class PageColumn:
    """Pages from 1 under each other, all of one width.

    The ratio (height to width) of a page that was not seen yet is guessed from the first one that was;
    an anchor taken before and put back after a change keeps what a person looks at in its place.
    """

    def __init__(self) -> None:
        self.count = 0
        self.width = 1.0
        self._ratios: dict[int, float] = {}
        self._tops: list[float] = [float(MARGIN)]

    def clear(self, count: int) -> None:
        """Another document with so many pages."""
        self.count = count
        self._ratios.clear()
        self._lay_out()

    def set_width(self, width: float) -> None:
        """Another width of all pages."""
        self.width = width
        self._lay_out()

    def set_ratio(self, page: int, ratio: float) -> bool:
        """A page's true ratio; True when places changed."""
        if abs(self._ratios.get(page, 0.0) - ratio) <= 1e-3:
            return False
        self._ratios[page] = ratio
        self._lay_out()
        return True

    def knows(self, page: int) -> bool:
        """True when a page's ratio is no guess."""
        return page in self._ratios

    def height(self, page: int) -> float:
        """A page's height."""
        return self.width * self._ratios.get(page, self._guess())

    def top(self, page: int) -> float:
        """Where a page begins."""
        return self._tops[page - 1]

    @property
    def total(self) -> float:
        """The column's height with its margins."""
        return self._tops[-1] + MARGIN - GAP if self.count else 0.0

    def page_at(self, offset: float) -> int:
        """The page at an offset, the nearest one outside; 0 when there are none."""
        return min(max(bisect_right(self._tops, offset), 1), self.count)

    def pages_between(self, first: float, last: float) -> range:
        """The pages that an interval touches."""
        return range(self.page_at(first), self.page_at(last) + 1) if self.count else range(0)

    def anchor(self, offset: float) -> Anchor:
        """What stands at an offset."""
        if not self.count:
            return 1, 0.0
        page = self.page_at(offset)
        return page, (offset - self.top(page)) / self.height(page)

    def offset_of(self, anchor: Anchor) -> float:
        """Where an anchor stands now."""
        page, share = anchor
        return self.top(page) + share * self.height(page) if 1 <= page <= self.count else 0.0

    def _guess(self) -> float:
        return next(iter(self._ratios.values()), SIDES)

    def _lay_out(self) -> None:
        guess = self._guess()
        heights = (self.width * self._ratios.get(page, guess) + GAP for page in range(1, self.count + 1))
        self._tops = list(accumulate(heights, initial=float(MARGIN)))
