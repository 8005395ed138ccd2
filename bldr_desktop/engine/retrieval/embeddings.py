# SPDX-License-Identifier: MIT
"""Does an embedding model help on these documents? Measured per language before it is used.

A model that does not know a language drags good word search down when both count alike. So the
engine takes passages of the user's own documents, asks for each by a sentence that was cut out of
it, and compares words alone with words and vectors at several weights.
"""

import math
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bldr_desktop.engine.ports.embedding import Embedder
from bldr_desktop.engine.retrieval.analysis import unique
from bldr_desktop.engine.retrieval.measures import measure
from bldr_desktop.engine.retrieval.weights import Weigher

LANGUAGES = ("ru", "en")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE = re.compile(r"[^.!?;\n]{40,300}[.!?;\n]")
_SAMPLE = 120
_LEAST = 20
_WEIGHTS = (0.15, 0.3, 0.5)
_GAIN = 0.01


def language_of(text: str) -> str:
    """``ru`` when a third of the letters are Cyrillic, else ``en``."""
    letters = len(_LETTER.findall(text))
    return "ru" if letters and len(_CYRILLIC.findall(text)) * 3 >= letters else "en"


@dataclass(slots=True)
class Verdict:
    """What the test of a model said. ``weights``: how much vectors count, by language, 0 where they do
    not help; ``words`` and ``both``: nDCG@10 without and with them, at that weight or the best one."""

    model: str
    size: int = 0
    weights: dict[str, float] = field(default_factory=dict)
    words: dict[str, float] = field(default_factory=dict)
    both: dict[str, float] = field(default_factory=dict)

    @property
    def helps(self) -> bool:
        """True when vectors are used for any language."""
        return any(self.weights.values())


@dataclass(frozen=True, slots=True)
class Probe:
    """A passage without one of its sentences, and that sentence."""

    question: str
    passage: str


def probes(texts: Iterable[str], seed: int = 5) -> dict[str, list[Probe]]:
    """Probes of each language out of passages; at most 120, from all over."""
    found: dict[str, list[Probe]] = defaultdict(list)
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    for text in texts:
        sentences = _SENTENCE.findall(text)
        if len(sentences) >= 2:
            question = chance.choice(sentences)
            found[language_of(text)].append(Probe(question.strip(), text.replace(question, " ", 1)))
    return {
        language: chance.sample(found[language], min(_SAMPLE, len(found[language])))
        for language in LANGUAGES
        if len(found[language]) >= _LEAST
    }


def judge(embedder: Embedder, weigher: Weigher, texts: Iterable[str]) -> Verdict:
    """Test a model on passages.

    Raises:
        EmbeddingFailed: The model cannot be used.
    """
    verdict = Verdict(embedder.name)
    for language, asked in probes(texts).items():
        passages = embedder.embed([probe.passage for probe in asked])
        questions = embedder.embed([probe.question for probe in asked])
        verdict.size = len(passages[0])
        words = _by_words(weigher, asked)
        near = [[cosine(question, passage) for passage in passages] for question in questions]
        alone = _quality(words, near, 0.0)
        tried = {weight: _quality(words, near, weight) for weight in _WEIGHTS}
        best = max(tried, key=lambda weight: tried[weight])
        verdict.words[language], verdict.both[language] = round(alone, 4), round(tried[best], 4)
        verdict.weights[language] = best if tried[best] >= alone + _GAIN else 0.0
    return verdict


def cosine(left: Sequence[float], right: Sequence[float]) -> float:
    """Cosine of two vectors, 0 for an empty one."""
    product = sum(a * b for a, b in zip(left, right, strict=True))
    return product / ((math.hypot(*left) * math.hypot(*right)) or 1.0)


def spread(values: Sequence[float]) -> list[float]:
    """Values moved to 0..1 over their range, so that two kinds of scores can be added."""
    if not values:
        return []
    low, high = min(values), max(values)
    return [(value - low) / (high - low) if high > low else 0.0 for value in values]


def _by_words(weigher: Weigher, asked: Sequence[Probe]) -> list[list[float]]:
    """BM25 of every question against every passage."""
    documents = [weigher.document(probe.passage) for probe in asked]
    weights = [dict(zip(one.indices, one.values, strict=True)) for one in documents]
    having: dict[int, int] = defaultdict(int)
    for one in weights:
        for term in one:
            having[term] += 1
    total = len(asked)
    idf = {term: math.log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in having.items()}
    rows = []
    for probe in asked:
        terms = [term for term in unique(weigher.analyzer.terms(probe.question)) if term in idf]
        rows.append([sum(idf[term] * one.get(term, 0.0) for term in terms) for one in weights])
    return rows


def _quality(words: Sequence[Sequence[float]], near: Sequence[Sequence[float]], weight: float) -> float:
    total = 0.0
    for number, (row, vector_row) in enumerate(zip(words, near, strict=True)):
        mixed = [
            (1 - weight) * word + weight * close
            for word, close in zip(spread(row), spread(vector_row), strict=True)
        ]
        ranked = sorted(range(len(mixed)), key=lambda place: -mixed[place])
        total += measure([str(place) for place in ranked[:10]], {str(number): 1}).ndcg
    return total / len(words)
