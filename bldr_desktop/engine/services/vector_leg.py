# SPDX-License-Identifier: MIT
"""The vector leg of search: judged on the user's documents, on only where it helps."""

import json
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bldr_desktop.engine.ports.documents import DocumentStore
from bldr_desktop.engine.ports.embedding import Embedder, EmbeddingFailed
from bldr_desktop.engine.ports.index import IndexPoint
from bldr_desktop.engine.retrieval.embeddings import Verdict, judge, language_of
from bldr_desktop.engine.retrieval.weights import Weigher

_log = logging.getLogger(__name__)
_JUDGED_CHUNKS = 4000


class VectorLeg:
    """Knows whether vectors are used, and makes them.

    Args:
        embedder: The configured model, None without one.
        documents: Passages to judge it on.
        weigher: The word side of the comparison.
        file: Where the verdict is kept.
    """

    def __init__(
        self, embedder: Embedder | None, documents: DocumentStore, weigher: Weigher, file: Path
    ) -> None:
        self._embedder = embedder
        self._documents = documents
        self._weigher = weigher
        self._file = file
        self._judging = threading.Lock()
        self.verdict: Verdict | None = self._read() if embedder is not None else None

    @property
    def on(self) -> bool:
        """True while vectors are used for any language."""
        return self.verdict is not None and self.verdict.helps

    def weight(self, text: str) -> float:
        """How much vectors count for a query, 0 to 1."""
        return self.verdict.weights.get(language_of(text), 0.0) if self.verdict is not None else 0.0

    def consider(self) -> bool:
        """Judge the model unless it was judged; True when the verdict is new and vectors shall be
        written for all that is there. Blocks for as long as the model needs."""
        if self._embedder is None:
            return False
        with self._judging:
            if self.verdict is not None:
                return False
            try:
                verdict = judge(self._embedder, self._weigher, self._passages())
            except EmbeddingFailed as error:
                _log.warning("the embedding model was not judged: %s", error)
                return False
            if not verdict.words:
                return False  # too few documents to say anything; asked again after the next training
            self._write(verdict)
            self.verdict = verdict
            _log.info("embedding model judged: words %s, with vectors %s, weights %s",
                      verdict.words, verdict.both, verdict.weights)  # fmt: skip
            return verdict.helps

    def of_query(self, text: str) -> Sequence[float] | None:
        """A query's vector where vectors help, None elsewhere or when the model is away."""
        if self._embedder is None or not self.weight(text):
            return None
        try:
            return self._embedder.embed([text], query=True)[0]
        except EmbeddingFailed as error:
            _log.warning("searched by words alone: %s", error)
            return None

    def of_points(self, points: Sequence[IndexPoint]) -> Sequence[Sequence[float]] | None:
        """Vectors of points on their way to the index."""
        if self._embedder is None or not self.on or not points:
            return None
        try:
            return self._embedder.embed([f"{point.context}\n{point.text}" for point in points])
        except EmbeddingFailed as error:
            _log.warning("written without vectors: %s", error)
            return None

    def _passages(self) -> Iterator[str]:
        number = 0
        for _, chunks in self._documents.all_chunks():
            for chunk in chunks:
                yield chunk.text
                number += 1
            if number >= _JUDGED_CHUNKS:
                return

    def _read(self) -> Verdict | None:
        try:
            kept = json.loads(self._file.read_text("utf-8"))
            verdict = Verdict(**kept)
        except (OSError, ValueError, TypeError):
            return None
        return verdict if self._embedder is not None and verdict.model == self._embedder.name else None

    def _write(self, verdict: Verdict) -> None:
        partial = self._file.with_suffix(".new")
        partial.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(asdict(verdict), ensure_ascii=False), "utf-8")
        partial.replace(self._file)
