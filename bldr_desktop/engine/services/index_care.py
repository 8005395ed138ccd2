# SPDX-License-Identifier: MIT
"""Keeping the index what the store says: rebuilt when it was lost, swept when documents went."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bldr_desktop.engine.ports.documents import DocumentStore
from bldr_desktop.engine.ports.index import VectorIndex, points_of

_log = logging.getLogger(__name__)
_KEEP_SECONDS = 600.0
_FLUSH_EVERY = 20_000
_ASKED_AT_ONCE = 1000


@dataclass(slots=True)
class Rebuilt:
    """What a rebuild did; ``total`` 0 means that nothing had to be done."""

    documents: int = 0
    chunks: int = 0
    total: int = 0


class IndexCare:
    """The index follows the store. Each call blocks; run it in a thread.

    Args:
        documents: The truth.
        index: What is derived from it.
        clock: Seconds that never run backwards.
    """

    def __init__(
        self,
        documents: DocumentStore,
        index: VectorIndex,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._documents = documents
        self._index = index
        self.judge_vectors: Callable[[], bool] | None = None
        """Tests a configured embedding model once there are documents to test it on; True when vectors
        shall be written for all that is there."""
        self._clock = clock
        self._gone_since: dict[str, float] = {}
        self._busy = threading.Lock()
        self.progress: Rebuilt | None = None

    def repair(self) -> Rebuilt:
        """Write again whatever trained documents lack in the index; quick when nothing does.

        Call it after opening: an index that was set aside comes back whole, one that lost a tail gets
        only the documents that are short of points.
        """
        with self._busy:
            briefs = {brief.id: brief.chunk_count for brief in self._documents.briefs()}
            short = self._short(briefs)
            if not short:
                return Rebuilt()
            done = self._filled(short, sum(briefs[key] for key in short))
            _log.info("index repaired: %d documents, %d chunks", done.documents, done.chunks)
            return done

    def ensure(self, document_id: str) -> int:
        """Make sure that all points of one document are there; the number written."""
        wanted = self._documents.get(document_id)
        if wanted is None or self._index.document_counts([document_id])[document_id] >= wanted.chunks:
            return 0
        return self._write(document_id, flush=True)

    def sweep(self, keep_seconds: float = _KEEP_SECONDS) -> int:
        """Take points of documents away that were deleted, replaced or disabled a while ago (they are
        not found any more from the first moment; the while lets an undo be instant); how many."""
        now = self._clock()
        retired = set(self._documents.retired_documents())
        self._gone_since = {key: self._gone_since.get(key, now) for key in retired}
        due = [key for key, since in self._gone_since.items() if now - since >= keep_seconds]
        if due:
            self._index.delete_documents(due)
            self._index.flush()
            self._documents.forget_retired(due)
            for key in due:
                del self._gone_since[key]
        self.consider_vectors()  # by now there may be documents enough to judge a model on
        return len(due)

    def consider_vectors(self) -> bool:
        """Judge a configured embedding model that was not judged yet; where it helps, give vectors to
        all that is there. True when that was done now."""
        if self.judge_vectors is None or not self.judge_vectors():
            return False
        self.rewrite()
        return True

    def rewrite(self) -> Rebuilt:
        """Write every searchable chunk again, with the vectors of now (a model was switched)."""
        with self._busy:
            briefs = self._documents.briefs()
            return self._filled([brief.id for brief in briefs], sum(brief.chunk_count for brief in briefs))

    def _short(self, wanted: Mapping[str, int]) -> list[str]:
        """Documents with fewer points than chunks."""
        keys = list(wanted)
        short: list[str] = []
        for start in range(0, len(keys), _ASKED_AT_ONCE):
            part = keys[start : start + _ASKED_AT_ONCE]
            points = self._index.document_counts(part)
            short.extend(key for key in part if points.get(key, 0) < wanted[key])
        return short

    def _filled(self, document_ids: Sequence[str], chunks: int) -> Rebuilt:
        done = self.progress = Rebuilt(total=chunks)
        unflushed = 0
        try:
            for document_id in document_ids:
                written = self._write(document_id, flush=False)
                done.documents, done.chunks = done.documents + 1, done.chunks + written
                unflushed += written
                if unflushed >= _FLUSH_EVERY:
                    self._index.flush()
                    unflushed = 0
            self._index.flush()
        finally:
            self.progress = None
        return done

    def _write(self, document_id: str, *, flush: bool) -> int:
        chunks = self._documents.chunks(document_id)
        number = self._index.upsert(points_of(document_id, chunks))
        if flush:
            self._index.flush()
        return number
