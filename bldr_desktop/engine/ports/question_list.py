# SPDX-License-Identifier: MIT
"""What the job that answers a list of questions asks of whoever knows."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bldr_desktop.engine.ports.ai import AnswerFailed
from bldr_desktop.protocol.ai import AiResult


class QuestionListWork(Protocol):
    """Reads the list, answers one question, writes the table."""

    async def questions(self, sha256: str, name: str) -> list[str] | AnswerFailed:
        """The questions of an uploaded spreadsheet, in the order of its rows."""
        ...

    async def answer(self, question: str, params: Mapping[str, Any], owner: str) -> AiResult | AnswerFailed:
        """Answer one; cancelling the call closes the model's stream."""
        ...

    def table(self, rows: Sequence[tuple[str, AiResult | AnswerFailed]]) -> bytes:
        """The answers as XLSX."""
        ...
