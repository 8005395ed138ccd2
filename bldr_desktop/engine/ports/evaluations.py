# SPDX-License-Identifier: MIT
"""Control questions and the evaluations of them, kept."""

from typing import Protocol

from bldr_desktop.protocol.rag import ControlQuestion, EvaluationAnswer


class EvaluationStore(Protocol):
    """Synchronous and thread-safe; each call is one transaction."""

    def questions(self) -> list[ControlQuestion]:
        """All control questions, oldest first."""
        ...

    def save_question(self, question: ControlQuestion) -> ControlQuestion:
        """Add (no ``id``) or replace one; the kept one with its id."""
        ...

    def delete_question(self, question_id: str) -> bool:
        """False when there is none."""
        ...

    def save_evaluation(self, evaluation: EvaluationAnswer) -> None:
        """Keep an evaluation."""
        ...

    def evaluations(self, limit: int) -> list[EvaluationAnswer]:
        """The newest first."""
        ...
