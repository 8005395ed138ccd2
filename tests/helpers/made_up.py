# SPDX-License-Identifier: MIT
"""Large collections made up of real words, for figures that grow with the corpus."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bldr_desktop.engine.adapters.qdrant_edge import EdgeIndex
from bldr_desktop.engine.adapters.sql.database import sqlite_url
from bldr_desktop.engine.adapters.sql.documents import SqlDocumentStore
from bldr_desktop.engine.adapters.sql.opening import open_database
from bldr_desktop.engine.adapters.weighing import make_weigher
from bldr_desktop.engine.ports.documents import NewDocument
from bldr_desktop.engine.ports.domain import Chunk, Extracted, ExtractedPage, Parsed, Structure
from bldr_desktop.engine.ports.index import points_of

CHUNKS_A_DOCUMENT = 50
_WORDS_A_CHUNK = 110
_SYLLABLES = ("ба", "во", "ге", "до", "жи", "за", "ки", "ло", "му", "не", "по", "ра", "со", "та", "фу")


@dataclass(frozen=True)
class Built:
    """What building cost, in seconds."""

    index_seconds: float
    chunks: int


def vocabulary(folders: Sequence[Path]) -> list[str]:
    """Words in running order from text files below folders."""
    words: list[str] = []
    for folder in folders:
        for path in sorted(folder.rglob("*.txt")):
            words += path.read_text("utf-8", "ignore").split()
    return words


def queries(words: Sequence[str], number: int, seed: int = 3) -> list[str]:
    """Queries of 3 to 8 words that occur."""
    chance = random.Random(seed)
    return [" ".join(chance.choices(words, k=chance.randint(3, 8))) for _ in range(number)]


def build(folder: Path, words: Sequence[str], chunks: int) -> Built:
    """A store and an index with ``chunks`` chunks in ``folder``, as training would leave them."""
    chance = random.Random(7)
    database = open_database(sqlite_url(folder / "bldr.sqlite3")).database
    documents = SqlDocumentStore(database)
    index = EdgeIndex.open(folder / "index", make_weigher())
    ids: list[str] = []
    spent = 0.0
    for number in range(chunks // CHUNKS_A_DOCUMENT):
        parsed = _document(chance, words, number)
        document = documents.add(
            NewDocument(str(number), f"{number}.pdf", 1, None, path=f"/made/{number}.pdf")
        )
        documents.save_parsed(document.id, parsed)
        began = time.perf_counter()
        index.upsert(points_of(document.id, parsed.chunks))
        if number % 40 == 39:
            index.flush()
        spent += time.perf_counter() - began
        ids.append(document.id)
    index.flush()
    documents.mark_trained(ids)
    index.close()
    database.close()
    return Built(spent, chunks)


def _document(chance: random.Random, words: Sequence[str], number: int) -> Parsed:
    name = f"СП {number}.13330.2018"
    title = " ".join(chance.choices(words, k=4))
    chunks = [
        Chunk(n, _text(chance, words), f"{name} {title}", "text", n // 4 + 1, n // 4 + 1, 0, 700,
              f"{n // 10 + 1}.{n % 10 + 1}", f"{n // 10 + 1}.{n % 10 + 1}")
        for n in range(CHUNKS_A_DOCUMENT)
    ]  # fmt: skip
    key = f"сп{number}.13330"
    structure = Structure(name, f"{key}.2018", key, "СП", title, 2018)
    return Parsed(Extracted("pdf", "application/pdf", "made", [ExtractedPage(1, title)]), structure, chunks)


def _text(chance: random.Random, words: Sequence[str]) -> str:
    """Runs of real text in another order, with a word now and then that occurs nowhere else."""
    out: list[str] = []
    while len(out) < _WORDS_A_CHUNK:
        start = chance.randrange(max(1, len(words) - 8))
        out += words[start : start + chance.randint(2, 7)]
        if chance.random() < 0.05:
            out.append("".join(chance.choices(_SYLLABLES, k=4)))
    return " ".join(out)
