# SPDX-License-Identifier: MIT
"""English for logs and messages of the engine; what people read in windows is translated there."""


def counted(number: int, thing: str) -> str:
    """``1 page``, ``2 pages``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
