# SPDX-License-Identifier: MIT
"""What panels may ask of the window around them."""

from collections.abc import Callable
from typing import Protocol

from bldr_desktop.common.observe import Notice
from bldr_desktop.ui.theme.theme import Theme


class Shell(Protocol):
    """The window, as a panel's controller sees it. Panel names: ``files``, ``rag``, ``queue``, ``ai``."""

    @property
    def theme(self) -> Theme:
        """Colours, fonts, icons."""
        ...

    @property
    def document_requested(self) -> Notice[tuple[str, int | None, int | None, int | None]]:
        """Somebody wants (document_id, page, start, end) shown; the RAG panel listens."""
        ...

    @property
    def monitor_requested(self) -> Notice[str]:
        """Somebody wants the training monitor of this job; the monitor listens."""
        ...

    @property
    def shown_panel(self) -> Notice[str]:
        """Another panel came to the front."""
        ...

    def toast(self, text: str, undo: Callable[[], None] | None = None, *, kind: str = "ok") -> None:
        """Say shortly that something is done; ``kind``: ``ok``, ``warn``, ``error``, ``info``."""
        ...

    def open_document(
        self,
        document_id: str,
        page: int | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> None:
        """Show a document in the RAG panel, at a page, with [start, end) of its text marked."""
        ...

    def open_monitor(self, job_id: str) -> None:
        """Show the training monitor of a job."""
        ...

    def go(self, panel: str) -> None:
        """Bring a panel to the front."""
        ...

    def add_paths(self, paths: list[str]) -> None:
        """Hand files and folders to the Files panel, as if dropped there."""
        ...
