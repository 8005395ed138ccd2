# SPDX-License-Identifier: MIT
"""The real application doing everything that touches a secret, in a process that can be looked into.

    python app_secrets.py DATA_DIR SERVER [FOLDER]

Secrets come over stdin, as from a keyboard: one JSON line ``{"password", "key", "models"}``. With FOLDER a
full session: sign in, connect a model, upload, train, search, ask, let something fail, copy diagnostics; then
``{"event": "full", ...}`` and, after a line on stdin, sign out and end. Without: sign in and crash hard.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from window import until

from bldr_desktop.app import demo, lifecycle
from bldr_desktop.app.first_window import open_first_window
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.services.ai_state import Phase


def say(**values: object) -> None:
    """One line for the parent."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def click(desktop: Desktop, name: str) -> None:
    button = desktop.find(name)
    assert isinstance(button, QAbstractButton)
    button.click()


def write(desktop: Desktop, name: str, text: str) -> None:
    field = desktop.find(name)
    assert isinstance(field, QLineEdit)
    field.setText(text)


async def sign_in(desktop: Desktop, password: str) -> None:
    """Through the sheet."""
    await until(desktop.find("login.dialog").isVisible, 30, "the sheet")
    write(desktop, "login.user", "anna")
    write(desktop, "login.password", password)
    click(desktop, "login.remember")
    click(desktop, "login.submit")
    await desktop.ready(60)


async def work(desktop: Desktop, given: dict[str, Any], folder: Path) -> None:
    """Everything that a person does in a day."""
    desktop.window.actions_by_name.by_name["settings"].trigger()
    settings: Any = desktop.container.controllers["settings"]
    settings.open("models")
    await until(desktop.find("settings.models.save").isEnabled, 20, "the page of models")
    write(desktop, "settings.models.address", given["models"])
    write(desktop, "settings.models.key", given["key"])
    click(desktop, "settings.models.save")
    await until(lambda: settings._models.state.address == given["models"], 20, "the model is connected")
    await until(lambda: not settings._models.state.busy, 20, "the model is connected")
    settings.window.close()
    desktop.window.add_paths([str(folder)])
    await until(lambda: desktop.find("files.preflight").property("state") == "ready", 30, "looked at")
    click(desktop, "files.start")
    table: Any = desktop.find("files.table")
    await until(lambda: set(demo.column(table.model(), "state")) == {"trained"}, 120, "trained")
    desktop.window.go("rag")
    await demo._ask(desktop)
    desktop.window.go("ai")
    ai: Any = desktop.container.controllers["ai"]
    item = ai.services.ai.ask("Какой защитный слой?")
    await until(lambda: item.phase is Phase.DONE, 40, "an answer")


async def fail(desktop: Desktop, given: dict[str, Any], tokens: Any) -> None:
    """What escapes carries secrets, as library errors do."""
    funnel = desktop.funnel
    assert funnel is not None

    def slot() -> None:
        raise RuntimeError(
            f"GET {desktop.container.api.base_url}/ws?token={tokens.access} failed; "
            f"Authorization: Bearer {tokens.access}; "
            f"body {json.dumps({'password': given['password'], 'refresh_token': tokens.refresh})}; "
            f"api_key={given['key']}"
        )

    QTimer.singleShot(0, desktop.window, slot)
    await until(lambda: len(funnel.errors) == 1, 10, "it came to the funnel")


async def drive(desktop: Desktop, folder: Path | None) -> None:
    """What the person does."""
    given = json.loads(await asyncio.to_thread(sys.stdin.readline))
    await sign_in(desktop, given["password"])
    if folder is None:
        tokens = desktop.container.session._tokens
        assert tokens is not None
        say(event="crash", access=tokens.access, refresh=tokens.refresh)
        os.kill(os.getpid(), signal.SIGSEGV)
    else:
        await work(desktop, given, folder)
        tokens = desktop.container.session._tokens
        assert tokens is not None
        await fail(desktop, given, tokens)
        desktop.window.actions_by_name.by_name["diagnostics"].trigger()
        said = QGuiApplication.clipboard().text()
        say(event="full", access=tokens.access, refresh=tokens.refresh, diagnostics=said)
        await asyncio.to_thread(sys.stdin.readline)
        await desktop.container.servers.sign_out()
        desktop.window.actions_by_name.by_name["diagnostics"].trigger()
        say(event="out", diagnostics=QGuiApplication.clipboard().text())


def main() -> int:
    """Run the application with ``drive`` in the place of a person."""
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    options = Options(data_dir=Path(sys.argv[1]), server=sys.argv[2], lang="en", theme="light")

    async def left(desktop: Desktop) -> None:
        await drive(desktop, folder)

    lifecycle.Desktop.left = left  # type: ignore[method-assign]
    return lifecycle.run_desktop(open_first_window(options), options)


if __name__ == "__main__":
    sys.exit(main())
