# SPDX-License-Identifier: MIT
"""Answering with passages alone: what is said while no language model is connected."""

import asyncio
import re
from dataclasses import dataclass, field

from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.search import SearchService
from bldr_desktop.protocol.ai import Citation
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.rag import QueryRequest, SearchFilters

_LONGEST_QUESTION = 4000
_CYRILLIC = re.compile("[А-Яа-яЁё]")


@dataclass(slots=True)
class PassageAnswer:
    """``text`` is for a person; ``passages`` are its numbered sources, best first."""

    text: str
    passages: list[Citation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Words:
    intro: str
    nothing: str
    absent: str
    clause: str
    page: str
    sheet: str


_RU = _Words(
    "Модель не подключена. Ближайшие места в документах:",
    "Модель не подключена, и в документах не нашлось ничего подходящего.",
    "{norm} нет среди документов.",
    "п.",
    "стр.",
    "лист",
)
_EN = _Words(
    "No language model is connected. The closest passages of the documents:",
    "No language model is connected, and the documents have nothing that fits.",
    "{norm} is not among the documents.",
    "clause",
    "page",
    "sheet",
)


class PassageService:
    """Questions in, passages out, in the language of the question.

    Args:
        search: The engine's search.
    """

    def __init__(self, search: SearchService) -> None:
        self._search = search

    async def answer(self, question: str, k: int = 4, document_ids: list[str] | None = None) -> PassageAnswer:
        """The best passages for a question.

        Args:
            question: Free text; only its first 4,000 characters are searched for.
            k: How many passages, 1 to 50.
            document_ids: Search only in these.

        Raises:
            EngineError: 422, there is no question.
        """
        words = question.strip()[:_LONGEST_QUESTION]
        if not words:
            raise EngineError(
                422, ErrorCode.INVALID, "The question is empty.", fields={"query": "must not be empty"}
            )
        filters = SearchFilters(document_ids=document_ids) if document_ids else None
        request = QueryRequest(query=words, k=max(1, min(k, 50)), filters=filters)
        found = await asyncio.to_thread(self._search.search, request)
        said = _RU if _CYRILLIC.search(words) else _EN
        absent = [
            said.absent.format(norm=remark.norm)
            for remark in found.remarks
            if remark.code in ("norm_absent", "edition_absent")
        ]
        if not found.results or found.nothing_relevant:
            return PassageAnswer(" ".join([said.nothing, *absent]))
        passages = [
            Citation(
                **hit.model_dump(exclude={"chunk", "meta", "score", "tezis", "viol"}),
                number=n,
                text=hit.chunk,
            )
            for n, hit in enumerate(found.results, 1)
        ]
        blocks = [
            " ".join([*absent, said.intro]),
            *(f"[{p.number}] {_place(p, said)}\n{p.text}" for p in passages),
        ]
        return PassageAnswer("\n\n".join(blocks), passages)


def _place(passage: Citation, said: _Words) -> str:
    parts = [passage.designation or passage.document_name]
    if passage.clause:
        parts.append(f"{said.clause} {passage.clause}")
    if passage.sheet:
        parts.append(f"{said.sheet} {passage.sheet}")
    elif passage.page:
        parts.append(f"{said.page} {passage.page}")
    return ", ".join(parts)
