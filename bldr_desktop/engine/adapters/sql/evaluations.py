# SPDX-License-Identifier: MIT
"""Control questions and evaluations in the database."""

from typing import Any

import sqlalchemy as sa

from bldr_desktop.common.ids import ordered_id
from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.schema import control_questions, evaluations
from bldr_desktop.protocol.base import utc_now
from bldr_desktop.protocol.rag import ControlQuestion, EvaluationAnswer

_q, _e = control_questions.c, evaluations.c


class SqlEvaluationStore:
    """Port ``EvaluationStore`` over a database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def questions(self) -> list[ControlQuestion]:
        """All control questions, oldest first."""
        query = sa.select(control_questions).order_by(_q.created_at, _q.id)
        with self._db.read() as connection:
            return [ControlQuestion.model_validate(dict(row._mapping)) for row in connection.execute(query)]

    def save_question(self, question: ControlQuestion) -> ControlQuestion:
        """Add or replace one; the kept one with its id."""
        values: dict[str, Any] = question.model_dump(exclude={"id"})
        with self._db.write() as connection:
            if question.id is not None:
                changed = control_questions.update().where(_q.id == question.id).values(**values)
                if connection.execute(changed).rowcount:
                    return question
            key = question.id or ordered_id()
            connection.execute(control_questions.insert().values(id=key, created_at=utc_now(), **values))
        return question.model_copy(update={"id": key})

    def delete_question(self, question_id: str) -> bool:
        """False when there is none."""
        with self._db.write() as connection:
            gone = connection.execute(control_questions.delete().where(_q.id == question_id))
            return bool(gone.rowcount)

    def save_evaluation(self, evaluation: EvaluationAnswer) -> None:
        """Keep an evaluation."""
        with self._db.write() as connection:
            connection.execute(evaluations.insert().values(**evaluation.model_dump(mode="json")))

    def evaluations(self, limit: int) -> list[EvaluationAnswer]:
        """The newest first."""
        query = sa.select(evaluations).order_by(_e.created_at.desc(), _e.id.desc()).limit(limit)
        with self._db.read() as connection:
            return [EvaluationAnswer.model_validate(dict(row._mapping)) for row in connection.execute(query)]
