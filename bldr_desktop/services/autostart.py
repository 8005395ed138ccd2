# SPDX-License-Identifier: MIT
"""Starting with the session, as the system itself keeps it: what the person sees there is the truth here.

Linux: a desktop entry in the XDG autostart folder. Windows: a value of the registry's ``Run`` key. macOS: a
LaunchAgent. The last two are written and not run here.
"""

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

APP_ID = "io.bldr.Desktop"
NAME = "Bldr Desktop"
BACKGROUND = "--background"
"""The argument that has the window start out of the way."""
_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_OFF = {"hidden": "true", "x-gnome-autostart-enabled": "false"}


class Autostart(Protocol):
    """One system's way."""

    def is_on(self) -> bool:
        """Whether the session will start us."""
        ...

    def switch(self, on: bool) -> None:
        """Change it.

        Raises:
            OSError: The system does not let us.
        """
        ...


def own_command() -> list[str]:
    """The command line that starts the window out of the way."""
    if getattr(sys, "frozen", False):
        return [sys.executable, BACKGROUND]
    return [sys.executable, "-m", "bldr_desktop.app.launch", BACKGROUND]


def system_autostart(command: Sequence[str] | None = None) -> Autostart:
    """The way of the system we run on."""
    line = list(own_command() if command is None else command)
    if sys.platform == "win32":
        return RegistryRun(line)
    if sys.platform == "darwin":
        return LaunchAgent(Path.home() / "Library" / "LaunchAgents", line)
    base = os.environ.get("XDG_CONFIG_HOME", "")
    home = Path(base) if base.startswith("/") else Path.home() / ".config"
    return DesktopEntry(home / "autostart", line)


class DesktopEntry:
    """A file of the XDG autostart folder; one that a settings tool has switched off counts as off."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self.file = folder / f"{APP_ID}.desktop"
        self._command = list(command)

    def is_on(self) -> bool:
        """Whether the entry is there and not switched off."""
        try:
            lines = self.file.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return False
        said = {
            name.strip().lower(): value.strip().lower()
            for name, _, value in (x.partition("=") for x in lines)
        }
        return not any(said.get(name) == value for name, value in _OFF.items())

    def switch(self, on: bool) -> None:
        """Write the entry, or take it away."""
        if not on:
            self.file.unlink(missing_ok=True)
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.file.with_suffix(".new")
        fresh.write_text(self._text(), "utf-8")
        fresh.replace(self.file)

    def _text(self) -> str:
        lines = [
            "[Desktop Entry]",
            "Type=Application",
            "Version=1.4",
            f"Name={NAME}",
            f"Exec={' '.join(quoted(word) for word in self._command)}",
            f"Icon={APP_ID}",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
        ]
        return "\n".join(lines) + "\n"


def quoted(word: str) -> str:
    """A word of an ``Exec`` line (Desktop Entry Specification, *The Exec key*)."""
    word = word.replace("%", "%%")
    if word and all(sign.isalnum() or sign in "-_./:=+@%," for sign in word):
        return word
    for sign in ("\\", '"', "`", "$"):
        word = word.replace(sign, "\\" + sign)
    return '"' + word.replace("\\", "\\\\") + '"'  # the value is a string of the entry: escaped once more


class LaunchAgent:
    """A property list that launchd reads at the start of a session. Not run here: it needs macOS."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self.file = folder / f"{APP_ID}.plist"
        self._command = list(command)

    def is_on(self) -> bool:
        """Whether the agent is there and may run."""
        import plistlib

        try:
            found = plistlib.loads(self.file.read_bytes())
        except (OSError, plistlib.InvalidFileException, ValueError):
            return False
        return found.get("RunAtLoad") is True and not found.get("Disabled", False)

    def switch(self, on: bool) -> None:
        """Write the agent, or take it away."""
        if not on:
            self.file.unlink(missing_ok=True)
            return
        import plistlib

        self.file.parent.mkdir(parents=True, exist_ok=True)
        agent = {"Label": APP_ID, "ProgramArguments": self._command, "RunAtLoad": True}
        self.file.write_bytes(plistlib.dumps({**agent, "ProcessType": "Interactive"}))


class RegistryRun:
    """A value of the person's own ``Run`` key. Not run here: it needs Windows."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)

    def is_on(self) -> bool:
        """Whether the value is there."""
        if sys.platform == "win32":
            import winreg

            with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
                return bool(winreg.QueryValueEx(key, NAME)[0])
        return False

    def switch(self, on: bool) -> None:
        """Set the value, or delete it."""
        if sys.platform == "win32":
            import subprocess
            import winreg

            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
                if on:
                    line = subprocess.list2cmdline(self._command)
                    winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, line)
                    return
                with contextlib.suppress(FileNotFoundError):
                    winreg.DeleteValue(key, NAME)
