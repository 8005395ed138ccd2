# SPDX-License-Identifier: MIT
"""The services of an office engine on this computer, and the parts of the engine we are connected to.

The list is what ``bldr-engine status --json`` says; starting and stopping are its ``up`` and ``down``.
They run as programs of their own and go on when the window is closed.
"""

import asyncio
import contextlib
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from bldr_desktop.client.api import Api, ApiError
from bldr_desktop.common.observe import Notice
from bldr_desktop.common.program import command
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.status import StatusAnswer

_ENGINE = "bldr_desktop.engine.cli"
_STATUS_SECONDS = 20.0
_UP_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service or part. ``state`` as the engine says; ``reason`` its words; ``since`` unix seconds."""

    name: str
    state: str
    reason: str = ""
    address: str = ""
    since: float = 0.0
    restarts: int = 0


@dataclass(frozen=True, slots=True)
class ServicesState:
    """What is known. ``busy``: what is under way; ``problem``: why the last command failed."""

    parts: tuple[ServiceRow, ...] = ()
    services: tuple[ServiceRow, ...] = ()
    up: bool = False
    healthy: bool = False
    url: str = ""
    busy: Literal["", "starting", "stopping"] = ""
    problem: str = ""
    folder: Path = field(default_factory=Path)


class LocalServices:
    """Asks, starts and stops.

    Args:
        api: The engine we are connected to.
        folder: The data folder of the office engine on this computer.
    """

    def __init__(self, api: Api, folder: Path) -> None:
        self.changed: Notice[ServicesState] = Notice()
        self.state = ServicesState(folder=folder)
        self._api = api
        self._folder = folder

    async def look(self) -> None:
        """How everything is now."""
        parts = await self._parts()
        body = await self._status()
        self._tell(
            replace(
                self.state,
                parts=parts,
                services=tuple(_row(row) for row in body.get("services", ())),
                up=bool(body.get("services")),
                healthy=bool(body.get("healthy")),
                url=str(body.get("url", "")),
            )
        )

    async def start(self, profile: str) -> None:
        """``bldr-engine up`` in the background; done when all is healthy, or a sentence says why not."""
        await self._do("starting", "up", "--profile", profile, "--detach")

    async def stop(self) -> None:
        """``bldr-engine down``."""
        await self._do("stopping", "down")

    async def _do(self, busy: Literal["starting", "stopping"], *words: str) -> None:
        if self.state.busy:
            return
        self._tell(replace(self.state, busy=busy, problem=""))
        problem = ""
        try:
            code, _, error = await self._run(words, _UP_SECONDS)
            if code:
                problem = _last_line(error) or f"bldr-engine {words[0]} ended with code {code}."
        except (OSError, TimeoutError) as failure:
            problem = str(failure) or f"bldr-engine {words[0]} takes too long."
        self._tell(replace(self.state, busy="", problem=problem))
        await self.look()

    async def _parts(self) -> tuple[ServiceRow, ...]:
        try:
            data = (await self._api.get(routes.STATUS, StatusAnswer)).data
        except ApiError:
            return ()
        return tuple(ServiceRow(name, part.state, part.text) for name, part in sorted(data.details.items()))

    async def _status(self) -> dict[str, Any]:
        if not (self._folder / "run" / "services.json").exists():
            return {}  # nothing was ever started here: no program needs to be asked
        with contextlib.suppress(OSError, TimeoutError, ValueError):
            _, out, _ = await self._run(("status", "--json"), _STATUS_SECONDS)
            body = json.loads(out)
            return dict(body)
        return {}

    async def _run(self, words: Sequence[str], seconds: float) -> tuple[int, str, str]:
        line = command(_ENGINE, *words, "--data-dir", str(self._folder))
        return await asyncio.to_thread(_finish, line, seconds)

    def _tell(self, state: ServicesState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)


def _finish(line: Sequence[str], seconds: float) -> tuple[int, str, str]:
    try:
        done = subprocess.run(
            list(line), stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(f"{' '.join(line[-4:])} takes longer than {seconds:.0f} s") from error
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def _row(body: dict[str, Any]) -> ServiceRow:
    return ServiceRow(
        str(body.get("name", "")),
        str(body.get("state", "")),
        str(body.get("reason", "")),
        str(body.get("address", "")),
        float(body.get("since") or 0.0),
        int(body.get("restarts") or 0),
    )


def _last_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1].removeprefix("bldr-engine: ") if lines else ""
