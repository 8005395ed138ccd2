# SPDX-License-Identifier: MIT
"""A backup put back is the same store; a damaged one changes nothing."""

import gzip
import hashlib
import io
import stat
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bldr_desktop.engine.adapters.backup import BackupUnusable, check_backup, restore_backup, write_backup
from bldr_desktop.engine.adapters.backup.read import is_empty
from bldr_desktop.engine.adapters.blob_files import FileBlobStore
from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.documents import SqlDocumentStore
from bldr_desktop.engine.adapters.sql.events import SqlEventLog
from bldr_desktop.engine.adapters.sql.opening import open_database
from bldr_desktop.engine.adapters.sql.schema import chunks, jobs, metadata
from bldr_desktop.engine.ports.documents import NewDocument

_opened: list[Database] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Every store that a test opened is closed after it."""
    yield
    while _opened:
        _opened.pop().close()


class Place:
    """A data folder with a store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = open_database(f"sqlite:///{folder / 'bldr.sqlite3'}").database
        self.blobs = FileBlobStore(folder / "blobs")
        self.results = folder / "results"
        _opened.append(self.database)

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        with self.database.read() as connection:
            return {
                table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
                for table in metadata.sorted_tables
                if table.name != "meta"
            }

    def add(self, number: int) -> None:
        data = f"content {number}".encode() * 50
        sha256 = hashlib.sha256(data).hexdigest()
        self.blobs.put_many([(sha256, data)])
        new = NewDocument(sha256, f"СП {number}.pdf", len(data), "ann", path=f"a/{number}", stored=True)
        document = SqlDocumentStore(self.database).add_many([new])[0]
        row = {
            "document_id": document.id, "ordinal": 0, "text": "толщина", "context": "", "kind": "text",
            "page": 1, "page_end": 1, "char_start": 0, "char_end": 7, "vector": b"\0\xff\x01",
        }  # fmt: skip
        job = {
            "id": f"job-{number}", "type": "export", "status": "completed", "created_at": "2026-01-01",
            "params": {"a": [1, None]}, "result_path": str(self.results / "x" / f"{number}.xlsx"),
        }  # fmt: skip
        with self.database.write() as connection:
            connection.execute(chunks.insert().values(**row))
            connection.execute(jobs.insert().values(**job))
        (self.results / "x").mkdir(parents=True, exist_ok=True)
        (self.results / "x" / f"{number}.xlsx").write_bytes(b"sheet")

    def save(self, target: Path) -> None:
        write_backup(self.database, self.blobs, self.folder, self.results, target)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path / "first")
    (made.folder / "secret.key").write_text("ab" * 32)
    (made.folder / "secrets.json").write_text("{}")
    for number in range(5):
        made.add(number)
    return made


def put_back(file: Path, folder: Path) -> Place:
    manifest = check_backup(file)
    made = Place(folder)
    restore_backup(file, made.database, made.blobs, made.folder, made.results, manifest)
    return made


def test_the_same_store_comes_back(place: Place, tmp_path: Path) -> None:
    epoch = SqlEventLog(place.database).epoch
    place.save(tmp_path / "b.tar.gz")
    assert stat.S_IMODE((tmp_path / "b.tar.gz").stat().st_mode) == 0o600
    second = put_back(tmp_path / "b.tar.gz", tmp_path / "second")
    before, after = place.rows(), second.rows()
    for name in set(before) - {"jobs"}:
        assert before[name] == after[name], name
    assert [str(row).replace("first", "second") for row in before["jobs"]] == [str(r) for r in after["jobs"]]
    assert list(second.blobs.names()) == list(place.blobs.names())
    for name in second.blobs.names():
        copy = second.blobs.path(name)
        assert copy is not None and hashlib.sha256(copy.read_bytes()).hexdigest() == name
    assert (second.results / "x" / "3.xlsx").read_bytes() == b"sheet"
    assert (second.folder / "secret.key").read_text() == "ab" * 32
    assert stat.S_IMODE((second.folder / "secrets.json").stat().st_mode) == 0o600
    assert SqlEventLog(second.database).epoch != epoch, "clients must reload"
    assert not is_empty(second.database)


def test_it_is_one_moment_while_somebody_writes(place: Place, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 100
        while not stop.is_set():
            place.add(number)
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            place.save(tmp_path / f"{number}.tar.gz")
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        second = put_back(tmp_path / f"{number}.tar.gz", tmp_path / f"second-{number}")
        rows = second.rows()
        documents = {row[0] for row in rows["documents"]}
        assert {row[0] for row in rows["chunks"]} <= documents
        assert len(rows["documents"]) - len(rows["jobs"]) in (0, 1), "the writer adds a document, then a job"
        assert not check_backup(tmp_path / f"{number}.tar.gz").missing_blobs


def test_missing_bytes_are_named(place: Place, tmp_path: Path) -> None:
    gone = next(place.blobs.names())
    place.blobs.remove(gone)
    place.save(tmp_path / "b.tar.gz")
    assert check_backup(tmp_path / "b.tar.gz").missing_blobs == [gone]


@pytest.mark.parametrize("what", ["cut", "bit", "text", "absent", "foreign", "unlisted"])
def test_what_is_no_good_backup_is_refused(place: Place, tmp_path: Path, what: str) -> None:
    file = tmp_path / "b.tar.gz"
    place.save(file)
    data = file.read_bytes()
    if what == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif what == "bit":
        plain = bytearray(gzip.decompress(data))
        position = plain.find(b"content 3")
        plain[position] ^= 1
        file.write_bytes(gzip.compress(bytes(plain)))
    elif what == "text":
        file.write_text("hello")
    elif what == "absent":
        file.unlink()
    else:
        name = "../evil" if what == "foreign" else "blobs/" + hashlib.sha256(b"").hexdigest()
        plain = gzip.decompress(data)
        with tarfile.open(fileobj=io.BytesIO(plain)) as old, tarfile.open(file, "w:gz") as new:
            for member in old:
                new.addfile(member, old.extractfile(member))
            new.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises(BackupUnusable):
        check_backup(file)
