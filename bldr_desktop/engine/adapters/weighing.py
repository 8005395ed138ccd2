# SPDX-License-Identifier: MIT
"""The one analysis of the product, and what a reader process adds with it to a file that it has read.

Loaded by name in readers (:mod:`~bldr_desktop.engine.documents.child`), so it imports little.
"""

from functools import cache

from bldr_desktop.engine.ports.domain import Parsed
from bldr_desktop.engine.ports.weighed import pack
from bldr_desktop.engine.retrieval.analysis import Analyzer
from bldr_desktop.engine.retrieval.weights import Weigher


def make_weigher() -> Weigher:
    """Text to terms and weights; the index, queries and readers share it."""
    from bldr_desktop.engine.adapters.snowball import SnowballStemmer

    return Weigher(Analyzer(SnowballStemmer()))


def finish(parsed: Parsed) -> None:
    """Give a document its chunks' terms and weights."""
    weigh = _weigher().document
    parsed.weighed = pack([weigh(chunk.text, chunk.context) for chunk in parsed.chunks])


@cache
def _weigher() -> Weigher:
    """One a process: words seen before cost a look-up."""
    return make_weigher()
