# SPDX-License-Identifier: MIT
"""R20: after everything that touches a secret, no token, password or key is anywhere it does not belong."""

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import pytest_asyncio
from engine import LAUNCH_TOKEN, EngineProcess, eventually, running_engine
from scripted_model import ScriptedModel, scripted_model

HELPERS = Path(__file__).resolve().parents[1] / "helpers"
PASSWORD = "Correct-Horse-7-Battery"
KEY = "sk-0f3a9c-very-private-model-key"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EngineProcess]:
    with running_engine(tmp_path / "office" / "server") as running:
        running.add_user("anna", PASSWORD, "admin")
        yield running


@pytest_asyncio.fixture
async def model() -> AsyncIterator[ScriptedModel]:
    async with scripted_model() as running:
        running.key = KEY
        yield running


class Application:
    """The driven application as a child process."""

    def __init__(self, data: Path, server: str, *more: str) -> None:
        self.log = log = data.parent / "application.stderr"
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(data.parent)}
        with log.open("ab") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, str(HELPERS / "app_secrets.py"), str(data), server, *more],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                env={**environment, "PYTHONPATH": str(HELPERS.parents[1])},
            )

    def tell(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"it ended with {self.end()}: {self.log.read_text()[-3000:]}"
        said: dict[str, Any] = json.loads(line)
        return said

    def end(self) -> int:
        code = self.process.wait(60)
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()
        return code


def process_texts(*roots: int) -> dict[str, bytes]:
    """Command line and environment of these processes and all that they started."""
    found: dict[str, bytes] = {}
    for root in roots:
        for process in (psutil.Process(root), *psutil.Process(root).children(recursive=True)):
            for kind in ("cmdline", "environ"):
                file = Path(f"/proc/{process.pid}/{kind}")
                if file.exists():
                    found[str(file)] = file.read_bytes()
    return found


def leaks(texts: dict[str, bytes], secrets: list[str]) -> list[str]:
    """Where a secret, or the signature of a token, was found."""
    parts = {part for secret in secrets for part in (secret, secret.rpartition(".")[2])}
    return [
        f"{place}: {part[:6]}…" for place, text in texts.items() for part in parts if part.encode() in text
    ]


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: logs, settings, journals, databases, crash reports."""
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


async def test_r20_no_secret_anywhere_after_a_full_session(
    server: EngineProcess, model: ScriptedModel, tmp_path: Path, samples: Path
) -> None:
    import asyncio

    person = tmp_path / "person"
    person.mkdir()
    documents = Path(shutil.copytree(samples / "Нормы", tmp_path / "documents" / "Нормы"))
    given = json.dumps({"password": PASSWORD, "key": KEY, "models": model.base_url})

    app = Application(person / "data", server.url, str(documents))
    app.tell(given)
    full = await asyncio.to_thread(app.hear)
    assert full["event"] == "full"
    secrets = [PASSWORD, KEY, full["access"], full["refresh"], LAUNCH_TOKEN]
    processes = process_texts(app.process.pid, server.pid)
    assert len(processes) >= 4, "the application, the engine and what they started"
    assert leaks(processes, secrets) == []
    assert leaks({"diagnostics": full["diagnostics"].encode()}, secrets) == []
    assert "RuntimeError" in full["diagnostics"] and "***" in full["diagnostics"], "the failure is in there"
    assert model.requests, "the key was really used"
    app.tell("go on")
    out = await asyncio.to_thread(app.hear)
    assert await asyncio.to_thread(app.end) == 0
    assert leaks({"diagnostics": out["diagnostics"].encode()}, secrets) == []

    app = Application(person / "data", server.url)
    app.tell(given)
    crash = await asyncio.to_thread(app.hear)
    assert await asyncio.to_thread(app.end) == -11
    secrets += [crash["access"], crash["refresh"]]
    report = person / "data" / "logs" / "crash.log"
    assert "Segmentation fault" in report.read_text()
    assert "failed; Authorization: Bearer ***" in (person / "data" / "logs" / "bldr-desktop.log").read_text()

    eventually(lambda: (server.data_dir / "logs").exists())
    server.stop()
    kept = files_of(person) | files_of(server.data_dir.parent)
    own = {place for place, text in kept.items() if KEY.encode() in text}
    (only,) = own  # the engine must know the key of its model server: one file, for its owner alone
    assert Path(only).parent == server.data_dir and stat.S_IMODE(Path(only).stat().st_mode) == 0o600
    del kept[only]
    assert len(kept) > 10
    assert leaks(kept, secrets) == []
    with pytest.raises(psutil.NoSuchProcess):
        psutil.Process(app.process.pid)
