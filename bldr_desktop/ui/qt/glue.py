# SPDX-License-Identifier: MIT
"""Between Qt and coroutines: slots that start tasks, dialogs that are awaited, never ``exec``."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.ui.qt.translated import Translated

__all__ = ["Translated", "confirmed", "finished", "pick_files", "pick_folder", "pick_save", "starts"]


def starts(
    scope: TaskScope, name: str, function: Callable[..., Coroutine[Any, Any, Any]], *args: Any
) -> Callable[..., None]:
    """A slot that runs a coroutine function in ``scope``; what the signal carries is ignored."""

    def slot(*_signal: object) -> None:
        scope.spawn(name, function(*args))

    return slot


async def finished(dialog: QDialog) -> int:
    """Open a dialog and wait for its result code without a loop of its own.

    The dialog is deleted afterwards; being cancelled closes it.
    """
    done: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def on_finished(code: int) -> None:
        if not done.done():
            done.set_result(code)

    dialog.finished.connect(on_finished)
    dialog.open()
    try:
        return await done
    finally:
        dialog.close()
        dialog.deleteLater()


async def pick_files(parent: QWidget, title: str, patterns: str = "") -> list[Path]:
    """Let the person choose files; empty when they did not."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    if patterns:
        dialog.setNameFilter(patterns)
    return [Path(name) for name in await _picked(dialog)]


async def pick_folder(parent: QWidget, title: str) -> Path | None:
    """Let the person choose a folder; None when they did not."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    names = await _picked(dialog)
    return Path(names[0]) if names else None


async def pick_save(parent: QWidget, title: str, name: str) -> Path | None:
    """Let the person choose where to save; None when they did not."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.selectFile(name)
    names = await _picked(dialog)
    return Path(names[0]) if names else None


async def _picked(dialog: QFileDialog) -> list[str]:
    chosen: list[str] = []
    dialog.filesSelected.connect(chosen.extend)
    await finished(dialog)
    return chosen


async def confirmed(parent: QWidget, title: str, text: str, yes: str, no: str) -> bool:
    """Ask before something that cannot be undone; the safe answer is the default."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setText(title)
    box.setInformativeText(text)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse)
    box.setEscapeButton(refuse)
    clicked: list[object] = []
    box.buttonClicked.connect(clicked.append)
    await finished(box)
    return bool(clicked) and clicked[-1] is accept
