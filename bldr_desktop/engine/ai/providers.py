# SPDX-License-Identifier: MIT
"""Talking to any OpenAI-compatible model server, streamed, with its failures named.

The ``openai`` client is imported at the first use: an engine without a model never pays for it.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from bldr_desktop.protocol.ai import AiModel
from bldr_desktop.protocol.errors import ErrorCode

if TYPE_CHECKING:
    import httpx
    import openai

LOCAL_SERVERS = {
    "LM Studio": "http://127.0.0.1:1234/v1",
    "Ollama": "http://127.0.0.1:11434/v1",
    "llama.cpp": "http://127.0.0.1:8080/v1",
}
_SEES = ("vision", "-vl", "llava", "gpt-4o", "gpt-5", "gemma-3", "gemma3", "pixtral", "minicpm-v")
_THINKS = ("qwen3", "deepseek-r1", "-think", "gpt-oss", "o3", "o4", "gpt-5", "magistral")


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """Where a model server is; the key is a secret and has no place in a repr."""

    base_url: str
    api_key: str = field(default="", repr=False)
    model: str = ""
    name: str = "OpenAI-compatible"


class ModelError(Exception):
    """A model server did not do its part; ``code`` names how, the text is a sentence."""

    def __init__(self, code: ErrorCode, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(slots=True)
class Delta:
    """A piece of a streamed answer. ``tool_calls`` come whole, with the last piece."""

    text: str = ""
    thought: str = ""
    tool_calls: list["ToolCall"] = field(default_factory=list)
    finish: str | None = None


@dataclass(slots=True)
class ToolCall:
    """The model asks for a tool; ``arguments`` is JSON text as it came."""

    id: str
    name: str
    arguments: str


class Provider:
    """One model server. Closing the iterator of :meth:`stream` closes the server's stream too."""

    def __init__(self, settings: ProviderSettings, *, connect_seconds: float = 5.0) -> None:
        self.settings = settings
        self._connect = connect_seconds

    async def models(self) -> list[AiModel]:
        """What the server offers.

        Raises:
            ModelError: It cannot be reached, refuses the key, or is no model server.
        """
        import httpx

        headers = {"Authorization": f"Bearer {self.settings.api_key}"} if self.settings.api_key else {}
        url = self.settings.base_url.rstrip("/") + "/models"
        try:
            async with httpx.AsyncClient(timeout=self._connect, trust_env=False) as http:
                answer = await http.get(url, headers=headers)
        except httpx.HTTPError as error:
            raise ModelError(
                ErrorCode.MODEL_UNREACHABLE, f"No answer from {url}: {_reason(error)}."
            ) from error
        if answer.status_code in {401, 403}:
            raise ModelError(ErrorCode.MODEL_REFUSED_KEY, "The model server refused the key.")
        rows = _rows(answer)
        if rows is None:
            sentence = f"{url} answered {answer.status_code}, but not as a model server does."
            raise ModelError(ErrorCode.MODEL_UNREACHABLE, sentence)
        return [describe(str(row["id"]), self.settings.name, row) for row in rows if row.get("id")]

    async def stream(
        self,
        messages: Sequence[dict[str, Any]],
        *,
        model: str,
        tools: Sequence[dict[str, Any]] = (),
        thinking: bool | None = None,
        seconds: float = 300.0,
    ) -> AsyncGenerator[Delta, None]:
        """Yield the answer as it comes.

        Args:
            messages: Chat messages in the OpenAI shape.
            model: The model's id.
            tools: Tool definitions in the OpenAI shape.
            thinking: Ask for or against thoughts where the server knows how; None leaves it alone.
            seconds: Limit on the silence between two pieces and on connecting.

        Raises:
            ModelError: With the reason in words.
        """
        import openai

        client = self._client(seconds)
        options: dict[str, Any] = {"tools": list(tools)} if tools else {}
        if thinking is not None:
            options["extra_body"] = {"chat_template_kwargs": {"enable_thinking": thinking}}
        began = False
        try:
            async with client:
                reply = await _open(client, model, messages, options)
                async with contextlib.aclosing(read_deltas(reply)) as pieces:
                    async for piece in pieces:
                        began = True
                        yield piece
        except openai.APIConnectionError as error:
            if began and not isinstance(error, openai.APITimeoutError):
                raise ModelError(ErrorCode.MODEL_FAILED, "The model's answer broke off.") from error
            raise translate(error) from error
        except openai.OpenAIError as error:
            raise translate(error) from error
        except (OSError, ValueError) as error:
            raise ModelError(
                ErrorCode.MODEL_FAILED, f"The model's answer broke off: {_reason(error)}."
            ) from error

    def _client(self, seconds: float) -> "openai.AsyncOpenAI":
        import openai

        timeout = openai.Timeout(seconds, connect=self._connect)
        return openai.AsyncOpenAI(
            base_url=self.settings.base_url,
            api_key=self.settings.api_key or "none",
            timeout=timeout,
            max_retries=0,
            http_client=openai.DefaultAsyncHttpxClient(trust_env=False, timeout=timeout),
        )


