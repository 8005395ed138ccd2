# SPDX-License-Identifier: MIT
"""What helps somebody to help: versions, settings, states and the last log lines, without secrets."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from bldr_desktop.common.log import redact
from bldr_desktop.services.settings import TABLE

if TYPE_CHECKING:
    from bldr_desktop.app.container import Container

LINES = 150
_PACKAGES = ("bldr-desktop", "PySide6-Essentials", "qasync", "httpx", "websockets", "pydantic")


def versions() -> dict[str, str]:
    """Names and versions of ourselves and what we stand on."""
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        **found,
        "Qt": str(qVersion()),
        "Python": platform.python_version(),
        "System": platform.platform(),
    }


def diagnostics(container: "Container") -> str:
    """All of it as text; every line goes through ``redact``."""
    settings, connection = container.settings, container.connection.state
    lines = ["Bldr Desktop diagnostics", ""]
    lines += [f"{name}: {value}" for name, value in versions().items()]
    lines += [f"frozen: {getattr(sys, 'frozen', False)}", f"platform: {QGuiApplication.platformName()}", ""]
    lines += [f"{key} = {settings.value(key)!r}" for key in TABLE if key != "servers.current"]
    lines += [*settings.notes, ""]
    lines.append(
        f"connection: {connection.word} {connection.service} {connection.reason} {connection.sentence}"
    )
    lines.append(f"secrets: {container.secrets.kept_in} {container.secrets.reason}")
    if container.engine is not None:
        status = container.engine.status
        lines.append(f"engine: {status.state} pid {status.pid} failures {status.failures} {status.reason}")
    for file in sorted(container.log_dir.glob("*.log")):
        lines += ["", f"--- {file.name}", *tail(file)]
    return redact("\n".join(lines))


def tail(file: Path, lines: int = LINES) -> list[str]:
    """The last lines of a log; a reason when it cannot be read."""
    try:
        with file.open("rb") as source:
            source.seek(0, 2)
            source.seek(max(source.tell() - 64 * 1024, 0))
            return source.read().decode("utf-8", "replace").splitlines()[-lines:]
    except OSError as error:
        return [f"cannot be read: {error.strerror}"]
