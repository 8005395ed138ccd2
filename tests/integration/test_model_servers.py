# SPDX-License-Identifier: MIT
"""The provider against a real llama.cpp server and against exactly scripted streams."""

import asyncio
import contextlib
import importlib.util
import time
from pathlib import Path

import pytest
from scripted_model import Reply, delta, finish, scripted_model, tool_call, words
from tiny_model import tiny_llama

from bldr_desktop.engine.ai.providers import ModelError, Provider, ProviderSettings, discover
from bldr_desktop.protocol.errors import ErrorCode

MESSAGES = [{"role": "user", "content": "Какая толщина?"}]


async def collect(provider: Provider, **options: object) -> tuple[str, str, list[str]]:
    """Text, thoughts and the names of tools asked for."""
    text, thoughts, calls = "", "", []
    async for piece in provider.stream(MESSAGES, model="scripted", **options):  # type: ignore[arg-type]
        text += piece.text
        thoughts += piece.thought
        calls += [call.name + call.arguments for call in piece.tool_calls]
    return text, thoughts, calls


needs_llama = pytest.mark.skipif(
    importlib.util.find_spec("xllamacpp") is None or importlib.util.find_spec("gguf") is None,
    reason="xllamacpp and gguf (dev extra) are not installed",
)


@needs_llama
async def test_a_real_llama_cpp_server_streams_and_stops(tmp_path: Path) -> None:
    with tiny_llama(tmp_path) as address:
        provider = Provider(ProviderSettings(address))
        (model,) = await provider.models()
        assert model.context
        pieces = 0
        stream = provider.stream(MESSAGES, model=model.id, seconds=20)
        async with contextlib.aclosing(stream):
            async for _piece in stream:
                pieces += 1
                if pieces == 5:
                    break
        assert pieces == 5
        again = await provider.models()
        assert again[0].id == model.id


async def test_a_stream_comes_whole() -> None:
    async with scripted_model(lambda _: Reply(words("Не менее 40 мм [1]."))) as server:
        assert await collect(Provider(ProviderSettings(server.base_url))) == ("Не менее 40 мм [1].", "", [])
        assert server.requests[0]["stream"] is True


@pytest.mark.parametrize("tokens", [2_000, pytest.param(20_000, marks=pytest.mark.slow)])
async def test_a_long_answer_comes_whole(tokens: int) -> None:
    frames = [delta(content="т")] * tokens + [finish(), b"data: [DONE]\n\n"]
    async with scripted_model(lambda _: Reply(frames)) as server:
        text, _, _ = await collect(Provider(ProviderSettings(server.base_url)))
        assert len(text) == tokens


async def test_thoughts_are_parted_from_the_answer() -> None:
    frames = [
        delta(content="<think>мы"),
        delta(content="слю</think>Да"),
        delta(reasoning_content="ещё"),
        finish(),
    ]
    async with scripted_model(lambda _: Reply(frames)) as server:
        assert await collect(Provider(ProviderSettings(server.base_url))) == ("Да", "мыслюещё", [])


async def test_tool_calls_come_whole() -> None:
    async with scripted_model(lambda _: Reply(tool_call("search", {"query": "слой"}))) as server:
        _, _, calls = await collect(Provider(ProviderSettings(server.base_url)))
        assert calls == ['search{"query": "слой"}']


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(status=401), ErrorCode.MODEL_REFUSED_KEY),
        (Reply(status=429), ErrorCode.MODEL_BUSY),
        (Reply(status=500), ErrorCode.MODEL_FAILED),
        (Reply([delta(content="поло")], cut=True), ErrorCode.MODEL_FAILED),
        (Reply([delta(content="поло"), b"data: {broken\n\n"]), ErrorCode.MODEL_FAILED),
        (Reply([delta(content="поло")], hang=True), ErrorCode.MODEL_TIMEOUT),
        (Reply([delta(content="без конца")]), ErrorCode.MODEL_FAILED),
    ],
    ids=["401", "429", "500", "cut half way", "malformed SSE", "silence", "no end"],
)
async def test_each_failure_has_its_name(reply: Reply, code: ErrorCode) -> None:
    async with scripted_model(lambda _: reply) as server:
        with pytest.raises(ModelError) as caught:
            await collect(Provider(ProviderSettings(server.base_url)), seconds=0.5)
        assert caught.value.code == code
        assert caught.value.sentence.endswith(".")


async def test_nobody_there() -> None:
    provider = Provider(ProviderSettings("http://127.0.0.1:9/v1"))
    with pytest.raises(ModelError) as caught:
        await collect(provider)
    assert caught.value.code == ErrorCode.MODEL_UNREACHABLE
    with pytest.raises(ModelError, match="nothing listens there"):
        await provider.models()


async def test_stopping_closes_the_servers_stream_within_a_second() -> None:
    frames = [delta(content=f"{n} ") for n in range(1000)]
    async with scripted_model(lambda _: Reply(frames, pause=0.02)) as server:
        stream = Provider(ProviderSettings(server.base_url)).stream(MESSAGES, model="scripted")
        await anext(stream)
        asked = time.monotonic()
        await stream.aclose()
        await asyncio.wait_for(server.closed_early.wait(), 1)
        assert time.monotonic() - asked < 1


async def test_a_key_is_sent_and_never_shown() -> None:
    async with scripted_model() as server:
        server.key = "k-123"
        settings = ProviderSettings(server.base_url, api_key="k-123")
        assert (await collect(Provider(settings)))[0] == "ok"
        assert "k-123" not in repr(settings)
        with pytest.raises(ModelError) as caught:
            await Provider(ProviderSettings(server.base_url, api_key="k-999")).models()
        assert caught.value.code == ErrorCode.MODEL_REFUSED_KEY
        assert "k-999" not in str(caught.value)


async def test_discovery_lists_what_answers() -> None:
    async with scripted_model() as server:
        server.models = [{"id": "qwen3-8b"}, {"id": "text-embedding-x"}]
        found = await discover({"LM Studio": server.base_url, "Ollama": "http://127.0.0.1:9/v1"})
    ((settings, models),) = found
    assert settings.name == "LM Studio"
    assert [(model.id, model.thinking) for model in models] == [("qwen3-8b", True)]
