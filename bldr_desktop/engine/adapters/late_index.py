# SPDX-License-Identifier: MIT
"""An index that is opened in a thread while the engine already answers; calls wait for it."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from bldr_desktop.engine.ports.index import (
    IndexBusy,
    IndexFilter,
    IndexHit,
    IndexPoint,
    IndexUnreadable,
    VectorIndex,
)

_log = logging.getLogger(__name__)
_PATIENCE = 120.0
_AT_ONCE = 256
MakeVectors = Callable[[Sequence[IndexPoint]], Sequence[Sequence[float]] | None]


class LateIndex:
    """:class:`~bldr_desktop.engine.ports.index.VectorIndex` that opens the real one behind itself.

    An unreadable index is set aside by the opener; here it is then made anew, empty, and ``set_aside``
    says where the old one is: the engine fills the new one from the store.

    Args:
        opener: Opens the real index; called again once after ``IndexUnreadable``.
    """

    def __init__(self, opener: Callable[[], VectorIndex]) -> None:
        self._opener = opener
        self._index: VectorIndex | None = None
        self._error: Exception | None = None
        self._done = threading.Event()
        self._started = threading.Lock()
        self.set_aside: Path | None = None
        self.vectors: MakeVectors | None = None
        """Makes vectors for points that come without, while vectors are used; None leaves them bare."""

    def start(self) -> None:
        """Begin opening; returns at once, twice does no harm."""
        if self._started.acquire(blocking=False):
            threading.Thread(target=self._open, name="open-index", daemon=True).start()

    @property
    def is_open(self) -> bool:
        """True once searches need not wait."""
        return self._index is not None

    def upsert(self, points: Iterable[IndexPoint]) -> int:
        """Add or replace points, with vectors where these are used."""
        if self.vectors is None:
            return self._ready().upsert(points)
        return sum(self._ready().upsert(self._with_vectors(part)) for part in _parts(points))

    def _with_vectors(self, points: list[IndexPoint]) -> list[IndexPoint]:
        bare = [point for point in points if point.vector is None]
        made = self.vectors(bare) if self.vectors is not None and bare else None
        for point, vector in zip(bare, made or (), strict=False):
            point.vector = vector
        return points

    def delete_documents(self, document_ids: Sequence[str]) -> None:
        """As the port says."""
        self._ready().delete_documents(document_ids)

    def search_text(self, query: str, limit: int, where: IndexFilter | None = None) -> list[IndexHit]:
        """As the port says."""
        return self._ready().search_text(query, limit, where)

    def search_vector(
        self, vector: Sequence[float], limit: int, where: IndexFilter | None = None
    ) -> list[IndexHit]:
        """As the port says."""
        return self._ready().search_vector(vector, limit, where)

    def term_idf(self, terms: Sequence[int]) -> dict[int, float]:
        """As the port says."""
        return self._ready().term_idf(terms)

    def flush(self) -> None:
        """As the port says."""
        self._ready().flush()

    def count(self) -> int:
        """As the port says."""
        return self._ready().count()

    def document_counts(self, document_ids: Sequence[str]) -> dict[str, int]:
        """As the port says."""
        return self._ready().document_counts(document_ids)

    def size_bytes(self) -> int:
        """As the port says; 0 while it is being opened."""
        return self._index.size_bytes() if self._index is not None else 0

    def optimize_if_worth_it(self) -> bool:
        """As the port says."""
        return self._ready().optimize_if_worth_it()

    def clear(self) -> None:
        """As the port says."""
        self._ready().clear()

    def close(self) -> None:
        """Close it if it was opened."""
        if not self._started.acquire(blocking=False):
            self._done.wait(_PATIENCE)
        self._done.set()
        if self._index is not None:
            self._index.close()

    def _ready(self) -> VectorIndex:
        if self._index is not None:
            return self._index
        self.start()
        self._done.wait(_PATIENCE)
        opened = self._opened()
        if opened is None:
            raise self._error or TimeoutError("the index is still being opened")
        return opened

    def _opened(self) -> VectorIndex | None:
        return self._index

    def _open(self) -> None:
        try:
            try:
                self._index = self._opener()
            except IndexUnreadable as error:
                _log.warning("%s It was set aside at %s and is rebuilt.", error, error.set_aside)
                self.set_aside = error.set_aside
                self._index = self._opener()
        except (IndexBusy, IndexUnreadable, OSError) as error:
            _log.error("the index cannot be opened: %s", error)
            self._error = error
        finally:
            self._done.set()


def _parts(points: Iterable[IndexPoint]) -> Iterator[list[IndexPoint]]:
    rest = iter(points)
    while part := list(islice(rest, _AT_ONCE)):
        yield part
