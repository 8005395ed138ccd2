# SPDX-License-Identifier: MIT
"""Every action of the window, once: in a menu, with its keys, its tooltip and its name."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from bldr_desktop.ui.qt.i18n import tr


@dataclass(frozen=True, slots=True)
class _Row:
    """One action: its menu, name, keys; a ``name`` of ``-`` is a line between."""

    menu: str
    name: str
    keys: str = ""


_ROWS = (
    _Row("file", "files.add", "Ctrl+O"),
    _Row("file", "files.add_folder", "Ctrl+Shift+O"),
    _Row("file", "-"),
    _Row("file", "settings", "Ctrl+,"),
    _Row("file", "-"),
    _Row("file", "quit", "Ctrl+Q"),
    _Row("edit", "find", "Ctrl+F"),
    _Row("edit", "palette", "Ctrl+K"),
    _Row("go", "go.files", "Ctrl+1"),
    _Row("go", "go.rag", "Ctrl+2"),
    _Row("go", "go.queue", "Ctrl+3"),
    _Row("go", "go.ai", "Ctrl+4"),
    _Row("view", "refresh", "F5"),
    _Row("view", "reconnect"),
    _Row("view", "-"),
    _Row("view", "theme.system"),
    _Row("view", "theme.light"),
    _Row("view", "theme.dark"),
    _Row("view", "-"),
    _Row("view", "language.en"),
    _Row("view", "language.ru"),
    _Row("help", "help", "F1"),
    _Row("help", "tour"),
    _Row("help", "-"),
    _Row("help", "logs"),
    _Row("help", "diagnostics"),
    _Row("help", "about"),
)


def action_texts() -> dict[str, tuple[str, str]]:
    """The text and the tooltip of each action, in the person's language."""
    return {
        "files.add": (tr("shell", "Add files…"), tr("shell", "Choose files to index")),
        "files.add_folder": (tr("shell", "Add folder…"), tr("shell", "Choose a folder to index")),
        "settings": (tr("shell", "Settings"), tr("shell", "Servers, appearance, uploads, models")),
        "quit": (tr("shell", "Quit"), tr("shell", "End the application; nothing is lost")),
        "find": (tr("shell", "Find here"), tr("shell", "Go to the search field of this panel")),
        "palette": (tr("shell", "Go to anything…"), tr("shell", "Find an action or a panel by its name")),
        "go.files": (tr("shell", "File Manager"), tr("shell", "Files and folders to index")),
        "go.rag": (tr("shell", "RAG"), tr("shell", "Ask the documents")),
        "go.queue": (tr("shell", "Queue"), tr("shell", "All jobs, live")),
        "go.ai": (tr("shell", "AI Shell"), tr("shell", "Answers with sources")),
        "refresh": (tr("shell", "Refresh"), tr("shell", "Read this panel's data again")),
        "reconnect": (tr("shell", "Connect now"), tr("shell", "Do not wait for the next attempt")),
        "theme.system": (tr("shell", "Colours as the system"), tr("shell", "Light or dark as the system")),
        "theme.light": (tr("shell", "Light"), tr("shell", "Light colours")),
        "theme.dark": (tr("shell", "Dark"), tr("shell", "Dark colours")),
        "language.en": ("English", "English"),
        "language.ru": ("Русский", "Русский"),
        "help": (tr("shell", "Help and keys"), tr("shell", "How to work with it, and all keys")),
        "tour": (tr("shell", "Short tour"), tr("shell", "The four cards of the first start")),
        "logs": (tr("shell", "Open log folder"), tr("shell", "Where the logs are kept")),
        "diagnostics": (
            tr("shell", "Copy diagnostics"),
            tr("shell", "Versions, settings and the last log lines, without secrets"),
        ),
        "about": (tr("shell", "About"), tr("shell", "Version and licences")),
    }


class Actions:
    """The window's actions by name; ``connect`` gives each what it does."""

    def __init__(self, window: QMainWindow) -> None:
        self._menus: dict[str, QMenu] = {}
        self.by_name: dict[str, QAction] = {}
        self._does: dict[str, Callable[..., None]] = {}
        for name in ("file", "edit", "go", "view", "help"):
            self._menus[name] = window.menuBar().addMenu("")
        for row in _ROWS:
            if row.name == "-":
                self._menus[row.menu].addSeparator()
                continue
            action = QAction(window)
            action.setObjectName(f"action.{row.name}")
            if row.keys:
                action.setShortcut(QKeySequence(row.keys))
            if row.name == "quit":
                action.setMenuRole(QAction.MenuRole.QuitRole)
            if row.name.startswith(("theme.", "language.")):
                action.setCheckable(True)
            action.setEnabled(False)  # until something is connected: no dead entries
            self._menus[row.menu].addAction(action)
            self.by_name[row.name] = action
        self.retranslate()

    def connect(self, name: str, does: Callable[[], object]) -> None:
        """Give an action what it does (the last one counts), and let it be used."""
        action = self.by_name[name]
        if name in self._does:
            action.triggered.disconnect(self._does[name])

        def slot(_checked: bool = False) -> None:
            does()

        self._does[name] = slot
        action.triggered.connect(slot)
        action.setEnabled(True)

    def check(self, prefix: str, which: str) -> None:
        """Mark one of a group (``theme``, ``language``) as the one in force."""
        for name, action in self.by_name.items():
            if name.startswith(f"{prefix}."):
                action.setChecked(name == f"{prefix}.{which}")

    def retranslate(self) -> None:
        """Say all texts again."""
        titles = {
            "file": tr("shell", "&File"),
            "edit": tr("shell", "&Edit"),
            "go": tr("shell", "&Go"),
            "view": tr("shell", "&View"),
            "help": tr("shell", "&Help"),
        }
        for name, title in titles.items():
            self._menus[name].setTitle(title)
        for name, (text, tip) in action_texts().items():
            action = self.by_name[name]
            action.setText(text)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{tip}  {keys}".rstrip())
            action.setStatusTip(tip)
