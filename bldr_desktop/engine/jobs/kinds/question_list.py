# SPDX-License-Identifier: MIT
"""``question_list``: answers row after row. Each answer is on disk before the next question is asked, so a
job that is begun again goes on where it stood."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bldr_desktop.engine.jobs.context import JobContext, finish_in_thread
from bldr_desktop.engine.jobs.kinds import Lane
from bldr_desktop.engine.ports.ai import AnswerFailed
from bldr_desktop.engine.ports.jobs import JobEnd, Progress
from bldr_desktop.engine.ports.question_list import QuestionListWork
from bldr_desktop.protocol.ai import AiResult
from bldr_desktop.protocol.base import JobStatus, JobType
from bldr_desktop.protocol.errors import ErrorCode

GIVE_UP = 3
"""Failures in a row after which the model counts as gone."""
Row = tuple[str, AiResult | AnswerFailed]


class QuestionListKind:
    """Params: ``sha256``, ``name``, ``role``, ``model``. The table stays until the job is removed.

    Args:
        work: Reads, answers, writes.
        results: Folder of results.
    """

    type = JobType.QUESTION_LIST
    lane: Lane = "light"

    def __init__(self, work: QuestionListWork, results: Path) -> None:
        self._work = work
        self._results = results

    async def run(self, context: JobContext) -> JobEnd:
        """Answer what has no answer yet, then write the table."""
        job = context.job
        name = str(job.params.get("name") or "questions.xlsx")
        questions = await self._work.questions(str(job.params.get("sha256") or ""), name)
        if isinstance(questions, AnswerFailed):
            return JobEnd(JobStatus.FAILED, error=questions.sentence, error_code=questions.code)
        self._results.mkdir(parents=True, exist_ok=True)
        partial = self._results / f".{job.id}.answers"
        rows = await finish_in_thread(lambda: list(read_rows(partial, questions)))
        if rows:
            context.log(f"{len(rows)} of {len(questions)} questions were answered before.")
        failed = await self._answer(context, questions, rows, partial)
        if failed is not None:
            return JobEnd(JobStatus.FAILED, error=failed.sentence, error_code=failed.code)
        place = self._results / f"{job.id}.xlsx"
        try:
            await finish_in_thread(_write, place, self._work.table(rows))
        except OSError as error:
            sentence = f"The result cannot be written: {error.strerror or error}."
            return JobEnd(JobStatus.FAILED, error=sentence, error_code=ErrorCode.DISK_FULL)
        partial.unlink(missing_ok=True)
        said = f"{len(rows)} questions, {sum(1 for row in rows if is_found(row[1]))} answers found."
        return JobEnd(
            JobStatus.COMPLETED, said, result_path=place, result_name=f"{Path(name).stem}-answers.xlsx"
        )

    async def _answer(
        self, context: JobContext, questions: list[str], rows: list[Row], partial: Path
    ) -> AnswerFailed | None:
        in_a_row = 0
        for number in range(len(rows), len(questions)):
            share = 100 * number / len(questions)
            message = f"Question {number + 1} of {len(questions)}."
            context.report(Progress(progress=min(share, 99.9), stage="answer", message=message))
            question = questions[number]
            outcome = await self._work.answer(question, context.job.params, context.job.owner or "")
            failed = isinstance(outcome, AnswerFailed)
            in_a_row = in_a_row + 1 if failed else 0
            if isinstance(outcome, AnswerFailed):
                context.log(f"Question {number + 1}: {outcome.sentence}", "warning")
                if in_a_row >= GIVE_UP:
                    return outcome
            rows.append((question, outcome))
            await finish_in_thread(_append, partial, question, outcome)
        return None


def is_found(outcome: AiResult | AnswerFailed) -> bool:
    """Whether an answer stands on a source."""
    return isinstance(outcome, AiResult) and bool(outcome.citations)


def read_rows(partial: Path, questions: list[str]) -> Iterator[Row]:
    """Answers of an earlier attempt, as far as they are whole and belong to these questions."""
    if not partial.is_file():
        return
    with partial.open("rb") as stream:
        for line, question in zip(stream, questions, strict=False):
            try:
                kept = json.loads(line)
            except ValueError:
                return  # cut off by the crash
            if kept.get("question") != question:
                return
            yield question, _outcome(kept)


def _outcome(kept: dict[str, Any]) -> AiResult | AnswerFailed:
    if "result" in kept:
        return AiResult.model_validate(kept["result"])
    return AnswerFailed(ErrorCode(kept["code"]), str(kept["sentence"]))


def _append(partial: Path, question: str, outcome: AiResult | AnswerFailed) -> None:
    row: dict[str, Any] = {"question": question}
    if isinstance(outcome, AiResult):
        row["result"] = outcome.model_dump(mode="json")
    else:
        row |= {"code": str(outcome.code), "sentence": outcome.sentence}
    with partial.open("ab") as stream:
        stream.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        stream.flush()
        os.fsync(stream.fileno())


def _write(place: Path, content: bytes) -> None:
    part = place.with_name(f".{place.name}.part")
    with part.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(place)
