# SPDX-License-Identifier: MIT
"""10,000 jobs in the real queue panel with 2,000 updates a second: how late the event loop is.

The updates go the way of real frames: through the event feed into the service, the model and the
visible table. The limit is the same loop, idle, in the same run.
"""

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "helpers"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
from bench import Row, report  # noqa: E402

ROWS, RATE = 10_000, 2_000
REACH_MS = 16.0


async def lateness(seconds: float) -> list[float]:
    """How late the loop wakes a sleeper of 5 ms, in ms, sample after sample."""
    late = []
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        began = time.perf_counter()
        await asyncio.sleep(0.005)
        late.append(max(0.0, (time.perf_counter() - began - 0.005) * 1000))
    return late


def p99(values: list[float]) -> float:
    """The 99th percentile."""
    return statistics.quantiles(values, n=100)[98]


async def measure(seconds: float) -> list[Row]:
    """Open the window, fill the queue, let updates come."""
    from bldr_desktop.app.first_window import open_first_window
    from bldr_desktop.app.lifecycle import Desktop
    from bldr_desktop.app.options import Options

    with tempfile.TemporaryDirectory() as folder:
        options = Options(data_dir=Path(folder), lang="en", theme="light")
        desktop = Desktop(open_first_window(options), options)
        try:
            await desktop.start()
            await desktop.ready(60)
            desktop.window.go("queue")
            await asyncio.sleep(2)
            idle = p99(await lateness(3))
            feed = desktop.container.feed
            desktop.container.queue._refreshing = True  # the engine does not know these jobs
            feed.take([frame(number, 0) for number in range(ROWS)])
            table = desktop.find("queue.active")
            while table.model().rowCount() < ROWS:  # type: ignore[attr-defined]
                await asyncio.sleep(0.05)
            sender = asyncio.get_running_loop().create_task(send(feed, seconds + 0.5))
            late = await lateness(seconds)
            sent = await sender
            return [
                Row("loop late p99", p99(late), "ms", idle, p99(late) / max(idle, 0.01), f"<= {REACH_MS} ms",
                    p99(late) <= REACH_MS),
                Row("loop late max", max(late), "ms", None, None, "shown", True),
                Row("updates a second", sent / seconds, "1/s", float(RATE), sent / seconds / RATE, ">= 0.9",
                    sent / seconds / RATE >= 0.9),
            ]  # fmt: skip
        finally:
            await desktop.aclose()


async def send(feed: object, seconds: float) -> int:
    """2,000 updates a second, in small lots as a socket brings them."""
    chooser = random.Random(1)
    sent, began = 0, time.perf_counter()
    while (now := time.perf_counter() - began) < seconds:
        due = int(now * RATE) - sent
        if due > 0:
            lot = [frame(chooser.randrange(ROWS), chooser.random() * 100) for _ in range(due)]
            feed.take([{**one, "status": None, "data": None} for one in lot])  # type: ignore[attr-defined]
            sent += due
        await asyncio.sleep(0.002)
    return int(sent * (seconds - 0.5) / seconds)


def frame(number: int, progress: float) -> dict[str, object]:
    """A job frame as the engine sends it: 20 running, the others in line."""
    status = "running" if number < 20 else "queued"
    created = f"2026-01-01T00:{number // 60 % 60:02d}:{number % 60:02d}Z"
    job = {
        "id": f"job-{number:05d}", "type": "export", "name": f"Export {number}", "status": status,
        "progress": progress, "owner": "anna", "created_at": created,
        "started_at": "2026-01-01T02:00:00Z", "priority": 5,
    }  # fmt: skip
    return {"type": "job_update", "job_id": job["id"], "status": status, "progress": progress, "data": job}


def main() -> int:
    """Measure and report."""
    import qasync

    from bldr_desktop.app.first_window import make_application

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    loop = qasync.QEventLoop(make_application())
    asyncio.set_event_loop(loop)
    with loop:
        rows = loop.run_until_complete(measure(options.seconds))
    return report("queue_ui", rows)


if __name__ == "__main__":
    sys.exit(main())
