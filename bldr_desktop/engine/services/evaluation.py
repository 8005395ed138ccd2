# SPDX-License-Identifier: MIT
"""Control questions: kept, asked after each training and on demand, compared with the time before."""

from collections.abc import Sequence

from bldr_desktop.common.ids import ordered_id
from bldr_desktop.engine.ports.designations import clause_key, designation_match, parse_designations
from bldr_desktop.engine.ports.documents import DocumentBrief, DocumentStore
from bldr_desktop.engine.ports.evaluations import EvaluationStore
from bldr_desktop.engine.retrieval.measures import Measured, mean, measure
from bldr_desktop.engine.retrieval.places import Hit
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.search import SearchService
from bldr_desktop.protocol.base import utc_now
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.rag import ControlQuestion, ControlResult, EvaluationAnswer

_K = 10
_ASKED = 30
_RIGHT = "right"


class EvaluationService:
    """Runs the control questions through the same search that answers people.

    Args:
        store: Questions and evaluations.
        documents: Names of expected documents.
        search: The engine's search.
    """

    def __init__(self, store: EvaluationStore, documents: DocumentStore, search: SearchService) -> None:
        self._store = store
        self._documents = documents
        self._search = search
        self._last: tuple[float | None] | None = None

    def questions(self) -> list[ControlQuestion]:
        """All control questions."""
        return self._store.questions()

    def save(self, question: ControlQuestion) -> ControlQuestion:
        """Add or replace a control question.

        Raises:
            EngineError: 422, without a question, or without anything it should find.
        """
        fields: dict[str, str] = {}
        if not question.question.strip():
            fields["question"] = "is empty"
        if not (question.document_id or question.designation):
            fields["document_id"] = "say which document or designation is expected"
        if question.document_id and self._documents.get(question.document_id) is None:
            fields["document_id"] = "there is no such document"
        if question.designation and not parse_designations(question.designation):
            fields["designation"] = "is not a designation"
        if fields:
            raise EngineError(422, ErrorCode.INVALID, "The control question is not complete.", fields=fields)
        return self._store.save_question(question)

    def delete(self, question_id: str) -> None:
        """Delete a control question.

        Raises:
            EngineError: 404.
        """
        if not self._store.delete_question(question_id):
            raise EngineError(404, ErrorCode.NOT_FOUND, "There is no such control question.")

    def evaluations(self, limit: int) -> list[EvaluationAnswer]:
        """Past evaluations, the newest first."""
        return self._store.evaluations(limit)

    def last_ndcg(self) -> float | None:
        """nDCG@10 of the newest evaluation, None while there are no control questions."""
        if self._last is None:
            newest = self._store.evaluations(1)
            self._remember(newest[0].ndcg if newest else None)
        return self._last[0] if self._last else None

    def run(self, job_id: str | None = None) -> EvaluationAnswer:
        """Ask all control questions and keep what came of it.

        Args:
            job_id: The training it follows.
        """
        questions = self._store.questions()
        before = self._before()
        measured = [(question, self._ask(question)) for question in questions]
        results = [
            ControlResult(
                question_id=question.id or "",
                question=question.question,
                ok=found.rank is not None,
                rank=found.rank,
                ndcg=round(found.ndcg, 4),
                was_ok=before.get(question.id or ""),
            )
            for question, found in measured
        ]
        evaluation = EvaluationAnswer(
            id=ordered_id(),
            created_at=utc_now(),
            job_id=job_id,
            questions=len(questions),
            ndcg=_rounded(mean([found.ndcg for _, found in measured])),
            recall=_rounded(mean([found.recall for _, found in measured])),
            results=results,
        )
        self._store.save_evaluation(evaluation)
        self._remember(evaluation.ndcg)
        return evaluation

    def _remember(self, ndcg: float | None) -> None:
        self._last = (ndcg,)
        self._search.last_ndcg = ndcg

    def _before(self) -> dict[str, bool]:
        newest = self._store.evaluations(1)
        return {result.question_id: result.ok for result in newest[0].results} if newest else {}

    def _ask(self, question: ControlQuestion) -> Measured:
        found = self._search.find(question.question, _ASKED, count=False)
        ranked: list[str] = []
        for place, hit in enumerate(found.hits):
            ranked.append(_RIGHT if _expected(question, hit) else _other(question, hit, place))
        return measure(ranked, {_RIGHT: 1}, _K)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _other(question: ControlQuestion, hit: Hit, place: int) -> str:
    """A wrong answer's name: documents once each, unless a place inside one was expected."""
    inside = question.clause or question.page
    return f"{hit.brief.id}#{place}" if inside else hit.brief.id


def _expected(question: ControlQuestion, hit: Hit) -> bool:
    if question.document_id and hit.brief.id != question.document_id:
        return False
    if question.designation and not _is_meant(question.designation, hit.brief):
        return False
    if question.page is not None and not hit.page <= question.page <= hit.page_end:
        return False
    if question.clause:
        key = clause_key(question.clause)
        return any(_inside(clause_key(name), key) for name in _clauses(hit))
    return True


def _is_meant(designation: str, brief: DocumentBrief) -> bool:
    wanted = parse_designations(designation)
    return any(
        designation_match(item, brief.designation_key or "", brief.base_key or "") >= 2 for item in wanted
    )


def _clauses(hit: Hit) -> Sequence[str]:
    return [name for name in (hit.clause, hit.chunk.clause) if name]


def _inside(found: str, wanted: str) -> bool:
    return found == wanted or found.startswith(wanted + ".")
