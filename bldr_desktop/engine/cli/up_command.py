# SPDX-License-Identifier: MIT
"""``bldr-engine up``: start and watch everything a profile needs, until it is told to stop."""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from bldr_desktop.common import program
from bldr_desktop.engine.cli import CommandError, Subparsers, add_data_dir, load_settings
from bldr_desktop.engine.cluster import state
from bldr_desktop.engine.cluster.plan import CannotPlan, Wish, make_plan
from bldr_desktop.engine.cluster.supervisor import ServiceFailed, Supervisor

_WAIT_SECONDS = 60.0


def register(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("up", help="start and watch all services of a profile")
    add_data_dir(parser)
    parser.add_argument("--profile", choices=("embedded", "cluster"), default="embedded")
    parser.add_argument("--port", type=int, default=None, help="of the first API process (default 8000)")
    parser.add_argument("--processes", type=int, default=1, help="API processes, on ports one after another")
    parser.add_argument("--workers", type=int, default=1, help="Celery workers (cluster)")
    parser.add_argument("--qdrant", choices=("auto", "server", "embedded"), default="auto")
    parser.add_argument("--desktop", action="store_true", help="open the window too")
    parser.add_argument("--detach", action="store_true", help="go on in the background once all is healthy")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Start everything; the exit code."""
    settings = load_settings(args, port=args.port)
    folder = state.run_dir(settings.data_dir)
    known = state.read(folder)
    if known is not None and state.alive(known.supervisor_pid) and known.supervisor_pid != os.getpid():
        raise CommandError(f"It is up already at {known.url}; `bldr-engine down` stops it.")
    if args.detach:
        return _detach(args, folder)
    wish = Wish(
        settings.data_dir, args.profile, settings.port, args.processes, args.workers, args.qdrant,
        args.desktop, dict(os.environ),
    )  # fmt: skip
    try:
        return asyncio.run(_supervise(wish, folder))
    except (CannotPlan, ServiceFailed) as error:
        raise CommandError(str(error)) from error


async def _supervise(wish: Wish, folder: Path) -> int:
    plan = make_plan(wish)
    folder.mkdir(parents=True, exist_ok=True)
    state.write_environment(folder, plan.environment)

    def tell(line: str) -> None:
        sys.stderr.write(line + "\n")

    supervisor = Supervisor(folder, wish.profile, plan.url, plan.services, tell)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(RuntimeError):  # Windows has no such handlers
            loop.add_signal_handler(number, supervisor.ask_to_stop)

    def healthy() -> None:
        sys.stdout.write(json.dumps({"event": "up", "url": plan.url, "pid": os.getpid()}) + "\n")
        sys.stdout.flush()

    await supervisor.run(healthy)
    return 0


def _detach(args: argparse.Namespace, folder: Path) -> int:
    """The same again in the background; back once it is healthy or has failed."""
    words = [word for word in sys.argv[1:] if word != "--detach"]
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "supervisor.log"
    with log.open("wb") as out:
        child = subprocess.Popen(
            program.command("bldr_desktop.engine.cli", *words),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=sys.platform != "win32",
        )
    deadline = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            lines = log.read_text(errors="replace").strip().splitlines()
            raise CommandError(lines[-1].removeprefix("bldr-engine: ") if lines else "It ended at once.")
        known = state.read(folder)
        if known is not None and known.supervisor_pid == child.pid and known.healthy:
            sys.stdout.write(f"Up at {known.url}\n")
            return 0
        time.sleep(0.2)
    raise CommandError(f"It is not healthy after {_WAIT_SECONDS:.0f} s; see {log}.")
