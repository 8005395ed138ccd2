# SPDX-License-Identifier: MIT
"""A small collection in the real store and the in-memory index, for tests of search.

``Shelf().add("сп.pdf", "СП 63.13330.2018", "Title", ["clause text", …])`` parses nothing: it writes
what extraction would have written.
"""

from dataclasses import dataclass

from bldr_desktop.engine.adapters.memory_index import MemoryIndex
from bldr_desktop.engine.adapters.sql.database import MEMORY, Database
from bldr_desktop.engine.adapters.sql.documents import SqlDocumentStore
from bldr_desktop.engine.adapters.sql.schema import metadata
from bldr_desktop.engine.adapters.weighing import make_weigher
from bldr_desktop.engine.ports.designations import clause_key, parse_designations
from bldr_desktop.engine.ports.documents import NewDocument
from bldr_desktop.engine.ports.domain import Chunk, Clause, Extracted, ExtractedPage, Parsed, Structure
from bldr_desktop.engine.ports.index import VectorIndex, points_of
from bldr_desktop.engine.retrieval.weights import Weigher
from bldr_desktop.engine.services.search import SearchService


@dataclass
class Part:
    """One clause of a document that is made up: its number, text and page."""

    number: str
    text: str
    page: int = 1


class Shelf:
    """Store, index and search over made-up documents."""

    def __init__(self, index: VectorIndex | None = None, weigher: Weigher | None = None) -> None:
        self.database = Database(MEMORY)
        metadata.create_all(self.database.engine)
        self.documents = SqlDocumentStore(self.database)
        self.weigher = weigher or make_weigher()
        self.index: VectorIndex = index or MemoryIndex(self.weigher)
        self.search = SearchService(self.documents, self.index, self.weigher)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def add(
        self,
        name: str,
        designation: str | None,
        title: str,
        parts: list[str] | list[Part],
        *,
        kind: str = "pdf",
        owner: str | None = "ann",
        path: str | None = None,
        category: str | None = None,
        in_index: bool = True,
    ) -> str:
        """Write a trained document; its id."""
        pieces = [part if isinstance(part, Part) else Part("", part) for part in parts]
        document = self.documents.add(
            NewDocument(sha256=f"sha-{name}", name=name, size=100, owner=owner, path=path or f"/docs/{name}")
        )
        parsed = _parsed(designation, title, pieces, kind, category)
        self.documents.save_parsed(document.id, parsed)
        if in_index:
            self.index.upsert(points_of(document.id, parsed.chunks))
            self.index.flush()
        self.documents.mark_trained([document.id])
        self.search.forget_catalogue()
        return document.id


def _parsed(
    designation: str | None, title: str, pieces: list[Part], kind: str, category: str | None
) -> Parsed:
    found = parse_designations(designation)[0] if designation else None
    texts: dict[int, str] = {}
    chunks, clauses = [], []
    for ordinal, piece in enumerate(pieces):
        line = f"{piece.number} {piece.text}".strip()
        before = texts.get(piece.page, "")
        start = len(before) + 1 if before else 0
        texts[piece.page] = f"{before}\n{line}" if before else line
        key = clause_key(piece.number) if piece.number else None
        context = f"{designation or ''} {title}".strip()
        chunks.append(
            Chunk(ordinal, line, context, "text", piece.page, piece.page, start, start + len(line),
                  piece.number or None, key, piece.number or None)
        )  # fmt: skip
        if key:
            level = piece.number.count(".") + 1
            clauses.append(
                Clause(piece.number, key, "", level, piece.page, start, start + len(line), piece.page)
            )
    pages = [ExtractedPage(number, texts.get(number, "")) for number in range(1, max(texts, default=1) + 1)]
    structure = Structure(
        designation=designation,
        designation_key=found.key if found else None,
        base_key=found.base_key if found else None,
        title=title,
        edition_year=found.year if found else None,
        category=category,
        clauses=clauses,
    )
    return Parsed(Extracted(kind, "", "made up", pages, paged=kind == "pdf"), structure, chunks)
