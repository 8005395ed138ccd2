# SPDX-License-Identifier: MIT
"""The list of services in the settings: what the engine says of its parts, and what ``up`` looks after."""

import os
import signal
import subprocess
from pathlib import Path

import pytest
from cluster import free_ports
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from window import desktop, desktop_options, first_window, until

from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.common import program

__all__ = ["desktop", "desktop_options", "first_window"]


def words(widget: QWidget) -> str:
    return " | ".join(one.text() for one in widget.findChildren(QLabel))


@pytest.fixture(autouse=True)
def _port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLDR_PORT", str(free_ports(1)))


@pytest.mark.slow
async def test_services_are_listed_started_and_stopped(desktop: Desktop) -> None:
    settings = desktop.container.controllers["settings"]
    settings.open("services")
    folder = desktop.container.data_dir / "office"
    parts, listed = desktop.find("settings.services.parts"), desktop.find("settings.services.list")
    await until(lambda: "Database" in words(parts) and "runs" in words(parts), 20, "the engine's parts")
    start, stop = desktop.find("settings.services.start"), desktop.find("settings.services.stop")
    choice = desktop.find("settings.services.profile")
    assert isinstance(start, QAbstractButton) and isinstance(stop, QAbstractButton)
    assert isinstance(choice, QComboBox)
    assert not stop.isEnabled()
    choice.setCurrentIndex(choice.findData("embedded"))
    try:
        start.click()
        await until(lambda: not start.isEnabled(), 5, "one start at a time")
        await until(lambda: "engine | runs" in words(listed), 60, "it runs")
        assert stop.isEnabled()
        address = desktop.find("settings.services.address")
        assert isinstance(address, QLabel) and os.environ["BLDR_PORT"] in address.text()
        pid = _pid(folder)
        os.kill(pid, signal.SIGKILL)
        # a fast machine has it back before the page looks again: what counts is that it is another one
        await until(
            lambda: _pid(folder) not in (0, pid) and "engine | runs" in words(listed), 40, "it is back"
        )
        stop.click()
        await until(lambda: start.isEnabled() and not stop.isEnabled(), 60, "it is stopped")
    finally:
        line = program.command("bldr_desktop.engine.cli", "down", "--data-dir", str(folder))
        subprocess.run(line, capture_output=True, timeout=60)


def _pid(folder: Path) -> int:
    import json

    body = json.loads((folder / "run" / "services.json").read_text())
    return int(next(row["pid"] or 0 for row in body["services"] if row["name"] == "engine"))
