# SPDX-License-Identifier: MIT
"""The training monitor in the real application, over a real engine."""

import asyncio
from pathlib import Path
from typing import Any

from window import desktop, desktop_options, first_window, until  # noqa: F401

from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.jobs import JobLog
from bldr_desktop.protocol.training import TrainRequest


async def test_a_run_is_watched_from_its_start_and_opened_again(desktop: Any, samples: Path) -> None:  # noqa: F811
    container = desktop.container
    run = await container.runs.start(TrainRequest(custom_dir=str(samples)))
    container.window.open_monitor(run.job_id)
    monitor = container.monitor()
    window = monitor.window
    assert window.isVisible()
    await until(lambda: run.is_final, 60, "the run ends")
    await until(lambda: window.head.progress.value() == 100, 5, "the bar is full")
    assert run.status is JobStatus.COMPLETED
    assert run.files_done + run.files_failed == run.files_total > 5
    assert window.head.status.property("state") == "completed"
    assert window.problems.rows.rowCount() == len(run.troubled())
    log = await container.api.get(
        routes.path(routes.JOB_LOG, job_id=run.job_id), JobLog, params={"limit": 1000}
    )
    live = [line.text for line in monitor._watch.log.rows(0, 2000)]
    told = [line.text for line in log.lines]
    assert [text for text in live if text in set(told)] == told  # every line, in order, once

    # opened later by somebody who saw nothing of it: the whole run
    container.runs.runs[run.job_id].complete = False
    watch = await container.watches.whole(run.job_id)
    assert [line.text for line in watch.log.rows(0, 2000)] == told
    assert len(watch.run.files) == run.files_total

    window.show_tab("report")
    assert str(run.chunks) in window.report.toPlainText().replace(",", "")
    window.show_tab("history")
    await until(lambda: window.history.model.rowCount() == 1, 10, "the history has it")
    window.show_tab("curves")
    await asyncio.sleep(0.1)
    window.close()
    assert not window.isVisible()
    container.window.open_monitor(run.job_id)
    assert window.isVisible()


async def test_names_and_accessible_names(desktop: Any) -> None:  # noqa: F811
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTableView, QWidget

    window = desktop.container.monitor().open()
    wanted = [
        *("progress", "status", "stages", "currentFile", "timeLeft", "chart", "log", "logSearch"),
        *("follow", "errors", "retryFailed", "cancel", "connection"),
    ]
    for name in wanted:
        assert window.findChild(QWidget, f"monitor.{name}") is not None, name
    assert window.objectName() == "monitor.window"
    for kind in (QAbstractButton, QComboBox, QLineEdit, QTableView):
        for widget in window.findChildren(kind):
            if widget.objectName().startswith("monitor.") and "Failed" not in widget.objectName():
                assert widget.accessibleName(), widget.objectName()


async def test_the_log_speaks_the_persons_language(desktop: Any, tmp_path: Path) -> None:  # noqa: F811
    folder = tmp_path / "norms"
    folder.mkdir()
    (folder / "good.txt").write_text("Защитный слой бетона не менее 20 мм.\n" * 40, encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    container = desktop.container
    run = await container.runs.start(TrainRequest(custom_dir=str(folder)))
    container.window.open_monitor(run.job_id)
    monitor = container.monitor()
    pane = monitor.window.log

    def texts() -> list[str]:
        return [line.text for line in monitor._watch.log.rows(0, 1000)]

    await until(lambda: run.is_final and any("files failed" in text for text in texts()), 60, "the end")
    english = texts()
    assert "Found 2 files." in english
    pane.field.setText("повреждён")
    await until(lambda: monitor._search.query and not monitor._search.busy, 10, "searched")
    assert not monitor._search.hits

    container.language.choose("ru")
    await until(lambda: "Найдено 2 файла." in texts(), 10, "read again in Russian")
    russian = texts()
    assert len(russian) == len(english)
    assert not [text for text in russian if text in english]
    await until(lambda: monitor._search.hits, 10, "what is shown is what is searched")
    assert "повреждён" in russian[monitor._search.hits[0]]

    again = await container.runs.start(TrainRequest(custom_dir=str(folder)))
    container.window.open_monitor(again.job_id)
    await until(lambda: again.is_final and any("Не удалось" in text for text in texts()), 60, "the end")
    assert any(text.startswith("good.txt: без изменений") for text in texts())  # live lines too
    log = await container.api.get(
        routes.path(routes.JOB_LOG, job_id=run.job_id), JobLog, params={"limit": 1000}
    )
    assert [line.text for line in log.lines] == english  # the wire speaks English to everyone
    container.language.choose("en")
    await until(lambda: any("unchanged" in text for text in texts()), 10, "and back")
