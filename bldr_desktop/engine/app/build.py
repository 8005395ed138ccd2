# SPDX-License-Identifier: MIT
"""The one place that picks adapters and joins them to services."""

import functools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bldr_desktop import __version__
from bldr_desktop.engine.adapters import data_folder, scaled
from bldr_desktop.engine.services.auth import AuthService
from bldr_desktop.engine.services.container import Engine
from bldr_desktop.engine.services.health import Health
from bldr_desktop.engine.settings import Settings

if TYPE_CHECKING:
    from bldr_desktop.engine.adapters.ai_stack import AiStack
    from bldr_desktop.engine.adapters.job_stack import JobStack, PrunedLog, RunnerFactory
    from bldr_desktop.engine.adapters.search_stack import SearchStack
    from bldr_desktop.engine.adapters.sql.database import Database
    from bldr_desktop.engine.adapters.sql.documents import SqlDocumentStore
    from bldr_desktop.engine.adapters.sql.opening import Opened
    from bldr_desktop.engine.events.hub import Hub, HubLimits
    from bldr_desktop.engine.ports.blobs import BlobStore
    from bldr_desktop.engine.ports.parser import Parser
    from bldr_desktop.engine.ports.users import UserStore
    from bldr_desktop.engine.services.ai import AiService
    from bldr_desktop.engine.services.documents import DocumentService
    from bldr_desktop.engine.services.evaluation import EvaluationService
    from bldr_desktop.engine.services.health import State
    from bldr_desktop.engine.services.metrics import Metrics
    from bldr_desktop.engine.services.uploads import UploadService
    from bldr_desktop.engine.services.watch import Watch


def open_database(settings: Settings) -> "Opened":
    """The store, in its newest form, with what a person should know about how that went.

    Raises:
        FolderUnusable: The data folder cannot be used.
        StoreUnavailable: The database cannot be reached.
    """
    from bldr_desktop.engine.adapters.sql import opening

    data_folder.prepare(settings.data_dir)
    return opening.open_database(settings.sqlalchemy_url)


@contextmanager
def open_users(settings: Settings) -> Iterator["UserStore"]:
    """The users alone, for commands; safe beside a running engine."""
    from bldr_desktop.engine.adapters.sql.users import SqlUsers

    database = open_database(settings).database
    try:
        yield SqlUsers(database)
    finally:
        database.close()


def build_engine(
    settings: Settings, launch_token: str | None = None, *, runs_jobs: bool | None = None
) -> Engine:
    """Pick the adapters and join the services.

    Args:
        settings: What was set; ``redis_url`` makes it one process of a cluster.
        launch_token: One-time token of the desktop that started us.
        runs_jobs: Whether jobs are done in this process; None: yes, unless in a cluster.
    """
    from bldr_desktop.engine.adapters.ai_stack import build_ai
    from bldr_desktop.engine.events.hub import Hub
    from bldr_desktop.engine.services.api_description import ApiDescription
    from bldr_desktop.engine.services.files import FormUpload
    from bldr_desktop.engine.services.passages import PassageService

    base = _build_base(settings, launch_token, runs_jobs=bool(runs_jobs))
    stack, documents, blobs, parser = base.search, base.documents, base.blobs, base.parser
    hub = Hub(base.events, _hub_limits(settings), elsewhere=scaled.pick_elsewhere(settings))
    ai = build_ai(settings, base.database, stack.search, documents, parser, blobs)
    health = Health()
    watch = _build_watch(settings, base, health, hub, ai.service)
    work = _build_work(settings, base, ai, runs_jobs)
    health.add_facts(work.runner.figures)
    work.runner.on_outage(watch.on_outage)
    ai.train_with(work.training, base.auth.find)
    return Engine(
        settings=settings,
        auth=base.auth,
        health=health,
        metrics=_build_metrics(health, base, work),
        documents=documents,
        index=stack.index,
        parser=parser,
        blobs=blobs,
        events=base.events,
        uploads=base.uploads,
        search=stack.search,
        library=_build_library(base, work),
        evaluation=base.evaluation,
        care=stack.care,
        hub=hub,
        watch=watch,
        description=ApiDescription(settings.cache_dir),
        forms=FormUpload(blobs, base.uploads.register, settings.upload_limit_bytes),
        passages=PassageService(stack.search),
        ai=ai.service,
        ai_tasks=ai.tasks(work.service),
        question_lists=ai.question_lists(work.service),
        jobs=work.service,
        training=work.training,
        runner=work.runner,
        upkeep=work.upkeep,
        close_store=base.database.close,
    )


@dataclass(slots=True)
class _Base:
    """What everything else stands on: store, bytes, events, search, readers, sign-in."""

    notes: list[str]
    database: "Database"
    auth: AuthService
    documents: "SqlDocumentStore"
    blobs: "BlobStore"
    events: "PrunedLog"
    uploads: "UploadService"
    search: "SearchStack"
    evaluation: "EvaluationService"
    parser: "Parser"


