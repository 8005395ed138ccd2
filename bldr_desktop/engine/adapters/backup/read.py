# SPDX-License-Identifier: MIT
"""Looking through a backup, and putting it back."""

import hashlib
import json
import os
import re
import shutil
import tarfile
import tempfile
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bldr_desktop.engine.adapters.backup import tables
from bldr_desktop.engine.adapters.backup.write import FORMAT, KEPT_FILES, MANIFEST, Manifest
from bldr_desktop.engine.adapters.sql import migrations
from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.schema import jobs, metadata
from bldr_desktop.engine.adapters.sql.values import put_value
from bldr_desktop.engine.ports.blobs import BlobStore

_PIECE = 1 << 20
_BLOB = re.compile(r"blobs/([0-9a-f]{64})")
_TABLE = re.compile(r"tables/([a-z_]+)\.jsonl")
_RESULT = re.compile(r"results/[^/\0]+(/[^/\0]+)*")


class BackupUnusable(Exception):
    """The file cannot be restored; the text is a sentence for a person. Nothing was changed."""


def check_backup(file: Path) -> Manifest:
    """Read the whole file once and compare it with what it says about itself.

    Raises:
        BackupUnusable: It is damaged, cut off, not a backup, or made by a newer version.
    """
    found: dict[str, str] = {}
    blobs, manifest = 0, None
    with _members(file) as members:
        for member, stream in members:
            if member.name == MANIFEST:
                manifest = _manifest(stream.read())
            elif match := _BLOB.fullmatch(member.name):
                blobs += 1
                if _digest(stream) != match[1]:
                    raise BackupUnusable(f"The backup {file} is damaged: {member.name} is not what it was.")
            elif match := _TABLE.fullmatch(member.name):
                found[match[1]] = _digest(stream)
            elif member.name not in KEPT_FILES and not _is_result(member.name):
                raise BackupUnusable(f"{file} holds {member.name!r}, which no backup of Bldr does.")
    if manifest is None:
        raise BackupUnusable(f"The backup {file} was cut off: its last part is missing.")
    if found != manifest.sha256 or blobs != manifest.blobs:
        raise BackupUnusable(f"The backup {file} is damaged: it lacks parts that it lists.")
    return manifest


def restore_backup(
    file: Path, database: Database, blobs: BlobStore, data_dir: Path, results_dir: Path, manifest: Manifest
) -> None:
    """Put everything back into an empty store; the tables in one transaction.

    Args:
        file: A backup that :func:`check_backup` found good.
        database: Migrated, with nothing in it but what migration made.
        blobs: Takes the bytes.
        data_dir: Where keys and roles go.
        results_dir: Where result files go.
        manifest: What the check gave.

    Raises:
        OSError: The disk is full or cannot be written.
        StoreUnavailable: The database cannot be reached.
    """
    with database.write() as connection, _members(file) as members:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        for member, stream in members:
            if match := _TABLE.fullmatch(member.name):
                tables.load(connection, metadata.tables[match[1]], stream)
            elif match := _BLOB.fullmatch(member.name):
                _put_blob(blobs, match[1], stream)
            elif member.name in KEPT_FILES:
                _put_file(data_dir / member.name, stream)
            elif _is_result(member.name):
                _put_file(results_dir / member.name.partition("/")[2], stream)
        _move_results(connection, manifest.results_dir, results_dir)
        _new_epoch(connection)
        tables.continue_counters(connection)


def is_empty(database: Database) -> bool:
    """Whether a store has nothing that a restore would take away."""
    with database.read() as connection:
        return not any(
            connection.execute(sa.select(sa.literal(1)).select_from(metadata.tables[name]).limit(1)).first()
            for name in ("documents", "jobs", "users", "conversations")
        )


@contextmanager
def _members(file: Path) -> Iterator[Iterator[tuple[tarfile.TarInfo, IO[bytes]]]]:
    def walk(archive: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
        for member in archive:
            stream = archive.extractfile(member) if member.isreg() else None
            if stream is None:
                raise BackupUnusable(f"{file} holds {member.name!r}, which is no plain file.")
            yield member, stream

    try:
        with tarfile.open(file, "r|gz") as archive:
            yield walk(archive)
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise BackupUnusable(f"{file} is not a backup, or it is damaged or cut off: {error}.") from error
    except FileNotFoundError as error:
        if error.filename != str(file):
            raise
        raise BackupUnusable(f"There is no file {file}.") from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise BackupUnusable(f"{file} is not a backup, or it is damaged: {error}.") from error


def _manifest(data: bytes) -> Manifest:
    try:
        body = json.loads(data)
        known = {name: body[name] for name in Manifest.__dataclass_fields__ if name in body}
        made = Manifest(**known)
    except (ValueError, TypeError) as error:
        raise BackupUnusable("The backup says nothing about itself that can be read.") from error
    if made.format > FORMAT or made.schema not in migrations.known_revisions():
        raise BackupUnusable(
            f"The backup was made by a newer version of Bldr ({made.program}); restore it with that one."
        )
    return made


def _is_result(name: str) -> bool:
    return bool(_RESULT.fullmatch(name)) and ".." not in name.split("/")


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _put_blob(blobs: BlobStore, sha256: str, stream: IO[bytes]) -> None:
    place = blobs.incoming() / f"restore-{uuid.uuid4().hex}"
    _put_file(place, stream)
    blobs.adopt(place, sha256)


def _put_file(place: Path, stream: IO[bytes]) -> None:
    """Whole or not at all, readable by its owner only."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as out:
        shutil.copyfileobj(stream, out, _PIECE)
        out.flush()
        os.fsync(out.fileno())
    Path(name).replace(place)


def _move_results(connection: Connection, before: str, now: Path) -> None:
    """Result files lie in another folder than when the backup was made."""
    for row in connection.execute(
        sa.select(jobs.c.id, jobs.c.result_path).where(jobs.c.result_path.is_not(None))
    ).all():
        inside = row.result_path.removeprefix(before).lstrip("/\\")
        if before and row.result_path.startswith(before):
            connection.execute(jobs.update().where(jobs.c.id == row.id).values(result_path=str(now / inside)))


def _new_epoch(connection: Connection) -> None:
    """Numbers of events begin anew from an earlier one: clients must reload, not go on."""
    put_value(connection, "epoch", uuid.uuid4().hex[:16])
