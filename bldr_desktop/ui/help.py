# SPDX-License-Identifier: MIT
"""F1: how to work with it in four sentences, and all keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFormLayout, QScrollArea, QVBoxLayout, QWidget

from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.qt.translated import Translated
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import hairline, label


class HelpWindow(Translated):
    """A window of its own; built again when the language changes."""

    def __init__(self, theme: Theme, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Window)
        self.setObjectName("help.window")
        self._theme, self._actions = theme, [action for action in actions if not action.shortcut().isEmpty()]
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self.resize(560, 640)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the person's language."""
        self.setWindowTitle(tr("shell", "Help and keys"))
        self.setAccessibleName(tr("shell", "Help and keys"))
        self._scroll.setAccessibleName(tr("shell", "Help and keys"))
        self._scroll.setWidget(self._page())

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        for heading, text in steps():
            title = label(heading)
            title.setFont(self._theme.font("heading"))
            column.addWidget(title)
            column.addWidget(label(text, look="muted", wrap=True))
        column.addWidget(hairline())
        keys = label(tr("shell", "Keys"))
        keys.setFont(self._theme.font("heading"))
        column.addWidget(keys)
        form = QFormLayout()
        form.setHorizontalSpacing(Space.XL)
        form.setVerticalSpacing(Space.S)
        for action in self._actions:
            shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            form.addRow(label(shown), label(action.text().replace("&", ""), look="muted"))
        column.addLayout(form)
        column.addStretch(1)
        return page


def steps() -> list[tuple[str, str]]:
    """The main job in four steps."""
    return [
        (
            tr("shell", "1. Drop your documents"),
            tr(
                "shell",
                "Drop files or folders on the File Manager. You see what is new before anything is sent.",
            ),
        ),
        (
            tr("shell", "2. Watch the training"),
            tr("shell", "Trained means: the text was read and can be found now. Files that fail say why."),
        ),
        (
            tr("shell", "3. Ask"),
            tr(
                "shell",
                "Ask in plain words, or type a clause such as «СП 63 п.8.1.3». Each hit has its page.",
            ),
        ),
        (
            tr("shell", "4. Check"),
            tr("shell", "Click a hit: its page opens with the passage marked. Nothing is invented."),
        ),
    ]
