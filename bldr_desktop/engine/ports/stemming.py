# SPDX-License-Identifier: MIT
"""Words to the identity of their stem."""

from typing import Protocol


class Stemmer(Protocol):
    """Gives two forms of one word the same number. Thread-safe."""

    def stem(self, word: str) -> int | None:
        """The 32-bit identity of a lower-case word's stem, None for a stop word."""
        ...