async def _open(
    client: "openai.AsyncOpenAI", model: str, messages: Sequence[dict[str, Any]], options: dict[str, Any]
) -> Any:
    """Begin a stream; a server that does not know the switch for thoughts is asked without it."""
    import openai

    said = cast(Any, list(messages))
    try:
        return await client.chat.completions.create(model=model, messages=said, stream=True, **options)
    except openai.BadRequestError:
        if "extra_body" not in options:
            raise
        plain = {key: value for key, value in options.items() if key != "extra_body"}
        return await client.chat.completions.create(model=model, messages=said, stream=True, **plain)


async def read_deltas(reply: Any) -> AsyncGenerator[Delta, None]:
    """Turn a chat completion stream into :class:`Delta`; tool calls are collected to the end."""
    calls: dict[int, ToolCall] = {}
    finish: str | None = None
    inside = False
    async with reply:
        async for chunk in reply:
            if not chunk.choices:
                continue
            choice = chunk.choices[0]
            finish = choice.finish_reason or finish
            delta = choice.delta
            for call in delta.tool_calls or []:
                _collect(calls, call)
            thought = getattr(delta, "reasoning_content", None) or getattr(delta, "reasoning", None) or ""
            text = delta.content or ""
            if "<think>" in text or inside or "</think>" in text:
                text, more, inside = split_thought(text, inside)
                thought += more
            if text or thought:
                yield Delta(text=text, thought=thought)
    if finish is None and not calls:
        raise ModelError(ErrorCode.MODEL_FAILED, "The model's answer broke off before its end.")
    yield Delta(tool_calls=list(calls.values()), finish=finish or "tool_calls")


def split_thought(text: str, inside: bool) -> tuple[str, str, bool]:
    """Part a piece with ``<think>`` marks into answer and thought; returns also whether thought goes on."""
    answer, thought = "", ""
    while text:
        mark = "</think>" if inside else "<think>"
        before, found, text = text.partition(mark)
        if inside:
            thought += before
        else:
            answer += before
        if found:
            inside = not inside
    return answer, thought, inside


def _collect(calls: dict[int, ToolCall], call: Any) -> None:
    known = calls.setdefault(call.index, ToolCall(call.id or f"call-{call.index}", "", ""))
    if call.function is not None:
        known.name += call.function.name or ""
        known.arguments += call.function.arguments or ""


def translate(error: Exception) -> ModelError:
    """Name an exception of the ``openai`` client."""
    import openai

    if isinstance(error, openai.APITimeoutError):
        return ModelError(ErrorCode.MODEL_TIMEOUT, "The model did not answer in time.")
    if isinstance(error, openai.APIConnectionError):
        return ModelError(ErrorCode.MODEL_UNREACHABLE, "The model server cannot be reached.")
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return ModelError(ErrorCode.MODEL_REFUSED_KEY, "The model server refused the key.")
    if isinstance(error, openai.RateLimitError):
        return ModelError(ErrorCode.MODEL_BUSY, "The model server is busy or its quota is used up.")
    if isinstance(error, openai.APIStatusError):
        return ModelError(ErrorCode.MODEL_FAILED, f"The model server answered {error.status_code}.")
    return ModelError(ErrorCode.MODEL_FAILED, "The model server sent an answer that cannot be read.")


def describe(model: str, provider: str, row: dict[str, Any]) -> AiModel:
    """What is known of a model: from its row where the server says, else from its name."""
    name = model.lower()
    context = row.get("max_context_length") or row.get("context_length") or row.get("max_model_len")
    if context is None and isinstance(row.get("meta"), dict):
        context = row["meta"].get("n_ctx_train")
    return AiModel(
        id=model,
        provider=provider,
        vision=any(mark in name for mark in _SEES) or row.get("type") == "vlm",
        thinking=any(mark in name for mark in _THINKS),
        context=int(context) if isinstance(context, int | float) else None,
    )


async def discover(servers: dict[str, str] | None = None) -> list[tuple[ProviderSettings, list[AiModel]]]:
    """Model servers on this machine that answer now, with their models (embedding models left out)."""

    async def ask(name: str, url: str) -> tuple[ProviderSettings, list[AiModel]] | None:
        settings = ProviderSettings(url, name=name)
        try:
            found = await Provider(settings, connect_seconds=0.8).models()
        except ModelError:
            return None
        chat = [model for model in found if "embed" not in model.id.lower()]
        return (settings, chat) if chat else None

    wanted = LOCAL_SERVERS if servers is None else servers
    answers = await asyncio.gather(*(ask(name, url) for name, url in wanted.items()))
    return [answer for answer in answers if answer is not None]


def _rows(answer: "httpx.Response") -> list[dict[str, Any]] | None:
    try:
        body = answer.json()
    except ValueError:
        return None
    rows = body.get("data") if isinstance(body, dict) else None
    if answer.status_code != 200 or not isinstance(rows, list):
        return None
    return [row for row in rows if isinstance(row, dict)]


def _reason(error: Exception) -> str:
    import httpx

    if isinstance(error, httpx.ConnectError):
        return "nothing listens there"
    if isinstance(error, httpx.TimeoutException):
        return "it did not answer in time"
    return type(error).__name__
