# SPDX-License-Identifier: MIT
"""What a person drops in the first moment, before anything stands behind the window, is not lost."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from window import desktop_options, drop_files, first_window, until

from bldr_desktop.app.early import import_rest
from bldr_desktop.app.first_window import FirstWindow
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.common.aio import spawn

__all__ = ["desktop_options", "first_window"]


async def test_a_drop_before_the_services_stand_is_taken(
    first_window: FirstWindow, desktop_options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped = asyncio.Event()

    async def import_slowly() -> None:
        """As on a cold disk: here another test may have imported everything already."""
        await dropped.wait()
        await import_rest()

    monkeypatch.setattr("bldr_desktop.app.early.import_rest", import_slowly)
    folder = tmp_path / "early"
    folder.mkdir()
    (folder / "Письмо.txt").write_text("Ответ на запрос о бетоне B25.", encoding="utf-8")
    desktop = Desktop(first_window, desktop_options)
    starting = spawn("start", desktop.start())
    try:
        zone = await until(lambda: desktop.window.findChild(QWidget, "files.dropZone"), 20, "the panel")
        assert not hasattr(desktop, "container")  # nothing but the window is there yet
        drop_files(zone, [folder])
        dropped.set()
        await starting
        await desktop.ready(60.0)
        start = desktop.find("files.start")
        await until(lambda: start.isVisible() and start.isEnabled(), 30, "the dropped folder's summary")
        assert "1" in start.text()  # type: ignore[attr-defined]
        await until(
            lambda: desktop.find("files.preflight").preflight.checked_with_engine,  # type: ignore[attr-defined]
            10,
            "what was dropped before the engine stood is compared with it",
        )
    finally:
        await desktop.aclose()
