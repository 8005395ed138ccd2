# SPDX-License-Identifier: MIT
"""``BLDR_TEST_STACK=cluster``: every engine of the tests gets Redis, Postgres, an index process, a Celery
worker and beat behind it. ``embedded`` (the default) is one process with SQLite.

Each engine has a Redis, an index and a worker of its own, started by ``bldr-engine up`` on its data
folder, and a database of its own in one Postgres that lives as long as the test session.
"""

import asyncio
import atexit
import functools
import json
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Mapping
from pathlib import Path

from bldr_desktop.common import program

STACK = os.environ.get("BLDR_TEST_STACK", "embedded")
_UP_SECONDS = 90


class Backing:
    """The services behind one engine; nothing at all where the stack is ``embedded``."""

    def __init__(self, data_dir: Path, environment: Mapping[str, str]) -> None:
        self._data_dir = data_dir
        self._given = dict(environment)
        self._up = False

    def environment(self) -> dict[str, str]:
        """Where they are, as variables; started at the first call."""
        if STACK == "embedded":
            return {}
        if not self._up:
            self._start()
        kept: dict[str, str] = json.loads((self._data_dir / "run" / "environment.json").read_text())
        return kept

    def _start(self) -> None:
        self._data_dir.mkdir(parents=True, exist_ok=True)
        known = self._data_dir / "database.name"
        name = known.read_text() if known.exists() else _new_database()
        known.write_text(name)
        environment = {
            **os.environ,
            **self._given,
            "BLDR_DATABASE_URL": _postgres() + name,
        }
        done = self._command("up", "--profile", "cluster", "--processes", "0", "--workers", "1",
                             "--qdrant", "embedded", "--detach", environment=environment)  # fmt: skip
        assert done.returncode == 0, done.stderr
        self._up = True
        atexit.register(self.stop)

    def stop(self) -> None:
        """Everything of it; twice does no harm."""
        if self._up:
            self._up = False
            self._command("down", environment=dict(os.environ))

    def _command(self, *words: str, environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
        line = program.command("bldr_desktop.engine.cli", *words, "--data-dir", str(self._data_dir))
        return subprocess.run(line, capture_output=True, text=True, timeout=_UP_SECONDS, env=environment)


def new_database_url() -> str:
    """An empty database of its own in the test session's Postgres."""
    return _postgres() + _new_database()


def _new_database() -> str:
    import psycopg

    name = f"test_{uuid.uuid4().hex[:12]}"
    address = (_postgres() + "postgres").replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return name


@functools.cache
def _postgres() -> str:
    """A Postgres for this test session: its address up to the database's name."""
    from bldr_desktop.engine.cluster.plan import Wish, postgres_alone
    from bldr_desktop.engine.cluster.supervisor import start_alone, stop_process

    folder = Path(tempfile.mkdtemp(prefix="bldr-postgres-"))
    folder.chmod(0o755)
    service, url = postgres_alone(Wish(folder, "cluster"))
    process = asyncio.run(start_alone(service, folder / "run"))

    def stop() -> None:
        stop_process(process, service.stop_signal, service.stop_seconds)
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return url.rpartition("/")[0] + "/"
