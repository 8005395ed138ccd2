# SPDX-License-Identifier: MIT
"""The runner over the in-memory store: lanes, cancel, shutdown, mistakes, outages, leases."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest

from bldr_desktop.engine.adapters.sql.database import MEMORY, Database
from bldr_desktop.engine.adapters.sql.events import SqlEventLog
from bldr_desktop.engine.adapters.sql.jobs import SqlJobStore
from bldr_desktop.engine.adapters.sql.opening import open_database
from bldr_desktop.engine.jobs.context import JobContext, finish_in_thread
from bldr_desktop.engine.jobs.kinds import JobKind, Lane, registry
from bldr_desktop.engine.jobs.leases import is_gone, runner_name
from bldr_desktop.engine.jobs.runner import JobRunner, RunnerLimits
from bldr_desktop.engine.ports.jobs import JobEnd, NewJob, Progress
from bldr_desktop.protocol.base import JobStatus, JobType
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.jobs import Job

LIMITS = RunnerLimits(light_jobs=2, heartbeat=0.05, flush=0.01, stop=0.5, poll=0.05, lease=1.0)


class Work:
    """A kind of job whose doing the test gives; counts who runs at once."""

    lane: Lane

    def __init__(self, kind: JobType, lane: Lane) -> None:
        self.type, self.lane = kind, lane
        self.now = self.most = 0
        self.let_go = asyncio.Event()
        self.deaf = False
        self.fail: BaseException | None = None

    async def run(self, context: JobContext) -> JobEnd:
        """Wait until let go."""
        self.now += 1
        self.most = max(self.most, self.now)
        context.log(f"{context.job.name} begins")
        context.report(Progress(progress=50, stage="work"))
        try:
            while not self.let_go.is_set():
                try:
                    await asyncio.sleep(0.01)
                except asyncio.CancelledError:
                    if not self.deaf:
                        raise
            if self.fail is not None:
                raise self.fail
            return JobEnd(JobStatus.COMPLETED, "done")
        finally:
            self.now -= 1


class Room:
    """A runner with its store."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.store = SqlJobStore(database)
        self.log = SqlEventLog(database)
        self.index = Work(JobType.TRAINING, "index")
        self.light = Work(JobType.EXPORT, "light")
        self.runner = self.new_runner()

    def new_runner(self, name: str | None = None) -> JobRunner:
        """Another runner of the same store."""
        kinds: list[JobKind] = [self.index, self.light]
        return JobRunner(self.store, self.log, self.database.transaction, registry(kinds), LIMITS, name)

    def queue(self, kind: JobType = JobType.TRAINING, name: str = "job") -> str:
        """Queue a job."""
        job = self.store.create(NewJob(kind, name, "ann"))
        self.runner.wake()
        return job.id

    async def until(self, job_id: str, check: Callable[[Job], bool], seconds: float = 5.0) -> Job:
        """Wait until a job is as wanted."""
        end = time.monotonic() + seconds
        while True:
            job = self.store.get(job_id)
            assert job is not None
            if check(job):
                return job
            assert time.monotonic() < end, job
            await asyncio.sleep(0.01)

    async def status(self, job_id: str, status: JobStatus) -> Job:
        """Wait for a status."""
        return await self.until(job_id, lambda job: job.status is status)


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    """A started runner."""
    opened = open_database(MEMORY).database
    made = Room(opened)
    await made.runner.start()
    yield made
    made.index.let_go.set()
    made.light.let_go.set()
    await made.runner.close()
    opened.close()


async def test_one_index_job_at_a_time_light_ones_beside_it(room: Room) -> None:
    trainings = [room.queue(name=f"t{n}") for n in range(3)]
    exports = [room.queue(JobType.EXPORT) for n in range(4)]
    await room.status(trainings[0], JobStatus.RUNNING)
    await room.status(exports[1], JobStatus.RUNNING)
    await asyncio.sleep(0.1)
    assert (room.index.now, room.light.now) == (1, 2)
    lanes = room.runner.lanes()
    assert [job.name for job in lanes.holders["index"]] == ["t0"]
    assert lanes.places == {"index": 1, "light": 2}
    end = time.monotonic() + 5
    while room.runner.figures() != {"jobs_running": 3, "jobs_queued": 4}:
        assert time.monotonic() < end, room.runner.figures()
        await asyncio.sleep(0.01)
    room.index.let_go.set()
    room.light.let_go.set()
    for job_id in (*trainings, *exports):
        await room.status(job_id, JobStatus.COMPLETED)
    assert (room.index.most, room.light.most) == (1, 2)


async def test_frames_tell_the_whole_life(room: Room) -> None:
    job_id = room.queue()
    room.index.let_go.set()
    await room.status(job_id, JobStatus.COMPLETED)
    said = [event.type for event in room.log.read(0, 100, job_id=job_id)]
    assert said[0] == "job_update"
    assert said[-3:] == ["training_progress", "job_update", "job_completed"]
    texts = [event.frame["text"] for event in room.log.read(0, 100, job_id=job_id, types=["job_log"])]
    assert texts == ["job begins", "done"]


