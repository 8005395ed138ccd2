# SPDX-License-Identifier: MIT
"""Take the pictures of README and guide from the real window with the sample documents.

``python packaging/make_pictures.py`` trains ``resources/samples`` in a folder of its own, asks the
question of the README and writes ``docs/images/{search,files,monitor,queue}.png`` (1280 x 800, light).
"""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QTabWidget, QWidget

from bldr_desktop.app import demo
from bldr_desktop.app.errors import Funnel
from bldr_desktop.app.first_window import open_first_window
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.common.paths import resource
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.jobs import QueueList
from bldr_desktop.ui.qt.loop import QtLoop

ROOT = Path(__file__).resolve().parent.parent
SIZE = QSize(1280, 800)
ANSWER_IN = "СП 901.1325800.2023"
MOST_BYTES = 150_000


async def until(condition: Any, seconds: float, what: str) -> Any:
    """Wait until a condition is true; its value."""
    for _ in range(int(seconds * 20)):
        value = condition()
        if value:
            return value
        await asyncio.sleep(0.05)
    raise SystemExit(f"waited {seconds:g} s for {what}")


async def calm(desktop: Desktop, seconds: float = 1.5) -> None:
    """Let pages be painted and messages at the foot go away."""
    await asyncio.sleep(seconds)
    for toast in desktop.window.findChildren(QWidget, "toast"):
        toast.hide()
    await asyncio.sleep(0.3)


def save(widget: QWidget, place: Path) -> None:
    """Write a picture with a palette of 256 colours; none is mixed by dots."""
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    size, line = (picture.width(), picture.height()), picture.bytesPerLine()
    full = Image.frombuffer("RGB", size, bytes(picture.constBits()), "raw", "RGB", line, 1)
    few = full.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(place, optimize=True)
    sys.stdout.write(f"{place.name}  {size[0]} x {size[1]}  {place.stat().st_size // 1000} kB\n")
    if place.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{place} is bigger than {MOST_BYTES // 1000} kB")


def cards(results: QAbstractItemView) -> list[str]:
    """The raw values of each hit as one text."""
    model = results.model()
    roles = list(model.roleNames())
    rows = range(model.rowCount())
    return [" ".join(str(model.data(model.index(row, 0), role)) for role in roles) for row in rows]


async def train(desktop: Desktop, documents: Path, folder: Path) -> None:
    """Drop the samples, wait until all is trained, take the picture of the Files panel."""
    desktop.window.go("files")
    await asyncio.sleep(0.2)
    demo.drop(desktop.find("files.dropZone"), [documents])
    start, table = desktop.find("files.start"), desktop.find("files.table")
    assert isinstance(start, QAbstractButton)
    assert isinstance(table, QAbstractItemView)
    await until(lambda: start.isVisible() and start.isEnabled(), 20, "the summary")
    start.click()
    await until(lambda: set(demo.column(table.model(), "state")) == {"trained"}, 120, "the training")
    await calm(desktop, 3.0)
    save(desktop.window, folder / "files.png")


async def ask(desktop: Desktop, folder: Path) -> None:
    """Ask, open the hit that answers, take the picture of the search."""
    desktop.window.go("rag")
    await asyncio.sleep(0.2)
    box, results = demo._line(desktop.find("rag.query")), desktop.find("rag.results")
    assert isinstance(results, QAbstractItemView)
    box.setFocus()
    box.setText(demo.QUESTION)
    demo._press(box, Qt.Key.Key_Return)
    await until(lambda: any(ANSWER_IN in card for card in cards(results)), 20, f"a hit in {ANSWER_IN}")
    await asyncio.sleep(0.5)
    row = next(row for row, card in enumerate(cards(results)) if ANSWER_IN in card)
    results.setCurrentIndex(results.model().index(row, 0))
    demo._press(results, Qt.Key.Key_Return)
    await until(desktop.find("rag.viewer").isVisible, 10, "the page beside the hits")
    await calm(desktop, 3.0)
    save(desktop.window, folder / "search.png")


async def watch(desktop: Desktop, folder: Path) -> None:
    """The queue with the finished job, and the training monitor of it."""
    desktop.window.go("queue")
    tabs = desktop.find("queue.tabs")
    assert isinstance(tabs, QTabWidget)
    tabs.setCurrentIndex(1)
    await calm(desktop, 2.0)
    save(desktop.window, folder / "queue.png")
    jobs = await desktop.container.api.get(routes.QUEUE, QueueList, params={"paged": 1})
    desktop.window.open_monitor(jobs.data[0].id)
    monitor = await until(lambda: _monitor(desktop), 10, "the training monitor")
    monitor.resize(SIZE)
    await calm(desktop, 3.0)
    save(monitor, folder / "monitor.png")


def _monitor(desktop: Desktop) -> QWidget | None:
    tops = desktop.first.application.topLevelWidgets()
    return next((top for top in tops if top.objectName() == "monitor.window" and top.isVisible()), None)


async def run(folder: Path, home: Path, language: str) -> None:
    """Take all pictures with one application."""
    documents = Path(shutil.copytree(resource("samples"), home / "Полевая 7"))
    options = Options(data_dir=home / "data", lang=language, theme="light")
    first = open_first_window(options)
    first.window.resize(SIZE)
    desktop = Desktop(first, options)
    desktop.funnel = Funnel()
    desktop.funnel.install(asyncio.get_running_loop())
    try:
        await desktop.start()
        first.window.resize(SIZE)
        first.window.show()
        await desktop.ready(60.0)
        await train(desktop, documents, folder)
        await ask(desktop, folder)
        await watch(desktop, folder)
    finally:
        await desktop.aclose()
        desktop.funnel.remove()


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--lang", default="en", choices=("en", "ru"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication([])
    loop = QtLoop(application)
    asyncio.set_event_loop(loop)
    with tempfile.TemporaryDirectory(prefix="bldr-") as home, loop:
        loop.run_until_complete(run(given.out.resolve(), Path(home), given.lang))
    return 0


if __name__ == "__main__":
    sys.exit(main())
