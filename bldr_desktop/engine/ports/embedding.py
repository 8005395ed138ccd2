# SPDX-License-Identifier: MIT
"""Texts to vectors."""

from collections.abc import Sequence
from typing import Protocol


class EmbeddingFailed(Exception):
    """The model cannot be reached or refused; search goes on with words alone."""


class Embedder(Protocol):
    """A model that makes vectors. Synchronous and thread-safe."""

    @property
    def name(self) -> str:
        """What tells this model from another: vectors of two names do not mix."""
        ...

    def embed(self, texts: Sequence[str], *, query: bool = False) -> list[list[float]]:
        """One vector a text, all of one length.

        Args:
            texts: Passages, or queries.
            query: Some models tell queries from passages.

        Raises:
            EmbeddingFailed: It cannot be reached, refuses, or answers nonsense.
        """
        ...
