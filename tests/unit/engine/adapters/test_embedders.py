# SPDX-License-Identifier: MIT
"""Vectors from a server over HTTP, and what happens when there is none."""

import importlib.util
from pathlib import Path

import pytest
from tiny_embeddings import embedding_server, topics

from bldr_desktop.engine.adapters.embedders import FastEmbedder, HttpEmbedder, configured
from bldr_desktop.engine.ports.embedding import EmbeddingFailed


def test_batches_come_back_in_order() -> None:
    texts = [f"alpha{n % 16} text" for n in range(150)]
    with embedding_server(topics) as server:
        embedder = HttpEmbedder(server.url, "m", "key-1")
        assert embedder.embed(texts) == [topics(text) for text in texts]
        assert [len(request["input"]) for request in server.requests] == [64, 64, 22]  # type: ignore[arg-type]
        assert set(server.keys) == {"Bearer key-1"}
        assert "key-1" not in embedder.name


@pytest.mark.parametrize("suffix", ["", "/", "/v1", "/v1/"])
def test_the_address_may_end_as_it_likes(suffix: str) -> None:
    with embedding_server(topics) as server:
        assert len(HttpEmbedder(server.url + suffix, "m").embed(["alpha1"])[0]) == 32


def test_refusals_and_silence_are_one_error() -> None:
    with embedding_server(topics) as server:
        embedder = HttpEmbedder(server.url, "m")
        server.status = 500
        with pytest.raises(EmbeddingFailed):
            embedder.embed(["x"])
        server.status, server.model = 200, lambda text: [1.0] * len(text)
        with pytest.raises(EmbeddingFailed, match="wrong number"):
            embedder.embed(["x", "xx"])
    with pytest.raises(EmbeddingFailed):
        embedder.embed(["x"], query=True)


def test_what_settings_describe(tmp_path: Path) -> None:
    assert configured(None, None, None, None) is None
    assert isinstance(configured("http://127.0.0.1:9", "m", None, None), HttpEmbedder)
    assert isinstance(configured(None, "m", None, tmp_path), FastEmbedder)


@pytest.mark.skipif(importlib.util.find_spec("fastembed") is not None, reason="fastembed is installed")
def test_without_fastembed_the_sentence_says_so() -> None:
    with pytest.raises(EmbeddingFailed, match="fastembed is not installed"):
        FastEmbedder("some-model").embed(["x"])
