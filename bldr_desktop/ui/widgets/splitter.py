# SPDX-License-Identifier: MIT
"""A splitter with a hairline that is easy to grab."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

GRAB = 9


def hairline_splitter(name: str, *parts: QWidget) -> QSplitter:
    """Parts side by side; the line is one pixel wide, what can be grabbed is nine.

    Args:
        name: ``objectName``, under which its state is remembered.
        parts: From left to right.
    """
    made = QSplitter(Qt.Orientation.Horizontal)
    made.setObjectName(name)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(GRAB)
    made.setStyleSheet("QSplitter::handle:horizontal { margin: 0 4px; }")
    for part in parts:
        made.addWidget(part)
    return made
