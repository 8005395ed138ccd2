# SPDX-License-Identifier: MIT
"""The main job in a real window on a real engine: drop 30 standards, train, ask, read the page."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QWidget
from window import desktop, desktop_options, drop_files, first_window, until

from bldr_desktop.app import demo
from bldr_desktop.app.lifecycle import Desktop

__all__ = ["desktop", "desktop_options", "first_window"]
QUERIES = 20
WANTED = 16


def queries(collection: Path) -> list[tuple[str, str]]:
    """20 queries over all kinds with the document that answers them; always the same ones."""
    right: dict[str, str] = {}
    for line in (collection / "qrels.tsv").read_text().splitlines():
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            right.setdefault(query, document)
    kinds: dict[str, list[tuple[str, str]]] = {}
    for line in (collection / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["_id"] in right:
            kinds.setdefault(row["kind"], []).append((row["text"], right[row["_id"]]))
    chooser = random.Random(20)
    pool = [chooser.choice(kinds[kind]) for kind in sorted(kinds)]
    rest = [pair for rows in kinds.values() for pair in rows if pair not in pool]
    return pool + chooser.sample(rest, QUERIES - len(pool))


def cards(results: QAbstractItemView) -> list[dict[str, Any]]:
    """What the list of hits shows, by role."""
    model = results.model()
    roles = {name.data().decode(): number for number, name in model.roleNames().items()}
    return [
        {name: model.data(model.index(row, 0), number) for name, number in roles.items()}
        for row in range(model.rowCount())
    ]


async def test_drop_train_ask_and_read(desktop: Desktop, devkit: Path) -> None:
    collection = devkit / "norms-dev"
    desktop.window.go("files")
    assert drop_files(desktop.find("files.dropZone"), [collection / "corpus"])
    start = desktop.find("files.start")
    assert isinstance(start, QAbstractButton)
    await until(lambda: start.isVisible() and start.isEnabled(), 20, "the summary")
    start.click()
    table = desktop.find("files.table")
    assert isinstance(table, QAbstractItemView)
    await until(lambda: demo.column(table.model(), "state") == ["trained"] * 30, 90, "30 trained files")

    desktop.window.go("rag")
    box, results = demo._line(desktop.find("rag.query")), desktop.find("rag.results")
    assert isinstance(results, QAbstractItemView)
    found, located = 0, 0
    for text, document in queries(collection):
        box.setText(text)
        demo._press(box, Qt.Key.Key_Return)
        try:
            first = await until(lambda text=text: _shown(desktop, results, text), 20, f"hits for {text!r}")
        except AssertionError as error:
            raise AssertionError(f"{error}; {_standing(desktop)}") from None
        names = [str(card["document_name"]) for card in first[:3]]
        found += any(Path(name).stem == document for name in names)
        located += bool(first[0]["page"])
    assert found >= WANTED, f"the right document among the first three for {found} of {QUERIES}"
    assert located == QUERIES, "each best hit has a page"

    box.setText("ГОСТ 12730.1 плотность бетона")
    demo._press(box, Qt.Key.Key_Return)
    await until(lambda: _shown(desktop, results, box.text()), 20, "hits")
    results.setCurrentIndex(results.model().index(0, 0))
    demo._press(results, Qt.Key.Key_Return)
    viewer = desktop.find("rag.viewer")
    await until(lambda: viewer.isVisible() and not _is_blank(viewer), 20, "the page")


def _shown(desktop: Desktop, results: QAbstractItemView, text: str) -> list[dict[str, Any]]:
    """The cards, once they answer this very query."""
    controller: Any = desktop.container.controllers["rag"]
    state = controller.services.search.state
    answered = state.phase == "answered" and state.query == " ".join(text.split())
    return cards(results) if answered else []


def _standing(desktop: Desktop) -> str:
    """Where a search that did not come stands."""
    controller: Any = desktop.container.controllers["rag"]
    state = controller.services.search.state
    hits = None if state.answer is None else len(state.answer.results)
    return f"{state.phase} {state.query!r} {state.filters} hits {hits} error {state.error!r}"


def _is_blank(widget: QWidget) -> bool:
    image = widget.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    return len(colours) < 8


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLDR_WORKERS", "2")
