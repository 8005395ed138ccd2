# SPDX-License-Identifier: MIT
"""``bldr-engine``: one command a module, each with ``register(subparsers)`` and ``run(args) -> int``.

Every command takes ``--data-dir``. An expected failure is one line on stderr and exit code 1
(2 for a wrong command line); :class:`CommandError` carries the line.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bldr_desktop.engine.settings import Settings

_COMMANDS = (
    "serve",
    "user",
    "index",
    "search",
    "evaluate",
    "extract",
    "openapi",
    "up",
    "down",
    "status",
    "logs",
    "backup",
    "restore",
)
Subparsers = argparse._SubParsersAction


class CommandError(Exception):
    """An expected failure of a command; its text is the line a person reads."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: Arguments without the program's name; None takes them from the command line.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog="bldr-engine", description="The engine of Bldr Desktop.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in _COMMANDS:
        module = f"bldr_desktop.engine.cli.{name}_command"
        if find_spec(module) is not None:
            import_module(module).register(subparsers)
    args = parser.parse_args(argv)
    try:
        return int(args.run(args))
    except CommandError as error:
        sys.stderr.write(f"bldr-engine: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    """Give a command its ``--data-dir``."""
    parser.add_argument(
        "--data-dir",
        type=Path,
        default=None,
        metavar="DIR",
        help="folder of everything the engine keeps (default: BLDR_DATA_DIR, else the platform's own)",
    )


def load_settings(args: argparse.Namespace, **overrides: object) -> "Settings":
    """Settings from the environment and the command line, the latter winning. What ``up`` has started for
    the data folder is found without any variable.

    Raises:
        CommandError: A ``BLDR_…`` variable or an argument has a wrong value.
    """
    from pydantic import ValidationError

    from bldr_desktop.engine.settings import Settings

    given = {name: value for name, value in overrides.items() if value is not None}
    if getattr(args, "data_dir", None) is not None:
        given["data_dir"] = args.data_dir
    try:
        settings = Settings(**given)  # type: ignore[arg-type]
        found = _running_services(settings)
        return Settings(**(found | given)) if found else settings  # type: ignore[arg-type]
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}" for item in error.errors()
        )
        raise CommandError(f"a setting is wrong: {problems}") from error


def _running_services(settings: "Settings") -> dict[str, object]:
    """Addresses that ``up`` gave to the services of this data folder, as settings."""
    if not (settings.data_dir / "run" / "environment.json").exists():
        return {}
    import os

    from bldr_desktop.engine.cluster import state

    kept = state.environment(state.run_dir(settings.data_dir))
    return {
        name.removeprefix("BLDR_").lower(): value for name, value in kept.items() if name not in os.environ
    }
