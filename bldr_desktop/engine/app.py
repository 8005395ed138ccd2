# SPDX-License-Identifier: MIT
"""The engine's composition root: the one place that picks adapters and joins rooms to an application."""

import asyncio
import functools
import logging
import warnings
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from bldr_desktop import __version__
from bldr_desktop.common.aio import spawn
from bldr_desktop.engine.adapters import data_folder, scaled
from bldr_desktop.engine.routes import errors
from bldr_desktop.engine.routes.doors import BodyDoor, HostDoor, OriginDoor
from bldr_desktop.engine.routes.socket_io import SocketIoApp
from bldr_desktop.engine.services.auth import AuthService
from bldr_desktop.engine.services.container import Engine
from bldr_desktop.engine.services.health import Health
from bldr_desktop.engine.settings import Settings
from bldr_desktop.protocol import routes

if TYPE_CHECKING:
    from bldr_desktop.engine.adapters.job_stack import RunnerFactory
    from bldr_desktop.engine.adapters.sql.opening import Opened
    from bldr_desktop.engine.events.hub import HubLimits
    from bldr_desktop.engine.ports.users import UserStore

_log = logging.getLogger(__name__)
_STOP_SECONDS = 5.0
_EXPOSED = (
    "Bldr-Document",
    "Content-Disposition",
    "ETag",
    "Location",
    "Retry-After",
    "Tus-Resumable",
    "Upload-Expires",
    "Upload-Length",
    "Upload-Offset",
    "WWW-Authenticate",
)
_DESCRIPTION = (
    "Documents in, cited passages out: uploads, training, search, jobs, answers. Live events on `/ws`. "
    "Every error has the same sentence under `error` and `detail`, and a stable `code`."
)
_ROUTERS = (
    "status",
    "openapi",
    "auth",
    "queue",
    "training",
    "processes",
    "query",
    "documents",
    "evaluation",
    "facets",
    "export",
    "uploads",
    "files",
    "ai",
    "ws",
)


def create_app(settings: Settings, launch_token: str | None = None) -> FastAPI:
    """Build a whole engine.

    Args:
        settings: What was set.
        launch_token: One-time token of the desktop that started us.

    Raises:
        FolderUnusable: The data folder cannot be used.
        StoreUnavailable: The database cannot be reached.
    """
    engine = build_engine(settings, launch_token)
    _ignore_deferred_aliases()
    app = _routed(lifespan=_lifespan)
    app.state.engine = engine
    app.mount(routes.SOCKET_IO, SocketIoApp(engine))
    _guard(app, settings)
    return app


def describe() -> dict[str, Any]:
    """The OpenAPI description; needs no data folder."""
    with warnings.catch_warnings():
        _ignore_deferred_aliases()
        return _routed().openapi()


def _ignore_deferred_aliases() -> None:
    """WORKAROUND: FastAPI silences this warning where it makes a body's validator; ours are made at
    their first use (``defer_build``), outside of its silence (fastapi/_compat/v2.py, ModelField)."""
    from pydantic.warnings import UnsupportedFieldAttributeWarning

    warnings.filterwarnings("ignore", category=UnsupportedFieldAttributeWarning)


@asynccontextmanager
async def run_app(app: FastAPI) -> AsyncIterator[FastAPI]:
    """Start and stop an engine around the time it serves."""
    async with app.router.lifespan_context(app):
        yield app


