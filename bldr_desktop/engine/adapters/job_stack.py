# SPDX-License-Identifier: MIT
"""The parts that jobs are made of, joined: store, kinds, runner, services, upkeep.

``engine.app`` starts ``runner`` and ``upkeep`` after parser and index, and closes them before.
"""

import asyncio
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.jobs import SqlJobStore
from bldr_desktop.engine.jobs.kinds import JobKind, registry
from bldr_desktop.engine.jobs.kinds.document_retrain import RetrainKind
from bldr_desktop.engine.jobs.kinds.evaluation import EvaluationKind
from bldr_desktop.engine.jobs.kinds.export import ExportKind
from bldr_desktop.engine.jobs.kinds.training import TrainingKind
from bldr_desktop.engine.jobs.runner import JobRunner, RunnerLimits
from bldr_desktop.engine.jobs.training.parts import Parts
from bldr_desktop.engine.jobs.training.settle import settle_documents
from bldr_desktop.engine.jobs.upkeep import Chore, Upkeep
from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.engine.ports.documents import DocumentStore
from bldr_desktop.engine.ports.domain import ParseLimits
from bldr_desktop.engine.ports.events import EventLog
from bldr_desktop.engine.ports.index import VectorIndex
from bldr_desktop.engine.ports.jobs import JobStore, NewJob
from bldr_desktop.engine.ports.parser import Parser
from bldr_desktop.engine.ports.transactions import Transactions
from bldr_desktop.engine.services.evaluation import EvaluationService
from bldr_desktop.engine.services.index_care import IndexCare
from bldr_desktop.engine.services.jobs import JobService
from bldr_desktop.engine.services.schedule import CHORE_SECONDS, AskedByTheClock, Backups, WatchedFolders
from bldr_desktop.engine.services.training import TrainingService
from bldr_desktop.engine.settings import Settings
from bldr_desktop.protocol.base import TRAINING_JOBS, JobStatus, JobType, rfc3339
from bldr_desktop.protocol.jobs import Job

RunnerFactory = Callable[[JobStore, EventLog, Transactions, Mapping[str, JobKind], RunnerLimits], JobRunner]
_EVENTS_KEPT = 1_000_000
_UNDO_DAYS = 30


class PrunedLog(EventLog, Protocol):
    """An event log that can forget."""

    def prune(self, keep: int) -> int:
        """Forget all but the newest ``keep`` numbers."""
        ...


@dataclass(slots=True)
class JobStack:
    """Everything of jobs that the rest of the engine is handed."""

    store: SqlJobStore
    runner: JobRunner
    service: JobService
    training: TrainingService
    upkeep: Upkeep

    async def retrain(self, document_ids: Sequence[str], user: str) -> str | None:
        """Queue documents to be read again; the job's id, None for an empty list."""
        return await asyncio.to_thread(self.training.retrain, document_ids, user)


def parts_of(
    settings: Settings, documents: DocumentStore, index: VectorIndex, parser: Parser, blobs: BlobStore
) -> Parts:
    """What training works with, limited as set."""
    limits = ParseLimits(
        wall_seconds=settings.file_wall_seconds,
        cpu_seconds=settings.file_cpu_seconds,
        memory_bytes=settings.file_memory_bytes,
        ocr=settings.ocr,
    )
    return Parts(documents, index, parser, blobs, limits, settings.file_attempts)


