# SPDX-License-Identifier: MIT
"""A streamed answer on screen: 500 tokens a second without a stutter, the first one at once.

    python tests/bench/stream.py [--seconds 6] [--rounds 3]

The real window on a real engine process, a scripted model behind it. *Loop late* is how much later than
asked a 5 ms timer of the one loop fires while the answer grows; it is compared with the same timer
while nothing happens. *First token* runs from the moment the model wrote it to its first paint, so it
holds the engine's own share too.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "helpers"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
os.environ["BLDR_AI_DISCOVER"] = "false"

from bench import Row, report
from scripted_model import Reply, delta, finish, scripted_model

from bldr_desktop.common.aio import spawn

LATE_MS, FIRST_MS, RATE = 16.0, 50.0, 500
_TICK = 0.005


async def lateness(stop: asyncio.Event) -> list[float]:
    """Milliseconds by which each tick came late."""
    late = []
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        due = loop.time() + _TICK
        await asyncio.sleep(_TICK)
        late.append(max(0.0, (loop.time() - due) * 1000))
    return late


def p99(values: list[float]) -> float:
    """99th percentile."""
    return sorted(values)[int(len(values) * 0.99) - 1] if len(values) > 1 else 0.0


def tokens(seconds: float) -> list[bytes]:
    """Paragraphs and lists, a token a frame; the first one says when it was made (s, monotonic)."""
    frames = []
    for number in range(1, int(seconds * RATE)):
        end = "\n\n" if number % 90 == 89 else ("\n- " if number % 30 == 29 else " ")
        frames.append(delta(content=f"слово{number % 97}{end}"))
    first = delta(content=f"{time.perf_counter():.6f} ")
    return [first, *frames, finish(), b"data: [DONE]\n\n"]


def serve_model(seconds: float, address: Connection) -> None:
    """The scripted model in a process of its own, so that it neither slows the window nor is slowed by it."""

    async def serve() -> None:
        async with scripted_model(lambda _request: Reply(tokens(seconds), pause=1 / RATE)) as model:
            address.send(model.base_url)
            await asyncio.get_running_loop().run_in_executor(None, address.recv)

    with contextlib.suppress(EOFError):
        asyncio.run(serve())


async def one_round(ai: Any) -> tuple[float, float, float]:
    """Loop late p99 (ms), first token to paint (ms), tokens a second that arrived."""
    ai.services.ai.new_thread()
    item = ai.services.ai.ask("Что известно?")
    views = ai.panel.thread_view
    while not (item.text and views.views and views.views[-1].body.pieces):
        await asyncio.sleep(0.001)
    views.views[-1].body.repaint()
    began = time.perf_counter()
    first = began - float(item.text.split()[0])
    stop = asyncio.Event()
    watch = spawn("lateness", lateness(stop))
    while not item.phase.is_final:
        await asyncio.sleep(0.02)
    stop.set()
    return p99(await watch), first * 1000, len(item.text.split()) / (time.perf_counter() - began + first)


async def measure(desktop: Any, seconds: float, rounds: int) -> int:
    """All rounds; prints the table."""
    desktop.window.resize(1280, 800)
    desktop.window.go("ai")
    ai = desktop.container.controllers["ai"]
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=serve_model, args=(seconds, theirs))
    child.start()
    theirs.close()
    try:
        await desktop.container.api.put("/ai/provider", json={"base_url": await asyncio.to_thread(ours.recv)})
        await ai.services.ai.read_known(fresh=True)
        stop = asyncio.Event()
        idle_watch = spawn("idle", lateness(stop))
        await asyncio.sleep(1.5)
        stop.set()
        idle = p99(await idle_watch)
        results = [await one_round(ai) for _ in range(rounds)]
    finally:
        ours.close()
        child.terminate()
        child.join(5)
    late, first, rate = (statistics.median(column) for column in zip(*results, strict=True))
    return report(
        "stream",
        [
            Row("loop late while idle, p99", idle, "ms", None, None, "for comparison", True),
            Row(
                "loop late while streaming, p99",
                late,
                "ms",
                LATE_MS,
                late / LATE_MS,
                "≤ 16 ms",
                late <= LATE_MS,
            ),
            Row(
                "first token to paint", first, "ms", FIRST_MS, first / FIRST_MS, "≤ 50 ms", first <= FIRST_MS
            ),
            Row(
                "tokens that arrived",
                rate,
                "1/s",
                RATE,
                rate / RATE,
                "≥ 0.95 of those sent",
                rate >= 0.95 * RATE,
            ),
        ],
    )


def main() -> int:
    """The command line."""
    arguments = argparse.ArgumentParser(description="A streamed answer on screen")
    arguments.add_argument("--seconds", type=float, default=6.0)
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    from bldr_desktop.app.first_window import open_first_window
    from bldr_desktop.app.frame import make_application
    from bldr_desktop.app.lifecycle import Desktop
    from bldr_desktop.app.options import Options
    from bldr_desktop.ui.qt.loop import QtLoop

    with tempfile.TemporaryDirectory() as folder:
        options = Options(data_dir=Path(folder) / "data", lang="ru", theme="light")
        loop = QtLoop(make_application())
        asyncio.set_event_loop(loop)

        async def run() -> int:
            first = open_first_window(options)
            desktop = Desktop(first, options)
            await desktop.start()
            try:
                await desktop.ready(60.0)
                return await measure(desktop, given.seconds, given.rounds)
            finally:
                await desktop.aclose()

        with loop:
            return loop.run_until_complete(run())


if __name__ == "__main__":
    sys.exit(main())
