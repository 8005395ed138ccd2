# SPDX-License-Identifier: MIT
"""R47: what escapes in a slot, a task or a thread is told, logged, and does not end the application."""

import logging
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QMessageBox
from window import desktop, desktop_options, first_window, until  # noqa: F401

from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.common.aio import spawn


async def test_slot_task_and_thread(desktop: Desktop, caplog: pytest.LogCaptureFixture) -> None:  # noqa: F811
    funnel = desktop.funnel
    assert funnel is not None
    funnel.tell = desktop.show_trouble

    def fail(where: str) -> None:
        raise ValueError(f"token=abc123 in a {where}")

    async def fail_later() -> None:
        fail("task")

    with caplog.at_level(logging.ERROR):
        QTimer.singleShot(0, desktop.window, lambda: fail("slot"))
        spawn("failing", fail_later())
        threading.Thread(target=fail, args=("thread",)).start()
        await until(lambda: len(funnel.errors) == 3, 10, "all three came")
    assert {str(error).split()[-1] for error in funnel.errors} == {"slot", "task", "thread"}
    assert (
        sum(
            "test_trouble" in (record.exc_text or "") or record.exc_info is not None
            for record in caplog.records
        )
        == 3
    )
    boxes = desktop.window.findChildren(QMessageBox, "trouble")
    assert len(boxes) == 1  # once for the same place in the program
    texts = {button.text().replace("&", "") for button in boxes[0].findChildren(QAbstractButton)}
    assert {"Copy diagnostics", "Open log folder", "Close"} <= texts
    boxes[0].close()
    funnel.errors.clear()
