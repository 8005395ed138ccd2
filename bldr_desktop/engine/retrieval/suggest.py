# SPDX-License-Identifier: MIT
"""Completions for the query box: norms, titles and terms that begin like what was typed."""

from bldr_desktop.engine.ports.designations import fold as fold_designation
from bldr_desktop.engine.ports.documents import DocumentBrief, DocumentStore
from bldr_desktop.engine.retrieval.analysis import fold
from bldr_desktop.engine.retrieval.catalogue import Catalogue
from bldr_desktop.protocol.rag import Suggestion


def suggestions(text: str, limit: int, catalogue: Catalogue, store: DocumentStore) -> list[Suggestion]:
    """At most ``limit`` completions, designations first, then titles, then terms; none for nothing."""
    typed = fold(text).strip()
    if not typed:
        return []
    found: dict[str, Suggestion] = {}
    key = "".join(fold_designation(text).split())
    for brief, title in catalogue.by_edition:
        if brief.designation and (brief.designation_key or "").startswith(key):
            _add(found, brief.designation, "designation", brief)
        elif brief.title and _has_word_start(title, typed):
            _add(found, brief.title, "title", brief)
    ordered = sorted(found.values(), key=lambda item: item.kind != "designation")[:limit]
    if len(ordered) < limit:
        for term, document_id, _page, _start in store.terms_like(typed, limit):
            if len(ordered) < limit and fold(term) not in found:
                found[fold(term)] = Suggestion(text=term, kind="term", document_id=document_id)
                ordered.append(found[fold(term)])
    return ordered


def _add(found: dict[str, Suggestion], text: str, kind: str, brief: DocumentBrief) -> None:
    found.setdefault(fold(text), Suggestion(text=text, kind=kind, document_id=brief.id))


def _has_word_start(title: str, typed: str) -> bool:
    return title.startswith(typed) or f" {typed}" in title
