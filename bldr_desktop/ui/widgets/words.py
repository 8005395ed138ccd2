# SPDX-License-Identifier: MIT
"""The words of this panel for things of the wire: places, editions, states, kinds."""

from PySide6.QtCore import QLocale

from bldr_desktop.protocol.rag import Passage
from bldr_desktop.ui.qt.i18n import tr

EDITION_TONE = {"actual": "ok", "outdated": "warn", "pending": "neutral"}
STATE_TONE = {
    "trained": "ok",
    "processing": "accent",
    "uploaded": "neutral",
    "empty": "warn",
    "failed": "error",
    "disabled": "neutral",
    "deleted": "neutral",
}


def place(hit: Passage) -> str:
    """Where a passage stands: clause, page or cells, as a person says it."""
    parts: list[str] = []
    if hit.clause:
        parts.append(clause(hit.clause))
    if hit.sheet and hit.cell_range:
        parts.append(f"{hit.sheet}!{hit.cell_range}")
    elif hit.sheet:
        parts.append(hit.sheet)
    elif hit.page and (hit.page_count or 0) != 1:
        parts.append(tr("rag", "p. {page}", page=hit.page))
    return " · ".join(parts)


def clause(number: str) -> str:
    """A clause number with its word, «cl. 8.1.3»; table and figure numbers have theirs already."""
    if number[:1].isdigit() or (number[1:2] == "." and number[:1].isalpha()):
        return tr("rag", "cl. {number}", number=number)
    return number


def citation(hit: Passage, quote: str = "") -> str:
    """A reference to copy: the passage, then document, clause, page and edition."""
    name = hit.designation or hit.document_name
    if hit.designation and hit.title:
        name = f"{hit.designation} «{hit.title}»"
    parts = [name]
    if hit.clause:
        parts.append(clause(hit.clause))
    if hit.sheet:
        parts.append(f"{hit.sheet}!{hit.cell_range}" if hit.cell_range else hit.sheet)
    elif hit.page:
        parts.append(tr("rag", "p. {page}", page=hit.page))
    source = ", ".join(parts)
    if hit.edition_status == "outdated":
        source = tr("rag", "{source} (replaced edition)", source=source)
    text = " ".join(quote.split())
    return f"«{text}» — {source}" if text else source


def edition(status: str | None) -> str:
    """An edition status in words; empty when there is none."""
    return {
        "actual": tr("rag", "Current"),
        "outdated": tr("rag", "Replaced"),
        "pending": tr("rag", "Edition unknown"),
    }.get(status or "", "")


def state(name: str) -> str:
    """A document's state in words."""
    return {
        "uploaded": tr("rag", "Uploaded"),
        "processing": tr("rag", "Being trained"),
        "trained": tr("rag", "Trained"),
        "empty": tr("rag", "No text"),
        "failed": tr("rag", "Failed"),
        "disabled": tr("rag", "Disabled"),
        "deleted": tr("rag", "In the bin"),
    }.get(name, name)


def kind(name: str) -> str:
    """A file type in words."""
    known = {
        "md": "Markdown",
        "txt": tr("rag", "Text"),
        "image": tr("rag", "Image"),
        "eml": tr("rag", "E-mail"),
    }
    return known.get(name, name.upper())


def number(value: int) -> str:
    """A whole number with the language's digit groups."""
    return QLocale().toString(value)


def percent(share: float) -> str:
    """A share of 1 as whole percent."""
    return f"{QLocale().toString(round(share * 100))} %"


def decimal(value: float, digits: int = 1) -> str:
    """A number with the language's decimal sign."""
    return QLocale().toString(value, "f", digits)
