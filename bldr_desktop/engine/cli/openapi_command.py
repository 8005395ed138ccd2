# SPDX-License-Identifier: MIT
"""``bldr-engine openapi``: the API's OpenAPI description on stdout."""

import argparse
import json
import sys
from typing import Any

from bldr_desktop.engine.cli import add_data_dir


def register(subparsers: Any) -> None:
    """Add the command ``openapi``."""
    parser = subparsers.add_parser("openapi", help="print the API's OpenAPI description")
    add_data_dir(parser)
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """Print the description; no data folder is opened."""
    from bldr_desktop.engine.app import describe

    sys.stdout.write(json.dumps(describe(), separators=(",", ":")) + "\n")
    return 0
