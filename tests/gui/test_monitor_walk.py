# SPDX-License-Identifier: MIT
"""The training monitor from one end to the other, as a person uses it, in both languages and both themes.

``BLDR_SHOTS`` names a folder for the pictures that are taken on the way, to be looked at.
"""

import asyncio
import csv
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from window import desktop, first_window, grab, until  # noqa: F401

from bldr_desktop.app.options import Options
from bldr_desktop.client.link import LinkState
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.training import TrainRequest
from bldr_desktop.services.training_state import RunState

FILES = 640
_PARAGRAPH = "5.{n}.1 Толщина защитного слоя бетона принимается не менее {n} мм. "


@pytest.fixture(params=[("en", "light"), ("ru", "dark")], ids=["en-light", "ru-dark"])
def desktop_options(request: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    """Both looks; one worker, so that a second run waits."""
    monkeypatch.setenv("BLDR_WORKERS", "1")
    lang, theme = request.param
    return Options(data_dir=tmp_path / "data", lang=lang, theme=theme)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents that take a few seconds, and two that cannot be read."""
    made = tmp_path / "Нормы"
    made.mkdir()
    for n in range(FILES):
        text = f"СП {n}.13330.2018\n\n" + "\n".join(_PARAGRAPH.format(n=i) * 12 for i in range(1, 12))
        (made / f"СП {n}.13330.2018 Бетонные и железобетонные конструкции.txt").write_text(text, "utf-8")
    (made / "Повреждённый отчёт.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 9 0 R >>\n")
    (made / "Пустой.txt").write_bytes(b"")
    return made


class Walk:
    """One way through the window."""

    def __init__(self, running: Any, folder: Path, out: Path) -> None:
        self.container, self.folder, self.out = running.container, folder, out
        self.running = running
        options = running.options if hasattr(running, "options") else None
        self.look = f"{getattr(options, 'lang', '')}-{getattr(options, 'theme', '')}"
        self.monitor = self.container.monitor()
        self.window: Any = None

    def open(self) -> Any:
        """Open the window, on nothing yet."""
        self.window = self.monitor.open()
        self.window.resize(1060, 760)
        return self.window

    async def shot(self, name: str) -> None:
        """A picture, where somebody wants one."""
        if "BLDR_SHOTS" in os.environ:
            await asyncio.sleep(0.15)
            grab(self.window, f"{name}-{self.look}")

    async def begin(self) -> RunState:
        """Start a training and open it."""
        run: RunState = await self.container.runs.start(
            TrainRequest(custom_dir=str(self.folder), force_retrain=True)
        )
        self.monitor.open(run.job_id)
        return run

    async def save_as(self, button: Any, name: str) -> Path:
        """Press a button that asks for a place, and give one."""
        target = self.out / name
        await until(lambda: not hasattr(button, "isEnabled") or button.isEnabled(), 5, "it can be pressed")
        button.click() if hasattr(button, "click") else button()
        dialog = await until(
            lambda: next(d for d in self.window.findChildren(QFileDialog) if d.isVisible()), 5, "asked where"
        )
        dialog.findChild(QLineEdit).setText(str(target))
        dialog.accept()
        said = self.window.banner.findChildren(QLabel)
        await until(lambda: any(name in one.text() for one in said), 10, f"{name} is written")
        return target

    def shown(self) -> RunState:
        """The run in the window."""
        return self.monitor._watch.run

    def tab(self, key: str) -> None:
        """Choose a tab."""
        self.window.show_tab(key)


@pytest.fixture
def walk(desktop: Any, folder: Path, tmp_path: Path) -> Walk:  # noqa: F811
    """The window, open."""
    return Walk(desktop, folder, tmp_path)


@pytest.mark.slow
async def test_watch_stop_continue_retry_report_compare(walk: Walk) -> None:
    window = walk.open()
    await walk.shot("empty")
    run = await walk.begin()
    await until(lambda: run.files_done >= 30 or run.is_final, 60, "under way")
    assert run.is_active
    await until(lambda: window.head.facts["files"].text() and window.stages.rows.rowCount() == 7, 5, "shown")
    assert window.cancel.isVisible()
    assert not window.go_on.isVisible()
    await walk.shot("running")
    await _waiting(walk, run)
    await _stopped(walk, run)
    again = await _continued(walk)
    await _retried(walk, again)
    await _reported(walk)
    await _compared(walk)


async def _waiting(walk: Walk, first: RunState) -> None:
    """A second run waits behind the first, and both can be chosen."""
    other = await walk.begin()
    await until(lambda: walk.monitor._watch is not None and walk.shown() is other, 5, "the other is shown")
    if not first.is_final:
        await until(lambda: walk.window.head.property("alive") == "waiting", 5, "says that it waits")
        assert walk.window.head.selector.isVisible()
        assert walk.window.head.selector.count() == 2
        await until(lambda: other.position or other.waiting_behind or first.is_final, 15, "behind whom")
        await walk.shot("waiting")
    await walk.container.runs.cancel(other.job_id)
    await until(lambda: other.is_final, 15, "the waiting one is stopped")
    walk.monitor.choose(first.job_id)
    await until(lambda: walk.shown() is first, 5, "back")


async def _stopped(walk: Walk, run: RunState) -> None:
    window = walk.window
    assert run.is_active, "the run was over before it could be stopped"
    window.cancel.click()
    await until(lambda: run.is_final and run.receipt is not None, 15, "stopped within seconds")
    assert run.status is JobStatus.CANCELLED
    await until(lambda: window.go_on.isVisible(), 5, "continue is offered")
    assert window.banner.isVisible()
    assert 0 < run.receipt.kept < run.receipt.total
    assert window.head.status.property("state") == "cancelled"
    # the head counts what was read, the receipt what can be found of it
    assert run.files_done - run.files_empty == run.receipt.kept
    assert run.bytes_done <= run.bytes_total
    assert "active" not in {row["state"] for row in _rows(window.stages)}
    await walk.shot("stopped")


async def _continued(walk: Walk) -> RunState:
    stopped = walk.shown()
    walk.window.go_on.click()
    await until(lambda: walk.shown() is not stopped or not stopped.is_final, 10, "the rest begins")
    run = walk.shown()
    await until(lambda: run.is_final, 90, "the rest ends")
    assert run.status is JobStatus.COMPLETED
    await until(lambda: walk.window.head.progress.value() == 100, 5, "the bar is full")
    states = [row["state"] for row in _rows(walk.window.stages)]
    assert set(states) == {"done"}, states  # nothing stays open on a finished run
    await walk.shot("finished")
    return run


def _rows(view: Any) -> list[dict[str, Any]]:
    model = view.model()
    names = {bytes(name).decode(): role for role, name in model.roleNames().items()}
    return [
        {name: model.index(row, 0).data(role) for name, role in names.items()}
        for row in range(model.rowCount())
    ]


async def _retried(walk: Walk, run: RunState) -> None:
    """The broken file is repaired; *retry these* takes it and nothing else."""
    await walk.container.watches.whole(run.job_id)
    if not run.retryable():
        run = await walk.begin()
        await until(lambda: run.is_final, 90, "a whole run ends")
        await walk.container.watches.whole(run.job_id)
    assert [Path(path).name for path in run.retryable()] == ["Повреждённый отчёт.pdf"]
    walk.tab("problems")
    await until(lambda: walk.window.problems.rows.rowCount() == 2, 5, "problems are listed")
    await walk.shot("problems")
    walk.tab("log")
    await walk.shot("with-problems")
    (walk.folder / "Повреждённый отчёт.pdf").write_text(
        "Отчёт. Бетон класса B25, арматура A500.\n" * 20, "utf-8"
    )
    await until(lambda: walk.window.retry.isVisible(), 5, "retry is offered")
    walk.window.retry.click()
    await until(lambda: walk.shown() is not run, 10, "the retry is shown")
    retried = walk.shown()
    await until(lambda: retried.is_final, 30, "the retry ends")
    assert retried.bytes_done <= retried.bytes_total
    assert (retried.status, retried.files_total, retried.files_done) == (JobStatus.COMPLETED, 1, 1)


async def _reported(walk: Walk) -> None:
    window, run = walk.window, walk.shown()
    walk.tab("report")
    assert window.report.toPlainText()
    await walk.shot("report")
    report = await walk.save_as(window.export, "report.txt")
    assert str(run.chunks) in report.read_text("utf-8").replace("\u202f", "").replace("\xa0", "")
    log = await walk.save_as(window.log.save, "training.log")
    assert len(log.read_text("utf-8").splitlines()) == len(walk.monitor._watch.log) > 0
    walk.tab("curves")
    await asyncio.sleep(0.3)
    await walk.shot("curves")
    picture = await walk.save_as(lambda: window.curves.save_wanted.emit("png"), "curves.png")
    assert QImage(str(picture)).width() > 300
    table = await walk.save_as(lambda: window.curves.save_wanted.emit("csv"), "curves.csv")
    with table.open(encoding="utf-8-sig", newline="") as lines:
        assert len(list(csv.reader(lines))) == len(walk.monitor._watch.curves) + 1


async def _compared(walk: Walk) -> None:
    history = walk.window.history
    walk.tab("history")
    await until(lambda: history.model.rowCount() >= 3, 10, "the runs are listed")
    selection = history.table.selectionModel()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (1, 2):
        selection.select(history.model.index(row, 0), flags)
    assert history.compare.isVisible()
    assert history.compare_model.rowCount() >= 6
    await walk.shot("compare")
    assert not walk.window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    walk.window.head.pin.click()
    assert walk.window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert walk.window.isVisible()


@pytest.mark.slow
async def test_the_engine_dies_under_a_run(walk: Walk) -> None:
    walk.open()
    run = await walk.begin()
    await until(lambda: run.files_done >= 20 or run.is_final, 60, "under way")
    assert run.is_active
    engine = walk.container.engine
    os.kill(engine.status.pid, signal.SIGKILL)
    link = walk.window.head.connection
    await until(lambda: walk.container.feed.link.state is LinkState.RECONNECTING, 20, "noticed")
    await until(lambda: link.property("state") == "reconnecting", 5, "said")
    assert walk.window.head.property("alive") in {"unknown", "silent"}
    await walk.shot("reconnecting")
    await until(lambda: run.is_final, 120, "the run goes on and ends")
    assert run.status is JobStatus.COMPLETED
    await until(lambda: link.property("state") == "connected", 30, "connected again")
