# SPDX-License-Identifier: MIT
"""Snowball stems through the index library's own BM25: Russian for Cyrillic, English for the rest."""

import re

from qdrant_edge import Bm25, Bm25Config, Language, StopwordsSet

_CYRILLIC = re.compile(r"[а-яё]")


class SnowballStemmer:
    """:class:`~bldr_desktop.engine.ports.stemming.Stemmer` with the stop words of both languages."""

    def __init__(self) -> None:
        self._russian = Bm25(Bm25Config(language="russian", stopwords=StopwordsSet({Language.Russian})))
        self._english = Bm25(Bm25Config(language="english", stopwords=StopwordsSet({Language.English})))

    def stem(self, word: str) -> int | None:
        """The identity of the stem, None for a stop word or what the library does not see as a word."""
        model = self._russian if _CYRILLIC.search(word) else self._english
        indices = model.embed_query(word).indices
        return int(indices[0]) if indices else None
