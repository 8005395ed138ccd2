# SPDX-License-Identifier: MIT
"""A whole cluster for tests: ``bldr-engine up --profile cluster`` on free ports, and its way down."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import psutil

from bldr_desktop.common import program

PASSWORD = "cluster-pass-1"


def missing() -> str | None:
    """Why no cluster can be started here, or None."""
    wanted = [name for name in ("celery", "redis", "psycopg") if find_spec(name) is None]
    if wanted:
        return f"not installed: {', '.join(wanted)} (extra cluster; make test-cluster installs it)"
    if shutil.which("redis-server") is None:
        return "redis-server is not installed (make test-cluster installs it)"
    return None


@dataclass
class Cluster:
    """What runs, and clients for it."""

    data_dir: Path
    urls: list[str]
    seconds_up: float
    token: str = ""
    clients: list[httpx.Client] = field(default_factory=list)
    watched: Path = Path()

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run ``bldr-engine`` on this data folder."""
        line = program.command("bldr_desktop.engine.cli", *words, "--data-dir", str(self.data_dir))
        return subprocess.run(line, capture_output=True, text=True, timeout=90, env=self.environment())

    def environment(self) -> dict[str, str]:
        """What the cluster's own processes see."""
        own = {"BLDR_DATA_DIR": str(self.data_dir)}
        port = (self.data_dir / "run" / "postgres.port").read_text()
        own["BLDR_DATABASE_URL"] = f"postgresql+psycopg://{owner()}@127.0.0.1:{port}/postgres"
        own["BLDR_REDIS_URL"] = f"redis://127.0.0.1:{(self.data_dir / 'run' / 'redis.port').read_text()}/0"
        return {**os.environ, **own}

    def status(self) -> dict[str, Any]:
        """``bldr-engine status --json``."""
        body: dict[str, Any] = json.loads(self.command("status", "--json").stdout)
        return body

    def pid(self, name: str) -> int:
        """The process of a service."""
        return int(next(row["pid"] for row in self.status()["services"] if row["name"] == name))

    def client(self, number: int = 0) -> httpx.Client:
        """Signed in as an admin at one of the API processes."""
        head = {"Authorization": f"Bearer {self.token}"}
        made = httpx.Client(base_url=self.urls[number], headers=head, timeout=30)
        self.clients.append(made)
        return made

    def job(self, job_id: str, number: int = 0) -> dict[str, Any]:
        """A job as an API process tells it."""
        body: dict[str, Any] = self.client(number).get(f"/queue/{job_id}").json()
        return body

    def train(self, folder: Path, number: int = 0) -> str:
        """Queue a training; the job's id."""
        answer = self.client(number).post("/train", json={"custom_dir": str(folder)})
        return str(answer.raise_for_status().json()["job_id"])

    def until_final(self, job_id: str, seconds: float = 60) -> dict[str, Any]:
        """Wait for a job's end."""
        deadline = time.monotonic() + seconds
        while True:
            with contextlib.suppress(httpx.HTTPError, KeyError):
                job = self.job(job_id)
                if job["status"] in {"completed", "failed", "cancelled", "interrupted"}:
                    return job
            assert time.monotonic() < deadline, f"job {job_id} did not end"
            time.sleep(0.2)


def owner() -> str:
    """The account under which the cluster's Postgres runs."""
    return "postgres" if os.geteuid() == 0 else os.environ.get("USER", "postgres")


def free_ports(count: int) -> int:
    """The first of ``count`` free ports in a row."""
    for first in range(18300, 60000, 37):
        try:
            with contextlib.ExitStack() as stack:
                for port in range(first, first + count):
                    probe = stack.enter_context(socket.socket())
                    probe.bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
    raise OSError("no free ports")


@contextlib.contextmanager
def running_cluster(
    *,
    workers: int = 2,
    processes: int = 2,
    settings: Mapping[str, str] | None = None,
    restored: Path | None = None,
) -> Iterator[Cluster]:
    """Up, and down again whatever happens; nothing may be left. ``restored``: a backup to begin with."""
    folder = Path(tempfile.mkdtemp(prefix="bldr-cluster-"))
    folder.chmod(0o755)
    if restored is not None:
        back = ("restore", str(restored), "--profile", "cluster", "--data-dir", str(folder / "data"))
        words = program.command("bldr_desktop.engine.cli", *back)
        put_back = subprocess.run(words, capture_output=True, text=True, timeout=90)
        assert put_back.returncode == 0, put_back.stderr
    port = free_ports(processes)
    line = program.command(
        "bldr_desktop.engine.cli", "up", "--profile", "cluster", "--workers", str(workers), "--processes",
        str(processes), "--port", str(port), "--qdrant", "embedded", "--data-dir", str(folder / "data"),
        "--detach",
    )  # fmt: skip
    began = time.monotonic()
    environment = {**os.environ, **(settings or {})}
    done = subprocess.run(line, capture_output=True, text=True, timeout=120, env=environment)
    assert done.returncode == 0, done.stderr
    urls = [f"http://127.0.0.1:{port + number}" for number in range(processes)]
    cluster = Cluster(folder / "data", urls, time.monotonic() - began)
    try:
        add = program.command("bldr_desktop.engine.cli", "user", "add", "anna", "--role", "admin")
        add += ["--data-dir", str(cluster.data_dir)]
        if restored is None:
            subprocess.run(add, input=PASSWORD + "\n", text=True, check=True, env=cluster.environment())
        answer = httpx.post(urls[0] + "/token", data={"username": "anna", "password": PASSWORD})
        cluster.token = answer.raise_for_status().json()["access_token"]
        yield cluster
    finally:
        for client in cluster.clients:
            client.close()
        pids = [row["pid"] for row in cluster.status()["services"] if row["pid"]]
        family = [child for pid in pids for child in children(pid)]
        cluster.command("down")
        left = [process for process in family if process.is_running() and process.status() != "zombie"]
        for process in left:
            process.kill()
        shutil.rmtree(folder, ignore_errors=True)
        assert not left, f"down left processes: {left}"


def children(pid: int) -> list[psutil.Process]:
    """A process with all it started."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []
