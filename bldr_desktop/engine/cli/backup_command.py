# SPDX-License-Identifier: MIT
"""``bldr-engine backup FILE``: everything into one file, beside a running engine."""

import argparse
from pathlib import Path

from bldr_desktop.engine.cli import CommandError, Subparsers, add_data_dir, load_settings


def register(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("backup", help="write documents, texts, jobs and users into one file")
    add_data_dir(parser)
    parser.add_argument("file", type=Path, metavar="FILE", help="for example bldr-2026-01-31.tar.gz")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write it.

    Raises:
        CommandError: The store cannot be reached, the file cannot be written.
    """
    from bldr_desktop.engine.adapters.backup import write_backup
    from bldr_desktop.engine.adapters.scaled import pick_blobs
    from bldr_desktop.engine.app import open_database
    from bldr_desktop.engine.cli.opened import say
    from bldr_desktop.engine.ports import StoreUnavailable

    settings = load_settings(args)
    if settings.database_url is None and not settings.database_file.exists():
        raise CommandError(f"There is nothing to back up in {settings.data_dir}.")
    target: Path = args.file.absolute()
    try:
        database = open_database(settings).database
        try:
            made = write_backup(
                database, pick_blobs(settings), settings.data_dir, settings.results_dir, target
            )
        finally:
            database.close()
    except StoreUnavailable as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{target} cannot be written: {error.strerror or error}") from error
    documents, size = made.rows.get("documents", 0), target.stat().st_size / (1 << 20)
    say(f"{documents} documents, {made.rows.get('chunks', 0)} chunks, {made.blobs} files: {size:.1f} MiB")
    if made.missing_blobs:
        say(f"The bytes of {len(made.missing_blobs)} documents are not there and could not be saved.")
    return 0
