# SPDX-License-Identifier: MIT
"""From the socket to the painted window: G1, G2, G3, opening a long run, time left (M2), and G13.

    python tests/bench/realtime.py [--quick] [--minutes OF_G13] [--only g1,g2,g3,open,m2,g13]

Everything of one figure runs in the same process, loop and minute as the limit it is compared with. The
sender is a process of its own. The window is real and visible (offscreen unless ``QT_QPA_PLATFORM`` says
otherwise) with log, bar and counters.
"""

import argparse
import asyncio
import gc
import json
import os
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "helpers"), str(HERE.parent.parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench import Row, report  # noqa: E402
from frame_server import frame_server  # noqa: E402
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QProgressBar, QVBoxLayout, QWidget  # noqa: E402
from replayed_runs import coverage, load_runs  # noqa: E402
from websockets.asyncio.client import connect  # noqa: E402

from bldr_desktop.app.first_window import make_application  # noqa: E402
from bldr_desktop.client.api import Api  # noqa: E402
from bldr_desktop.client.realtime import Realtime  # noqa: E402
from bldr_desktop.services.events import EventFeed  # noqa: E402
from bldr_desktop.services.log_search import LogSearch  # noqa: E402
from bldr_desktop.services.log_store import LogStore  # noqa: E402
from bldr_desktop.services.run_watch import RunWatches  # noqa: E402
from bldr_desktop.services.training import TrainingRuns  # noqa: E402
from bldr_desktop.ui.monitor.controller import MonitorController  # noqa: E402
from bldr_desktop.ui.monitor.window import MonitorWindow  # noqa: E402
from bldr_desktop.ui.qt.loop import QtLoop  # noqa: E402
from bldr_desktop.ui.theme.theme import Theme, ThemeChoice  # noqa: E402

JOB = "job-1"
CALLS_A_SECOND = 1000


class Client:
    """Our client with a visible monitor on the run that is coming."""

    def __init__(self, port: int, theme: Theme) -> None:
        self.api = Api(f"http://127.0.0.1:{port}")
        self.realtime = Realtime(self.api)
        self.feed = EventFeed(self.realtime)
        self.runs = TrainingRuns(self.api, self.feed)
        self.watches = RunWatches(self.api, self.runs)
        self.monitor = MonitorController(self.api, self.runs, self.watches, self.feed, theme)
        self.runs.appeared.connect(lambda run: setattr(run, "complete", True))
        self.first_at: float | None = None
        self.realtime.frames.connect(self._on_frames)

    def _on_frames(self, _frames: list[Any]) -> None:
        if self.first_at is None:
            self.first_at = time.perf_counter()

    async def connected(self) -> MonitorWindow:
        """Connect, open the window on a run that has not begun."""
        self.realtime.start()
        while self.feed.link.state != "connected":
            await asyncio.sleep(0.01)
        self.runs._run(JOB, new=True)
        return self.monitor.open(JOB)

    async def done(self, count: int) -> None:
        """Wait until the last frame is folded and painted."""
        window = self.monitor.window
        assert window is not None
        while window.log.view.row_count < count or window.head.progress.value() < 100:
            await asyncio.sleep(0.001)

    async def aclose(self) -> None:
        """End."""
        await self.monitor.aclose()
        await self.watches.aclose()
        await self.runs.aclose()
        await self.feed.aclose()
        await self.realtime.aclose()
        await self.api.aclose()


@asynccontextmanager
async def client(port: int, theme: Theme) -> AsyncIterator[Client]:
    """A client, closed at the end."""
    made = Client(port, theme)
    try:
        yield made
    finally:
        await made.aclose()


# -- G1 -----------------------------------------------------------------------------------


async def bare(port: int, count: int, *, decode: bool = True) -> float:
    """Frames a second of receive + ``json.loads`` on this loop."""
    async with connect(f"ws://127.0.0.1:{port}/ws", compression=None, max_size=None) as ws:
        await ws.recv()
        await ws.send(json.dumps({"count": count, "shape": "training"}))
        began, got = 0.0, 0
        async for raw in ws:
            began = began or time.perf_counter()
            if decode:
                json.loads(raw)
            got += 1
            if got == count:
                break
        return count / (time.perf_counter() - began)


async def ours(port: int, count: int, theme: Theme) -> float:
    """Frames a second from the first one read until the last one is painted."""
    async with client(port, theme) as live:
        await live.connected()
        await live.realtime.send({"count": count, "shape": "training"})
        await live.done(count)
        assert live.first_at is not None
        return count / (time.perf_counter() - live.first_at)


async def naive(port: int, count: int) -> float:
    """The plain way: a text line and a bar for each frame."""
    window = QWidget()
    text, bar = QPlainTextEdit(), QProgressBar()
    column = QVBoxLayout(window)
    column.addWidget(text)
    column.addWidget(bar)
    window.resize(1060, 760)
    window.show()
    try:
        async with connect(f"ws://127.0.0.1:{port}/ws", compression=None, max_size=None) as ws:
            await ws.recv()
            await ws.send(json.dumps({"count": count, "shape": "training"}))
            began, got = 0.0, 0
            async for raw in ws:
                began = began or time.perf_counter()
                frame = json.loads(raw)
                text.appendPlainText(frame["log"])
                bar.setValue(int(frame["progress"]))
                bar.repaint()
                text.viewport().repaint()
                got += 1
                if got == count:
                    break
            return count / (time.perf_counter() - began)
    finally:
        window.close()


async def g1(port: int, theme: Theme, count: int, rounds: int) -> list[Row]:
    """Throughput, alternating with its limit."""
    limits, values = [], []
    await ours(port, count // 10, theme)
    for _ in range(rounds):
        limits.append(await bare(port, count))
        values.append(await ours(port, count, theme))
    plain = await naive(port, 600)
    limit, value = statistics.median(limits), statistics.median(values)
    ratio = value / limit
    return [
        Row(
            "G1 frames into the visible monitor",
            value,
            "1/s",
            limit,
            ratio,
            ">= 0.9 x receive+json.loads",
            ratio >= 0.9,
        ),
        Row(
            "G1 against naive widgets",
            value,
            "1/s",
            plain,
            value / plain,
            ">= 100 x naive",
            value / plain >= 100,
        ),
    ]


# -- G2 -----------------------------------------------------------------------------------


async def lateness(work: Coroutine[Any, Any, None]) -> list[float]:
    """Milliseconds by which a 5 ms timer of the loop is late while ``work`` runs."""
    task = asyncio.get_running_loop().create_task(work)
    late: list[float] = []
    while not task.done():
        due = time.perf_counter() + 0.005
        await asyncio.sleep(0.005)
        late.append((time.perf_counter() - due) * 1000.0)
    await task
    return late


def percentile(values: list[float], share: float) -> float:
    """The value below which a share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def g2(port: int, theme: Theme, seconds: float) -> list[Row]:
    """How late the loop is at 10,000 and 2,000 frames a second; a late timer of an idle loop beside it."""
    idle = await lateness(asyncio.sleep(seconds))
    found: dict[int, list[float]] = {}
    for rate in (10_000, 2_000):
        count = int(rate * seconds)
        async with client(port, theme) as live:
            await live.connected()
            gc.collect()

            async def work(live: Client = live, count: int = count, rate: int = rate) -> None:
                await live.realtime.send({"count": count, "rate": rate, "shape": "training"})
                await live.done(count)

            found[rate] = await lateness(work())
    p99, most = percentile(found[10_000], 0.99), max(found[10_000])
    idle99, slow99 = percentile(idle, 0.99), percentile(found[2_000], 0.99)
    return [
        Row("G2 loop late p99 at 10,000/s", p99, "ms", idle99, None, "<= 16 ms", p99 <= 16.0),
        Row("G2 loop late max at 10,000/s", most, "ms", max(idle), None, "<= 60 ms", most <= 60.0),
        Row(
            "G2 loop late p99 at 2,000/s",
            slow99,
            "ms",
            idle99,
            None,
            "<= idle + 8 ms",
            slow99 <= idle99 + 8.0,
        ),
    ]


# -- G3 -----------------------------------------------------------------------------------


def resident() -> float:
    """Megabytes of memory of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def painted(window: MonitorWindow) -> None:
    """Have what is to be painted painted."""
    window.log.view.viewport().repaint()
    await asyncio.sleep(0)


async def timed(action: Callable[[], Coroutine[Any, Any, None]]) -> float:
    """Milliseconds of an action."""
    began = time.perf_counter()
    await action()
    return (time.perf_counter() - began) * 1000.0


async def g3(port: int, theme: Theme, lines: int) -> list[Row]:
    """Memory of a long log in the visible window, and how quick it answers."""
    async with client(port, theme) as live:
        window = await live.connected()
        await live.realtime.send({"count": 2000, "shape": "training"})
        await live.done(2000)
        gc.collect()
        before = resident()
        store: LogStore = live.monitor._watch.log  # type: ignore[union-attr]
        letters = ["извлечён", "текст", "бетонный", "раздел", "защитный", "слой", "арматура", "смета"]
        for start in range(0, lines, 500):
            store.append(
                [
                    (
                        "2026-11-22T09:30:00.000Z",
                        "error" if n % 1000 == 999 else "info",
                        f"{letters[n % 8]} {letters[n // 8 % 8]} {letters[n // 64 % 8]}, файл {n} из {lines}",
                        n + 3000,
                    )
                    for n in range(start, start + 500)
                ]
            )
            if start % 20_000 == 0:
                window.log.grew()
                await asyncio.sleep(0)
        window.log.grew()
        await painted(window)
        gc.collect()
        grown = resident() - before
        jump = await timed(lambda: _jumps(window))
        filtered = await timed(lambda: _filter(window))
        found = await timed(lambda: _search(store, f"ФАЙЛ {lines - 3} ИЗ"))
    return [
        Row(f"G3 memory of {lines:,} log lines", grown, "MB", None, None, "<= 25 MB", grown <= 25.0),
        Row("G3 jump to start, middle, end (slowest)", jump, "ms", None, None, "<= 300 ms", jump <= 300.0),
        Row("G3 filter to errors", filtered, "ms", None, None, "<= 300 ms", filtered <= 300.0),
        Row("G3 search to a hit in the last lines", found, "ms", None, None, "<= 300 ms", found <= 300.0),
    ]


async def _jumps(window: MonitorWindow) -> None:
    total = window.log.view.row_count
    for number in (0, total // 2, total - 1):
        window.log.view.show_line(number)
        await painted(window)


async def _filter(window: MonitorWindow) -> None:
    window.log.level.setCurrentIndex(3)
    await painted(window)
    assert window.log.view.row_count > 0


async def _search(store: LogStore, text: str) -> None:
    search = LogSearch(store)
    search.ask(text)
    while not search.hits:
        await asyncio.sleep(0.001)
    await search.aclose()


# -- opening a long run -------------------------------------------------------------------


async def opening(theme: Theme, events: int) -> list[Row]:
    """From the click to the whole picture of a run with many events, out of a real engine; then the rest of
    its log and files, which comes behind it, and how late the loop is meanwhile."""
    from long_run import engine_with_long_run

    with engine_with_long_run(events) as (url, token, job_id, lines):
        from bldr_desktop.client.session import Session, Tokens

        session = Session()
        session.adopt(Tokens(token))
        api = Api(url, session)
        session.attach(api)
        took, whole, late = [], [], []
        for _ in range(3):
            realtime = Realtime(api)
            feed = EventFeed(realtime)
            runs = TrainingRuns(api, feed)
            watches = RunWatches(api, runs)
            monitor = MonitorController(api, runs, watches, feed, theme)
            began = time.perf_counter()
            window = monitor.open(job_id)
            while job_id not in runs.runs or not runs.runs[job_id].complete:
                await asyncio.sleep(0.002)
            await painted(window)
            took.append(time.perf_counter() - began)
            check_picture(window, monitor, events, lines)

            async def rest(watches: RunWatches = watches) -> None:
                await watches.whole(job_id)

            late += await lateness(rest())
            whole.append(time.perf_counter() - began)
            assert len(monitor._watch.run.files) == events // 20  # type: ignore[union-attr]
            assert "шаг 0" in window.log.view._source.rows(0, 1)[0].text  # type: ignore[union-attr]
            await monitor.aclose()
            await watches.aclose()
            await runs.aclose()
            await feed.aclose()
            await realtime.aclose()
        await api.aclose()
    value, rest_s, late99 = statistics.median(took), statistics.median(whole), percentile(late, 0.99)
    title = f"open a run with {events:,} events"
    return [
        Row(title, value, "s", None, None, "<= 1 s", value <= 1.0),
        Row("... and all its log and files behind it", rest_s, "s", None, None, "told, not asked", True),
        Row("... loop late p99 meanwhile", late99, "ms", None, None, "<= 50 ms", late99 <= 50.0),
    ]


def check_picture(window: MonitorWindow, monitor: MonitorController, events: int, lines: int) -> None:
    """What is shown at the moment that counts is complete and true."""
    files = events // 20
    watch = monitor._watch
    assert watch is not None
    assert window.log.view.row_count == len(watch.log) == lines
    assert watch.log.rows(lines - 1, 1)[0].text.endswith("шаг 16")
    assert window.head.progress.value() == 100
    assert watch.run.files_done + watch.run.files_failed == watch.run.files_total == files
    assert watch.run.chunks == 120 * watch.run.files_done
    assert sum(watch.run.stage_seconds.values()) > 0
    assert window.stages.rows.rowCount() == 7
    assert len(watch.curves) > 100
    assert watch.curves.values("files")[-1] >= files - 1
    assert window.problems.rows.rowCount() == files // 100


# -- M2, G13 ------------------------------------------------------------------------------


def m2() -> list[Row]:
    """Share of moments after 10 % of the work at which the true end lies inside the range."""
    runs = load_runs(HERE / "recorded_runs.jsonl.gz")
    shares, widths = coverage(runs)
    inside, width = statistics.mean(shares), statistics.median(widths)
    engines, _ = coverage(runs, engine=True)
    theirs = statistics.mean(engines)
    return [
        Row(f"M2 our range, {len(runs)} runs", inside, "share", None, None, ">= 0.8", inside >= 0.8),
        Row(f"M2 the engine's range, {len(runs)} runs", theirs, "share", None, None, ">= 0.8", theirs >= 0.8),
        Row("M2 width of the range / true time left", width, "x", None, None, "told, not asked", True),
    ]


async def g13(minutes: float) -> list[Row]:
    """A thousand loop calls a second by the clock; memory after the first tenth and at the end."""
    loop = asyncio.get_running_loop()
    calls = asked = 0

    def count() -> None:
        nonlocal calls
        calls += 1

    began = time.monotonic()
    end, settle = began + minutes * 60, began + minutes * 6
    start = 0.0
    while (now := time.monotonic()) < end:
        due = min(int((now - began) * CALLS_A_SECOND) - asked, CALLS_A_SECOND)
        for n in range(due):
            loop.call_later(n % 10 / 1000, count)
        asked += due
        await asyncio.sleep(0.01)
        if not start and now > settle:
            gc.collect()
            start = resident()
    gc.collect()
    grown = resident() - start
    rate = calls / (minutes * 60)
    title = f"G13 memory over {minutes:g} min of loop calls"
    return [
        Row(title, grown, "MB", None, None, "<= 5 MB", grown <= 5.0),
        Row("G13 loop calls a second", rate, "1/s", None, None, ">= 950", rate >= 950),
    ]


async def run(options: argparse.Namespace) -> int:
    """All that was asked for."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    theme = Theme(application, ThemeChoice.LIGHT)
    wanted = set(options.only.split(",")) if options.only else {"g1", "g2", "g3", "open", "m2", "g13"}
    rows: list[Row] = []
    quick = options.quick
    with frame_server() as port:
        if "g1" in wanted:
            rows += await g1(port, theme, 20_000 if quick else 100_000, 3)
        if "g2" in wanted:
            rows += await g2(port, theme, 2.0 if quick else 8.0)
        if "g3" in wanted:
            rows += await g3(port, theme, 200_000 if quick else 1_000_000)
    if "open" in wanted:
        rows += await opening(theme, 40_000 if quick else 200_000)
    if "m2" in wanted:
        rows += m2()
    if "g13" in wanted:
        rows += await g13(options.minutes)
    return report("realtime", rows)


def main() -> int:
    """The bench as a program."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--minutes", type=float, default=0.2, help="minutes of G13; the goal is 30")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    loop = QtLoop(make_application())
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(run(options))
    finally:
        loop.close()


if __name__ == "__main__":
    sys.exit(main())
