# SPDX-License-Identifier: MIT
"""What the clock starts: once for each change, not twice, never on top of itself."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bldr_desktop.engine.adapters.memory_index import MemoryIndex
from bldr_desktop.engine.adapters.sql.database import MEMORY, Database
from bldr_desktop.engine.adapters.sql.documents import SqlDocumentStore
from bldr_desktop.engine.adapters.sql.evaluations import SqlEvaluationStore
from bldr_desktop.engine.adapters.sql.events import SqlEventLog
from bldr_desktop.engine.adapters.sql.jobs import SqlJobStore
from bldr_desktop.engine.adapters.sql.opening import open_database
from bldr_desktop.engine.adapters.weighing import make_weigher
from bldr_desktop.engine.jobs.runner import JobRunner
from bldr_desktop.engine.ports.jobs import JobEnd
from bldr_desktop.engine.services.evaluation import EvaluationService
from bldr_desktop.engine.services.jobs import JobService
from bldr_desktop.engine.services.schedule import AskedByTheClock, Backups, WatchedFolders
from bldr_desktop.engine.services.search import SearchService
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.rag import ControlQuestion


@pytest.fixture
def database() -> Iterator[Database]:
    opened = open_database(MEMORY).database
    yield opened
    opened.close()


@pytest.fixture
def service(database: Database) -> JobService:
    store, log = SqlJobStore(database), SqlEventLog(database)
    return JobService(store, log, database.transaction, JobRunner(store, log, database.transaction, {}))


@pytest.fixture
def store(database: Database) -> SqlJobStore:
    return SqlJobStore(database)


def finish_all(store: SqlJobStore) -> None:
    for job in store.waiting():
        store.finish(job.id, JobEnd(JobStatus.COMPLETED))


def test_a_watched_folder_is_trained_once_for_each_change(
    service: JobService, store: SqlJobStore, tmp_path: Path
) -> None:
    folder, memory = tmp_path / "norms", tmp_path / "run" / "watched.json"
    folder.mkdir()
    watched = WatchedFolders([folder, tmp_path / "gone"], service, store, memory)
    assert [watched.look(), watched.look()] == [0, 0], "nothing is in it"
    (folder / "a.txt").write_text("a")
    assert watched.look() == 0, "it may still be written to"
    assert watched.look() == 1
    assert store.waiting()[0].params["folder"] == str(folder)
    (folder / "b.txt").write_text("b")
    assert [watched.look(), watched.look()] == [0, 0], "the first training has not ended"
    finish_all(store)
    assert watched.look() == 1
    finish_all(store)
    again = WatchedFolders([folder], service, store, memory)
    assert [again.look(), again.look()] == [0, 0], "remembered over a restart"


def test_control_questions_are_asked_when_it_is_time(
    service: JobService, store: SqlJobStore, database: Database
) -> None:
    documents, weigher = SqlDocumentStore(database), make_weigher()
    search = SearchService(documents, MemoryIndex(weigher), weigher)
    evaluation = EvaluationService(SqlEvaluationStore(database), documents, search)
    clock = AskedByTheClock(24.0, service, store, evaluation)
    assert not clock.look(), "there are no questions"
    evaluation.save(ControlQuestion(question="Толщина?", designation="СП 63.13330.2018"))
    assert not AskedByTheClock(None, service, store, evaluation).look()
    assert clock.look()
    assert not clock.look(), "they are being asked"
    finish_all(store)
    evaluation.run("job")
    assert not clock.look(), "asked a moment ago"
    assert AskedByTheClock(1e-9, service, store, evaluation).look()


def test_backups_are_made_when_they_are_due_and_old_ones_go(tmp_path: Path) -> None:
    made: list[Path] = []

    def write(target: Path) -> None:
        target.write_text("x")
        made.append(target)

    assert Backups(None, 24, 2, write).look() is None
    backups = Backups(tmp_path / "b", 24, 2, write)
    first = backups.look()
    assert first is not None and backups.look() is None
    for age, name in ((3, "bldr-20260101-000000.tar.gz"), (2, "bldr-20260102-000000.tar.gz")):
        old = tmp_path / "b" / name
        old.write_text("old")
        os.utime(old, (time.time() - age * 86400,) * 2)
    os.utime(first, (time.time() - 25 * 3600,) * 2)
    first.rename(tmp_path / "b" / "bldr-20260103-000000.tar.gz")
    assert backups.look() is not None
    names = sorted(file.name for file in (tmp_path / "b").iterdir())
    assert names == ["bldr-20260103-000000.tar.gz", made[-1].name]
