# SPDX-License-Identifier: MIT
"""The job store: order, leases, recovery, cancel, ends, files."""

import pytest

from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.jobs import SqlJobStore
from bldr_desktop.engine.ports.jobs import FileRow, JobEnd, JobQuery, NewJob, Progress
from bldr_desktop.protocol.base import FileStage, FileState, JobStatus
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.jobs import JobFile, TimeLeft

TYPES = ["training", "export"]


@pytest.fixture
def store(database: Database) -> SqlJobStore:
    """An empty queue."""
    return SqlJobStore(database)


def new(name: str = "job", **fields: object) -> NewJob:
    """A job to queue."""
    return NewJob(type="training", name=name, owner="ann", **fields)  # type: ignore[arg-type]


def file(name: str, state: FileState = FileState.WAITING, **fields: object) -> JobFile:
    """A file of a run."""
    return JobFile(path=f"/data/{name}", name=name, size=10, state=state, stage=FileStage.SCAN, **fields)  # type: ignore[arg-type]


def test_jobs_are_taken_by_priority_then_age(store: SqlJobStore) -> None:
    names = [store.create(new(f"{number}", priority=5)).name for number in range(3)]
    store.create(new("low", priority=1))
    high = store.create(new("high", priority=9))
    assert [job.name for job in store.waiting()] == ["high", *names, "low"]
    claim = store.claim("r", 10, TYPES)
    assert claim is not None
    assert claim.job.id == high.id
    assert claim.job.status is JobStatus.RUNNING
    assert claim.starts == 1
    assert store.claim("r", 10, ["export"]) is None


def test_priority_moves_a_waiting_job_only(store: SqlJobStore) -> None:
    first, second = store.create(new("first")), store.create(new("second"))
    store.set_priority(second.id, 8)
    assert [job.name for job in store.waiting()] == ["second", "first"]
    store.claim("r", 10, TYPES)
    moved = store.set_priority(second.id, 1)
    assert moved is not None
    assert moved.priority == 8
    assert store.set_priority("none", 3) is None
    assert first.priority == 5


def test_a_lease_is_renewed_by_its_holder_only(store: SqlJobStore) -> None:
    job = store.create(new())
    store.claim("a", 10, TYPES)
    assert store.renew(job.id, "a", 10) is JobStatus.RUNNING
    assert store.renew(job.id, "b", 10) is None
    store.ask_cancel(job.id)
    assert store.renew(job.id, "a", 10) is JobStatus.CANCELLING
    store.finish(job.id, JobEnd(JobStatus.CANCELLED))
    assert store.renew(job.id, "a", 10) is None


def test_recover_takes_back_what_is_lost_and_nothing_else(store: SqlJobStore) -> None:
    lost, held = store.create(new("lost")), store.create(new("held"))
    store.add_files(lost.id, [file("a", FileState.ACTIVE), file("b", FileState.DONE)])
    store.claim("dead", 100, TYPES)
    store.claim("alive", 100, TYPES)
    found = store.recover("me", ["dead"], 5)
    assert [job.id for job in found.requeued] == [lost.id]
    assert [row.file.state for row in store.files(lost.id)[0]] == [FileState.WAITING, FileState.DONE]
    again = store.get(held.id)
    assert again is not None
    assert again.status is JobStatus.RUNNING


def test_r52_own_leases_that_ran_out_are_not_taken_from_oneself(store: SqlJobStore) -> None:
    job = store.create(new())
    store.claim("me", -3600.0, TYPES)
    assert store.recover("me", [], 5).requeued == []
    assert [one.id for one in store.recover("other", [], 5).requeued] == [job.id]


def test_a_crash_loop_ends_as_interrupted(store: SqlJobStore) -> None:
    job = store.create(new())
    for start in range(1, 4):
        claim = store.claim("dead", 10, TYPES)
        assert claim is not None
        assert claim.starts == start
        found = store.recover("me", ["dead"], 3)
    assert [one.id for one in found.given_up] == [job.id]
    ended = store.get(job.id)
    assert ended is not None
    assert ended.status is JobStatus.INTERRUPTED
    assert ended.error_code == ErrorCode.JOB_CRASHED
    assert ended.error is not None
    assert ended.finished_at is not None


def test_work_that_moved_on_starts_the_count_anew(store: SqlJobStore) -> None:
    job = store.create(new())
    for _ in range(6):
        store.claim("dead", 10, TYPES)
        store.report(job.id, Progress(moved_on=True))
        assert store.recover("me", ["dead"], 2).given_up == []


def test_a_release_is_not_counted(store: SqlJobStore) -> None:
    job = store.create(new())
    for _ in range(4):
        claim = store.claim("r", 10, TYPES)
        assert claim is not None
        assert claim.starts == 1
        released = store.release(job.id, "r", "later")
        assert released is not None
        assert released.status is JobStatus.QUEUED


def test_cancel_of_a_waiting_job_is_final_at_once(store: SqlJobStore) -> None:
    job = store.create(new())
    ended = store.ask_cancel(job.id)
    assert ended is not None
    assert ended.status is JobStatus.CANCELLED
    assert ended.receipt is not None
    assert ended.receipt.can_continue
    assert store.claim("r", 10, TYPES) is None
    assert store.ask_cancel("none") is None


