# SPDX-License-Identifier: MIT
"""Use cases of the queue: everybody sees and commands their own jobs, an admin all of them.

All methods block briefly (one transaction); coroutines call them through ``asyncio.to_thread``.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bldr_desktop.engine.jobs import frames
from bldr_desktop.engine.jobs.endings import end_frames
from bldr_desktop.engine.jobs.runner import JobRunner
from bldr_desktop.engine.ports.events import EventLog
from bldr_desktop.engine.ports.jobs import FAILED, JobQuery, JobStore, NewJob
from bldr_desktop.engine.ports.transactions import Transactions
from bldr_desktop.engine.services.auth import Principal
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.job_picture import log_lines, log_records, picture_of
from bldr_desktop.engine.services.job_views import explain_waiting
from bldr_desktop.protocol.base import FileState, JobStatus, JobType
from bldr_desktop.protocol.documents import BulkAnswer, BulkItemAnswer, Pagination
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.events import FrameType
from bldr_desktop.protocol.jobs import (
    BulkJobsRequest,
    Job,
    JobFiles,
    JobLog,
    JobPicture,
    NewJobRequest,
    RetryRequest,
)

_UNDONE = (FileState.WAITING, FileState.ACTIVE, FileState.CANCELLED)
_EXPORTS = {"documents": "List of documents", "texts": "Texts of all documents"}


class JobService:
    """The queue.

    Args:
        store: Jobs.
        events: The log.
        transactions: Joins the two.
        runner: Woken when there is work, told when to stop.
    """

    def __init__(
        self, store: JobStore, events: EventLog, transactions: Transactions, runner: JobRunner
    ) -> None:
        self.store = store
        self.runner = runner
        self._events = events
        self._transactions = transactions

    # looking

    def page(self, query: JobQuery, user: Principal) -> tuple[list[Job], Pagination]:
        """A page of the jobs that ``user`` may see."""
        if not user.is_admin:
            query = replace(query, owner=user.name)
        jobs, total = self.store.find(query)
        explain_waiting(jobs, self.store, self.runner, user)
        pages = -(-total // query.limit)
        return jobs, Pagination(page=query.page, limit=query.limit, total=total, pages=pages)

    def get(self, job_id: str, user: Principal) -> Job:
        """One job.

        Raises:
            EngineError: 404, none that ``user`` may see.
        """
        job = self.store.get(job_id)
        if job is None or not (user.is_admin or job.owner == user.name):
            raise EngineError(404, ErrorCode.NOT_FOUND, f"There is no job {job_id}.")
        explain_waiting([job], self.store, self.runner, user)
        return job

    def files(
        self,
        job_id: str,
        user: Principal,
        *,
        states: list[FileState] | None = None,
        search: str | None = None,
        page: int = 1,
        limit: int = 100,
    ) -> JobFiles:
        """A page of a run's files."""
        self.get(job_id, user)
        rows, total = self.store.files(job_id, states, (page - 1) * limit, limit, search)
        pages = -(-total // limit)
        return JobFiles(
            data=[row.file for row in rows],
            pagination=Pagination(page=page, limit=limit, total=total, pages=pages),
        )

    def log(
        self,
        job_id: str,
        user: Principal,
        *,
        after: int = 0,
        before: int | None = None,
        limit: int = 1000,
        level: str | None = None,
        search: str | None = None,
    ) -> JobLog:
        """Lines of a job's log between two numbers; ``total`` counts all lines that match."""
        self.get(job_id, user)
        kinds = [FrameType.LOG.value]
        found = self._events.read(
            after, limit, job_id=job_id, types=kinds, level=level, search=search, before=before
        )
        total = self._events.count(job_id=job_id, types=kinds, level=level, search=search)
        return JobLog(lines=log_lines(found), last_seq=found[-1].seq if found else after, total=total)

    def log_records(
        self, job_id: str, user: Principal, after: int, before: int | None, limit: int, *, coded: bool = False
    ) -> tuple[bytes, int]:
        """Lines as records (:func:`job_picture.log_records`), and the number to go on from."""
        self.get(job_id, user)
        found = self._events.read(after, limit, job_id=job_id, types=[FrameType.LOG.value], before=before)
        return log_records(found, coded=coded), found[-1].seq if found else after

    def picture(self, job_id: str, user: Principal) -> JobPicture:
        """All that a monitor shows of a job, in one answer."""
        return picture_of(self.get(job_id, user), self.store, self._events)

    def events(self, job_id: str, user: Principal, after: int = 0, limit: int = 1000) -> bytes:
        """Raw frames of a job after a number, as an encoded ``JobEvents``.

        Frames are stored encoded; they are joined as they are.
        """
        self.get(job_id, user)
        found = self._events.read(after, limit, job_id=job_id)
        last = found[-1].seq if found else after
        tail = f'],"last_seq":{last},"epoch":{json.dumps(self._events.epoch)}}}'
        return b'{"events":[' + b",".join(event.payload for event in found) + tail.encode()

    def result(self, job_id: str, user: Principal) -> tuple[Path, str]:
        """The result file and its name for a person.

        Raises:
            EngineError: 404, no such job, no result, or the file is gone.
        """
        self.get(job_id, user)
        found = self.store.result(job_id)
        if found is None:
            raise EngineError(404, ErrorCode.NOT_FOUND, "This job has no result file.")
        if not found[0].is_file():
            raise EngineError(404, ErrorCode.NOT_FOUND, "The result file is no longer there.")
        return found

    # commanding

    def submit(self, new: NewJob, prepare: Callable[[Job], None] | None = None) -> Job:
        """Queue a job and wake the runner; ``prepare`` runs in the same transaction."""
        with self._transactions():
            job = self.store.create(new)
            if prepare is not None:
                prepare(job)
            self._events.append([frames.job_frame(FrameType.JOB_NEW, job)])
        self.runner.wake()
        return job

    def submit_request(self, request: NewJobRequest, user: Principal) -> Job:
        """Queue what a person asks for by ``POST /queue``.

        Raises:
            EngineError: 422, an export of something that there is not.
        """
        if JobType(request.type) is JobType.EVALUATION:
            return self.submit(NewJob(request.type, "Control questions", user.name, {}, request.priority))
        what = request.params.get("what", "documents")
        if what not in _EXPORTS:
            sentence = "An export is of documents or of texts."
            fields = {"params.what": "is neither documents nor texts"}
            raise EngineError(422, ErrorCode.INVALID, sentence, fields=fields)
        return self.submit(NewJob(request.type, _EXPORTS[what], user.name, {"what": what}, request.priority))

    def cancel(self, job_id: str, user: Principal) -> Job:
        """Ask a job to stop; it is *cancelling*, or *cancelled* if it had not begun.

        Raises:
            EngineError: 404; 409 when it has ended already.
        """
        before = self.get(job_id, user)
        if before.status.is_final:
            raise _ended(before)
        with self._transactions():
            job = self.store.ask_cancel(job_id)
            if job is None:
                raise EngineError(404, ErrorCode.NOT_FOUND, f"There is no job {job_id}.")
            if job.status is JobStatus.CANCELLED:
                self._events.append(end_frames(job))
            else:
                self._events.append([frames.job_frame(FrameType.JOB, job)])
        self.runner.stop_job(job_id)
        return job

    def retry(self, job_id: str, user: Principal, request: RetryRequest) -> Job:
        """Run it again with the same parameters; or only its failed files, also while it runs.

        Raises:
            EngineError: 404; 409 when it still runs or has no failed files.
        """
        job = self.get(job_id, user)
        if not (request.only_failed or request.paths is not None):
            if not job.status.is_final:
                raise EngineError(409, ErrorCode.CONFLICT, "The job has not ended yet.")
            return self._again(job, None)
        wanted = set(request.paths) if request.paths is not None else None
        rows = [
            row.file
            for row in self.store.files(job_id, FAILED)[0]
            if wanted is None or row.file.path in wanted
        ]
        if not rows:
            raise EngineError(409, ErrorCode.NOTHING_TO_DO, "There are no failed files to try again.")
        return self._again(job, rows, again=True)

    def proceed(self, job_id: str, user: Principal) -> Job:
        """Do the rest of a job that was cancelled, interrupted or failed (*continue*).

        Raises:
            EngineError: 404; 409 when it still runs or nothing is left.
        """
        job = self.get(job_id, user)
        if not job.status.is_final:
            raise EngineError(409, ErrorCode.CONFLICT, "The job has not ended yet.")
        counts = self.store.file_counts(job_id)
        if counts.total == 0 and job.status is not JobStatus.COMPLETED:
            return self._again(job, None)
        rows = [row.file for row in self.store.files(job_id, _UNDONE)[0]]
        if not rows:
            raise EngineError(409, ErrorCode.NOTHING_TO_DO, "Nothing is left to do in this job.")
        return self._again(job, rows)

    def set_priority(self, job_id: str, user: Principal, priority: int) -> Job:
        """Change when a waiting job is taken.

        Raises:
            EngineError: 404; 409 when it waits no longer.
        """
        self.get(job_id, user)
        with self._transactions():
            job = self.store.set_priority(job_id, priority)
            if job is None or job.status is not JobStatus.QUEUED:
                raise EngineError(409, ErrorCode.CONFLICT, "Only a waiting job can be moved.")
            self._events.append([frames.job_frame(FrameType.JOB, job)])
        explain_waiting([job], self.store, self.runner, user)
        return job

    def remove(self, job_id: str, user: Principal) -> None:
        """Take an ended job off the list.

        Raises:
            EngineError: 404; 409 while it has not ended.
        """
        self.get(job_id, user)
        found = self.store.result(job_id)
        if not self.store.remove(job_id):
            raise EngineError(409, ErrorCode.CONFLICT, "The job has not ended yet; cancel it first.")
        if found is not None:
            found[0].unlink(missing_ok=True)

    def bulk(self, request: BulkJobsRequest, user: Principal) -> BulkAnswer:
        """The same command for many; each stands for itself."""
        items = []
        for job_id in dict.fromkeys(request.ids):
            try:
                self._one(request.action, job_id, user)
                items.append(BulkItemAnswer(id=job_id, ok=True))
            except EngineError as error:
                items.append(BulkItemAnswer(id=job_id, ok=False, error=error.sentence))
        return BulkAnswer(action=request.action, done=sum(item.ok for item in items), items=items)

    def _one(self, action: str, job_id: str, user: Principal) -> None:
        if action == "cancel":
            self.cancel(job_id, user)
        elif action == "retry":
            self.retry(job_id, user, RetryRequest())
        elif action == "remove":
            self.remove(job_id, user)
        else:
            step = 1 if action == "raise" else -1
            job = self.get(job_id, user)
            self.set_priority(job_id, user, min(9, max(0, job.priority + step)))

    def _again(self, job: Job, files: Any, *, again: bool = False) -> Job:
        params = {**job.params, **({"again": True} if again else {})}
        new = NewJob(job.type, job.name, job.owner, params, job.priority, retry_of=job.id)
        if files is None:
            return self.submit(new)
        fresh = [
            file.model_copy(
                update={"state": FileState.WAITING, "attempts": 0, "error": None, "error_code": None}
            )
            for file in files
        ]
        return self.submit(new, lambda made: self.store.add_files(made.id, fresh))


def _ended(job: Job) -> EngineError:
    return EngineError(409, ErrorCode.CONFLICT, f"The job has ended already: {job.status.value}.")