async def test_cancel_of_a_running_job(room: Room) -> None:
    job_id = room.queue()
    await room.status(job_id, JobStatus.RUNNING)
    asked = room.store.ask_cancel(job_id)
    assert asked is not None
    assert asked.status is JobStatus.CANCELLING
    room.runner.stop_job(job_id)
    job = await room.status(job_id, JobStatus.CANCELLED)
    assert job.receipt is not None
    assert room.index.now == 0


async def test_a_cancel_that_only_the_store_knows_is_found_by_the_heartbeat(room: Room) -> None:
    job_id = room.queue()
    await room.status(job_id, JobStatus.RUNNING)
    room.store.ask_cancel(job_id)
    await room.status(job_id, JobStatus.CANCELLED)


async def test_r51_a_job_that_does_not_listen_is_cancelled_all_the_same(room: Room) -> None:
    room.index.deaf = True
    job_id = room.queue()
    await room.status(job_id, JobStatus.RUNNING)
    began = time.monotonic()
    room.store.ask_cancel(job_id)
    room.runner.stop_job(job_id)
    await room.status(job_id, JobStatus.CANCELLED)
    assert time.monotonic() - began < LIMITS.stop + 1


async def test_a_mistake_ends_one_job_with_its_details(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    room.index.fail = ZeroDivisionError("seven")
    room.index.let_go.set()
    job_id = room.queue()
    job = await room.status(job_id, JobStatus.FAILED)
    assert job.error_code == ErrorCode.JOB_CRASHED
    assert job.error_details == "ZeroDivisionError: seven"
    room.index.fail = None
    await room.status(room.queue(), JobStatus.COMPLETED)
    assert "failed" in caplog.text


async def test_r42_shutdown_puts_jobs_back_and_the_next_runner_goes_on(room: Room) -> None:
    job_id = room.queue()
    await room.status(job_id, JobStatus.RUNNING)
    await room.runner.close()
    job = room.store.get(job_id)
    assert job is not None
    assert job.status is JobStatus.QUEUED
    room.runner = room.new_runner()
    await room.runner.start()
    await room.status(job_id, JobStatus.RUNNING)
    claim_count = [event for event in room.log.read(0, 100, job_id=job_id) if event.type == "job_update"]
    assert len(claim_count) >= 3
    room.index.let_go.set()
    await room.status(job_id, JobStatus.COMPLETED)


async def test_r38_a_job_of_a_dead_runner_is_taken_over_at_once(room: Room) -> None:
    await room.runner.close()
    job = room.store.create(NewJob(JobType.TRAINING, "job", "ann"))
    name = runner_name()
    host, _, started = name.rpartition(":")
    dead = f"{host}:{int(started) - 5}"
    assert is_gone(dead)
    assert not is_gone(name)
    assert not is_gone("another-machine:1:1")
    room.store.claim(dead, 3600.0, [JobType.TRAINING])
    room.runner = room.new_runner()
    await room.runner.start()
    taken = await room.status(job.id, JobStatus.RUNNING)
    assert taken.message == ""
    room.index.let_go.set()
    await room.status(job.id, JobStatus.COMPLETED)


async def test_r39_a_lost_lease_stops_the_first_runner_without_an_end(room: Room) -> None:
    job_id = room.queue()
    await room.status(job_id, JobStatus.RUNNING)
    room.store.recover("other", [room.runner.name], 5)
    claim = room.store.claim("other", 60, [JobType.TRAINING])
    assert claim is not None
    end = time.monotonic() + 5
    while room.index.now:
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    job = room.store.get(job_id)
    assert job is not None
    assert job.status is JobStatus.RUNNING, "it belongs to the other runner"
    room.store.finish(job_id, JobEnd(JobStatus.COMPLETED))


async def test_ended_jobs_are_told_to_listeners_whose_mistakes_do_no_harm(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    ended: list[str] = []
    room.runner.on_ended(lambda _job: 1 / 0)  # type: ignore[arg-type,return-value]
    room.runner.on_ended(lambda job: ended.append(job.id))
    room.index.let_go.set()
    job_id = room.queue()
    await room.status(job_id, JobStatus.COMPLETED)
    end = time.monotonic() + 5
    while not ended:
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
    assert ended == [job_id]
    assert "what follows" in caplog.text


async def test_a_thread_is_waited_for_when_its_owner_is_cancelled() -> None:
    done: list[str] = []

    def slow() -> None:
        time.sleep(0.2)
        done.append("slow")

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.02):
            await finish_in_thread(slow)
    assert done == ["slow"]


def test_two_kinds_of_one_type_are_a_mistake() -> None:
    class Kind(Work):
        """One."""

        def __init__(self) -> None:
            self.type, self.lane = JobType.EXPORT, "light"

    with pytest.raises(ValueError, match="export"):
        registry([Kind(), Kind()])
