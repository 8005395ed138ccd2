# SPDX-License-Identifier: MIT
"""Faults of the connection during a real training (R14, R21, R22, R23, R52, C1, C2, C4): nothing missed,
nothing doubled, and in the end the client's state is what the database says."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from engine import EngineProcess, running_engine
from tcp_proxy import TcpProxy
from watching import Live, until, watching

from bldr_desktop.client import realtime_guard
from bldr_desktop.client.api import Api
from bldr_desktop.client.link import Backoff, LinkReason, LinkState
from bldr_desktop.client.realtime import Realtime
from bldr_desktop.client.realtime_guard import Timing
from bldr_desktop.client.realtime_sequence import Resync
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.jobs import Job, JobFiles
from bldr_desktop.protocol.training import TrainRequest
from bldr_desktop.services.training_state import RunState

FILES = 120
_PARAGRAPH = "5.{n}.1 Толщина защитного слоя бетона принимается не менее {n} мм. "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents that take a few seconds to train."""
    made = tmp_path / "norms"
    made.mkdir()
    for n in range(FILES):
        text = f"СП {n}.13330.2018\n\n" + "\n".join(_PARAGRAPH.format(n=i) * 12 for i in range(1, 12))
        (made / f"СП {n}.txt").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def engine(tmp_path: Path) -> Any:
    """A real engine."""
    with running_engine(tmp_path / "engine") as running:
        yield running


@pytest_asyncio.fixture
async def wire(engine: EngineProcess) -> AsyncIterator[TcpProxy]:
    """The wire to it."""
    async with TcpProxy(port_of(engine)) as proxy:
        yield proxy


def port_of(engine: EngineProcess) -> int:
    """The engine's port."""
    port = urlsplit(engine.url).port
    assert port is not None
    return port


async def begin(live: Live, folder: Path) -> RunState:
    """Start the training and wait until it is well under way."""
    await live.connected()
    run = await live.runs.start(TrainRequest(custom_dir=str(folder)))
    await until(lambda: run.files_done + run.files_failed >= 5 or run.is_final, 30, "under way")
    assert run.is_active, "the run was over before the fault"
    return run


async def same_as_database(live: Live, run: RunState, *, strict: bool = True) -> None:
    """The run ends; frames and state are compared with what the engine has on disk."""
    await until(lambda: run.is_final, 60, "the run ends")
    await asyncio.sleep(0.3)
    job = await live.api.get(routes.path(routes.JOB, job_id=run.job_id), Job)
    assert (run.status, run.files_done, run.files_failed) == (job.status, job.files_done, job.files_failed)
    assert (run.chunks, run.files_total) == (job.chunks, job.files_total)
    assert run.progress == job.progress == 100.0
    rows = await all_files(live, run.job_id)
    await live.watches.whole(run.job_id)
    assert {path: row.state for path, row in run.files.items()} == {row.path: row.state for row in rows}
    seqs = live.seqs()
    assert len(seqs) == len(set(seqs)), "an event came twice"
    assert seqs == sorted(seqs), "events came out of order"
    if strict:
        stored = await all_events(live, run.job_id)
        got = {frame["seq"] for frame in live.frames if frame.get("job_id") == run.job_id}
        lost = [frame for frame in stored if frame["seq"] not in got]
        assert not lost, f"{len(lost)} of {len(stored)} events are missing: {lost[:3]}"


async def all_events(live: Live, job_id: str) -> list[dict[str, Any]]:
    """Every frame of a job in the engine's log."""
    events: list[dict[str, Any]] = []
    while True:
        after = events[-1]["seq"] if events else 0
        body = await live.api.get(
            routes.path(routes.JOB_EVENTS, job_id=job_id), params={"after": after, "limit": 5000}
        )
        if not body["events"]:
            return events
        events += body["events"]


async def all_files(live: Live, job_id: str) -> list[Any]:
    """Every file of a job as the database has it."""
    answer = await live.api.get(
        routes.path(routes.JOB_FILES, job_id=job_id), JobFiles, params={"limit": 1000}
    )
    return answer.data


async def test_r21_socket_cut(engine: EngineProcess, wire: TcpProxy, folder: Path) -> None:
    async with watching(wire.url, engine.token()) as live:
        run = await begin(live, folder)
        for _ in range(3):
            wire.cut()
            await until(lambda: live.feed.link.state is not LinkState.CONNECTED, 5, "noticed")
            await live.connected()
        await same_as_database(live, run)
        assert live.resyncs == [Resync.FRESH]  # the gaps were filled, nothing had to be read again


