# SPDX-License-Identifier: MIT
"""``bldr-engine down``: stop what ``up`` started, and only that."""

import argparse
import sys
import time

from bldr_desktop.engine.cli import CommandError, Subparsers, add_data_dir, load_settings
from bldr_desktop.engine.cluster import state

_WAIT_SECONDS = 60.0


def register(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("down", help="stop what `up` started")
    add_data_dir(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ask the supervisor to stop and wait for it."""
    settings = load_settings(args)
    folder = state.run_dir(settings.data_dir)
    known = state.read(folder)
    if known is None or not state.alive(known.supervisor_pid):
        sys.stdout.write("Nothing is up here.\n")
        return 0
    state.ask_to_stop(folder)
    deadline = time.monotonic() + _WAIT_SECONDS
    while state.alive(known.supervisor_pid):
        if time.monotonic() > deadline:
            raise CommandError(f"The supervisor (process {known.supervisor_pid}) has not stopped yet.")
        time.sleep(0.2)
    sys.stdout.write("Stopped.\n")
    return 0