def build_jobs(
    settings: Settings,
    database: Database,
    events: PrunedLog,
    parts: Parts,
    evaluation: EvaluationService,
    care: IndexCare,
    more_kinds: Sequence[JobKind] = (),
    make_runner: RunnerFactory = JobRunner,
) -> JobStack:
    """Join the parts.

    Args:
        settings: How many jobs at once; where results lie.
        database: Of ``events`` and ``parts.documents``.
        events: The log.
        parts: What training works with.
        evaluation: Control questions, asked after each training.
        care: Sweeps the index.
        more_kinds: Kinds of other rooms.
        make_runner: Another runner than the local one, where jobs are done elsewhere.
    """
    store = SqlJobStore(database)
    kinds: list[JobKind] = [
        TrainingKind(parts, database.transaction),
        RetrainKind(parts, database.transaction),
        EvaluationKind(evaluation.run),
        ExportKind(parts.documents, settings.results_dir),
        *more_kinds,
    ]
    limits = RunnerLimits(light_jobs=settings.jobs_at_once)
    runner = make_runner(store, events, database.transaction, registry(kinds), limits)
    service = JobService(store, events, database.transaction, runner)
    runner.on_ended(
        functools.partial(
            _settle, store=store, documents=parts.documents, events=events, transactions=database.transaction
        )
    )
    runner.on_ended(functools.partial(_ask_control_questions, service, evaluation))
    forbidden = (settings.data_dir,)
    training = TrainingService(service, parts.documents, forbidden)
    chores = [
        *_chores(events, parts, care, runner),
        *_by_the_clock(settings, database, parts, service, store, evaluation),
    ]
    return JobStack(store, runner, service, training, Upkeep(chores))


def _settle(
    job: Job,
    store: SqlJobStore,
    documents: DocumentStore,
    events: EventLog,
    transactions: Transactions,
) -> None:
    if job.type in TRAINING_JOBS:
        settle_documents(job, store, documents, events, transactions)


def _ask_control_questions(service: JobService, evaluation: EvaluationService, job: Job) -> None:
    """After a training that changed something, if there are any questions."""
    trained = job.type in TRAINING_JOBS and job.status is JobStatus.COMPLETED
    if trained and job.chunks and evaluation.questions():
        service.submit(
            NewJob(JobType.EVALUATION, "Control questions", job.owner, {"after": job.id}, priority=3)
        )


def _chores(events: PrunedLog, parts: Parts, care: IndexCare, runner: JobRunner) -> list[Chore]:
    def index_is_free() -> bool:
        return not runner.lanes().holders.get("index")

    def purge() -> None:
        border = rfc3339(datetime.now(UTC) - timedelta(days=_UNDO_DAYS))
        for document in parts.documents.purge(border):
            if not parts.documents.by_sha256([document.sha256]):
                parts.blobs.remove(document.sha256)

    return [
        _chore("sweep index", care.sweep, index_is_free),
        _chore("optimise index", parts.index.optimize_if_worth_it, index_is_free),
        _chore("prune events", functools.partial(events.prune, _EVENTS_KEPT)),
        _chore("purge documents", purge, index_is_free),
    ]


def _by_the_clock(
    settings: Settings,
    database: Database,
    parts: Parts,
    service: JobService,
    store: SqlJobStore,
    evaluation: EvaluationService,
) -> list[Chore]:
    def back_up(target: Path) -> None:
        from bldr_desktop.engine.adapters.backup import write_backup

        write_backup(database, parts.blobs, settings.data_dir, settings.results_dir, target)

    def trim() -> None:
        from bldr_desktop.engine.adapters.blob_fsspec import FsspecBlobStore

        if isinstance(parts.blobs, FsspecBlobStore):
            parts.blobs.trim(settings.blobs_copies_bytes)

    made = []
    if settings.watch_folders:
        memory = settings.data_dir / "run" / "watched.json"
        made.append(
            _chore("watch folders", WatchedFolders(settings.watch_folders, service, store, memory).look)
        )
    if settings.questions_hours is not None:
        clock = AskedByTheClock(settings.questions_hours, service, store, evaluation)
        made.append(_chore("control questions", clock.look))
    if settings.backup_dir is not None:
        backups = Backups(settings.backup_dir, settings.backup_hours, settings.backup_keep, back_up)
        made.append(_chore("back up", backups.look))
    if settings.blobs_url is not None:
        made.append(_chore("trim copies", trim))
    return made


def _chore(name: str, run: Callable[[], object], when: Callable[[], bool] = lambda: True) -> Chore:
    return Chore(name, CHORE_SECONDS[name], run, when)
