# SPDX-License-Identifier: MIT
"""Icons by our own names, all of one family (Phosphor, by QtAwesome), loaded when first asked for."""

from functools import cached_property
from typing import Any

from PySide6.QtGui import QIcon

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
    "plug": "plugs",
    "plug_off": "plugs-connected",
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
    "watch": "binoculars",
    "quit": "sign-out",
    "sign_in": "sign-in",
    "command": "command",
    "thinking": "brain",
    "empty": "tray",
    "shield": "shield-check",
}


class Icons:
    """The icon font of one application, made on first use (after the first paint, G6)."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, str], QIcon] = {}

    @cached_property
    def _font(self) -> Any:
        from qtawesome.iconic_font import IconicFont

        return IconicFont(("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"))

    def icon(self, name: str, color: str, disabled: str) -> QIcon:
        """The icon of one of our ``NAMES``, in a colour.

        Raises:
            KeyError: No such name: add it to ``NAMES``.
        """
        key = (name, color, disabled)
        if key not in self._made:
            glyph = f"ph.{NAMES[name]}"
            self._made[key] = self._font.icon(glyph, color=color, color_disabled=disabled)
        return self._made[key]

    def forget(self) -> None:
        """Drop what was made in other colours."""
        self._made.clear()
