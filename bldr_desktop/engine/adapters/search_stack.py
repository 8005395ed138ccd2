# SPDX-License-Identifier: MIT
"""The parts that search is made of, joined: analysis, index, services. Used by ``engine.app`` and the
plain commands, so that both measure and serve the same thing."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bldr_desktop.engine.adapters.late_index import LateIndex
from bldr_desktop.engine.ports.documents import DocumentStore
from bldr_desktop.engine.ports.index import VectorIndex
from bldr_desktop.engine.retrieval.analysis import Analyzer
from bldr_desktop.engine.retrieval.weights import Weigher
from bldr_desktop.engine.services.index_care import IndexCare
from bldr_desktop.engine.services.search import SearchService


@dataclass(frozen=True, slots=True)
class SearchStack:
    """Everything of search that the rest of the engine is handed."""

    weigher: Weigher
    index: LateIndex
    care: IndexCare
    search: SearchService


def make_weigher() -> Weigher:
    """The one analysis of the product."""
    from bldr_desktop.engine.adapters.snowball import SnowballStemmer

    return Weigher(Analyzer(SnowballStemmer()))


def open_edge(folder: Path, weigher: Weigher) -> VectorIndex:
    """The in-process index; an unreadable one is set aside, so that it can be filled anew."""
    from bldr_desktop.engine.adapters.qdrant_edge import EdgeIndex

    return EdgeIndex.open(folder, weigher)


def build_search(
    folder: Path, documents: DocumentStore, opener: Callable[[Weigher], VectorIndex] | None = None
) -> SearchStack:
    """Join search over an index; nothing is opened before ``index.start()`` or the first call.

    Args:
        folder: The in-process index's folder; made when it is not there.
        documents: The store.
        opener: Opens another index than the in-process one.
    """
    weigher = make_weigher()
    index = LateIndex(lambda: opener(weigher) if opener else open_edge(folder, weigher))
    return SearchStack(weigher, index, IndexCare(documents, index), SearchService(documents, index, weigher))
