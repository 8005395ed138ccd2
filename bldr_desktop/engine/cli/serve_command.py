# SPDX-License-Identifier: MIT
"""``bldr-engine serve``: answer until told to stop, or until the parent is gone."""

import argparse
import asyncio
import contextlib
import errno
import gc
import json
import logging
import os
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from bldr_desktop.engine.cli import CommandError, add_data_dir, load_settings

if TYPE_CHECKING:
    import uvicorn

    from bldr_desktop.engine.front import Front, Running
    from bldr_desktop.engine.settings import Settings

_log = logging.getLogger(__name__)
_TURN_SECONDS = 0.0005
"""A training writes in threads; by default each of them keeps the loop, and so the readers that wait for
their next file, waiting for 5 ms a turn."""
_KEEP_IDLE_SECONDS = 65
"""Longer than clients keep idle connections (5 s is common): else their next request meets a closed one."""
_GRACE_SECONDS = 8
_THREADS = 32
_LAST_RESORT_SECONDS = 20.0


def register(subparsers: Any) -> None:
    """Add the command ``serve``."""
    parser = subparsers.add_parser("serve", help="run the engine")
    add_data_dir(parser)
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on; 0 takes a free one (default 8000)")
    parser.add_argument("--workers", type=int, help="processes that read files (default: one a core)")
    parser.add_argument(
        "--parent-pipe",
        action="store_true",
        help="end when stdin closes; its first line is the one-time launch token",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve. Prints one JSON line when the engine answers.

    Raises:
        CommandError: The port is taken, the folder cannot be used, a setting is wrong.
    """
    settings = load_settings(args, host=args.host, port=args.port, workers=args.workers)
    launch_token = None
    if args.parent_pipe:
        line = sys.stdin.readline()
        if not line:
            return 0  # the parent was gone before it said anything
        launch_token = line.strip()
    from bldr_desktop.engine.adapters.data_folder import FolderLock, FolderUnusable, prepare

    try:
        prepare(settings.data_dir)
        alone = settings.redis_url is None  # processes of a cluster share the folder
        with FolderLock(settings.data_dir) if alone else contextlib.nullcontext():
            listener = _bind(settings.host, settings.port)
            return _serve(settings, listener, launch_token, watch_parent=args.parent_pipe)
    except FolderUnusable as error:
        raise CommandError(str(error)) from error


def _bind(host: str, port: int) -> socket.socket:
    """A bound socket, so that a taken port is a sentence and port 0 is known."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise CommandError(f"the address {host!r} cannot be listened on: {error.strerror}") from error
    try:
        if os.name != "nt":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # type: ignore[attr-defined,unused-ignore]
        listener.bind(address)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                f"port {port} on {host} is already in use. Stop the other program or choose another "
                "port with --port (0 takes a free one)."
            ) from error
        raise CommandError(f"cannot listen on {host} port {port}: {error.strerror}") from error
    listener.set_inheritable(False)
    return listener


