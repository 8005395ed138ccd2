# SPDX-License-Identifier: MIT
"""``bldr-engine status``: what ``up`` started and how it is, as a table or JSON."""

import argparse
import json
import sys

from bldr_desktop.engine.cli import Subparsers, add_data_dir, load_settings
from bldr_desktop.engine.cluster import state


def register(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("status", help="services that `up` looks after, and how they are")
    add_data_dir(parser)
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 when everything is healthy, 3 when something is not, 4 when nothing is up."""
    settings = load_settings(args)
    known = state.read(state.run_dir(settings.data_dir))
    up = known is not None and state.alive(known.supervisor_pid)
    if args.json:
        body = known.as_json() if known is not None and up else {"healthy": False, "services": []}
        sys.stdout.write(json.dumps(body) + "\n")
    elif known is None or not up:
        sys.stdout.write("Nothing is up here.\n")
    else:
        sys.stdout.write(f"{known.url}  ({known.profile})\n")
        for row in known.services:
            pid = "adopted" if row.adopted else str(row.pid or "-")
            sys.stdout.write(f"  {row.name:10} {row.state:11} {pid:>8}  {row.address:28} {row.reason}\n")
    if known is None or not up:
        return 4
    return 0 if known.healthy else 3
