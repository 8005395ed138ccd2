# SPDX-License-Identifier: MIT
"""All documents as search sees them, in memory: by designation, by title, by what filters ask."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bldr_desktop.engine.ports.designations import Designation, designation_match
from bldr_desktop.engine.ports.documents import DocumentBrief
from bldr_desktop.engine.retrieval.analysis import Analyzer, unique
from bldr_desktop.protocol.base import EditionStatus
from bldr_desktop.protocol.rag import SearchFilters


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """How far a query and a title say the same: shares of each other's weight, 0 to 1."""

    query_share: float
    title_share: float

    @property
    def score(self) -> float:
        """1 when all of the title is asked for and nothing else."""
        return self.query_share * self.title_share


class Catalogue:
    """A snapshot of the documents; replaced, never changed.

    Args:
        briefs: All searchable documents.
        analyzer: Text to terms.
        version: The store's version the briefs are of.
    """

    def __init__(self, briefs: Iterable[DocumentBrief], analyzer: Analyzer, version: int) -> None:
        self.version = version
        self._analyzer = analyzer
        self.by_id: dict[str, DocumentBrief] = {brief.id: brief for brief in briefs}
        self._by_number: dict[str, list[str]] = defaultdict(list)
        self._titles: dict[int, list[str]] = defaultdict(list)
        self._title_terms: dict[str, frozenset[int]] = {}
        for brief in self.by_id.values():
            if brief.base_key:
                self._by_number[_first_number(brief.base_key)].append(brief.id)
            terms = frozenset(analyzer.terms(title_key(brief.title or "")))
            self._title_terms[brief.id] = terms
            for term in terms:
                self._titles[term].append(brief.id)

    def named(self, designation: Designation) -> list[tuple[DocumentBrief, int]]:
        """Documents a designation means, the best match and the newest edition first, with the
        degree of the match (3 this edition, 2 this norm, 1 its beginning)."""
        found: list[tuple[DocumentBrief, int]] = []
        for document_id in self._by_number.get(_first_number(designation.base_key), ()):
            brief = self.by_id[document_id]
            degree = designation_match(designation, brief.designation_key or "", brief.base_key or "")
            if degree:
                found.append((brief, degree))
        return sorted(found, key=lambda pair: (-pair[1], edition_order(pair[0])))

    def titles(self, terms: Sequence[int]) -> dict[str, TitleMatch]:
        """Documents whose titles share terms with a query."""
        wanted = unique(terms)
        total = len(self.by_id) or 1
        weight = {term: math.log(1 + total / (1 + len(self._titles.get(term, ())))) for term in wanted}
        whole = sum(weight.values())
        if not whole:
            return {}
        shared: dict[str, float] = defaultdict(float)
        for term in wanted:
            for document_id in self._titles.get(term, ()):
                shared[document_id] += weight[term]
        return {
            document_id: TitleMatch(value / whole, value / (self._weight(document_id, total) or value))
            for document_id, value in shared.items()
        }

    def _weight(self, document_id: str, total: int) -> float:
        return sum(
            math.log(1 + total / (1 + len(self._titles[term]))) for term in self._title_terms[document_id]
        )

    def allowed(self, filters: SearchFilters | None, category: str | None) -> frozenset[str] | None:
        """Ids that filters leave, or None when they leave all."""
        filters = filters or SearchFilters()
        if not _restricts(filters, category):
            return None
        return frozenset(brief.id for brief in self.by_id.values() if _passes(brief, filters, category))


_SERIES = (
    ("система стандартов безопасности труда", "ссбт"),
    ("единая система конструкторской документации", "ескд"),
    ("единая система технологической документации", "естд"),
    ("единая система защиты от коррозии и старения", "есзкс"),
    ("система проектной документации для строительства", "спдс"),
    ("государственная система обеспечения единства измерений", "гси"),
    ("система показателей качества продукции", "спкп"),
    ("система стандартов по информации, библиотечному и издательскому делу", "сибид"),
    ("единая система программной документации", "еспд"),
)
_TRANSLATION = re.compile(r"(?<=[а-я])\W+(?=[a-z]{3,}(?:\W+[a-z]{2,}){2})")


def title_key(title: str) -> str:
    """A Russian title without its English repetition, with the names of series as reference lists
    shorten them; other titles as they are."""
    folded = " ".join(title.lower().replace("ё", "е").split())
    folded = _TRANSLATION.split(folded, maxsplit=1)[0]
    for whole, short in _SERIES:
        folded = folded.replace(whole, short)
    return folded


def edition_order(brief: DocumentBrief) -> tuple[bool, int]:
    """Sort key: the valid edition first, then the newer."""
    return (brief.edition_status is EditionStatus.OUTDATED, -(brief.edition_year or 0))


def _first_number(key: str) -> str:
    start = next((place for place, character in enumerate(key) if character.isdigit()), len(key))
    end = start
    while end < len(key) and key[end].isdigit():
        end += 1
    return key[start:end]


def _restricts(filters: SearchFilters, category: str | None) -> bool:
    return bool(
        filters.document_ids
        or filters.folders
        or filters.categories
        or filters.kinds
        or filters.editions
        or category
        or not filters.include_outdated
    )


def _passes(brief: DocumentBrief, filters: SearchFilters, category: str | None) -> bool:
    wanted = [*filters.categories, *([category] if category else [])]
    return (
        (not filters.document_ids or brief.id in filters.document_ids)
        and (not filters.kinds or brief.kind in filters.kinds)
        and (not wanted or (brief.category or "") in wanted)
        and (not filters.editions or brief.edition_status in filters.editions)
        and (filters.include_outdated or brief.edition_status is not EditionStatus.OUTDATED)
        and (not filters.folders or any(_inside(brief.path, folder) for folder in filters.folders))
    )


def _inside(path: str | None, folder: str) -> bool:
    if not path:
        return False
    place, root = path.replace("\\", "/"), folder.replace("\\", "/").rstrip("/")
    return place.startswith(root + "/") or f"/{root}/" in place
