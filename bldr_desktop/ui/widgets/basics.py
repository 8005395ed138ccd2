# SPDX-License-Identifier: MIT
"""Buttons, labels and lines in the one look."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton, QWidget

from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size


def button(
    theme: Theme, name: str, *, look: str = "", icon: str = "", parent: QWidget | None = None
) -> QPushButton:
    """A push button without its text yet (``retranslate`` sets it and with it the accessible name).

    Args:
        theme: The theme in force.
        name: ``objectName``.
        look: ``primary`` (one a view), ``quiet``, ``link``, ``danger`` or plain.
        icon: A name of ``icons.NAMES``.
        parent: Qt parent.
    """
    made = QPushButton(parent)
    made.setObjectName(name)
    made.setProperty("look", look)
    made.setCursor(Qt.CursorShape.PointingHandCursor if look == "link" else Qt.CursorShape.ArrowCursor)
    if icon:
        made.setIconSize(QSize(Size.ICON + Size.ICON_GAP, Size.ICON))
        color = {"primary": "on_accent", "link": "accent", "danger": "error"}.get(look, "muted")
        keep_icon(theme, made, icon, color)
    return made


def tool_button(theme: Theme, name: str, icon: str, parent: QWidget | None = None) -> QToolButton:
    """A button of an icon only; give it a tooltip and an accessible name with :func:`name_tool`."""
    made = QToolButton(parent)
    made.setObjectName(name)
    made.setIconSize(QSize(Size.ICON_L, Size.ICON_L))
    made.setFixedSize(Size.CONTROL, Size.CONTROL)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    keep_icon(theme, made, icon)
    return made


def name_tool(widget: QWidget, text: str) -> None:
    """One text as tooltip and accessible name."""
    widget.setToolTip(text)
    widget.setAccessibleName(text)


def keep_icon(theme: Theme, widget: QPushButton | QToolButton, icon: str, color: str = "muted") -> None:
    """Give a button its icon now and again whenever the colours change."""

    def paint() -> None:
        widget.setIcon(theme.icon(icon, color))

    paint()
    theme.changed.connect(paint)
    widget.destroyed.connect(lambda: _let_go(theme, paint))


def _let_go(theme: Theme, slot: object) -> None:
    try:
        theme.changed.disconnect(slot)
    except (RuntimeError, TypeError):
        return  # the theme went first, at the end of the program


def label(text: str = "", *, look: str = "", wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label; ``look``: ``muted``, ``error``, ``warn``, ``ok`` or plain. Plain text, never markup."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("look", look)
    made.setWordWrap(wrap)
    return made


def hairline(parent: QWidget | None = None, *, vertical: bool = False) -> QFrame:
    """A line of one pixel."""
    made = QFrame(parent)
    made.setProperty("look", "line")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property and have the style sheet read it again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
