# SPDX-License-Identifier: MIT
"""Control questions: kept, asked, compared with the time before."""

from collections.abc import Iterator

import pytest
from library import Part, Shelf

from bldr_desktop.engine.adapters.sql.evaluations import SqlEvaluationStore
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.evaluation import EvaluationService
from bldr_desktop.protocol.rag import ControlQuestion, QueryRequest


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    made.add(
        "a.pdf", "СП 63.13330.2018", "Бетон", [Part("8.1", "Толщина слоя 20 мм", 2), Part("9", "Кровля", 4)]
    )
    made.add("b.pdf", "СП 17.13330.2017", "Кровли", [Part("5", "Уклон кровли и водосток", 1)])
    yield made
    made.close()


@pytest.fixture
def service(shelf: Shelf) -> EvaluationService:
    return EvaluationService(SqlEvaluationStore(shelf.database), shelf.documents, shelf.search)


def test_none_while_there_are_no_questions(service: EvaluationService) -> None:
    assert service.last_ndcg() is None
    assert service.run().ndcg is None
    assert service.last_ndcg() is None


def test_right_and_wrong_are_told_and_kept(service: EvaluationService, shelf: Shelf) -> None:
    service.save(ControlQuestion(question="толщина слоя", designation="СП 63.13330", clause="8.1", page=2))
    service.save(ControlQuestion(question="уклон кровли", designation="СП 63.13330.2018", page=1))
    evaluation = service.run(job_id="j1")
    assert [(result.ok, result.rank, result.was_ok) for result in evaluation.results] == [
        (True, 1, None), (False, None, None),
    ]  # fmt: skip
    assert (evaluation.questions, evaluation.ndcg, evaluation.recall) == (2, 0.5, 0.5)
    assert service.last_ndcg() == 0.5
    assert shelf.search.search(QueryRequest(query="кровля")).ndcg == 0.5
    assert service.evaluations(5) == [evaluation]


def test_what_changed(service: EvaluationService, shelf: Shelf) -> None:
    saved = service.save(ControlQuestion(question="гидроизоляция фундамента", designation="СП 45.13330"))
    assert not service.run().results[0].ok
    shelf.add("c.pdf", "СП 45.13330.2017", "Земляные работы", ["Гидроизоляция фундамента"])
    (result,) = service.run().results
    assert (result.question_id, result.ok, result.was_ok) == (saved.id, True, False)


def test_the_same_answers_after_a_restart(service: EvaluationService, shelf: Shelf) -> None:
    service.save(ControlQuestion(question="кровля", designation="СП 17.13330.2017"))
    service.run()
    again = EvaluationService(SqlEvaluationStore(shelf.database), shelf.documents, shelf.search)
    assert again.last_ndcg() == service.last_ndcg() is not None


def test_questions_are_changed_and_deleted(service: EvaluationService) -> None:
    saved = service.save(ControlQuestion(question="кровля", designation="СП 17.13330"))
    service.save(saved.model_copy(update={"question": "водосток"}))
    assert [item.question for item in service.questions()] == ["водосток"]
    assert saved.id is not None
    service.delete(saved.id)
    assert service.questions() == []
    with pytest.raises(EngineError, match="no such control question"):
        service.delete(saved.id)


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (ControlQuestion(question=" ", designation="СП 1"), "question"),
        (ControlQuestion(question="кровля"), "document_id"),
        (ControlQuestion(question="кровля", document_id="none"), "document_id"),
        (ControlQuestion(question="кровля", designation="что-то"), "designation"),
    ],
)
def test_incomplete_questions_are_refused(
    service: EvaluationService, question: ControlQuestion, field: str
) -> None:
    with pytest.raises(EngineError) as caught:
        service.save(question)
    assert caught.value.status == 422
    assert field in caught.value.fields
