# SPDX-License-Identifier: MIT
"""Places in documents on their way to being hits."""

from collections.abc import Iterable
from dataclasses import dataclass

from bldr_desktop.engine.ports.documents import DocumentBrief
from bldr_desktop.engine.ports.domain import Chunk, Clause

Key = tuple[str, int]


@dataclass(slots=True)
class Place:
    """A chunk that will be shown unless better ones come. ``why``: designation, clause, definition,
    title or text; ``clause`` and its own ``text`` where a clause was asked for."""

    brief: DocumentBrief
    ordinal: int
    score: float
    why: str
    clause: Clause | None = None
    chunk: Chunk | None = None
    text: str | None = None

    @property
    def key(self) -> Key:
        """Document and ordinal."""
        return (self.brief.id, self.ordinal)


@dataclass(slots=True)
class Hit:
    """A passage found. ``score`` 0 to 1, ``why`` as in :class:`Place`. ``text``, ``page`` and the
    character range are the clause's own where a clause was asked for, else the chunk's."""

    brief: DocumentBrief
    chunk: Chunk
    score: float
    why: str
    text: str
    page: int
    page_end: int
    char_start: int
    char_end: int
    clause: str | None = None
    clause_path: str | None = None


def merge(places: dict[Key, Place], more: Iterable[Place]) -> None:
    """Add places; of two for the same chunk the better one stays."""
    for place in more:
        known = places.get(place.key)
        if known is None or place.score > known.score:
            places[place.key] = place


def hit_of(place: Place, chunk: Chunk) -> Hit:
    """The passage of a place."""
    clause = place.clause
    where: Chunk | Clause = clause or chunk
    return Hit(
        brief=place.brief,
        chunk=chunk,
        score=place.score,
        why=place.why,
        text=place.text or chunk.text,
        page=where.page,
        page_end=max(where.page, where.page_end),
        char_start=where.char_start,
        char_end=where.char_end,
        clause=clause.number if clause else chunk.clause,
        clause_path=_path(clause, chunk) if clause else chunk.clause_path,
    )


def _path(clause: Clause, chunk: Chunk) -> str:
    """The clause's path: that of its chunk, which may begin at an earlier neighbour."""
    own = f"{clause.number} {clause.title}".strip()
    above, mark, _ = (chunk.clause_path or "").rpartition(" › ")
    return chunk.clause_path if chunk.clause_key == clause.key and chunk.clause_path else above + mark + own
