# SPDX-License-Identifier: MIT
"""Saving what the monitor shows: ask where, write in a thread, say how it went."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.ui.qt.glue import pick_save
from bldr_desktop.ui.qt.i18n import tr


class SaveFiles:
    """Asks for a place and writes there.

    Args:
        parent: Over which the dialog opens.
        scope: Owns the tasks.
        say: Where the outcome is told: (text, ``ok`` or ``warn``).
    """

    def __init__(self, parent: QWidget, scope: TaskScope, say: Callable[[str, str], None]) -> None:
        self._parent, self._scope, self._say = parent, scope, say

    def save(self, name: str, write: Callable[[Path], object]) -> None:
        """Let the person choose a file, ``name`` proposed, and have ``write`` write it."""
        self._scope.spawn("save", self._save(name, write))

    async def _save(self, name: str, write: Callable[[Path], object]) -> None:
        target = await pick_save(self._parent, tr("monitor", "Save as"), name)
        if target is None:
            return
        try:
            await asyncio.to_thread(write, target)
        except OSError as error:
            reason = error.strerror or str(error)
            text = tr("monitor", "{name} could not be saved: {reason}", name=target.name, reason=reason)
            self._say(text, "warn")
        else:
            self._say(tr("monitor", "Saved: {name}", name=target.name), "ok")


def save_picture(picture: QImage, target: Path) -> None:
    """Write a picture as PNG.

    Raises:
        OSError: It could not be written.
    """
    # not QImage.save(): in PySide6 6.11 it takes a format neither as bytes nor as text
    if not QImageWriter(str(target), QByteArray(b"PNG")).write(picture):
        raise OSError(None, tr("monitor", "the file cannot be written there"))
