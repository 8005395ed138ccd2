# SPDX-License-Identifier: MIT
"""The whole structure of a document from its pages."""

from bldr_desktop.engine.documents.structure.clauses import find_clauses
from bldr_desktop.engine.documents.structure.heading import Head, find_head
from bldr_desktop.engine.documents.structure.lines import Layout, layout_of
from bldr_desktop.engine.documents.structure.terms import find_terms
from bldr_desktop.engine.ports.domain import Extracted, Structure


def structure_of(extracted: Extracted, name: str, layout: Layout | None = None) -> Structure:
    """Read what a document is out of its text.

    Args:
        extracted: Its pages.
        name: Its file name: the last resort for designation and title.
        layout: What of its pages is not running text, where that is known already.
    """
    layout = layout or layout_of(extracted.pages, paged=extracted.paged)
    head: Head = find_head(extracted, name)
    structure = Structure(
        designation=head.designation.text if head.designation else None,
        designation_key=head.designation.key if head.designation else None,
        base_key=head.designation.base_key if head.designation else None,
        family=head.designation.family if head.designation else None,
        title=head.title,
        edition_year=head.designation.year if head.designation else None,
        issue_date=head.issue_date,
        category=head.category,
        replaces=head.replaces,
        replaced_by=head.replaced_by,
        mentioned=head.mentioned,
    )
    structure.clauses = find_clauses(extracted.pages, layout)
    structure.terms = find_terms(extracted.pages, structure.clauses)
    return structure
