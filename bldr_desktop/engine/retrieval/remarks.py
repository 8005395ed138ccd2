# SPDX-License-Identifier: MIT
"""What a person must know beside the hits: that what was named by name is not what is shown."""

from collections.abc import Iterable, Sequence

from bldr_desktop.engine.ports.designations import Designation, designation_match, parse_designations
from bldr_desktop.engine.ports.documents import DocumentBrief
from bldr_desktop.engine.retrieval.catalogue import Catalogue
from bldr_desktop.engine.retrieval.places import Hit
from bldr_desktop.engine.retrieval.query import ReadQuery
from bldr_desktop.protocol.rag import QueryRemark

_CITES = 1


def remarks(
    query: ReadQuery, catalogue: Catalogue, named: Sequence[DocumentBrief], clauses: Iterable[str]
) -> list[QueryRemark]:
    """What was named and is not shown, each once.

    Args:
        query: The query as read.
        catalogue: All documents, whatever the filters.
        named: The documents that were named and that the filters leave.
        clauses: Keys of the clauses found in them.
    """
    found: list[QueryRemark] = []
    inside = {brief.id for brief in named}
    for norm in query.designations:
        remark = None if norm.is_code else _of_norm(norm, catalogue, inside)
        if remark is not None and remark not in found:
            found.append(remark)
    if named and not found:
        known = set(clauses)
        norm_name = named[0].designation or named[0].name
        for ref in query.refs:
            if ref.key not in known:
                found.append(
                    QueryRemark(code="clause_absent", norm=norm_name, clause=ref.number, kind=ref.kind)
                )
    return found


def cites(hit: Hit, norms: Sequence[Designation]) -> bool:
    """Whether a passage, or its document's title or file name, names one of these norms."""
    text = "\n".join((hit.text, hit.brief.title or "", hit.brief.name))
    return any(
        designation_match(norm, said.key, said.base_key) >= _CITES
        for said in parse_designations(text)
        for norm in norms
    )


def _of_norm(norm: Designation, catalogue: Catalogue, inside: set[str]) -> QueryRemark | None:
    briefs = [brief for brief, _ in catalogue.named(norm)]
    if not briefs:
        return QueryRemark(code="norm_absent", norm=norm.text)
    years = {brief.edition_year for brief in briefs}
    if norm.year is not None and None not in years and norm.year not in years:
        return QueryRemark(code="edition_absent", norm=norm.text, found=briefs[0].designation)
    if not any(brief.id in inside for brief in briefs):
        return QueryRemark(code="norm_left_out", norm=norm.text)
    return None
