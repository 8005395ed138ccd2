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
import os
import statistics
import sys
import tempfile
import time
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


def script(seconds: float, wrote: list[float]) -> list[bytes]:
    """Paragraphs, lists and code, a token a frame."""
    count = int(seconds * RATE)
    tokens = []
    for number in range(count):
        end = "\n\n" if number % 90 == 89 else ("\n- " if number % 30 == 29 else " ")
        tokens.append(delta(content=f"слово{number % 97}{end}"))
    wrote.clear()
    return [*tokens, finish(), b"data: [DONE]\n\n"]


async def one_round(ai: Any, model: Any, seconds: float) -> tuple[float, float, float]:
    """Loop late p99 (ms), first token to paint (ms), tokens a second that arrived."""
    wrote: list[float] = []
    painted: list[float] = []
    frames = script(seconds, wrote)

    def answer(_request: dict[str, Any]) -> Reply:
        wrote.append(time.perf_counter())
        return Reply(frames, pause=1 / RATE)

    model.script = answer
    ai.services.ai.new_thread()
    item = ai.services.ai.ask("Что известно?")
    stop = asyncio.Event()
    while not item.text:
        await asyncio.sleep(0.001)
    while not painted:
        views = ai.panel.thread_view.views
        if views and views[-1].body.pieces:
            views[-1].body.repaint()
            painted.append(time.perf_counter())
        else:
            await asyncio.sleep(0.001)
    began = time.perf_counter()
    watch = spawn("lateness", lateness(stop))
    while not item.phase.is_final:
        await asyncio.sleep(0.05)
    stop.set()
    rate = len(frames) / (time.perf_counter() - began)
    return p99(await watch), (painted[0] - wrote[0]) * 1000, rate


async def measure(desktop: Any, seconds: float, rounds: int) -> int:
    """All rounds; prints the table."""
    desktop.window.resize(1280, 800)
    desktop.window.go("ai")
    ai = desktop.container.controllers["ai"]
    async with scripted_model() as model:
        await desktop.container.api.put("/ai/provider", json={"base_url": model.base_url})
        await ai.services.ai.read_known(fresh=True)
        stop = asyncio.Event()
        idle_watch = spawn("idle", lateness(stop))
        await asyncio.sleep(1.5)
        stop.set()
        idle = p99(await idle_watch)
        results = [await one_round(ai, model, seconds) for _ in range(rounds)]
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
            Row("tokens that arrived", rate, "1/s", None, None, "of 500 sent", True),
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
