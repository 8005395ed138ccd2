# SPDX-License-Identifier: MIT
"""The Search panel as a person feels it: key to painted hits, hit to painted page.

The real window and the real engine with the 30 standards of the example material (the samples where
it is absent). Rows:

* ``key to painted hits``: a key goes into the query box; the clock stops when the list has painted the
  hits of that very text (p95 ≤ 100 ms). ``the same request bare`` is the plain HTTP request of the
  same questions in the same run: what the window adds is the difference;
* ``hit to painted page, cold``, ``… cached`` (seen before) and ``… from disk`` (seen before this start,
  the application is started anew: nothing but the files on the disk is left): a hit is opened; the clock
  stops when the canvas has painted the page's image in its full width with the passage marked (p95 ≤ 250
  and ≤ 60 ms);
* ``scrolling 50,000 rows``: flushes a second of the documents table over generated rows (≥ 30).

Run: ``python tests/bench/search_ui.py [--runs 3] [--rows 50000]``
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests" / "helpers"), str(ROOT / "tests" / "gui"), str(ROOT)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
os.environ.setdefault("BLDR_WORKERS", "2")

from bench import Row, report  # noqa: E402
from engine import running_engine  # noqa: E402
from PySide6.QtCore import QEvent, QObject, Qt  # noqa: E402
from PySide6.QtGui import QKeyEvent  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from rag_window import controller, train  # noqa: E402
from test_many_documents import generate  # noqa: E402

from bldr_desktop.app.first_window import make_application, open_first_window  # noqa: E402
from bldr_desktop.app.lifecycle import Desktop  # noqa: E402
from bldr_desktop.app.options import Options  # noqa: E402
from bldr_desktop.protocol import routes  # noqa: E402
from bldr_desktop.protocol.rag import QueryHit, QueryRequest  # noqa: E402
from bldr_desktop.services.search import HITS_WHILE_TYPING, SearchPhase, default_filters  # noqa: E402
from bldr_desktop.ui.qt.loop import QtLoop  # noqa: E402
from bldr_desktop.ui.widgets.viewer.target import Target  # noqa: E402

NORMS = ROOT.parent / "shared" / "data" / "devkit" / "norms-dev"
KEY_LIMIT, COLD_LIMIT, CACHED_LIMIT, FLUSH_LIMIT = 100.0, 250.0, 60.0, 30.0
QUESTIONS = 30
PAGES = 24
PATIENCE = 20.0


@dataclass
class Figures:
    """Milliseconds by row, over all runs."""

    keys: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    cached: list[float] = field(default_factory=list)
    disk: list[float] = field(default_factory=list)


class PaintWatch(QObject):
    """Waits for a paint of a widget at which ``right()`` is true; counts all paints."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._widget = widget
        self._right: Callable[[], bool] | None = None
        self._done: asyncio.Future[None] | None = None
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt's hook; the paint itself follows at once, before any coroutine goes on."""
        if event.type() == QEvent.Type.Paint:
            self.count += 1
            if self._done is not None and self._right is not None and self._right():
                self._done.set_result(None)
                self._done = None
        return False

    async def painted(self, right: Callable[[], bool]) -> None:
        """Return as soon as such a paint is through. Nothing polls meanwhile: polling takes the
        interpreter away from the threads that read and decode."""
        self._right, self._done = right, asyncio.get_running_loop().create_future()
        await asyncio.wait_for(asyncio.shield(self._done), PATIENCE)

    def leave(self) -> None:
        """Watch no more."""
        self._widget.removeEventFilter(self)


