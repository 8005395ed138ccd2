# SPDX-License-Identifier: MIT
"""``bldr-engine extract FILE``: the text of one file, as training would read it."""

import argparse
from pathlib import Path
from typing import Any


def register(subparsers: Any) -> None:
    """Add the command ``extract``."""
    parser = subparsers.add_parser("extract", help="write the text of one file to stdout")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 with the text on stdout; 1 with the reason on stderr when there is none."""
    from bldr_desktop.engine.documents.commands import extract_command

    return extract_command(args.file)
