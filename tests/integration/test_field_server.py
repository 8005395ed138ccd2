# SPDX-License-Identifier: MIT
"""Our client against a server that behaves exactly as wire.md part 1, in the real monitor window."""

import asyncio
import json
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest
from field_server import FieldServer, field_server
from watching import Live, until, watching

from bldr_desktop.client.link import LinkReason, LinkState
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.events import FrameKind
from bldr_desktop.protocol.training import TrainRequest
from bldr_desktop.services.training_state import RunState


@pytest.fixture
def field() -> Iterator[FieldServer]:
    """A field server on loopback."""
    with field_server() as server:
        yield server


def in_window(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine on the application's own loop, Qt and asyncio in one."""
    from bldr_desktop.app.first_window import make_application
    from bldr_desktop.ui.qt.loop import QtLoop

    application = make_application()
    application.setQuitOnLastWindowClosed(False)
    loop = QtLoop(application)
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(work)
    finally:
        loop.close()
        asyncio.set_event_loop(None)


def monitor_of(live: Live) -> Any:
    """A monitor controller over the live parts."""
    from PySide6.QtWidgets import QApplication

    from bldr_desktop.ui.monitor.controller import MonitorController
    from bldr_desktop.ui.theme.theme import Theme, ThemeChoice

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme(application, ThemeChoice.LIGHT)
    return MonitorController(live.api, live.runs, live.watches, live.feed, theme)


def test_training_comes_out_right_in_the_window(field: FieldServer) -> None:
    async def work() -> None:
        async with watching(field.url, field.token) as live:
            monitor = monitor_of(live)
            try:
                await live.connected()
                run = await live.runs.start(TrainRequest(custom_dir="/srv/norms"))
                window = monitor.open(run.job_id)
                await until(lambda: run.is_final, 20, "the run ends")
                await until(lambda: window.head.progress.value() == 100, 5, "the bar is full")
                # 14 steps and the end, nothing of the echo; painted with the next flush
                await until(lambda: window.log.view.row_count == 15, 5, "the last line")
                assert run.status is JobStatus.COMPLETED  # although the last frame says "processing"
                assert run.synthetic
                assert window.head.status.property("state") == "completed"
                texts = [line.text for line in monitor._watch.log.rows(0, 20)]
                assert texts[0].startswith("Стадия 1:")
                assert texts[-1] == "Обучение завершено"
                assert not window.cancel.isVisible()  # not offered by this server: no failing button
                assert not window.retry.isVisible()
                assert window.head.connection.property("state") == "connected"
            finally:
                await monitor.aclose()

    in_window(work())


def log_of(live: Live, run: RunState) -> list[str]:
    """The lines that the monitor has of a run."""
    watch = live.watches.get(run.job_id)
    assert watch is not None
    return [line.text for line in watch.log.rows(0, 1000)]


async def listening(live: Live, field: FieldServer) -> None:
    """Connected, and what is read at first was read: a training begun now is no older one."""
    await live.connected()
    await until(lambda: "GET /api/training/status" in field.calls, 10, "the first look")
    await live.runs.refresh()


def steps(first: int, last: int) -> list[str]:
    """What the field server says of steps."""
    return [f"Стадия {step}: обработано {step * 3} файлов" for step in range(first, last + 1)]


def test_frames_that_overtake_the_answer_are_of_the_run_that_was_started(field: FieldServer) -> None:
    field.answer_after = 0.15  # seven of its steps are told before

    async def work() -> None:
        async with watching(field.url, field.token) as live:
            await live.connected()
            run = await live.runs.start(TrainRequest(custom_dir="/srv/norms"))
            await until(lambda: run.is_final, 10, "the end")
            assert list(live.runs.runs) == [run.job_id]
            assert log_of(live, run) == [*steps(1, 14), "Обучение завершено"]
            assert run.params["custom_dir"] == "/srv/norms"

    asyncio.run(work())


def test_what_was_read_is_no_line_of_the_log(field: FieldServer) -> None:
    field.begin_after = 0.3  # each step can be read over REST before its frame comes

    async def work() -> None:
        async with watching(field.url, field.token) as live:
            await listening(live, field)
            field.do(field.train(3))
            run = await until(lambda: next(iter(live.runs.runs.values()), None))
            await until(lambda: "2/3" in field.status["current_stage"], 10, "the second step is told of")
            await live.runs.refresh()
            assert run.message == steps(2, 2)[0] and len(log_of(live, run)) == 1
            await until(lambda: run.is_final, 10, "the end")
            assert log_of(live, run) == [*steps(1, 3), "Обучение завершено"]

    asyncio.run(work())


def test_an_end_that_is_read_waits_for_the_frames_under_way(field: FieldServer) -> None:
    field.end_after = 0.5

    async def work() -> None:
        async with watching(field.url, field.token) as live:
            await listening(live, field)
            field.do(field.train(3))
            run = await until(lambda: next(iter(live.runs.runs.values()), None))
            await until(lambda: field.status["status"] == "completed", 10, "REST says so")
            await live.runs.refresh()
            assert run.status is JobStatus.COMPLETED
            await asyncio.sleep(field.end_after)
            assert list(live.runs.runs) == [run.job_id]  # the last frame begins no run of its own
            assert log_of(live, run) == [*steps(1, 3), "Обучение завершено"]

    asyncio.run(work())


def test_lines_that_nobody_can_tell_are_said_to_be_missing(field: FieldServer) -> None:
    field.step_seconds = 0.1

    async def work() -> None:
        training = field.do(field.train(30))
        await until(lambda: field.status["progress"] > 5, 10, "it goes on")
        async with watching(field.url, field.token) as live:
            run = await until(lambda: next(iter(live.runs.runs.values()), None))
            await until(lambda: len(log_of(live, run)) > 3, 10, "lines come")
            lines = log_of(live, run)
            assert "had begun before" in lines[0]
            assert lines[1:] == steps(int(lines[1].split()[1][:-1]), int(lines[-1].split()[1][:-1]))
            field.do(field.drop_all()).result(10)
            await until(lambda: live.feed.link.state is LinkState.RECONNECTING)
            await live.connected()
            training.result(20)
            await until(lambda: run.is_final, 10, "the end")
            lines = log_of(live, run)
            assert sum("connection was away" in line for line in lines) == 1
            assert lines[-2:] == [*steps(30, 30), "Обучение завершено"]
            assert list(live.runs.runs) == [run.job_id]

    asyncio.run(work())


def test_a_failed_training_says_so(field: FieldServer) -> None:
    async def work() -> None:
        async with watching(field.url, field.token) as live:
            await listening(live, field)
            field.do(field.train(5, outcome="error"))
            run = await until(lambda: next(iter(live.runs.runs.values()), None))
            await until(lambda: run.is_final)
            assert run.status is JobStatus.FAILED
            assert run.error == "Нет места на диске"

    asyncio.run(work())


def test_an_answer_and_jobs_arrive(field: FieldServer) -> None:
    async def work() -> None:
        from bldr_desktop.services.queue import QueueService

        async with watching(field.url, field.token) as live:
            queue = QueueService(live.api, live.feed, live.runs)
            answers: list[dict[str, Any]] = []
            jobs: list[dict[str, Any]] = []
            live.feed.subscribe([FrameKind.AI], answers.extend)
            live.feed.subscribe([FrameKind.JOB], jobs.extend)
            await live.connected()
            started = await live.api.post("/ai", json={"prompt": "Защитный слой?", "model": "any"})
            await until(lambda: answers and answers[-1]["status"] == "completed")
            assert answers[-1]["task_id"] == started["task_id"]
            assert answers[-1]["result"] == "Ответ на: Защитный слой?"
            field.do(field.job("job-7")).result(10)
            await until(lambda: jobs and jobs[-1]["type"] == "job_completed")
            await queue.refresh()
            assert queue.jobs["job-7"].status is JobStatus.COMPLETED
            assert "job-7" not in live.runs.runs  # a job of another kind is no training
            await queue.aclose()

    asyncio.run(work())


def test_frames_that_are_no_json_and_unknown_ones_are_survived(field: FieldServer) -> None:
    async def work() -> None:
        async with watching(field.url, field.token) as live:
            await live.connected()
            big = {"stage": "1/2", "log": "х" * 500_000, "progress": 1, "data": "", "status": "processing"}
            for frame in (
                "You sent: {}",
                '{"broken": ',
                "[1, 2]",
                "null",
                json.dumps({"type": "martian", "value": 1}),
                json.dumps(big, ensure_ascii=False),
                json.dumps({"message": "chat"}),
            ):
                field.do(field.tell(frame)).result(10)
            field.do(field.train(3)).result(10)
            await until(lambda: any(run.is_final for run in live.runs.runs.values()))
            assert live.realtime.stats.not_json >= 2
            assert live.realtime.stats.not_object >= 2
            assert live.feed.link.state is LinkState.CONNECTED
            assert len(live.runs.runs) == 1

    asyncio.run(work())


def test_two_trainings_in_a_row_are_two_runs(field: FieldServer) -> None:
    async def work() -> None:
        async with watching(field.url, field.token) as live:
            await listening(live, field)
            field.do(field.train(3)).result(10)
            field.do(field.train(3, outcome="error")).result(10)
            await until(lambda: len(live.runs.runs) == 2 and not live.runs.active())
            states = [run.status for run in live.runs.runs.values()]
            assert states == [JobStatus.COMPLETED, JobStatus.FAILED]

    asyncio.run(work())


def test_an_end_that_was_missed_is_read_over_rest(field: FieldServer) -> None:
    async def work() -> None:
        async with watching(field.url, field.token) as live:
            await live.connected()
            field.step_seconds = 0.05
            training = field.do(field.train(10))
            run = await until(lambda: next(iter(live.runs.runs.values()), None))
            await until(lambda: run.progress > 20)
            field.most_connections = 0  # nobody gets back in
            field.do(field.drop_all()).result(10)
            await until(lambda: live.feed.link.state is LinkState.RECONNECTING)
            training.result(20)
            field.most_connections = 100
            live.realtime.try_now()
            await live.connected()
            await until(lambda: run.is_final, 15, "read over REST")
            assert run.status is JobStatus.COMPLETED
            assert len(live.runs.runs) == 1

    asyncio.run(work())


def test_one_connection_too_many_is_not_taken_for_a_bad_token(field: FieldServer) -> None:
    field.most_connections = 0

    async def work() -> None:
        async with watching(field.url, field.token) as live:
            await until(lambda: live.feed.link.reason is LinkReason.TRY_LATER, 10, "told apart")
            assert live.feed.link.state is LinkState.RECONNECTING
            field.most_connections = 1
            live.realtime.try_now()
            await live.connected()

    asyncio.run(work())


def test_a_bad_token_asks_for_a_sign_in_and_goes_on_after_it(field: FieldServer) -> None:
    async def work() -> None:
        from field_server import PASSWORD, USER

        async with watching(field.url, "worn-out") as live:
            await until(lambda: live.feed.link.state is LinkState.UNAUTHORIZED, 10, "says so")
            assert live.feed.link.reason is LinkReason.TOKEN
            await live.session.sign_in(USER, PASSWORD)
            await live.connected()

    asyncio.run(work())


def test_a_server_that_wants_the_token_in_the_address_gets_it_there(field: FieldServer) -> None:
    field.token_only_in_query = True

    async def work() -> None:
        async with watching(field.url, field.token) as live:
            await live.connected()
            assert field.handshakes[0]["header"] == field.token
            assert field.handshakes[0]["query"] == ""  # the header is tried first
            assert field.handshakes[-1]["query"] == field.token
            assert all(not shake["origin"] for shake in field.handshakes)  # native clients send none

    asyncio.run(work())
