# SPDX-License-Identifier: MIT
"""What the job of an AI task asks of whoever answers."""

from dataclasses import dataclass
from typing import Any, Protocol

from bldr_desktop.protocol.ai import AiResult
from bldr_desktop.protocol.errors import ErrorCode


class AnswerSink(Protocol):
    """Who is told while an answer grows."""

    def token(self, text: str, thought: bool) -> None:
        """A piece of the answer, or of a thought."""
        ...

    def step(self, text: str) -> None:
        """A line of progress."""
        ...


@dataclass(slots=True)
class AnswerFailed:
    """The model did not do its part."""

    code: ErrorCode
    sentence: str


class AiWork(Protocol):
    """Answers one AI task."""

    async def answer(self, params: dict[str, Any], owner: str, sink: AnswerSink) -> AiResult | AnswerFailed:
        """Do it; cancelling the call closes the model's stream."""
        ...

    def keep(self, task_id: str, params: dict[str, Any], owner: str, result: AiResult) -> None:
        """Write the answer into its conversation; inside the caller's transaction."""
        ...


class SecretStore(Protocol):
    """Small secrets of the engine, unreadable for others on the machine."""

    def get(self, name: str) -> str | None:
        """The secret, or None."""
        ...

    def put(self, name: str, value: str | None) -> None:
        """Keep it; None forgets it.

        Raises:
            OSError: It cannot be written.
        """
        ...
