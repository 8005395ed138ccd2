# SPDX-License-Identifier: MIT
"""The keys of what lies over the window: Tab goes round in it, and afterwards they go back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


def turn_focus(parts: Sequence[QWidget], forward: bool) -> bool:
    """Give the focus to the next (or previous) of ``parts`` that can take it; False when none can."""
    able = [part for part in parts if part.isVisible() and part.isEnabled()]
    if not able:
        return False
    now = [number for number, part in enumerate(able) if part.hasFocus()]
    place = (now[0] + (1 if forward else -1)) if now else 0
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    able[place % len(able)].setFocus(reason)
    return True


def give_back(before: QWidget | None) -> None:
    """Give the focus back to what had it, where that is still there to take it."""
    if before is not None and isValid(before) and before.isVisible():
        before.setFocus()
