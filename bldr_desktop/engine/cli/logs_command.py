# SPDX-License-Identifier: MIT
"""``bldr-engine logs NAME``: the end of a service's log."""

import argparse
import sys
from pathlib import Path

from bldr_desktop.common.log import redact
from bldr_desktop.engine.cli import CommandError, Subparsers, add_data_dir, load_settings
from bldr_desktop.engine.cluster import state

_TAIL_BYTES = 200_000


def register(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("logs", help="the end of a service's log")
    add_data_dir(parser)
    parser.add_argument("name", help="as `status` names it")
    parser.add_argument("--lines", type=int, default=100)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the last lines."""
    settings = load_settings(args)
    known = state.read(state.run_dir(settings.data_dir))
    rows = {row.name: row for row in known.services} if known is not None else {}
    if args.name not in rows:
        names = ", ".join(rows) or "none yet"
        raise CommandError(f"There is no service {args.name!r} here; there are: {names}.")
    place = Path(rows[args.name].log)
    if not place.exists():
        return 0
    with place.open("rb") as source:
        source.seek(max(0, place.stat().st_size - _TAIL_BYTES))
        lines = source.read().decode("utf-8", "replace").splitlines()
    sys.stdout.write("".join(redact(line) + "\n" for line in lines[-args.lines :]))
    return 0
