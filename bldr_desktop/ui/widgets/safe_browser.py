# SPDX-License-Identifier: MIT
"""A text browser that loads nothing: no local files, no network, whatever its text says."""

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget


class SafeBrowser(QTextBrowser):
    """Links are told by ``anchorClicked`` and never followed (reliability R37)."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing: a null image for images, no text for anything else."""
        return QImage() if kind == QTextDocument.ResourceType.ImageResource.value else ""
