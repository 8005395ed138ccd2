# SPDX-License-Identifier: MIT
"""The person's settings: a typed table over a TOML file, with migrations.

A bad value falls back to its default and is named in ``notes``; a file that cannot be read at all is
set aside as ``settings.toml.bad`` and said, too; a file of a newer version is left alone and only
read. Nothing here needs Qt or pydantic: it runs before the first paint.
"""

import contextlib
import logging
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bldr_desktop.common.observe import Notice

_log = logging.getLogger(__name__)
VERSION = 2
Value = str | bool | int


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table; ``choices`` for words, ``low`` and ``high`` (both allowed) for numbers."""

    default: Value
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 1_000_000_000

    def accepts(self, value: object) -> bool:
        """Whether the value is of the right type and in its range."""
        if isinstance(self.default, bool) or isinstance(value, bool):
            return isinstance(value, bool) and isinstance(self.default, bool)
        if isinstance(self.default, int):
            return isinstance(value, int) and self.low <= value <= self.high
        return isinstance(value, str) and (not self.choices or value in self.choices)


TABLE: Mapping[str, Setting] = {
    "appearance.theme": Setting("system", ("system", "light", "dark")),
    "appearance.language": Setting("system", ("system", "en", "ru")),
    "appearance.reduced_motion": Setting(False),
    "uploads.parallel": Setting(4, low=1, high=16),
    "uploads.speed_limit_kib": Setting(0),
    "notifications.enabled": Setting(True),
    "desktop.close_to_tray": Setting(False),
    "desktop.keep_awake": Setting(True),
    "servers.current": Setting("embedded"),
    "secrets.allow_file": Setting(False),
    "tour.done": Setting(False),
    "updates.check": Setting(False),
    "updates.url": Setting(""),
}


class UnknownSetting(KeyError):
    """A key that is not in the table: a mistake in the program."""


def _theme_moved(data: dict[str, Any]) -> None:
    """Version 1 kept ``theme`` and ``language`` at the top."""
    appearance = data.setdefault("appearance", {})
    for key in ("theme", "language"):
        if key in data and isinstance(appearance, dict):
            appearance.setdefault(key, data.pop(key))


MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], None]] = {1: _theme_moved}
"""From version n to n + 1, in place."""


class Settings:
    """All settings, read at once and written at each change (by a new file that replaces the old)."""

    def __init__(self, file: Path, *, policy: Path | None = None) -> None:
        self.changed: Notice[str] = Notice()
        """The key that changed."""
        self.notes: list[str] = []
        """What was wrong with the file, a sentence each."""
        self._logged = 0
        self._file = file
        self._values: dict[str, Value] = {}
        self._extra: dict[str, Any] = {}
        self._locked: dict[str, Value] = {}
        self._writable = True
        self._load()
        if policy is not None:
            self._load_policy(policy)

    def value(self, key: str) -> Value:
        """The value in force.

        Raises:
            UnknownSetting: There is no such key.
        """
        if key not in TABLE:
            raise UnknownSetting(key)
        return self._locked.get(key, self._values.get(key, TABLE[key].default))

    def text(self, key: str) -> str:
        """A word."""
        return str(self.value(key))

    def flag(self, key: str) -> bool:
        """On or off."""
        return self.value(key) is True

    def number(self, key: str) -> int:
        """A whole number."""
        return int(self.value(key))

    def is_locked(self, key: str) -> bool:
        """True where the administrator's policy decides."""
        return key in self._locked

    def set(self, key: str, value: Value) -> None:
        """Change a setting, tell, and write; what the policy decides stays.

        Raises:
            UnknownSetting: There is no such key.
            ValueError: The value is out of its range.
        """
        if key not in TABLE:
            raise UnknownSetting(key)
        if not TABLE[key].accepts(value):
            raise ValueError(f"{key} = {value!r}")
        if self.is_locked(key) or self.value(key) == value:
            return
        self._values[key] = value
        self._write()
        self.changed.emit(key)

    def table(self, name: str) -> Any:
        """A free part of the file that another service checks itself (``profiles``); None when absent."""
        return self._extra.get(name)

    def set_table(self, name: str, rows: Any) -> None:
        """Replace a free part: a list of flat tables."""
        self._extra[name] = rows
        self._write()
        self.changed.emit(name)

    def _load(self) -> None:
        data = self._read(self._file)
        version = data.pop("version", 1)
        if not isinstance(version, int) or version < 1:
            version = 1
        if version > VERSION:
            self._writable = False
            self.notes.append(
                f"The settings were written by a newer version ({version}). They are read, not changed."
            )
        for step in range(version, VERSION):
            MIGRATIONS[step](data)
        self._take(data, self._values, str(self._file))

    def _read(self, file: Path) -> dict[str, Any]:
        try:
            return tomllib.loads(file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.notes.append(f"The settings cannot be read ({error.strerror}). Defaults are used.")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            bad = file.with_name(file.name + ".bad")
            with contextlib.suppress(OSError):
                file.replace(bad)
            self.notes.append(f"The settings file was damaged. It was set aside as {bad.name}.")
        return {}

    def _take(self, data: dict[str, Any], into: dict[str, Value], where: str) -> None:
        for section, rows in data.items():
            if not isinstance(rows, dict) or not any(key.startswith(f"{section}.") for key in TABLE):
                self._extra[section] = rows
                continue
            for name, value in rows.items():
                key = f"{section}.{name}"
                if key not in TABLE:
                    self._extra.setdefault(section, {})[name] = value
                elif TABLE[key].accepts(value):
                    into[key] = value
                else:
                    self.notes.append(f"{key} = {value!r} is not possible. {TABLE[key].default!r} is used.")
        for note in self.notes[self._logged :]:
            _log.warning("settings (%s): %s", where, note)
        self._logged = len(self.notes)

    def _load_policy(self, policy: Path) -> None:
        extra, self._extra = self._extra, {}
        self._take(self._read(policy) if policy.is_file() else {}, self._locked, str(policy))
        self._extra = extra

    def _write(self) -> None:
        if not self._writable:
            return
        fresh = self._file.with_name(self._file.name + ".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("w", encoding="utf-8") as out:
                out.write(self._as_toml())
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(self._file)
        except OSError as error:
            note = f"The settings cannot be written ({error.strerror}). They last for this session."
            if note not in self.notes:
                self.notes.append(note)
            _log.warning("settings: %s", note)

    def _as_toml(self) -> str:
        sections: dict[str, dict[str, Any]] = {}
        for key, value in self._values.items():
            section, name = key.split(".", 1)
            sections.setdefault(section, {})[name] = value
        lists: dict[str, list[Any]] = {}
        for name, rows in self._extra.items():
            if isinstance(rows, dict):
                sections.setdefault(name, {}).update(rows)
            elif isinstance(rows, list):
                lists[name] = rows
        lines = [f"version = {VERSION}", ""]
        for section in sorted(sections):
            lines += [f"[{section}]", *_pairs(sections[section]), ""]
        for name, rows in lists.items():
            for row in rows:
                lines += [f"[[{name}]]", *_pairs(row), ""]
        return "\n".join(lines)


def _pairs(row: Mapping[str, Any]) -> list[str]:
    return [f"{name} = {_toml(value)}" for name, value in row.items() if value is not None]


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in text) + '"'
