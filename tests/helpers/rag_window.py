# SPDX-License-Identifier: MIT
"""Tests of the RAG panel: a collection trained once, keys as a person presses them, marks in points.

In a test module::

    from rag_window import norms_folder, trained_copy  # fixtures

``norms_folder`` is the data folder of an engine that trained the standards of the example material,
made once a session; ``trained_copy`` is a copy of it that a test may change.
"""

import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from engine import EngineProcess, running_engine
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.services.search import SearchPhase
from bldr_desktop.ui.panels.rag.controller import RagController
from bldr_desktop.ui.widgets.viewer.canvas import PageCanvas

__all__ = ["norms_folder", "trained_copy"]
NO_KEYS = Qt.KeyboardModifier.NoModifier


def train(engine: EngineProcess, folder: Path, timeout: float = 180.0, **options: Any) -> dict[str, Any]:
    """Train a folder on a running engine and wait for the end; the job's row."""
    client = engine.client()
    answer = client.post("/train", json={"custom_dir": str(folder), **options})
    answer.raise_for_status()
    job_id = answer.json()["job_id"]
    deadline = time.monotonic() + timeout
    while True:
        job: dict[str, Any] = client.get(f"/queue/{job_id}").json()
        if job["status"] in {"completed", "failed", "cancelled", "interrupted"}:
            assert job["status"] == "completed", job
            return job
        assert time.monotonic() < deadline, f"not trained in {timeout:g} s: {job}"
        time.sleep(0.05)


def trained_options(folder: Path, data: Path, **options: Any) -> Options:
    """The application on a data folder in which these documents are trained."""
    with running_engine(data) as engine:
        train(engine, folder)
    return Options(data_dir=data, **options)


@pytest.fixture(scope="session")
def norms_folder(devkit: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an engine that knows all 30 standards; not to be changed. Each module that
    imports this has a fixture of its own: the first one trains for all."""
    ready = tmp_path_factory.getbasetemp() / "norms-trained"
    if not ready.is_dir():
        folder = tmp_path_factory.mktemp("norms")
        with running_engine(folder / "data", environment={"BLDR_WORKERS": "2"}) as engine:
            job = train(engine, devkit / "norms-dev" / "corpus")
            assert job["files_done"] == 30
        folder.rename(ready)
    return ready / "data"


@pytest.fixture
def trained_copy(norms_folder: Path, tmp_path: Path) -> Path:
    """A data folder of one's own with the 30 standards in it."""
    return Path(shutil.copytree(norms_folder, tmp_path / "data"))


def controller(desktop: Desktop) -> RagController:
    """The panel's controller."""
    found = desktop.container.controllers["rag"]
    assert isinstance(found, RagController)
    return found


def press(desktop: Desktop, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS, text: str = "") -> None:
    """Press a key where the keyboard is: in an open popup, else in the widget with the focus."""
    target: QWidget | None = QApplication.activePopupWidget() or desktop.window.focusWidget()
    assert target is not None, "nothing has the keyboard"
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))


def type_text(desktop: Desktop, text: str) -> None:
    """Type a text, a key a character."""
    for character in text:
        press(desktop, Qt.Key(0), text=character)


def replace_text(desktop: Desktop, text: str) -> None:
    """Choose all of the box and type over it."""
    press(desktop, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text(desktop, text)


def answered(desktop: Desktop, query: str) -> bool:
    """True when the search has settled on this very question."""
    state = controller(desktop).services.search.state
    same = state.query == " ".join(query.split())
    return same and state.settled and state.phase in {SearchPhase.ANSWERED, SearchPhase.FAILED}


def points_of(canvas: PageCanvas, page: int, width: float) -> list[QRectF]:
    """The marks of a page as painted, in PDF points from the top left; ``width`` of the page in points."""
    area = canvas.page_rect(page)
    scale = width / area.width()
    return [
        QRectF(
            (mark.left() - area.left()) * scale,
            (mark.top() - area.top()) * scale,
            mark.width() * scale,
            mark.height() * scale,
        )
        for mark in canvas.mark_rects(page)
    ]
