# SPDX-License-Identifier: MIT
"""The engine as an application: routers, doors, life."""

import asyncio
import logging
import warnings
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from bldr_desktop import __version__
from bldr_desktop.common.aio import spawn
from bldr_desktop.engine.app.build import build_engine
from bldr_desktop.engine.routes import errors
from bldr_desktop.engine.routes.doors import BodyDoor, HostDoor, OriginDoor
from bldr_desktop.engine.routes.observed import Observed
from bldr_desktop.engine.routes.socket_io import SocketIoApp
from bldr_desktop.engine.services.container import Engine
from bldr_desktop.engine.settings import Settings
from bldr_desktop.protocol import routes

_log = logging.getLogger(__name__)
_STOP_SECONDS = 5.0
_READERS_LATER = 1.0
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
    "X-Request-ID",
)
_DESCRIPTION = (
    "Documents in, cited passages out: uploads, training, search, jobs, answers. Live events on `/ws`. "
    "Every error has the same sentence under `error` and `detail`, and a stable `code`."
)
_ROUTERS = (
    "uploads",  # first: thousands of small files would each try the paths of all others before
    "status",
    "metrics",
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
    app.add_middleware(Observed, metrics=engine.metrics)
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
        router = import_module(f"bldr_desktop.engine.routes.{name}").router
        # Not include_router: it makes every route anew, with all its validators, at the first request
        # that passes by (0.3 s of a first answer); ours need no prefix and no further dependencies.
        app.router.routes.extend(router.routes)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    engine: Engine = app.state.engine
    engine.hub.start()
    stop_closing = engine.auth.session_ended.connect(
        lambda ended: engine.hub.dismiss_session(ended.user, ended.session, "signed out")
    )
    await engine.uploads.start()
    readers = spawn("warm-readers", _warm_readers(engine))
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
        readers.cancel()
        await _within("watch", engine.watch.close())
        await _within("jobs", engine.runner.close())
        await _within("upkeep", engine.upkeep.close())
        await _within("connections", engine.hub.close())
        await _within("uploads", engine.uploads.close())
        await _within("parser", engine.parser.close())
        await _within("search", asyncio.to_thread(engine.search.write_found))
        await _within("index", asyncio.to_thread(engine.index.close))
        await _within("store", asyncio.to_thread(engine.close_store))


async def _warm_readers(engine: Engine) -> None:
    """Warm the readers up once the first requests were answered; whoever needs one starts them before."""
    await asyncio.sleep(_READERS_LATER)
    await engine.parser.start()


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
