# SPDX-License-Identifier: MIT
"""The queue's use cases over the in-memory store: visibility, retry, continue, bulk, waiting reasons."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bldr_desktop.engine.adapters.sql.database import MEMORY, Database
from bldr_desktop.engine.adapters.sql.documents import SqlDocumentStore
from bldr_desktop.engine.adapters.sql.events import SqlEventLog
from bldr_desktop.engine.adapters.sql.jobs import SqlJobStore
from bldr_desktop.engine.adapters.sql.opening import open_database
from bldr_desktop.engine.jobs.runner import JobRunner
from bldr_desktop.engine.ports.events import NewEvent
from bldr_desktop.engine.ports.jobs import JobEnd, JobQuery, NewJob
from bldr_desktop.engine.services.auth import Principal
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.jobs import JobService
from bldr_desktop.engine.services.training import TrainingService
from bldr_desktop.protocol.base import FileStage, FileState, JobStatus
from bldr_desktop.protocol.jobs import BulkJobsRequest, JobFile, NewJobRequest, RetryRequest
from bldr_desktop.protocol.training import RagTrainRequest, TrainRequest

ANN = Principal("ann", "user", "s1", 0.0)
BOB = Principal("bob", "user", "s2", 0.0)
ROOT = Principal("root", "admin", "s3", 0.0)


@pytest.fixture
def database() -> Iterator[Database]:
    """An empty store in memory."""
    opened = open_database(MEMORY).database
    yield opened
    opened.close()


@pytest.fixture
def service(database: Database) -> JobService:
    """A queue whose runner is not started: jobs stay as the test puts them."""
    store, log = SqlJobStore(database), SqlEventLog(database)
    return JobService(store, log, database.transaction, JobRunner(store, log, database.transaction, {}))


def queue(service: JobService, name: str = "job", owner: str = "ann", **params: object) -> str:
    """Queue a training."""
    return service.submit(NewJob("training", name, owner, dict(params))).id


def run(service: JobService, status: JobStatus, *states: FileState) -> str:
    """A job of ann that ended, with files in these states."""
    job_id = queue(service, folder="/d")
    service.store.claim("r", 10, ["training"])
    files = [
        JobFile(path=f"/d/{n}", name=str(n), state=state, stage=FileStage.DONE, error="why", attempts=2)
        for n, state in enumerate(states)
    ]
    service.store.add_files(job_id, files)
    service.store.finish(job_id, JobEnd(status))
    return job_id


def code(error: pytest.ExceptionInfo[EngineError]) -> tuple[int, str]:
    """Status and code of a refusal."""
    return error.value.status, error.value.code.value


def test_users_see_their_own_an_admin_all(service: JobService) -> None:
    mine, other = queue(service), queue(service, owner="bob")
    assert [job.id for job in service.page(JobQuery(), ANN)[0]] == [mine]
    assert [job.id for job in service.page(JobQuery(owner="bob"), ANN)[0]] == [mine]
    assert {job.id for job in service.page(JobQuery(), ROOT)[0]} == {mine, other}
    with pytest.raises(EngineError) as error:
        service.get(mine, BOB)
    assert code(error) == (404, "not_found")
    assert service.page(JobQuery(limit=1), ROOT)[1].pages == 2


def test_without_a_runner_jobs_say_that_nobody_works(service: JobService) -> None:
    job = service.get(queue(service), ANN)
    assert job.waiting is not None
    assert (job.waiting.code, job.position) == ("no_worker", 1)


def test_retry_takes_the_same_parameters(service: JobService) -> None:
    job_id = run(service, JobStatus.FAILED, FileState.DONE)
    again = service.retry(job_id, ANN, RetryRequest())
    assert (again.params, again.attempt, again.retry_of) == ({"folder": "/d"}, 2, job_id)
    assert service.store.file_counts(again.id).total == 0, "the folder is walked anew"
    with pytest.raises(EngineError) as error:
        service.retry(again.id, ANN, RetryRequest())
    assert code(error) == (409, "conflict")


def test_retry_of_failed_files_takes_only_those_also_while_it_runs(service: JobService) -> None:
    job_id = queue(service, folder="/d")
    service.store.claim("r", 10, ["training"])
    states = (FileState.DONE, FileState.FAILED, FileState.QUARANTINED, FileState.NOT_FOUND, FileState.ACTIVE)
    service.store.add_files(
        job_id,
        [
            JobFile(path=f"/d/{n}", name=str(n), state=state, stage=FileStage.DONE, error="e", attempts=3)
            for n, state in enumerate(states)
        ],
    )
    again = service.retry(job_id, ANN, RetryRequest(only_failed=True))
    rows, _ = service.store.files(again.id)
    assert [row.file.name for row in rows] == ["1", "2", "3"]
    assert {(row.file.state, row.file.attempts, row.file.error) for row in rows} == {
        (FileState.WAITING, 0, None)
    }
    assert again.params["again"] is True
    one = service.retry(job_id, ANN, RetryRequest(paths=["/d/2", "/d/0"]))
    assert [row.file.name for row in service.store.files(one.id)[0]] == ["2"]
    with pytest.raises(EngineError) as error:
        service.retry(job_id, ANN, RetryRequest(paths=["/d/0"]))
    assert code(error) == (409, "nothing_to_do")


def test_continue_takes_the_rest(service: JobService) -> None:
    job_id = run(service, JobStatus.CANCELLED, FileState.DONE, FileState.CANCELLED, FileState.FAILED)
    rest = service.proceed(job_id, ANN)
    assert [row.file.name for row in service.store.files(rest.id)[0]] == ["1"]
    done = run(service, JobStatus.COMPLETED, FileState.DONE)
    with pytest.raises(EngineError) as error:
        service.proceed(done, ANN)
    assert code(error) == (409, "nothing_to_do")
    early = run(service, JobStatus.CANCELLED)
    assert service.store.file_counts(service.proceed(early, ANN).id).total == 0


def test_cancel_of_what_has_ended_is_a_conflict(service: JobService) -> None:
    job_id = queue(service)
    assert service.cancel(job_id, ANN).status is JobStatus.CANCELLED
    with pytest.raises(EngineError) as error:
        service.cancel(job_id, ANN)
    assert code(error) == (409, "conflict")
    said = [frame["type"] for frame in json.loads(service.events(job_id, ANN))["events"]]
    assert said == ["new_job", "job_log", "training_progress", "job_update", "job_completed"]


def test_bulk_answers_for_each(service: JobService) -> None:
    first, second, other = queue(service), queue(service), queue(service, owner="bob")
    answer = service.bulk(BulkJobsRequest(action="raise", ids=[first, second, other, first]), ANN)
    assert (answer.done, [item.ok for item in answer.items]) == (2, [True, True, False])
    assert service.get(first, ANN).priority == 6
    service.bulk(BulkJobsRequest(action="lower", ids=[first]), ANN)
    assert service.get(first, ANN).priority == 5
    assert service.bulk(BulkJobsRequest(action="remove", ids=[first]), ANN).done == 0
    assert service.bulk(BulkJobsRequest(action="cancel", ids=[first, second]), ANN).done == 2
    assert service.bulk(BulkJobsRequest(action="retry", ids=[first]), ANN).done == 1
    assert service.bulk(BulkJobsRequest(action="remove", ids=[first, second]), ANN).done == 2


def test_the_log_is_paged_filtered_and_counted(service: JobService, database: Database) -> None:
    job_id = queue(service)
    log = SqlEventLog(database)
    for number in range(30):
        level = "error" if number % 10 == 0 else "info"
        log.append(
            [NewEvent("job_log", {"text": f"строка {number}", "level": level}, job_id, "ann", level=level)]
        )
    page = service.log(job_id, ANN, limit=10)
    assert (len(page.lines), page.total) == (10, 30)
    rest = service.log(job_id, ANN, after=page.last_seq, limit=100)
    assert [line.text for line in rest.lines][:1] == ["строка 10"]
    assert [line.text for line in service.log(job_id, ANN, level="error").lines] == [
        "строка 0",
        "строка 10",
        "строка 20",
    ]
    assert service.log(job_id, ANN, search="СТРОКА 29").total == 1


def test_a_result_that_is_gone_is_a_sentence(service: JobService, tmp_path: Path) -> None:
    job_id = queue(service)
    with pytest.raises(EngineError, match="no result"):
        service.result(job_id, ANN)
    place = tmp_path / "r.csv"
    service.store.claim("r", 10, ["training"])
    service.store.finish(job_id, JobEnd(JobStatus.COMPLETED, result_path=place, result_name="r.csv"))
    with pytest.raises(EngineError, match="no longer there"):
        service.result(job_id, ANN)
    place.write_text("x")
    assert service.result(job_id, ANN) == (place, "r.csv")
    service.remove(job_id, ANN)
    assert not place.exists()


def test_only_exports_that_there_are(service: JobService) -> None:
    made = service.submit_request(NewJobRequest(type="export", params={"what": "texts"}), ANN)
    assert (made.type, made.params) == ("export", {"what": "texts"})
    assert service.submit_request(NewJobRequest(type="evaluation"), ANN).type == "evaluation"
    with pytest.raises(EngineError) as error:
        service.submit_request(NewJobRequest(type="export", params={"what": "all"}), ANN)
    assert code(error) == (422, "invalid")


@pytest.fixture
def training(service: JobService, database: Database, tmp_path: Path) -> TrainingService:
    """Training whose own folder is ``tmp_path/engine``."""
    return TrainingService(service, SqlDocumentStore(database), [tmp_path / "engine"])


def test_a_folder_needs_an_admin_and_must_be_there(training: TrainingService, tmp_path: Path) -> None:
    with pytest.raises(EngineError) as error:
        training.start(TrainRequest(custom_dir=str(tmp_path)), ANN)
    assert code(error) == (403, "forbidden")
    for wrong in (str(tmp_path / "none"), "\x00"):
        with pytest.raises(EngineError) as error:
            training.start(TrainRequest(custom_dir=wrong), ROOT)
        assert code(error) == (422, "folder_not_found")
    (tmp_path / "engine" / "blobs").mkdir(parents=True)
    with pytest.raises(EngineError, match="belongs to the engine"):
        training.start_rag(RagTrainRequest(base_dir=str(tmp_path / "engine" / "x" / ".." / "blobs")), ROOT)
    job = training.start(TrainRequest(custom_dir=str(tmp_path), priority=7, max_files=3), ROOT)
    assert (job.name, job.priority, job.params["max_files"]) == (tmp_path.name, 7, 3)


def test_uploads_of_oneself_or_of_all(training: TrainingService) -> None:
    assert training.start(TrainRequest(), ANN).params["owner"] == "ann"
    assert training.start(TrainRequest(), ROOT).params["owner"] is None
    assert training.start(TrainRequest(sha256=["AB"]), ANN).params["sha256"] == ["ab"]
    assert training.retrain([], "ann") is None


def test_status_is_of_the_one_that_runs(training: TrainingService, service: JobService) -> None:
    assert training.status(ANN).status == "idle"
    first = training.start(TrainRequest(), ANN)
    training.start(TrainRequest(fast_mode=True), ANN)
    assert training.status(ANN).job_id == first.id
    service.store.claim("r", 10, ["training"])
    now = training.status(ANN)
    assert (now.status, now.is_training, now.mode) == ("running", True, "normal")
    assert now.elapsed_seconds is not None
    assert now.elapsed_seconds >= 0
    assert training.status(BOB).status == "idle"
    assert training.rag_status(ANN).is_training
