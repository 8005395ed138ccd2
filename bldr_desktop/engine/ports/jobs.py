# SPDX-License-Identifier: MIT
"""The job store: the one truth about work. Runners are only muscle.

The wire's :class:`Job` and :class:`JobFile` are what the store gives; what only a runner needs is
beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from bldr_desktop.protocol.base import FileState, JobStatus
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.jobs import CancelReceipt, Job, JobFile, TimeLeft


@dataclass(slots=True)
class NewJob:
    """A job to be queued. ``retry_of`` links the attempt before, which gets ``retried_by``."""

    type: str
    name: str
    owner: str | None
    params: dict[str, Any] = field(default_factory=dict)
    priority: int = 5
    retry_of: str | None = None


@dataclass(slots=True)
class JobQuery:
    """A page of the queue. ``owner`` None is everybody's. ``page`` from 1; ``active`` None is both."""

    page: int = 1
    limit: int = 50
    statuses: Sequence[str] | None = None
    types: Sequence[str] | None = None
    owner: str | None = None
    search: str | None = None
    sort: Literal["created_at", "finished_at", "priority", "status", "type", "name", "owner", "progress"] = (
        "created_at"
    )
    descending: bool = True
    created_after: str | None = None
    created_before: str | None = None


@dataclass(slots=True)
class FileRow:
    """One file of a run with its place in it; ``kind`` is the word the statistics are kept under."""

    ordinal: int
    file: JobFile


@dataclass(slots=True)
class FileCounts:
    """How the files of a run stand, by state, and the sizes in bytes."""

    by_state: dict[FileState, int] = field(default_factory=dict)
    bytes_total: int = 0
    bytes_final: int = 0
    chunks: int = 0

    @property
    def total(self) -> int:
        """All files of the run."""
        return sum(self.by_state.values())

    @property
    def kept(self) -> int:
        """Files whose content is in the collection: done now, unchanged, or empty."""
        return sum(self.by_state.get(state, 0) for state in KEPT)

    @property
    def searchable(self) -> int:
        """Of the kept ones those that can be found: a file without text is done, but not searchable."""
        return self.kept - self.by_state.get(FileState.EMPTY, 0)

    @property
    def failed(self) -> int:
        """Files that gave nothing and may be tried again."""
        return sum(self.by_state.get(state, 0) for state in FAILED)

    @property
    def final(self) -> int:
        """Files that nothing will happen to any more in this run."""
        return self.total - self.open

    @property
    def open(self) -> int:
        """Files still to be done."""
        return sum(self.by_state.get(state, 0) for state in OPEN)


OPEN = (FileState.WAITING, FileState.ACTIVE)
KEPT = (FileState.DONE, FileState.UNCHANGED, FileState.EMPTY)
FAILED = (FileState.FAILED, FileState.NOT_FOUND, FileState.QUARANTINED)


@dataclass(slots=True)
class JobEnd:
    """How a job ended. ``status`` is a final one."""

    status: JobStatus
    message: str = ""
    error: str | None = None
    error_code: ErrorCode | None = None
    error_details: str | None = None
    receipt: CancelReceipt | None = None
    result_path: Path | None = None
    result_name: str | None = None


@dataclass(slots=True)
class Progress:
    """What a running job says about itself; None leaves a value as it is. ``progress`` in percent."""

    progress: float | None = None
    stage: str | None = None
    message: str | None = None
    files_total: int | None = None
    files_done: int | None = None
    files_failed: int | None = None
    chunks: int | None = None
    bytes_total: int | None = None
    bytes_done: int | None = None
    stage_seconds: dict[str, float] | None = None
    time_left: TimeLeft | None = None
    moved_on: bool = False
    """True when work was finished for good: the count of starts (crash-loop guard) begins anew."""


@dataclass(slots=True)
class Claim:
    """A job that a runner holds now; ``starts`` counts how often it was taken without moving on."""

    job: Job
    starts: int


@dataclass(slots=True)
class Recovered:
    """What :meth:`JobStore.recover` did: jobs queued again, ended as cancelled, given up."""

    requeued: list[Job] = field(default_factory=list)
    cancelled: list[Job] = field(default_factory=list)
    given_up: list[Job] = field(default_factory=list)


