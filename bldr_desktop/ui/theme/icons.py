# SPDX-License-Identifier: MIT
"""Icons by our own names, all of one family: the Phosphor font that QtAwesome ships.

The font file is used, not QtAwesome's code: that imports all of Qt's classes through qtpy and costs
0.4 s at the start (G6).
"""

import json
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

_FILES = ("phosphor-*.ttf", "phosphor-charmap-*.json")
NAMES = {
    "files": "folder-open",
    "folder": "folder",
    "file": "file-text",
    "rag": "magnifying-glass",
    "search": "magnifying-glass",
    "queue": "stack",
    "ai": "sparkle",
    "settings": "gear-six",
    "add": "plus",
    "add_folder": "folder-plus",
    "upload": "upload-simple",
    "download": "download-simple",
    "play": "play",
    "pause": "pause",
    "stop": "stop",
    "cancel": "x",
    "close": "x",
    "retry": "arrow-clockwise",
    "refresh": "arrows-clockwise",
    "undo": "arrow-counter-clockwise",
    "delete": "trash",
    "check": "check",
    "done": "check-circle",
    "ok": "check-circle",
    "warn": "warning",
    "error": "warning-circle",
    "info": "info",
    "help": "question",
    "wait": "clock",
    "clock": "clock",
    "offline": "wifi-slash",
    "online": "wifi-high",
    "lock": "lock-key",
    "user": "user",
    "server": "hard-drives",
    "engine": "cpu",
    "copy": "copy",
    "save": "floppy-disk",
    "send": "paper-plane-right",
    "attach": "paperclip",
    "chat": "chat-circle-text",
    "history": "clock-counter-clockwise",
    "filter": "funnel",
    "sort": "sort-ascending",
    "up": "arrow-up",
    "down": "arrow-down",
    "left": "caret-left",
    "right": "caret-right",
    "chevron_down": "caret-down",
    "chevron_up": "caret-up",
    "menu": "dots-three",
    "pin": "push-pin",
    "eye": "eye",
    "eye_off": "eye-slash",
    "zoom_in": "magnifying-glass-plus",
    "zoom_out": "magnifying-glass-minus",
    "train": "graduation-cap",
    "document": "file-text",
    "table": "table",
    "pdf": "file-pdf",
    "image": "image",
    "chart": "chart-line",
    "overview": "chart-bar",
    "list": "list-bullets",
    "log": "terminal-window",
    "monitor": "activity",
    "light": "sun",
    "dark": "moon",
    "language": "translate",
    "link": "link-simple",
    "plug_off": "link-break",
    "stopwatch": "timer",
    "star": "star",
    "edit": "pencil-simple",
    "archive": "archive",
    "locate": "crosshair-simple",
    "question": "question",
    "book": "book-open",
    "bell": "bell",
    "open": "arrow-square-out",
    "jump_end": "arrow-line-down",
    "skip": "skip-forward",
    "replace": "swap",
    "duplicate": "files",
    "watch": "eye",
    "quit": "sign-out",
    "sign_in": "sign-in",
    "command": "command",
    "thinking": "brain",
    "empty": "tray",
    "shield": "shield-check",
}


class _Glyph(QIconEngine):
    """One character of the icon font, painted at any size."""

    def __init__(self, family: str, character: str, color: str, disabled: str) -> None:
        super().__init__()
        self._parts = (family, character, color, disabled)
        self._pixmaps: dict[tuple[int, int, bool], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Qt's hook."""
        family, character, color, disabled = self._parts
        painter.save()
        font = QFont(family)
        font.setPixelSize(max(min(rect.width(), rect.height()), 1))
        painter.setFont(font)
        painter.setPen(QColor(disabled if mode is QIcon.Mode.Disabled else color))
        # wider than high: room between the glyph and the text of a button
        across = Qt.AlignmentFlag.AlignLeft if rect.width() > rect.height() else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(rect, across | Qt.AlignmentFlag.AlignVCenter, character)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Qt's hook; kept, because every paint of a button asks for it (0.6 ms each)."""
        key = (size.width(), size.height(), mode is QIcon.Mode.Disabled)
        if key in self._pixmaps:
            return self._pixmaps[key]
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        self._pixmaps[key] = made
        return made

    def clone(self) -> QIconEngine:
        """Qt's hook."""
        return _Glyph(*self._parts)


_ORIGINALS: dict[tuple[str, str, str], QIcon] = {}
"""Icons as they were made; only copies are handed out.

WORKAROUND: ``SbkObject_tp_clear`` in
https://github.com/qtproject/pyside-pyside-setup/blob/dev/sources/shiboken6/libshiboken/basewrapper.cpp - an
icon made with an engine in Python is its engine's parent for shiboken. When both become garbage together, as
parts of a window do, the collector clears the engine first: it is given back to Python, deleted, and deleted
again by the icon, a crash wherever the collector happens to run. Copies have no such child, and what is kept
here never is garbage.
"""


class Icons:
    """The icon font of one application, read on first use."""

    @cached_property
    def _font(self) -> tuple[str, dict[str, str]]:
        """The family's name and its characters by Phosphor's names.

        Raises:
            FileNotFoundError: QtAwesome is not installed, or without its Phosphor font.
        """
        spec = find_spec("qtawesome")
        folder = Path(next(iter(spec.submodule_search_locations or []), "")) / "fonts" if spec else Path()
        font, codes = (next(iter(sorted(folder.glob(name))), None) for name in _FILES)
        if font is None or codes is None:
            raise FileNotFoundError("the Phosphor font of QtAwesome")
        number = QFontDatabase.addApplicationFont(str(font))
        family = QFontDatabase.applicationFontFamilies(number)[0]
        table = json.loads(codes.read_text("utf-8"))
        return family, {name: chr(int(code, 16)) for name, code in table.items()}

    def icon(self, name: str, color: str, disabled: str) -> QIcon:
        """The icon of one of our ``NAMES``, in a colour.

        Raises:
            KeyError: No such name: add it to ``NAMES``.
        """
        key = (name, color, disabled)
        if key not in _ORIGINALS:
            family, characters = self._font
            _ORIGINALS[key] = QIcon(_Glyph(family, characters[NAMES[name]], color, disabled))
        return QIcon(_ORIGINALS[key])

    def forget(self) -> None:
        """Drop what was made in other colours."""
        _ORIGINALS.clear()
