# SPDX-License-Identifier: MIT
"""What was asked before, newest first, kept in one small file."""

import json
import logging
from pathlib import Path

from bldr_desktop.common.observe import Notice

_log = logging.getLogger(__name__)
LIMIT = 50


class QueryHistory:
    """Recent questions without repeats.

    Args:
        path: The JSON file they are kept in; None keeps them for this session only. A file that
            cannot be read or written costs the history, never the search.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.changed: Notice[tuple[str, ...]] = Notice()
        self._path = path
        self._items = self._read()

    @property
    def items(self) -> tuple[str, ...]:
        """Questions, newest first."""
        return tuple(self._items)

    def add(self, question: str) -> None:
        """Put a question first; the same one in other letter case moves up."""
        text = " ".join(question.split())
        if not text:
            return
        rest = [item for item in self._items if item.casefold() != text.casefold()]
        self._items = [text, *rest][:LIMIT]
        self._write()
        self.changed.emit(self.items)

    def remove(self, question: str) -> None:
        """Forget one question."""
        self._items = [item for item in self._items if item != question]
        self._write()
        self.changed.emit(self.items)

    def clear(self) -> None:
        """Forget all."""
        self._items = []
        self._write()
        self.changed.emit(())

    def matching(self, prefix: str, limit: int = 4) -> list[str]:
        """Questions that contain what is being typed, those that begin with it first."""
        wanted = prefix.casefold().strip()
        found = [item for item in self._items if wanted in item.casefold() and item.casefold() != wanted]
        found.sort(key=lambda item: not item.casefold().startswith(wanted))
        return found[:limit]

    def _read(self) -> list[str]:
        if self._path is None:
            return []
        try:
            items = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as error:
            _log.info("the query history cannot be read: %s", error)
            return []
        return [item for item in items if isinstance(item, str)][:LIMIT] if isinstance(items, list) else []

    def _write(self) -> None:
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_suffix(".new")
            fresh.write_text(json.dumps(self._items, ensure_ascii=False), encoding="utf-8")
            fresh.replace(self._path)
        except OSError as error:
            _log.info("the query history cannot be written: %s", error)