def test_a_job_whose_runner_died_while_cancelling_is_cancelled(store: SqlJobStore) -> None:
    job = store.create(new())
    store.claim("dead", 10, TYPES)
    store.add_files(job.id, [file("a", FileState.DONE), file("b", FileState.ACTIVE), file("c")])
    store.ask_cancel(job.id)
    (ended,) = store.recover("me", ["dead"], 5).cancelled
    assert ended.status is JobStatus.CANCELLED
    assert ended.receipt is not None
    assert (ended.receipt.kept, ended.receipt.total, ended.receipt.can_continue) == (1, 3, True)
    states = [row.file.state for row in store.files(job.id)[0]]
    assert states == [FileState.DONE, FileState.CANCELLED, FileState.CANCELLED]


def test_a_receipt_counts_only_what_can_be_found(store: SqlJobStore) -> None:
    job = store.create(new())
    store.claim("r", 10, TYPES)
    states = (FileState.DONE, FileState.UNCHANGED, FileState.EMPTY, FileState.FAILED, FileState.WAITING)
    store.add_files(job.id, [file(state.value, state) for state in states])
    receipt = store.receipt(job.id)
    assert (receipt.kept, receipt.total, receipt.can_continue) == (2, 5, True)


def test_an_end_is_final(store: SqlJobStore) -> None:
    job = store.create(new())
    store.claim("r", 10, TYPES)
    store.report(job.id, Progress(progress=40, time_left=TimeLeft(low=1, high=3)))
    running = store.get(job.id)
    assert running is not None
    assert running.eta is not None
    ended = store.finish(job.id, JobEnd(JobStatus.COMPLETED, "done"))
    assert ended is not None
    assert (ended.progress, ended.time_left, ended.eta) == (100, None, None)
    assert store.finish(job.id, JobEnd(JobStatus.FAILED)) is None
    assert store.report(job.id, Progress(progress=1)) is None
    assert store.ask_cancel(job.id) == ended


def test_attempts_are_linked_both_ways(store: SqlJobStore) -> None:
    first = store.create(new())
    second = store.create(new(retry_of=first.id))
    again = store.get(first.id)
    assert again is not None
    assert (second.attempt, second.retry_of, again.retried_by) == (2, first.id, second.id)


def test_pages_filters_and_search(store: SqlJobStore) -> None:
    for number in range(7):
        store.create(new(f"Папка {number}"))
    store.create(NewJob("export", "List", "bob"))
    jobs, total = store.find(JobQuery(limit=3, page=2))
    assert (len(jobs), total) == (3, 8)
    newest, _ = store.find(JobQuery(limit=1))
    assert newest[0].name == "List"
    assert store.find(JobQuery(search="папка 4"))[1] == 1
    assert store.find(JobQuery(owner="bob"))[1] == 1
    assert store.find(JobQuery(types=["training"], statuses=["queued"]))[1] == 7
    assert store.find(JobQuery(statuses=["failed"])) == ([], 0)
    assert store.counts() == {"queued": 8}


def test_files_keep_their_order_and_states(store: SqlJobStore) -> None:
    job = store.create(new())
    store.add_files(job.id, [file("a"), file("b")])
    store.add_files(job.id, [file("c", FileState.DONE, chunks=4)])
    rows, total = store.files(job.id)
    assert ([row.file.name for row in rows], [row.ordinal for row in rows], total) == (
        ["a", "b", "c"],
        [0, 1, 2],
        3,
    )
    done = rows[0].file.model_copy(update={"state": FileState.FAILED, "error": "why", "size": 12})
    store.save_files(job.id, [FileRow(0, done)])
    assert [row.file.error for row in store.files(job.id, [FileState.FAILED])[0]] == ["why"]
    assert [row.file.name for row in store.files(job.id, after=0, limit=1)[0]] == ["b"]
    assert store.files(job.id, search="C")[1] == 1
    counts = store.file_counts(job.id)
    assert (counts.total, counts.open, counts.failed, counts.kept, counts.chunks) == (3, 1, 1, 1, 4)
    assert (counts.bytes_total, counts.bytes_final) == (32, 22)
    assert store.close_files(job.id, FileState.CANCELLED) == 1


def test_removal_takes_ended_jobs_only(store: SqlJobStore) -> None:
    job = store.create(new())
    store.add_files(job.id, [file("a")])
    assert not store.remove(job.id)
    store.ask_cancel(job.id)
    assert store.remove(job.id)
    assert store.get(job.id) is None
    assert store.files(job.id) == ([], 0)


def test_file_names_of_any_bytes_are_kept_readable(store: SqlJobStore) -> None:
    job = store.create(new())
    store.add_files(
        job.id, [JobFile(path="/d/a\x00b", name="a\x00b", state=FileState.FAILED, stage=FileStage.SCAN)]
    )
    assert store.files(job.id)[0][0].file.name == "a\\x00b"
