# SPDX-License-Identifier: MIT
"""G6 and G7 of performance.md: how soon there is a window, and an engine that answers.

Every figure is the median of several runs in fresh processes, ours and the yardstick in turns:

* first paint of our window against that of a bare ``QMainWindow`` of the same size;
* ready (the panel in front stands, is painted and takes drops and clicks, the loop is free while services
  are imported behind it) against the same bare window;
* the engine's first answer against bare uvicorn + FastAPI with one route;
* the engine's memory when idle (after a minute by ``--idle 60``; 3 s by default).

    python tests/bench/startup.py [--runs 7] [--idle 3]
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil

BARE_WINDOW = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, application.quit)
application = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
application.exec()
print(time.monotonic())
"""

OUR_WINDOW = """
import sys, time
from bldr_desktop.app.frame import open_frame
frame = open_frame()
heavy = {"httpx", "websockets", "keyring", "pyqtgraph", "pydantic", "qdrant_client", "asyncio"}
early = ",".join(sorted(heavy & set(sys.modules))) or "none"
from bldr_desktop.app.options import parse
from bldr_desktop.app.first_window import open_first_window
options = parse([])
first = open_first_window(options, frame)
import asyncio
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.ui.qt.loop import QtLoop
async def run():
    desktop = Desktop(first, options)
    await desktop.start()
    print(frame.painted_at, early, desktop.built_at)
    await desktop.ready(60)
    await desktop.aclose()
with QtLoop(first.application) as loop:
    loop.run_until_complete(run())
"""
"""What ``app.main`` does, step by step."""

BARE_SERVER = """
import sys, socket
import uvicorn
from fastapi import FastAPI
app = FastAPI()
@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
class Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets=sockets)
        print('{"url": "http://127.0.0.1:%d"}' % listener.getsockname()[1], flush=True)
Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[listener])
"""


def compiled(folder: Path) -> dict[str, str]:
    """Where both sides keep their byte code: an installed program has it, a checkout may not."""
    return {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def window(code: str, home: Path) -> list[str]:
    """Run a window script; its words, instants turned into ms since the start of the process."""
    places = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    env = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **places, **compiled(home.parent)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    return [
        str((float(line) - began) * 1000) if line.replace(".", "", 1).isdigit() else line
        for line in done.stdout.split()
    ]


def server(command: list[str], idle: float, folder: Path) -> tuple[float, float]:
    """Start a server; ms until ``/health`` answered, and MB of memory (RSS) after ``idle`` s."""
    env = {**os.environ, **compiled(folder)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    child = subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert child.stdin is not None and child.stdout is not None
    try:
        child.stdin.write("launch\n")
        child.stdin.flush()
        url = json.loads(child.stdout.readline())["url"]
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{url}/health", timeout=30) as answer:
            answer.read()
        took = (time.monotonic() - began) * 1000
        time.sleep(idle)
        memory = psutil.Process(child.pid).memory_info().rss / 1e6
        return took, memory
    finally:
        child.stdin.close()
        child.terminate()
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait(5)
        child.stdout.close()


def row(name: str, value: float, unit: str, limit: float, reach: str) -> dict[str, object]:
    """One line of the result; ``limit`` is what may not be passed."""
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "limit": limit,
        "ratio": round(value / limit, 3),
        "reach": reach,
        "ok": value <= limit,
    }


def main() -> int:
    """Measure, print a table, then the JSON line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--idle", type=float, default=3.0)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bldr-bench-"))
    try:
        rows = windows(given.runs, folder) + engines(given.runs, folder, given.idle)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for line in rows:
        limit = f"limit {line['limit']:g}"
        print(f"{line['name']:42} {line['value']:>9} {line['unit']:3} {limit:>10}  {line['reach']}")
    ok = all(line["ok"] for line in rows)
    print(json.dumps({"bench": "startup", "rows": rows, "ok": ok}, ensure_ascii=False))
    return 0 if ok else 1


def windows(runs: int, folder: Path) -> list[dict[str, object]]:
    """G6."""
    bare, first, ready, early = [], [], [], set()
    window(BARE_WINDOW, folder / "bare")  # the first runs compile and fill the page cache
    window(OUR_WINDOW, folder / "warm")
    for _ in range(runs):
        bare.append(float(window(BARE_WINDOW, folder / "bare")[0]))
        lines = window(OUR_WINDOW, folder / "warm")
        first.append(float(lines[0]))
        early.add(lines[1])
        ready.append(float(lines[2]))
    limit = statistics.median(bare)
    reach = (
        f"bare {limit:.0f} ms, ours {statistics.median(first):.0f} ms; imported before it: {', '.join(early)}"
    )
    return [
        row("first paint / bare QMainWindow", statistics.median(first) / limit, "x", 1.25, reach),
        row(
            "ready / bare QMainWindow",
            statistics.median(ready) / limit,
            "x",
            2.5,
            f"ours {statistics.median(ready):.0f} ms",
        ),
    ]


def engines(runs: int, folder: Path, idle: float) -> list[dict[str, object]]:
    """G7."""
    ours = [
        *(sys.executable, "-m", "bldr_desktop.engine.cli", "serve", "--host", "127.0.0.1", "--port", "0"),
        *("--data-dir", str(folder / "engine"), "--parent-pipe"),
    ]
    yardstick = [sys.executable, "-c", BARE_SERVER]
    for command in (ours, yardstick):  # makes the database and the byte code
        server(command, 0.0, folder)
    bare, took, memory = [], [], []
    for _ in range(runs):
        bare.append(server(yardstick, 0.0, folder)[0])
        answer, size = server(ours, idle, folder)
        took.append(answer)
        memory.append(size)
    limit = statistics.median(bare)
    return [
        row(
            "engine's first answer / bare FastAPI",
            statistics.median(took) / limit,
            "x",
            1.3,
            f"bare {limit:.0f} ms, ours {statistics.median(took):.0f} ms",
        ),
        row("engine idle, memory (RSS)", statistics.median(memory), "MB", 70.0, f"after {idle:g} s"),
    ]


if __name__ == "__main__":
    sys.exit(main())