@pytest.mark.slow
async def test_r22_engine_killed_and_started_again(
    engine: EngineProcess, wire: TcpProxy, folder: Path
) -> None:
    async with watching(wire.url, engine.token()) as live:
        run = await begin(live, folder)
        before = run.files_done
        await asyncio.to_thread(engine.kill)
        await until(lambda: live.feed.link.state is LinkState.RECONNECTING, 10, "noticed")
        await asyncio.to_thread(engine.start)
        wire.target = port_of(engine)
        live.session.adopt(type(live.session._tokens)(engine.token()))  # a start gives a launch token
        live.realtime.try_now()
        await live.connected(30)
        await same_as_database(live, run)
        assert run.files_done >= before  # the work went on from the last finished file


async def test_r22_numbering_began_anew(engine: EngineProcess, wire: TcpProxy, folder: Path) -> None:
    async with watching(wire.url, engine.token()) as live:
        run = await begin(live, folder)
        live.realtime.sequence.epoch = "another-engine"  # as after the store was replaced
        wire.refuse()
        wire.cut()
        done = run.files_done
        async with engine.async_client(engine.token()) as other:  # the gap: files end, and nobody tells us
            job = Job(id=run.job_id, type="training", status=JobStatus.RUNNING)
            while job.files_done < done + 30 and not job.status.is_final:
                answer = await other.get(routes.path(routes.JOB, job_id=run.job_id))
                job = Job.model_validate(answer.json())
        wire.refuse(False)
        live.realtime.try_now()
        await until(
            lambda: Resync.EPOCH in live.resyncs or Resync.RESET in live.resyncs, 10, "told to reread"
        )
        # each file's state is read again, though no monitor is open
        await until(lambda: run.is_final, 60, "the run ends")
        rows = {row.path: row.state for row in await all_files(live, run.job_id)}
        await until(
            lambda: {path: row.state for path, row in run.files.items()} == rows, 10, "files as the database"
        )
        await same_as_database(live, run, strict=False)
        assert len(live.resyncs) == 2  # said once, not twice


@pytest.mark.slow
async def test_black_hole_is_found_within_20_s(engine: EngineProcess, wire: TcpProxy, folder: Path) -> None:
    async with watching(wire.url, engine.token()) as live:
        run = await begin(live, folder)
        wire.black_hole()
        began = time.monotonic()
        await until(lambda: live.feed.link.state is LinkState.RECONNECTING, 25, "found")
        assert time.monotonic() - began <= 20.0
        assert live.feed.link.reason is LinkReason.SILENT
        wire.heal()
        await live.connected(20)
        await same_as_database(live, run)


async def test_black_hole(engine: EngineProcess, wire: TcpProxy, folder: Path) -> None:
    async with watching(wire.url, engine.token(), start=False) as live:
        live.realtime._timing = Timing(ping_after=0.4, dead_after=1.0, check_every=0.1)
        live.realtime.start()
        run = await begin(live, folder)
        wire.black_hole()
        await until(lambda: live.feed.link.reason is LinkReason.SILENT, 5, "found")
        wire.heal()
        live.realtime.try_now()
        await live.connected(20)
        await same_as_database(live, run)


async def test_a_network_that_changes_ends_the_countdown(engine: EngineProcess, wire: TcpProxy) -> None:
    slow = Backoff(first=240.0, cap=240.0)
    async with watching(wire.url, engine.token(), backoff=slow) as live:
        await live.connected()
        wire.refuse()
        wire.cut()
        await until(lambda: (live.feed.link.retry_at or 0) > time.monotonic() + 20, 5, "a long countdown")
        wire.refuse(False)
        live.realtime.network_changed(LinkReason.NETWORK_CHANGED)  # leads not to this machine's own server
        await asyncio.sleep(0.1)
        assert live.feed.link.state is LinkState.RECONNECTING
        live.realtime.reconnect(LinkReason.WOKE)
        await live.connected(5)
        before = len(wire.accepted)
        live.realtime.reconnect(LinkReason.WOKE)  # a connection that looks alive is made anew too
        await until(lambda: len(wire.accepted) > before, 5, "connected anew")
        await live.connected(5)
        assert LinkReason.WOKE in {link.reason for link in live.links}


@pytest.mark.slow
async def test_token_revoked(engine: EngineProcess, wire: TcpProxy, folder: Path) -> None:
    await asyncio.to_thread(engine.add_user, "boss", "correct horse battery", "admin")
    async with watching(wire.url, engine.sign_in("boss", "correct horse battery")) as live:
        run = await begin(live, folder)
        async with engine.async_client(live.session.access_token()) as other:
            assert (await other.post(routes.LOGOUT)).status_code == 204
        await until(lambda: live.feed.link.state is LinkState.UNAUTHORIZED, 10, "says so")
        assert live.feed.link.reason is LinkReason.TOKEN
        assert run.is_active
        await live.session.sign_in("boss", "correct horse battery")  # in place; nothing else is done
        await live.connected()
        await same_as_database(live, run)


