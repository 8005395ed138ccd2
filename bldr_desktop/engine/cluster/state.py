# SPDX-License-Identifier: MIT
"""What the supervisor tells the world: one JSON file, written whole; and how it is asked to stop."""

import contextlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FILE = "services.json"
STOP = "stop.request"
ENVIRONMENT = "environment.json"
ADDRESSES = ("BLDR_DATABASE_URL", "BLDR_REDIS_URL", "BLDR_QDRANT_URL", "BLDR_INDEX_ADDRESS")


@dataclass(slots=True)
class ServiceState:
    """One service now. ``state``: waiting starting healthy unhealthy restarting failed stopped.

    ``adopted``: it ran before us and is left running after us. Times are unix seconds.
    """

    name: str
    state: str = "waiting"
    reason: str = ""
    pid: int | None = None
    adopted: bool = False
    address: str = ""
    since: float = 0.0
    restarts: int = 0
    log: str = ""


@dataclass(slots=True)
class ClusterState:
    """All services of one data folder."""

    profile: str
    supervisor_pid: int
    started_at: float = field(default_factory=time.time)
    url: str = ""
    services: list[ServiceState] = field(default_factory=list)

    @property
    def healthy(self) -> bool:
        """True when each service is."""
        return bool(self.services) and all(service.state == "healthy" for service in self.services)

    def as_json(self) -> dict[str, Any]:
        """A JSON object with ``healthy`` beside the fields."""
        return {**asdict(self), "healthy": self.healthy}


def run_dir(data_dir: Path) -> Path:
    """Where state, requests and logs of the services lie."""
    return data_dir / "run"


def write(folder: Path, state: ClusterState) -> None:
    """Replace the file in one step (0600: it names processes and addresses)."""
    _write(folder, FILE, state.as_json())


def write_environment(folder: Path, environment: Mapping[str, str]) -> None:
    """Keep where the services are, for commands on the same data folder (0600: it may hold a password)."""
    _write(folder, ENVIRONMENT, {name: environment[name] for name in ADDRESSES if name in environment})


def environment(folder: Path) -> dict[str, str]:
    """``BLDR_…`` variables of the services that run now for this data folder; empty when nothing does."""
    try:
        kept = json.loads((folder / ENVIRONMENT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    known = read(folder)
    return dict(kept) if known is not None and alive(known.supervisor_pid) else {}


def _write(folder: Path, name: str, content: object) -> None:
    temporary = folder / f".{name}.{os.getpid()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(content, out, indent=1)
    temporary.replace(folder / name)


def read(folder: Path) -> ClusterState | None:
    """The state, or None when nothing was started here or the file is not ours."""
    try:
        body = json.loads((folder / FILE).read_text(encoding="utf-8"))
        services = [ServiceState(**service) for service in body["services"]]
        return ClusterState(
            body["profile"], body["supervisor_pid"], body["started_at"], body["url"], services
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def alive(pid: int | None) -> bool:
    """Whether a process with this number runs (a zombie does not count)."""
    import psutil

    if not pid:
        return False
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def ask_to_stop(folder: Path) -> None:
    """Leave the request the supervisor looks for; works on every system alike."""
    (folder / STOP).write_text(str(time.time()), encoding="utf-8")


def stop_asked(folder: Path) -> bool:
    """Whether somebody asked."""
    return (folder / STOP).exists()


def forget_request(folder: Path) -> None:
    """Take the request away."""
    with contextlib.suppress(FileNotFoundError):
        (folder / STOP).unlink()
