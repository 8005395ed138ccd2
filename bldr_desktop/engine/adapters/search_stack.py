# SPDX-License-Identifier: MIT
"""The parts that search is made of, joined: analysis, index, services. Used by ``engine.app`` and the
plain commands, so that both measure and serve the same thing."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bldr_desktop.engine.adapters.late_index import LateIndex
from bldr_desktop.engine.adapters.weighing import make_weigher
from bldr_desktop.engine.ports.documents import DocumentStore
from bldr_desktop.engine.ports.embedding import Embedder
from bldr_desktop.engine.ports.index import VectorIndex
from bldr_desktop.engine.retrieval.weights import Weigher
from bldr_desktop.engine.services.index_care import IndexCare
from bldr_desktop.engine.services.search import SearchService
from bldr_desktop.engine.services.vector_leg import VectorLeg
from bldr_desktop.engine.settings import Settings


@dataclass(frozen=True, slots=True)
class SearchStack:
    """Everything of search that the rest of the engine is handed."""

    weigher: Weigher
    index: LateIndex
    care: IndexCare
    search: SearchService
    vectors: VectorLeg


def open_edge(folder: Path, weigher: Weigher) -> VectorIndex:
    """The in-process index; an unreadable one is set aside, so that it can be filled anew."""
    from bldr_desktop.engine.adapters.qdrant_edge import EdgeIndex

    return EdgeIndex.open(folder, weigher)


def embedder_of(settings: Settings) -> Embedder | None:
    """The embedding model that settings name, None without any; nothing is loaded or asked yet."""
    if not settings.embeddings_model:
        return None
    from bldr_desktop.engine.adapters.embedders import configured

    key = settings.embeddings_key.get_secret_value() if settings.embeddings_key else None
    return configured(settings.embeddings_url, settings.embeddings_model, key, settings.embeddings_path)


def build_search(
    folder: Path,
    documents: DocumentStore,
    opener: Callable[[Weigher], VectorIndex] | None = None,
    embedder: Embedder | None = None,
) -> SearchStack:
    """Join search over an index; nothing is opened before ``index.start()`` or the first call.

    Args:
        folder: The in-process index's folder; made when it is not there.
        documents: The store.
        opener: Opens another index than the in-process one.
        embedder: A model that makes vectors, where one is configured.
    """
    weigher = make_weigher()
    index = LateIndex(lambda: opener(weigher) if opener else open_edge(folder, weigher))
    leg = VectorLeg(embedder, documents, weigher, folder / "vectors.json")
    care = IndexCare(documents, index)
    if embedder is not None:
        index.vectors = leg.of_points
        care.judge_vectors = leg.consider
    return SearchStack(weigher, index, care, SearchService(documents, index, weigher, vectors=leg), leg)