def _routed(**options: Any) -> FastAPI:
    app = FastAPI(
        title="Bldr engine",
        version=__version__,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        **options,
    )
    errors.install(app)
    for name in _ROUTERS:
        app.include_router(import_module(f"bldr_desktop.engine.routes.{name}").router)
    return app


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
    from bldr_desktop.engine.adapters.blob_files import FileBlobStore
    from bldr_desktop.engine.adapters.job_stack import build_jobs, parts_of
    from bldr_desktop.engine.adapters.search_stack import build_search, embedder_of
    from bldr_desktop.engine.adapters.sql.documents import SqlDocumentStore
    from bldr_desktop.engine.adapters.sql.evaluations import SqlEvaluationStore
    from bldr_desktop.engine.adapters.sql.events import SqlEventLog
    from bldr_desktop.engine.adapters.sql.uploads import SqlUploadStore
    from bldr_desktop.engine.adapters.sql.users import SqlUsers
    from bldr_desktop.engine.documents.pool import ProcessParser
    from bldr_desktop.engine.events.hub import Hub
    from bldr_desktop.engine.services.api_description import ApiDescription
    from bldr_desktop.engine.services.documents import DocumentService
    from bldr_desktop.engine.services.evaluation import EvaluationService
    from bldr_desktop.engine.services.files import FormUpload
    from bldr_desktop.engine.services.passages import PassageService
    from bldr_desktop.engine.services.uploads import UploadService
    from bldr_desktop.engine.services.watch import Watch

    opened = open_database(settings)
    database = opened.database
    auth = AuthService(
        SqlUsers(database),
        data_folder.secret_key(settings.data_dir),
        access_seconds=settings.access_token_minutes * 60,
        refresh_seconds=settings.refresh_token_days * 86400,
        attempts_per_minute=settings.login_attempts_per_minute,
        launch_token=launch_token,
    )
    documents, blobs = SqlDocumentStore(database), FileBlobStore(settings.blobs_dir)
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
    parser = ProcessParser(settings.workers)
    passages = PassageService(stack.search)
    hub = Hub(events, _hub_limits(settings), elsewhere=scaled.pick_elsewhere(settings))
    health = Health()
    watch = Watch(
        health, documents, stack.index, parser, settings.data_dir, index_open=lambda: stack.index.is_open
    )
    health.add_facts(lambda: {**_fixed_facts(settings), **watch.facts})
    health.add_facts(lambda: {"epoch": events.epoch, "seq": events.last_seq})
    health.add_counts(lambda: {"websocket_connections": hub.connections})
    for note in opened.notes:
        health.report("store", "degraded", note)
    evaluation = EvaluationService(SqlEvaluationStore(database), documents, stack.search)
    ai = build_ai(settings, database, stack.search, documents, parser, blobs)
    work = build_jobs(
        settings,
        database,
        events,
        parts_of(settings, documents, stack.index, parser, blobs),
        evaluation,
        stack.care,
        [ai.kind],
        _pick_runner(settings, runs_jobs),
    )
    health.add_facts(work.runner.figures)
    ai.train_with(work.training, auth.find)
    library = DocumentService(documents, blobs, parser, stack.weigher.analyzer, stack.care)
    library.retrain_with = work.retrain
    library.changed = stack.search.forget_catalogue
    return Engine(
        settings=settings,
        auth=auth,
        health=health,
        documents=documents,
        index=stack.index,
        parser=parser,
        blobs=blobs,
        events=events,
        uploads=uploads,
        search=stack.search,
        library=library,
        evaluation=evaluation,
        care=stack.care,
        hub=hub,
        watch=watch,
        description=ApiDescription(settings.cache_dir),
        forms=FormUpload(blobs, uploads.register, settings.upload_limit_bytes),
        passages=passages,
        ai=ai.service,
        ai_tasks=ai.tasks(work.service),
        jobs=work.service,
        training=work.training,
        runner=work.runner,
        upkeep=work.upkeep,
    )


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
        "ocr": settings.ocr,
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


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    engine: Engine = app.state.engine
    engine.hub.start()
    stop_closing = engine.auth.session_ended.connect(
        lambda ended: engine.hub.dismiss_session(ended.user, ended.session, "signed out")
    )
    await engine.uploads.start()
    await engine.parser.start()
    engine.index.start()
    engine.watch.start()
    await engine.runner.start()
    if engine.settings.redis_url is None:  # in a cluster beat sees to the chores
        engine.upkeep.start()
    repair = spawn("repair-index", asyncio.to_thread(engine.care.repair))
    try:
        yield
    finally:
        stop_closing()
        repair.cancel()
        await _within("watch", engine.watch.close())
        await _within("jobs", engine.runner.close())
        await _within("upkeep", engine.upkeep.close())
        await _within("connections", engine.hub.close())
        await _within("uploads", engine.uploads.close())
        await _within("parser", engine.parser.close())
        await _within("search", asyncio.to_thread(engine.search.write_found))
        await _within("index", asyncio.to_thread(engine.index.close))


async def _within(what: str, closing: Awaitable[None]) -> None:
    """Give one part its time to stop; the others must stop whatever it does."""
    try:
        await asyncio.wait_for(closing, _STOP_SECONDS)
    except TimeoutError:
        _log.warning("%s did not stop within %.0f s", what, _STOP_SECONDS)
    except Exception:  # noqa: BLE001 - the rest must stop all the same
        _log.exception("%s could not be stopped", what)


def _guard(app: FastAPI, settings: Settings) -> None:
    """Put the doors in front: Host first, then Origin and CORS, then the size of the body."""
    app.add_middleware(BodyDoor, limit=settings.body_limit_bytes)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.allowed_origins),
        allow_credentials=True,
        allow_methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["*"],
        expose_headers=_EXPOSED,
        max_age=600,
    )
    app.add_middleware(OriginDoor, origins=settings.allowed_origins)
    app.add_middleware(HostDoor, names=settings.host_names)
