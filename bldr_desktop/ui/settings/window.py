# SPDX-License-Identifier: MIT
"""The settings: a window of its own, pages in a list at the left. Every change takes effect at once."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.qt.translated import Translated
from bldr_desktop.ui.settings.rows import SettingsPage
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.widgets.basics import hairline

ICONS = {
    "servers": "server",
    "appearance": "light",
    "uploads": "upload",
    "models": "ai",
    "computer": "bell",
    "services": "engine",
    "data": "folder",
    "about": "info",
}

_AROUND = 84
"""Pixels of a row beside its words: icon, paddings."""
_NARROWEST, _WIDEST = 200, 320


class SettingsWindow(Translated):
    """Pages by name; ``open(name)`` shows one."""

    def __init__(self, theme: Theme, pages: dict[str, SettingsPage], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Window)
        self.setObjectName("settings.window")
        self._theme, self.pages = theme, pages
        self.list = QListWidget()
        self.list.setObjectName("settings.pages")
        self.list.setProperty("look", "bare")
        self.stack = QStackedWidget()
        for page in pages.values():
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setWidget(page)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.viewport().setAutoFillBackground(False)
            page.setAutoFillBackground(False)  # the stack's ground is seen
            self.stack.addWidget(scroll)
            entry = QListWidgetItem()
            entry.setSizeHint(QSize(0, 36))
            self.list.addItem(entry)
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(hairline(vertical=True))
        row.addWidget(self.stack, 1)
        self.resize(860, 600)
        self.setMinimumSize(640, 420)
        theme.changed.connect(self._paint)
        self.retranslate()
        self._paint()
        self.list.setCurrentRow(0)

    def open(self, name: str = "") -> None:
        """Show it, at a page when one is named."""
        if name in self.pages:
            self.list.setCurrentRow(list(self.pages).index(name))
        self.show()
        self.raise_()
        self.activateWindow()

    def _paint(self) -> None:
        for number, name in enumerate(self.pages):
            self.list.item(number).setIcon(self._theme.icon(ICONS[name]))
        c = self._theme.colors
        self.list.setStyleSheet(
            f"QListWidget {{ background: {c.bg}; border: 0; padding: 12px; }}"
            "QListWidget::item { border-radius: 6px; padding-left: 8px; }"
            f"QListWidget::item:selected {{ background: {c.accent_soft}; color: {c.accent}; }}"
        )
        self.stack.setStyleSheet(f"QStackedWidget {{ background: {c.surface}; }}")

    def retranslate(self) -> None:
        """Texts of the window; pages do their own."""
        self.setWindowTitle(tr("shell", "Settings"))
        self.setAccessibleName(tr("shell", "Settings"))
        self.list.setAccessibleName(tr("shell", "Settings"))
        for number, page in enumerate(self.pages.values()):
            self.list.item(number).setText(page.title())
        words = max(self.fontMetrics().horizontalAdvance(page.title()) for page in self.pages.values())
        self.list.setFixedWidth(min(max(words + _AROUND, _NARROWEST), _WIDEST))