def questions() -> list[str]:
    """Questions of all kinds, always the same."""
    if not NORMS.is_dir():
        return [
            "класс бетона",
            "защитный слой арматуры",
            "уклон кровли",
            "curing of concrete",
            "site safety",
        ] * 6
    rows = [json.loads(line) for line in (NORMS / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    kinds: dict[str, list[str]] = {}
    for row in rows:
        kinds.setdefault(row["kind"], []).append(row["text"])
    turns = [texts[n] for n in range(QUESTIONS) for texts in kinds.values() if n < len(texts)]
    return turns[:QUESTIONS]


async def until(check: Any) -> None:
    """Let the loop run until ``check()`` is true."""
    deadline = time.monotonic() + PATIENCE
    while not check():
        if time.monotonic() > deadline:
            raise TimeoutError("the window did not come to it")
        await asyncio.sleep(0.01)


async def measure_keys(desktop: Desktop, texts: list[str], figures: Figures) -> None:
    """The last key of each question, alone, as a person presses it."""
    rag = controller(desktop)
    box, view, search = rag.panel.query.box, rag.panel.query.list, rag.services.search
    watch = PaintWatch(view.viewport())

    def right() -> bool:
        answered = search.state.phase is SearchPhase.ANSWERED
        return answered and view.hits.rowCount() == len(search.state.hits) > 0

    for text in texts:
        box.setText(text[:-1])
        search.ask("", settled=False)
        await asyncio.sleep(0.2)
        started = time.perf_counter()
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text[-1])
        QApplication.sendEvent(box, key)
        await watch.painted(right)
        figures.keys.append((time.perf_counter() - started) * 1000)
        box.close_popup()
    watch.leave()


async def measure_bare(desktop: Desktop, texts: list[str], figures: Figures) -> list[QueryHit]:
    """The same requests without a window; the hits they find."""
    found: list[QueryHit] = []
    for text in texts:
        request = QueryRequest(query=text, k=HITS_WHILE_TYPING, filters=default_filters(), preview=True)
        body = request.model_dump(mode="json", exclude_none=True)
        started = time.perf_counter()
        answer = await desktop.container.api.http.post(routes.QUERY, json=body)
        figures.bare.append((time.perf_counter() - started) * 1000)
        found += [QueryHit.model_validate(hit) for hit in answer.json()["results"]]
    return found


async def open_and_wait(desktop: Desktop, target: Target, watch: PaintWatch) -> float:
    """Open a place; milliseconds until its image is painted in full width with the passage marked."""
    viewer = controller(desktop).viewer
    canvas = viewer.view.canvas
    viewer.close_document()
    await asyncio.sleep(0.4)
    started = time.perf_counter()
    viewer.open(target)
    await watch.painted(lambda: canvas.painted(target.page) and bool(canvas.mark_rects(target.page)))
    return (time.perf_counter() - started) * 1000


async def measure_pages(desktop: Desktop, hits: list[QueryHit], figures: Figures) -> list[Target]:
    """Pages nobody has seen yet, then the same from the cache; which ones."""
    watch = PaintWatch(controller(desktop).viewer.view.canvas.viewport())
    seen: set[str] = set()
    targets = []
    for hit in hits:
        if hit.kind == "pdf" and hit.document_id not in seen and hit.char_start is not None:
            seen.add(hit.document_id)
            targets.append(Target.of_hit(hit))
    for target in targets[:PAGES]:
        figures.cold.append(await open_and_wait(desktop, target, watch))
    for target in targets[:PAGES]:
        figures.cached.append(await open_and_wait(desktop, target, watch))
    watch.leave()
    return targets[:PAGES]


async def measure_disk(desktop: Desktop, targets: list[Target], figures: Figures) -> None:
    """The same pages after a new start."""
    await measure_bare(desktop, questions(), Figures())  # the engine and its connections are warm
    watch = PaintWatch(controller(desktop).viewer.view.canvas.viewport())
    for target in targets:
        figures.disk.append(await open_and_wait(desktop, target, watch))
    watch.leave()


async def measure_scrolling(desktop: Desktop, rows: int) -> float:
    """Flushes a second while scrolling through all rows for 3 seconds."""
    desktop.window.go("rag")
    rag = controller(desktop)
    rag.panel.tabs.setCurrentWidget(rag.panel.documents)
    await until(lambda: rag.documents.model.rowCount() == rows and rag.documents.model.document(0))
    table = rag.panel.documents.table
    watch, bar = PaintWatch(table.viewport()), table.verticalScrollBar()
    step, started = max(bar.maximum() // 400, 1), time.perf_counter()
    while time.perf_counter() - started < 3.0:
        bar.setValue((bar.value() + step) % bar.maximum())
        await watch.painted(lambda: True)
    return watch.count / (time.perf_counter() - started)


async def with_desktop(loop_work: Any, data: Path) -> Any:
    """Run something in the real window on a data folder."""
    options = Options(data_dir=data, lang="ru", theme="light")
    first = open_first_window(options)
    desktop = Desktop(first, options)
    try:
        await desktop.start()
        await desktop.ready(60)
        desktop.window.resize(1280, 800)  # a screen that is smaller would give each start another width
        desktop.window.go("rag")
        return await loop_work(desktop)
    finally:
        await desktop.aclose()


async def measure(folder: Path, runs: int, rows: int) -> tuple[Figures, float]:
    """All rows of the bench."""
    figures, texts = Figures(), questions()
    corpus = NORMS / "corpus" if NORMS.is_dir() else ROOT / "resources" / "samples"
    data = folder / "norms"
    with running_engine(data) as engine:
        train(engine, corpus)

    async def search(desktop: Desktop) -> list[Target]:
        hits = await measure_bare(desktop, texts, Figures())  # the first of everything is not counted
        for _ in range(runs):
            await measure_keys(desktop, texts, figures)
            await measure_bare(desktop, texts, figures)
        return await measure_pages(desktop, hits, figures)

    targets = await with_desktop(search, data)
    await with_desktop(lambda desktop: measure_disk(desktop, targets, figures), data)
    many = folder / "many"
    many.mkdir()
    generate(many, rows)
    return figures, await with_desktop(lambda desktop: measure_scrolling(desktop, rows), many)


def p95(values: list[float]) -> float:
    """The value that 95 of 100 are not above."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def main() -> int:
    """Measure, print the table and the JSON line; 1 when a limit was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rows", type=int, default=50_000)
    given = parser.parse_args()
    loop = QtLoop(make_application())
    asyncio.set_event_loop(loop)
    with tempfile.TemporaryDirectory() as folder, loop:
        figures, flushes = loop.run_until_complete(measure(Path(folder), given.runs, given.rows))
    bare = statistics.median(figures.bare)
    return report("search_ui", rows_of(figures, bare, flushes, given.rows))


def rows_of(figures: Figures, bare: float, flushes: float, count: int) -> list[Row]:
    """The table."""
    made = []
    for name, values, limit in (
        ("key to painted hits", figures.keys, KEY_LIMIT),
        ("hit to painted page, cold", figures.cold, COLD_LIMIT),
        ("hit to painted page, cached", figures.cached, CACHED_LIMIT),
        ("hit to painted page, from disk", figures.disk, CACHED_LIMIT),
    ):
        worst, middle = p95(values), statistics.median(values)
        reach = f"<= {limit:.0f} ms"
        made.append(Row(f"{name}, p95", worst, "ms", limit, worst / limit, reach, worst <= limit))
        made.append(Row(f"{name}, median", middle, "ms", bare, middle / bare, "shown", True))
    made.append(Row("the same question bare, median", bare, "ms", None, None, "shown", True))
    made.append(Row("the same question bare, p95", p95(figures.bare), "ms", None, None, "shown", True))
    reach, ratio = f">= {FLUSH_LIMIT:.0f}/s", flushes / FLUSH_LIMIT
    name = f"scrolling {count} rows"
    made.append(Row(name, flushes, "1/s", FLUSH_LIMIT, ratio, reach, flushes >= FLUSH_LIMIT))
    return made


if __name__ == "__main__":
    sys.exit(main())
