# SPDX-License-Identifier: MIT
"""Models that make vectors: any server with ``/v1/embeddings``, or fastembed on this machine."""

import logging
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx

from bldr_desktop.engine.ports.embedding import Embedder, EmbeddingFailed

_log = logging.getLogger(__name__)
_BATCH = 64
_LONGEST = 6000
_TIME_LIMIT = httpx.Timeout(60.0, connect=5.0)
_QUERY_LIMIT = httpx.Timeout(2.0, connect=0.5)


class HttpEmbedder:
    """Any server that speaks OpenAI's ``/v1/embeddings``.

    Args:
        base_url: With or without ``/v1`` at its end.
        model: The model's name there.
        api_key: Sent as a bearer token where the server wants one.
    """

    def __init__(self, base_url: str, model: str, api_key: str | None = None) -> None:
        base = base_url.rstrip("/")
        self._url = (base if base.endswith("/v1") else base + "/v1") + "/embeddings"
        self._model = model
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._http = httpx.Client(headers=headers, timeout=_TIME_LIMIT)

    @property
    def name(self) -> str:
        """Address and model."""
        return f"{self._url} {self._model}"

    def embed(self, texts: Sequence[str], *, query: bool = False) -> list[list[float]]:
        """One vector a text; a query is given up after two seconds.

        Raises:
            EmbeddingFailed: Not reached, refused, or not what was asked for.
        """
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            part = [text[:_LONGEST] or " " for text in texts[start : start + _BATCH]]
            vectors += self._ask(part, _QUERY_LIMIT if query else _TIME_LIMIT)
        return vectors

    def _ask(self, texts: Sequence[str], limit: httpx.Timeout) -> list[list[float]]:
        try:
            answer = self._http.post(
                self._url, json={"model": self._model, "input": list(texts)}, timeout=limit
            )
            answer.raise_for_status()
            rows = sorted(answer.json()["data"], key=lambda row: row["index"])
            vectors = [[float(value) for value in row["embedding"]] for row in rows]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise EmbeddingFailed(f"the embedding model did not answer: {error}") from error
        if len(vectors) != len(texts) or len({len(vector) for vector in vectors}) != 1:
            raise EmbeddingFailed("the embedding model answered with the wrong number of vectors")
        return vectors


class FastEmbedder:
    """A model of the optional package fastembed; ``path`` is a folder with the model, so that nothing
    is fetched."""

    def __init__(self, model: str, path: Path | None = None) -> None:
        self._model_name = model
        self._path = path
        self._model: Any = None

    @property
    def name(self) -> str:
        """The model and where it lies."""
        return f"fastembed {self._model_name} {self._path or ''}".strip()

    def embed(self, texts: Sequence[str], *, query: bool = False) -> list[list[float]]:
        """One vector a text.

        Raises:
            EmbeddingFailed: fastembed is not installed, or the model cannot be loaded.
        """
        try:
            if self._model is None:
                options = {"specific_model_path": str(self._path)} if self._path else {}
                package = import_module("fastembed")  # optional: not among our dependencies
                self._model = package.TextEmbedding(self._model_name, **options)
            made = self._model.query_embed(list(texts)) if query else self._model.passage_embed(list(texts))
            return [[float(value) for value in vector] for vector in made]
        except ImportError as error:
            raise EmbeddingFailed("the package fastembed is not installed") from error
        except Exception as error:
            raise EmbeddingFailed(f"the embedding model cannot be used: {error}") from error


def configured(url: str | None, model: str | None, api_key: str | None, path: Path | None) -> Embedder | None:
    """The embedder that settings describe, None without any."""
    if not model:
        return None
    return HttpEmbedder(url, model, api_key) if url else FastEmbedder(model, path)