def _build_base(settings: Settings, launch_token: str | None, *, runs_jobs: bool) -> _Base:
    from bldr_desktop.engine.adapters.search_stack import build_search, embedder_of
    from bldr_desktop.engine.adapters.sql.documents import SqlDocumentStore
    from bldr_desktop.engine.adapters.sql.evaluations import SqlEvaluationStore
    from bldr_desktop.engine.adapters.sql.events import SqlEventLog
    from bldr_desktop.engine.adapters.sql.uploads import SqlUploadStore
    from bldr_desktop.engine.services.evaluation import EvaluationService
    from bldr_desktop.engine.services.uploads import UploadService

    opened = open_database(settings)
    database = opened.database
    documents, blobs = SqlDocumentStore(database), scaled.pick_blobs(settings)
    events = scaled.pick_events(settings, SqlEventLog(database))
    uploads = UploadService(
        SqlUploadStore(database),
        blobs,
        documents,
        events,
        database.transaction,
        limit_bytes=settings.upload_limit_bytes,
    )
    stack = build_search(settings.index_dir, documents, scaled.pick_index(settings), embedder_of(settings))
    return _Base(
        notes=opened.notes,
        database=database,
        auth=_build_auth(settings, database, launch_token),
        documents=documents,
        blobs=blobs,
        events=events,
        uploads=uploads,
        search=stack,
        evaluation=EvaluationService(SqlEvaluationStore(database), documents, stack.search),
        parser=_pick_parser(settings, runs_jobs),
    )


def _build_auth(settings: Settings, database: "Database", launch_token: str | None) -> AuthService:
    from bldr_desktop.engine.adapters.sql.users import SqlUsers

    return AuthService(
        SqlUsers(database),
        data_folder.secret_key(settings.data_dir),
        access_seconds=settings.access_token_minutes * 60,
        refresh_seconds=settings.refresh_token_days * 86400,
        attempts_per_minute=settings.login_attempts_per_minute,
        launch_token=launch_token,
    )


def _build_watch(settings: Settings, base: _Base, health: Health, hub: "Hub", ai: "AiService") -> "Watch":
    from bldr_desktop.engine.adapters.broker_look import broker_look
    from bldr_desktop.engine.services.watch import Watch

    index, events = base.search.index, base.events
    watch = Watch(
        health,
        base.documents,
        index,
        base.parser,
        settings.data_dir,
        index_open=lambda: index.is_open,
        looks={"broker": broker_look(settings.redis_url), "model": lambda: _model_state(ai)},
    )
    health.add_facts(lambda: {**_fixed_facts(settings), **watch.facts})
    health.add_facts(lambda: {"epoch": events.epoch, "seq": events.last_seq})
    health.add_counts(lambda: {"websocket_connections": hub.connections})
    for note in base.notes:
        health.report("store", "degraded", note)
    return watch


def _build_work(settings: Settings, base: _Base, ai: "AiStack", runs_jobs: bool | None) -> "JobStack":
    from bldr_desktop.engine.adapters.job_stack import build_jobs, parts_of

    stack = base.search
    return build_jobs(
        settings,
        base.database,
        base.events,
        parts_of(settings, base.documents, stack.index, base.parser, base.blobs),
        base.evaluation,
        stack.care,
        [ai.kind, ai.list_kind],
        _pick_runner(settings, runs_jobs),
    )


def _build_metrics(health: Health, base: _Base, work: "JobStack") -> "Metrics":
    from bldr_desktop.engine.services.figures import board_figures, store_figures
    from bldr_desktop.engine.services.metrics import Metrics

    made = Metrics()
    made.add(functools.partial(board_figures, health))
    made.add(functools.partial(store_figures, base.documents, work.store.counts))
    return made


def _build_library(base: _Base, work: "JobStack") -> "DocumentService":
    from bldr_desktop.engine.services.documents import DocumentService

    stack = base.search
    library = DocumentService(base.documents, base.blobs, base.parser, stack.weigher.analyzer, stack.care)
    library.retrain_with = work.retrain
    library.changed = stack.search.forget_catalogue
    return library


def _pick_parser(settings: Settings, runs_jobs: bool) -> "Parser":
    """Readers of this process; a worker of a cluster shares its work with the other workers."""
    from bldr_desktop.engine.adapters import weighing
    from bldr_desktop.engine.documents.pool import ProcessParser

    home = ProcessParser(settings.workers, finisher=weighing.__name__)
    if settings.redis_url is None or not runs_jobs:
        return home
    from bldr_desktop.engine.cluster.dispatcher import Post
    from bldr_desktop.engine.cluster.shared_reading import SharedParser

    post = Post(settings)
    return SharedParser(home, settings.redis_url, settings.workers, post.call_help)


def _pick_runner(settings: Settings, runs_jobs: bool | None) -> "RunnerFactory":
    from bldr_desktop.engine.jobs.runner import JobRunner

    if settings.redis_url is None or runs_jobs:
        return JobRunner
    from bldr_desktop.engine.cluster.dispatcher import Post, SendingRunner

    return functools.partial(SendingRunner, post=Post(settings))


def _fixed_facts(settings: Settings) -> dict[str, Any]:
    from bldr_desktop.engine.services.files import SUPPORTED

    return {
        "version": __version__,
        "workers": settings.workers,
        "upload_limit_bytes": settings.upload_limit_bytes,
        "file_types": sorted(SUPPORTED),
        "ocr": settings.ocr and shutil.which("tesseract") is not None,
    }


def _hub_limits(settings: Settings) -> "HubLimits":
    from bldr_desktop.engine.events.hub import HubLimits

    return HubLimits(
        connections=settings.ws_connections,
        per_user=settings.ws_connections_per_user,
        queue_bytes=settings.ws_queue_bytes,
        queue_frames=settings.ws_queue_frames,
        lag_seconds=settings.ws_lag_seconds,
    )


def _model_state(ai: "AiService") -> tuple["State", str]:
    """What was last seen of language models; nothing is asked here."""
    known = ai.known
    if known is None:
        return "off", "not looked for yet"
    if known.state == "ready":
        return "healthy", f"{len(known.models)} models"
    if known.state == "unreachable":
        return "degraded", known.reason or "the model server does not answer"
    return "off", "no language model is connected"
