# SPDX-License-Identifier: MIT
"""What the AI room may ask of the documents, already limited to what the asking user may see."""

from dataclasses import dataclass
from typing import Protocol

from bldr_desktop.protocol.rag import Passage


@dataclass(slots=True)
class Found:
    """A passage with its text; ``relevant`` is False below the calibrated score."""

    passage: Passage
    text: str
    score: float
    relevant: bool = True


@dataclass(slots=True)
class Attached:
    """A file given with a question: its text, or an image as a data URL."""

    name: str
    text: str = ""
    image: str | None = None
    problem: str | None = None


class Knowledge(Protocol):
    """The documents as the AI room sees them. Expected misses are empty answers."""

    async def search(self, question: str, k: int, document_ids: list[str] | None = None) -> list[Found]:
        """Passages for a question, best first."""
        ...

    async def read_clause(self, designation: str, clause: str) -> list[Found]:
        """The text of a clause by designation and number."""
        ...

    async def list_documents(self, search: str, limit: int) -> list[str]:
        """Lines «designation · title · edition status» of matching documents."""
        ...

    async def start_training(self, folder: str) -> str:
        """Queue a training of a folder the engine sees; a sentence with the job's id, or why not."""
        ...


def head_of(passage: Passage) -> str:
    """One line that names document, edition, clause and page, for prompts and citations."""
    parts = [passage.designation or passage.document_name]
    if passage.designation and passage.title:
        parts.append(passage.title)
    if passage.edition_status == "outdated":
        parts.append("outdated edition")
    if passage.clause:
        parts.append(f"п. {passage.clause}" if passage.clause[:1].isdigit() else passage.clause)
    if passage.sheet:
        parts.append(f"{passage.sheet}!{passage.cell_range}" if passage.cell_range else passage.sheet)
    elif passage.page and (passage.page_count or 0) > 1:
        parts.append(f"с. {passage.page}")
    return ", ".join(parts)
