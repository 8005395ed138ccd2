# SPDX-License-Identifier: MIT
"""The queue panel on a real engine: 500 jobs, 20 running; what the table says is what the database says."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import pytest_asyncio
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from scripted_model import Reply, ScriptedModel, delta, scripted_model
from window import desktop, desktop_options, first_window, until

from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.ai import AiAccepted
from bldr_desktop.protocol.jobs import Job, JobAnswer
from bldr_desktop.ui.models.jobs import JobsModel, active_key

__all__ = ["desktop", "desktop_options", "first_window"]


@pytest.fixture(autouse=True)
def _many_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLDR_JOBS_AT_ONCE", "20")


@pytest_asyncio.fixture
async def model() -> AsyncIterator[ScriptedModel]:
    """A model that begins to answer and never ends."""
    async with scripted_model(lambda _: Reply([delta(content="думаю ")], hang=True)) as server:
        yield server


async def ask(desktop: Desktop, model: ScriptedModel, count: int) -> list[str]:
    """Queue questions; their ids."""
    api = desktop.container.api
    await api.put(routes.AI_PROVIDER, json={"base_url": model.base_url})
    gate = asyncio.Semaphore(8)

    async def one(number: int) -> str:
        body = {"prompt": f"Вопрос {number}", "use_documents": False}
        async with gate:
            return (await api.post(routes.AI, AiAccepted, json=body)).task_id

    asked = set(await asyncio.gather(*(one(number) for number in range(count))))
    rows = [job for job in (await all_jobs(desktop)).values() if job.id in asked]
    return [job.id for job in sorted(rows, key=lambda job: (job.created_at, job.id))]


def shown(desktop: Desktop, name: str) -> dict[str, str]:
    """Job id to state, as a table of the panel says."""
    table: Any = desktop.find(name)
    source: JobsModel = table.model()
    return {source.job(row).id: str(source.job(row).status) for row in range(source.rowCount())}


async def all_jobs(desktop: Desktop) -> dict[str, Job]:
    """Every job, as the engine's database has it."""
    jobs: dict[str, Job] = {}
    for page in range(1, 6):
        params = {"limit": 200, "page": page}
        rows = await desktop.container.api.get_list(routes.QUEUE, Job, params=params)
        jobs |= {row.id: row for row in rows}
        if len(rows) < 200:
            break
    return jobs


async def database(desktop: Desktop) -> dict[str, str]:
    """Job id to state."""
    return {key: str(job.status) for key, job in (await all_jobs(desktop)).items()}


async def agree(desktop: Desktop, seconds: float = 2.0) -> None:
    """Table and database say the same within two seconds."""
    deadline = time.monotonic() + seconds
    while True:
        truth = await database(desktop)
        table = shown(desktop, "queue.active") | shown(desktop, "queue.finished")
        if table == truth:
            return
        assert time.monotonic() < deadline, {
            key: (table.get(key), truth.get(key))
            for key in truth.keys() | table.keys()
            if table.get(key) != truth.get(key)
        }
        await asyncio.sleep(0.1)


def choose(desktop: Desktop, ids: list[str]) -> None:
    """Select rows as a person does."""
    table: Any = desktop.find("queue.active")
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for key in ids:
        table.selectionModel().select(table.model().index(table.model().row_of(key), 0), flags)


@pytest.mark.parametrize("count", [50, pytest.param(500, marks=pytest.mark.slow)])
async def test_many_jobs_are_true_and_in_hand(desktop: Desktop, model: ScriptedModel, count: int) -> None:
    desktop.window.go("queue")
    ids = await ask(desktop, model, count)
    await until(lambda: len(shown(desktop, "queue.active")) == count, 30, "all rows")
    await until(
        lambda: list(shown(desktop, "queue.active").values()).count("running") == 20, 15, "20 running"
    )
    await agree(desktop)
    table: Any = desktop.find("queue.active")

    kept = ids[count // 2]
    choose(desktop, [kept])
    table.scrollTo(table.model().index(table.model().row_of(kept), 0))
    top = table.rowAt(0)
    api = desktop.container.api
    for key in ids[:5]:
        await api.post(routes.path(routes.JOB_CANCEL, job_id=key), JobAnswer)
    await until(lambda: all(key in shown(desktop, "queue.finished") for key in ids[:5]), 8, "five cancelled")
    await agree(desktop)
    assert table.chosen() == [kept], "the selection stays"
    assert abs(table.rowAt(0) - top) <= 5, "what is in view stays"

    choose(desktop, ids[-10:])
    button: Any = desktop.find("queue.raise")
    assert button.text().endswith("(10)"), "the button says how many"
    button.click()
    await until(lambda: table.model().row_of(ids[-1]) < 40, 5, "raised jobs go to the front of the line")
    choose(desktop, ids[-10:])
    desktop.find("queue.cancel").click()  # type: ignore[attr-defined]
    await until(lambda: shown(desktop, "queue.finished").get(ids[-1]) == "cancelled", 8, "bulk cancel")
    await agree(desktop)

    tabs: Any = desktop.find("queue.tabs")
    tabs.setCurrentIndex(1)
    finished: Any = desktop.find("queue.finished")
    finished.selectRow(finished.model().row_of(ids[-1]))
    desktop.find("queue.retry").click()  # type: ignore[attr-defined]
    again = await until(
        lambda: next((job for job in desktop.container.queue.jobs.values() if job.retry_of == ids[-1]), None),
        5,
    )
    assert again.attempt == 2
    await agree(desktop)


async def test_a_killed_worker_is_told_truly(desktop: Desktop, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(120):
        text = "\n".join(f"{number}.{n} Требование {n}." for n in range(200))
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    desktop.window.go("queue")
    engine = desktop.container.engine
    assert engine is not None
    await desktop.container.api.post(routes.TRAIN, json={"custom_dir": str(folder)})
    await until(lambda: "running" in shown(desktop, "queue.active").values(), 10, "it runs")
    for child in psutil.Process(engine.status.pid).children(recursive=True):
        child.kill()
    await until(lambda: "completed" in shown(desktop, "queue.finished").values(), 40, "it ends all the same")
    await agree(desktop)


def test_the_model_keeps_its_order_and_qt_is_content() -> None:
    model = JobsModel(active_key)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    jobs = [
        Job(id=f"{n:03d}", type="training", status="queued", created_at=f"2026-01-01T00:00:{n:02d}Z")
        for n in range(40)
    ]
    model.apply(jobs, [])
    assert [model.job(row).id for row in range(40)] == [job.id for job in jobs]
    model.apply([jobs[30].model_copy(update={"priority": 9})], [])
    assert model.row_of("030") == 0
    model.apply(
        [jobs[20].model_copy(update={"status": "running", "started_at": "2026-01-01T01:00:00Z"})], ["005"]
    )
    assert model.row_of("020") == 0
    assert model.row_of("005") == -1
    assert model.rowCount() == 39
    roles = {bytes(name.data()).decode() for name in model.roleNames().values()}
    assert {"state", "progress", "priority", "position"} <= roles
    assert model.index(0, 0).data(Qt.ItemDataRole.DisplayRole)
