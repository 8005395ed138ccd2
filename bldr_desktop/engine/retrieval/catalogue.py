# SPDX-License-Identifier: MIT
"""All documents as search sees them, in memory: by designation, by title, by what filters ask."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property

from bldr_desktop.engine.ports.designations import Designation, designation_match, parse_designations
from bldr_desktop.engine.ports.documents import DocumentBrief
from bldr_desktop.engine.ports.index import IndexFilter
from bldr_desktop.engine.retrieval.analysis import Analyzer, fold
from bldr_desktop.engine.retrieval.titles import Titles
from bldr_desktop.protocol.base import EditionStatus
from bldr_desktop.protocol.rag import SearchFilters

_FILTERS_KEPT = 32
_TELLING_DIGITS = 3


class Catalogue:
    """A snapshot of the documents; replaced, never changed.

    Args:
        briefs: All searchable documents.
        analyzer: Text to terms.
        version: The store's version the briefs are of.
    """

    def __init__(self, briefs: Iterable[DocumentBrief], analyzer: Analyzer, version: int) -> None:
        self.version = version
        self.by_id: dict[str, DocumentBrief] = {brief.id: brief for brief in briefs}
        self._allowed: dict[tuple[str, str | None], frozenset[str]] = {}
        self._by_number: dict[str, list[str]] = defaultdict(list)
        for brief in self.by_id.values():
            if brief.base_key:
                self._by_number[_first_number(brief.base_key)].append(brief.id)
        self.titles = Titles(
            {
                brief.id: frozenset(analyzer.terms(title_key(brief.title or "")))
                for brief in self.by_id.values()
            }
        )

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

    def numbered(self, number: str) -> list[Designation]:
        """What a number without a family may mean: the norms that have it; for a plain number of three
        digits or more also those that begin with it («12730» for ГОСТ 12730.1)."""
        first = _first_number(number)
        least = 1 if number.isdigit() and len(number) >= _TELLING_DIGITS else 2
        found: dict[str, Designation] = {}
        for document_id in self._by_number.get(first, ()):
            brief = self.by_id[document_id]
            family = (brief.designation or "").partition(first)[0]
            for read in parse_designations(family + number) if family else ():
                if designation_match(read, brief.designation_key or "", brief.base_key or "") >= least:
                    found.setdefault(read.key, read)
        return list(found.values())

    def allowed(self, filters: SearchFilters | None, category: str | None) -> frozenset[str] | None:
        """Ids that filters leave, or None when they leave all."""
        filters = filters or SearchFilters()
        if not _restricts(filters, category):
            return None
        asked = (filters.model_dump_json(), category)
        known = self._allowed.get(asked)
        if known is None:
            known = frozenset(brief.id for brief in self.by_id.values() if _passes(brief, filters, category))
            if len(self._allowed) >= _FILTERS_KEPT:
                self._allowed.clear()
            self._allowed[asked] = known
        return known

    def where(self, allowed: frozenset[str] | None, hidden: Collection[str]) -> IndexFilter | None:
        """The filter that keeps an index to ``allowed`` ids and off ``hidden`` ones; the shorter of two
        lists, since the index looks each id up."""
        if allowed is None:
            return IndexFilter(exclude_document_ids=sorted(hidden)) if hidden else None
        if 2 * len(allowed) <= len(self.by_id):
            return IndexFilter(sorted(allowed), sorted(hidden) or None)
        out = (self.by_id.keys() - allowed).union(hidden)
        return IndexFilter(exclude_document_ids=sorted(out)) if out else None

    @cached_property
    def by_edition(self) -> list[tuple[DocumentBrief, str]]:
        """All documents, the valid and newer editions first, each with its folded title."""
        return [(brief, fold(brief.title or "")) for brief in sorted(self.by_id.values(), key=edition_order)]


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