@dataclass(slots=True)
class FileTiming:
    """How long one file took before: for the time-left estimate. Size in bytes, seconds of work."""

    suffix: str
    size: int
    seconds: float


class JobStore(Protocol):
    """Synchronous and thread-safe; each call is one transaction (or joins the open one)."""

    def create(self, new: NewJob) -> Job:
        """Queue a job."""
        ...

    def get(self, job_id: str) -> Job | None:
        """One job, or None."""
        ...

    def find(self, query: JobQuery) -> tuple[list[Job], int]:
        """A page of jobs and the total."""
        ...

    def waiting(self) -> list[Job]:
        """Queued jobs in the order they will be taken: priority (9 first), then age."""
        ...

    def active(self) -> list[Job]:
        """Running and cancelling jobs."""
        ...

    def counts(self) -> dict[str, int]:
        """Jobs by status."""
        ...

    def claim(
        self, runner: str, lease_seconds: float, types: Sequence[str], job_id: str | None = None
    ) -> Claim | None:
        """Take the next waiting job of these types, or only ``job_id``: status *running*, lease and
        start counted."""
        ...

    def renew(self, job_id: str, runner: str, lease_seconds: float) -> JobStatus | None:
        """Heartbeat. The status (*cancelling* asks the runner to stop), None when the lease is lost."""
        ...

    def release(self, job_id: str, runner: str, message: str) -> Job | None:
        """Back to the queue without blame (shutdown); the start is not counted."""
        ...

    def recover(self, runner: str, gone: Sequence[str], max_starts: int) -> Recovered:
        """Take jobs back whose runner is gone: its name is in ``gone`` or its lease ran out; never
        those of ``runner``, who asks (its leases run out when the machine sleeps or the clock jumps).

        A job that was asked to cancel is cancelled; one taken ``max_starts`` times without moving
        on ends as *interrupted*.
        """
        ...

    def lease_owners(self) -> list[str]:
        """Names of the runners that hold a job."""
        ...

    def report(self, job_id: str, progress: Progress) -> Job | None:
        """Write progress of a job that is not final."""
        ...

    def finish(self, job_id: str, end: JobEnd) -> Job | None:
        """End a job; one that has ended already stays as it is (None)."""
        ...

    def ask_cancel(self, job_id: str) -> Job | None:
        """Queued → cancelled at once; running → cancelling; final: unchanged. None: no such job."""
        ...

    def set_priority(self, job_id: str, priority: int) -> Job | None:
        """Change the priority of a waiting job; others are given back unchanged."""
        ...

    def remove(self, job_id: str) -> bool:
        """Delete a job that has ended, with its files; its events leave with pruning."""
        ...

    def receipt(self, job_id: str) -> CancelReceipt:
        """What a cancel of this job leaves behind, as things stand now."""
        ...

    def result(self, job_id: str) -> tuple[Path, str] | None:
        """Place and name of the result file."""
        ...

    def add_files(self, job_id: str, files: Sequence[JobFile]) -> None:
        """Record the files of a run, in order, in states as given."""
        ...

    def save_files(self, job_id: str, rows: Sequence[FileRow]) -> None:
        """Write the present state of files."""
        ...

    def files(
        self,
        job_id: str,
        states: Sequence[FileState] | None = None,
        offset: int = 0,
        limit: int | None = None,
        search: str | None = None,
        after: int = -1,
    ) -> tuple[list[FileRow], int]:
        """Files of a run with ordinal > ``after`` in order, and the total of those asked for."""
        ...

    def file_counts(self, job_id: str) -> FileCounts:
        """Files by state."""
        ...

    def close_files(self, job_id: str, state: FileState) -> int:
        """Put every open file of a run into a final state; how many."""
        ...

    def reopen_files(self, job_id: str) -> int:
        """Active files wait again (their runner is gone); how many."""
        ...

    def timings(self, limit: int = 2000) -> list[FileTiming]:
        """The newest finished files with their seconds."""
        ...

    def learned(self) -> str | None:
        """What ended trainings taught about forecasts (``common.time_left``), as it was kept."""
        ...

    def keep_learned(self, text: str) -> None:
        """Keep it."""
        ...
