# SPDX-License-Identifier: MIT
"""Lists of questions: a spreadsheet in, a spreadsheet with answers and their sources out (I8)."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Any

from bldr_desktop.engine.ports.ai import AnswerFailed
from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.engine.ports.domain import ParseFailure, ParseLimits
from bldr_desktop.engine.ports.jobs import NewJob
from bldr_desktop.engine.ports.parser import Parser
from bldr_desktop.engine.services.ai import AiService, Silent
from bldr_desktop.engine.services.auth import Principal
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.jobs import JobService
from bldr_desktop.engine.services.office_files import Cell, xlsx_bytes
from bldr_desktop.protocol.ai import AiResult, Citation, QuestionListAccepted, QuestionListRequest
from bldr_desktop.protocol.base import JobType
from bldr_desktop.protocol.errors import ErrorCode

MOST = 2000
_HEADING = re.compile(r"^(?:вопрос\w*|questions?|№|no\.?|n)\b", re.IGNORECASE)
_QUESTION = re.compile(r"^(?:вопрос|question)", re.IGNORECASE)
_LINK = re.compile(r"[*_`>#]+|\s*\[\d{1,3}\]")
_HEADS = {
    "ru": ("№", "Вопрос", "Ответ", "Найдено", "Источник", "Пункт", "Страница", "Редакция", "Ещё источники",
           "Нет в источниках"),
    "en": ("No.", "Question", "Answer", "Found", "Source", "Clause", "Page", "Edition", "More sources",
           "Not in the sources"),
}  # fmt: skip
_WORDS = {
    "ru": {"yes": "да", "no": "не найдено", "failed": "ответа нет", "sheet": "Ответы",
           "actual": "действует", "outdated": "заменена", "pending": "неизвестна"},
    "en": {"yes": "yes", "no": "not found", "failed": "no answer", "sheet": "Answers",
           "actual": "current", "outdated": "replaced", "pending": "unknown"},
}  # fmt: skip
_WIDTHS = (6, 48, 72, 14, 28, 14, 10, 14, 40, 28)


class QuestionLists:
    """Port ``QuestionListWork``.

    Args:
        ai: Answers.
        parser: Reads the spreadsheet in a child process.
        blobs: Uploaded bytes.
        limits: Limits on the spreadsheet.
    """

    def __init__(self, ai: AiService, parser: Parser, blobs: BlobStore, limits: ParseLimits) -> None:
        self._ai, self._parser, self._blobs, self._limits = ai, parser, blobs, limits

    async def questions(self, sha256: str, name: str) -> list[str] | AnswerFailed:
        """The questions, at most ``MOST``."""
        place = await asyncio.to_thread(self._blobs.path, sha256)
        if place is None:
            return AnswerFailed(ErrorCode.NOT_FOUND, "The list of questions has not been uploaded.")
        parsed = await self._parser.parse(place, name, self._limits)
        if isinstance(parsed, ParseFailure):
            return AnswerFailed(parsed.code, parsed.sentence)
        rows = [
            row
            for page in parsed.extracted.pages
            for row in (page.rows or [line.split("\t") for line in page.text.splitlines()])
        ]
        found = questions_of(rows)
        if not found:
            return AnswerFailed(
                ErrorCode.INVALID, "There are no questions in the file: one row is one question."
            )
        return found[:MOST]

    async def answer(self, question: str, params: Mapping[str, Any], owner: str) -> AiResult | AnswerFailed:
        """Answer one question, without the others."""
        asked = self._ai.question(question, params.get("role"))
        return await self._ai.ask(asked, owner, Silent(), params.get("model"))

    def table(self, rows: Sequence[tuple[str, AiResult | AnswerFailed]]) -> bytes:
        """Question, answer, whether it was found, and where."""
        russian = any(re.search(r"[А-Яа-яЁё]", question) for question, _ in rows)
        language = "ru" if russian else "en"
        cells = [
            _row(number, question, outcome, language) for number, (question, outcome) in enumerate(rows, 1)
        ]
        return xlsx_bytes(_WORDS[language]["sheet"], [_HEADS[language], *cells], _WIDTHS)


class QuestionListService:
    """Queues lists.

    Args:
        lists: Reads them.
        jobs: The queue.
    """

    def __init__(self, lists: QuestionLists, jobs: JobService) -> None:
        self._lists, self._jobs = lists, jobs

    async def submit(self, request: QuestionListRequest, user: Principal) -> QuestionListAccepted:
        """Look whether it is a list of questions, then queue it.

        Raises:
            EngineError: 404, it was not uploaded; 422, there are no questions in it.
        """
        name = request.name or "questions.xlsx"
        found = await self._lists.questions(request.sha256, name)
        if isinstance(found, AnswerFailed):
            status = 404 if found.code == ErrorCode.NOT_FOUND else 422
            raise EngineError(status, found.code, found.sentence)
        params = request.model_dump(exclude_none=True) | {"name": name}
        new = NewJob(JobType.QUESTION_LIST, name, user.name, params)
        job = await asyncio.to_thread(self._jobs.submit, new)
        return QuestionListAccepted(
            job_id=job.id, questions=len(found), message="The answers will be the job's result."
        )


def questions_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """One question a row: of the column that is headed so, else the longest cell with letters."""
    column: int | None = None
    found: list[str] = []
    for row in rows:
        if not found and column is None and any(_HEADING.match(cell.strip()) for cell in row):
            column = next((n for n, cell in enumerate(row) if _QUESTION.match(cell.strip())), None)
            if column is not None and len(row[column].split()) <= 3:
                continue  # the heading itself
            column = None
        cells = (
            [row[column]] if column is not None and column < len(row) else ([] if column is not None else row)
        )
        texts = [" ".join(cell.split()) for cell in cells if re.search(r"[^\W\d_]{2}", cell)]
        if texts:
            found.append(max(texts, key=len))
    return found


def _row(number: int, question: str, outcome: AiResult | AnswerFailed, language: str) -> tuple[Cell, ...]:
    words = _WORDS[language]
    if isinstance(outcome, AnswerFailed):
        return (number, question, outcome.sentence, words["failed"], *([None] * 6))
    if not outcome.citations:
        text = "" if outcome.mode == "passages" else _plain(outcome.text)
        return (number, question, text, words["no"], *([None] * 6))
    first, more = outcome.citations[0], outcome.citations[1:]
    return (
        number,
        question,
        first.text if outcome.mode == "passages" else _plain(outcome.text),
        words["yes"],
        first.designation or first.document_name,
        first.clause or first.cell_range,
        first.page,
        words.get(str(first.edition_status), ""),
        "; ".join(_short(item) for item in more),
        ", ".join(mark.text for mark in outcome.unsupported),
    )


def _short(item: Citation) -> str:
    return " ".join(filter(None, (item.designation or item.document_name, item.clause)))


def _plain(markdown: str) -> str:
    return _LINK.sub("", markdown).strip()