def _serve(
    settings: "Settings", listener: socket.socket, launch_token: str | None, *, watch_parent: bool
) -> int:
    import uvicorn

    sys.setswitchinterval(_TURN_SECONDS)
    from bldr_desktop.engine.adapters.pending import work_is_waiting
    from bldr_desktop.engine.front import Front

    _observe(settings)
    failures: list[BaseException] = []

    def failed(error: BaseException) -> None:
        failures.append(error)
        server.should_exit = True

    front = Front(
        lambda: _load(settings, launch_token),
        hosts=settings.host_names,
        at_once=work_is_waiting(settings.database_url, settings.database_file),
        failed=failed,
    )
    config = _config(front, settings)

    class Server(uvicorn.Server):
        """Says when it answers, and ends with a code instead of a signal."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            """Start listening, then print the ready line."""
            # Python's own number (two cores: six) is soon used up by threads that wait for the disk, and
            # then the check of a token or a look for a hash waits for them. Waiting costs nothing.
            threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="engine")
            asyncio.get_running_loop().set_default_executor(threads)
            await super().startup(sockets=sockets)
            if watch_parent:
                _watch_stdin(self, asyncio.get_running_loop())
            line = {"event": "ready", "url": _url(listener), "pid": os.getpid()}
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()

        def handle_exit(self, sig: int, frame: Any) -> None:
            """SIGTERM and SIGINT ask to stop; a second one forces."""
            self.force_exit = self.should_exit
            self.should_exit = True

    server = Server(config)
    server.run(sockets=[listener])
    if failures:
        raise CommandError(_reason(failures[0]))
    return 0


def _observe(settings: "Settings") -> None:
    """Logs, and traces where they are asked for."""
    from bldr_desktop.common.log import setup_logging

    as_json = settings.log_format == "json"
    setup_logging(settings.log_dir, "bldr-engine", level=_level(settings.log_level), as_json=as_json)
    if settings.tracing:
        _trace("bldr-engine")
    for name in ("uvicorn.error", "uvicorn.asgi"):
        logging.getLogger(name).setLevel(logging.WARNING)  # its INFO lines carry query strings


def _trace(service: str) -> None:
    from bldr_desktop.common import tracing

    try:
        tracing.enable(service)
    except ImportError as error:
        raise CommandError(
            f"BLDR_TRACING needs OpenTelemetry: pip install 'bldr-desktop[telemetry]' ({error})"
        ) from error


def _config(front: "Front", settings: "Settings") -> "uvicorn.Config":
    import uvicorn

    from bldr_desktop.engine.routes.ws_wire import WireProtocol

    return uvicorn.Config(
        front,
        http="httptools",
        ws=WireProtocol,
        ws_max_size=settings.ws_frame_bytes,
        ws_ping_interval=settings.ws_ping_seconds,
        ws_ping_timeout=settings.ws_ping_seconds,
        ws_per_message_deflate=False,
        loop="uvloop" if _has_uvloop() else "asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=_KEEP_IDLE_SECONDS,
    )


def _load(settings: "Settings", launch_token: str | None) -> "Running":
    """Import and join the whole engine; runs in a thread while the front answers already."""
    gc.disable()  # nothing made here is garbage: collecting would only go through it again and again
    try:
        from bldr_desktop.engine.app import create_app, run_app

        return run_app(create_app(settings, launch_token))
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)  # documents make many objects at once, nearly none in cycles
        gc.enable()


def _reason(error: BaseException) -> str:
    from bldr_desktop.engine.adapters.data_folder import FolderUnusable
    from bldr_desktop.engine.ports import StoreUnavailable

    if isinstance(error, FolderUnusable | StoreUnavailable):
        return str(error)
    _log.error("the engine could not be started", exc_info=error)
    return f"the engine could not be started ({type(error).__name__}: {error}); its log has the details"


def _watch_stdin(server: Any, loop: asyncio.AbstractEventLoop) -> None:
    """End the server when stdin closes: the parent is gone, whatever the reason."""
    pipe = sys.stdin.fileno()

    def wait() -> None:
        try:
            while os.read(pipe, 4096):  # not sys.stdin: who waits in it at the end aborts the process
                pass
        except OSError:
            _log.info("the parent's pipe broke")
        _log.info("the parent is gone: stopping")
        loop.call_soon_threadsafe(setattr, server, "should_exit", True)
        alarm = threading.Timer(_LAST_RESORT_SECONDS, os._exit, args=(3,))
        alarm.daemon = True
        alarm.start()

    threading.Thread(target=wait, name="parent-pipe", daemon=True).start()


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - where to reach it
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _level(name: str) -> int:
    level = logging.getLevelNamesMapping().get(name.upper())
    if level is None:
        raise CommandError(f"BLDR_LOG_LEVEL is {name!r}; it may be DEBUG, INFO, WARNING or ERROR")
    return level


def _has_uvloop() -> bool:
    from importlib.util import find_spec

    return find_spec("uvloop") is not None
