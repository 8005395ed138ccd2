# SPDX-License-Identifier: MIT
"""``bldr-engine restore FILE``: put a backup back; the engine must not run."""

import argparse
import asyncio
import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bldr_desktop.engine.cli import CommandError, Subparsers, add_data_dir, load_settings

if TYPE_CHECKING:
    from bldr_desktop.engine.adapters.backup.write import Manifest
    from bldr_desktop.engine.settings import Settings


def register(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("restore", help="put a backup back into a data folder")
    add_data_dir(parser)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--replace", action="store_true", help="even if there is something already; it goes")
    parser.add_argument(
        "--profile",
        choices=("embedded", "cluster"),
        default="embedded",
        help="cluster: into the Postgres that `up --profile cluster` runs for this data folder",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check the file, then put everything back.

    Raises:
        CommandError: An engine runs, the file is damaged, there is something already, the disk is full.
    """
    from bldr_desktop.engine.adapters.backup import BackupUnusable, check_backup
    from bldr_desktop.engine.adapters.data_folder import FolderLock, FolderUnusable, prepare
    from bldr_desktop.engine.cli.opened import say
    from bldr_desktop.engine.cluster import state
    from bldr_desktop.engine.ports import StoreUnavailable

    settings = load_settings(args)
    known = state.read(state.run_dir(settings.data_dir))
    if known is not None and state.alive(known.supervisor_pid):
        raise CommandError("The services of this data folder run: stop them with `bldr-engine down` first.")
    try:
        manifest = check_backup(args.file)
        prepare(settings.data_dir)
        with FolderLock(settings.data_dir), _with_database(settings, args.profile) as reachable:
            _restore(reachable, args.file, manifest, replace=args.replace)
    except (BackupUnusable, FolderUnusable, StoreUnavailable) as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"The backup could not be put back: {error.strerror or error}") from error
    say(
        f"{manifest.rows.get('documents', 0)} documents, {manifest.blobs} files, as of "
        f"{manifest.created_at}. The search index is made again at the next start."
    )
    return 0


def _restore(settings: "Settings", file: Path, manifest: "Manifest", *, replace: bool) -> None:
    from bldr_desktop.engine.adapters.backup.read import is_empty, restore_backup
    from bldr_desktop.engine.adapters.scaled import forget_index, pick_blobs
    from bldr_desktop.engine.app import open_database

    database = open_database(settings).database
    try:
        if not is_empty(database):
            if not replace:
                raise CommandError(
                    f"There is something in {settings.data_dir} already. "
                    "--replace puts the backup in its place."
                )
            if database.file is not None:
                database.close()
                _set_aside(database.file)
                database = open_database(settings).database
        restore_backup(
            file, database, pick_blobs(settings), settings.data_dir, settings.results_dir, manifest
        )
    finally:
        database.close()
    shutil.rmtree(settings.index_dir, ignore_errors=True)
    shutil.rmtree(settings.data_dir / "redis", ignore_errors=True)
    forget_index(settings)


def _set_aside(file: Path) -> None:
    """The database that was there is kept beside the new one."""
    aside = file.with_name(f"{file.name}.before-restore-{time.strftime('%Y%m%d-%H%M%S')}")
    file.replace(aside)
    for suffix in ("-wal", "-shm"):
        sidecar = file.with_name(file.name + suffix)
        if sidecar.exists():
            sidecar.replace(aside.with_name(aside.name + suffix))


@contextlib.contextmanager
def _with_database(settings: "Settings", profile: str) -> Iterator["Settings"]:
    """The settings with a database that answers: our own Postgres is started for as long as it takes."""
    if profile == "embedded" or settings.database_url is not None:
        yield settings
        return
    from bldr_desktop.engine.cluster.plan import CannotPlan, Wish, postgres_alone
    from bldr_desktop.engine.cluster.supervisor import ServiceFailed, start_alone, stop_process

    try:
        service, url = postgres_alone(Wish(settings.data_dir, "cluster", given=dict(os.environ)))
        process = asyncio.run(start_alone(service, settings.data_dir / "run"))
    except (CannotPlan, ServiceFailed) as error:
        raise CommandError(str(error)) from error
    try:
        yield settings.model_copy(update={"database_url": url})
    finally:
        stop_process(process, service.stop_signal, service.stop_seconds)
