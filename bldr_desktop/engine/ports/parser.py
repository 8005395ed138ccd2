# SPDX-License-Identifier: MIT
"""Reading files in processes that can be killed."""

from pathlib import Path
from typing import Protocol

from bldr_desktop.engine.ports.domain import Parsed, ParseFailure, ParseLimits
from bldr_desktop.protocol.documents import PageBoxes, PageText


class Parser(Protocol):
    """A pool of child processes that read untrusted files. No call raises for a bad file."""

    @property
    def size(self) -> int:
        """Number of children that may work at once."""
        ...

    @property
    def busy(self) -> int:
        """Number of children working now."""
        ...

    async def start(self) -> None:
        """Start the children; returns at once, they warm up on their own."""
        ...

    async def parse(self, path: Path, name: str, limits: ParseLimits) -> Parsed | ParseFailure:
        """Extract, structure and chunk one file. Cancelling the call kills the child."""
        ...

    async def render_page(self, path: Path, page: int, width: int) -> bytes | ParseFailure:
        """A PNG of a page (from 1) of a paged document, ``width`` pixels wide (64 to 4096)."""
        ...

    async def page_boxes(self, path: Path, page: int, start: int, end: int) -> PageBoxes | ParseFailure:
        """Rectangles of the characters [start, end) of a page, one a line of text."""
        ...

    async def page_text(self, path: Path, page: int) -> PageText | ParseFailure:
        """The text of one page, read again from the file."""
        ...

    async def close(self) -> None:
        """Kill all children."""
        ...