@pytest.mark.slow
async def test_r23_hundred_clients_come_back(engine: EngineProcess, wire: TcpProxy, folder: Path) -> None:
    async with watching(wire.url, engine.token()) as live:
        apis = [Api(wire.url, live.session) for _ in range(99)]
        others = [Realtime(api, backoff=Backoff(first=2.0)) for api in apis]
        seen: list[list[tuple[int, str]]] = [[] for _ in others]
        for other, told in zip(others, seen, strict=True):
            other.frames.connect(
                lambda frames, t=told: t.extend((f["seq"], f["type"]) for f in frames if f.get("seq"))
            )
            other.start()
        everybody = [*others, live.realtime]
        try:
            await until(lambda: all(o.link.state is LinkState.CONNECTED for o in everybody), 30, "all in")
            run = await begin(live, folder)
            first = len(wire.accepted)
            wire.cut()
            await until(lambda: len(wire.accepted) - first >= 100, 30, "all try again")
            await until(lambda: all(o.link.state is LinkState.CONNECTED for o in everybody), 30, "all back")
            back = wire.accepted[first:]
            assert statistics.pstdev(back) >= 0.2, "they all came back at once"
            assert len(back) <= 140, f"{len(back)} connections for 100 clients: a storm"
            await same_as_database(live, run)
            newest = max(live.seqs())
            await until(lambda: all(t and t[-1][0] >= newest for t in seen), 20, "everybody has the end")
            assert all([n for n, _ in t] == sorted({n for n, _ in t}) for t in seen), (
                "out of order or doubled"
            )
            # progress may be merged for one that lags; lines and ends never
            kept = [{n for n, kind in t if kind in {"job_log", "job_completed"}} for t in seen]
            assert len(kept[0]) > FILES
            assert all(numbers == kept[0] for numbers in kept), "some missed events"
        finally:
            await asyncio.gather(*(other.aclose() for other in others))
            await asyncio.gather(*(api.aclose() for api in apis))


@pytest.mark.slow
async def test_r14_one_connection_too_many(tmp_path: Path) -> None:
    with running_engine(tmp_path / "small", environment={"BLDR_WS_CONNECTIONS": "1"}) as engine:
        async with (
            watching(engine.url, engine.token()) as first,
            watching(engine.url, engine.token()) as second,
        ):
            await until(
                lambda: LinkState.CONNECTED in {first.feed.link.state, second.feed.link.state},
                10,
                "one is in",
            )
            held, waiting = (
                (first, second) if first.feed.link.state is LinkState.CONNECTED else (second, first)
            )
            await until(lambda: waiting.feed.link.reason is LinkReason.TRY_LATER, 10, "told why")
            await held.realtime.aclose()
            await waiting.connected()


@pytest.mark.slow
async def test_r52_clock_set_back_an_hour(
    engine: EngineProcess, wire: TcpProxy, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watching(wire.url, engine.token(), start=False) as live:
        live.realtime._timing = Timing(check_every=0.1)
        live.realtime.start()
        run = await begin(live, folder)
        real = time.time
        monkeypatch.setattr(realtime_guard.time, "time", lambda: real() - 3600.0)
        await asyncio.sleep(0.5)
        elapsed = live.runs.elapsed(run)
        assert elapsed is not None and elapsed >= 0.0
        await same_as_database(live, run)
        assert LinkState.RECONNECTING not in {link.state for link in live.links}


@pytest.mark.slow
async def test_r52_ten_minutes_asleep(
    engine: EngineProcess, wire: TcpProxy, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watching(wire.url, engine.token(), start=False) as live:
        live.realtime._timing = Timing(check_every=0.1)
        live.realtime.start()
        run = await begin(live, folder)
        wire.black_hole()  # what the network makes of a connection that slept
        real = time.time
        monkeypatch.setattr(realtime_guard.time, "time", lambda: real() + 600.0)
        woke = time.monotonic()
        await until(lambda: live.feed.link.state is LinkState.RECONNECTING, 10, "noticed")
        wire.heal()
        await live.connected(10)
        assert time.monotonic() - woke <= 10.0
        assert run.status in {JobStatus.RUNNING, JobStatus.COMPLETED}
        await same_as_database(live, run)
