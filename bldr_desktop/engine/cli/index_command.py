# SPDX-License-Identifier: MIT
"""``bldr-engine index FOLDER``: train a folder and wait until all of it is searchable."""

import argparse
import asyncio
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bldr_desktop.engine.cli import CommandError, add_data_dir, load_settings

if TYPE_CHECKING:
    from bldr_desktop.engine.services.container import Engine
    from bldr_desktop.protocol.jobs import Job, JobFile

_TELL_SECONDS = 2.0
_LOOK_SECONDS = 0.1
_PAGE = 500


def register(subparsers: Any) -> None:
    """Add the command ``index``."""
    parser = subparsers.add_parser("index", help="train a folder; ends when all of it can be searched")
    add_data_dir(parser)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--force", action="store_true", help="read unchanged files again")
    parser.add_argument("--no-ocr", action="store_true", help="leave text recognition of scans out")
    parser.add_argument("--workers", type=int, help="processes that read files (default: one a core)")
    parser.add_argument("--quiet", action="store_true", help="no progress, only what failed")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Train; print what failed and why, and totals. 0 when every file was dealt with.

    Raises:
        CommandError: The folder is not there, or the data folder is in use.
    """
    from bldr_desktop.engine.cli.opened import opened, say

    if not args.folder.is_dir():
        if args.folder.exists():
            raise CommandError(f"{args.folder} is a file; give the folder it is in")
        raise CommandError(f"there is no folder {args.folder}")
    began = time.monotonic()
    with opened(load_settings(args, workers=args.workers)) as engine:
        job = asyncio.run(_train(engine, args))
        files = _files(engine, job.id)
        failed = [file for file in files if file.error]
        for line in _table(failed, args.folder.resolve()):
            say(line)
        pages, chunks = sum(file.pages for file in files), sum(file.chunks for file in files)
        seconds = time.monotonic() - began
        say(
            f"{len(files)} files: {len(files) - len(failed)} searchable, {len(failed)} failed or empty; "
            f"{pages} pages, {chunks} chunks; {seconds:.1f} s"
        )
        if job.status.value != "completed" and not files:
            raise CommandError(job.error or job.message or f"the training ended as {job.status}")
    return 0


async def _train(engine: "Engine", args: argparse.Namespace) -> "Job":
    from bldr_desktop.engine.cli.opened import local_admin
    from bldr_desktop.engine.services.errors import EngineError
    from bldr_desktop.protocol.training import TrainRequest

    request = TrainRequest(custom_dir=str(args.folder.resolve()), force=args.force, fast_mode=args.no_ocr)
    await asyncio.to_thread(engine.care.repair)
    await engine.parser.start()
    await engine.runner.start()
    try:
        job = await asyncio.to_thread(engine.training.start, request, local_admin())
        job = await _ended(engine, job, quiet=args.quiet)
        # what an optimised index gains is worth its time only for large collections; it decides
        await asyncio.to_thread(engine.index.optimize_if_worth_it)
        return job
    except EngineError as error:
        raise CommandError(error.sentence) from error
    finally:
        await engine.runner.close()
        await engine.parser.close()


async def _ended(engine: "Engine", job: "Job", *, quiet: bool) -> "Job":
    from bldr_desktop.engine.cli.opened import local_admin

    told = time.monotonic()
    while not job.status.is_final:
        await asyncio.sleep(_LOOK_SECONDS)
        job = await asyncio.to_thread(engine.jobs.get, job.id, local_admin())
        if not quiet and time.monotonic() - told > _TELL_SECONDS:
            told = time.monotonic()
            sys.stderr.write(f"{job.files_done} of {job.files_total} files, {job.chunks} chunks\n")
    return job


def _files(engine: "Engine", job_id: str) -> "list[JobFile]":
    from bldr_desktop.engine.cli.opened import local_admin

    found: list[JobFile] = []
    page = 1
    while True:
        answer = engine.jobs.files(job_id, local_admin(), page=page, limit=_PAGE)
        found.extend(answer.data)
        if page >= answer.pagination.pages:
            return found
        page += 1


def _table(failed: "list[JobFile]", folder: Path) -> list[str]:
    if not failed:
        return []
    names = [_relative(file.path, folder) for file in failed]
    width = min(60, max(len(name) for name in names))
    return [f"{name:{width}}  {file.error or file.state}" for name, file in zip(names, failed, strict=True)]


def _relative(path: str, folder: Path) -> str:
    try:
        return Path(path).relative_to(folder).as_posix()
    except ValueError:
        return path
