# SPDX-License-Identifier: MIT
"""How measurements name places: a file's path inside the folder that was indexed, and the page."""

import codecs
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bldr_desktop.engine.cli import CommandError

if TYPE_CHECKING:
    from bldr_desktop.engine.retrieval.places import Hit
    from bldr_desktop.engine.services.container import Engine

_PAGED = frozenset({"pdf", "image", "pptx"})
_FOLDERS = 500


class Roots:
    """Knows the folders that were trained, so that paths can be written relative to them."""

    def __init__(self, engine: "Engine") -> None:
        from bldr_desktop.engine.ports.jobs import JobQuery

        jobs, _ = engine.jobs.store.find(JobQuery(limit=_FOLDERS, types=["training"]))
        folders = [job.params["folder"] for job in jobs if isinstance(job.params.get("folder"), str)]
        self._folders = sorted({Path(folder) for folder in folders}, key=lambda path: -len(path.parts))

    def path(self, hit: "Hit") -> str:
        """The hit's file, relative to its folder; its name where that is not known."""
        if hit.brief.path is None:
            return hit.brief.name
        path = Path(hit.brief.path)
        for folder in self._folders:
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return hit.brief.name if path.is_absolute() else path.as_posix()

    def reference(self, hit: "Hit") -> str:
        """Path and, where the format has pages, ``#pN``."""
        page = f"#p{hit.page}" if hit.brief.kind in _PAGED else ""
        return self.path(hit) + page


def read_queries(path: Path, leave_out: Callable[[str], None] | None = None) -> list[tuple[str, str]]:
    """(id, text) of each line of a JSONL file.

    Args:
        path: The file, UTF-8.
        leave_out: Told of each line that is no query, which is then left out; without it such a line
            is an error.

    Raises:
        CommandError: The file cannot be read, a line has no ``_id`` or ``text``, or all are left out.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror}") from error
    queries: list[tuple[str, str]] = []
    wrong = ""
    # Not str.splitlines: a text may well hold U+2028 or U+0085, which are no ends of lines here.
    for number, line in enumerate(content.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            queries.append(_query(json.loads(line.decode("utf-8"))))
        except (ValueError, KeyError, TypeError, RecursionError):
            wrong = f'{path}, line {number}: expected {{"_id": …, "text": …}}'
            if leave_out is None:
                raise CommandError(wrong) from None
            leave_out(wrong)
    if wrong and not queries:
        raise CommandError(f"{path} has no line that is a query")
    return queries


def _query(row: dict[str, object]) -> tuple[str, str]:
    key, text = row["_id"], row["text"]
    if not isinstance(text, str) or not isinstance(key, str | int):
        raise TypeError(text)
    return str(key), text


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Query id → what is right → grade; three columns (tab) or TREC's four.

    Raises:
        CommandError: The file cannot be read.
    """
    found: dict[str, dict[str, int]] = {}
    number = 0
    try:
        for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):  # noqa: B007
            if not line.strip():
                continue
            parts = line.split("\t") if "\t" in line else line.split()
            found.setdefault(parts[0], {})[parts[-2]] = int(parts[-1])
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"cannot read {path}: {error}") from error
    except (ValueError, IndexError) as error:
        raise CommandError(f"{path}, line {number}: expected query, document, grade") from error
    return found
