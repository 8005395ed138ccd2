# SPDX-License-Identifier: MIT
"""A model is judged on the user's documents, per language, and used only where it helps."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from library import Shelf
from tiny_embeddings import Model, embedding_server, noise, topics

from bldr_desktop.engine.adapters.embedders import HttpEmbedder
from bldr_desktop.engine.adapters.search_stack import SearchStack, build_search
from bldr_desktop.engine.retrieval.embeddings import language_of, spread

_FILL_RU = "и поэтому при производстве работ следует соблюдать общие правила безопасности труда"
_FILL_EN = "and therefore the works shall follow the general rules of safety at all times on site"


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    """32 passages in each language; the two sentences of each mean the same in other words."""
    made = Shelf()
    russian = [f"альфа{n} {_FILL_RU}. бета{n} {_FILL_RU}." for n in range(32)]
    english = [f"alpha{n} {_FILL_EN}. beta{n} {_FILL_EN}." for n in range(32)]
    made.add("ru.txt", None, "", russian)
    made.add("en.txt", None, "", english)
    yield made
    made.close()


def _half_blind(text: str) -> list[float]:
    """Knows English only."""
    return topics(text) if "a" in text else noise(text)


def _stack(shelf: Shelf, folder: Path, url: str) -> SearchStack:
    return build_search(folder, shelf.documents, embedder=HttpEmbedder(url, "m"))


@pytest.mark.parametrize(("model", "english"), [(noise, False), (_half_blind, True)])
def test_on_only_where_it_helps(shelf: Shelf, tmp_path: Path, model: Model, english: bool) -> None:
    with embedding_server(model) as server:
        stack = _stack(shelf, tmp_path, server.url)
        stack.care.repair()
        assert stack.care.consider_vectors() is english
        assert (stack.vectors.weight("alpha3 site") > 0) is english
        assert stack.vectors.weight("альфа3 бетон") == 0
        hits = stack.index.search_vector(topics("alpha3"), 5)
        assert bool(hits) is english
        stack.index.close()


def test_the_verdict_is_kept_for_the_model(shelf: Shelf, tmp_path: Path) -> None:
    with embedding_server(_half_blind) as server:
        first = _stack(shelf, tmp_path, server.url)
        first.care.repair()
        assert first.care.consider_vectors() is True
        first.index.close()
        asked = len(server.requests)
        again = _stack(shelf, tmp_path, server.url)
        assert again.vectors.on
        assert again.care.consider_vectors() is False
        assert len(server.requests) == asked
        other = build_search(tmp_path, shelf.documents, embedder=HttpEmbedder(server.url, "other"))
        assert not other.vectors.on


def test_too_few_documents_decide_nothing(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.add("a.txt", None, "", [f"alpha1 {_FILL_EN}. beta1 {_FILL_EN}."])
    with embedding_server(topics) as server:
        stack = _stack(shelf, tmp_path, server.url)
        assert stack.care.consider_vectors() is False
        assert stack.vectors.verdict is None
    shelf.close()


def test_search_goes_on_without_the_model(
    shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with embedding_server(_half_blind) as server:
        stack = _stack(shelf, tmp_path, server.url)
        stack.care.repair()
        stack.care.consider_vectors()
        found = stack.search.find("alpha3 safety", 5)
        assert found.methods[-1] == "vector"
    found = stack.search.find("alpha3 safety", 5)
    assert found.methods == ["bm25"]
    assert found.hits
    assert "words alone" in caplog.text
    stack.index.close()


def test_language_and_spread() -> None:
    assert language_of("Бетон class B25") == "ru"
    assert language_of("Concrete of class В25") == "en"
    assert language_of("12345") == "en"
    assert spread([2.0, 4.0, 3.0]) == [0.0, 1.0, 0.5]
    assert spread([1.0, 1.0]) == [0.0, 0.0]
    assert spread([]) == []
