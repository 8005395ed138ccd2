# SPDX-License-Identifier: MIT
"""``bldr://`` links: what a click in a letter or a chat may open, and nothing else."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PANELS = frozenset({"files", "rag", "queue", "ai"})


@dataclass(frozen=True, slots=True)
class Link:
    """A document (at a page), or a panel."""

    document_id: str = ""
    page: int | None = None
    panel: str = ""


def read_link(text: str) -> Link | None:
    """Read ``bldr://document/ID?page=3`` or ``bldr://panel/queue``; None for anything else."""
    try:
        parts = urlsplit(text)
        query = parse_qs(parts.query)
    except ValueError:
        return None
    name = parts.path.strip("/")
    if parts.scheme != "bldr":
        return None
    if parts.netloc == "panel" and name in _PANELS:
        return Link(panel=name)
    if parts.netloc == "document" and _ID.fullmatch(name):
        page = query.get("page", [""])[0]
        return Link(document_id=name, page=int(page) if page.isascii() and page.isdigit() else None)
    return None
